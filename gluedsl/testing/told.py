"""What is wrong with a test, told at the test's own line.

Comes in: a `GluedslError` on its way out of gluedsl. Goes out: the same error with its hint beside it, and without the
frames of gluedsl, in which an author of tests has nothing to look for.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from gluedsl.errors import GluedslError

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


def told(function: Callable[P, R]) -> Callable[P, R]:
    """Let errors of gluedsl that leave a function be read where it was called."""

    @functools.wraps(function)
    def telling(*args: P.args, **kwargs: P.kwargs) -> R:
        __tracebackhide__ = True
        try:
            return function(*args, **kwargs)
        except GluedslError as error:
            note = f"hint: {error.hint}"
            if error.hint and note not in getattr(error, "__notes__", ()):
                error.add_note(note)
            raise error.with_traceback(None) from None

    return telling
