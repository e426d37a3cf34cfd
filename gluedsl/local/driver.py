"""What the service lets happen: runs of workflows, and what runs outside of them.

Everything that runs is a run of the engine: a workflow's, and also a job, a crawler or a chain of triggers outside
of any workflow, which are runs of a workflow without a name. So retries, limits and queues are decided in one place.
What the clock or an event starts comes in as any other start does: `start_run` takes the kind of start.
All methods but `close` are called under the service's lock.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from gluedsl import engine
from gluedsl.engine import Admit, Drop, PropertiesPut, Record, Refuse, StopRequested
from gluedsl.local.driven_runs import DrivenRun, WorkflowRuns
from gluedsl.local.event_batches import EventBatches
from gluedsl.local.service import answers
from gluedsl.local.service.failure import Code, ServiceError
from gluedsl.model import Action, Trigger, Workflow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gluedsl.engine import Notice, Policies, StartKind
    from gluedsl.graph import Node
    from gluedsl.local.action_runs import ActionRun, JobRun
    from gluedsl.local.clock import Clock, IdSource
    from gluedsl.local.engine_loop import EngineLoop
    from gluedsl.local.service.definitions import Definitions
    from gluedsl.runs import RunSnapshot

_BY_HAND = ""
"""The name of the trigger that stands for `StartJobRun` and `StartCrawler`: there is none."""


class Driver:
    """Everything that runs in one local Glue."""

    def __init__(
        self, *, definitions: Definitions, loop: EngineLoop, clock: Clock, ids: IdSource, policies: Policies
    ) -> None:
        self._definitions = definitions
        self._loop = loop
        self._clock = clock
        self._ids = ids
        self._policies = policies
        self._workflow_runs = WorkflowRuns()
        self.batches = EventBatches(policies)
        """Events that wait for a run to begin."""

    # Runs of workflows

    def start_run(
        self, workflow_name: str, properties: Mapping[str, str], *, start: StartKind = "API", trigger: str | None = None
    ) -> str | None:
        """Start a run of a workflow and return its id; None: the start is lost, as an event over the limit is."""
        workflow = answers.design(self._definitions, workflow_name)
        active = self._workflow_runs.active(workflow_name)
        admission = engine.admit(workflow, start=start, active_runs=active, policies=self._policies)
        run_id, now = self._new_id("wr", workflow_name), self._clock()
        match admission:
            case Refuse():
                raise _error(admission)
            case Drop():
                return None
            case Record():
                state = engine.refused_run(
                    workflow,
                    run_id=run_id,
                    at=now,
                    message=admission.message,
                    properties=properties,
                    policies=self._policies,
                )
                self._workflow_runs.add(workflow_name, DrivenRun(state=state, is_of_workflow=True))
            case Admit():
                begun = engine.begin(
                    workflow,
                    run_id=run_id,
                    at=now,
                    properties=properties,
                    start=start,
                    trigger=trigger,
                    policies=self._policies,
                )
                run = DrivenRun(state=begun.state, is_of_workflow=True)
                self._workflow_runs.add(workflow_name, run)
                if start != "EVENT":
                    self.batches.run_began(workflow_name)
                self._loop.begin(run, begun.commands)
        return run_id

    def resume_run(self, run: DrivenRun, nodes: Sequence[Node]) -> tuple[str, tuple[Node, ...]]:
        """Resume a run from some of its nodes; return the id of the new run, and the nodes that it begins with."""
        workflow_name = run.state.workflow.name
        latest = answers.design(self._definitions, workflow_name)
        active = self._workflow_runs.active(workflow_name)
        refusal = engine.resume_refusal(run.state, nodes, active_runs=active, latest=latest)
        if refusal is not None:
            raise _error(refusal)
        run_id, now = self._new_id("wr", workflow_name), self._clock()
        resumption = engine.resume(run.state, nodes, run_id=run_id, at=now, latest=latest)
        copied = {id_: action_run for id_, action_run in run.actions.items() if id_ in resumption.state.actions}
        resumed = DrivenRun(state=resumption.state, is_of_workflow=True, actions=copied)
        self._workflow_runs.add(workflow_name, resumed)
        self.batches.run_began(workflow_name)
        self._loop.begin(resumed, resumption.commands)
        return run_id, resumption.restarted

    def stop_run(self, run: DrivenRun) -> None:
        """Stop a run and what runs in it."""
        refusal = engine.stop_refusal(run.state)
        if refusal is not None:
            raise _error(refusal)
        self._loop.tell(run, StopRequested(at=self._clock()))

    def put_properties(self, run: DrivenRun, properties: Mapping[str, str]) -> None:
        """Change properties of a run."""
        refusal = engine.property_put_refusal(run.state)
        if refusal is not None:
            raise _error(refusal)
        self._loop.tell(run, PropertiesPut(properties=properties, at=self._clock()))

    def run(self, workflow_name: str, run_id: str) -> DrivenRun | None:
        """Return a run of a workflow."""
        return self._workflow_runs.find(workflow_name, run_id)

    def runs(self, workflow_name: str) -> list[DrivenRun]:
        """Return the runs of a workflow, the newest first."""
        return self._workflow_runs.of(workflow_name)

    def check_deletable(self, workflow_name: str) -> None:
        """Raise unless a workflow may be deleted, with the runs that it has."""
        active = self._workflow_runs.active(workflow_name)
        refusal = engine.delete_refusal(workflow_name, active_runs=active, policies=self._policies)
        if refusal is not None:
            raise _error(refusal)

    def forget_workflow(self, name: str) -> None:
        """Forget the runs of a workflow that is gone; what still runs comes to its end unseen."""
        self._workflow_runs.forget(name)
        self.batches.forget(name)

    # What runs outside of workflows

    def fire_standalone(self, trigger_name: str) -> None:
        """Fire an ON_DEMAND or SCHEDULED trigger that belongs to no workflow.

        What it starts can fire other such triggers: a dependency chain hangs from one trigger
        (https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html).
        """
        triggers = answers.standalone_triggers(self._definitions)
        first = next(t for t in triggers if t.name == trigger_name)
        self._begin_outside((first, *(t for t in triggers if not t.is_start)), first.name)

    def start_job_run(self, job_name: str, overrides: Mapping[str, Any]) -> str:
        """Start a job by itself and return the id of the job run."""
        if self._loop.is_busy(job_name) and not self._loop.queues(job_name, overrides):
            raise ServiceError(Code.CONCURRENT_RUNS_EXCEEDED, f"Concurrent runs exceeded for {job_name}")
        action = Action(
            job_name=job_name,
            arguments=overrides.get("Arguments", {}),
            timeout_minutes=overrides.get("Timeout"),
            security_configuration=overrides.get("SecurityConfiguration"),
            notify_delay_after_minutes=overrides.get("NotificationProperty", {}).get("NotifyDelayAfter"),
        )
        return self._start_by_hand(action, overrides)

    def start_crawl(self, crawler_name: str) -> None:
        """Start a crawler by itself."""
        self._start_by_hand(Action(crawler_name=crawler_name), {})

    def _start_by_hand(self, action: Action, overrides: Mapping[str, Any]) -> str:
        trigger = Trigger(name=_BY_HAND, type="ON_DEMAND", actions=(action,))
        run = self._begin_outside((trigger,), _BY_HAND, overrides)
        return next(iter(run.actions))

    def _begin_outside(
        self, triggers: tuple[Trigger, ...], first: str, overrides: Mapping[str, Any] | None = None
    ) -> DrivenRun:
        begun = engine.begin(
            Workflow(name="", triggers=triggers),
            run_id=self._new_id("outside", first),
            at=self._clock(),
            start="TRIGGER",
            trigger=first,
            policies=self._policies,
        )
        run = DrivenRun(state=begun.state, is_of_workflow=False, overrides=overrides or {})
        self._loop.begin(run, begun.commands)
        return run

    # Job runs and crawls

    def job_runs(self, job_name: str) -> list[JobRun]:
        """Return the runs of a job, in and outside of workflows, the newest first."""
        return self._loop.job_runs.of(job_name)

    def job_run(self, job_name: str, run_id: str) -> JobRun | None:
        """Return one run of a job."""
        return self._loop.job_runs.find(job_name, run_id)

    def forget_job(self, name: str) -> None:
        """Forget the ended runs of a job that is gone."""
        self._loop.job_runs.forget(name)

    def crawls(self, crawler_name: str) -> list[ActionRun]:
        """Return the crawls of a crawler, the newest first."""
        return self._loop.crawls.of(crawler_name)

    def crawler_state(self, crawler_name: str) -> str:
        """Return `Crawler.State`: READY, RUNNING or STOPPING."""
        return self._loop.crawler_state(crawler_name)

    def forget_crawler(self, name: str) -> None:
        """Forget the crawls of a crawler that is gone."""
        self._loop.crawls.forget(name)

    def listen(self, on_notice: Callable[[Notice], None] | None) -> None:
        """Tell somebody what Glue tells EventBridge; None: nobody."""
        self._loop.on_notice = on_notice

    def watch(self, on_run: Callable[[RunSnapshot], None] | None) -> None:
        """Tell somebody of every new state of a workflow's run; None: nobody."""
        self._loop.on_run = on_run

    def stop_action(self, action_id: str) -> None:
        """Stop one job run or crawl that is under way."""
        self._loop.stop(action_id)

    def settle(self) -> None:
        """Let happen what is to happen before somebody looks."""
        self._loop.settle()

    def close(self) -> None:
        """Stop everything that runs, and wait until it has stopped."""
        self._loop.close()

    def _new_id(self, prefix: str, name: str) -> str:
        seed = f"{name}/{self._clock().isoformat()}/{self._ids()}"
        return f"{prefix}_{hashlib.sha256(seed.encode()).hexdigest()}"


def _error(refusal: Refuse) -> ServiceError:
    return ServiceError(Code(refusal.code), refusal.message)
