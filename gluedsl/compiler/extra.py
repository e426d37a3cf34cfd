"""`extra=`: members of the API's request, in the API's own spelling.

What has a field of its own in the model goes there, so that rules see it. What an argument says as well, or what
gluedsl writes itself, would be lost without a word when the two are put together: it is refused.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gluedsl.dsl.options import checked_value
from gluedsl.errors import DeclarationError
from gluedsl.model.faults import UnknownField
from gluedsl.spelling import api_members, named_fields, structured_fields

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import NoReturn

    from gluedsl.compiler.recorder import Recorder
    from gluedsl.model import Path

_ARGUMENTS: Mapping[str, Mapping[str, str]] = {
    "CreateCrawler": {},
    "CreateJob": {"code": "script", "default_arguments": "arguments"},
    "CreateTrigger": {
        "type": "when",
        "schedule": "when",
        "predicate": "when",
        "event_batching": "when",
        "actions": "start",
    },
    "CreateWorkflow": {"default_run_properties": "properties"},
}
"""Arguments whose field in the model has another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A resource that carries an `extra`."""

    operation: str
    """Which creates it."""
    shown: str
    """As shown to the author: "job `x`"."""
    path: Path
    given: Collection[str]
    """Fields of the model that its arguments say."""
    takes: Collection[str]
    """Names of arguments that it can be given."""


def lower_extra(extra: Mapping[str, Any], carrier: Carrier, recorder: Recorder) -> dict[str, Any]:
    """Return fields that `extra` names by the API's spelling, and what remains of it under `extra`.

    A member that neither has a field nor is in the API's shape is a fault, and left out. None is the same as nothing.

    Raises:
        DeclarationError: a member is one that arguments say, or is of another type than its field.
    """
    if not extra:
        return {}
    fields, structures = named_fields(carrier.operation), structured_fields(carrier.operation)
    members = api_members(carrier.operation)
    found: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for member, value in extra.items():
        span = recorder.origins.at((*carrier.path, "extra", member))
        if value is None and member in members:
            continue
        if member in structures:
            _refuse_structure(member, structures[member], carrier, recorder)
        if member in fields:
            found[fields[member]] = _moved(member, fields[member], value, carrier, recorder)
            if span is not None:
                recorder.spans[*carrier.path, fields[member]] = span
        elif member in members:
            rest[member] = value
        else:
            near = tuple(difflib.get_close_matches(member, members, n=1))
            recorder.faults.append(
                UnknownField(
                    path=carrier.path,
                    resource=carrier.shown,
                    operation=carrier.operation,
                    field=member,
                    suggestions=near,
                    span=span,
                )
            )
    return {**found, "extra": rest} if rest else found


def _refuse_structure(member: str, fields: Collection[str], carrier: Carrier, recorder: Recorder) -> None:
    arguments = dict.fromkeys(_argument(field, carrier) for field in fields)
    usable = [f"`{argument}=`" for argument in arguments if argument in carrier.takes]
    hint = f"use {' and '.join(usable)}" if usable else "leave it out"
    _refuse(f"`extra` of {carrier.shown} has `{member}`, which gluedsl writes itself", hint, member, carrier, recorder)


def _moved(member: str, field: str, value: Any, carrier: Carrier, recorder: Recorder) -> Any:
    argument = _argument(field, carrier)
    if field in carrier.given:
        message = f"`extra` of {carrier.shown} has `{member}` beside `{argument}=`"
        _refuse(message, "say it once", member, carrier, recorder)
    try:
        return checked_value(argument, value, f"`{member}` in `extra` of {carrier.shown}")
    except DeclarationError as error:
        _refuse(error.message, error.hint, member, carrier, recorder)


def _argument(field: str, carrier: Carrier) -> str:
    return _ARGUMENTS[carrier.operation].get(field, field)


def _refuse(message: str, hint: str, member: str, carrier: Carrier, recorder: Recorder) -> NoReturn:
    span = recorder.origins.at((*carrier.path, "extra", member))
    located = f"{span.file}:{span.line}: {message}" if span else message
    raise DeclarationError(located, hint=hint)
