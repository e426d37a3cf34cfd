"""Workflows in a few words, and runs of them played by hand: what tests of runs share.

A played run speaks of jobs and crawlers by name; crawlers are those whose name begins with "crawl".
Time starts at `MIDNIGHT` and every event takes a minute.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from gluedsl.engine import (
    ActionEnded,
    ActionStarted,
    ActionStopping,
    ActionTimedOut,
    Policies,
    PropertiesPut,
    QueueJobRun,
    StartCrawl,
    StartedAction,
    StartJobRun,
    StartRefused,
    StopActionRun,
    StopRequested,
    begin,
    resume,
    snapshot,
    step,
)
from gluedsl.graph import Node
from gluedsl.model import Action, Condition, Predicate, Trigger, Workflow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.engine import Command, EndState, Event, RefusalReason, RunState, StartKind
    from gluedsl.model import TriggerType
    from gluedsl.runs import NodeRuns, RunSnapshot

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
RUN_ID = "wr_" + "0" * 64


def node(name: str) -> Node:
    """Return the crawler or the job of this name."""
    return Node("CRAWLER" if name.startswith("crawl") else "JOB", name)


def starts(name: str, arguments: Mapping[str, str] | None = None, timeout_minutes: int | None = None) -> Action:
    """Return the action that starts a job or crawler."""
    if name.startswith("crawl"):
        return Action(crawler_name=name)
    return Action(job_name=name, arguments=arguments or {}, timeout_minutes=timeout_minutes)


def ends(name: str, state: str = "SUCCEEDED") -> Condition:
    """Return the condition that a job or crawler ends in a state."""
    if name.startswith("crawl"):
        return Condition(crawler_name=name, crawl_state=state)
    return Condition(job_name=name, state=state)


def workflow(
    *triggers: Trigger, max_concurrent_runs: int | None = None, properties: Mapping[str, str] | None = None
) -> Workflow:
    """Return the workflow `nightly`."""
    return Workflow(
        name="nightly",
        triggers=triggers,
        max_concurrent_runs=max_concurrent_runs,
        default_run_properties=properties or {},
    )


def start_trigger(*names: str | Action, type: TriggerType = "ON_DEMAND", enabled: bool = True) -> Trigger:  # noqa: A002 -- Glue's word
    """Return the trigger `start`."""
    schedule = "cron(0 2 * * ? *)" if type == "SCHEDULED" else None
    return Trigger(name="start", type=type, schedule=schedule, actions=_actions(names), enabled=enabled)


def when_all(name: str, *conditions: Condition, then: tuple[str | Action, ...], enabled: bool = True) -> Trigger:
    """Return a conditional trigger that waits for all of its conditions."""
    return _conditional(name, "AND", conditions, then, enabled=enabled)


def when_any(name: str, *conditions: Condition, then: tuple[str | Action, ...], enabled: bool = True) -> Trigger:
    """Return a conditional trigger that waits for one of its conditions."""
    return _conditional(name, "ANY", conditions, then, enabled=enabled)


def _conditional(
    name: str, logical: str, conditions: tuple[Condition, ...], then: tuple[str | Action, ...], *, enabled: bool
) -> Trigger:
    predicate = Predicate(logical=logical, conditions=conditions)
    return Trigger(name=name, type="CONDITIONAL", predicate=predicate, actions=_actions(then), enabled=enabled)


def _actions(names: tuple[str | Action, ...]) -> tuple[Action, ...]:
    return tuple(starts(name) if isinstance(name, str) else name for name in names)


class Play:
    """A run, played event by event."""

    def __init__(
        self,
        workflow: Workflow,
        policies: Policies | None = None,
        *,
        properties: Mapping[str, str] | None = None,
        start: StartKind = "API",
    ) -> None:
        self.now = MIDNIGHT
        self.state, commands = begin(
            workflow,
            run_id=RUN_ID,
            at=self.now,
            properties=properties,
            start=start,
            policies=policies or Policies(),
        )
        self.commands: list[Command] = list(commands)
        self.history: list[RunState] = [self.state]
        self.restarted: list[str] = []

    def tell(self, event: Event) -> tuple[Command, ...]:
        """Hand an event to the engine."""
        self.state, commands = step(self.state, event)
        self.commands.extend(commands)
        self.history.append(self.state)
        return commands

    def _tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    # What happens.

    def end(
        self,
        name: str,
        state: EndState = "SUCCEEDED",
        *,
        error: str | None = None,
        max_retries: int = 0,
        trigger: str = "",
    ) -> None:
        """Let the job run or crawl that is under way end; `trigger` says which, where there are two."""
        id_ = self.under_way(name, trigger).id
        self.tell(ActionEnded(id=id_, state=state, error=error, max_retries=max_retries, at=self._tick()))

    def really_start(self, name: str) -> None:
        """Let a job run or crawl that was asked for be running."""
        self.tell(ActionStarted(id=self.under_way(name).id, at=self._tick()))

    def stop_one(self, name: str) -> None:
        """Let somebody stop a single job run or crawl."""
        self.tell(ActionStopping(id=self.under_way(name).id, at=self._tick()))

    def time_out(self, name: str) -> None:
        """Let a job run for longer than its timeout."""
        self.tell(ActionTimedOut(id=self.under_way(name).id, at=self._tick()))

    def refuse(self, name: str, reason: RefusalReason, *, queuing_enabled: bool = False, trigger: str = "") -> None:
        """Let a job run or crawl that was asked for not be able to start."""
        id_ = self.under_way(name, trigger).id
        self.tell(StartRefused(id=id_, reason=reason, queuing_enabled=queuing_enabled, at=self._tick()))

    def put(self, **properties: str) -> None:
        """Let somebody put run properties."""
        self.tell(PropertiesPut(properties=properties, at=self._tick()))

    def stop(self) -> None:
        """Let somebody stop the run."""
        self.tell(StopRequested(at=self._tick()))

    def resume(self, *names: str, run_id: str = "wr_" + "1" * 64, latest: Workflow | None = None) -> Play:
        """Return the run that somebody resumes this one in, from jobs and crawlers."""
        again = Play.__new__(Play)
        again.now = self._tick()
        again.state, commands, restarted = resume(
            self.state, [node(name) for name in names], run_id=run_id, at=again.now, latest=latest
        )
        again.commands = list(commands)
        again.history = [again.state]
        again.restarted = [found.name for found in restarted]
        return again

    # What can be seen.

    def under_way(self, name: str, trigger: str = "") -> StartedAction:
        """Return the oldest job run or crawl of this name that has not ended."""
        found = (a for a in self.state.under_way if a.node == node(name) and trigger in {"", a.trigger})
        return next(found)

    @property
    def picture(self) -> RunSnapshot:
        """The run as others see it."""
        return snapshot(self.state)

    def runs(self, name: str) -> NodeRuns:
        """Return what ran of a job or crawler."""
        return next(found for found in self.picture.nodes if found.node == node(name))

    @property
    def status(self) -> str:
        """Glue's status of the run."""
        return self.state.status

    @property
    def fired(self) -> list[str]:
        """The triggers that fired, in the order in which they did; one name for each firing."""
        firings = [(at, name) for name, progress in self.state.triggers.items() for at in progress.fired_at]
        return [name for _, name in sorted(firings, key=lambda firing: firing[0])]

    @property
    def started(self) -> list[str]:
        """The jobs and crawlers that the engine asked for, in order."""
        return [
            command.job_name if isinstance(command, StartJobRun) else command.crawler_name
            for command in self.commands
            if isinstance(command, StartJobRun | StartCrawl)
        ]

    @property
    def queued(self) -> list[str]:
        """The jobs that the engine wants to wait for a slot, in order."""
        return [command.job_name for command in self.commands if isinstance(command, QueueJobRun)]

    @property
    def told_to_stop(self) -> list[str]:
        """The jobs and crawlers that the engine wants to be stopped, in order."""
        return [command.node.name for command in self.commands if isinstance(command, StopActionRun)]

    @property
    def states(self) -> dict[str, list[str]]:
        """By job and crawler: the state of each of its runs."""
        return {found.node.name: [run.state for run in found.runs] for found in self.picture.nodes}

    @property
    def counters(self) -> dict[str, int]:
        """Glue's statistics, without the zeros: `total`, `succeeded`, `failed`, ..."""
        counters = Counter(asdict(self.picture.statistics))
        return {name.removesuffix("_actions"): count for name, count in counters.items() if count}


SHARED = workflow(
    start_trigger("a", "b"),
    when_all("first", ends("a"), then=("shared",)),
    when_all("second", ends("b"), then=("shared",)),
    when_all("next", ends("shared"), then=("last",)),
)
"""`shared` is started twice."""


def shared_twice(play: Play, first: EndState = "SUCCEEDED", second: EndState = "SUCCEEDED") -> Play:
    """Play SHARED up to both ends of `shared`."""
    play.end("a")
    play.end("b")
    play.end("shared", first, trigger="first")
    play.end("shared", second, trigger="second")
    return play
