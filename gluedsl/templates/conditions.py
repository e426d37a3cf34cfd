"""Which conditions of a template hold, as far as that is known; else the world decides.

A comparison with something unknown is decided, not the condition around it: so conditions that are made of the same
comparison hold together.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from gluedsl.templates.functions import CONDITION
from gluedsl.templates.node import Mapping, Scalar, Sequence, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gluedsl.templates.evaluate import Evaluator
    from gluedsl.templates.node import Node
    from gluedsl.templates.world import Decision

MOST_STEPS = 100
"""References and functions one inside another, before a value counts as unknown."""


@dataclass(slots=True, eq=False)
class Conditions:
    """The conditions of one stack in one world."""

    evaluator: Evaluator
    truths: dict[str, tuple[bool, list[Decision]]] = field(default_factory=dict)
    """Each with the decisions of the world that it hangs on."""
    under_way: list[str] = field(default_factory=list)
    """Conditions that are being computed: a second one is a circle."""

    def holds(self, name: str, at: Node) -> bool:
        """Return whether a condition holds."""
        if name in self.truths:
            truth, decisions = self.truths[name]
            self.evaluator.world.decisions += decisions
            return truth
        condition = self.evaluator.stack.conditions.get(name)
        key = f"{self.evaluator.stack.key}:{CONDITION}:{name}"
        if condition is None:
            if not self.evaluator.stack.is_transformed:
                near = get_close_matches(name, self.evaluator.stack.conditions, n=1)
                help_ = f"did you mean `{near[0]}`?" if near else ""
                self.evaluator.fault(f"there is no condition `{name}` in the template", at, help_)
            return self.evaluator.world.holds(key)
        if key in self.under_way or self.evaluator.steps >= MOST_STEPS:
            # A circle is refused where the template is read.
            return self.evaluator.world.holds(key)
        self.under_way.append(key)
        self.evaluator.steps += 1
        before = len(self.evaluator.world.decisions)
        try:
            truth = self._truth(condition)
        finally:
            self.evaluator.steps -= 1
            self.under_way.pop()
        self.truths[name] = truth, self.evaluator.world.decisions[before:]
        return truth

    def _truth(self, node: Node) -> bool:
        if isinstance(node, Mapping) and len(node.entries) == 1:
            ((function, entry),) = node.entries.items()
            items = _items(entry.value)
            match function:
                case "Condition" if isinstance(entry.value, Scalar):
                    return self.holds(entry.value.text, node)
                case "Fn::Not" if len(items) == 1 and self.evaluator.steps < MOST_STEPS:
                    return not self._truths(items)[0]
                case "Fn::And" if items and self.evaluator.steps < MOST_STEPS:
                    return all(self._truths(items))
                case "Fn::Or" if items and self.evaluator.steps < MOST_STEPS:
                    return any(self._truths(items))
                case "Fn::Equals" if len(items) == 2:  # noqa: PLR2004 -- the two that are compared
                    return self._equal(node, items[0], items[1])
                case _:
                    pass
        return self.evaluator.world.holds(f"{self.evaluator.stack.key}:{own_text(node)}")

    def _truths(self, items: Iterable[Node]) -> list[bool]:
        """Return the truth of each: of all of them, so that no fault hangs on the order."""
        self.evaluator.steps += 1
        try:
            return [self._truth(item) for item in items]
        finally:
            self.evaluator.steps -= 1

    def _equal(self, node: Node, first: Node, second: Node) -> bool:
        texts = self.evaluator.text(first), self.evaluator.text(second)
        if texts[0] is not None and texts[0] == texts[1]:
            return True
        if any(text is None or self.evaluator.stand_ins.within(text) for text in texts):
            return self.evaluator.world.holds(f"{self.evaluator.stack.key}:{own_text(node)}")
        return False


def own_text(node: Node) -> str:
    """Return the same text for the same expression."""
    return json.dumps(plain(node), sort_keys=True)


def _items(argument: Node) -> list[Node]:
    return argument.items if isinstance(argument, Sequence) else []
