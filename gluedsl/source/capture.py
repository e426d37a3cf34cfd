"""The caller's own line, kept cheaply when an author declares something.

Only what the frame already holds is taken here; `gluedsl.source.locate` reads the source text later.
This module runs on Glue workers as well, so it keeps to Python 3.9.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import CodeType

_OWN_FILES = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep  # noqa: PTH120, PTH100 -- pathlib would be most of the import time


@dataclass(frozen=True)
class CallSite:
    """One call in an author's file: the code object and the instruction that made it."""

    file: str
    code: CodeType
    instruction: int
    """Byte offset into the code; its columns can be asked for on Python 3.11 and later."""

    @property
    def line(self) -> int:
        """Where the call begins. Looked up when asked for: a frame reads its code from the start to tell its line."""
        from dis import findlinestarts  # noqa: PLC0415 -- on a worker nobody asks

        line = self.code.co_firstlineno
        for offset, begun in findlinestarts(self.code):
            if offset > self.instruction:
                break
            line = begun or line  # from Python 3.13 on, some instructions have none
        return line

    def __repr__(self) -> str:
        return f"<CallSite {self.file}:{self.line}>"


def call_site() -> CallSite:
    """Return where the author's code called into gluedsl: the nearest frame outside of this package."""
    frame = sys._getframe(1)  # noqa: SLF001 -- the documented way to a caller's line; inspect.stack() reads files
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_OWN_FILES):
        frame = frame.f_back
    return CallSite(frame.f_code.co_filename, frame.f_code, frame.f_lasti)
