"""The source text behind a span.

Comes in: a file as a span names it, relative to the current directory or absolute. Goes out: its lines.
Never fails: a file that is gone, is a folder or cannot be read simply has no lines.
"""

from __future__ import annotations

import io
import tokenize
from pathlib import Path

__all__ = ["Sources"]


class Sources:
    """Lines of source files; each file is read once, when it is first asked for."""

    def __init__(self) -> None:
        self._lines: dict[str, tuple[str, ...]] = {}

    def line(self, file: str, number: int) -> str | None:
        """Return line `number`, counted from 1, without its end; None where there is no such line."""
        lines = self.lines(file)
        return lines[number - 1] if 0 < number <= len(lines) else None

    def lines(self, file: str) -> tuple[str, ...]:
        """Return all lines of `file`; none where it cannot be read."""
        if file not in self._lines:
            self._lines[file] = _read(file)
        return self._lines[file]


def _read(file: str) -> tuple[str, ...]:
    try:
        content = Path(file).read_bytes()
    except (OSError, ValueError):  # ValueError: a name with a NUL in it
        return ()
    try:
        text = content.decode(_encoding(content), errors="replace")
    except (LookupError, ValueError):  # a coding comment that names a codec which is not one of text
        text = content.decode(errors="replace")
    # Not str.splitlines, which also breaks at form feeds and the like, where Python counts no line.
    lines = io.StringIO(text, newline=None).read().split("\n")
    return tuple(lines[:-1] if lines[-1] == "" else lines)


def _encoding(content: bytes) -> str:
    try:
        return tokenize.detect_encoding(io.BytesIO(content).readline)[0]
    except SyntaxError:  # bytes that are not UTF-8, or a coding comment that names nothing
        return "utf-8"
