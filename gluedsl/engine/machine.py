"""A run begins, and takes one event after another.

Comes in: a workflow, then events. Goes out: the next state, and commands. Nothing else happens here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gluedsl.engine.commands import Command, QueueJobRun, StopActionRun
from gluedsl.engine.draft import Draft
from gluedsl.engine.events import (
    ActionEnded,
    ActionStarted,
    ActionStopping,
    ActionTimedOut,
    PropertiesPut,
    StartRefused,
    StopRequested,
)
from gluedsl.engine.policies import DEFAULTS
from gluedsl.engine.state import RunState
from gluedsl.engine.wiring import Wiring
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from gluedsl.engine.admission import StartKind
    from gluedsl.engine.events import Event
    from gluedsl.engine.policies import Policies
    from gluedsl.engine.state import ActionState, StartedAction
    from gluedsl.model import Trigger, Workflow


class Step(NamedTuple):
    """What became of the run, and what must happen now."""

    state: RunState
    commands: tuple[Command, ...] = ()


def begin(
    workflow: Workflow,
    *,
    run_id: str,
    at: datetime,
    properties: Mapping[str, str] | None = None,
    start: StartKind = "API",
    trigger: str | None = None,
    policies: Policies = DEFAULTS,
) -> Step:
    """Begin a run that `admit` has admitted: its start trigger fires.

    Args:
        workflow: The workflow with its triggers as they are now; `Trigger.enabled` says whether one is activated.
        run_id: `wr_` and 64 hexadecimal digits. All other ids follow from it.
        at: Now.
        properties: What the start brings; each wins over the default run property of its name.
        start: What asked for the run.
        trigger: The name of the start trigger that fires; None: the first that the workflow has.
        policies: What to do where AWS does not say.

    Returns:
        The run, RUNNING, or COMPLETED if its start trigger fires nothing; and what to start.

    Raises:
        UsageError: Two triggers have one name, or there is no such start trigger. Glue has no such workflow.
    """
    first = _start_trigger(workflow, trigger)
    draft = Draft(_new_run(workflow, run_id, at, properties, policies))
    if _may_fire(first, start, policies):
        draft.fire(first, at)
    return Step(draft.done(at), tuple(draft.commands))


def refused_run(
    workflow: Workflow,
    *,
    run_id: str,
    at: datetime,
    message: str,
    properties: Mapping[str, str] | None = None,
    policies: Policies = DEFAULTS,
) -> RunState:
    """Return the run, in ERROR, that an `admit` of `Record` leaves behind."""
    state = _new_run(workflow, run_id, at, properties, policies)
    return replace(state, status="ERROR", completed_on=at, error=message)


def step(state: RunState, event: Event) -> Step:
    """Take one event. Total: an event that cannot concern the run, or comes too late, changes nothing."""
    match event:
        case PropertiesPut():
            if state.has_ended and state.policies.put_after_end == "refuse":
                return Step(state)
            return Step(replace(state, properties={**state.properties, **event.properties}))
        case StopRequested():
            return _stop(state, event) if state.status == "RUNNING" else Step(state)
        case ActionStarted() | ActionStopping() | ActionEnded() | ActionTimedOut() | StartRefused():
            action = state.actions.get(event.id)
            if action is None or not action.is_under_way:
                return Step(state)
            draft = Draft(state)
            _report(draft, action, event)
            return Step(draft.done(event.at), tuple(draft.commands))


def _start_trigger(workflow: Workflow, name: str | None) -> Trigger:
    names = [trigger.name for trigger in workflow.triggers]
    if len(set(names)) < len(names):
        twice = next(name for index, name in enumerate(names) if name in names[:index])
        message = f"workflow `{workflow.name}` has two triggers named `{twice}`"
        raise UsageError(message, hint="run `gluedsl check` on it: Glue refuses such a workflow")
    for trigger in workflow.triggers:
        if trigger.is_start and name in {None, trigger.name}:
            return trigger
    named = f" named `{name}`" if name is not None else ""
    message = f"workflow `{workflow.name}` has no start trigger{named}"
    raise UsageError(message, hint="a run begins with an ON_DEMAND, SCHEDULED or EVENT trigger")


def _may_fire(trigger: Trigger, start: StartKind, policies: Policies) -> bool:
    # Triggers of the other types need no activation: "on-demand triggers ... always remain in the CREATED state"
    # (https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html).
    if trigger.type != "SCHEDULED" or trigger.enabled or policies.inactive_trigger == "fires":
        return True
    return policies.inactive_trigger == "on_request" and start == "API"


def _new_run(
    workflow: Workflow, run_id: str, at: datetime, properties: Mapping[str, str] | None, policies: Policies
) -> RunState:
    return RunState(
        workflow=workflow,
        run_id=run_id,
        status="RUNNING",
        properties={**workflow.default_run_properties, **(properties or {})},
        started_on=at,
        policies=policies,
        wiring=Wiring.of(workflow, policies),
    )


def _stop(state: RunState, event: StopRequested) -> Step:
    draft = Draft(replace(state, status="STOPPING"))
    for action in state.under_way:
        draft.actions[action.id] = replace(action, state=_being_stopped(action))
        draft.commands.append(StopActionRun(id=action.id, node=action.node))
    return Step(draft.done(event.at), tuple(draft.commands))


def _report(
    draft: Draft,
    action: StartedAction,
    event: ActionStarted | ActionStopping | ActionEnded | ActionTimedOut | StartRefused,
) -> None:
    """Take news of a job run or crawl that is under way."""
    match event:
        case ActionStarted():
            waits = action.state in {"WAITING", "STARTING"}
            state: ActionState = "RUNNING" if waits else action.state
            draft.actions[action.id] = replace(action, state=state, started_on=event.at)
        case ActionStopping():
            draft.actions[action.id] = replace(action, state=_being_stopped(action))
        case ActionEnded():
            _ended(draft, action, event)
        case ActionTimedOut():
            _timed_out(draft, action, event)
        case StartRefused():
            _refused(draft, action, event)


def _ended(draft: Draft, action: StartedAction, event: ActionEnded) -> None:
    ended = draft.end(action, event.state, event.at, event.error)
    if draft.state.status != "RUNNING":
        # "Jobs and crawlers that are not yet started never start": nothing fires in a run being stopped, by default.
        if draft.state.policies.stop == "heard":
            draft.tell_watchers(ended, event.at)
        return
    # "The maximum number of times to retry this job ... if it fails"; a time-out is not retried.
    is_retried = action.node.type == "JOB" and event.state == "FAILED" and action.attempt < event.max_retries
    if is_retried:
        draft.retry(ended, event.at)
    if not is_retried or draft.state.policies.retry_visibility == "every":
        draft.tell_watchers(ended, event.at)


def _timed_out(draft: Draft, action: StartedAction, event: ActionTimedOut) -> None:
    # "The maximum time that a job run can consume resources before it is terminated and enters TIMEOUT status"
    # (https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html): one that waits consumes none.
    if action.node.type == "JOB" and action.state in {"STARTING", "RUNNING"}:
        draft.commands.append(StopActionRun(id=action.id, node=action.node))
        _ended(draft, action, ActionEnded(id=action.id, state="TIMEOUT", at=event.at, error="Job has timed out"))


def _refused(draft: Draft, action: StartedAction, event: StartRefused) -> None:
    policies = draft.state.policies
    name = action.node.name
    state: ActionState
    match event.reason:
        case "JOB_BUSY":
            queues = policies.queue == "always" or (policies.queue == "as_configured" and event.queuing_enabled)
            if queues and draft.state.status == "RUNNING":
                draft.actions[action.id] = replace(action, state="WAITING")
                draft.commands.append(QueueJobRun(id=action.id, job_name=name))
                return
            # What would wait now, in a run that is being stopped, is what "not yet started never starts" speaks of.
            state, message = "STOPPED" if queues else "FAILED", f"Concurrent runs exceeded for {name}"
        case "CRAWLER_BUSY":
            state, message = policies.crawler_busy, f"Crawler with name {name} has already started"
        case "JOB_MISSING":
            state, message = policies.error_state, f"Job {name} does not exist"
        case "CRAWLER_MISSING":
            state, message = policies.error_state, f"Crawler {name} does not exist"
    ended = draft.end(action, state, event.at, message)
    if draft.state.status == "RUNNING" or policies.stop == "heard":
        draft.tell_watchers(ended, event.at)


def _being_stopped(action: StartedAction) -> ActionState:
    return "STOPPING" if action.node.type == "JOB" else "CANCELLING"
