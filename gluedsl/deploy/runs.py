"""Runs of a deployed workflow: starting one, finding, watching, stopping and resuming it.

Comes in: a name, an id or the beginning of one, and something that can read or write runs. Goes out: `RunSnapshot`s,
the same that the local engine gives. It never changes a definition. It asks seldom where little happens, and bears with
what passes: AWS that asks for fewer requests, or that could not finish in time.
"""

from __future__ import annotations

import difflib
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from gluedsl.deploy.account import AwsError, NoAnswerError
from gluedsl.deploy.patience import patiently
from gluedsl.errors import UsageError
from gluedsl.graph import Node, WorkflowGraph
from gluedsl.graph.named import named_node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gluedsl.runs import RunSnapshot

_LOOKED_THROUGH = 100
"""Runs among which one is looked for by the beginning of its id, or by what it is at."""
_NEWEST = 10
"""Runs among which the newest is looked for: AWS gives the newest first, and does not promise it."""
_NAMES = 1_000
"""Workflows among whose names a similar one is looked for."""
_WHOLE = len("wr_") + 64
"""Characters of the id of a run."""
_SHOWN = len("wr_") + 12
"""Characters of an id that tell it from others at a glance."""


class RunReader(Protocol):
    """Looks at runs."""

    def run(self, workflow: str, run_id: str) -> RunSnapshot:
        """Return a run with its graph."""
        ...


class RunHistory(RunReader, Protocol):
    """Looks at all runs of all workflows."""

    def workflow_names(self) -> Iterator[str]:
        """Yield the names of all workflows."""
        ...

    def runs(self, workflow: str) -> Iterator[RunSnapshot]:
        """Yield the runs of a workflow with their graphs, the newest first."""
        ...

    def node_ids(self, workflow: str, run_id: str) -> Mapping[Node, str]:
        """Return what Glue calls the nodes of a run's graph."""
        ...


class RunWriter(Protocol):
    """Starts and stops runs."""

    def start_run(self, workflow: str, properties: Mapping[str, str]) -> str:
        """Start a run and return its id."""
        ...

    def stop_run(self, workflow: str, run_id: str) -> None:
        """Stop a run; takes effect later."""
        ...


class RunResumer(Protocol):
    """Resumes runs."""

    def resume_run(self, workflow: str, run_id: str, node_ids: Sequence[str]) -> tuple[str, Sequence[str]]:
        """Resume a run from some of its nodes; return the id of the new run, and the nodes that start again."""
        ...


def start(
    writer: RunWriter,
    workflow: str,
    properties: Mapping[str, str] | None = None,
    *,
    history: RunHistory | None = None,
) -> str:
    """Start a run of a deployed workflow and return its id; `history` knows what else a wrong name may mean."""
    try:
        return writer.start_run(workflow, properties or {})
    except NoAnswerError as error:
        raise _maybe_begun(workflow, error) from error
    except AwsError as error:
        if error.code != "EntityNotFoundException":
            raise
        raise _not_deployed(workflow, history) from error


def recent(history: RunHistory, workflow: str, most: int) -> list[RunSnapshot]:
    """Return the newest runs of a deployed workflow, the newest first."""
    try:
        found = list(islice(history.runs(workflow), most))
    except AwsError as error:
        if error.code != "EntityNotFoundException":
            raise
        raise _not_deployed(workflow, history) from error
    return sorted(found, key=lambda run: run.started_on.timestamp() if run.started_on else 0, reverse=True)


def find(history: RunHistory, workflow: str, text: str | None) -> RunSnapshot:
    """Return the run whose id begins with a text; without one, the newest."""
    if text is not None and len(text) >= _WHOLE:
        return _run(history, workflow, text)
    runs = recent(history, workflow, _NEWEST if text is None else _LOOKED_THROUGH)
    if text is None:
        if not runs:
            message = f"workflow `{workflow}` has not run yet"
            raise UsageError(message, hint=f"gluedsl start {workflow}")
        return runs[0]
    found = [run for run in runs if run.run_id.startswith(text)]
    if len(found) == 1:
        return found[0]
    if found:
        message = f"`{text}` may be {' or '.join(f'`{shortened(run.run_id)}`' for run in found[:5])}"
        raise UsageError(message, hint="give more of its id")
    # Older than those that were looked through, if it is an id at all.
    return _run(history, workflow, text)


def running(history: RunHistory, workflow: str) -> RunSnapshot:
    """Return the one run of a workflow that is under way."""
    found = [run for run in recent(history, workflow, _LOOKED_THROUGH) if not run.has_ended]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"`{shortened(run.run_id)}`" for run in found[:5])
        message = f"{len(found)} runs of workflow `{workflow}` are under way: {names}"
        raise UsageError(message, hint="name one of them")
    message = f"no run of workflow `{workflow}` is under way"
    raise UsageError(message, hint=f"gluedsl runs {workflow}")


def watch(
    reader: RunReader,
    workflow: str,
    run_id: str,
    *,
    sleep: Callable[[float], None],
    interval_seconds: float = 1.0,
    longest_seconds: float = 10.0,
) -> Iterator[RunSnapshot]:
    """Yield the run as it is now and whenever it has changed, up to the snapshot in which it has ended.

    It is asked for every `interval_seconds`, and where nothing changes ever more seldom, up to `longest_seconds`.
    """
    last: RunSnapshot | None = None
    pause = interval_seconds
    while True:
        snapshot = _patient_run(reader, workflow, run_id, sleep)
        if snapshot != last:
            yield snapshot
            pause = interval_seconds
        if snapshot.has_ended:
            return
        last = snapshot
        sleep(pause)
        pause = max(min(pause * 1.5, longest_seconds), interval_seconds)


def stopped(
    history: RunHistory,
    writer: RunWriter,
    run: RunSnapshot,
    *,
    sleep: Callable[[float], None],
    seconds: float,
) -> RunSnapshot:
    """Stop a run and return it as it ended, or as it is after so many seconds."""
    name = run.workflow.name
    if run.has_ended:
        message = f"run `{shortened(run.run_id)}` of workflow `{name}` is {run.status}: there is nothing to stop"
        raise UsageError(message)
    if run.status != "STOPPING":
        writer.stop_run(name, run.run_id)
    left = seconds

    def sleep_at_most(pause: float) -> None:
        nonlocal left
        if left <= 0:
            raise _TimeIsUpError
        sleep(min(pause, left))
        left -= pause

    last = run
    try:
        for last in watch(history, name, run.run_id, sleep=sleep_at_most):  # noqa: B007 -- the last is what counts
            pass
    except _TimeIsUpError:
        pass
    return last


def resumed(
    history: RunHistory, writer: RunResumer, run: RunSnapshot, names: Sequence[str], *, prefix: str = ""
) -> tuple[str, list[Node]]:
    """Resume a run from the jobs and crawlers of these names; return the new run's id, and what starts again."""
    workflow, graph = run.workflow.name, WorkflowGraph.of(run.workflow, prefix=prefix)
    nodes = [named_node(graph, name) for name in names]
    which = f"run `{shortened(run.run_id)}` of workflow `{workflow}`"
    if run.status != "COMPLETED":
        message = f"{which} is {run.status}: only one that is COMPLETED can be resumed"
        raise UsageError(message, hint="wait for its end" if not run.has_ended else f"gluedsl start {workflow}")
    attempted = [each.node for each in run.nodes if each.runs]
    for node in nodes:
        if node not in attempted:
            message = f"{which} never started {node.type.lower()} `{node.name}`, so it cannot go on from there"
            raise UsageError(message, hint=f"it started {', '.join(f'`{each.name}`' for each in attempted)}")
    ids = history.node_ids(workflow, run.run_id)
    try:
        new, restarted = writer.resume_run(workflow, run.run_id, [ids[node] for node in nodes])
    except NoAnswerError as error:
        raise _maybe_begun(workflow, error) from error
    return new, [node for node, id_ in ids.items() if id_ in restarted] or nodes


def shortened(run_id: str) -> str:
    """Return enough of a run's id to tell it from others; commands take it for the whole."""
    return run_id[:_SHOWN]


class _TimeIsUpError(Exception):
    """A run was waited for long enough."""


def _patient_run(reader: RunReader, workflow: str, run_id: str, sleep: Callable[[float], None]) -> RunSnapshot:
    found: list[RunSnapshot] = []
    patiently(lambda: found.append(_run(reader, workflow, run_id)), lambda _reason, seconds: sleep(seconds))
    return found[-1]


def _run(reader: RunReader, workflow: str, run_id: str) -> RunSnapshot:
    try:
        return reader.run(workflow, run_id)
    except AwsError as error:
        if error.code != "EntityNotFoundException":
            raise
        message = f"workflow `{workflow}` has no run `{run_id}`"
        raise UsageError(message, hint="Glue keeps runs for 90 days; `gluedsl runs` lists them") from error


def _maybe_begun(workflow: str, error: NoAnswerError) -> UsageError:
    message = f"{error.message}; whether a run of workflow `{workflow}` has begun is not known"
    return UsageError(message, hint=f"gluedsl runs {workflow}")


def _not_deployed(workflow: str, history: RunHistory | None) -> UsageError:
    message = f"workflow `{workflow}` is not deployed"
    try:
        known = list(islice(history.workflow_names(), _NAMES)) if history is not None else []
    except AwsError:
        known = []  # whoever may not list workflows is told without their names
    near = difflib.get_close_matches(workflow, known, n=1)
    return UsageError(message, hint=f"did you mean `{near[0]}`?" if near else "deploy it first: gluedsl deploy")
