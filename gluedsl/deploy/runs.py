"""Runs of a deployed workflow: starting one, and watching it until it ends.

Comes in: a name, a run id, and something that can read or write runs. Goes out: `RunSnapshot`s, the same that the local
engine gives. It never changes a definition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gluedsl.deploy.account import AwsError
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gluedsl.runs import RunSnapshot


class RunReader(Protocol):
    """Looks at runs."""

    def run(self, workflow: str, run_id: str) -> RunSnapshot:
        """Return a run with its graph."""
        ...


class RunWriter(Protocol):
    """Starts and stops runs."""

    def start_run(self, workflow: str, properties: Mapping[str, str]) -> str:
        """Start a run and return its id."""
        ...

    def stop_run(self, workflow: str, run_id: str) -> None:
        """Stop a run; takes effect later."""
        ...


def start(writer: RunWriter, workflow: str, properties: Mapping[str, str] | None = None) -> str:
    """Start a run of a deployed workflow and return its id."""
    try:
        return writer.start_run(workflow, properties or {})
    except AwsError as error:
        if error.code != "EntityNotFoundException":
            raise
        message = f"workflow `{workflow}` is not deployed"
        raise UsageError(message, hint="deploy it first: gluedsl deploy") from error


def watch(
    reader: RunReader,
    workflow: str,
    run_id: str,
    *,
    sleep: Callable[[float], None],
    interval_seconds: float = 2.0,
) -> Iterator[RunSnapshot]:
    """Yield the run as it is now and whenever it has changed, up to the snapshot in which it has ended."""
    last: RunSnapshot | None = None
    while True:
        snapshot = _run(reader, workflow, run_id)
        if snapshot != last:
            yield snapshot
        if snapshot.has_ended:
            return
        last = snapshot
        sleep(interval_seconds)


def _run(reader: RunReader, workflow: str, run_id: str) -> RunSnapshot:
    try:
        return reader.run(workflow, run_id)
    except AwsError as error:
        if error.code != "EntityNotFoundException":
            raise
        message = f"workflow `{workflow}` has no run `{run_id}`"
        raise UsageError(message, hint="Glue keeps runs for 90 days; `gluedsl runs` lists them") from error
