"""What authors allow: lints that they silence on one object, beside the model.

The model itself does not know, so that equality and every back end ignore it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gluedsl.model.origins import Path
    from gluedsl.source.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """One entry of `allow=`."""

    path: Path
    """Of the object that carries it; `("unplaced", n)` for one that is in no workflow."""
    owner: str
    """As shown to the author: "job `x`"."""
    rule: str
    """As it was written: a code or a name, of a rule or of nothing."""
    span: Span | None
