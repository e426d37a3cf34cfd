"""What the local Glue is built on, and whether it is installed: it comes with an extra."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

SERVER = ("moto", "flask", "flask_cors", "duckdb", "packaging")
"""What the server needs."""
IN_PROCESS = ("moto",)
"""What is enough without one."""


def require_extra(find: Callable[[str], Any] = importlib.util.find_spec, *, needed: tuple[str, ...] = SERVER) -> None:
    """Raise unless what the local Glue is built on is installed."""
    missing = [name for name in needed if find(name) is None]
    if missing:
        message = f"the local Glue needs {', '.join(missing)}, not installed here"
        raise UsageError(message, hint='pip install "gluedsl[local]"')
