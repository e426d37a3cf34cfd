"""What a request of Glue's API looks like."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from gluedsl import spelling
from gluedsl.errors import InternalError, UsageError
from gluedsl.model import (
    Action,
    Condition,
    Crawler,
    EventBatching,
    Job,
    Predicate,
    RemoteScript,
    ScriptFile,
    Trigger,
    Workflow,
)
from gluedsl.targets import CatalogTarget, DynamoDBTarget, MongoDBTarget, S3Target

if TYPE_CHECKING:
    from collections.abc import Callable

ROLE = "arn:aws:iam::123456789012:role/glue"
JOB = Job(name="load", kind="glueetl", code=RemoteScript(uri="s3://scripts/load.py"), role=ROLE)
CRAWLER = Crawler(name="catalog", role=ROLE, targets=(S3Target("s3://lake/"),), database="sales")


def test_a_job_of_few_words() -> None:
    """What the model leaves open is not sent."""
    assert spelling.job_to_api(JOB) == {
        "Name": "load",
        "Role": ROLE,
        "Command": {"Name": "glueetl", "ScriptLocation": "s3://scripts/load.py"},
    }


def test_a_job_of_many_words() -> None:
    """Every attribute of a job has its place."""
    job = Job(
        name="load",
        kind="glueetl",
        code=RemoteScript(uri="s3://scripts/load.py"),
        role=ROLE,
        description="Loads.",
        glue_version="5.0",
        python_version="3",
        runtime="Ray2.4",
        worker_type="G.1X",
        workers=2,
        max_capacity=0.0625,
        timeout_minutes=30,
        max_retries=0,
        max_concurrent_runs=3,
        execution_class="FLEX",
        job_run_queuing_enabled=False,
        maintenance_window="Sun:3",
        security_configuration="encrypted",
        notify_delay_after_minutes=5,
        connections=("warehouse", "crm"),
        default_arguments={"--env": "prod"},
        non_overridable_arguments={"--fixed": ""},
        tags={"team": "sales"},
        extra={"LogUri": "s3://logs/"},
    )

    assert spelling.job_to_api(job) == {
        "Name": "load",
        "Description": "Loads.",
        "Role": ROLE,
        "Command": {
            "Name": "glueetl",
            "ScriptLocation": "s3://scripts/load.py",
            "PythonVersion": "3",
            "Runtime": "Ray2.4",
        },
        "GlueVersion": "5.0",
        "WorkerType": "G.1X",
        "NumberOfWorkers": 2,
        "MaxCapacity": 0.0625,
        "Timeout": 30,
        "MaxRetries": 0,
        "ExecutionProperty": {"MaxConcurrentRuns": 3},
        "ExecutionClass": "FLEX",
        "JobRunQueuingEnabled": False,
        "MaintenanceWindow": "Sun:3",
        "SecurityConfiguration": "encrypted",
        "NotificationProperty": {"NotifyDelayAfter": 5},
        "Connections": {"Connections": ["warehouse", "crm"]},
        "DefaultArguments": {"--env": "prod"},
        "NonOverridableArguments": {"--fixed": ""},
        "Tags": {"team": "sales"},
        "LogUri": "s3://logs/",
    }


def test_extra_adds_and_never_overrides() -> None:
    """A member that the model names keeps its value; inside a structure, what is not named is added."""
    job = Job(
        name="load",
        kind="glueetl",
        code=RemoteScript(uri="s3://scripts/load.py"),
        role=ROLE,
        extra={"Role": "other", "Command": {"Name": "pythonshell", "Runtime": "Ray2.4"}, "LogUri": "s3://logs/"},
    )

    assert spelling.job_to_api(job) == {
        "Name": "load",
        "Role": ROLE,
        "Command": {"Name": "glueetl", "ScriptLocation": "s3://scripts/load.py", "Runtime": "Ray2.4"},
        "LogUri": "s3://logs/",
    }


def test_a_crawler() -> None:
    """Targets of one kind share a list; behaviours sit in their structures; DynamoDB's members are in lower case."""
    crawler = Crawler(
        name="catalog",
        role="glue",
        targets=(
            S3Target("s3://a/", exclusions=("**.tmp",), sample_size=5),
            DynamoDBTarget("events", scan_all=False, scan_rate=0.5),
            MongoDBTarget("crm", "crm/contacts", scan_all=True),
            S3Target("s3://b/"),
        ),
        database="sales",
        schedule="cron(0 2 * * ? *)",
        classifiers=("csv",),
        update_behavior="LOG",
        recrawl_behavior="CRAWL_EVERYTHING",
        security_configuration="encrypted",
    )

    assert spelling.crawler_to_api(crawler) == {
        "Name": "catalog",
        "Role": "glue",
        "Targets": {
            "S3Targets": [{"Path": "s3://a/", "Exclusions": ["**.tmp"], "SampleSize": 5}, {"Path": "s3://b/"}],
            "MongoDBTargets": [{"ConnectionName": "crm", "Path": "crm/contacts", "ScanAll": True}],
            "DynamoDBTargets": [{"Path": "events", "scanAll": False, "scanRate": 0.5}],
        },
        "DatabaseName": "sales",
        "Schedule": "cron(0 2 * * ? *)",
        "Classifiers": ["csv"],
        "SchemaChangePolicy": {"UpdateBehavior": "LOG"},
        "RecrawlPolicy": {"RecrawlBehavior": "CRAWL_EVERYTHING"},
        "CrawlerSecurityConfiguration": "encrypted",
    }


def test_required_members_are_sent_even_when_empty() -> None:
    """What Glue wants is there for Glue to judge: targets, the tables of a target, actions, conditions."""
    empty = Crawler(name="c", role="glue", targets=())
    catalogued = Crawler(name="c", role="glue", targets=(CatalogTarget("sales", ()),))
    trigger = Trigger(name="t", type="CONDITIONAL", predicate=Predicate(logical=None), enabled=False)

    assert spelling.crawler_to_api(empty) == {"Name": "c", "Role": "glue", "Targets": {}}
    assert spelling.crawler_to_api(catalogued)["Targets"] == {
        "CatalogTargets": [{"DatabaseName": "sales", "Tables": []}]
    }
    assert spelling.trigger_to_api(trigger, "w") == {
        "Name": "t",
        "Type": "CONDITIONAL",
        "Predicate": {"Logical": "AND", "Conditions": []},
        "Actions": [],
        "WorkflowName": "w",
    }


def test_a_workflow() -> None:
    """A workflow's request says nothing of its triggers."""
    workflow = Workflow(
        name="nightly",
        description="All of it.",
        default_run_properties={"env": "prod"},
        max_concurrent_runs=1,
        triggers=(Trigger(name="t", type="ON_DEMAND"),),
        tags={"team": "sales"},
    )

    assert spelling.workflow_to_api(workflow) == {
        "Name": "nightly",
        "Description": "All of it.",
        "DefaultRunProperties": {"env": "prod"},
        "MaxConcurrentRuns": 1,
        "Tags": {"team": "sales"},
    }


def test_a_conditional_trigger() -> None:
    """Conditions always have their operator and predicates their logic; the trigger is activated as it is made."""
    trigger = Trigger(
        name="publish",
        type="CONDITIONAL",
        predicate=Predicate(
            logical="ANY",
            conditions=(
                Condition(job_name="load", state="FAILED", logical_operator=None),
                Condition(crawler_name="catalog", crawl_state="SUCCEEDED"),
            ),
        ),
        actions=(
            Action(
                job_name="report",
                arguments={"--mode": "full"},
                timeout_minutes=5,
                security_configuration="encrypted",
                notify_delay_after_minutes=1,
            ),
            Action(crawler_name="catalog"),
        ),
    )

    assert spelling.trigger_to_api(trigger, "nightly") == {
        "Name": "publish",
        "Type": "CONDITIONAL",
        "Predicate": {
            "Logical": "ANY",
            "Conditions": [
                {"LogicalOperator": "EQUALS", "JobName": "load", "State": "FAILED"},
                {"LogicalOperator": "EQUALS", "CrawlerName": "catalog", "CrawlState": "SUCCEEDED"},
            ],
        },
        "Actions": [
            {
                "JobName": "report",
                "Arguments": {"--mode": "full"},
                "Timeout": 5,
                "SecurityConfiguration": "encrypted",
                "NotificationProperty": {"NotifyDelayAfter": 1},
            },
            {"CrawlerName": "catalog"},
        ],
        "WorkflowName": "nightly",
        "StartOnCreation": True,
    }


@pytest.mark.parametrize(
    ("trigger", "starts"),
    [
        (Trigger(name="t", type="SCHEDULED"), True),
        (Trigger(name="t", type="CONDITIONAL"), True),
        (Trigger(name="t", type="SCHEDULED", enabled=False), None),
        (Trigger(name="t", type="CONDITIONAL", enabled=False), None),
        (Trigger(name="t", type="ON_DEMAND"), None),
        (Trigger(name="t", type="EVENT", event_batching=EventBatching()), None),
    ],
)
def test_only_triggers_that_can_be_active_are_started(trigger: Trigger, starts: bool | None) -> None:  # noqa: FBT001 -- a case
    """Only enabled SCHEDULED and CONDITIONAL triggers are started on creation; of the others nothing is said."""
    assert spelling.trigger_to_api(trigger, "w").get("StartOnCreation") is starts
    assert spelling.trigger_to_cfn(trigger, "w").get("StartOnCreation") is starts
    assert spelling.trigger_state(trigger) == ("ACTIVATED" if starts else "CREATED")


def test_a_trigger_of_no_workflow() -> None:
    """A trigger can stand alone."""
    assert spelling.trigger_to_api(Trigger(name="t", type="ON_DEMAND"), None) == {
        "Name": "t",
        "Type": "ON_DEMAND",
        "Actions": [],
    }


def test_updates() -> None:
    """An update says the whole definition; what cannot be updated is not in it, what is to be empty is."""
    trigger = Trigger(name="t", type="SCHEDULED", schedule="cron(0 2 * * ? *)", tags={"a": "b"})
    tagged = Job(name="load", kind="glueetl", code=RemoteScript(uri="s3://s/l.py"), role=ROLE, tags={"a": "b"})

    assert spelling.workflow_update_to_api(Workflow(name="w", tags={"a": "b"})) == {
        "Name": "w",
        "Description": "",
        "DefaultRunProperties": {},
    }
    assert spelling.trigger_update_to_api(trigger) == {
        "Name": "t",
        "TriggerUpdate": {"Schedule": "cron(0 2 * * ? *)", "Actions": []},
    }
    assert spelling.job_update_to_api(tagged) == {
        "JobName": "load",
        "JobUpdate": {"Role": ROLE, "Command": {"Name": "glueetl", "ScriptLocation": "s3://s/l.py"}},
    }
    assert spelling.crawler_update_to_api(CRAWLER) == {
        "Name": "catalog",
        "Description": "",
        "Classifiers": [],
        "TablePrefix": "",
        "Schedule": "",
        "Role": ROLE,
        "Targets": {"S3Targets": [{"Path": "s3://lake/"}]},
        "DatabaseName": "sales",
    }


def test_code_that_was_not_uploaded_is_a_bug() -> None:
    """Spelling a job before its script is in S3 is gluedsl's own mistake."""
    job = Job(name="load", kind="glueetl", code=ScriptFile(path="/flows/load.py"), role=ROLE)

    with pytest.raises(InternalError) as caught:
        spelling.job_to_api(job)

    assert caught.value.message == "a job is spelled before its code is in S3: ScriptFile(path='/flows/load.py')"


def test_a_role_is_wanted() -> None:
    """A job or crawler without a role is refused in both dialects, with the way out."""
    job = Job(name="load", kind="glueetl", code=RemoteScript(uri="s3://s/l.py"), role=None)
    crawler = Crawler(name="catalog", role=None, targets=())

    refusals = [
        _refusal(partial(spelling.job_to_api, job)),
        _refusal(partial(spelling.job_to_cfn, job)),
        _refusal(partial(spelling.crawler_to_api, crawler)),
        _refusal(partial(spelling.crawler_to_cfn, crawler)),
    ]

    hint = "give it, or its workflow, `role=`: the name or ARN of a role that Glue may assume"
    assert refusals == [
        ("job `load` has no role", hint),
        ("job `load` has no role", hint),
        ("crawler `catalog` has no role", hint),
        ("crawler `catalog` has no role", hint),
    ]


def _refusal(spell: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(UsageError) as caught:
        spell()
    return caught.value.message, caught.value.hint
