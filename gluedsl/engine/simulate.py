"""A whole run in virtual time: the engine, a clock that jumps from event to event, and no jobs.

Comes in: a workflow, the jobs that it starts, and how each of them goes. Goes out: the run at its end, and its events.
Retries, limits on concurrent runs, queues and timeouts are those of the jobs; nothing takes time but jobs and crawls.
The same input gives the same run, to the millisecond: there is no real clock, and `BEGINNING` is always the same.
"""

from __future__ import annotations

import heapq
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from gluedsl.engine.commands import QueueJobRun, StartCrawl, StartJobRun, StopActionRun
from gluedsl.engine.events import (
    ENDS,
    ActionEnded,
    ActionStarted,
    ActionTimedOut,
    PropertiesPut,
    StartRefused,
    StopRequested,
)
from gluedsl.engine.machine import begin, step
from gluedsl.engine.picture import snapshot
from gluedsl.engine.policies import DEFAULTS
from gluedsl.engine.resume import resume
from gluedsl.engine.timeouts import timeout_of
from gluedsl.errors import UsageError
from gluedsl.graph import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gluedsl.engine.admission import StartKind
    from gluedsl.engine.commands import Command
    from gluedsl.engine.events import EndState, Event
    from gluedsl.engine.policies import Policies
    from gluedsl.engine.state import RunState
    from gluedsl.model import Job, Workflow
    from gluedsl.runs import RunSnapshot

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""When every simulated run begins."""
RUN_ID = "wr_" + "0" * 64
"""Of every simulated run; Glue gives no run such an id."""
DEFAULT_DURATION = timedelta(minutes=1)
"""How long a job or crawler takes of which nothing else is said."""
MOST_DURATION = timedelta(days=366)
"""How long one job run or crawl may take."""
MOST_STARTS = 3_000
"""After so many job runs and crawls, a run is taken for one that never ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """How one job run or crawl goes."""

    end: EndState = "SUCCEEDED"
    takes: timedelta = DEFAULT_DURATION
    error: str | None = None
    puts: Mapping[str, str] = field(default_factory=dict)
    """Run properties that it puts just before it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """How every job and crawler of a run goes, said beforehand."""

    outcomes: Mapping[Node, tuple[EndState, ...]] = field(default_factory=dict)
    """How each ends: its first run, its second (a retry, or another trigger's), and so on; the last goes on for ever.
    What is missing succeeds."""
    durations: Mapping[Node, timedelta] = field(default_factory=dict)
    default_duration: timedelta = DEFAULT_DURATION

    def __call__(self, command: StartJobRun | StartCrawl, nth: int) -> Performance:
        """Return how the `nth` run, from 0, of a job or crawler goes."""
        node = started_node(command)
        ends = self.outcomes.get(node) or ("SUCCEEDED",)
        end = ends[min(nth, len(ends) - 1)]
        return Performance(
            end=end,
            takes=self.durations.get(node, self.default_duration),
            error=None if end == "SUCCEEDED" else f"given outcome: {end}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """A simulated run."""

    state: RunState
    """At its end. Still RUNNING only where a policy keeps a run from ending by itself."""
    events: tuple[Event, ...]
    """What happened, in order: told to the engine again, they give the same run."""

    @property
    def snapshot(self) -> RunSnapshot:
        """The run as views show it."""
        return snapshot(self.state)


def started_node(command: StartJobRun | StartCrawl) -> Node:
    """Return the job or crawler that a command starts."""
    return Node("JOB", command.job_name) if isinstance(command, StartJobRun) else Node("CRAWLER", command.crawler_name)


def simulate(
    workflow: Workflow,
    perform: Callable[[StartJobRun | StartCrawl, int], Performance] | None = None,
    *,
    jobs: Iterable[Job] = (),
    properties: Mapping[str, str] | None = None,
    start: StartKind = "API",
    stop_after: timedelta | None = None,
    policies: Policies = DEFAULTS,
) -> Simulation:
    """Run a workflow in virtual time.

    Args:
        workflow: What to run.
        perform: Says how each job run or crawl goes: a `Scenario`, or a function that is given the command and how
            often its job or crawler was started before in this run. None: everything succeeds.
        jobs: What is known of jobs: retries, limits, queuing, timeouts. One that is missing has Glue's defaults.
        properties: What the start brings.
        start: What asks for the run.
        stop_after: When somebody stops the run; None: nobody does.
        policies: What to do where AWS does not say.

    Raises:
        UsageError: the workflow cannot begin, a job or crawler is to end as it cannot, or the run never ends.
    """
    begun = begin(workflow, run_id=RUN_ID, at=BEGINNING, properties=properties, start=start, policies=policies)
    return _World(workflow, perform or Scenario(), jobs, BEGINNING).run(*begun, stop_after)


def simulate_resumed(
    before: Simulation,
    nodes: Sequence[Node],
    perform: Callable[[StartJobRun | StartCrawl, int], Performance] | None = None,
    *,
    jobs: Iterable[Job] = (),
    stop_after: timedelta | None = None,
) -> Simulation:
    """Take up a simulated run that has ended, at the moment at which it did; arguments are those of `simulate`.

    Args:
        before: The run; its policies hold for the new one too.
        nodes: What of it is to run again.
        perform: As in `simulate`; a job or crawler that runs again is at its first run once more.
        jobs: As in `simulate`.
        stop_after: As in `simulate`, counted from the resumption.

    Raises:
        UsageError: Glue would refuse to resume the run, or as in `simulate`.
    """
    at = before.state.completed_on or before.state.started_on
    run_id = f"wr_{before.state.generation + 1:064}"
    state, commands, _ = resume(before.state, nodes, run_id=run_id, at=at)
    return _World(state.workflow, perform or Scenario(), jobs, at).run(state, commands, stop_after)


class _World:
    """What jobs and crawlers there are, how far they have come, and what time it is."""

    def __init__(
        self,
        workflow: Workflow,
        perform: Callable[[StartJobRun | StartCrawl, int], Performance],
        jobs: Iterable[Job],
        now: datetime,
    ) -> None:
        self._workflow = workflow
        self._perform = perform
        self._jobs = {job.name: job for job in jobs}
        self._agenda: list[tuple[datetime, int, Event]] = []
        self._planned = 0
        self._times_started: Counter[Node] = Counter()
        self._busy: Counter[Node] = Counter()
        self._slots: dict[str, Node] = {}
        """By id of a job run or crawl that is running: what it keeps busy."""
        self._queues: dict[Node, deque[str]] = {}
        self._asked: dict[str, StartJobRun | StartCrawl] = {}
        self._now = now

    def run(self, state: RunState, commands: tuple[Command, ...], stop_after: timedelta | None) -> Simulation:
        if stop_after is not None:
            self._plan(StopRequested(at=self._now + stop_after))
        events: list[Event] = []
        self._carry_out(state, commands)
        while self._agenda and not state.has_ended:
            self._now, _, event = heapq.heappop(self._agenda)
            state, commands = step(state, event)
            events.append(event)
            freed = self._slots.pop(event.id, None) if isinstance(event, ActionEnded | ActionTimedOut) else None
            if freed is not None:
                self._busy[freed] -= 1
            self._carry_out(state, commands)
            if freed is not None:
                self._begin_waiting(freed)
        return Simulation(state=state, events=tuple(events))

    def _plan(self, event: Event) -> None:
        heapq.heappush(self._agenda, (event.at, self._planned, event))
        self._planned += 1

    def _carry_out(self, state: RunState, commands: Iterable[Command]) -> None:
        for command in commands:
            match command:
                case StartJobRun() | StartCrawl():
                    self._ask(command)
                case QueueJobRun():
                    node = Node("JOB", command.job_name)
                    self._queues.setdefault(node, deque()).append(command.id)
                    self._begin_waiting(node)
                case StopActionRun():
                    if state.actions[command.id].is_under_way:
                        self._stop(command)

    def _ask(self, command: StartJobRun | StartCrawl) -> None:
        self._asked[command.id] = command
        if len(self._asked) > MOST_STARTS:
            message = f"a run of workflow `{self._workflow.name}` does not end: {MOST_STARTS} starts, and more to come"
            raise UsageError(message, hint="policy trigger_fires=again lets a cycle go round for ever")
        node = started_node(command)
        if self._has_slot(node):
            self._begin(command)
        elif node.type == "JOB":
            job = self._jobs.get(node.name)
            queues = job is not None and bool(job.job_run_queuing_enabled)
            self._plan(StartRefused(id=command.id, reason="JOB_BUSY", queuing_enabled=queues, at=self._now))
        else:
            self._plan(StartRefused(id=command.id, reason="CRAWLER_BUSY", at=self._now))

    def _has_slot(self, node: Node) -> bool:
        job = self._jobs.get(node.name) if node.type == "JOB" else None
        # "The default is 1": https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html, ExecutionProperty.
        most = (job.max_concurrent_runs if job is not None else None) or 1
        return self._busy[node] < most

    def _begin_waiting(self, node: Node) -> None:
        """Let those of a queue run for which there is room."""
        waiting = self._queues.get(node, deque())
        while waiting and self._has_slot(node):
            self._begin(self._asked[waiting.popleft()])

    def _begin(self, command: StartJobRun | StartCrawl) -> None:
        node = started_node(command)
        performance = self._perform(command, self._times_started[node])
        if performance.end not in ENDS[node.type]:
            message = f"{node} cannot end in {performance.end}"
            raise UsageError(message, hint=f"a {node.type.lower()} ends in {', '.join(ENDS[node.type])}")
        if not timedelta() <= performance.takes <= MOST_DURATION:
            message = f"{node} cannot take {performance.takes.total_seconds():g} seconds"
            raise UsageError(message, hint=f"it takes no less than nothing, and no more than {MOST_DURATION.days} days")
        self._times_started[node] += 1
        self._busy[node] += 1
        self._slots[command.id] = node
        self._plan(ActionStarted(id=command.id, at=self._now))
        timeout = None
        if isinstance(command, StartJobRun):
            timeout = timeout_of(command.action, self._jobs.get(command.job_name))
        if timeout is not None and timeout < performance.takes:
            self._plan(ActionTimedOut(id=command.id, at=self._now + timeout))
        else:
            self._plan_end(command.id, performance, self._now + performance.takes)

    def _stop(self, command: StopActionRun) -> None:
        if command.id in (waiting := self._queues.get(command.node, deque())):
            waiting.remove(command.id)
        end: EndState = "STOPPED" if command.node.type == "JOB" else "CANCELLED"
        self._plan_end(command.id, Performance(end=end), self._now)

    def _plan_end(self, id_: str, performance: Performance, at: datetime) -> None:
        command = self._asked[id_]
        job = self._jobs.get(command.job_name) if isinstance(command, StartJobRun) else None
        retries = (job.max_retries if job is not None else None) or 0
        if performance.puts:
            self._plan(PropertiesPut(properties=performance.puts, at=at))
        self._plan(ActionEnded(id=id_, state=performance.end, error=performance.error, max_retries=retries, at=at))
