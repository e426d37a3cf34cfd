"""Events that start workflows: what EventBridge's rules send to them, over HTTP by boto3."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from gluedsl.local import InProcessGlue, LocalGlue
from gluedsl.local.clock import ManualClock
from tests.support.local import BUCKET, Account, actions_of, shell_job, until

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKFLOW_ARN = "arn:aws:glue:us-east-1:123456789012:workflow/flow"
ROLE = "arn:aws:iam::123456789012:role/notify"
ORDERS = {"source": ["shop"], "detail-type": ["Order"], "detail": {"kind": ["new"]}}


@pytest.fixture
def shop() -> Iterator[Account]:
    """Return an account with the workflow "flow", which events start, and a job that takes no time."""
    with LocalGlue(outcomes={"load": "SUCCEEDED"}) as glue:
        account = Account(glue)
        account.shell_job("load")
        account.glue.create_workflow(Name="flow")
        yield account


def event_trigger(account: Account, **members: Any) -> None:
    """Create the EVENT trigger."""
    account.glue.create_trigger(
        Name="begin", Type="EVENT", WorkflowName="flow", Actions=[{"JobName": "load"}], **members
    )


def rule(account: Account, pattern: dict[str, Any], *, target: str = WORKFLOW_ARN, **members: str) -> Any:
    """Create a rule with one target; return the client of EventBridge."""
    events: Any = account.local.session().client("events")
    events.put_rule(Name="orders", EventPattern=json.dumps(pattern), **members)
    events.put_targets(Rule="orders", Targets=[{"Id": "workflow", "Arn": target, "RoleArn": ROLE}])
    return events


def put(events: Any, *kinds: str, source: str = "shop") -> list[str]:
    """Put events; return their ids."""
    entries = [{"Source": source, "DetailType": "Order", "Detail": json.dumps({"kind": kind})} for kind in kinds]
    answer = events.put_events(Entries=entries)
    assert answer["FailedEntryCount"] == 0
    return [entry["EventId"] for entry in answer["Entries"]]


def runs(account: Account) -> list[dict[str, Any]]:
    """Return the runs, the oldest first."""
    return list(reversed(account.glue.get_workflow_runs(Name="flow")["Runs"]))


def test_an_event_starts_a_run(shop: Account) -> None:
    """What matches the rule does, what does not does not; the run knows the event by its id."""
    event_trigger(shop)
    events = rule(shop, ORDERS)

    put(events, "old")
    put(events, "new", source="other")
    (event_id,) = put(events, "new")

    (run,) = runs(shop)
    assert (run["Status"], run["WorkflowRunProperties"]) == ("COMPLETED", {"aws:eventIds": json.dumps([event_id])})


def test_a_batch_of_events_starts_one_run(shop: Account) -> None:
    """Three events are one batch, and what is left over waits."""
    event_trigger(shop, EventBatchingCondition={"BatchSize": 3, "BatchWindow": 900})
    events = rule(shop, ORDERS)

    ids = put(events, "new", "new", "new", "new")

    (run,) = runs(shop)
    assert json.loads(run["WorkflowRunProperties"]["aws:eventIds"]) == ids[:3]
    more = put(events, "new", "new")
    assert json.loads(runs(shop)[1]["WorkflowRunProperties"]["aws:eventIds"]) == [ids[3], *more]


def test_a_window_passes(shop: Account) -> None:
    """A batch that is not full starts its run when its window has passed."""
    event_trigger(shop, EventBatchingCondition={"BatchSize": 3, "BatchWindow": 1})
    events = rule(shop, ORDERS)

    ids = put(events, "new", "new")
    assert runs(shop) == []
    until(lambda: runs(shop))

    assert json.loads(runs(shop)[0]["WorkflowRunProperties"]["aws:eventIds"]) == ids


UPLOADS = {
    "source": ["aws.s3"],
    "detail-type": ["Object Created"],
    "detail": {"bucket": {"name": [BUCKET]}, "object": {"key": [{"prefix": "raw/"}]}},
}


def send_events(account: Account) -> None:
    """Let the bucket send its events to EventBridge."""
    account.s3.put_bucket_notification_configuration(
        Bucket=BUCKET, NotificationConfiguration={"EventBridgeConfiguration": {}}
    )


def test_an_object_starts_a_run(shop: Account) -> None:
    """A bucket that sends its events to EventBridge starts a run with each object under the prefix of the rule."""
    event_trigger(shop)
    rule(shop, UPLOADS)

    shop.put("raw/before.csv", "too early")
    send_events(shop)
    shop.put("raw/orders.csv", "a")
    shop.put("other/orders.csv", "b")
    shop.put("raw/users.csv", "c")

    ids = [json.loads(run["WorkflowRunProperties"]["aws:eventIds"]) for run in runs(shop)]
    assert [len(of_run) for of_run in ids] == [1, 1]
    assert ids[0] != ids[1]


@pytest.mark.parametrize(
    "members",
    [
        pytest.param({"State": "DISABLED"}, id="a rule that is off"),
        pytest.param({"target": WORKFLOW_ARN + "-of-somebody-else"}, id="a workflow that is not there"),
    ],
)
def test_an_event_that_reaches_no_workflow(shop: Account, members: dict[str, str]) -> None:
    """Nothing happens, and whoever put the event is told of no error."""
    event_trigger(shop)
    put(rule(shop, ORDERS, **members), "new")

    assert runs(shop) == []


def test_a_workflow_that_waits_for_no_event(shop: Account) -> None:
    """A workflow whose start trigger is of another type ignores events."""
    shop.start("begin", "load")
    put(rule(shop, ORDERS), "new")

    assert runs(shop) == []


def test_a_rule_with_a_schedule_hears_no_event(shop: Account) -> None:
    """EventBridge's own schedules are moto's, which keeps no time; no event is one."""
    event_trigger(shop)
    events = rule(shop, ORDERS)
    events.put_rule(Name="hourly", ScheduleExpression="rate(1 hour)")
    events.put_targets(Rule="hourly", Targets=[{"Id": "workflow", "Arn": WORKFLOW_ARN}])

    put(events, "new")

    assert len(runs(shop)) == 1


def test_other_targets_are_motos(shop: Account) -> None:
    """A rule that has a queue as a target too sends there as ever, whatever the event comes from."""
    event_trigger(shop)
    receive = queue_of(shop, "orders", UPLOADS)
    events = rule(shop, UPLOADS)
    send_events(shop)

    shop.put("raw/orders.csv", "a")
    assert [event["detail"]["object"]["key"] for event in receive()] == ["raw/orders.csv"]
    events.put_rule(Name="orders", EventPattern=json.dumps(ORDERS))
    (event_id,) = put(events, "new")

    assert [event["id"] for event in receive()] == [event_id]
    assert len(runs(shop)) == 2


def queue_of(account: Account, rule_name: str, pattern: dict[str, Any]) -> Any:
    """Let a queue hear what matches; return what receives the messages that there are."""
    session = account.local.session()
    sqs, events = session.client("sqs"), session.client("events")
    url = sqs.create_queue(QueueName=rule_name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name=rule_name, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=rule_name, Targets=[{"Id": "queue", "Arn": arn}])

    def receive() -> list[dict[str, Any]]:
        messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        return [json.loads(message["Body"]) for message in messages]

    return receive


def test_the_end_of_a_job_run_is_told(shop: Account) -> None:
    """A rule for "Glue Job State Change" hears of each job run that ends, in a workflow or alone.

    https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html
    """
    receive = queue_of(shop, "ends", {"source": ["aws.glue"], "detail": {"state": ["SUCCEEDED"]}})

    run_id = shop.glue.start_job_run(JobName="load")["JobRunId"]
    heard: list[dict[str, Any]] = []

    def hear() -> bool:
        heard.extend(receive())
        return bool(heard)

    until(hear)

    (event,) = heard
    assert (event["source"], event["detail-type"]) == ("aws.glue", "Glue Job State Change")
    assert event["detail"] == {
        "jobName": "load",
        "severity": "INFO",
        "state": "SUCCEEDED",
        "jobRunId": run_id,
        "message": "Job run succeeded",
    }


def test_the_end_of_a_job_run_starts_a_workflow(shop: Account) -> None:
    """One workflow can follow on another, by way of EventBridge."""
    event_trigger(shop)
    shop.shell_job("first")
    rule(shop, {"source": ["aws.glue"], "detail": {"jobName": ["first"], "state": ["SUCCEEDED"]}})

    shop.glue.start_job_run(JobName="first")
    until(lambda: runs(shop))

    assert [run["Status"] for run in runs(shop)] == ["COMPLETED"]


def test_when_it_is_over_moto_is_as_it_was(shop: Account) -> None:
    """A local Glue that has stopped hears nothing more."""
    from moto.events.models import Rule  # noqa: PLC0415 -- a second, which only this test needs

    assert Rule.send_to_targets.__module__ == "gluedsl.local.eventbridge"
    shop.local.stop()

    assert Rule.send_to_targets.__module__ == "moto.events.models"


def test_a_rule_that_starts_over_the_limit_loses_the_event(shop: Account) -> None:
    """Events over MaxConcurrentRuns are lost, without a run and without an error."""
    shop.shell_job("long", "import time; time.sleep(600)")
    shop.glue.update_workflow(Name="flow", MaxConcurrentRuns=1)
    shop.glue.create_trigger(Name="begin", Type="EVENT", WorkflowName="flow", Actions=[{"JobName": "long"}])
    events = rule(shop, ORDERS)

    put(events, "new", "new")

    assert [run["Status"] for run in runs(shop)] == ["RUNNING"]


def test_events_and_schedules_inside_a_test() -> None:
    """In the process, by a clock that the test moves: an event waits for its window, a schedule for its hour."""
    clock = ManualClock()
    with InProcessGlue(clock=clock, schedules=True, outcomes={"load": "SUCCEEDED"}):
        glue: Any = boto3.client("glue")
        glue.create_job(**shell_job("load"))
        load = actions_of(("load",))
        glue.create_workflow(Name="flow")
        batching = {"BatchSize": 10, "BatchWindow": 60}
        glue.create_trigger(
            Name="begin", Type="EVENT", WorkflowName="flow", Actions=load, EventBatchingCondition=batching
        )
        glue.create_workflow(Name="nightly")
        glue.create_trigger(
            Name="two",
            Type="SCHEDULED",
            WorkflowName="nightly",
            Actions=load,
            Schedule="cron(0 2 * * ? *)",
            StartOnCreation=True,
        )
        events: Any = boto3.client("events")
        events.put_rule(Name="orders", EventPattern=json.dumps(ORDERS))
        arn = f"arn:aws:glue:{glue.meta.region_name}:123456789012:workflow/flow"
        events.put_targets(Rule="orders", Targets=[{"Id": "workflow", "Arn": arn, "RoleArn": ROLE}])

        (event_id,) = put(events, "new")
        clock.advance(timedelta(days=1))

        (by_event,) = glue.get_workflow_runs(Name="flow")["Runs"]
        (by_schedule,) = glue.get_workflow_runs(Name="nightly")["Runs"]
    assert by_event["WorkflowRunProperties"] == {"aws:eventIds": json.dumps([event_id])}
    assert by_schedule["StartedOn"] - by_event["StartedOn"] == timedelta(hours=1, minutes=59)
