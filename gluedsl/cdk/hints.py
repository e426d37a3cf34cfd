"""Errors of gluedsl in a CDK application, which is a script: nobody catches them there.

Comes in: an error that ends the application. Goes out: its message and its hint, each on a line, as the command line
of gluedsl says them; or the CDK's message, where findings have stopped a synthesis. An error of anybody else's is left
to whoever had it before.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gluedsl.diagnostics.render.visible import visible
from gluedsl.errors import GluedslError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_TRACEBACK = "GLUEDSL_TRACEBACK"
"""A variable of the environment that asks for tracebacks, as it does of the command line."""


def say_uncaught() -> None:
    """Let Python end with an error of gluedsl's as a line and a hint, not with a traceback into gluedsl."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        wants_trace = bool(os.environ.get(_TRACEBACK))
        if isinstance(error, GluedslError) and not wants_trace:
            sys.stderr.write(_said(error))
        elif isinstance(error, RuntimeError) and _is_expected(error) and not wants_trace:
            sys.stderr.write(f"error: {_FAILED}{str(error).partition(_FAILED)[2]}\n")
        else:
            before(kind, error, trace)

    sys.excepthook = hook


def expected(texts: list[str]) -> list[str]:
    """Return findings at which the CDK ends a synthesis, by an error of its own that has them in its message."""
    _expected.update(texts)
    return texts


_expected: set[str] = set()
_FAILED = "Validation failed"
"""What the CDK's message begins with; the kind of its error stands before it."""


def _is_expected(error: RuntimeError) -> bool:  # which is how jsii hands on what the CDK throws
    return _FAILED in str(error) and any(text in str(error) for text in _expected)


@contextmanager
def hints() -> Iterator[None]:
    """Let a traceback, where somebody shows one, have the hint of an error below its message."""
    try:
        yield
    except GluedslError as error:
        if error.hint:
            error.add_note(f"hint: {error.hint}")
        raise


def _said(error: GluedslError) -> str:
    # A message may tell several findings, each on lines of its own.
    message = "\n".join(map(visible, error.message.split("\n")))
    return f"error: {message}\n" + (f"  hint: {visible(error.hint)}\n" if error.hint else "")
