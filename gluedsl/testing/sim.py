"""What the fixture `sim` is: the simulator, which remembers what it has shown to a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.engine import DEFAULT_DURATION, MOST_MOMENTS
from gluedsl.testing.simulator import simulate
from gluedsl.testing.statements import explore
from gluedsl.testing.told import told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from gluedsl.engine import Policies, StartKind
    from gluedsl.testing.flows import Flow
    from gluedsl.testing.run import Run
    from gluedsl.testing.simulator import Durations, Length, Outcomes, Puts, SimulatedRun
    from gluedsl.testing.statements import EveryRun


class Sim:
    """Plays runs in virtual time. Relative paths begin at `root`."""

    def __init__(self, root: Path | None = None, seen: Callable[[Run], object] = lambda _: None) -> None:
        self._root = root
        self._seen = seen

    @told
    def run(
        self,
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
    ) -> SimulatedRun:
        """Run a workflow in virtual time; arguments are those of `gluedsl.testing.simulate`."""
        run = simulate(
            flow,
            outcomes,
            properties=properties,
            durations=durations,
            default_duration=default_duration,
            puts=puts,
            start=start,
            stop_after=stop_after,
            policies=policies,
            workflow=workflow,
            stage=stage,
            root=self._root,
        )
        self._seen(run)
        return run

    @told
    def explore(
        self,
        flow: Flow,
        *,
        given: Mapping[Any, str] | None = None,
        policies: Policies | Mapping[str, str] | None = None,
        at_most_bad_ends: int | None = None,
        most_moments: int = MOST_MOMENTS,
        workflow: str | None = None,
        stage: str | None = None,
    ) -> EveryRun:
        """Return all runs of a workflow; arguments are those of `gluedsl.testing.explore`."""
        return explore(
            flow,
            given=given,
            policies=policies,
            at_most_bad_ends=at_most_bad_ends,
            most_moments=most_moments,
            workflow=workflow,
            stage=stage,
            root=self._root,
        )
