"""What is read from an answer of Glue's API."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gluedsl import spelling
from gluedsl.model import Action, Condition, Crawler, Job, Predicate, RemoteScript, Trigger, Workflow
from gluedsl.targets import DynamoDBTarget, S3Target

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_a_job_that_was_got() -> None:
    """What only an answer has is dropped: times, and the capacity that follows from the workers."""
    answer = {
        "Name": "load",
        "JobMode": "SCRIPT",
        "Role": "arn:aws:iam::123456789012:role/glue",
        "CreatedOn": NOON,
        "LastModifiedOn": NOON,
        "ExecutionProperty": {"MaxConcurrentRuns": 1},
        "Command": {"Name": "glueetl", "ScriptLocation": "s3://s/load.py", "PythonVersion": "3"},
        "DefaultArguments": {"--env": "prod"},
        "MaxRetries": 0,
        "AllocatedCapacity": 2,
        "Timeout": 2880,
        "MaxCapacity": 2.0,
        "WorkerType": "G.1X",
        "NumberOfWorkers": 2,
        "GlueVersion": "5.0",
        "ProfileName": "small",
    }

    assert spelling.job_from_api(answer) == Job(
        name="load",
        kind="glueetl",
        code=RemoteScript(uri="s3://s/load.py"),
        role="arn:aws:iam::123456789012:role/glue",
        python_version="3",
        glue_version="5.0",
        worker_type="G.1X",
        workers=2,
        timeout_minutes=2880,
        max_retries=0,
        max_concurrent_runs=1,
        default_arguments={"--env": "prod"},
        extra={"JobMode": "SCRIPT"},
    )


def test_the_capacity_of_a_job_without_workers() -> None:
    """A Python shell job's capacity is its own, not one that follows from workers."""
    answer = {
        "Name": "load",
        "Role": "glue",
        "CreatedOn": NOON,
        "Command": {"Name": "pythonshell", "ScriptLocation": "s3://s/load.py"},
        "MaxCapacity": 0.0625,
        "AllocatedCapacity": 0,
    }

    job = spelling.job_from_api(answer)

    assert (job.max_capacity, job.extra) == (0.0625, {})


def test_a_request_keeps_all_that_it_says() -> None:
    """Of a request nothing is dropped, even what Glue would refuse together."""
    request = {
        "Name": "load",
        "Role": "glue",
        "Command": {"Name": "glueetl", "ScriptLocation": "s3://s/load.py"},
        "MaxCapacity": 2.0,
        "AllocatedCapacity": 2,
        "WorkerType": "G.1X",
        "SourceControlDetails": {"Provider": "GITHUB"},
    }

    job = spelling.job_from_api(request)

    assert (job.max_capacity, job.worker_type) == (2.0, "G.1X")
    assert job.extra == {"AllocatedCapacity": 2, "SourceControlDetails": {"Provider": "GITHUB"}}
    assert spelling.job_to_api(job) == request


def test_a_crawler_that_was_got() -> None:
    """The schedule of an answer is a structure; lists that are empty are as good as absent."""
    answer = {
        "Name": "catalog",
        "Role": "glue",
        "Targets": {
            "S3Targets": [{"Path": "s3://lake/", "Exclusions": []}],
            "JdbcTargets": [],
            "DynamoDBTargets": [{"Path": "events", "scanAll": True}],
        },
        "DatabaseName": "sales",
        "Classifiers": [],
        "RecrawlPolicy": {"RecrawlBehavior": "CRAWL_EVERYTHING"},
        "SchemaChangePolicy": {"UpdateBehavior": "UPDATE_IN_DATABASE", "DeleteBehavior": "LOG"},
        "LineageConfiguration": {"CrawlerLineageSettings": "DISABLE"},
        "State": "READY",
        "Schedule": {"ScheduleExpression": "cron(0 2 * * ? *)", "State": "SCHEDULED"},
        "CrawlElapsedTime": 0,
        "CreationTime": NOON,
        "LastUpdated": NOON,
        "Version": 1,
    }

    assert spelling.crawler_from_api(answer) == Crawler(
        name="catalog",
        role="glue",
        targets=(S3Target("s3://lake/"), DynamoDBTarget("events", scan_all=True)),
        database="sales",
        schedule="cron(0 2 * * ? *)",
        update_behavior="UPDATE_IN_DATABASE",
        delete_behavior="LOG",
        recrawl_behavior="CRAWL_EVERYTHING",
        extra={"LineageConfiguration": {"CrawlerLineageSettings": "DISABLE"}},
    )


@pytest.mark.parametrize(
    ("kind", "state", "enabled"),
    [
        ("SCHEDULED", "ACTIVATED", True),
        ("CONDITIONAL", "ACTIVATING", True),
        ("CONDITIONAL", "CREATED", False),
        ("SCHEDULED", "DEACTIVATED", False),
        ("SCHEDULED", "DEACTIVATING", False),
        ("ON_DEMAND", "CREATED", True),
        ("EVENT", "CREATED", True),
    ],
)
def test_a_trigger_that_was_got_is_enabled_if_it_is_active(kind: str, state: str, enabled: bool) -> None:  # noqa: FBT001 -- a case
    """Only triggers that can be activated can be found not to be."""
    answer = {"Name": "t", "WorkflowName": "w", "Type": kind, "State": state, "Actions": []}

    assert spelling.trigger_from_api(answer).enabled is enabled


def test_a_trigger_that_says_little() -> None:
    """What is not said stays unsaid: no logic and no operator are made up, so that a rule can tell."""
    request = {
        "Name": "t",
        "Type": "CONDITIONAL",
        "Predicate": {"Conditions": [{"JobName": "load", "State": "SUCCEEDED"}]},
        "Actions": [{"JobName": "report", "Arguments": {"--mode": "full"}}],
    }

    assert spelling.trigger_from_api(request) == Trigger(
        name="t",
        type="CONDITIONAL",
        predicate=Predicate(
            logical=None, conditions=(Condition(job_name="load", state="SUCCEEDED", logical_operator=None),)
        ),
        actions=(Action(job_name="report", arguments={"--mode": "full"}),),
        enabled=False,
    )


def test_a_workflow_that_was_got() -> None:
    """Its graph and last run are left aside, and its start trigger comes first."""
    later = Trigger(name="later", type="CONDITIONAL")
    start = Trigger(name="start", type="ON_DEMAND")
    answer = {
        "Name": "nightly",
        "Description": "All of it.",
        "DefaultRunProperties": {"env": "prod"},
        "CreatedOn": NOON,
        "LastRun": {"Name": "nightly"},
        "Graph": {"Nodes": []},
        "MaxConcurrentRuns": 2,
    }

    assert spelling.workflow_from_api(answer, [later, start]) == Workflow(
        name="nightly",
        description="All of it.",
        default_run_properties={"env": "prod"},
        max_concurrent_runs=2,
        triggers=(start, later),
    )


def test_an_answer_is_not_changed_by_reading() -> None:
    """Reading takes nothing out of what it reads, and shares nothing with it."""
    answer = {"Name": "load", "Role": "r", "Command": {"Name": "glueetl"}, "SourceControlDetails": {"Owner": "a"}}

    job = spelling.job_from_api(answer)
    job.extra["SourceControlDetails"]["Owner"] = "b"

    assert answer == {
        "Name": "load",
        "Role": "r",
        "Command": {"Name": "glueetl"},
        "SourceControlDetails": {"Owner": "a"},
    }


def test_members_that_nobody_knows_are_dropped() -> None:
    """A member that the request does not have is no part of the model."""
    assert spelling.workflow_from_api({"Name": "w", "Colour": "red"}) == Workflow(name="w")
