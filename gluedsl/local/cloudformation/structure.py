"""Whether a template is built as one: sections of objects, with members of the kinds that all else counts on.

Comes in: what JSON or YAML holds. Goes out: nothing, or what is wrong with it, in CloudFormation's words where they are
known. What the parts refer to is looked at elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SECTIONS = ("Parameters", "Mappings", "Conditions", "Resources", "Outputs")


def fault(template: Mapping[str, Any]) -> str | None:
    """Return the first thing that is wrong with a template; None: it is built as one."""
    return next(_faults(template), None)


def _faults(template: Mapping[str, Any]) -> Iterator[str]:
    for section in _SECTIONS:
        if section not in template:
            continue
        value = template[section]
        yield from _object(f"/{section}", value)
        for name, inner in value.items() if isinstance(value, dict) else ():
            yield from _object(f"/{section}/{name}", inner)
    for name, parameter in template.get("Parameters", {}).items():
        if not isinstance(parameter.get("Type"), str):
            yield f"[/Parameters/{name}] Every Parameters object must contain a Type member."
    for name, output in template.get("Outputs", {}).items():
        if output.get("Value") is None:
            yield f"[/Outputs/{name}] Every Outputs object must contain a Value member."
        yield from _condition(template, output, "Outputs")
        if "Export" in output and not (isinstance(output["Export"], dict) and "Name" in output["Export"]):
            yield f"[/Outputs/{name}/Export] Every Export object must contain a Name member."
    for name, body in template.get("Resources", {}).items():
        yield from _resource(template, name, body)


def _resource(template: Mapping[str, Any], name: str, body: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(body.get("Type"), str):
        yield f"[/Resources/{name}] Every Resources object must contain a Type member."
    if "Properties" in body:
        yield from _object(f"/Resources/{name}/Properties", body["Properties"])
    named = body.get("DependsOn", [])
    listed = [named] if isinstance(named, str) else named
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        yield "DependsOn must be a string or list of strings."
    yield from _condition(template, body, "Resources")


def _condition(template: Mapping[str, Any], part: Mapping[str, Any], block: str) -> Iterator[str]:
    named = part.get("Condition")
    if "Condition" in part and (not isinstance(named, str) or named not in template.get("Conditions", {})):
        yield f"Unresolved condition dependency {named} in the {block} block of the template"


def _object(path: str, value: Any) -> Iterator[str]:
    if value is None:
        yield f"[{path}] 'null' values are not allowed in templates"
    elif not isinstance(value, dict):
        yield f"[{path}] must be an object"
