"""How a plan is told, in text and as JSON."""

from __future__ import annotations

import json

from gluedsl.deploy import lines, plan, plan_removal, summary, to_json
from gluedsl.deploy.resources import PlacedTrigger
from gluedsl.deploy.steps import (
    Activate,
    Change,
    Deactivate,
    Delete,
    Keep,
    Plan,
    Refusal,
    Replace,
    Update,
)
from tests.support.account import FakeAccount
from tests.support.deploy import FILES, NAME, SALES, job, start

EVERYTHING = Plan(
    steps=(
        Keep(resource="AWS::S3::Bucket", name="scripts"),
        Update(
            definition=job("orders"),
            changes=(
                Change(field="timeout_minutes", before=None, after=30),
                Change(field="default_arguments.--db-password", before="hunter2", after=None),
                Change(field="default_arguments.--mode", before="a\x1b[31m", after="x" * 120),
            ),
            reason="taken over",
        ),
        Deactivate(name="sales-start", workflow="sales", pauses=True, reason="paused while its workflow changes"),
        Delete(resource="AWS::Glue::Trigger", name="old", workflow="sales", reason="the flow no longer names it"),
        Replace(
            definition=PlacedTrigger(workflow="sales", trigger=start("event")),
            changes=(Change(field="type", before="EVENT", after="SCHEDULED"),),
            reason="Glue cannot change the type of a trigger",
        ),
        Activate(name="sales-start", workflow="sales", reason="its workflow is complete again"),
        Keep(resource="AWS::Glue::Job", name="shared", reason="trigger `x`, which stays, starts it"),
    ),
    refusals=(
        Refusal(resource="AWS::Glue::Job", name="raw", message="job `raw` does not exist", hint="create it first"),
    ),
)


def test_a_first_deployment_in_text() -> None:
    """Each step is a line; the last one counts them."""
    assert lines(plan(SALES, FILES, FakeAccount(), name=NAME)) == [
        (
            "add",
            "+ create bucket gluedsl-123456789012-eu-west-1 (for scripts and locks: private, encrypted, versioned)",
        ),
        ("add", "+ create workflow sales"),
        ("add", "+ upload file gluedsl/lakehouse/files/0123456789abcdef/customers.py"),
        ("add", "+ upload file gluedsl/lakehouse/files/0123456789abcdef/orders.py"),
        ("add", "+ create role sales-role"),
        ("add", "+ create job orders"),
        ("add", "+ create job customers"),
        ("add", "+ create crawler sales-tables"),
        ("add", "+ create trigger sales-catalog"),
        ("add", "+ create trigger sales-start"),
        ("summary", "Plan: 2 to upload, 8 to create, 0 to update, 0 to delete, 0 unchanged."),
    ]


def test_every_kind_of_step_in_text() -> None:
    """Changes stand under their step; secrets are masked, escape codes written out, long values cut."""
    assert lines(EVERYTHING) == [
        ("change", "~ update job orders (taken over)"),
        ("note", "    timeout_minutes: (not set) -> 30"),
        ("note", '    default_arguments.--db-password: "***" -> (not set)'),
        ("note", f'    default_arguments.--mode: "a\\u001b[31m" -> "{"x" * 98}…'),
        ("change", "~ deactivate trigger sales-start (paused while its workflow changes)"),
        ("remove", "- delete trigger old (the flow no longer names it)"),
        ("remove", "! replace trigger event (Glue cannot change the type of a trigger)"),
        ("note", '    type: "EVENT" -> "SCHEDULED"'),
        ("change", "~ activate trigger sales-start (its workflow is complete again)"),
        ("keep", "= keep job shared (trigger `x`, which stays, starts it)"),
        ("error", "error: job `raw` does not exist"),
        ("note", "    hint: create it first"),
        (
            "summary",
            "Plan: 0 to create, 1 to update, 1 to replace, 1 to delete, 1 to activate, 1 to deactivate, 2 unchanged.",
        ),
    ]


def test_a_hint_for_several_refusals_stands_once() -> None:
    """After the last that it is for."""
    refusals = tuple(
        Refusal(resource="AWS::Glue::Job", name=name, message=f"job `{name}` {fault}", hint=hint)
        for name, fault, hint in (
            ("a", "is another's", "take it over"),
            ("b", "does not exist", "create it first"),
            ("c", "is another's", "take it over"),
        )
    )

    assert lines(Plan(steps=(), refusals=refusals))[:-1] == [
        ("error", "error: job `a` is another's"),
        ("error", "error: job `b` does not exist"),
        ("note", "    hint: create it first"),
        ("error", "error: job `c` is another's"),
        ("note", "    hint: take it over"),
    ]


def test_what_stays_is_told_when_asked_for() -> None:
    """What is kept for no other reason than that it is right is not told otherwise."""
    assert lines(EVERYTHING, kept=True)[0] == ("keep", "= keep bucket scripts")


def test_a_plan_of_nothing() -> None:
    """It says so in one line."""
    nothing = plan_removal(SALES, FakeAccount(), name=NAME)
    assert lines(nothing) == [("summary", "Plan: 0 to create, 0 to update, 0 to delete, 0 unchanged.")]
    assert summary(nothing) == "Plan: 0 to create, 0 to update, 0 to delete, 0 unchanged."


def test_the_plan_as_json() -> None:
    """Version 1: steps in order with their changes, what is refused, and a count of each action."""
    data = to_json(EVERYTHING)
    assert data == json.loads(json.dumps(data))
    assert data["version"] == 1
    assert data["steps"][1] == {
        "action": "update",
        "resource": "AWS::Glue::Job",
        "name": "orders",
        "changes": [
            {"field": "timeout_minutes", "before": None, "after": 30},
            {"field": "default_arguments.--db-password", "before": "***", "after": None},
            {"field": "default_arguments.--mode", "before": "a\x1b[31m", "after": "x" * 120},
        ],
        "reason": "taken over",
    }
    assert [(step["action"], step["resource"], step["name"]) for step in data["steps"]] == [
        ("keep", "AWS::S3::Bucket", "scripts"),
        ("update", "AWS::Glue::Job", "orders"),
        ("deactivate", "AWS::Glue::Trigger", "sales-start"),
        ("delete", "AWS::Glue::Trigger", "old"),
        ("replace", "AWS::Glue::Trigger", "event"),
        ("activate", "AWS::Glue::Trigger", "sales-start"),
        ("keep", "AWS::Glue::Job", "shared"),
    ]
    assert data["refusals"] == [
        {
            "resource": "AWS::Glue::Job",
            "name": "raw",
            "message": "job `raw` does not exist",
            "hint": "create it first",
        }
    ]
    assert data["summary"] == {
        "upload": 0,
        "create": 0,
        "update": 1,
        "replace": 1,
        "delete": 1,
        "activate": 1,
        "deactivate": 1,
        "keep": 2,
    }


def test_secrets_inside_values_are_masked() -> None:
    """A key that looks like a secret's masks its value at any depth; a switch is no secret."""
    nested = Change(
        field="actions",
        before=[{"job_name": "a", "arguments": {"--api-token": "t0p", "--mode": "full"}}],
        after={"UseLakeFormationCredentials": False},
    )
    step = Update(definition=job("orders"), changes=(nested,))
    (told,) = to_json(Plan(steps=(step,)))["steps"][0]["changes"]
    assert told["before"] == [{"job_name": "a", "arguments": {"--api-token": "***", "--mode": "full"}}]
    assert told["after"] == {"UseLakeFormationCredentials": False}
