"""Hints of errors, for programs that nobody catches them for: a CDK application is a script."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from gluedsl.errors import GluedslError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def hints() -> Iterator[None]:
    """Let Python write the hint of an error below its message."""
    try:
        yield
    except GluedslError as error:
        if error.hint:
            error.add_note(f"hint: {error.hint}")
        raise
