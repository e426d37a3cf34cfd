"""A digest of what the flow says of a resource, kept in a tag: it tells a change of the flow from one made elsewhere.

Comes in: a definition. Goes out: a text that stays for as long as the flow says the same. Where a file of ours lies has
no part in it, because its place names its content already: so a script that changes takes an upload and an update of
its job, and no further call for a tag. Pure.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from gluedsl.deploy.diff import plain, unordered
from gluedsl.deploy.ownership import CONTENT
from gluedsl.deploy.resources import PlacedTrigger, RoleDefinition
from gluedsl.model import Crawler, EventRule, Job, Workflow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gluedsl.deploy.steps import Change

Tagged = TypeVar("Tagged", RoleDefinition, Workflow, Job, Crawler, PlacedTrigger, EventRule)

_PLACE = re.compile(r"(s3://[^/,\"]+/gluedsl/(?:[^,/\"]+/)*)[0-9a-f]{16}/")
"""Of an uploaded file: `gluedsl.bundle` puts it into a folder that its content names."""
_LENGTH = 16
_LEFT_OUT = frozenset({"name", "tags", "triggers", "enabled", "property_reads", "property_writes"})
"""Triggers are definitions of their own, whether one is active is its state, and what a job says of properties is never
sent."""


def marked(definition: Tagged) -> Tagged:
    """Return the definition with its digest among its tags."""
    if isinstance(definition, PlacedTrigger):
        tags = {
            **definition.tags,
            CONTENT: _digest({"workflow": definition.workflow, **_said(unordered(definition.trigger))}),
        }
        return replace(definition, trigger=replace(definition.trigger, tags=tags))
    return replace(definition, tags={**definition.tags, CONTENT: _digest(_said(definition))})


def is_change_elsewhere(wanted: Mapping[str, str], observed: Mapping[str, str], changes: Sequence[Change]) -> bool:
    """Whether a resource differs although the flow says what it said when it was deployed.

    Args:
        wanted: the tags of its definition.
        observed: those that it has.
        changes: what differs, tags aside.
    """
    if observed.get(CONTENT) != wanted.get(CONTENT):
        return False
    return any(_placeless(change.before) != _placeless(change.after) for change in changes)


def _said(definition: Any) -> dict[str, Any]:
    its = ((field.name, plain(getattr(definition, field.name))) for field in fields(definition))
    return {name: value for name, value in its if name not in _LEFT_OUT and value is not None}


def _digest(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(_placeless(said).encode()).hexdigest()[:_LENGTH]


def _placeless(value: Any) -> str:
    return _PLACE.sub(r"\1", json.dumps(value, sort_keys=True))
