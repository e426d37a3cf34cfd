"""How jobs and crawlers end, and combinations of that: what `after=` and `when=` take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn, Union

from gluedsl.dsl.misuse import require
from gluedsl.errors import DeclarationError
from gluedsl.source.capture import CallSite, call_site

if TYPE_CHECKING:
    from typing_extensions import Literal

    JobState = Literal["SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED"]
    CrawlState = Literal["SUCCEEDED", "FAILED", "CANCELLED"]


class Awaited:
    """What can be waited for. It is neither true nor false, since `first or second` would be the first alone."""

    def __bool__(self) -> NoReturn:
        message = "`and`, `or` and `not` do not combine what is waited for"
        raise DeclarationError(
            message, hint="use all_of(...) or any_of(...); to ask whether there is something, `is not None`"
        )


class Node(Awaited):
    """A job or a crawler, defined here or elsewhere."""

    name: str | None
    """The name in Glue; None for a function job that no workflow has yet."""
    site: CallSite
    noun = "node"

    def _outcome(self, state: str) -> Outcome:
        return Outcome(self, state)

    @property
    def succeeded(self) -> Outcome:
        """The end that a node itself stands for."""
        return self._outcome("SUCCEEDED")

    @property
    def failed(self) -> Outcome:
        """Ended with an error."""
        return self._outcome("FAILED")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name or '(not in a workflow)'}>"


class JobNode(Node):
    """A job, defined here or elsewhere."""

    noun = "job"

    def outcome(self, state: JobState) -> Outcome:
        """Return the outcome by Glue's own name for it."""
        return self._outcome(state)

    @property
    def timed_out(self) -> Outcome:
        """Ran longer than its timeout."""
        return self._outcome("TIMEOUT")

    @property
    def stopped(self) -> Outcome:
        """Was stopped by somebody."""
        return self._outcome("STOPPED")

    @property
    def unsuccessful(self) -> Combination:
        """Failed, timed out or was stopped."""
        return Combination("ANY", (self.failed, self.timed_out, self.stopped), None)

    @property
    def finished(self) -> Combination:
        """Ended, well or badly."""
        return Combination("ANY", (self.succeeded, self.failed, self.timed_out, self.stopped), None)


class CrawlerNode(Node):
    """A crawler, defined here or elsewhere."""

    noun = "crawler"

    def outcome(self, state: CrawlState) -> Outcome:
        """Return the outcome by Glue's own name for it."""
        return self._outcome(state)

    @property
    def cancelled(self) -> Outcome:
        """Was stopped by somebody."""
        return self._outcome("CANCELLED")

    @property
    def unsuccessful(self) -> Combination:
        """Failed or was cancelled."""
        return Combination("ANY", (self.failed, self.cancelled), None)

    @property
    def finished(self) -> Combination:
        """Ended, well or badly."""
        return Combination("ANY", (self.succeeded, self.failed, self.cancelled), None)


class Outcome(Awaited):
    """The end of one node in one state."""

    def __init__(self, node: Node, state: str) -> None:
        require(state, str, "an outcome", "the name of a state")
        self.node = node
        self.state = state

    def __repr__(self) -> str:
        return f"<{self.node.name} {self.state}>"


class Combination(Awaited):
    """All, or any, of several outcomes."""

    def __init__(self, logical: str, operands: tuple[Operand, ...], site: CallSite | None) -> None:
        self.logical = logical
        """Glue's own word: AND or ANY."""
        self.operands = operands
        self.site = site
        """None where the author did not write a call, but `.unsuccessful` or `.finished`."""

    def __repr__(self) -> str:
        return f"<{'all' if self.logical == 'AND' else 'any'} of {len(self.operands)}>"


Operand = Union[Node, Outcome, Combination]
After = Union[Operand, Sequence[Operand]]
"""What `after=` takes: a node (it succeeded), an outcome, a combination, or a list (all of them)."""


def all_of(*outcomes: After) -> Combination:
    """Return the combination that holds when every one of the outcomes has come."""
    return Combination("AND", _operands(outcomes, "all_of()"), call_site())


def any_of(*outcomes: After) -> Combination:
    """Return the combination that holds as soon as one of the outcomes has come."""
    return Combination("ANY", _operands(outcomes, "any_of()"), call_site())


def operand(after: After, what: str) -> Operand:
    """Return `after` with each list in it read as all of its elements; `what` names the argument in a refusal."""
    if isinstance(after, (list, tuple)):
        return Combination("AND", _operands(after, what), None)
    require(after, (Node, Outcome, Combination), what, "jobs, crawlers, their outcomes, all_of() and any_of() of them")
    return after  # type: ignore[return-value]


def _operands(outcomes: Sequence[After], what: str) -> tuple[Operand, ...]:
    operands: list[Operand] = [operand(one, what) for one in outcomes]
    if any(isinstance(one, Combination) and not one.operands for one in operands):
        message = f"{what} holds a combination of nothing"
        raise DeclarationError(message, hint="leave it out, or give it an outcome")
    return tuple(operands)
