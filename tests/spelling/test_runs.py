"""Workflow runs and graphs in Glue's own shape, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gluedsl import spelling
from gluedsl.graph import Node, WorkflowGraph
from gluedsl.model import Action, Condition, EventBatching, Predicate, Trigger, Workflow
from gluedsl.runs import ActionRun, NodeRuns, RunSnapshot, Statistics, TriggerFiring
from tests.support.botocore_witness import output_violations, shape_violations
from tests.support.models import projects

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

ACCOUNT, REGION = "123456789012", "us-east-1"
MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
START = Trigger(name="start", type="ON_DEMAND", actions=(Action(job_name="load"),))
LATER = Trigger(
    name="later",
    type="CONDITIONAL",
    predicate=Predicate(conditions=(Condition(job_name="load", state="SUCCEEDED"),)),
    actions=(Action(crawler_name="catalog"),),
)
WORKFLOW = Workflow(name="nightly", triggers=(START, LATER))
LOAD, CATALOG = Node("JOB", "load"), Node("CRAWLER", "catalog")
RUN_ID = "wr_" + "0" * 64


def minute(number: int) -> datetime:
    """Return so many minutes after midnight."""
    return MIDNIGHT + timedelta(minutes=number)


def unique_id(node_type: Any, name: str) -> str:
    """Return the id of a node of the workflow."""
    return spelling.node_unique_id(ACCOUNT, REGION, "nightly", Node(node_type, name))


def to_api(snapshot: RunSnapshot, *, include_graph: bool, **settings: Any) -> dict[str, Any]:
    """Return a run as Glue answers with it, in the account and region of these tests."""
    return spelling.snapshot_to_api(snapshot, include_graph=include_graph, account=ACCOUNT, region=REGION, **settings)


SNAPSHOT = RunSnapshot(
    workflow=WORKFLOW,
    run_id=RUN_ID,
    status="COMPLETED",
    nodes=(
        NodeRuns(
            node=LOAD,
            runs=(
                ActionRun(
                    id="jr_1",
                    state="FAILED",
                    trigger="start",
                    started_on=minute(0),
                    completed_on=minute(1),
                    error="no such table",
                ),
                ActionRun(
                    id="jr_1_attempt_1",
                    state="SUCCEEDED",
                    attempt=1,
                    trigger="start",
                    started_on=minute(1),
                    completed_on=minute(2),
                ),
            ),
        ),
        NodeRuns(
            node=CATALOG,
            runs=(ActionRun(id="", state="SUCCEEDED", trigger="later", started_on=minute(2), completed_on=minute(3)),),
        ),
    ),
    triggers=(
        TriggerFiring(name="start", type="ON_DEMAND", fired_at=minute(0)),
        TriggerFiring(name="later", type="CONDITIONAL", fired_at=minute(2)),
    ),
    statistics=Statistics(total_actions=2, succeeded_actions=2),
    properties={"env": "prod"},
    started_on=minute(0),
    completed_on=minute(3),
)


def test_a_run_without_its_graph() -> None:
    """Without the graph, a run is its status, times, properties and counters."""
    assert to_api(SNAPSHOT, include_graph=False) == {
        "Name": "nightly",
        "WorkflowRunId": RUN_ID,
        "WorkflowRunProperties": {"env": "prod"},
        "StartedOn": minute(0),
        "CompletedOn": minute(3),
        "Status": "COMPLETED",
        "Statistics": {
            "TotalActions": 2,
            "TimeoutActions": 0,
            "FailedActions": 0,
            "StoppedActions": 0,
            "SucceededActions": 2,
            "RunningActions": 0,
            "ErroredActions": 0,
            "WaitingActions": 0,
        },
    }


def test_the_counters_of_a_run() -> None:
    """They are those of the run's answer, of which nothing else need be known."""
    assert spelling.statistics_to_api(SNAPSHOT.statistics) == to_api(SNAPSHOT, include_graph=False)["Statistics"]


def test_a_run_is_of_an_account_and_region() -> None:
    """Who asks says which; nothing stands in for them."""
    with pytest.raises(TypeError, match="missing 2 required keyword-only arguments: 'account' and 'region'"):
        spelling.snapshot_to_api(SNAPSHOT, include_graph=True)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="missing 2 required keyword-only arguments: 'account' and 'region'"):
        spelling.graph_to_api(WORKFLOW)  # type: ignore[call-arg]


def test_a_run_with_its_graph() -> None:
    """Each trigger, job and crawler is one node with what ran of it, and edges join them by id."""
    run = to_api(SNAPSHOT, include_graph=True, trigger_states={"later": "DEACTIVATED"})

    assert output_violations("GetWorkflowRun", {"Run": run}) == []
    assert run["Graph"] == {
        "Nodes": [
            {
                "Type": "TRIGGER",
                "Name": "start",
                "UniqueId": unique_id("TRIGGER", "start"),
                "TriggerDetails": {
                    "Trigger": {
                        "Name": "start",
                        "WorkflowName": "nightly",
                        "Type": "ON_DEMAND",
                        "State": "CREATED",
                        "Actions": [{"JobName": "load"}],
                    }
                },
            },
            {
                "Type": "JOB",
                "Name": "load",
                "UniqueId": unique_id("JOB", "load"),
                "JobDetails": {
                    "JobRuns": [
                        {
                            "Id": "jr_1",
                            "Attempt": 0,
                            "TriggerName": "start",
                            "JobName": "load",
                            "StartedOn": minute(0),
                            "CompletedOn": minute(1),
                            "JobRunState": "FAILED",
                            "ErrorMessage": "no such table",
                            "PredecessorRuns": [],
                        },
                        {
                            "Id": "jr_1_attempt_1",
                            "Attempt": 1,
                            "PreviousRunId": "jr_1",
                            "TriggerName": "start",
                            "JobName": "load",
                            "StartedOn": minute(1),
                            "CompletedOn": minute(2),
                            "JobRunState": "SUCCEEDED",
                            "PredecessorRuns": [],
                        },
                    ]
                },
            },
            {
                "Type": "TRIGGER",
                "Name": "later",
                "UniqueId": unique_id("TRIGGER", "later"),
                "TriggerDetails": {
                    "Trigger": {
                        "Name": "later",
                        "WorkflowName": "nightly",
                        "Type": "CONDITIONAL",
                        "State": "DEACTIVATED",
                        "Predicate": {
                            "Logical": "AND",
                            "Conditions": [{"LogicalOperator": "EQUALS", "JobName": "load", "State": "SUCCEEDED"}],
                        },
                        "Actions": [{"CrawlerName": "catalog"}],
                    }
                },
            },
            {
                "Type": "CRAWLER",
                "Name": "catalog",
                "UniqueId": unique_id("CRAWLER", "catalog"),
                "CrawlerDetails": {
                    "Crawls": [{"State": "SUCCEEDED", "StartedOn": minute(2), "CompletedOn": minute(3)}]
                },
            },
        ],
        "Edges": [
            {"SourceId": unique_id("TRIGGER", "start"), "DestinationId": unique_id("JOB", "load")},
            {"SourceId": unique_id("JOB", "load"), "DestinationId": unique_id("TRIGGER", "later")},
            {"SourceId": unique_id("TRIGGER", "later"), "DestinationId": unique_id("CRAWLER", "catalog")},
        ],
    }


def test_a_run_comes_back() -> None:
    """A run is itself again, with the times at which its triggers fired deduced from what they started."""
    assert spelling.snapshot_from_api(to_api(SNAPSHOT, include_graph=True)) == SNAPSHOT


def test_a_run_without_its_graph_comes_back_without_nodes() -> None:
    """What the answer does not tell is empty."""
    back = spelling.snapshot_from_api(to_api(SNAPSHOT, include_graph=False))

    assert back == replace(SNAPSHOT, workflow=Workflow(name="nightly"), nodes=(), triggers=())


def test_a_run_that_could_not_start() -> None:
    """The error and the run before are told."""
    message = "Concurrent runs exceeded for workflow: nightly."
    run = RunSnapshot(
        workflow=Workflow(name="nightly"),
        run_id=RUN_ID,
        status="ERROR",
        nodes=(),
        triggers=(),
        error=message,
        previous_run_id="wr_1",
    )

    spelled = to_api(run, include_graph=False)

    assert (spelled["ErrorMessage"], spelled["PreviousRunId"]) == (message, "wr_1")
    assert spelling.snapshot_from_api(spelled) == run


def test_the_graph_of_a_design() -> None:
    """Nothing has run, and triggers rest in their states; ids are those of the runs."""
    graph = spelling.graph_to_api(WORKFLOW, account=ACCOUNT, region=REGION)

    assert [(node["Type"], node["Name"]) for node in graph["Nodes"]] == list(WorkflowGraph.of(WORKFLOW).nodes)
    assert [node["JobDetails"] for node in graph["Nodes"] if node["Type"] == "JOB"] == [{}]
    assert [node["CrawlerDetails"] for node in graph["Nodes"] if node["Type"] == "CRAWLER"] == [{}]
    assert [node["TriggerDetails"]["Trigger"]["State"] for node in graph["Nodes"] if node["Type"] == "TRIGGER"] == [
        "CREATED",
        "ACTIVATED",
    ]
    assert graph["Edges"] == to_api(SNAPSHOT, include_graph=True)["Graph"]["Edges"]
    assert output_violations("GetWorkflow", {"Workflow": {"Name": "nightly", "Graph": graph}}) == []


def test_the_id_of_a_node() -> None:
    """An id is of its account, region, workflow, type and name, and looks like Glue's own."""
    assert unique_id("JOB", "load") == "wnode_7fbedd10af5bbce4324884311c94c93ec881c17e51ca1496d171eb2ce67033d7"
    others = {
        spelling.node_unique_id(account, region, workflow, Node(node_type, name))
        for account in ("1", "2")
        for region in ("eu-west-1", "us-east-1")
        for workflow in ("a", "b")
        for node_type in ("JOB", "CRAWLER")
        for name in ("x", "y")
    }
    assert len(others) == 2**5


def _node(node_type: str, name: str, **details: Any) -> dict[str, Any]:
    return {"Type": node_type, "Name": name, "UniqueId": f"wnode_{node_type}_{name}", **details}


@pytest.mark.parametrize(
    "details",
    [{}, {"JobDetails": None}, {"JobDetails": {}}, {"JobDetails": {"JobRuns": None}}, {"JobDetails": {"JobRuns": []}}],
)
def test_a_node_that_did_not_run(details: dict[str, Any]) -> None:
    """Documented as null and recorded as an empty structure: each reads as no run."""
    run = {
        "Name": "w",
        "WorkflowRunId": RUN_ID,
        "Status": "RUNNING",
        "Graph": {"Nodes": [_node("JOB", "a", **details)]},
    }

    assert spelling.snapshot_from_api(run).nodes == (NodeRuns(node=Node("JOB", "a")),)


def test_a_trigger_without_its_details() -> None:
    """What a trigger starts, and whether it waits for something, is told by the edges too."""
    graph = {
        "Nodes": [_node("TRIGGER", "later"), _node("JOB", "a"), _node("TRIGGER", "first"), _node("CRAWLER", "b")],
        "Edges": [
            {"SourceId": "wnode_TRIGGER_first", "DestinationId": "wnode_JOB_a"},
            {"SourceId": "wnode_JOB_a", "DestinationId": "wnode_TRIGGER_later"},
            {"SourceId": "wnode_TRIGGER_later", "DestinationId": "wnode_CRAWLER_b"},
            {"SourceId": "wnode_JOB_a", "DestinationId": "wnode_of_nobody"},
        ],
    }

    snapshot = spelling.snapshot_from_api({"Name": "w", "WorkflowRunId": RUN_ID, "Status": "RUNNING", "Graph": graph})

    assert snapshot.workflow.triggers == (
        Trigger(name="first", type="ON_DEMAND", actions=(Action(job_name="a"),)),
        Trigger(name="later", type="CONDITIONAL", actions=(Action(crawler_name="b"),)),
    )


def test_start_triggers_come_first() -> None:
    """The start trigger is first wherever the answer has it; the others keep the order of the answer."""
    triggers = [
        {"Name": "c", "Type": "CONDITIONAL", "State": "ACTIVATED"},
        {"Name": "b", "Type": "SCHEDULED", "State": "ACTIVATED", "Schedule": "cron(0 2 * * ? *)"},
        {"Name": "a", "Type": "CONDITIONAL", "State": "CREATED"},
    ]
    nodes = [_node("TRIGGER", each["Name"], TriggerDetails={"Trigger": each}) for each in triggers]

    snapshot = spelling.snapshot_from_api({"Name": "w", "Graph": {"Nodes": nodes}})

    assert [(t.name, t.enabled) for t in snapshot.workflow.triggers] == [("b", True), ("c", True), ("a", False)]
    assert [t.name for t in snapshot.triggers] == ["b", "c", "a"]


def test_a_crawl_tells_of_its_trigger_only_if_there_is_one() -> None:
    """A crawler that two triggers start does not tell which of them did."""
    crawl = {"State": "RUNNING", "StartedOn": minute(1)}
    nodes = [
        _node("TRIGGER", "a", TriggerDetails={"Trigger": {"Type": "ON_DEMAND", "Actions": [{"CrawlerName": "x"}]}}),
        _node("TRIGGER", "b", TriggerDetails={"Trigger": {"Type": "CONDITIONAL", "Actions": [{"CrawlerName": "x"}]}}),
        _node("CRAWLER", "x", CrawlerDetails={"Crawls": [crawl]}),
    ]

    both = spelling.snapshot_from_api({"Name": "w", "Graph": {"Nodes": nodes}})
    one = spelling.snapshot_from_api({"Name": "w", "Graph": {"Nodes": nodes[1:]}})

    assert both.nodes[0].runs == (ActionRun(id="", state="RUNNING", started_on=minute(1)),)
    assert [t.fired_at for t in both.triggers] == [None, None]
    assert one.nodes[0].runs == (ActionRun(id="", state="RUNNING", trigger="b", started_on=minute(1)),)
    assert [t.fired_at for t in one.triggers] == [minute(1)]


def test_a_trigger_fired_when_its_first_job_started() -> None:
    """Of all that names the trigger, the earliest counts; what has not started tells nothing."""
    nodes = [
        _node("TRIGGER", "a", TriggerDetails={"Trigger": {"Type": "ON_DEMAND", "Actions": []}}),
        _node("JOB", "x", JobDetails={"JobRuns": [{"Id": "jr_1", "TriggerName": "a", "StartedOn": minute(5)}]}),
        _node("JOB", "y", JobDetails={"JobRuns": [{"Id": "jr_2", "TriggerName": "a", "StartedOn": minute(4)}]}),
        _node("JOB", "z", JobDetails={"JobRuns": [{"Id": "jr_3", "TriggerName": "a", "JobRunState": "WAITING"}]}),
    ]

    snapshot = spelling.snapshot_from_api({"Name": "w", "Graph": {"Nodes": nodes}})

    assert snapshot.triggers == (TriggerFiring(name="a", type="ON_DEMAND", fired_at=minute(4)),)


def test_attempts_stay_together() -> None:
    """Runs come in the order of their starts, each with its attempts, however the answer has them."""
    runs = [
        {"Id": "jr_c", "JobRunState": "WAITING"},
        {"Id": "jr_b", "StartedOn": minute(1)},
        {"Id": "jr_a_attempt_1", "Attempt": 1, "StartedOn": minute(2)},
        {"Id": "jr_a", "StartedOn": minute(0)},
        {"Id": "jr_z", "Attempt": 2, "PreviousRunId": "jr_a_attempt_1", "StartedOn": minute(3)},
        {"Id": "jr_b_attempt_1", "Attempt": 1, "PreviousRunId": "jr_b", "StartedOn": minute(4)},
    ]
    nodes = [_node("JOB", "x", JobDetails={"JobRuns": runs})]

    snapshot = spelling.snapshot_from_api({"Name": "w", "Graph": {"Nodes": nodes}})

    assert [run.id for run in snapshot.nodes[0].runs] == [
        "jr_a",
        "jr_a_attempt_1",
        "jr_z",
        "jr_b",
        "jr_b_attempt_1",
        "jr_c",
    ]


def test_job_runs_that_made_a_trigger_fire() -> None:
    """They are told where they are known, and come back; a crawl, which has no such member, tells of none.

    https://docs.aws.amazon.com/glue/latest/webapi/API_Predecessor.html
    """
    made_it = (("load", "jr_1"), ("check", "jr_2"))
    told = ActionRun(id="jr_3", state="RUNNING", trigger="start", started_on=minute(0), predecessors=made_it)
    snapshot = replace(SNAPSHOT, nodes=(NodeRuns(node=LOAD, runs=(told,)), NodeRuns(node=CATALOG)))

    answer = to_api(snapshot, include_graph=True)
    (shown,) = next(node for node in answer["Graph"]["Nodes"] if node["Name"] == "load")["JobDetails"]["JobRuns"]

    assert shown["PredecessorRuns"] == [
        {"JobName": "load", "RunId": "jr_1"},
        {"JobName": "check", "RunId": "jr_2"},
    ]
    assert shape_violations("WorkflowRun", answer) == []
    assert spelling.snapshot_from_api(answer).nodes[0].runs == (told,)


def test_times_are_in_utc() -> None:
    """boto3 tells times in the zone of the machine; a time without a zone is taken to be in UTC."""
    tokyo = timezone(timedelta(hours=9))
    run = {"Name": "w", "StartedOn": minute(0).astimezone(tokyo), "CompletedOn": minute(1).replace(tzinfo=None)}

    snapshot = spelling.snapshot_from_api(run)

    assert str(snapshot.started_on) == "2026-01-01 00:00:00+00:00"
    assert str(snapshot.completed_on) == "2026-01-01 00:01:00+00:00"


def test_details_of_an_event_trigger() -> None:
    """An answer's trigger has no tags and never tells whether it was to start on its creation."""
    trigger = Trigger(
        name="t", type="EVENT", event_batching=EventBatching(batch_size=5), description="Five.", tags={"a": "b"}
    )

    details = spelling.trigger_details_to_api(trigger, "w")

    assert details == {
        "Name": "t",
        "WorkflowName": "w",
        "Type": "EVENT",
        "State": "CREATED",
        "Description": "Five.",
        "EventBatchingCondition": {"BatchSize": 5, "BatchWindow": 900},
        "Actions": [],
    }
    assert shape_violations("Trigger", details) == []


@st.composite
def _snapshots(draw: DrawFn) -> RunSnapshot:
    """Make a run of a workflow, at any moment: what started has a trigger, and runs start in order."""
    made = draw(st.sampled_from(draw(projects(max_workflows=1)).workflows))
    workflow = Workflow(name=made.name, triggers=tuple(replace(each, tags={}) for each in made.triggers))
    numbers = iter(range(1000))
    starters = {action.job_name or "": t.name for t in workflow.triggers for action in t.actions if action.job_name}
    crawl_starters = {a.crawler_name or "": t.name for t in workflow.triggers for a in t.actions if a.crawler_name}
    nodes = []
    for node in WorkflowGraph.of(workflow).nodes:
        runs: list[ActionRun] = []
        if node.type == "TRIGGER":
            continue
        for attempt in range(draw(st.integers(0, 3 if node.type == "JOB" else 1))):
            number = next(numbers)
            states = ("SUCCEEDED", "FAILED", "RUNNING", "ERROR")
            runs.append(
                ActionRun(
                    id=f"jr_{number}" if node.type == "JOB" else "",
                    state=draw(st.sampled_from(states)),
                    attempt=attempt,
                    trigger=(starters if node.type == "JOB" else crawl_starters)[node.name],
                    started_on=minute(number),
                    completed_on=draw(st.sampled_from((None, minute(number + 1)))),
                    error=draw(st.sampled_from((None, "", "it broke"))),
                )
            )
        nodes.append(NodeRuns(node=node, runs=tuple(runs)))
    fired = {t.name: [r.started_on for n in nodes for r in n.runs if r.trigger == t.name] for t in workflow.triggers}
    return RunSnapshot(
        workflow=workflow,
        run_id=RUN_ID,
        status=draw(st.sampled_from(("RUNNING", "COMPLETED", "STOPPING", "STOPPED"))),
        nodes=tuple(nodes),
        triggers=tuple(
            TriggerFiring(name=t.name, type=t.type, fired_at=min((at for at in fired[t.name] if at), default=None))
            for t in workflow.triggers
        ),
        statistics=Statistics(total_actions=len(nodes)),
        started_on=minute(0),
    )


@settings(deadline=None, max_examples=50)
@given(snapshot=_snapshots())
def test_any_run_comes_back(snapshot: RunSnapshot) -> None:
    """Any run is itself again after an answer that passes Glue's own model."""
    run = to_api(snapshot, include_graph=True)

    assert output_violations("GetWorkflowRun", {"Run": run}) == []
    assert spelling.snapshot_from_api(run) == snapshot
