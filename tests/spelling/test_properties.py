"""Where CloudFormation spells otherwise than the API, and what it cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl import spelling
from gluedsl.errors import UsageError
from gluedsl.model import Action, Condition, Crawler, Job, Predicate, RemoteScript, Trigger, Workflow
from gluedsl.targets import DynamoDBTarget, MongoDBTarget

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.spelling import ReferenceKind

HINT = "leave it out, or use `gluedsl plan` and `gluedsl deploy`, which can set it"


def _job(glue_version: str | None = None, **extra: Any) -> Job:
    code = RemoteScript(uri="s3://scripts/load.py")
    return Job(name="load", kind="glueetl", code=code, role="glue", glue_version=glue_version, extra=extra)


def test_a_crawler_is_spelled_otherwise() -> None:
    """The schedule is a structure, and DynamoDB's members begin with capitals."""
    crawler = Crawler(
        name="catalog",
        role="glue",
        targets=(DynamoDBTarget("events", scan_all=False, scan_rate=0.5),),
        schedule="cron(0 2 * * ? *)",
    )

    assert spelling.crawler_to_cfn(crawler) == {
        "Name": "catalog",
        "Role": "glue",
        "Targets": {"DynamoDBTargets": [{"Path": "events", "ScanAll": False, "ScanRate": 0.5}]},
        "Schedule": {"ScheduleExpression": "cron(0 2 * * ? *)"},
    }


def test_names_become_references() -> None:
    """Whatever names another resource goes through `refer`, and nothing else does."""

    def refer(kind: ReferenceKind, name: str) -> Any:
        return {kind: name}

    trigger = Trigger(
        name="t",
        type="CONDITIONAL",
        predicate=Predicate(conditions=(Condition(job_name="load", state="SUCCEEDED"),)),
        actions=(Action(job_name="report", security_configuration="encrypted"), Action(crawler_name="catalog")),
    )
    crawler = Crawler(name="catalog", role="SalesRole", targets=())

    assert spelling.trigger_to_cfn(trigger, "nightly", refer=refer) == {
        "Name": "t",
        "Type": "CONDITIONAL",
        "Predicate": {
            "Logical": "AND",
            "Conditions": [{"LogicalOperator": "EQUALS", "JobName": {"job": "load"}, "State": "SUCCEEDED"}],
        },
        "Actions": [
            {"JobName": {"job": "report"}, "SecurityConfiguration": "encrypted"},
            {"CrawlerName": {"crawler": "catalog"}},
        ],
        "WorkflowName": {"workflow": "nightly"},
        "StartOnCreation": True,
    }
    assert spelling.job_to_cfn(_job(), refer=refer)["Role"] == {"role": "glue"}
    assert spelling.crawler_to_cfn(crawler, refer=refer)["Role"] == {"role": "SalesRole"}


@pytest.mark.parametrize(
    ("spell", "message"),
    [
        (
            lambda: spelling.job_to_cfn(_job(SourceControlDetails={"Provider": "GITHUB"})),
            "CloudFormation cannot set `SourceControlDetails` of job `load`",
        ),
        (
            lambda: spelling.job_to_cfn(_job(ExecutionProperty={"Colour": "red"})),
            "CloudFormation cannot set `ExecutionProperty.Colour` of job `load`",
        ),
        (
            lambda: spelling.job_to_cfn(_job(glue_version="auto")),
            "CloudFormation cannot set `GlueVersion` of job `load` to `auto`",
        ),
        (
            lambda: spelling.crawler_to_cfn(Crawler(name="c", role="glue", targets=(), extra={"CatalogId": "1"})),
            "CloudFormation cannot set `CatalogId` of crawler `c`",
        ),
        (
            lambda: spelling.crawler_to_cfn(
                Crawler(name="c", role="glue", targets=(MongoDBTarget("crm", "crm/contacts", scan_all=False),))
            ),
            "CloudFormation cannot set `Targets.MongoDBTargets.ScanAll` of crawler `c`",
        ),
        (
            lambda: spelling.workflow_to_cfn(Workflow(name="w", extra={"Colour": "red"})),
            "CloudFormation cannot set `Colour` of workflow `w`",
        ),
        (
            lambda: spelling.trigger_to_cfn(Trigger(name="t", type="ON_DEMAND", extra={"Colour": "red"}), "w"),
            "CloudFormation cannot set `Colour` of trigger `t`",
        ),
    ],
)
def test_what_cloudformation_cannot_say_is_refused(spell: Callable[[], object], message: str) -> None:
    """A value that CloudFormation has no property for is named, with the routes that can set it."""
    with pytest.raises(UsageError) as caught:
        spell()

    assert (caught.value.message, caught.value.hint) == (message, HINT)


def test_what_cloudformation_can_say_of_extra() -> None:
    """A member of `extra` that is a property as well is set, in any depth."""
    assert spelling.job_to_cfn(_job(LogUri="s3://logs/", Connections={"Connections": ["crm"]})) == {
        "Name": "load",
        "Role": "glue",
        "Command": {"Name": "glueetl", "ScriptLocation": "s3://scripts/load.py"},
        "LogUri": "s3://logs/",
        "Connections": {"Connections": ["crm"]},
    }
