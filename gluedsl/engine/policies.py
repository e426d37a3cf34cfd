"""What the engine does where AWS does not say what Glue does: one name for each choice, with its default.

A behaviour that AWS documents is not here: it cannot be chosen.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args, get_type_hints

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    cycle: Literal["ends", "refuse"] = "ends"
    """What becomes of a start of a workflow that leads back to itself; `gluedsl check` refuses one in the first place.

    `ends`: it runs, and comes to its end because no trigger fires twice. `refuse`: no run begins.
    """
    stop: Literal["silent", "heard"] = "silent"
    """What triggers make of job runs and crawls that end while the run is being stopped.

    `silent`: nothing. `heard`: one that waits for the end fires, so that a branch for STOPPED cleans up before the run
    is STOPPED. Nothing is retried either way.
    """
    predecessor_runs: Literal["none", "filled"] = "none"
    """What `PredecessorRuns` of a job run names: nothing, or the job runs that met its trigger's conditions."""
    delete_workflow: Literal["refuse", "allow"] = "refuse"
    """Whether a workflow can be deleted while a run of it goes on."""
    events_batch: Literal["new_batch", "reset"] = "new_batch"
    """What becomes of events that wait in a batch when a run begins for another reason.

    `new_batch`: they go on waiting. `reset`: they are lost, as counter and window begin anew with every run.
    """
    event_ids: Literal["json", "comma"] = "json"
    """How the run property `aws:eventIds`, a text, holds several ids: as a JSON list, or with commas between them."""
    resume_properties: Literal["copy", "defaults"] = "copy"
    """With which run properties a resumed run begins: the last ones of the run before, or the workflow's defaults."""
    resume_graph: Literal["original", "latest"] = "original"
    """Whose triggers a resumed run follows: those of the run before, or those that the workflow has by now."""
    resume_depth: Literal["one_more", "unlimited"] = "one_more"
    """How often a resumed run can be resumed in turn: once more, so that a run has at most two before it, or always."""


DEFAULTS = Policies()


def policies_named(choices: Mapping[str, str]) -> Policies:
    """Return the policies that differ from the defaults in these choices, each a name and a value.

    Raises:
        UsageError: there is no such policy, or it has no such value.
    """
    known = {name: get_args(hint) for name, hint in get_type_hints(Policies).items()}
    for name, value in choices.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            message = f"there is no policy `{name}`"
            raise UsageError(message, hint=f"did you mean `{near[0]}`?" if near else f"there are {', '.join(known)}")
        if value not in known[name]:
            message = f"policy {name} cannot be `{value}`"
            raise UsageError(message, hint=f"it is {' or '.join(known[name])}")
    chosen: dict[str, Any] = dict(choices)
    return Policies(**chosen)
