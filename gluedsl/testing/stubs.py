"""How jobs and crawlers of a Glue under test go: as the test says, or well and at once.

Comes in: outcomes, lengths of time and functions, by any of the names of a job or crawler. Goes out: how work ends.
"""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

from gluedsl.dsl.nodes import FunctionJob
from gluedsl.dsl.outcomes import CrawlerNode
from gluedsl.dsl.outcomes import Node as DeclaredNode
from gluedsl.engine import ENDS
from gluedsl.engine.lengths import length_of_time
from gluedsl.errors import UsageError
from gluedsl.graph import Node
from gluedsl.local.work import Ended, JobWork
from gluedsl.testing.flows import NodeName
from gluedsl.testing.told import told
from gluedsl.worker.main import run_job

if TYPE_CHECKING:
    from gluedsl.engine import EndState
    from gluedsl.local.work import Work
    from gluedsl.worker.run import JobRun

V = TypeVar("V")
W = TypeVar("W")
Body = Callable[["JobRun[Any]"], object]
Stub = TypeVar("Stub", bound=Body)

_GLUEDSL = Path(__file__).parents[1]
_ALL_ENDS = tuple(dict.fromkeys(state for states in ENDS.values() for state in states))


class Names(Protocol):
    """Knows what there is in the account."""

    def resolved(self, given: NodeName) -> Node | None:
        """Return the job or crawler that is meant; None: nothing is defined yet.

        Raises:
            UsageError: something is defined, and nothing of that name.
        """


class ByNode(MutableMapping[NodeName, V], Generic[V, W]):
    """Values by job or crawler, under any of its names; a name that is none is refused as soon as that can be told.

    They are written as `W`, and read as `V`.
    """

    def __init__(self, names: Names, read: Callable[[NodeName, Any], V]) -> None:
        self._names = names
        self._read = read
        self._values: dict[NodeName, V] = {}

    @told
    def __setitem__(self, given: NodeName, value: V | W) -> None:
        self._names.resolved(given)
        self._values[given] = self._read(given, value)

    def __getitem__(self, given: NodeName) -> V:
        return self._values[given]

    def __delitem__(self, given: NodeName) -> None:
        del self._values[given]

    def __iter__(self) -> Iterator[NodeName]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def of(self, node: Node) -> V | None:
        """Return the value of a job or crawler; of several under its various names, the last that was given."""
        found = [value for given, value in self._values.items() if self._names.resolved(given) == node]
        return found[-1] if found else None


class Stubs:
    """Performs all work of a Glue under test."""

    def __init__(self, names: Names, crawl: Callable[[Work], Ended], client: Callable[[str], Any]) -> None:
        self.outcomes: ByNode[tuple[EndState, ...], str | Sequence[str]] = ByNode(names, _ends)
        self.durations: ByNode[timedelta, str] = ByNode(names, _length)
        self.bodies: ByNode[Body, Body] = ByNode(names, _body)
        """Functions that stand for jobs."""
        self.properties: dict[str, Any] = {}
        """By job in Glue: the class of its run properties."""
        self.crawlers: ByNode[bool, bool] = ByNode(names, lambda _, value: bool(value))
        """Those that crawl for real."""
        self.real_bodies: ByNode[Body, Body] = ByNode(names, _body)
        """Function jobs that run for real: they fail by any exception."""
        self.broken: list[BaseException] = []
        """What went wrong in functions of the test's own, to be raised where the test sees it."""
        self._crawl = crawl
        self._client = client
        self._times: Counter[tuple[str, Node]] = Counter()

    def named(self) -> list[NodeName]:
        """Return everything of which the test has said something."""
        return [*self.outcomes, *self.durations, *self.bodies, *self.real_bodies, *self.crawlers]

    def takes(self, work: Work) -> timedelta:
        """Return how long work takes: no time, unless the test says otherwise."""
        return self.durations.of(_node(work)) or timedelta()

    def perform(self, work: Work) -> Ended:
        """Do work as the test has it."""
        node = _node(work)
        try:
            return self._performed(node, work)
        except Exception as error:  # noqa: BLE001 -- a mistake of the test's: raised again where the test looks
            self.broken.append(_own(error))
            return Ended("FAILED", f"the test itself: {type(error).__name__}: {error}")

    def _performed(self, node: Node, work: Work) -> Ended:
        ends = self.outcomes.of(node)
        if ends is not None:
            end = ends[min(self._nth(node, work), len(ends) - 1)]
            if end not in ENDS[node.type]:
                message = f"{node} cannot end in {end}"
                raise UsageError(message, hint=f"it ends in {', '.join(ENDS[node.type])}")
            return Ended(end, None if end == "SUCCEEDED" else f"given outcome: {end}")
        if not isinstance(work, JobWork):
            return self._crawl(work) if self.crawlers.of(node) else Ended("SUCCEEDED")
        stub, body = self.bodies.of(node), self.real_bodies.of(node)
        if stub is not None:
            return self._called(stub, work, is_stub=True)
        return Ended("SUCCEEDED") if body is None else self._called(body, work, is_stub=False)

    def _nth(self, node: Node, work: Work) -> int:
        run_id = work.arguments.get("--WORKFLOW_RUN_ID", "") if isinstance(work, JobWork) else ""
        self._times[run_id, node] += 1
        return self._times[run_id, node] - 1

    def _called(self, body: Body, work: JobWork, *, is_stub: bool) -> Ended:
        words = [word for pair in work.arguments.items() for word in pair]
        try:
            run_job(body, self.properties.get(work.job_name), words, lambda: self._client("glue"))
        except AssertionError as error:
            if is_stub:
                raise
            return _failed(error)
        except SystemExit as error:
            code = error.code
            return Ended("SUCCEEDED") if code in {None, 0} else Ended("FAILED", str(code))
        except Exception as error:  # noqa: BLE001 -- whatever a job raises, the job has failed
            return _failed(error)
        return Ended("SUCCEEDED")


def _failed(error: Exception) -> Ended:
    """Return the end of a job that raised; the traceback goes where pytest keeps what a test writes."""
    traceback.print_exception(_own(error), file=sys.stderr)
    return Ended("FAILED", "".join(traceback.format_exception_only(error)).strip())


def _own(error: Exception) -> Exception:
    """Return an error with the frames of the test alone, if it came from there."""
    frame = error.__traceback__
    while frame is not None and Path(frame.tb_frame.f_code.co_filename).is_relative_to(_GLUEDSL):
        frame = frame.tb_next
    return error.with_traceback(frame) if frame is not None else error


def _node(work: Work) -> Node:
    return Node("JOB", work.job_name) if isinstance(work, JobWork) else Node("CRAWLER", work.crawler_name)


def _ends(given: NodeName, value: Any) -> tuple[EndState, ...]:
    several = tuple(state.upper() for state in ((value,) if isinstance(value, str) else value))
    known = _ALL_ENDS
    if isinstance(given, DeclaredNode):
        known = ENDS["CRAWLER" if isinstance(given, CrawlerNode) else "JOB"]
    for state in several or ("",):
        if state not in known:
            message = f"{_shown(given)} cannot end in {state or 'no state at all'}"
            raise UsageError(message, hint=f"it ends in {', '.join(known)}")
    return cast("tuple[EndState, ...]", several)


def _length(given: NodeName, value: Any) -> timedelta:
    length = length_of_time(value) if isinstance(value, str) else value
    if not isinstance(length, timedelta):
        message = f"{_shown(given)} cannot take {value!r}"
        raise UsageError(message, hint="a number with ms, s, m, h or d: 90s, 1h30m; or a timedelta")
    return length


def _body(given: NodeName, value: Any) -> Body:
    if not callable(value):
        message = f"{value!r} cannot stand for {_shown(given)}"
        raise UsageError(message, hint="give a function of one argument, the run")
    return value.function if isinstance(value, FunctionJob) else cast("Body", value)


def _shown(given: NodeName) -> str:
    return f"`{given if isinstance(given, str) else given.name}`"
