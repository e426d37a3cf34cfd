"""How the reader of a finding writes what it advises: in Python, or in a template.

A rule names fields of the model; what comes out is in back ticks, with the names that stand in the reader's own file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.spelling.codec import CFN
from gluedsl.spelling.tables import CONDITION, CRAWLER, PREDICATE, TARGETS
from gluedsl.targets import S3Target

if TYPE_CHECKING:
    from gluedsl.spelling.codec import Shape


@dataclass(frozen=True, slots=True)
class Words:
    """One of the two languages."""

    is_template: bool

    def field(self, shape: Shape, attribute: str, value: str | float | None = None) -> str:
        """Return the name of a field, or a field with a value."""
        if not self.is_template:
            return f"`{attribute}`" if value is None else f"`{attribute}={json.dumps(value)}`"
        name = _member(shape, attribute)
        return f"`{name}`" if value is None else f"`{name}: {value}`"

    def any_of_them(self) -> str:
        """Return what lets a trigger wait for any of several."""
        return self.field(PREDICATE, "logical", "ANY") if self.is_template else "`any_of(...)`"

    def failure(self) -> str:
        """Return what lets a trigger wait for something to go wrong."""
        if self.is_template:
            return f"a condition on {self.field(CONDITION, 'state', 'FAILED')}"
        return "`after=...unsuccessful`"

    def s3_target(self, path: str) -> str:
        """Return how a crawler is told to read a folder."""
        if not self.is_template:
            return f"`{S3Target.__name__}({json.dumps(path)})`"
        lists = json.dumps(TARGETS.encode([S3Target(path)], CFN))
        return f"`{_member(CRAWLER, 'targets')}: {lists}`"


def _member(shape: Shape, attribute: str) -> str:
    return next(".".join(each.cfn) for each in shape.fields if each.attribute == attribute)


PYTHON = Words(is_template=False)
TEMPLATE = Words(is_template=True)
