"""A command as a process group of its own: run to its end, its output in lines as they come, stopped as a whole.

POSIX only: what a job starts is found again by its process group.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import selectors
import signal
import subprocess
import time
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

Stream = Literal["stdout", "stderr"]

_groups: set[int] = set()
"""Of the commands that run."""

_LOOK_SECONDS = 0.1
"""How often a process that says nothing is looked at."""
_GRACE_SECONDS = 2.0
"""How long a process that was asked to end may take before it is killed."""
_LONGEST_LINE = 64 * 1024
"""Characters after which a line is handed on in parts, so that output without an end cannot fill the memory."""


@dataclass(frozen=True, slots=True)
class Exit:
    """How a process came to its end."""

    why: Literal["exited", "timed out", "stopped"]
    code: int
    """The exit code; below zero: the signal that ended it."""


def run(
    command: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    timeout_seconds: float | None,
    stop: threading.Event,
    on_lines: Callable[[Stream, Sequence[str]], None],
) -> Exit:
    """Run a command until it ends, `stop` is set or the time is over; nothing that it started outlives it."""
    with subprocess.Popen(  # noqa: S603 -- a job is code that its author wants to run
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        _groups.add(process.pid)
        try:
            why = _follow(process, timeout_seconds, stop, on_lines)
        finally:
            _end(process)
            _groups.discard(process.pid)
        return Exit(why, process.returncode)


def kill_all() -> None:
    """Kill at once whatever runs, for a process that is not going to wait for it."""
    for group in tuple(_groups):
        _kill(group, signal.SIGKILL)


def _follow(
    process: subprocess.Popen[bytes],
    timeout_seconds: float | None,
    stop: threading.Event,
    on_lines: Callable[[Stream, Sequence[str]], None],
) -> Literal["exited", "timed out", "stopped"]:
    deadline = None if timeout_seconds is None else time.monotonic() + timeout_seconds
    with selectors.DefaultSelector() as selector:
        for stream, pipe in _pipes(process):
            selector.register(pipe, selectors.EVENT_READ, _Lines(stream, on_lines))
        try:
            while True:
                has_ended = process.poll() is not None
                # What was written before the end is read after it; what a grandchild still writes is not waited for.
                news = selector.select(0 if has_ended else _LOOK_SECONDS)
                for key, _ in news:
                    if not _read(key):
                        selector.unregister(key.fileobj)
                if has_ended and not news:
                    return "exited"
                if not has_ended and not selector.get_map():
                    _wait(process)
                if stop.is_set():
                    return "stopped"
                if deadline is not None and time.monotonic() >= deadline:
                    return "timed out"
        finally:
            for key in list(selector.get_map().values()):
                key.data.close()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[tuple[Stream, IO[bytes]], ...]:
    if process.stdout is None or process.stderr is None:
        message = "the process was started without pipes"
        raise RuntimeError(message)
    return ("stdout", process.stdout), ("stderr", process.stderr)


def _read(key: selectors.SelectorKey) -> bool:
    """Read what there is; False: the pipe has been closed."""
    data = os.read(key.fd, _LONGEST_LINE)
    if data:
        key.data.feed(data)
        return True
    key.data.close()
    return False


def _wait(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_LOOK_SECONDS)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and everything in its group: politely first."""
    if process.poll() is None:
        _signal(process, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):  # it is killed below, with all of its group
            process.wait(_GRACE_SECONDS)
    _signal(process, signal.SIGKILL)
    process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    _kill(process.pid, number)


def _kill(group: int, number: signal.Signals) -> None:
    # Nothing of the group may be left; macOS says so by a missing permission.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


class _Lines:
    """Bytes in, lines out."""

    def __init__(self, stream: Stream, on_lines: Callable[[Stream, Sequence[str]], None]) -> None:
        self._stream = stream
        self._on_lines = on_lines
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    def feed(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + self._decoder.decode(data)).split("\n")
        lines = [line.removesuffix("\r") for line in lines]
        if len(self._rest) >= _LONGEST_LINE:
            lines.append(self._rest)
            self._rest = ""
        if lines:
            self._on_lines(self._stream, lines)

    def close(self) -> None:
        rest = self._rest + self._decoder.decode(b"", final=True)
        self._rest = ""
        if rest:
            self._on_lines(self._stream, [rest])
