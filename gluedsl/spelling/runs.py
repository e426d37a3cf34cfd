"""Workflow runs and graphs, as Glue answers them.

Comes in: a `RunSnapshot`, or a workflow. Goes out: the `WorkflowRun` and `WorkflowGraph` of Glue's API, with aware
datetimes in UTC; and a snapshot back from a `WorkflowRun`.
The shapes: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-workflow.html
What a graph shows: https://docs.aws.amazon.com/glue/latest/dg/workflows_api_concepts.html
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from gluedsl.graph import Node, WorkflowGraph
from gluedsl.graph.build import started_nodes
from gluedsl.model import Action, Trigger, Workflow
from gluedsl.runs import ActionRun, NodeRuns, RunSnapshot, Statistics, TriggerFiring
from gluedsl.spelling.api import start_first, trigger_details_to_api, trigger_from_api
from gluedsl.spelling.codec import API, Shape, TextMap, spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gluedsl.spelling.codec import Dialect


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment in UTC."""

    def encode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return it in UTC; one without a time zone is in UTC already."""
        moment: datetime = value
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)

    def decode(self, value: Any, dialect: Dialect) -> Any:
        """Return it in UTC: boto3 gives it in the zone of the machine."""
        return self.encode(value, dialect)


INSTANT = Instant()


@dataclass(frozen=True, slots=True)
class Predecessors:
    """Job runs that made a trigger fire: `PredecessorRuns`."""

    def encode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return a list of structures."""
        return [{"JobName": job_name, "RunId": run_id} for job_name, run_id in value]

    def decode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return a tuple of pairs."""
        return tuple((each.get("JobName", ""), each.get("RunId", "")) for each in value)


STATISTICS = Shape(
    Statistics,
    (
        spell("total_actions", "TotalActions"),
        spell("timeout_actions", "TimeoutActions"),
        spell("failed_actions", "FailedActions"),
        spell("stopped_actions", "StoppedActions"),
        spell("succeeded_actions", "SucceededActions"),
        spell("running_actions", "RunningActions"),
        spell("errored_actions", "ErroredActions"),
        spell("waiting_actions", "WaitingActions"),
    ),
)

JOB_RUN = Shape(
    ActionRun,
    (
        spell("id", "Id", missing=""),
        spell("attempt", "Attempt"),
        spell("trigger", "TriggerName"),
        spell("started_on", "StartedOn", INSTANT),
        spell("completed_on", "CompletedOn", INSTANT),
        spell("state", "JobRunState", missing=""),
        spell("error", "ErrorMessage"),
        # Inside workflows, recorded answers have none, though the documentation tells of them.
        spell("predecessors", "PredecessorRuns", Predecessors(), required=True, missing=()),
    ),
)

CRAWL = Shape(
    ActionRun,
    (
        spell("state", "State", missing=""),
        spell("started_on", "StartedOn", INSTANT),
        spell("completed_on", "CompletedOn", INSTANT),
        spell("error", "ErrorMessage"),
    ),
)

RUN = Shape(
    RunSnapshot,
    (
        spell("run_id", "WorkflowRunId", missing=""),
        spell("previous_run_id", "PreviousRunId"),
        spell("properties", "WorkflowRunProperties", TextMap(), required=True),
        spell("started_on", "StartedOn", INSTANT),
        spell("completed_on", "CompletedOn", INSTANT),
        spell("status", "Status", missing=""),
        spell("error", "ErrorMessage"),
        spell("statistics", "Statistics", STATISTICS),
    ),
)


def statistics_to_api(statistics: Statistics) -> dict[str, Any]:
    """Return the `Statistics` of a `WorkflowRun`."""
    return STATISTICS.encode(statistics, API)


def snapshot_to_api(
    snapshot: RunSnapshot,
    *,
    include_graph: bool,
    account: str,
    region: str,
    trigger_states: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the `WorkflowRun` that `GetWorkflowRun` answers with.

    `trigger_states` gives the states of triggers by name; one that it does not name rests in its own.
    """
    run = {"Name": snapshot.workflow.name, **RUN.encode(snapshot, API)}
    if include_graph:
        runs = {each.node: each.runs for each in snapshot.nodes}
        run["Graph"] = _graph_to_api(snapshot.workflow, runs, account, region, trigger_states or {})
    return run


def graph_to_api(
    workflow: Workflow,
    *,
    account: str,
    region: str,
    trigger_states: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the `WorkflowGraph` of the design, as `GetWorkflow(IncludeGraph=True)` answers it: nothing has run."""
    return _graph_to_api(workflow, {}, account, region, trigger_states or {})


def node_unique_id(account: str, region: str, workflow: str, node: Node) -> str:
    """Return the `UniqueId` of a node: the same in the design and in each of its runs.

    How Glue makes it is not documented; recorded ones look like this.
    """
    identity = f"{account}/{region}/{workflow}/{node.type}/{node.name}"
    return f"wnode_{hashlib.sha256(identity.encode()).hexdigest()}"


def _graph_to_api(
    workflow: Workflow,
    runs: Mapping[Node, tuple[ActionRun, ...]],
    account: str,
    region: str,
    trigger_states: Mapping[str, str],
) -> dict[str, Any]:
    graph = WorkflowGraph.of(workflow)
    ids = {node: node_unique_id(account, region, workflow.name, node) for node in graph.nodes}
    triggers = {trigger.name: trigger for trigger in workflow.triggers}
    nodes = []
    for node in graph.nodes:
        details: dict[str, Any]
        match node.type:
            case "TRIGGER":
                trigger = trigger_details_to_api(triggers[node.name], workflow.name, trigger_states.get(node.name))
                details = {"TriggerDetails": {"Trigger": trigger}}
            case "JOB":
                job_runs = _job_runs_to_api(node.name, runs.get(node, ()))
                details = {"JobDetails": {"JobRuns": job_runs} if job_runs else {}}
            case "CRAWLER":
                crawls = [CRAWL.encode(run, API) for run in runs.get(node, ())]
                details = {"CrawlerDetails": {"Crawls": crawls} if crawls else {}}
        nodes.append({"Type": node.type, "Name": node.name, "UniqueId": ids[node], **details})
    edges = [{"SourceId": ids[edge.source], "DestinationId": ids[edge.destination]} for edge in graph.edges]
    return {"Nodes": nodes, "Edges": edges}


def _job_runs_to_api(job: str, runs: Iterable[ActionRun]) -> list[dict[str, Any]]:
    encoded: list[dict[str, Any]] = []
    for run in runs:
        again = {"PreviousRunId": encoded[-1]["Id"]} if run.attempt and encoded else {}
        encoded.append({**JOB_RUN.encode(run, API), **again, "JobName": job})
    return encoded


def snapshot_from_api(data: Mapping[str, Any]) -> RunSnapshot:
    """Return the run that a `WorkflowRun` tells of; without its graph, it has no nodes.

    The graph does not tell when a trigger fired: it is taken to be when the first job run that names it started, or the
    first crawl of a crawler that nothing else starts.
    """
    values = RUN.take({member: value for member, value in data.items() if member != "Graph"}, API)
    graph = data.get("Graph") or {}
    described = [(Node(each["Type"], each["Name"]), each) for each in graph.get("Nodes") or ()]
    follows = _edges(described, graph.get("Edges") or ())
    triggers = start_first(_trigger(node, each, follows) for node, each in described if node.type == "TRIGGER")
    starters = _starters(triggers)
    nodes = tuple(_node_runs(node, each, starters[node]) for node, each in described if node.type != "TRIGGER")
    fired = _fired(nodes)
    return RunSnapshot(
        workflow=Workflow(name=data.get("Name") or "", triggers=triggers),
        nodes=nodes,
        triggers=tuple(TriggerFiring(name=t.name, type=t.type, fired_at=fired.get(t.name)) for t in triggers),
        **values,
    )


def _edges(
    described: Iterable[tuple[Node, Mapping[str, Any]]], edges: Iterable[Mapping[str, Any]]
) -> tuple[tuple[Node, Node], ...]:
    nodes = {each.get("UniqueId"): node for node, each in described}
    ends = ((nodes.get(edge.get("SourceId")), nodes.get(edge.get("DestinationId"))) for edge in edges)
    return tuple((source, destination) for source, destination in ends if source and destination)


def _trigger(node: Node, described: Mapping[str, Any], edges: Iterable[tuple[Node, Node]]) -> Trigger:
    details = (described.get("TriggerDetails") or {}).get("Trigger")
    if details:
        return trigger_from_api({**details, "Name": node.name})
    # What it waits for is lost with the details; what the edges tell of it is not.
    watches = any(destination == node for _, destination in edges)
    started = [destination for source, destination in edges if source == node]
    actions = (Action(job_name=each.name) if each.type == "JOB" else Action(crawler_name=each.name) for each in started)
    return Trigger(name=node.name, type="CONDITIONAL" if watches else "ON_DEMAND", actions=tuple(actions))


def _starters(triggers: Iterable[Trigger]) -> Mapping[Node, list[str]]:
    starters: dict[Node, list[str]] = defaultdict(list)
    for trigger in triggers:
        for node in started_nodes(trigger):
            starters[node].append(trigger.name)
    return starters


def _node_runs(node: Node, described: Mapping[str, Any], starters: list[str]) -> NodeRuns:
    if node.type == "JOB":
        job_runs = (described.get("JobDetails") or {}).get("JobRuns") or ()
        runs = tuple(cast("ActionRun", JOB_RUN.decode(each, API)) for each in _in_order(job_runs))
    else:
        crawls = (described.get("CrawlerDetails") or {}).get("Crawls") or ()
        only = starters[0] if len(starters) == 1 else None
        runs = tuple(ActionRun(**CRAWL.take(dict(each), API), id="", trigger=only) for each in _in_order(crawls))
    return NodeRuns(node=node, runs=runs)


def _in_order(runs: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Sort job runs or crawls by when they started, the attempts of one together; what has not started comes last."""
    listed = list(runs)
    places = {run["Id"]: place for place, run in enumerate(listed) if run.get("Id")}

    def age(numbered: tuple[int, Mapping[str, Any]]) -> tuple[bool, datetime, int, int]:
        place, run = numbered
        attempt = run.get("Attempt") or 0
        for _ in listed:
            if (previous := places.get(_previous_id(listed[place]))) is None:
                break
            place = previous
        started = listed[place].get("StartedOn")
        return started is None, started or datetime.min.replace(tzinfo=UTC), place, attempt

    return [run for _, run in sorted(enumerate(listed), key=age)]


def _previous_id(run: Mapping[str, Any]) -> str:
    """Return the id of the attempt before; where it is not told, attempts are named after their first one."""
    identity: str = run.get("Id") or ""
    first, _, attempt = identity.partition("_attempt_")
    return run.get("PreviousRunId") or (first if attempt else "")


def _fired(nodes: Iterable[NodeRuns]) -> Mapping[str, datetime]:
    fired: dict[str, datetime] = {}
    for each in nodes:
        for run in each.runs:
            if run.trigger is not None and run.started_on is not None:
                fired[run.trigger] = min(run.started_on, fired.get(run.trigger, run.started_on))
    return fired
