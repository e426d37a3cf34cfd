"""Tables of a `pyproject.toml`, taken apart: names in hyphens or underscores, and near names for what nobody knows."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


def known_settings(table: Any, known: Collection[str], name: str, file: Path) -> dict[str, Any]:
    """Return the settings of one table with underscores in their names.

    Raises:
        UsageError: it is no table, or holds a setting that is not `known`, or one twice.
    """
    given: dict[str, Any] = {}
    for written, value in members(table, name, file).items():
        key = written.replace("-", "_")
        if key not in known:
            message = f"{file}: [{name}] has no setting `{written}`"
            raise UsageError(message, hint=near(key, known) or f"it takes {', '.join(f'`{n}`' for n in known)}")
        if key in given:
            message = f"{file}: [{name}] has `{key}` twice, once with a hyphen"
            raise UsageError(message)
        given[key] = value
    return given


def members(table: Any, name: str, file: Path) -> dict[str, Any]:
    """Return a table; UsageError if it is none."""
    if not isinstance(table, dict):
        message = f"{file}: [{name}] is not a table"
        raise UsageError(message)
    return table


def near(name: str, known: Collection[str]) -> str:
    """Return the hint that names what is like a name; empty if nothing is."""
    found = difflib.get_close_matches(name, known, n=1)
    return f"did you mean `{found[0]}`?" if found else ""
