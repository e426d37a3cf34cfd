"""What counts as a change, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gluedsl.deploy import diff
from gluedsl.deploy.account import ObservedRole, ObservedTrigger
from gluedsl.deploy.resources import PlacedTrigger, RoleDefinition
from gluedsl.model import Action, Condition, EventBatching, Job, Predicate, RemoteScript, Trigger, Workflow
from gluedsl.targets import DeltaTarget, DynamoDBTarget, IcebergTarget, MongoDBTarget, S3Target
from tests.support.deploy import after, crawler, job, start

Told = list[tuple[str, Any, Any]]


def spark(**fields: Any) -> Job:
    """Make a Spark job that says no more than it must."""
    return replace(job("etl", kind="glueetl", python_version=None), **fields)


def job_diff(wanted: Job, observed: Job) -> Told:
    """Return what differs."""
    return [(c.field, c.before, c.after) for c in diff.job_changes(wanted, observed)]


@pytest.mark.parametrize(
    ("wanted", "answered"),
    [
        (spark(), {"glue_version": "5.1", "timeout_minutes": 480, "max_capacity": 10.0, "python_version": "3"}),
        (spark(), {"glue_version": "0.9", "timeout_minutes": 2880, "python_version": "2"}),
        (spark(glue_version="4.0"), {"glue_version": "4.0", "timeout_minutes": 2880}),
        (spark(glue_version="5.0"), {"glue_version": "5.0", "timeout_minutes": 480}),
        (spark(worker_type="G.1X", workers=2), {"worker_type": "G.1X", "workers": 2, "max_capacity": 2.0}),
        (spark(), {"worker_type": "G.1X", "workers": 10}),
        (spark(kind="gluestreaming"), {"timeout_minutes": 0}),
        (job("shell"), {"max_capacity": 0.0625, "timeout_minutes": 2880, "glue_version": "1.0"}),
        (job("shell", python_version=None), {"python_version": "3.9"}),
        (
            spark(),
            {
                "max_retries": 0,
                "max_concurrent_runs": 1,
                "execution_class": "STANDARD",
                "job_run_queuing_enabled": False,
                "description": "",
                "extra": {"JobMode": "SCRIPT", "AllocatedCapacity": 10},
            },
        ),
        (spark(role="glue"), {"role": "arn:aws:iam::123456789012:role/service-role/glue"}),
        (spark(max_retries=0), {"max_retries": None}),
        (spark(libraries=("pyarrow",), property_reads=("env",)), {"libraries": (), "property_reads": ()}),
    ],
)
def test_defaults_of_a_job_are_no_change(wanted: Job, answered: dict[str, Any]) -> None:
    """What Glue answers for a field that nobody sent is what the author wants."""
    assert job_diff(wanted, replace(wanted, **answered)) == []


@pytest.mark.parametrize(
    ("wanted", "answered", "expected"),
    [
        (spark(glue_version="5.0"), {"timeout_minutes": 2880}, [("timeout_minutes", 2880, None)]),
        (spark(), {"glue_version": "4.0"}, [("glue_version", "4.0", None)]),
        (spark(), {"timeout_minutes": 30}, [("timeout_minutes", 30, None)]),
        (spark(timeout_minutes=480), {"timeout_minutes": 2880}, [("timeout_minutes", 2880, 480)]),
        (spark(), {"max_retries": 2}, [("max_retries", 2, None)]),
        (spark(), {"worker_type": "G.2X", "workers": 4}, [("worker_type", "G.2X", None), ("workers", 4, None)]),
        (job("shell"), {"max_capacity": 1.0}, [("max_capacity", 1.0, None)]),
        (job("shell", max_capacity=1.0), {"max_capacity": 0.0625}, [("max_capacity", 0.0625, 1.0)]),
        (spark(description="new"), {"description": None}, [("description", None, "new")]),
        (spark(), {"connections": ("crm",)}, [("connections", ["crm"], None)]),
        (spark(), {"code": RemoteScript(uri="s3://old/a.py")}, [("code", "s3://old/a.py", spark().code.uri)]),  # type: ignore[union-attr]  # it is in S3
        (
            spark(default_arguments={"--a": "1", "--flag": ""}),
            {"default_arguments": {"--a": "2", "--b": "3"}},
            [
                ("default_arguments.--a", "2", "1"),
                ("default_arguments.--b", "3", None),
                ("default_arguments.--flag", None, ""),
            ],
        ),
        (spark(extra={"LogUri": "s3://logs/"}), {"extra": {"JobMode": "NOTEBOOK"}}, [
            ("JobMode", "NOTEBOOK", None),
            ("LogUri", None, "s3://logs/"),
        ]),
        (spark(kind="pythonshell"), {"kind": "glueetl"}, [("kind", "glueetl", "pythonshell")]),
    ],
)  # fmt: skip
def test_changes_of_a_job(wanted: Job, answered: dict[str, Any], expected: Told) -> None:
    """What differs in meaning is told with both values; what is taken away goes back to the default."""
    assert job_diff(wanted, replace(wanted, **answered)) == expected


def crawler_diff(wanted: dict[str, Any], observed: dict[str, Any]) -> Told:
    """Return what differs between two crawlers."""
    changes = diff.crawler_changes(crawler("c", **wanted), crawler("c", **observed))
    return [(c.field, c.before, c.after) for c in changes]


def test_defaults_of_a_crawler_are_no_change() -> None:
    """What Glue answers for a field that nobody sent is what the author wants; JSON may be laid out anew."""
    answered = {
        "update_behavior": "UPDATE_IN_DATABASE",
        "delete_behavior": "DEPRECATE_IN_DATABASE",
        "recrawl_behavior": "CRAWL_EVERYTHING",
        "configuration": '{ "Version" : 1.0 }',
        "role": "sales-role",
        "extra": {
            "LineageConfiguration": {"CrawlerLineageSettings": "DISABLE"},
            "LakeFormationConfiguration": {"UseLakeFormationCredentials": False, "AccountId": ""},
            "CatalogId": "123456789012",
        },
    }
    wanted = {"configuration": '{"Version":1.0}', "role": "arn:aws:iam::123456789012:role/service-role/sales-role"}
    assert crawler_diff(wanted, answered) == []


def test_defaults_of_targets_are_no_change() -> None:
    """So it is with fields of targets, of each kind."""
    wanted = (
        S3Target("s3://lake/"),
        MongoDBTarget("mongo", "db/c"),
        DynamoDBTarget("orders"),
        DeltaTarget(("s3://lake/d/",)),
        IcebergTarget(("s3://lake/i/",)),
    )
    answered = (
        S3Target("s3://lake/"),
        MongoDBTarget("mongo", "db/c", scan_all=True),
        DynamoDBTarget("orders", scan_all=True),
        DeltaTarget(("s3://lake/d/",), write_manifest=False, create_native_table=False),
        IcebergTarget(("s3://lake/i/",), maximum_traversal_depth=10),
    )
    assert crawler_diff({"targets": wanted}, {"targets": answered}) == []
    changed = (*answered[:2], DynamoDBTarget("orders", scan_all=False), *answered[3:])
    ((field, _, _),) = crawler_diff({"targets": wanted}, {"targets": changed})
    assert field == "targets"


def test_a_target_of_another_kind_is_a_change() -> None:
    """A path is not the same path in another kind of store."""
    assert crawler_diff({"targets": (S3Target("s3://a/"),)}, {"targets": (DynamoDBTarget("s3://a/"),)}) == [
        ("targets", [{"type": "DynamoDBTarget", "table": "s3://a/"}], [{"type": "S3Target", "path": "s3://a/"}])
    ]


def test_what_a_crawler_no_longer_says_is_said_to_be_the_default() -> None:
    """`UpdateCrawler` keeps what it is not told: a field that was taken away is sent with its default."""
    wanted = crawler("c")
    observed = crawler(
        "c",
        recrawl_behavior="CRAWL_NEW_FOLDERS_ONLY",
        update_behavior="LOG",
        configuration='{"Version":1.0}',
        schedule="cron(0 1 * * ? *)",
        extra={"LineageConfiguration": {"CrawlerLineageSettings": "ENABLE"}},
    )
    sent = diff.crawler_with_defaults(wanted, diff.crawler_changes(wanted, observed))
    assert sent == replace(
        wanted,
        recrawl_behavior="CRAWL_EVERYTHING",
        update_behavior="UPDATE_IN_DATABASE",
        configuration="",
        schedule="",
        extra={"LineageConfiguration": {"CrawlerLineageSettings": "DISABLE"}},
    )


def trigger_diff(wanted: Trigger, observed: Trigger, workflow: str | None = "sales") -> Told:
    """Return what differs between two triggers."""
    seen = ObservedTrigger(trigger=observed, workflow=workflow, state="CREATED")
    return [
        (c.field, c.before, c.after)
        for c in diff.trigger_changes(PlacedTrigger(workflow="sales", trigger=wanted), seen)
    ]


def test_the_order_of_actions_and_conditions_is_no_change() -> None:
    """A trigger starts all, and waits for all, whatever comes first; `Logical` of one condition says nothing."""
    wanted = after("t", ("a", "b"), Action(job_name="x"), Action(crawler_name="y"))
    observed = after("t", ("b", "a"), Action(crawler_name="y"), Action(job_name="x"))
    assert trigger_diff(wanted, observed) == []
    one = after("t", ("a",), Action(job_name="x"))
    bare = Predicate(logical=None, conditions=(Condition(job_name="a", state="SUCCEEDED", logical_operator=None),))
    assert trigger_diff(one, replace(one, predicate=bare)) == []
    any_of = replace(wanted, predicate=replace(wanted.predicate, logical="ANY"))  # type: ignore[type-var]  # it has one
    assert [field for field, _, _ in trigger_diff(wanted, any_of)] == ["predicate"]


def test_arguments_of_an_action_are_compared() -> None:
    """A flag without a value is an argument as well."""
    wanted = start("t", "a")
    observed = replace(wanted, actions=(Action(job_name="a", arguments={"--flag": ""}),))
    assert trigger_diff(wanted, observed) == [
        ("actions", [{"job_name": "a", "arguments": {"--flag": ""}}], [{"job_name": "a"}])
    ]


def test_the_default_batch_of_events_is_no_change() -> None:
    """An EVENT trigger that says nothing has a batch of one and a window of 900 seconds."""
    wanted = start("t", "a", type="EVENT", schedule=None)
    assert trigger_diff(wanted, replace(wanted, event_batching=EventBatching())) == []
    assert trigger_diff(wanted, replace(wanted, event_batching=EventBatching(batch_size=5))) == [
        ("event_batching", {"batch_size": 5, "batch_window_seconds": 900}, None)
    ]


def test_activation_is_no_field() -> None:
    """Whether a trigger is active is not compared here, and makes no update."""
    assert trigger_diff(start(), start(enabled=False)) == []


def test_the_workflow_of_a_trigger() -> None:
    """A trigger elsewhere is moved by replacement, and so is one of another type."""
    assert trigger_diff(start(), start(), workflow=None) == [("workflow", None, "sales")]
    seen = ObservedTrigger(trigger=start(type="EVENT", schedule=None), workflow="sales", state="CREATED")
    changes = diff.trigger_changes(PlacedTrigger(workflow="sales", trigger=start()), seen)
    assert [(c.field, c.before, c.after) for c in changes] == [
        ("type", "EVENT", "SCHEDULED"),
        ("schedule", None, "cron(0 2 * * ? *)"),
    ]
    assert diff.needs_replacement(changes)
    assert not diff.needs_replacement(changes[1:])


def test_changes_of_a_workflow() -> None:
    """Properties are compared by key; zero runs at once means no limit."""
    wanted = Workflow(name="sales", default_run_properties={"env": "prod"})
    observed = Workflow(name="sales", default_run_properties={"env": "dev", "old": ""}, max_concurrent_runs=0)
    assert [(c.field, c.before, c.after) for c in diff.workflow_changes(wanted, observed)] == [
        ("default_run_properties.env", "dev", "prod"),
        ("default_run_properties.old", "", None),
    ]


def test_changes_of_a_role() -> None:
    """Each of a role's documents is compared as a whole."""
    wanted = RoleDefinition(name="r", trust={"a": 1}, policy={"b": 2}, tags={})
    assert diff.role_changes(wanted, ObservedRole(name="r", trust={"a": 1}, policy={"b": 2})) == ()
    changes = diff.role_changes(wanted, ObservedRole(name="r", trust={"a": 3}, policy=None))
    assert [(c.field, c.before, c.after) for c in changes] == [
        ("trust", {"a": 3}, {"a": 1}),
        ("policy", None, {"b": 2}),
    ]
