"""The digest of what a flow says of a resource: what has a part in it, and what a plan tells by it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gluedsl.deploy import Silence, apply, lines, plan, to_json
from gluedsl.deploy.content import marked
from gluedsl.deploy.halt import Halt
from gluedsl.deploy.ownership import CONTENT
from gluedsl.deploy.resources import PlacedTrigger
from gluedsl.model import Action, Condition, Predicate, Project, RemoteScript, Trigger
from tests.support.account import FakeAccount
from tests.support.deploy import BUCKET, FILES, NAME, SALES, after, job, with_crawler, with_job, with_trigger

FOLDER = f"s3://{BUCKET}/gluedsl/lakehouse/files"
ONE, OTHER = "0123456789abcdef", "fedcba9876543210"
LOAD = job(
    "load",
    code=RemoteScript(uri=f"{FOLDER}/{ONE}/load.py"),
    default_arguments={"--extra-py-files": f"s3://lake/a.whl,{FOLDER}/{ONE}/flow.zip"},
)
CATALOG = after("catalog", ("orders", "customers"), Action(job_name="one"), Action(job_name="two"))


def of_trigger(trigger: Trigger, workflow: str = "sales") -> str:
    """Return the digest of a trigger."""
    return marked(PlacedTrigger(workflow=workflow, trigger=trigger)).tags[CONTENT]


def told(project: Project, account: FakeAccount) -> list[str]:
    """Plan the deployment; return its lines but the last."""
    return [text for _, text in lines(plan(project, FILES, account, name=NAME))][:-1]


def deployed(project: Project, account: FakeAccount) -> None:
    """Plan and apply."""
    steps = plan(project, FILES, account, name=NAME)
    apply(steps, account, account, halt=Halt(lambda _: None), observer=Silence())


@pytest.fixture
def account() -> FakeAccount:
    """An account in which the project is."""
    made = FakeAccount()
    deployed(SALES, made)
    return made


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "other"},
        {"tags": {"team": "sales"}},
        {"property_writes": ("rows",)},
        {"code": RemoteScript(uri=f"{FOLDER}/{OTHER}/load.py")},
        {"default_arguments": {"--extra-py-files": f"s3://lake/a.whl,{FOLDER}/{OTHER}/flow.zip"}},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_has_no_part_in_it(fields: dict[str, Any]) -> None:
    """Name, tags, what is never sent, and the folder of an uploaded file, which tells its content already."""
    assert marked(replace(LOAD, **fields)).tags[CONTENT] == marked(LOAD).tags[CONTENT]


@pytest.mark.parametrize(
    "fields",
    [
        {"timeout_minutes": 30},
        {"code": RemoteScript(uri=f"{FOLDER}/{ONE}/other.py")},
        {"code": RemoteScript(uri=f"s3://lake/{OTHER}/load.py")},
        {"extra": {"LogUri": "s3://lake/logs/"}},
    ],
    ids=str,
)
def test_what_has_a_part_in_it(fields: dict[str, Any]) -> None:
    """Everything else that is sent."""
    assert marked(replace(LOAD, **fields)).tags[CONTENT] != marked(LOAD).tags[CONTENT]


def test_of_a_trigger() -> None:
    """Its workflow has a part; the order of actions and conditions, and whether it is active, have none."""
    assert CATALOG.predicate is not None
    turned = replace(
        CATALOG,
        actions=CATALOG.actions[::-1],
        predicate=replace(CATALOG.predicate, conditions=CATALOG.predicate.conditions[::-1]),
        enabled=False,
    )
    assert of_trigger(turned) == of_trigger(CATALOG)
    assert of_trigger(CATALOG, "other") != of_trigger(CATALOG)
    failed = Predicate(conditions=(Condition(job_name="orders", state="FAILED"),))
    assert of_trigger(replace(CATALOG, predicate=failed)) != of_trigger(CATALOG)


def test_a_change_elsewhere(account: FakeAccount) -> None:
    """What differs although the flow says what it said is somebody's change, and is told before it is undone."""
    account.definitions["AWS::Glue::Job"]["orders"]["Timeout"] = 7
    account.definitions["AWS::Glue::Crawler"]["sales-tables"]["TablePrefix"] = "x_"
    account.definitions["AWS::Glue::Trigger"]["sales-start"]["Schedule"] = "cron(0 9 * * ? *)"
    assert told(SALES, account) == [
        "~ update job orders (changed elsewhere since it was deployed)",
        "    timeout_minutes: 7 -> (not set)",
        "~ update crawler sales-tables (changed elsewhere since it was deployed)",
        '    table_prefix: "x_" -> (not set)',
        "~ update trigger sales-start (changed elsewhere since it was deployed)",
        '    schedule: "cron(0 9 * * ? *)" -> "cron(0 2 * * ? *)"',
    ]
    deployed(SALES, account)
    assert told(SALES, account) == []


def test_another_script_put_in_by_hand(account: FakeAccount) -> None:
    """A script that lies elsewhere is somebody's change; one that lies where ours lie is the flow's."""
    account.definitions["AWS::Glue::Job"]["orders"]["Command"]["ScriptLocation"] = "s3://lake/mine.py"
    assert told(SALES, account)[0] == "~ update job orders (changed elsewhere since it was deployed)"
    deployed(SALES, account)
    moved = with_job(SALES, "orders", code=RemoteScript(uri=f"{FOLDER}/{OTHER}/orders.py"))
    assert told(moved, account)[0] == "~ update job orders"


def test_a_change_of_the_flow(account: FakeAccount) -> None:
    """A change of the flow has no reason given, and the digest, which follows from it, is shown to programs only."""
    changed = with_crawler(with_trigger(SALES, "sales-start", schedule="cron(0 3 * * ? *)"), "sales-tables", role="x")
    assert told(changed, account) == [
        "~ update crawler sales-tables",
        '    role: "sales-role" -> "x"',
        "~ update trigger sales-start",
        '    schedule: "cron(0 2 * * ? *)" -> "cron(0 3 * * ? *)"',
    ]
    steps = to_json(plan(changed, FILES, account, name=NAME))["steps"]
    fields = [change["field"] for step in steps if step["name"] == "sales-start" for change in step["changes"]]
    assert fields == ["schedule", "tags.gluedsl:content"]


def test_a_digest_that_was_left_behind(account: FakeAccount) -> None:
    """A deployment that was killed between an update and its tag is finished by the next one."""
    account.its_tags["AWS::Glue::Job", "orders"][CONTENT] = ONE
    its = marked(next(each for each in SALES.jobs if each.name == "orders")).tags[CONTENT]
    assert told(SALES, account) == ["~ update job orders", f'    tags.gluedsl:content: "{ONE}" -> "{its}"']
    account.calls.clear()
    deployed(SALES, account)
    assert account.calls == ["tag job `orders`"]
    assert told(SALES, account) == []
