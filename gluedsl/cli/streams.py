"""Standard input, output and error as a command finds them: whole, closed, on a full disk, or with no reader left.

Comes in: what Python made of them. Goes out: three streams that can be read and written, and an error that says so
where data cannot go out. Talk that cannot be written is dropped: a command never ends because of it.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

_STANDARD = 3
"""Input, output and error are the descriptors below."""


class NobodyReadsError(Exception):
    """The reader of a stream went away. No BrokenPipeError, which may also be that of a connection to AWS."""


@contextmanager
def standard_streams() -> Iterator[None]:
    """Let the standard streams be whole for a while."""
    before = sys.stdin, sys.stdout, sys.stderr
    if None in before:
        _take_closed_descriptors()
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = cast("TextIO", _Data(sys.stdout) if sys.stdout else _Closed(_nowhere("w")))
    sys.stderr = cast("TextIO", _Talk(sys.stderr or _nowhere("w")))
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


def require_output() -> None:
    """Refuse to begin where the result could not be told.

    Raises:
        UsageError: standard output is closed.
    """
    if isinstance(sys.stdout, _Closed):
        message = "standard output is closed, and results are written there"
        raise UsageError(message, hint=f"where nobody is to read them: > {os.devnull}")


@contextmanager
def writing_data() -> Iterator[None]:
    """Tell what keeps data from being written.

    Raises:
        UsageError: standard output cannot be written.
        NobodyReadsError: nobody reads it.
    """
    try:
        yield
    except BrokenPipeError as error:
        raise NobodyReadsError from error
    except OSError as error:
        discard(sys.stdout)
        message = f"standard output cannot be written: {error.strerror}"
        raise UsageError(message, hint="what is there is not the whole of it") from error


def discard(stream: TextIO) -> None:
    """Throw away what is still in a stream's buffer, of which Python would complain when it ends, and what follows."""
    with suppress(OSError):  # no file is behind it
        target = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, target)
        os.close(nowhere)


class _Stream:
    """A stream, of which writing is watched."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def write(self, text: str) -> int:
        raise NotImplementedError


class _Data(_Stream):
    """Standard output."""

    def write(self, text: str) -> int:
        with writing_data():
            return self._stream.write(text)

    def flush(self) -> None:
        with writing_data():
            self._stream.flush()


class _Closed(_Data):
    """Standard output that there is not."""


class _Talk(_Stream):
    """Standard error."""

    def write(self, text: str) -> int:
        with self._dropping():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with self._dropping():
            self._stream.flush()

    @contextmanager
    def _dropping(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError as error:
            raise NobodyReadsError from error
        except OSError:
            discard(self._stream)


def _take_closed_descriptors() -> None:
    """Keep files and connections from getting the number of a closed stream: other programs would write to them."""
    while (taken := os.open(os.devnull, os.O_RDWR)) < _STANDARD:
        os.set_inheritable(taken, True)
    os.close(taken)


def _nowhere(mode: str) -> TextIO:
    return cast("TextIO", Path(os.devnull).open(mode, encoding="utf-8"))
