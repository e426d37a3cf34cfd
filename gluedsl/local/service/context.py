"""What every operation works on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from gluedsl.local.driver import Driver
    from gluedsl.local.service.definitions import Definitions
    from gluedsl.local.service.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One local Glue. Operations hold its lock while they work."""

    definitions: Definitions
    driver: Driver
    place: Place
    clock: Callable[[], datetime]
    """Now, in UTC."""


Operation = Callable[[Context, dict[str, Any]], dict[str, Any]]
"""Takes parameters that `shapes.checked` has passed; returns the members of the answer."""
