"""Statements about every run of a workflow, whatever its jobs and crawlers come to.

Comes in: a flow. Goes out: `EveryRun`, whose statements hold, or end in an AssertionError that shows the shortest run
in which they do not. Nothing is sampled: where too much was left out to be sure, that is an AssertionError too.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, NoReturn

from gluedsl import engine
from gluedsl.engine import DEFAULTS, MOST_MOMENTS, EndedIn, RunSearch, Started
from gluedsl.errors import UsageError
from gluedsl.testing.conditions import Holds, ways, ways_not
from gluedsl.testing.flows import Flow, NodeName, Subject, subject_of
from gluedsl.testing.simulator import SimulatedRun, chosen, ends
from gluedsl.testing.told import told
from gluedsl.view.names import Names
from gluedsl.view.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from gluedsl.engine import EndState, Exploration, FoundRun, Happening, Policies
    from gluedsl.graph import Node

_HUNG: EndState = "ERROR"
"""Stands for a job or crawler that has not ended: no condition can wait for it."""


@dataclass(frozen=True, slots=True)
class _Question:
    """Whether there is a run in which something happens and something else does not."""

    needs: Sequence[Happening]
    forbids: Sequence[Happening]
    refuted: str
    """What is the case if there is one."""


class EveryRun:
    """All runs of one workflow. Each statement is checked when it is called."""

    def __init__(
        self,
        subject: Subject,
        given: Mapping[Node, EndState],
        policies: Policies,
        at_most_bad_ends: int | None,
        most_moments: int,
    ) -> None:
        self._subject = subject
        self._given = given
        self._policies = policies
        self._at_most = at_most_bad_ends
        self._most_moments = most_moments
        self._names = Names.of(subject.graph)
        self._search = self._searching(given)

    # Statements

    @told
    def never_starts(self, *nodes: NodeName, unless: Holds | None = None) -> None:
        """No run starts any of these jobs and crawlers, unless something comes about in it.

        Args:
            nodes: Jobs and crawlers.
            unless: Ends: `load.succeeded`, `succeeded("load")`, `all_of(...)`, `any_of(...)` of them; a name or a node
                stands for its success.

        Raises:
            AssertionError: there is a run that does; it is shown. Or too much was left out to tell.
            UsageError: a name is none of the workflow's.
        """
        __tracebackhide__ = True
        without = [()] if unless is None else ways_not(self._subject, unless)
        for node in self._nodes(nodes):
            self._none(
                _Question((Started(node),), way, f"{self._called(node)} starts{self._without(way)}") for way in without
            )

    @told
    def always_starts(self, *nodes: NodeName, when: Holds | None = None) -> None:
        """Every run starts all of these jobs and crawlers; or every run in which something comes about.

        Args:
            nodes: Jobs and crawlers.
            when: As `unless` of `never_starts`.

        Raises:
            AssertionError: there is a run that does not; it is shown. Or too much was left out to tell.
            UsageError: a name is none of the workflow's.
        """
        __tracebackhide__ = True
        occasions = [()] if when is None else ways(self._subject, when)
        for node in self._nodes(nodes):
            self._none(
                _Question(way, (Started(node),), f"{self._called(node)} never starts{self._after(way)}")
                for way in occasions
            )

    @told
    def starts_only_after(self, node: NodeName, *others: Holds) -> None:
        """No run starts a job or crawler before all of these have come about, however long everything takes.

        Args:
            node: A job or crawler.
            others: Ends, as `unless` of `never_starts`; a name or a node stands for its success.

        Raises:
            AssertionError: there is a run that does; it is shown. Or too much was left out to tell.
            UsageError: a name is none of the workflow's.
        """
        __tracebackhide__ = True
        started = self._nodes((node,))[0]
        called = self._called(started)
        for other in others:
            without = ways_not(self._subject, other)
            self._none(_Question((Started(started),), way, f"{called} starts{self._without(way)}") for way in without)
            for way in without:
                self._none_while_under_way(started, way)

    @told
    def no_silent_failures(self, *nodes: NodeName, states: str | Sequence[str] | None = None) -> None:
        """Some trigger hears of every bad end: no run is COMPLETED with a failure that nothing tells of.

        Args:
            nodes: Jobs and crawlers of which this is to hold; all of them if none is given.
            states: Bad ends of which it is to hold; all of them if None.

        Raises:
            AssertionError: there is a run with such a failure; all of them are listed. Or too much was left out.
            UsageError: a name is none of the workflow's.
        """
        __tracebackhide__ = True
        wanted = set(self._nodes(nodes)) if nodes else None
        ends_of_interest = {states} if isinstance(states, str) else set(states or ())
        found: dict[tuple[tuple[str, ...], tuple[tuple[Node, EndState], ...]], list[Node]] = defaultdict(list)
        for unheeded in self.exploration.silent_failures:
            heard = [s for s in unheeded.states if not ends_of_interest or s in ends_of_interest]
            if heard and (wanted is None or unheeded.node in wanted):
                found[tuple(heard), tuple(unheeded.after.items())].append(unheeded.node)
        if found:
            lines = [self._silent(states, after, silent) for (states, after), silent in found.items()]
            message = "the run is COMPLETED, and no trigger hears of\n  " + "\n  ".join(lines)
            raise AssertionError(message)
        self._require_decided(self.exploration.most_bad_ends)

    @told
    def every_node_starts_in_some_run(self) -> None:
        """There is no job or crawler that no run starts.

        Raises:
            AssertionError: there is one. Or too much was left out to tell.
        """
        __tracebackhide__ = True
        never = self.exploration.never_started_in_any
        self._require_decided(self.exploration.most_bad_ends if never else None)
        if never:
            where = "no run starts" if not self._given else "no run with the outcomes given starts"
            message = f"{where} {listed([str(node) for node in never], 'or')}"
            raise AssertionError(message)

    # What was looked at

    @cached_property
    def exploration(self) -> Exploration:
        """All that the runs can come to, as data."""
        return engine.explore(
            self._subject.workflow, given=self._given, policies=self._policies, most_moments=self._most_moments
        )

    @property
    def is_complete(self) -> bool:
        """Whether every combination of outcomes was looked at."""
        return self._search.most_bad_ends is None

    def __repr__(self) -> str:
        return f"<every run of {self._subject.workflow.name}>"

    def __str__(self) -> str:
        """Return what `gluedsl simulate --all` shows."""
        from gluedsl.view.exploration import render  # noqa: PLC0415 -- only where something is shown

        return render(self.exploration, width=100).plain

    # How a statement is settled

    def _searching(self, given: Mapping[Node, EndState]) -> RunSearch:
        return RunSearch(self._subject.workflow, given=given, policies=self._policies, most_moments=self._most_moments)

    def _nodes(self, given: Iterable[NodeName]) -> list[Node]:
        nodes = [self._subject.node(one) for one in given]
        if not nodes:
            message = "the statement names no job and no crawler"
            raise UsageError(message, hint="name at least one")
        return nodes

    def _none(self, questions: Iterable[_Question]) -> None:
        """Raise AssertionError if there is a run in which what is needed happens, and what is forbidden does not."""
        __tracebackhide__ = True
        found = [(run, one) for one in questions if (run := self._search.find(one.needs, one.forbids)) is not None]
        if found:
            shortest, question = min(found, key=lambda pair: pair[0].bad_ends)
            if self._at_most is None or shortest.bad_ends <= self._at_most:
                self._refute(question.refuted, shortest)
        self._require_decided(self._search.most_bad_ends)

    def _none_while_under_way(self, started: Node, way: Sequence[EndedIn]) -> None:
        """Raise AssertionError if a job or crawler can start while some of the ends are yet to come."""
        __tracebackhide__ = True
        awaited = list(dict.fromkeys(end.node for end in way))
        for count in range(1, len(awaited) + 1):
            for hung in combinations(awaited, count):
                search = self._searching({**self._given, **dict.fromkeys(hung, _HUNG)})
                found = search.find((Started(started), *(Started(node) for node in hung)), way)
                if found is not None and (self._at_most is None or found.bad_ends - count <= self._at_most):
                    names = listed([self._called(node) for node in hung], "and")
                    what = f"{self._called(started)} starts while {names} {'is' if count == 1 else 'are'} under way"
                    self._refute(what, found, hung)
                self._require_decided(search.most_bad_ends)

    def _require_decided(self, most_bad_ends: int | None) -> None:
        __tracebackhide__ = True
        if most_bad_ends is None or (self._at_most is not None and self._at_most <= most_bad_ends):
            return
        message = (
            f"undecided: `{self._subject.workflow.name}` has too many runs to look at all of them; "
            f"it holds in those with at most {counted(most_bad_ends, 'bad end')}\n"
            f"to be content with that: explore(..., at_most_bad_ends={most_bad_ends}); "
            f"to look at more: explore(..., most_moments={self._most_moments * 10})"
        )
        raise AssertionError(message)

    def _refute(self, what: str, found: FoundRun, hung: Sequence[Node] = ()) -> NoReturn:
        __tracebackhide__ = True
        bad = [
            f"{self._names.called(start.node)} {state}"
            for start, state in found.ends
            if state != "SUCCEEDED" and start.node not in hung
        ]
        head = f"{listed(bad, 'and')}, all else goes well" if bad else "all goes well"
        parts = [f"{what}:", f"when {head}"]
        picture = self._picture(found) if not hung else None
        if picture is not None:
            outcomes = {self._names.label(start.node): state for start, state in found.ends if state != "SUCCEEDED"}
            parts += [f"to play it: sim.run(..., {outcomes})", "", picture.rstrip()]
        raise AssertionError("\n".join(parts))

    def _picture(self, found: FoundRun) -> str | None:
        """Return the run played through; None where timing would make it another, as with a job started twice."""
        outcomes: dict[Node, list[EndState]] = defaultdict(list)
        for start, state in found.ends:
            outcomes[start.node].append(state)
        scenario = engine.Scenario(outcomes={node: tuple(states) for node, states in outcomes.items()})
        simulation = engine.simulate(self._subject.workflow, scenario, policies=self._policies)
        run = SimulatedRun(self._subject, simulation)
        played = {one.node: sorted(a.state for a in one.final) for one in run.snapshot.nodes if one.runs}
        if played != {node: sorted(states) for node, states in outcomes.items()}:
            return None
        return run.picture()

    def _silent(self, states: Sequence[str], after: Iterable[tuple[Node, EndState]], nodes: Sequence[Node]) -> str:
        called = listed([self._names.called(node) for node in nodes], "and")
        bad = [f"{self._names.called(node)} {state}" for node, state in after]
        return f"{listed(states, 'or')} of {called}" + (f", after {listed(bad, 'and')}" if bad else "")

    def _called(self, node: Node) -> str:
        return f"{node.type.lower()} `{self._names.label(node)}`"

    def _without(self, way: Sequence[EndedIn]) -> str:
        return f" without {self._ends(way, 'or')}" if way else ""

    def _after(self, way: Sequence[EndedIn]) -> str:
        return f" after {self._ends(way, 'and')}" if way else ""

    def _ends(self, way: Iterable[EndedIn], last: str) -> str:
        return listed([f"{self._names.called(end.node)} {end.state}" for end in way], last)


@told
def explore(
    flow: Flow,
    *,
    given: Mapping[Any, str] | None = None,
    policies: Policies | Mapping[str, str] | None = None,
    at_most_bad_ends: int | None = None,
    most_moments: int = MOST_MOMENTS,
    workflow: str | None = None,
    stage: str | None = None,
    root: Path | None = None,
) -> EveryRun:
    """Return all runs of a workflow, to make statements about.

    Args:
        flow: A workflow, the path of a flow file or folder, or the name of a module.
        given: Jobs and crawlers that end in one way only: `{"load": "SUCCEEDED"}`.
        policies: What happens where AWS does not say what Glue does; not all can be other than by default.
        at_most_bad_ends: Statements are about runs with at most so many bad ends; None: about all.
        most_moments: How much is looked at before runs with many bad ends are left out.
        workflow: The name of one, where a path has several.
        stage: Which stage of the project; None: none.
        root: Where relative paths begin; None: the working directory.

    Raises:
        UsageError: the flow has errors, or a name is none of its nodes.
    """
    subject = subject_of(flow, workflow=workflow, stage=stage, root=root)
    states: dict[Node, EndState] = {}
    for node, found in ends(subject, given).items():
        if len(found) > 1:
            message = f"{node} is given two ends"
            raise UsageError(message, hint="all outcomes are explored by the last attempts; give one state")
        states[node] = found[0]
    return EveryRun(subject, states, DEFAULTS if policies is None else chosen(policies), at_most_bad_ends, most_moments)
