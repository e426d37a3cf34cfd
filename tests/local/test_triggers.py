"""Triggers: what each type accepts, and what becomes of its state, over HTTP by boto3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.local import predicate, refusal

if TYPE_CHECKING:
    from tests.support.local import Account, Api


@pytest.fixture
def flow(account: Account) -> Account:
    """Return an account with a workflow, two jobs and a crawler."""
    account.glue.create_workflow(Name="flow")
    account.shell_job("load")
    account.shell_job("report")
    account.crawler("crawl")
    return account


@pytest.fixture
def served(api: Api) -> Api:
    """Return a service without HTTP, with the same."""
    api("CreateWorkflow", Name="flow")
    api.job("load")
    api.job("report")
    api.crawler("crawl")
    return api


DEFAULTS: dict[str, Any] = {"Name": "t", "WorkflowName": "flow", "Actions": [{"JobName": "load"}]}


def create(flow: Account, **members: Any) -> None:
    """Create a trigger in the workflow."""
    flow.glue.create_trigger(**DEFAULTS | members)


def refused(served: Api, **members: Any) -> tuple[str, str]:
    """Return how the creation of a trigger is refused."""
    return served.refusal("CreateTrigger", **DEFAULTS | members)


def test_a_trigger_is_what_it_was_created_as(flow: Account) -> None:
    """GetTrigger answers what CreateTrigger took and the state, and nothing that only creation knows."""
    members: dict[str, Any] = {
        "Name": "t",
        "WorkflowName": "flow",
        "Type": "CONDITIONAL",
        "Description": "After the load.",
        "Predicate": predicate({"load": "FAILED", "crawl": "CANCELLED"}, "ANY"),
        "Actions": [
            {
                "JobName": "report",
                "Arguments": {"--mode": "full"},
                "Timeout": 5,
                "SecurityConfiguration": "secure",
                "NotificationProperty": {"NotifyDelayAfter": 3},
            }
        ],
    }

    flow.glue.create_trigger(**members, StartOnCreation=True, Tags={"team": "data"})

    assert flow.glue.get_trigger(Name="t")["Trigger"] == members | {"State": "ACTIVATED"}


@pytest.mark.parametrize(
    ("kind", "members", "state"),
    [
        ("ON_DEMAND", {}, "CREATED"),
        ("EVENT", {"EventBatchingCondition": {"BatchSize": 5, "BatchWindow": 60}}, "CREATED"),
        ("SCHEDULED", {"Schedule": "cron(0 2 * * ? *)"}, "CREATED"),
        ("SCHEDULED", {"Schedule": "cron(0 2 * * ? *)", "StartOnCreation": True}, "ACTIVATED"),
    ],
)
def test_a_trigger_rests_in_the_state_of_its_type(
    flow: Account, kind: str, members: dict[str, Any], state: str
) -> None:
    """Only what can be activated and is asked to be is ACTIVATED after creation."""
    create(flow, Type=kind, **members)

    assert flow.glue.get_trigger(Name="t")["Trigger"]["State"] == state


@pytest.mark.parametrize("kind", ["ON_DEMAND", "EVENT"])
def test_what_cannot_be_activated_cannot_be_on_creation(served: Api, kind: str) -> None:
    """StartOnCreation is for scheduled and conditional triggers."""
    assert refused(served, Type=kind, StartOnCreation=True) == (
        "InvalidInputException",
        f"StartOnCreation is not supported for {kind} triggers",
    )


def test_triggers_are_activated_and_deactivated(flow: Account) -> None:
    """StartTrigger and StopTrigger move a scheduled trigger between its states."""
    create(flow, Type="SCHEDULED", Schedule="cron(0 2 * * ? *)")

    def state() -> str:
        found: str = flow.glue.get_trigger(Name="t")["Trigger"]["State"]
        return found

    assert refusal(flow.glue.stop_trigger, Name="t") == (
        "InvalidInputException",
        "The operation is not allowed when trigger is in state: CREATED",
    )
    flow.glue.start_trigger(Name="t")
    assert state() == "ACTIVATED"
    flow.glue.stop_trigger(Name="t")
    assert state() == "DEACTIVATED"
    flow.glue.start_trigger(Name="t")
    assert state() == "ACTIVATED"


def test_an_event_trigger_cannot_be_started_or_stopped(flow: Account) -> None:
    """StartTrigger and StopTrigger on an EVENT trigger get Glue's own texts."""
    create(flow, Type="EVENT")

    assert refusal(flow.glue.start_trigger, Name="t") == (
        "InvalidInputException",
        "Trigger Type EVENT cannot be started",
    )
    assert refusal(flow.glue.stop_trigger, Name="t") == (
        "InvalidInputException",
        "The operation is not allowed when trigger is in state: CREATED",
    )


def test_a_second_trigger_of_a_name_is_refused(flow: Account) -> None:
    """Names are unique in the account, whatever the workflow."""
    create(flow, Type="ON_DEMAND")

    assert refusal(flow.glue.create_trigger, Type="ON_DEMAND", **DEFAULTS) == (
        "AlreadyExistsException",
        "Trigger with name t already exists",
    )


def test_a_second_start_trigger_is_refused(flow: Account) -> None:
    """A workflow has one start trigger, whatever its type; both are named."""
    create(flow, Type="ON_DEMAND")

    second = DEFAULTS | {"Name": "u", "Type": "SCHEDULED", "Schedule": "cron(0 2 * * ? *)"}
    assert refusal(flow.glue.create_trigger, **second) == (
        "InvalidInputException",
        "Workflow flow already has the start trigger t; a workflow can have only one",
    )


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"WorkflowName": "other"}, "Workflow with name: other not found."),
        ({"Actions": [{"JobName": "x"}]}, "Job with name: x not found."),
        ({"Actions": [{"CrawlerName": "x"}]}, "Crawler entry with name x does not exist"),
        (
            {"Type": "CONDITIONAL", "Predicate": predicate({"x": "FAILED"})},
            "Job with name: x not found.",
        ),
        (
            {"Type": "CONDITIONAL", "Predicate": predicate({"crawlx": "FAILED"})},
            "Crawler entry with name crawlx does not exist",
        ),
    ],
)
def test_unknown_names_are_refused(served: Api, members: dict[str, Any], message: str) -> None:
    """A trigger names what exists: its workflow, what it starts, what it watches."""
    assert refused(served, **{"Type": "ON_DEMAND"} | members) == ("EntityNotFoundException", message)


CRAWL_STATES = "[SUCCEEDED, FAILED, CANCELLED]"
JOB_STATES = "[SUCCEEDED, STOPPED, FAILED, TIMEOUT]"
ON_LOAD = {"LogicalOperator": "EQUALS", "JobName": "load", "State": "SUCCEEDED"}
REPORT = [{"JobName": "report"}]


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"Type": "SCHEDULED"}, "Schedule is required for SCHEDULED triggers"),
        (
            {"Type": "SCHEDULED", "Schedule": "rate(5 minutes)"},
            (
                "Schedule rate(5 minutes) is not valid: `rate(5 minutes)` is not a cron expression, "
                "the only kind that Glue knows"
            ),
        ),
        (
            {"Type": "CONDITIONAL"},
            "Predicate with at least one condition is required for CONDITIONAL triggers",
        ),
        (
            {"Type": "CONDITIONAL", "Predicate": {"Logical": "AND", "Conditions": []}},
            "Predicate with at least one condition is required for CONDITIONAL triggers",
        ),
        (
            {"Predicate": {"Conditions": [{"JobName": "load", "State": "SUCCEEDED"}]}},
            "Logical operator cannot be null or empty",
        ),
        (
            {"Predicate": {"Conditions": [{"LogicalOperator": "EQUALS", "CrawlerName": "crawl", "State": "FAILED"}]}},
            f"State cannot be null or empty, choose from one of the following crawler state: {CRAWL_STATES}",
        ),
        (
            {"Predicate": {"Conditions": [ON_LOAD | {"State": "ERROR"}]}},
            f"State ERROR is invalid, choose from one of the following job state: {JOB_STATES}",
        ),
        (
            {"Predicate": {"Conditions": [ON_LOAD | {"JobName": "gone", "State": "ERROR"}]}, "WorkflowName": "gone"},
            f"State ERROR is invalid, choose from one of the following job state: {JOB_STATES}",
        ),
        (
            {"Predicate": predicate({"load": "FAILED"}), "Actions": [{"JobName": "gone"}, {"JobName": "load"}]},
            "Job cannot be a Predicate and Action for Conditional Trigger.",
        ),
        (
            {"Predicate": {"Conditions": [ON_LOAD | {"CrawlerName": "crawl"}]}},
            "A condition names either a JobName or a CrawlerName",
        ),
        (
            {"Predicate": {"Conditions": [ON_LOAD, ON_LOAD]}},
            "Logical is required in a predicate with several conditions",
        ),
        (
            {"Predicate": {"Conditions": [ON_LOAD]}, "Actions": [{"JobName": "load"}]},
            "Job cannot be a Predicate and Action for Conditional Trigger.",
        ),
        (
            {"Predicate": predicate({"crawl": "FAILED"}), "Actions": [{"CrawlerName": "crawl"}]},
            "Crawler cannot be a Predicate and Action for Conditional Trigger.",
        ),
        ({"Type": "ON_DEMAND", "Actions": []}, "Actions cannot be empty"),
        ({"Type": "ON_DEMAND", "Actions": [{}]}, "An action names either a JobName or a CrawlerName"),
        (
            {"Type": "ON_DEMAND", "Actions": [{"CrawlerName": "crawl"}] * 3},
            "A trigger can start at most 2 crawlers, not 3",
        ),
        (
            {"Type": "BORING", "Actions": REPORT},
            (
                "1 validation error detected: Value 'BORING' at 'Type' failed to satisfy constraint: "
                "Member must satisfy enum value set: [SCHEDULED, CONDITIONAL, ON_DEMAND, EVENT]"
            ),
        ),
        (
            {"Type": "EVENT", "EventBatchingCondition": {"BatchSize": 101, "BatchWindow": 901}},
            (
                "2 validation errors detected: "
                "Value at 'EventBatchingCondition.BatchSize' failed to satisfy constraint: "
                "Member must have value less than or equal to 100; "
                "Value at 'EventBatchingCondition.BatchWindow' failed to satisfy constraint: "
                "Member must have value less than or equal to 900"
            ),
        ),
    ],
)
def test_what_glue_refuses_is_refused(served: Api, members: dict[str, Any], message: str) -> None:
    """Each restriction has its own text; what is wrong in itself is told before what it names is looked for."""
    defaults = {"Type": "CONDITIONAL", "Actions": REPORT}

    assert refused(served, **defaults | members) == ("InvalidInputException", message)


def test_too_many_jobs_are_a_limit(served: Api) -> None:
    """The number of jobs of a trigger is a quota."""
    assert refused(served, Type="ON_DEMAND", Actions=[{"JobName": "load"}] * 51) == (
        "ResourceNumberLimitExceededException",
        "A trigger can start at most 50 jobs, not 51",
    )


def test_an_update_replaces_the_whole_trigger(flow: Account) -> None:
    """UpdateTrigger keeps name, type and workflow; what it leaves out is gone."""
    create(flow, Type="SCHEDULED", Schedule="cron(0 2 * * ? *)", Description="old")

    updated = flow.glue.update_trigger(
        Name="t", TriggerUpdate={"Schedule": "cron(0 3 * * ? *)", "Actions": [{"JobName": "report"}]}
    )["Trigger"]

    assert updated == flow.glue.get_trigger(Name="t")["Trigger"]
    assert updated == {
        "Name": "t",
        "WorkflowName": "flow",
        "Type": "SCHEDULED",
        "Schedule": "cron(0 3 * * ? *)",
        "Actions": [{"JobName": "report"}],
        "State": "CREATED",
    }


def test_an_active_trigger_is_not_updated(flow: Account) -> None:
    """UpdateTrigger wants the trigger stopped first."""
    create(flow, Type="SCHEDULED", Schedule="cron(0 2 * * ? *)", StartOnCreation=True)
    update = {"Schedule": "cron(0 3 * * ? *)", "Actions": [{"JobName": "load"}]}

    assert refusal(flow.glue.update_trigger, Name="t", TriggerUpdate=update) == (
        "InvalidInputException",
        "The operation is not allowed when trigger is in state: ACTIVATED",
    )
    flow.glue.stop_trigger(Name="t")
    assert flow.glue.update_trigger(Name="t", TriggerUpdate=update)["Trigger"]["State"] == "DEACTIVATED"


def test_an_unknown_trigger_is_refused_but_not_when_deleted(flow: Account) -> None:
    """DeleteTrigger of what is not there is no error; every other operation on it is."""
    expected = ("EntityNotFoundException", "Trigger with name: t not found.")

    assert refusal(flow.glue.get_trigger, Name="t") == expected
    assert refusal(flow.glue.start_trigger, Name="t") == expected
    assert refusal(flow.glue.stop_trigger, Name="t") == expected
    assert refusal(flow.glue.update_trigger, Name="t", TriggerUpdate={}) == expected
    assert flow.glue.delete_trigger(Name="t")["Name"] == "t"


def test_triggers_are_found_by_the_job_that_they_start(flow: Account) -> None:
    """GetTriggers and ListTriggers take a job; where none starts it they answer all, as AWS documents."""
    create(flow, Name="b", Type="ON_DEMAND", Actions=[{"JobName": "load"}])
    create(flow, Name="a", Type="CONDITIONAL", Predicate={"Conditions": [ON_LOAD]}, Actions=REPORT)

    assert [t["Name"] for t in flow.glue.get_triggers()["Triggers"]] == ["a", "b"]
    assert [t["Name"] for t in flow.glue.get_triggers(DependentJobName="load")["Triggers"]] == ["b"]
    assert flow.glue.list_triggers(DependentJobName="unknown")["TriggerNames"] == ["a", "b"]


def test_triggers_come_in_pages_and_batches(flow: Account) -> None:
    """GetTriggers and BatchGetTriggers answer what there is."""
    for name in ("a", "b", "c"):
        create(flow, Name=name, Type="CONDITIONAL", Predicate={"Conditions": [ON_LOAD]}, Actions=REPORT)

    first = flow.glue.get_triggers(MaxResults=2)
    second = flow.glue.get_triggers(MaxResults=2, NextToken=first["NextToken"])
    batch = flow.glue.batch_get_triggers(TriggerNames=["c", "x"])

    assert [t["Name"] for t in first["Triggers"] + second["Triggers"]] == ["a", "b", "c"]
    assert ([t["Name"] for t in batch["Triggers"]], batch["TriggersNotFound"]) == (["c"], ["x"])
