"""Templates in which something is not known until they are deployed."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

GLUE = frozenset(f"AWS::Glue::{name}" for name in ("Workflow", "Trigger", "Job", "Crawler"))
Way = tuple[str | int, ...]
KINDS = ("import", "absent", "parameter", "one of two", "part of a text")


def ways(whole: Mapping[str, Any]) -> list[Way]:
    """Return the way to every value in the properties of a template's resources of Glue."""
    return [
        ("Resources", name, "Properties", *way)
        for name, body in whole["Resources"].items()
        if body["Type"] in GLUE
        for way in _inside(body["Properties"])
    ]


def _inside(value: Any) -> Iterator[Way]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in members:
        yield (key,)
        if not _is_call(inner):
            yield from ((key, *way) for way in _inside(inner))


def _is_call(value: Any) -> bool:
    return isinstance(value, dict) and len(value) == 1 and (next(iter(value)) + ":").startswith(("Ref:", "Fn::"))


def hidden(whole: Mapping[str, Any], chosen: Sequence[tuple[Way, str]]) -> dict[str, Any]:
    """Return a template in which the values at some places are not known, each in one of `KINDS`."""
    template = copy.deepcopy(dict(whole))
    names = [f"Unknown{number}" for number in range(len(chosen))]
    template["Parameters"] = template.get("Parameters", {}) | {name: {"Type": "String"} for name in names}
    template["Conditions"] = {f"Is{name}": {"Fn::Equals": [{"Ref": name}, "yes"]} for name in names[:3]}
    taken: list[Way] = []
    for number, (way, kind) in enumerate(chosen):
        if any(way[: len(other)] == other or other[: len(way)] == way for other in taken):
            continue
        taken.append(way)
        holder: Any = template
        for step in way[:-1]:
            holder = holder[step]
        holder[way[-1]] = _hidden(holder[way[-1]], kind, names[number], f"IsUnknown{number % min(len(chosen), 3)}")
    return template


def _hidden(value: Any, kind: str, name: str, condition: str) -> dict[str, Any]:
    is_text = isinstance(value, str)
    if kind == "absent":
        return {"Fn::If": [condition, value, {"Ref": "AWS::NoValue"}]}
    if kind == "one of two":
        return {"Fn::If": [condition, value, {"Fn::ImportValue": name}]}
    if kind == "parameter" and is_text:
        return {"Ref": name}
    if kind == "part of a text" and is_text:
        return {"Fn::Sub": f"${{{name}}}-{name}"}
    return {"Fn::ImportValue": name}
