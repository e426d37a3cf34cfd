"""A workflow run that a test asks questions of: simulated, or on a Glue in the test's own process.

Comes in: a snapshot of the run. Goes out: plain values, and claims that explain themselves where an assertion fails.
`print(run)` shows the run as `gluedsl run` would.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.testing.claims import Claim
from gluedsl.testing.told import told
from gluedsl.view.names import Names
from gluedsl.view.verdict import verdict
from gluedsl.view.words import counted, listed

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from gluedsl.runs import NodeRuns, Outcome, RunSnapshot, Statistics, TriggerFiring
    from gluedsl.testing.flows import NodeName, Subject, TriggerName

_WIDTH = 80


class Run:
    """One run of a workflow."""

    def __init__(self, subject: Subject, snapshot: RunSnapshot) -> None:
        self._subject = subject
        self.snapshot: RunSnapshot = snapshot
        """All there is to know of the run, as data."""
        self._names = Names.of(subject.graph)

    # What it came to

    @property
    def id(self) -> str:
        """The id of the run: `wr_` and 64 digits."""
        return self.snapshot.run_id

    @property
    def status(self) -> str:
        """Glue's own: RUNNING, COMPLETED, STOPPING, STOPPED or ERROR."""
        return self.snapshot.status

    @property
    def outcome(self) -> Outcome:
        """What happened behind Glue's COMPLETED: SUCCEEDED, FAILED or PARTIAL."""
        return self.snapshot.outcome

    @property
    def properties(self) -> dict[str, str]:
        """The run properties, as Glue stores them."""
        return dict(self.snapshot.properties)

    @property
    def statistics(self) -> Statistics:
        """Glue's eight counters."""
        return self.snapshot.statistics

    @property
    def took(self) -> timedelta | None:
        """From the start to the end; None while it goes on."""
        if self.snapshot.started_on is None or self.snapshot.completed_on is None:
            return None
        return self.snapshot.completed_on - self.snapshot.started_on

    # Jobs and crawlers

    @property
    def order(self) -> list[str]:
        """The jobs and crawlers that were started, in order, each once, without the workflow's name in front."""
        started = [(found.runs[0].started_on, found.node) for found in self.snapshot.nodes if found.runs]
        known = [(at, node) for at, node in started if at is not None]
        return [self._names.called(node) for _, node in sorted(known, key=lambda start: start[0])]

    @property
    def states(self) -> dict[str, str | None]:
        """By job and crawler: the state of its last run; None if it never started."""
        return {self._names.called(found.node): found.state for found in self.snapshot.nodes}

    @told
    def state(self, node: NodeName) -> str | None:
        """Return the state of a job's or crawler's last run; None if it never started."""
        return self._runs(node).state

    @told
    def attempts(self, node: NodeName) -> int:
        """Return how many attempts there were, those of every start together."""
        return len(self._runs(node).runs)

    @told
    def error(self, node: NodeName) -> str | None:
        """Return why a job's or crawler's last run ended as it did; None where nothing was wrong."""
        last = self._runs(node).last
        return None if last is None else last.error

    @told
    def started(self, node: NodeName) -> Claim:
        """Whether a job or crawler was started."""
        found = self._runs(node)
        return Claim(holds=bool(found.runs), fact=self._fact(found))

    @told
    def never_started(self, node: NodeName) -> Claim:
        """Whether a job or crawler was not started."""
        found = self._runs(node)
        return Claim(holds=not found.runs, fact=self._fact(found))

    @told
    def succeeded(self, node: NodeName) -> Claim:
        """Whether the last run of a job or crawler ended well."""
        found = self._runs(node)
        return Claim(holds=found.state == "SUCCEEDED", fact=self._fact(found))

    # Triggers

    @told
    def fired(self, trigger: TriggerName) -> Claim:
        """Whether a trigger fired."""
        found = self._firing(trigger)
        name = self._names.label(self._subject.trigger(trigger))
        fact = "did not fire" if found.fired_at is None else f"fired at {found.fired_at:%H:%M:%S}"
        return Claim(holds=found.fired_at is not None, fact=f"trigger `{name}` {fact}")

    @told
    def fired_at(self, trigger: TriggerName) -> datetime | None:
        """Return when a trigger fired; None: it did not."""
        return self._firing(trigger).fired_at

    @property
    def firings(self) -> list[str]:
        """The triggers that fired, in order, by their names in Glue."""
        fired = [(found.fired_at, found.name) for found in self.snapshot.triggers if found.fired_at is not None]
        return [name for _, name in sorted(fired, key=lambda firing: firing[0])]

    # For people

    def __repr__(self) -> str:
        return f"<run of {self.snapshot.workflow.name}: {verdict(self.snapshot, self._names)}>"

    def __str__(self) -> str:
        """Return the run as a tree of triggers, and what each started."""
        return self.picture()

    def picture(self, *, width: int = _WIDTH, ascii_only: bool = False) -> str:
        """Return the run as a tree of triggers, and what each started."""
        from gluedsl.view import text  # noqa: PLC0415 -- only where something is shown
        from gluedsl.view.scene import scene_of_run  # noqa: PLC0415 -- likewise

        return text.render(scene_of_run(self.snapshot), width=width, ascii_only=ascii_only).plain

    def _runs(self, given: NodeName) -> NodeRuns:
        node = self._subject.node(given)
        return next(found for found in self.snapshot.nodes if found.node == node)

    def _firing(self, given: TriggerName) -> TriggerFiring:
        name = self._subject.trigger(given).name
        return next(found for found in self.snapshot.triggers if found.name == name)

    def _fact(self, found: NodeRuns) -> str:
        name = f"{found.node.type.lower()} `{self._names.label(found.node)}`"
        if found.runs:
            states = listed([run.state for run in found.final], "and")
            attempts = f" after {counted(len(found.runs), 'attempt')}" if len(found.runs) > len(found.final) else ""
            return f"{name} started, and is {states}{attempts}"
        return f"{name} never started"
