"""What statements about all runs speak of: ends of jobs and crawlers, and combinations of them.

Comes in: outcomes as flow files write them (`load.failed`, `all_of(...)`), or by name (`failed("load")`).
Goes out: the ways in which they come about, and the ways in which they do not.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, cast

from gluedsl.dsl.outcomes import After, Combination, Outcome, operand
from gluedsl.dsl.outcomes import Node as DeclaredNode
from gluedsl.engine import ENDS, EndedIn
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from gluedsl.dsl.outcomes import Operand
    from gluedsl.testing.flows import Subject

Holds = str | After
"""What comes about in a run: `load.failed`, `failed("load")`, a combination of such with `all_of` and `any_of`, or a
job or crawler, which stands for its success; a list stands for all of it."""
Way = tuple[EndedIn, ...]


class _Named(DeclaredNode):
    """A job or crawler that is known by its name alone."""

    def __init__(self, name: str) -> None:
        self.name = name


def succeeded(node: str) -> Outcome:
    """A job or crawler ends well."""
    return Outcome(_Named(node), "SUCCEEDED")


def failed(node: str) -> Outcome:
    """A job or crawler ends with an error."""
    return Outcome(_Named(node), "FAILED")


def timed_out(job: str) -> Outcome:
    """A job runs longer than its timeout."""
    return Outcome(_Named(job), "TIMEOUT")


def stopped(job: str) -> Outcome:
    """A job is stopped by somebody."""
    return Outcome(_Named(job), "STOPPED")


def cancelled(crawler: str) -> Outcome:
    """A crawler is stopped by somebody."""
    return Outcome(_Named(crawler), "CANCELLED")


def ways(subject: Subject, given: Holds) -> list[Way]:
    """Return the ways in which something comes about, each the ends that it takes."""
    return list(_ways(subject, _read(given)))


def ways_not(subject: Subject, given: Holds) -> list[Way]:
    """Return the ways in which something does not come about, each the ends that it must do without."""
    return list(_ways_not(subject, _read(given)))


def _read(given: Holds) -> Operand:
    return succeeded(given) if isinstance(given, str) else operand(given, "a statement")


def _ways(subject: Subject, given: Operand) -> tuple[Way, ...]:
    if not isinstance(given, Combination):
        return ((_end(subject, given),),)
    parts = [_ways(subject, one) for one in given.operands]
    return _any(parts) if given.logical == "ANY" else _all(parts)


def _ways_not(subject: Subject, given: Operand) -> tuple[Way, ...]:
    if not isinstance(given, Combination):
        return ((_end(subject, given),),)
    parts = [_ways_not(subject, one) for one in given.operands]
    return _all(parts) if given.logical == "ANY" else _any(parts)


def _any(parts: list[tuple[Way, ...]]) -> tuple[Way, ...]:
    return tuple(dict.fromkeys(way for part in parts for way in part))


def _all(parts: list[tuple[Way, ...]]) -> tuple[Way, ...]:
    joined = (tuple(dict.fromkeys(end for way in chosen for end in way)) for chosen in product(*parts))
    return tuple(dict.fromkeys(joined))


def _end(subject: Subject, given: DeclaredNode | Outcome) -> EndedIn:
    outcome = given.succeeded if isinstance(given, DeclaredNode) else given
    named = outcome.node
    node = subject.node(cast("str", named.name) if isinstance(named, _Named) else named)
    if outcome.state not in ENDS[node.type]:
        message = f"{node} cannot end in {outcome.state}"
        raise UsageError(message, hint=f"it ends in {', '.join(ENDS[node.type])}")
    return EndedIn(node, outcome.state)
