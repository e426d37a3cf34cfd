"""What the request that is being answered asks for, beside what moto hands on."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

OnFailure = Literal["ROLLBACK", "DELETE", "DO_NOTHING"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request to create or change stacks."""

    on_failure: OnFailure = "ROLLBACK"
    """What becomes of a deployment that fails."""
    capabilities: frozenset[str] | None = None
    """What the client has acknowledged; None: the request is of a kind that need not."""


ASKED: ContextVar[Asked] = ContextVar("ASKED", default=Asked())  # noqa: B039 -- it is frozen
