"""The list of AWS's members, and that the tables agree with it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from gluedsl import spelling
from gluedsl.model import Crawler, Job, Trigger, Workflow
from gluedsl.spelling import tables
from gluedsl.spelling.codec import API, CFN
from tools import generate_shapes

if TYPE_CHECKING:
    from gluedsl.spelling.codec import Dialect, Shape


def test_the_list_is_what_the_installed_models_say() -> None:
    """The file is what the generator writes from the installed botocore and cfn-lint."""
    assert generate_shapes.TARGET.read_text(encoding="utf-8") == generate_shapes.generate()


@pytest.mark.parametrize(
    ("table", "operation", "resource_type"),
    [
        (tables.JOB, "CreateJob", "AWS::Glue::Job"),
        (tables.CRAWLER, "CreateCrawler", "AWS::Glue::Crawler"),
        (tables.TRIGGER, "CreateTrigger", "AWS::Glue::Trigger"),
        (tables.WORKFLOW, "CreateWorkflow", "AWS::Glue::Workflow"),
    ],
)
def test_tables_name_what_exists(table: Shape, operation: str, resource_type: str) -> None:
    """Every path of a table begins with a member of the request, or a property of the resource."""
    assert _first(table, API) <= set(spelling.api_members(operation))
    assert _first(table, CFN) <= set(spelling.cfn_properties(resource_type))


def _first(table: Shape, dialect: Dialect) -> set[str]:
    return {field.path(dialect)[0] for field in table.fields}


def test_members_and_properties() -> None:
    """The members of a request and the properties of a resource are told by name."""
    assert spelling.api_members("CreateWorkflow") == (
        "DefaultRunProperties",
        "Description",
        "MaxConcurrentRuns",
        "Name",
        "Tags",
    )
    assert spelling.api_members("UpdateTrigger") == (
        "Actions",
        "Description",
        "EventBatchingCondition",
        "Name",
        "Predicate",
        "Schedule",
    )
    assert spelling.cfn_properties("AWS::Glue::Workflow") == (
        "DefaultRunProperties",
        "Description",
        "MaxConcurrentRuns",
        "Name",
        "Tags",
    )


def test_members_that_have_an_attribute() -> None:
    """Members that the model holds as they are have their attribute; structures and lists do not."""
    assert spelling.named_fields("CreateWorkflow") == {
        "Name": "name",
        "Description": "description",
        "DefaultRunProperties": "default_run_properties",
        "MaxConcurrentRuns": "max_concurrent_runs",
        "Tags": "tags",
    }
    assert spelling.named_fields("CreateTrigger") == {
        "Name": "name",
        "Type": "type",
        "Description": "description",
        "Schedule": "schedule",
        "Tags": "tags",
        "StartOnCreation": "enabled",
    }
    assert spelling.named_fields("CreateCrawler") == {
        "Name": "name",
        "Description": "description",
        "Role": "role",
        "DatabaseName": "database",
        "Schedule": "schedule",
        "TablePrefix": "table_prefix",
        "Configuration": "configuration",
        "CrawlerSecurityConfiguration": "security_configuration",
        "Tags": "tags",
    }
    assert spelling.named_fields("CreateJob") == {
        "Name": "name",
        "Description": "description",
        "Role": "role",
        "GlueVersion": "glue_version",
        "WorkerType": "worker_type",
        "NumberOfWorkers": "workers",
        "MaxCapacity": "max_capacity",
        "Timeout": "timeout_minutes",
        "MaxRetries": "max_retries",
        "ExecutionClass": "execution_class",
        "JobRunQueuingEnabled": "job_run_queuing_enabled",
        "MaintenanceWindow": "maintenance_window",
        "SecurityConfiguration": "security_configuration",
        "DefaultArguments": "default_arguments",
        "NonOverridableArguments": "non_overridable_arguments",
        "Tags": "tags",
    }


@pytest.mark.parametrize(
    ("operation", "model"),
    [("CreateJob", Job), ("CreateCrawler", Crawler), ("CreateTrigger", Trigger), ("CreateWorkflow", Workflow)],
)
def test_attributes_exist(operation: str, model: type[Job | Crawler | Trigger | Workflow]) -> None:
    """Each attribute that is named is one of the model's class."""
    assert set(spelling.named_fields(operation).values()) <= {field.name for field in fields(model)}
