"""Every combination of outcomes that can matter, and what each leads to.

Comes in: a workflow. Goes out: an `Exploration`: the results that its runs can have, each with the fewest bad ends that
lead to it; what starts in none of them; ends that nobody hears of, and ends after which nothing goes on.
Pure and complete, or it says what was left out. It needs the default policies, under which order does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as changed
from typing import TYPE_CHECKING

from gluedsl.engine.combinations import MOST_MOMENTS, combinations, ends_of
from gluedsl.engine.events import ENDS
from gluedsl.engine.net import Net, bits
from gluedsl.engine.policies import DEFAULTS
from gluedsl.errors import UsageError
from gluedsl.graph import started_when_all_succeed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gluedsl.engine.combinations import Combinations, Result
    from gluedsl.engine.events import EndState
    from gluedsl.engine.net import Start
    from gluedsl.engine.policies import Policies
    from gluedsl.graph import Node
    from gluedsl.model import Workflow
    from gluedsl.runs import Outcome

MOST_RESULTS = 1000
"""How many results are listed."""

_MOST_ASKED = 4
"""How often more is asked for."""
_DECISIVE = ("trigger_fires", "any_semantics", "and_semantics", "retry_visibility", "multi_start")
"""The policies with which a run would depend on when things end, and not only on how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explored:
    """Something that runs can come to, with the run that takes the fewest bad ends to come to it."""

    ends: tuple[tuple[Start, EndState], ...]
    """How everything ended that was started, the last attempts counting."""
    never_started: tuple[Node, ...]
    outcome: Outcome
    silent: tuple[Node, ...]
    """What ended badly in this run while no trigger fired that waits for that end."""

    @property
    def outcomes(self) -> dict[Node, EndState]:
        """How each job and crawler ended; of one that was started more than once, a bad end if there was one."""
        outcomes: dict[Node, EndState] = {}
        for start, state in self.ends:
            if outcomes.get(start.node, "SUCCEEDED") == "SUCCEEDED":
                outcomes[start.node] = state
        return outcomes

    @property
    def bad(self) -> dict[Node, EndState]:
        """What ended badly."""
        return {node: state for node, state in self.outcomes.items() if state != "SUCCEEDED"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheeded:
    """Ends of one job or crawler that start nothing."""

    node: Node
    states: tuple[EndState, ...]
    after: Mapping[Node, EndState] = field(default_factory=dict)
    """What else must end badly for it to come about, at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploration:
    """What the runs of a workflow can come to."""

    workflow: Workflow
    explored: int
    """How many combinations of outcomes there are, ends that lead to the same counting as one."""
    scenarios: tuple[Explored, ...]
    """What they come to, each once: by what never started and by the outcome. The fewest bad ends come first."""
    never_started_in_any: tuple[Node, ...]
    never_fired_in_any: tuple[str, ...]
    """Triggers."""
    silent_failures: tuple[Unheeded, ...]
    """Bad ends with which no trigger fires that waits for them: the run is COMPLETED, and nothing tells of it."""
    dead_ends: tuple[Unheeded, ...]
    """Ends, of what something was to follow, that start nothing in any run."""
    same_ends: Mapping[Node, tuple[tuple[EndState, ...], ...]]
    """By job and crawler: its ends, those that lead to the same together."""
    most_bad_ends: int | None = None
    """Combinations with more bad ends were not looked at; None: all were."""
    all_listed_below: int | None = None
    """Only the results that take fewer bad ends than this are surely listed; None: all are."""

    @property
    def is_complete(self) -> bool:
        """Whether every combination was looked at; whether every result is listed is another question."""
        return self.most_bad_ends is None


def explore(
    workflow: Workflow,
    *,
    given: Mapping[Node, EndState] | None = None,
    policies: Policies = DEFAULTS,
    most_results: int = MOST_RESULTS,
    most_moments: int = MOST_MOMENTS,
) -> Exploration:
    """Explore all runs of a workflow.

    Args:
        workflow: What runs.
        given: Jobs and crawlers that end in one way only.
        policies: What to do where AWS does not say; not all can be other than by default.
        most_results: How many results to list.
        most_moments: How much to look at before giving up on runs with many bad ends.

    Raises:
        UsageError: the workflow cannot begin, or a policy lets a run depend on when things end.
    """
    require_orderless(policies)
    net = Net(workflow, policies, given or {})
    # Results that differ by triggers may be the same by jobs and crawlers, where two triggers start one: then more is
    # asked for.
    for power in range(_MOST_ASKED):
        asked = (most_results + 1) * 4**power
        every = combinations(net, most_results=asked, most_moments=most_moments)
        explorer = _Explorer(workflow, net, every)
        if not every.whole.is_cut or len(explorer.results) > most_results:
            break
    return explorer.exploration(most_results)


def require_orderless(policies: Policies) -> None:
    """Raise UsageError if a policy lets a run depend on when things end."""
    for name in _DECISIVE:
        value, default = getattr(policies, name), getattr(DEFAULTS, name)
        if value != default:
            message = f"all outcomes are explored with policy {name}={default}, not with {value}"
            raise UsageError(
                message, hint="with that policy a run depends on when things end; simulate one run at a time"
            )


class _Explorer:
    def __init__(self, workflow: Workflow, net: Net, every: Combinations) -> None:
        self._workflow = workflow
        self._net = net
        self._every = every
        self._fires = {net.triggers[number] for number in bits(every.whole.fires)}
        self._first = {start.trigger for start in net.starts} - set(net.triggers)
        self._started = {start.node for start in net.starts if start.trigger in self._fires | self._first}
        active = tuple(changed(trigger, enabled=True) for trigger in workflow.triggers)
        self._expected = started_when_all_succeed(changed(workflow, triggers=active))

        whole = every.whole
        found = [*whole.results, *([whole.spoilt] if whole.spoilt is not None else [])]
        merged: dict[object, Explored] = {}
        for result in sorted(found, key=lambda result: result.bad):
            explored = self._explored(result)
            merged.setdefault((explored.never_started, explored.outcome), explored)
        self.results = sorted(merged.values(), key=self._order)

    def exploration(self, most_results: int) -> Exploration:
        whole = self._every.whole
        scenarios = self.results[:most_results]
        below = None
        if len(self.results) > most_results:
            below = _bad_ends(scenarios[-1])
        elif whole.is_cut:
            below = whole.results[-1].bad
        return Exploration(
            workflow=self._workflow,
            explored=sum(whole.runs),
            scenarios=tuple(scenarios),
            never_started_in_any=tuple(node for node in self._net.nodes if node not in self._started),
            never_fired_in_any=tuple(
                trigger.name for trigger in self._workflow.triggers if trigger.name not in self._fires | self._first
            ),
            silent_failures=tuple(self._silent_failures()),
            dead_ends=tuple(self._dead_ends()),
            same_ends={node: tuple(ends.states for ends in self._net.ends[node]) for node in self._net.nodes},
            most_bad_ends=self._every.most_bad,
            all_listed_below=below,
        )

    def _explored(self, result: Result) -> Explored:
        fired = {self._net.triggers[number] for number in bits(result.fires)} | self._first
        started = {start.node for start in self._net.starts if start.trigger in fired}
        ends = [(self._net.starts[number], state) for number, state in ends_of(result.way)]
        outcome: Outcome = "FAILED" if result.bad else "SUCCEEDED" if started >= self._expected else "PARTIAL"
        unheard = [
            start.node
            for start, state in ends
            if state != "SUCCEEDED" and not self._net.watchers(start.node, state) & result.fires
        ]
        return Explored(
            ends=tuple(ends),
            never_started=tuple(node for node in self._net.nodes if node not in started),
            outcome=outcome,
            silent=tuple(dict.fromkeys(unheard)),
        )

    def _order(self, explored: Explored) -> tuple[int, list[tuple[int, int]]]:
        places = {node: index for index, node in enumerate(self._net.nodes)}
        bad = [(places[node], ENDS[node.type].index(state)) for node, state in explored.bad.items()]
        return _bad_ends(explored), bad

    def _silent_failures(self) -> Iterator[Unheeded]:
        for node in self._net.nodes:
            if node not in self._started:
                continue
            found: dict[tuple[tuple[Node, EndState], ...], list[EndState]] = {}
            for state in self._bad_ends(node):
                way = self._silently(node, state)
                if way is not None:
                    found.setdefault(way, []).append(state)
            for after, states in found.items():
                yield Unheeded(node=node, states=tuple(states), after=dict(after))

    def _bad_ends(self, node: Node) -> Sequence[EndState]:
        return [state for ends in self._net.ends[node] if ends.is_bad for state in ends.states]

    def _silently(self, node: Node, state: EndState) -> tuple[tuple[Node, EndState], ...] | None:
        """Return what else must end badly for a bad end to go unheard; None: somebody always hears of it."""
        watchers = self._net.watchers(node, state) & self._every.whole.fires
        starts = {number for number, start in enumerate(self._net.starts) if start.node == node}
        if not watchers:
            ways = (result for result in self._every.whole.results if self._starts(result, node))
            way = next(ways, None) or self._every.shortest(lambda turn: turn.start in starts, lambda _: True)
        elif all(self._net.waits_for_more(number) for number in bits(watchers)):
            way = self._every.shortest(
                lambda turn: turn.start in starts and state in turn.states, lambda turn: not turn.fires & watchers
            )
        else:
            return None
        if way is None:
            return None
        return tuple((other, end) for other, end in self._explored(way).bad.items() if other != node)

    def _starts(self, result: Result, node: Node) -> bool:
        fired = {self._net.triggers[number] for number in bits(result.fires)} | self._first
        return any(start.node == node and start.trigger in fired for start in self._net.starts)

    def _dead_ends(self) -> Iterator[Unheeded]:
        followed = {
            (condition.job_name, condition.crawler_name)
            for trigger in self._workflow.triggers
            if trigger.predicate is not None
            for condition in trigger.predicate.conditions
            if "SUCCEEDED" in {condition.state, condition.crawl_state}
        }
        for node in self._net.nodes:
            name = (node.name, None) if node.type == "JOB" else (None, node.name)
            if node not in self._started or name not in followed:
                continue
            states = [
                state
                for ends in self._net.ends[node]
                for state in ends.states
                if not self._net.watchers(node, state) & self._every.whole.fires
            ]
            if states:
                yield Unheeded(node=node, states=tuple(states))


def _bad_ends(explored: Explored) -> int:
    return sum(state != "SUCCEEDED" for _, state in explored.ends)
