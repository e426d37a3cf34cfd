"""The engine and the world: tells runs of events, carries out their commands, tells them what became of those.

Comes in: a run that has begun, an event, news from a worker. Goes out: work for the workers; the new state, in the run.
Whoever calls holds the service's lock, except for workers, which report in threads of their own.
It decides nothing that Glue decides, but for what only the world knows: whether a job exists and has a slot left.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, TypeAlias

from gluedsl import engine
from gluedsl.engine import (
    ActionEnded,
    ActionStarted,
    ActionStopping,
    QueueJobRun,
    StartCrawl,
    StartJobRun,
    StartRefused,
    StopActionRun,
)
from gluedsl.local.action_runs import ActionRun, History, JobRun
from gluedsl.local.service import answers
from gluedsl.local.work import CrawlWork, Ended, JobWork
from gluedsl.local.workers import Workers

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping

    from gluedsl.engine import Command, EndState, Event, Notice, RefusalReason, RunState
    from gluedsl.local.clock import Clock
    from gluedsl.local.driven_runs import DrivenRun
    from gluedsl.local.service.definitions import Definitions
    from gluedsl.local.work import Executor, Listener, WorkForce
    from gluedsl.runs import RunSnapshot

News: TypeAlias = "tuple[DrivenRun, Event]"
"""What a run is to be told."""

_CAN_END = {
    "JOB": frozenset({"SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED", "ERROR", "EXPIRED"}),
    "CRAWLER": frozenset({"SUCCEEDED", "FAILED", "CANCELLED", "ERROR"}),
}


class EngineLoop:
    """All job runs and crawls of one local Glue."""

    def __init__(
        self,
        *,
        definitions: Definitions,
        executor: Executor,
        lock: threading.RLock,
        clock: Clock,
        at_once: int,
        outcomes: Mapping[str, EndState],
        workers: Callable[[Listener], WorkForce] | None = None,
    ) -> None:
        """`workers` makes what does the work instead of threads that call the executor."""
        self.job_runs: History[JobRun] = History()
        self.crawls: History[ActionRun] = History()
        self._definitions = definitions
        self._lock = lock
        self._clock = clock
        self._outcomes = outcomes
        self._workers: WorkForce = workers(self) if workers else Workers(executor, self, at_once=at_once)
        self.on_notice: Callable[[Notice], None] | None = None
        """Told of what Glue tells EventBridge; must not call back."""
        self.on_run: Callable[[RunSnapshot], None] | None = None
        """Told of every new state of a workflow's run; must not call back."""
        self._closed = False
        self._under_way: dict[str, DrivenRun] = {}
        """By the id of each job run and crawl that has not ended: the run that it is part of."""
        self._slots: Counter[str] = Counter()
        """By job: how many of its runs count against the number that may go on at once."""
        self._waiting: dict[str, deque[str]] = {}
        """By job: the ids of the job runs that wait for a slot."""

    def begin(self, run: DrivenRun, commands: tuple[Command, ...]) -> None:
        """Let the first commands of a run happen."""
        self._show(run)
        self._tell_all([news for command in commands for news in self._carry_out(run, command)])

    def tell(self, run: DrivenRun, event: Event) -> None:
        """Tell a run of an event."""
        self._tell_all([(run, event)])

    def stop(self, action_id: str) -> None:
        """Stop one job run or crawl that is under way."""
        run = self._under_way[action_id]
        self.tell(run, ActionStopping(id=action_id, at=self._clock()))
        node = run.state.actions[action_id].node
        self._tell_all([(run, event) for event in self._stop(run, StopActionRun(id=action_id, node=node))])

    def settle(self) -> None:
        """Let happen what is to happen before somebody looks."""
        self._workers.settle()

    def close(self) -> None:
        """Stop everything that runs, and wait until it has stopped."""
        with self._lock:
            self._closed = True
        self._workers.close()

    def is_busy(self, job_name: str) -> bool:
        """Whether a job has as many runs under way as it may have."""
        job = self._definitions.jobs.get(job_name)
        if job is None:
            return False
        most: int = job.payload["ExecutionProperty"].get("MaxConcurrentRuns", 1)
        return self._slots[job_name] >= most

    def queues(self, job_name: str, overrides: Mapping[str, bool]) -> bool:
        """Whether a run of a job that is busy waits."""
        configured = self._definitions.jobs[job_name].payload.get("JobRunQueuingEnabled", False)
        return overrides.get("JobRunQueuingEnabled", configured)

    def crawler_state(self, crawler_name: str) -> str:
        """Return `Crawler.State`: READY, RUNNING or STOPPING."""
        states = {crawl.state for crawl in self.crawls.under_way(crawler_name)}
        return "STOPPING" if "CANCELLING" in states else "RUNNING" if states else "READY"

    def began(self, work_id: str) -> None:
        """Take note, from a worker, that a job run or crawl is running."""
        with self._lock:
            if not self._closed and (run := self._under_way.get(work_id)) is not None:
                self.tell(run, ActionStarted(id=work_id, at=self._clock()))

    def ended(self, work_id: str, end: Ended) -> None:
        """Take note, from a worker, of the end of a job run or crawl."""
        with self._lock:
            if not self._closed and (run := self._under_way.get(work_id)) is not None:
                self.tell(run, self._end_of(run.actions[work_id], end))

    def _tell_all(self, news: list[News]) -> None:
        """Tell runs of events, and of the events that carrying out the answers brings about."""
        waiting = deque(news)
        while waiting:
            run, event = waiting.popleft()
            step = engine.step(run.state, event)
            freed = self._take(run, step.state, event)
            for command in step.commands:
                waiting.extend(self._carry_out(run, command))
            for job_name in freed:
                waiting.extend(self._start_waiting(job_name))

    def _take(self, run: DrivenRun, state: RunState, event: Event) -> list[str]:
        """Take over the new state of a run; return the jobs of which a run has just ended."""
        run.state = state
        self._show(run)
        freed = []
        for action_run in run.actions.values():
            action = state.actions[action_run.id]
            if action is action_run.action:
                continue
            before, action_run.action = action_run.action, action
            action_run.modified_on = event.at
            if self.on_notice is not None and (notice := engine.notice_of(event, before, action)) is not None:
                self.on_notice(notice)
            if before.is_under_way and not action.is_under_way:
                self._under_way.pop(action.id, None)
                if action.node.type == "JOB":
                    self._free(action_run)
                    freed.append(action.node.name)
        return freed

    def _show(self, run: DrivenRun) -> None:
        if self.on_run is not None and run.is_of_workflow:
            self.on_run(engine.snapshot(run.state))

    def _carry_out(self, run: DrivenRun, command: Command) -> list[News]:
        """Let a command happen; return what the engine must know at once."""
        match command:
            case StartJobRun():
                return [(run, event) for event in self._start_job(run, command)]
            case StartCrawl():
                return [(run, event) for event in self._start_crawler(run, command)]
            case QueueJobRun():
                self._waiting.setdefault(command.job_name, deque()).append(command.id)
                # What kept the job busy may have ended since.
                return self._start_waiting(command.job_name)
            case StopActionRun():
                return [(run, event) for event in self._stop(run, command)]

    def _start_job(self, run: DrivenRun, command: StartJobRun) -> list[Event]:
        name, now = command.job_name, self._clock()
        definition = self._definitions.jobs.get(name)
        action = run.state.actions[command.id]
        job_run = JobRun(
            action=action,
            definition={} if definition is None else definition.payload,
            modified_on=now,
            overrides=run.overrides,
            workflow_run=(run.state.workflow.name, run.run_id) if run.is_of_workflow else None,
            predecessors=tuple((run.state.actions[id_].node.name, id_) for id_ in action.predecessors),
        )
        self._add(run, job_run)
        self.job_runs.add(job_run)
        if definition is None:
            return [StartRefused(id=command.id, reason="JOB_MISSING", at=now)]
        if self.is_busy(name):
            queues = self.queues(name, run.overrides)
            return [StartRefused(id=command.id, reason="JOB_BUSY", at=now, queuing_enabled=queues)]
        return self._begin_job(job_run)

    def _begin_job(self, job_run: JobRun) -> list[Event]:
        job_run.has_slot = True
        self._slots[job_run.name] += 1
        if job_run.name in self._outcomes:
            return self._pretend(job_run)
        self._workers.start(
            JobWork(
                id=job_run.id,
                job_name=job_run.name,
                definition=job_run.definition,
                arguments=job_run.arguments,
                timeout_minutes=job_run.timeout_minutes,
            )
        )
        return []

    def _free(self, action_run: ActionRun) -> None:
        if isinstance(action_run, JobRun) and action_run.has_slot:
            self._slots[action_run.name] -= 1
            if not self._slots[action_run.name]:
                del self._slots[action_run.name]

    def _start_crawler(self, run: DrivenRun, command: StartCrawl) -> list[Event]:
        name, now = command.crawler_name, self._clock()
        definition = self._definitions.crawlers.get(name)
        is_busy = self.crawler_state(name) != "READY"
        crawl = ActionRun(
            action=run.state.actions[command.id],
            definition={} if definition is None else answers.crawler(definition),
            modified_on=now,
        )
        self._add(run, crawl)
        self.crawls.add(crawl)
        reason: RefusalReason | None = "CRAWLER_MISSING" if definition is None else "CRAWLER_BUSY" if is_busy else None
        if reason is not None:
            return [StartRefused(id=command.id, reason=reason, at=now)]
        if name in self._outcomes:
            return self._pretend(crawl)
        self._workers.start(CrawlWork(id=crawl.id, crawler_name=name, definition=crawl.definition, asked_for_at=now))
        return []

    def _add(self, run: DrivenRun, action_run: ActionRun) -> None:
        run.actions[action_run.id] = action_run
        self._under_way[action_run.id] = run

    def _stop(self, run: DrivenRun, command: StopActionRun) -> list[Event]:
        if self._workers.stop(command.id):
            return []
        if command.node.type == "JOB" and command.id in (waiting := self._waiting.get(command.node.name, deque())):
            waiting.remove(command.id)
        state: EndState = "STOPPED" if command.node.type == "JOB" else "CANCELLED"
        return [self._end_of(run.actions[command.id], Ended(state))]

    def _start_waiting(self, job_name: str) -> list[News]:
        """Start the job runs that wait and for which there is a slot."""
        news: list[News] = []
        waiting = self._waiting.get(job_name, deque())
        while waiting and not self.is_busy(job_name):
            action_id = waiting.popleft()
            run = self._under_way[action_id]
            job_run = run.actions[action_id]
            definition = self._definitions.jobs.get(job_name)
            if definition is None or not isinstance(job_run, JobRun):
                news.append((run, StartRefused(id=action_id, reason="JOB_MISSING", at=self._clock())))
                continue
            job_run.definition = definition.payload
            news += [(run, event) for event in self._begin_job(job_run)]
        if not waiting:
            self._waiting.pop(job_name, None)
        return news

    def _pretend(self, action_run: ActionRun) -> list[Event]:
        """Let an action end as it was said to, without running it."""
        state = self._outcomes[action_run.name]
        end = Ended(state, None if state == "SUCCEEDED" else f"given outcome: {state}")
        if state not in _CAN_END[action_run.action.node.type]:
            end = Ended("FAILED", f"given outcome: {state}, in which no {action_run.action.node.type.lower()} ends")
        return [ActionStarted(id=action_run.id, at=self._clock()), self._end_of(action_run, end)]

    def _end_of(self, action_run: ActionRun, end: Ended) -> ActionEnded:
        job = self._definitions.jobs.get(action_run.name)
        retries = job.payload["MaxRetries"] if job is not None and isinstance(action_run, JobRun) else 0
        return ActionEnded(id=action_run.id, state=end.state, at=self._clock(), error=end.error, max_retries=retries)
