"""Runs in virtual time: nothing is deployed, no job runs, and it takes milliseconds.

Comes in: a flow, and how its jobs and crawlers end. Goes out: the run. The same test sees the same run, to the
millisecond; a run begins at midnight, 1 January 2000.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from gluedsl import engine
from gluedsl.compiler.starting import require_properties
from gluedsl.engine import DEFAULT_DURATION, DEFAULTS, ENDS, Policies, Scenario, policies_named, started_node
from gluedsl.engine.lengths import length_of_time
from gluedsl.errors import UsageError
from gluedsl.testing.flows import Flow, NodeName, Subject, subject_of
from gluedsl.testing.run import Run
from gluedsl.testing.told import told

if TYPE_CHECKING:
    from pathlib import Path

    from gluedsl.engine import EndState, Performance, Simulation, StartCrawl, StartJobRun, StartKind
    from gluedsl.graph import Node

# By `NodeName`; but a mapping is one of just the type of its keys, and authors mix names and jobs.
Outcomes = Mapping[Any, str | Sequence[str]]
"""How jobs and crawlers end: a state, or one for each attempt, the last of which goes on for ever."""
Length = timedelta | str
"""How long something takes; as a text, `90s` or `1h30m`."""
Durations = Mapping[Any, Length]
"""How long jobs and crawlers take."""
Puts = Mapping[Any, Mapping[str, str]]
"""Run properties that jobs put before they end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A scenario, with the run properties that jobs put."""

    scenario: Scenario
    puts: Mapping[Node, Mapping[str, str]] = field(default_factory=dict)

    def __call__(self, command: StartJobRun | StartCrawl, nth: int) -> Performance:
        performance = self.scenario(command, nth)
        return replace(performance, puts=self.puts.get(started_node(command), {}))


class SimulatedRun(Run):
    """A run in virtual time, at its end."""

    def __init__(self, subject: Subject, simulation: Simulation) -> None:
        super().__init__(subject, simulation.snapshot)
        self.simulation: Simulation = simulation
        """The engine's own: its state, and the events that led to it."""

    @told
    def resume(
        self,
        *nodes: NodeName,
        outcomes: Outcomes | None = None,
        durations: Durations | None = None,
        default_duration: Length = DEFAULT_DURATION,
        puts: Puts | None = None,
        stop_after: Length | None = None,
    ) -> SimulatedRun:
        """Take the run up again from some of its jobs and crawlers, as `ResumeWorkflowRun` does.

        Args:
            nodes: What runs again; what follows from it runs by its triggers.
            outcomes: As for `sim.run`; nothing is taken over from the run before.
            durations: As for `sim.run`.
            default_duration: As for `sim.run`.
            puts: As for `sim.run`.
            stop_after: As for `sim.run`, counted from the resumption.

        Raises:
            UsageError: Glue would refuse it.
        """
        again = engine.simulate_resumed(
            self.simulation,
            [self._subject.node(node) for node in nodes],
            _performed(self._subject, outcomes, durations, default_duration, puts),
            jobs=self._subject.project.jobs,
            stop_after=None if stop_after is None else _length(stop_after),
        )
        return SimulatedRun(self._subject, again)


@told
def simulate(
    flow: Flow,
    outcomes: Outcomes | None = None,
    *,
    properties: Mapping[str, str] | None = None,
    durations: Durations | None = None,
    default_duration: Length = DEFAULT_DURATION,
    puts: Puts | None = None,
    start: StartKind = "API",
    stop_after: Length | None = None,
    policies: Policies | Mapping[str, str] | None = None,
    workflow: str | None = None,
    stage: str | None = None,
    root: Path | None = None,
) -> SimulatedRun:
    """Run a workflow in virtual time.

    Args:
        flow: A workflow, the path of a flow file or folder, or the name of a module.
        outcomes: How jobs and crawlers end: `{"load": "FAILED"}`; `{"load": ["FAILED", "SUCCEEDED"]}` is a first
            attempt and its retry. What is missing succeeds.
        properties: Run properties that the start brings.
        durations: How long jobs and crawlers take: `{"load": "1h30m"}`, or a `timedelta`.
        default_duration: How long all others take.
        puts: Run properties that jobs put before they end: `{"load": {"rows": "42"}}`.
        start: What asks for the run: API, TRIGGER, SCHEDULE or EVENT.
        stop_after: When somebody stops the run; None: nobody does.
        policies: What happens where AWS does not say what Glue does, by name: `{"multi_start": "skip"}`.
        workflow: The name of one, where a path has several.
        stage: Which stage of the project; None: none.
        root: Where relative paths begin; None: the working directory.

    Raises:
        UsageError: the flow has errors, a name is none of its nodes, something is to end as it cannot, or the
            workflow's class of run properties refuses one.
    """
    subject = subject_of(flow, workflow=workflow, stage=stage, root=root)
    if subject.compilation is not None:
        require_properties(subject.compilation, subject.workflow.name, properties or {})
    simulation = engine.simulate(
        subject.workflow,
        _performed(subject, outcomes, durations, default_duration, puts),
        jobs=subject.project.jobs,
        properties=properties,
        start=start,
        stop_after=None if stop_after is None else _length(stop_after),
        policies=chosen(policies),
    )
    return SimulatedRun(subject, simulation)


def chosen(policies: Policies | Mapping[str, str] | None) -> Policies:
    """Return policies from their names and values."""
    if policies is None:
        return DEFAULTS
    return policies if isinstance(policies, Policies) else policies_named(policies)


def ends(subject: Subject, outcomes: Outcomes | None) -> dict[Node, tuple[EndState, ...]]:
    """Return how jobs and crawlers end.

    Raises:
        UsageError: a name is none of the workflow's, or a job or crawler cannot end so.
    """
    found: dict[Node, tuple[EndState, ...]] = {}
    for given, states in (outcomes or {}).items():
        node = subject.node(given)
        several = tuple(state.upper() for state in ((states,) if isinstance(states, str) else states))
        if not several:
            message = f"{node} is to end in no state at all"
            raise UsageError(message, hint=f"it ends in {', '.join(ENDS[node.type])}")
        for state in several:
            if state not in ENDS[node.type]:
                message = f"{node} cannot end in {state}"
                raise UsageError(message, hint=f"it ends in {', '.join(ENDS[node.type])}")
        found[node] = cast("tuple[EndState, ...]", several)
    return found


def _performed(
    subject: Subject,
    outcomes: Outcomes | None,
    durations: Durations | None,
    default_duration: Length,
    puts: Puts | None,
) -> _Told:
    scenario = Scenario(
        outcomes=ends(subject, outcomes),
        durations={subject.node(given): _length(length) for given, length in (durations or {}).items()},
        default_duration=_length(default_duration),
    )
    return _Told(scenario=scenario, puts={subject.node(given): dict(put) for given, put in (puts or {}).items()})


def _length(given: Length) -> timedelta:
    length = length_of_time(given) if isinstance(given, str) else given
    if length is None:
        message = f"`{given}` is no length of time"
        raise UsageError(message, hint="a number with ms, s, m, h or d: 90s, 1h30m; or a timedelta")
    return length
