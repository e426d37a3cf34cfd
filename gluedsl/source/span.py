"""A stretch of source text."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From (`line`, `column`) up to, not including, (`end_line`, `end_column`).

    Lines and columns count from 1, columns in characters, as editors and SARIF do.
    `file` is a path as it should be shown.
    """

    file: str
    line: int
    column: int = 1
    end_line: int = 0
    """0 where only the line is known."""
    end_column: int = 0
    path: tuple[str | int, ...] = field(default=(), compare=False, repr=False)
    """Of the value in the project that is written here, where a rule asked for it: one line of a loop makes several."""

    @property
    def is_line_only(self) -> bool:
        """Whether no columns are known."""
        return self.end_line == 0
