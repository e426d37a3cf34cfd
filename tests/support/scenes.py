"""AWS's own example of a workflow, a run of it that went wrong, and workflows of any shape for hypothesis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from gluedsl.graph import Node
from gluedsl.model import Action, Condition, Predicate, Trigger, Workflow
from gluedsl.runs import ActionRun, NodeRuns, RunSnapshot, Statistics, TriggerFiring

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hypothesis.strategies import SearchStrategy

    from gluedsl.model import TriggerType

START = datetime(2025, 1, 31, 2, 0, tzinfo=UTC)


def job(name: str) -> Action:
    """Start a job."""
    return Action(job_name=name)


def crawler(name: str) -> Action:
    """Start a crawler."""
    return Action(crawler_name=name)


def ended(name: str, state: str = "SUCCEEDED") -> Condition:
    """Wait for a job."""
    return Condition(job_name=name, state=state)


def crawled(name: str, state: str = "SUCCEEDED") -> Condition:
    """Wait for a crawler."""
    return Condition(crawler_name=name, crawl_state=state)


def start(name: str, *actions: Action, kind: TriggerType = "ON_DEMAND", schedule: str | None = None) -> Trigger:
    """Start a workflow."""
    return Trigger(name=name, type=kind, schedule=schedule, actions=actions)


def when(
    name: str, conditions: Iterable[Condition], *actions: Action, logical: str = "AND", enabled: bool = True
) -> Trigger:
    """Wait for what happens."""
    predicate = Predicate(logical=logical, conditions=tuple(conditions))
    return Trigger(name=name, type="CONDITIONAL", predicate=predicate, actions=actions, enabled=enabled)


ORDERS, CUSTOMERS = "nightly-sales-load-orders", "nightly-sales-load-customers"
PUBLISH, PAGE = "nightly-sales-publish-summary", "nightly-sales-page-on-call"

SALES = Workflow(
    name="nightly-sales",
    description="Load, publish and catalogue the day's sales.",
    default_run_properties={"env": "prod"},
    triggers=(
        start("nightly-sales-start", job(ORDERS), job(CUSTOMERS), kind="SCHEDULED", schedule="cron(0 2 * * ? *)"),
        when(
            "nightly-sales-after-load-customers-and-load-orders",
            [ended(ORDERS), ended(CUSTOMERS)],
            crawler("sales-catalog"),
        ),
        when("nightly-sales-after-sales-catalog", [crawled("sales-catalog")], job(PUBLISH)),
        when("nightly-sales-trouble", [ended(ORDERS, "FAILED"), ended(CUSTOMERS, "FAILED")], job(PAGE), logical="ANY"),
    ),
)


def action_run(
    state: str, begin: float, end: float | None = None, *, trigger: str | None = None, attempt: int = 0, error: str = ""
) -> ActionRun:
    """Make a run from `begin` to `end`, in seconds since the start of the workflow's run."""
    return ActionRun(
        id=f"jr_{attempt}",
        state=state,
        attempt=attempt,
        trigger=trigger,
        started_on=START + timedelta(seconds=begin),
        completed_on=None if end is None else START + timedelta(seconds=end),
        error=error or None,
    )


def snapshot(
    workflow: Workflow,
    runs: dict[Node, Sequence[ActionRun]],
    *,
    status: str = "COMPLETED",
    took: float | None = 74,
    fired: dict[str, float] | None = None,
    statistics: Statistics | None = None,
    properties: dict[str, str] | None = None,
) -> RunSnapshot:
    """Make a snapshot with what ran of each node of `workflow`."""
    nodes = dict.fromkeys(
        Node("JOB", action.job_name) if action.job_name else Node("CRAWLER", action.crawler_name or "")
        for trigger in workflow.triggers
        for action in trigger.actions
    )
    firings = fired or {}
    return RunSnapshot(
        workflow=workflow,
        run_id="wr_0c5f9e",
        status=status,
        nodes=tuple(NodeRuns(node=node, runs=tuple(runs.get(node, ()))) for node in nodes),
        triggers=tuple(
            TriggerFiring(
                name=trigger.name,
                type=trigger.type,
                fired_at=START + timedelta(seconds=firings[trigger.name]) if trigger.name in firings else None,
            )
            for trigger in workflow.triggers
        ),
        statistics=statistics or Statistics(total_actions=len(nodes)),
        properties=properties or {},
        started_on=START,
        completed_on=None if took is None else START + timedelta(seconds=took),
    )


FAILED = snapshot(
    SALES,
    {
        Node("JOB", ORDERS): [action_run("SUCCEEDED", 0, 1.2, trigger="nightly-sales-start")],
        Node("JOB", CUSTOMERS): [
            action_run("FAILED", 0, 1, trigger="nightly-sales-start"),
            action_run("FAILED", 10, 11, trigger="nightly-sales-start", attempt=1),
            action_run(
                "FAILED",
                30,
                70.5,
                trigger="nightly-sales-start",
                attempt=2,
                error="ValueError: no column `customer_id` in s3://lake/raw/customers.csv (columns: id, name, city)",
            ),
        ],
        Node("JOB", PAGE): [action_run("SUCCEEDED", 71, 74, trigger="nightly-sales-trouble")],
    },
    fired={"nightly-sales-start": 0, "nightly-sales-trouble": 71},
    statistics=Statistics(total_actions=5, failed_actions=1, succeeded_actions=2),
    properties={"env": "prod", "orders_rows": "42", "db_password": "hunter2"},
)

ANY_TEXT = st.text(st.characters(codec=None, categories=None))


def workflows(names: SearchStrategy[str] | None = None) -> SearchStrategy[Workflow]:
    """Make workflows of any shape, also such as Glue refuses: cycles, double names, several starts, or none."""
    name = names if names is not None else st.sampled_from("abcdefgh")
    actions = st.builds(job, name) | st.builds(crawler, name) | st.just(Action())
    conditions = st.builds(ended, name, st.sampled_from(("SUCCEEDED", "FAILED", "TIMEOUT"))) | st.builds(crawled, name)
    starts = st.builds(
        Trigger,
        name=name,
        type=st.sampled_from(("ON_DEMAND", "SCHEDULED", "EVENT")),
        schedule=st.none() | st.just("cron(0 2 * * ? *)") | name,
        actions=st.lists(actions, max_size=4).map(tuple),
    )
    others = st.builds(
        Trigger,
        name=name,
        type=st.just("CONDITIONAL"),
        actions=st.lists(actions, max_size=4).map(tuple),
        predicate=st.none()
        | st.builds(
            Predicate,
            logical=st.sampled_from(("AND", "ANY", None)),
            conditions=st.lists(conditions, max_size=4).map(tuple),
        ),
        enabled=st.booleans(),
    )
    triggers = st.lists(starts | others, max_size=10).map(tuple)
    return st.builds(Workflow, name=name, description=st.none() | name, triggers=triggers)
