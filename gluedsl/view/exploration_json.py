"""Every combination of outcomes for programs, in a documented shape, version 1.

Comes in: an exploration. Goes out: data for `gluedsl.diagnostics.render.json.dumped`. Names are whole; a job and
a crawler of one name are told apart as `job:NAME` and `crawler:NAME`. Fields may be added, none renamed.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from gluedsl.engine import Exploration, Explored, Unheeded
    from gluedsl.graph import Node

VERSION = 1


def exploration_document(exploration: Exploration) -> dict[str, Any]:
    """Describe all that the runs of a workflow can come to."""
    counts = Counter(node.name for node in exploration.same_ends)

    def called(node: Node) -> str:
        return node.name if counts[node.name] == 1 else node.id

    return {
        "version": VERSION,
        "workflow": exploration.workflow.name,
        "explored": exploration.explored,
        "complete": exploration.is_complete,
        "most_bad_ends": exploration.most_bad_ends,
        "all_listed_below": exploration.all_listed_below,
        "scenarios": [_scenario(scenario, called) for scenario in exploration.scenarios],
        "never_started_in_any": [called(node) for node in exploration.never_started_in_any],
        "never_fired_in_any": list(exploration.never_fired_in_any),
        "silent_failures": _unheeded(exploration.silent_failures, called),
        "dead_ends": _unheeded(exploration.dead_ends, called),
        "same_ends": {called(node): [list(states) for states in same] for node, same in exploration.same_ends.items()},
    }


def _scenario(scenario: Explored, called: Callable[[Node], str]) -> dict[str, Any]:
    return {
        "outcomes": _states(scenario.outcomes, called),
        "never_started": [called(node) for node in scenario.never_started],
        "outcome": scenario.outcome,
        "silent": [called(node) for node in scenario.silent],
    }


def _unheeded(found: Iterable[Unheeded], called: Callable[[Node], str]) -> list[dict[str, Any]]:
    return [
        {"name": called(one.node), "states": list(one.states), "after": _states(one.after, called)} for one in found
    ]


def _states(states: Mapping[Node, str], called: Callable[[Node], str]) -> dict[str, str]:
    return {called(node): state for node, state in states.items()}
