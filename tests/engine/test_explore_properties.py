"""The explorer against brute force: every combination of ends, each simulated by itself, over generated workflows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gluedsl.engine import EndedIn, Performance, RunSearch, Started, explore, simulate, started_node
from gluedsl.graph.build import action_node, condition_node
from gluedsl.model import Job, RemoteScript
from tests.support.generated import NAMES, workflows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.engine import EndState, Happening, Start, StartCrawl, StartJobRun
    from gluedsl.graph import Node
    from gluedsl.model import Condition, Trigger, Workflow

ENDS: dict[str, tuple[EndState, ...]] = {
    "JOB": ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED"),
    "CRAWLER": ("SUCCEEDED", "FAILED", "CANCELLED"),
}
ROOMY = [
    Job(name=name, kind="pythonshell", code=RemoteScript(uri="s3://s/j.py"), role=None, max_concurrent_runs=100)
    for name in NAMES
]
MANY = 400
"""Combinations, beyond which brute force would take too long."""


def crawling_once(design: Workflow) -> Workflow:
    """Return a workflow in which only the first action that starts a crawler is left: it would be busy."""
    seen: set[str] = set()
    triggers = []
    for trigger in design.triggers:
        actions = []
        for action in trigger.actions:
            if action.crawler_name in seen:
                continue
            if action.crawler_name is not None:
                seen.add(action.crawler_name)
            actions.append(action)
        triggers.append(replace(trigger, actions=tuple(actions)))
    return replace(design, triggers=tuple(triggers))


designs = workflows(most_triggers=4).map(crawling_once)


@dataclass(frozen=True)
class Leaf:
    """One run: how each start ended, what fired, and what was never started."""

    ends: tuple[tuple[Node, EndState], ...]
    fired: frozenset[str]
    never_started: tuple[Node, ...]
    outcome: str

    @property
    def bad(self) -> list[tuple[Node, EndState]]:
        """The bad ends."""
        return [(node, state) for node, state in self.ends if state != "SUCCEEDED"]


def leaves(design: Workflow, ends: Mapping[Node, tuple[EndState, ...]]) -> Iterator[Leaf]:
    """Simulate every combination: each start that really happens ends in each of its ways."""
    ahead: list[dict[str, EndState]] = [{}]
    while ahead:
        known = ahead.pop()
        unknown: list[tuple[str, Node]] = []
        nodes: list[tuple[Node, EndState]] = []

        def perform(
            command: StartJobRun | StartCrawl,
            _: int,
            known: dict[str, EndState] = known,
            unknown: list[tuple[str, Node]] = unknown,
            nodes: list[tuple[Node, EndState]] = nodes,
        ) -> Performance:
            node = started_node(command)
            if command.id not in known:
                unknown.append((command.id, node))
            end = known.get(command.id, "SUCCEEDED")
            nodes.append((node, end))
            return Performance(end=end)

        picture = simulate(design, perform, jobs=ROOMY).snapshot
        if unknown:
            id_, node = unknown[0]
            ahead += [{**known, id_: end} for end in ends[node]]
            continue
        yield Leaf(
            ends=tuple(nodes),
            fired=frozenset(trigger.name for trigger in picture.triggers if trigger.fired_at is not None),
            never_started=tuple(found.node for found in picture.nodes if not found.runs),
            outcome=picture.outcome,
        )


def all_ends(design: Workflow) -> dict[Node, tuple[EndState, ...]]:
    """Return every end that can be waited for, of every job and crawler."""
    nodes = {action_node(action) for trigger in design.triggers for action in trigger.actions}
    nodes |= {condition_node(condition) for trigger in design.triggers for condition in conditions(trigger)}
    return {node: ENDS[node.type] for node in nodes if node is not None}


def conditions(trigger: Trigger) -> tuple[Condition, ...]:
    """Return what a trigger waits for."""
    return trigger.predicate.conditions if trigger.predicate is not None else ()


def waits_for(trigger: Trigger, node: Node, state: str) -> bool:
    """Say whether a trigger waits for this end."""
    return any(condition_node(c) == node and state in {c.state, c.crawl_state} for c in conditions(trigger))


@given(designs)
@settings(max_examples=60, deadline=None)
def test_the_explorer_agrees_with_brute_force(design: Workflow) -> None:
    """It finds the results that simulating every combination finds, with the fewest bad ends that each takes."""
    exploration = explore(design, most_results=10_000)
    assume(exploration.explored <= MANY)
    cheapest: dict[object, int] = {}
    started: set[Node] = set()
    fired: set[str] = set()
    silent: dict[tuple[Node, str], int] = {}
    triggers = {trigger.name: trigger for trigger in design.triggers}
    for number, leaf in zip(count(), leaves(design, all_ends(design)), strict=False):
        assume(number <= 40 * MANY)
        key = (leaf.never_started, leaf.outcome)
        cheapest[key] = min(cheapest.get(key, 100), len(leaf.bad))
        started |= {node for node, _ in leaf.ends}
        fired |= leaf.fired
        for node, state in leaf.bad:
            if not any(waits_for(triggers[name], node, state) for name in leaf.fired):
                others = len({other for other, _ in leaf.bad} - {node})
                silent[node, state] = min(silent.get((node, state), 100), others)
    assert {
        (s.never_started, s.outcome): sum(e != "SUCCEEDED" for _, e in s.ends) for s in exploration.scenarios
    } == cheapest
    assert set(exploration.never_started_in_any) == set(all_ends(design)) - started
    assert set(exploration.never_fired_in_any) == set(triggers) - fired
    assert {(u.node, s): len(u.after) for u in exploration.silent_failures for s in u.states} == silent
    assert {(u.node, s) for u in exploration.dead_ends for s in u.states} == {
        (node, state)
        for node in started
        if any(waits_for(trigger, node, "SUCCEEDED") for trigger in design.triggers)
        for state in ENDS[node.type]
        if not any(waits_for(triggers[name], node, state) for name in fired)
    }
    assert (exploration.is_complete, exploration.all_listed_below) == (True, None)


@given(designs)
@settings(max_examples=60, deadline=None)
def test_combinations_are_counted(design: Workflow) -> None:
    """There are as many as there are different simulations, ends that lead to the same counting as one."""
    exploration = explore(design)
    assume(exploration.explored <= MANY)
    one_of_each = {node: tuple(states[0] for states in same) for node, same in exploration.same_ends.items()}
    assert exploration.explored == sum(1 for _ in leaves(design, one_of_each))


@given(designs)
@settings(max_examples=60, deadline=None)
def test_a_scenario_can_be_simulated(design: Workflow) -> None:
    """Played by the simulator, each scenario of an exploration comes to what the exploration says."""
    for scenario in explore(design, most_results=20).scenarios:
        left = list(scenario.ends)

        def perform(
            command: StartJobRun | StartCrawl, _: int, left: list[tuple[Start, EndState]] = left
        ) -> Performance:
            found = next(e for e in left if (e[0].trigger, e[0].node) == (command.trigger, started_node(command)))
            left.remove(found)
            return Performance(end=found[1])

        picture = simulate(design, perform, jobs=ROOMY).snapshot
        assert left == []
        assert tuple(found.node for found in picture.nodes if not found.runs) == scenario.never_started
        assert picture.outcome == scenario.outcome
        assert {found.node for found in picture.ended_badly} == set(scenario.bad)


@given(designs)
@settings(max_examples=40, deadline=None)
def test_a_limited_exploration_is_complete_within_its_limit(design: Workflow) -> None:
    """With too much to look at, every run of up to so many bad ends is looked at, and no other."""
    exploration = explore(design)
    assume(exploration.explored <= MANY)
    limited = explore(design, most_moments=5)
    if limited.is_complete:
        assert limited == exploration
        return
    limit = limited.most_bad_ends
    assert limit is not None
    one_of_each = {node: tuple(states[0] for states in same) for node, same in exploration.same_ends.items()}
    few = [leaf for leaf in leaves(design, one_of_each) if len(leaf.bad) <= limit]
    assert limited.explored == len(few)
    assert {(s.never_started, s.outcome) for s in limited.scenarios} == {(f.never_started, f.outcome) for f in few}
    started = {node for leaf in few for node, _ in leaf.ends}
    assert set(limited.never_started_in_any) == set(all_ends(design)) - started


@given(designs)
@settings(max_examples=40, deadline=None)
def test_a_cut_list_has_the_shortest(design: Workflow) -> None:
    """A list that is cut holds the results that take the fewest bad ends, and says from where on some are missing."""
    everything, cut = explore(design, most_results=10_000), explore(design, most_results=3)
    sizes = [sum(state != "SUCCEEDED" for _, state in s.ends) for s in everything.scenarios]
    assert [sum(state != "SUCCEEDED" for _, state in s.ends) for s in cut.scenarios] == sizes[:3]
    assert cut.all_listed_below == (sizes[2] if len(sizes) > 3 else None)
    assert (cut.explored, cut.never_started_in_any) == (everything.explored, everything.never_started_in_any)


def happenings(design: Workflow) -> st.SearchStrategy[tuple[Happening, ...]]:
    """Generate what may happen in a run of a workflow."""
    of_nodes: list[Happening] = []
    for node, states in all_ends(design).items():
        of_nodes += [Started(node), *(EndedIn(node, state) for state in states)]
    chosen = st.lists(st.sampled_from(of_nodes), max_size=3, unique=True)
    return chosen.map(lambda several: (*several,))


@given(designs, st.data())
@settings(max_examples=60, deadline=None)
def test_a_search_agrees_with_brute_force(design: Workflow, data: st.DataObject) -> None:
    """It finds a run in which something happens and something else does not if there is one, and the cheapest."""
    needs, forbids = data.draw(happenings(design)), data.draw(happenings(design))
    assume(explore(design).explored <= MANY)
    cheapest: int | None = None
    for number, leaf in zip(count(), leaves(design, all_ends(design)), strict=False):
        assume(number <= 40 * MANY)
        happened = {Started(node) for node, _ in leaf.ends} | {EndedIn(node, state) for node, state in leaf.ends}
        if happened.issuperset(needs) and happened.isdisjoint(forbids):
            cheapest = min(len(leaf.bad), len(leaf.bad) if cheapest is None else cheapest)

    found = RunSearch(design).find(needs, forbids)

    assert (None if found is None else found.bad_ends) == cheapest
    if found is not None:
        ended = {EndedIn(start.node, state) for start, state in found.ends}
        assert sum(state != "SUCCEEDED" for _, state in found.ends) == cheapest
        assert ended.issuperset(need for need in needs if isinstance(need, EndedIn))
        assert ended.isdisjoint(forbids)
