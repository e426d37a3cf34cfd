"""EventBridge rules, and the buckets whose events they wait for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import ANY

import boto3
import pytest

from gluedsl.deploy import Silence, apply, plan, plan_removal
from gluedsl.deploy.account import AwsError
from gluedsl.deploy.gateway import Gateway, connect
from gluedsl.deploy.gateway.events import require_all
from gluedsl.deploy.halt import Halt
from gluedsl.deploy.steps import Keep, changes
from gluedsl.local import LocalGlue
from gluedsl.model import EventRule, Project, Role, Statement
from tests.support.account import ACCOUNT, FakeAccount, Killed
from tests.support.deploy import FILES, NAME, ROLE, SALES, told, whole_file, with_trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.deploy import Plan

PATTERN = {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"bucket": {"name": ["lake"]}}}
NOTIFIER = Role(
    name="sales-events",
    statements=(
        Statement(
            sid="Notify",
            actions=("glue:notifyEvent",),
            resources=("arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:workflow/sales",),
        ),
    ),
    service="events.amazonaws.com",
)
RULE = EventRule(
    name="gluedsl-sales",
    workflow_name="sales",
    pattern=PATTERN,
    role="sales-events",
    buckets=("lake",),
    tags={"t": "x"},
)
ARRIVALS = replace(
    with_trigger(SALES, "sales-start", type="EVENT", schedule=None), roles=(ROLE, NOTIFIER), event_rules=(RULE,)
)
"""The workflow, started by new objects in a bucket."""


def planned(project: Project, account: Any) -> Plan:
    """Plan the deployment of a flow file."""
    return plan(project, FILES, account, name=NAME, scope=whole_file(project))


def deployed(project: Project, account: Any) -> list[str]:
    """Plan and apply; return what was done."""
    return told(apply(planned(project, account), account, account, halt=Halt(lambda _: None), observer=Silence()))


def destroyed(project: Project, account: Any) -> list[str]:
    """Plan the removal and apply it; return what was done."""
    removal = plan_removal(project, account, name=NAME, scope=whole_file(project))
    return told(apply(removal, account, account, halt=Halt(lambda _: None), observer=Silence()))


def with_bucket(state: str = "silent") -> FakeAccount:
    """Return an account with the bucket that is waited for."""
    return FakeAccount(sources={"lake": state})  # type: ignore[dict-item]  # a state as text


def test_a_rule_comes_last_and_goes_first() -> None:
    """Events reach a workflow only while it is complete; what was turned on of the bucket stays, and is told."""
    account = with_bucket()
    first = planned(ARRIVALS, account)
    assert told(first.effective) == [
        "create bucket `gluedsl-123456789012-eu-west-1`",
        "create workflow `sales`",
        "upload file `gluedsl/lakehouse/files/0123456789abcdef/customers.py`",
        "upload file `gluedsl/lakehouse/files/0123456789abcdef/orders.py`",
        "update bucket `lake`",
        "create role `sales-role`",
        "create role `sales-events`",
        "create job `orders`",
        "create job `customers`",
        "create crawler `sales-tables`",
        "create trigger `sales-catalog`",
        "create trigger `sales-start`",
        "create rule `gluedsl-sales`",
    ]
    assert first.effective[4].reason == "a rule waits for its events; its other notifications stay"
    deployed(ARRIVALS, account)
    assert planned(ARRIVALS, account).is_empty
    assert account.its_rules["gluedsl-sales"].role == f"arn:aws:iam::{ACCOUNT}:role/sales-events"
    assert account.its_tags["AWS::Events::Rule", "gluedsl-sales"] == {
        "t": "x",
        "gluedsl:project": NAME,
        "gluedsl:workflow": "sales",
        "gluedsl:content": ANY,
    }
    assert account.sources == {"lake": "sending"}

    removal = plan_removal(ARRIVALS, account, name=NAME)
    assert [(step.name, step.reason) for step in removal.steps if isinstance(step, Keep)] == [
        ("lake", "it still sends its events to EventBridge, where others may wait for them"),
    ]
    assert destroyed(ARRIVALS, account)[:3] == [
        "delete rule `gluedsl-sales`",
        "delete trigger `sales-start`",
        "delete trigger `sales-catalog`",
    ]
    assert account.contents() == {}
    assert account.sources == {"lake": "sending"}


def test_another_start() -> None:
    """A workflow that is no longer started by events loses its rule, before its start trigger, and then forgets it."""
    account = with_bucket()
    deployed(ARRIVALS, account)
    assert deployed(SALES, account) == [
        "delete rule `gluedsl-sales`",
        "replace trigger `sales-start`",
        "delete role `sales-events`",
        "update workflow `sales`",
    ]
    fresh = FakeAccount()
    deployed(SALES, fresh)
    assert account.contents() == fresh.contents()


def test_what_was_changed_by_hand_of_a_rule() -> None:
    """Pattern, role, target and state are as the flow says."""
    account = with_bucket()
    deployed(ARRIVALS, account)
    account.disabled_rules.add("gluedsl-sales")
    account.its_rules["gluedsl-sales"] = replace(account.its_rules["gluedsl-sales"], pattern={"source": ["x"]})
    (step,) = planned(ARRIVALS, account).effective
    assert [(c.field, c.before, c.after) for c in changes(step)] == [
        ("pattern", {"source": ["x"]}, PATTERN),
        ("enabled", False, True),
    ]
    deployed(ARRIVALS, account)
    assert planned(ARRIVALS, account).is_empty


def test_the_rule_of_somebody_else() -> None:
    """A rule that has the name of ours is not overwritten: EventBridge would not even mind."""
    account = with_bucket()
    account.create(replace(RULE, tags={}))
    (refusal,) = planned(ARRIVALS, account).refusals
    assert refusal.message == "rule `gluedsl-sales` exists already, and gluedsl did not make it"


@pytest.mark.parametrize("state", ["missing", "closed"])
def test_a_bucket_that_cannot_be_asked(state: str) -> None:
    """One that is not there is refused; of one that is closed it is said what to see to."""
    plan_ = planned(ARRIVALS, with_bucket(state))
    if state == "missing":
        assert [(r.message, r.hint) for r in plan_.refusals] == [
            ("bucket `lake`, whose events start a workflow, does not exist", "create it first")
        ]
    else:
        assert plan_.refusals == ()
        assert [s.reason for s in plan_.steps if isinstance(s, Keep)] == [
            "its notifications cannot be read; see to it that it sends its events to EventBridge"
        ]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_deployment_with_a_rule_killed_at_any_call(moment: str) -> None:
    """The next one finishes the work, there and back."""
    for old, new in ((SALES, ARRIVALS), (ARRIVALS, SALES)):
        whole = with_bucket()
        deployed(new, whole)
        reference = with_bucket()
        deployed(old, reference)
        before = len(reference.calls)
        deployed(new, reference)
        for number in range(len(reference.calls) - before):
            account = with_bucket()
            deployed(old, account)
            account.calls.clear()

            def fault(call: int, when: str, _: str, last: int = number) -> None:
                if call > last or (call == last and when == moment):
                    raise Killed

            account.fault = fault
            with pytest.raises(Killed):
                deployed(new, account)
            account.fault = None
            deployed(new, account)
            assert planned(new, account).is_empty
            assert account.its_tags == whole.its_tags
            assert account.hazards == []


REGION = "us-east-1"


@pytest.fixture(scope="module")
def local() -> Iterator[LocalGlue]:
    """A local Glue."""
    with LocalGlue() as glue:
        yield glue


@pytest.fixture
def gateway(local: LocalGlue, monkeypatch: pytest.MonkeyPatch) -> Gateway:
    """An account in it."""
    for name, value in local.environment().items():
        monkeypatch.setenv(name, value)
    return connect()


def client(local: LocalGlue, service: str) -> Any:
    """Return a client of the local Glue."""
    return boto3.client(service, **local.client_settings())  # type: ignore[call-overload]  # settings by name


def test_rules_through_boto3(gateway: Gateway, local: LocalGlue) -> None:
    """Made, seen again, mended, tagged, and taken away, with a target that somebody added by hand."""
    client(local, "s3").create_bucket(Bucket="lake")
    assert "create rule `gluedsl-sales`" in deployed(ARRIVALS, gateway)
    assert planned(ARRIVALS, gateway).is_empty
    events = client(local, "events")
    assert events.list_targets_by_rule(Rule="gluedsl-sales")["Targets"] == [
        {
            "Id": "workflow",
            "Arn": f"arn:aws:glue:{REGION}:{ACCOUNT}:workflow/sales",
            "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/sales-events",
        }
    ]
    trust = client(local, "iam").get_role(RoleName="sales-events")["Role"]["AssumeRolePolicyDocument"]
    assert trust["Statement"][0]["Principal"] == {"Service": "events.amazonaws.com"}

    events.disable_rule(Name="gluedsl-sales")
    retagged = replace(ARRIVALS, event_rules=(replace(RULE, tags={"u": "y"}),))
    (step,) = planned(retagged, gateway).effective
    assert [c.field for c in changes(step)] == ["enabled", "tags.t", "tags.u"]
    assert deployed(retagged, gateway) == ["update rule `gluedsl-sales`"]
    assert planned(retagged, gateway).is_empty

    events.put_targets(Rule="gluedsl-sales", Targets=[{"Id": "q", "Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:q"}])
    destroyed(ARRIVALS, gateway)
    assert events.list_rules()["Rules"] == []
    gateway.delete("AWS::Events::Rule", "gluedsl-sales")
    assert gateway.rules(["gluedsl-sales"]) == {}


def test_notifications_that_were_there_before(gateway: Gateway, local: LocalGlue) -> None:
    """Turning EventBridge on loses none of them; nothing but this is changed, and never back."""
    s3 = client(local, "s3")
    s3.create_bucket(Bucket="shared")
    queue = client(local, "sqs").create_queue(QueueName="arrivals")["QueueUrl"]
    arn = client(local, "sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    before = [{"Id": "theirs", "QueueArn": arn["Attributes"]["QueueArn"], "Events": ["s3:ObjectCreated:*"]}]
    s3.put_bucket_notification_configuration(Bucket="shared", NotificationConfiguration={"QueueConfigurations": before})
    assert gateway.source("shared") == "silent"
    assert gateway.source("nowhere-at-all") == "missing"
    gateway._sources.send("shared")  # noqa: SLF001 -- the one call, without a plan around it
    assert gateway.source("shared") == "sending"
    settings = s3.get_bucket_notification_configuration(Bucket="shared")
    assert [{**each, "Filter": None} for each in settings["QueueConfigurations"]] == [{**before[0], "Filter": None}]


def test_a_target_that_eventbridge_does_not_take() -> None:
    """An answer that is no error, and says that not all was done, is one."""
    with pytest.raises(AwsError) as error:
        require_all("PutTargets", {"FailedEntries": [{"ErrorCode": "LimitExceeded", "ErrorMessage": "five targets"}]})
    assert error.value.message == "PutTargets: LimitExceeded: five targets"
