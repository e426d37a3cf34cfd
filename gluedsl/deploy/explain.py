"""Telling a plan: as lines for a terminal, and as JSON.

Comes in: a `Plan`. Goes out: lines with a style each, or plain data of the shape `plan --format json`, version 1.
It is given no reader and no writer: it can neither look nor touch. Values that look like secrets are never told.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from gluedsl.deploy.ownership import CONTENT
from gluedsl.deploy.resources import NOUNS
from gluedsl.deploy.steps import ACTIONS, Action, Change, Keep, changes, subject
from gluedsl.model.secrets import looks_secret, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gluedsl.deploy.resources import ResourceType
    from gluedsl.deploy.steps import Plan, Step

Style = Literal["add", "change", "remove", "keep", "note", "error", "summary"]
"""What a line is about; its colour is the terminal's choice."""

_SIGNS: dict[Action, tuple[Style, str]] = {
    "upload": ("add", "+"),
    "create": ("add", "+"),
    "update": ("change", "~"),
    "replace": ("remove", "!"),
    "delete": ("remove", "-"),
    "activate": ("change", "~"),
    "deactivate": ("change", "~"),
    "keep": ("keep", "="),
}

_WIDTH = 100
"""Of a value; what is longer is cut."""


def lines(plan: Plan, *, kept: bool = False) -> list[tuple[Style, str]]:
    """Return the plan for a terminal; `kept`: with what stays as it is."""
    told: list[tuple[Style, str]] = []
    for step in plan.steps:
        if kept or _is_worth_telling(step):
            told += _step_lines(step)
    last = {refusal.hint: index for index, refusal in enumerate(plan.refusals)}
    for index, refusal in enumerate(plan.refusals):
        told.append(("error", f"error: {_printable(refusal.message)}"))
        if index == last[refusal.hint]:
            told.append(("note", f"    hint: {_printable(refusal.hint)}"))
    return [*told, ("summary", summary(plan))]


def _is_worth_telling(step: Step) -> bool:
    return not isinstance(step, Keep) or step.reason != Keep(resource=step.resource, name=step.name).reason


def _step_lines(step: Step) -> Iterator[tuple[Style, str]]:
    style, sign = _SIGNS[step.action]
    resource, name = subject(step)
    reason = f" ({step.reason})" if step.reason and step.reason != "unchanged" else ""
    yield style, _printable(f"{sign} {step.action} {NOUNS[resource]} {name}{reason}")
    for change in _telling(changes(step)):
        masked = _masked(change)
        yield "note", f"    {_printable(masked.field)}: {_value(masked.before)} -> {_value(masked.after)}"


def _telling(every: Sequence[Change]) -> Sequence[Change]:
    """Return the changes without that of the digest, which follows from the others, if there are others."""
    return [change for change in every if change.field != f"tags.{CONTENT}"] or every


def summary(plan: Plan) -> str:
    """Return how many steps of each kind there are, in one sentence."""
    counts = count(plan)
    always = {"create", "update", "delete"}
    parts = [f"{counts[act]} to {act}" for act in ACTIONS if act != "keep" and (counts[act] or act in always)]
    return f"Plan: {', '.join(parts)}, {counts['keep']} unchanged."


def count(plan: Plan) -> dict[Action, int]:
    """Return how many steps there are of each action."""
    actions = [step.action for step in plan.steps]
    return {act: actions.count(act) for act in ACTIONS}


def to_json(plan: Plan) -> dict[str, Any]:
    """Return the plan as data."""
    return {
        "version": 1,
        "steps": [_step_json(step) for step in plan.steps],
        "refusals": [
            {"resource": r.resource, "name": r.name, "message": r.message, "hint": r.hint} for r in plan.refusals
        ],
        "summary": count(plan),
    }


def _step_json(step: Step) -> dict[str, Any]:
    resource: ResourceType
    resource, name = subject(step)
    masked = [_masked(change) for change in changes(step)]
    return {
        "action": step.action,
        "resource": resource,
        "name": name,
        "changes": [{"field": c.field, "before": c.before, "after": c.after} for c in masked],
        "reason": step.reason,
    }


def _masked(change: Change) -> Change:
    """Return the change with a mask for what looks like a secret."""
    return Change(
        field=change.field, before=_hidden(change.field, change.before), after=_hidden(change.field, change.after)
    )


def _hidden(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {inner: _hidden(key if looks_secret(key) else inner, v) for inner, v in value.items()}
    if isinstance(value, list):
        return [_hidden(key, inner) for inner in value]
    return shown(key, value) if isinstance(value, str) else value


def _value(value: Any) -> str:
    if value is None:
        return "(not set)"
    text = json.dumps(value, ensure_ascii=False)
    return _printable(text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…")


def _printable(text: str) -> str:
    """Return the text with whatever could steer a terminal written out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
