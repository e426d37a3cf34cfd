"""What the engine does where AWS does not say what Glue does: one name for each choice, with its default.

A behaviour that AWS documents is not here: it cannot be chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """Choices for one workflow run. The defaults are what the local Glue does."""

    trigger_fires: Literal["once", "again"] = "once"
    """How often a conditional trigger fires in one run.

    `once`: at most once, whatever ends later; a cycle therefore comes to its end.
    `again`: whenever its predicate is met anew, the conditions of the last firing having been used up;
    a run of a cyclic workflow may then never end.
    """
    any_semantics: Literal["first", "each"] = "first"
    """What an ANY trigger does when several of its conditions come true.

    `first`: it fires on the first and ignores the others. `each`: it fires for each of them.
    """
    and_semantics: Literal["latch", "latest"] = "latch"
    """What an AND trigger remembers of a job or crawler that ran more than once.

    `latch`: a condition that was met once stays met, so order does not matter.
    `latest`: only the newest end of each job and crawler counts; a later end in another state unmeets the condition.
    """
    retry_visibility: Literal["final", "every"] = "final"
    """Which attempts of a job conditions see. `final`: the last one only. `every`: each one as it ends.

    Either way the node lists all attempts, and the statistics count the last.
    """
    multi_start: Literal["start", "skip"] = "start"
    """What happens when a trigger fires whose job or crawler was started in this run already.

    `start`: it starts again, and conditions may be met by any of its runs. `skip`: nothing.
    """
    inactive_trigger: Literal["never", "on_request", "fires"] = "never"
    """What a SCHEDULED or CONDITIONAL trigger does that was not activated when the run began.

    `never`: it does not fire. `on_request`: an inactive SCHEDULED trigger fires when the run was asked for by
    `StartWorkflowRun`, a CONDITIONAL one does not fire. `fires`: activation is not looked at.
    """
    completion: Literal["drained", "all_ended"] = "drained"
    """When a run is COMPLETED.

    `drained`: once nothing runs and no trigger is ready to fire. `all_ended`: once, moreover, every job and crawler
    of the workflow has run, so that a run with a branch that was not taken stays RUNNING until it is stopped.
    """
    total_actions: Literal["pairs", "nodes", "started"] = "pairs"
    """What `TotalActions` counts.

    `pairs`: every action of every trigger of the run's graph. `nodes`: every job and crawler of it, however many
    triggers start it. `started`: what has been started so far.
    """
    crawler_busy: Literal["ERROR", "FAILED"] = "ERROR"
    """How a crawl ends whose crawler was running already; no condition can wait for ERROR."""
    error_state: Literal["ERROR", "FAILED"] = "ERROR"
    """How an action run ends whose job or crawler does not exist; no condition can wait for ERROR."""
    queue: Literal["as_configured", "always", "never"] = "as_configured"
    """What becomes of a job run over its job's `MaxConcurrentRuns`.

    `as_configured`: it waits if the job has `JobRunQueuingEnabled`, and is FAILED otherwise.
    `always`: it waits. `never`: it is FAILED.
    """
    over_limit: Literal["by_start", "record", "refuse"] = "by_start"
    """What becomes of a start over the workflow's `MaxConcurrentRuns`.

    `by_start`: `StartWorkflowRun` and `StartTrigger` are refused, a schedule leaves a run in ERROR, an event is lost.
    `record`: every start leaves a run in ERROR. `refuse`: none does.
    """
    start_on_non_ondemand: Literal["allow", "refuse"] = "allow"
    """Whether `StartWorkflowRun` may start a workflow whose start trigger is SCHEDULED or EVENT."""
    put_after_end: Literal["accept", "refuse"] = "accept"
    """Whether `PutWorkflowRunProperties` still changes a run that has ended."""


DEFAULTS = Policies()
