"""From what an author waits for to the flat form that one trigger can say.

A Glue predicate is one list of conditions under one AND or ANY
(https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-trigger.html). Combinations in combinations are
flattened where that changes nothing; what remains nested is a fault, and lowered as if it were flat,
so that the rest of the workflow can still be checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from gluedsl.dsl.outcomes import Combination, CrawlerNode, Node, Operand, Outcome
from gluedsl.model import Condition, Predicate

if TYPE_CHECKING:
    from gluedsl.compiler.recorder import Recorder
    from gluedsl.source.locate import Syntax


class Watch(NamedTuple):
    """One outcome that is waited for, and where it is written."""

    node: Node
    state: str
    syntax: Syntax | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from other outcomes."""
        return (self.node.noun, self.node.name or "", self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Outcomes under one word."""

    logical: str
    watches: tuple[Watch, ...]
    nested: Nested | None = None
    """The first combination in it that the word cannot hold."""

    @property
    def key(self) -> tuple[str, frozenset[tuple[str, str, str]]]:
        """Equal for what is satisfied by the same outcomes."""
        return (self.logical, frozenset(watch.key for watch in self.watches))

    def predicate(self) -> Predicate:
        """Return it as Glue has it."""
        return Predicate(logical=self.logical, conditions=tuple(_condition(w.node, w.state) for w in self.watches))


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """A combination inside another, and the texts of both."""

    expression: str
    inner: str
    syntax: Syntax | None


def flatten(operand: Operand, syntax: Syntax | None, recorder: Recorder) -> Wanted:
    """Return the flat form of what is waited for; `syntax` is where it is written."""
    if isinstance(operand, Node):
        return _single(operand.succeeded, syntax)
    if isinstance(operand, Outcome):
        return _single(operand, syntax)
    own = recorder.syntax(operand.site)
    nested: Nested | None = None
    watches: list[Watch] = []
    for index, child in enumerate(operand.operands):
        written = own.positional(index) if own else syntax and syntax.element(index)
        flat = flatten(child, written or own or syntax, recorder)
        nested = nested or flat.nested
        if len(operand.operands) == 1:
            return flat
        if flat.logical != operand.logical and len(flat.watches) > 1 and nested is None:
            # Both by the author's text, or neither: the one is looked for in the other.
            around = own or syntax if written is not None else None
            nested = Nested(expression=_text(operand, around), inner=_text(child, written), syntax=written)
        watches += flat.watches
    return Wanted(logical=operand.logical, watches=tuple(watches), nested=nested)


def _single(outcome: Outcome, syntax: Syntax | None) -> Wanted:
    return Wanted(logical="AND", watches=(Watch(outcome.node, outcome.state, syntax),))


def _condition(node: Node, state: str) -> Condition:
    if isinstance(node, CrawlerNode):
        return Condition(crawler_name=node.name, crawl_state=state)
    return Condition(job_name=node.name, state=state)


_SPELLED = {"FAILED": ".failed", "TIMEOUT": ".timed_out", "STOPPED": ".stopped", "CANCELLED": ".cancelled"}


def _text(operand: Operand, syntax: Syntax | None = None) -> str:
    """Return an operand as the author wrote it, or would have, with names of nodes for the variables that hold them."""
    if syntax is not None:
        return syntax.text
    match operand:
        case Combination():
            word = "all_of" if operand.logical == "AND" else "any_of"
            return f"{word}({', '.join(_text(o) for o in operand.operands)})"
        case Outcome():
            return f"{_text(operand.node)}{_SPELLED.get(operand.state, '')}"
        case Node():
            return (operand.name or "").rpartition("/")[2].replace("-", "_")
