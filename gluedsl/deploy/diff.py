"""What differs between a definition and what is there, field by field in the model's words.

Comes in: a definition and the observed resource of its name. Goes out: changes; none where they mean the same.
A field that the definition leaves empty agrees with Glue's own default for it (`gluedsl.deploy.defaults`), and what
has no order (actions, conditions) is compared without one. Tags are `gluedsl.deploy.ownership`'s. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, get_args

from gluedsl import spelling
from gluedsl.deploy import defaults
from gluedsl.deploy.steps import Change
from gluedsl.model import RemoteScript
from gluedsl.targets import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.deploy.account import ObservedRole, ObservedRule, ObservedTrigger
    from gluedsl.deploy.resources import PlacedTrigger, RoleDefinition
    from gluedsl.model import Crawler, EventRule, Job, Predicate, Trigger, Workflow

Defaults = Callable[[str], tuple[Any, ...]]

_TARGETS: tuple[type[Any], ...] = get_args(Target)

_TRIGGER_CREATE_ONLY = frozenset({"type", "workflow"})
"""`TriggerUpdate` has neither: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-trigger.html."""


def workflow_changes(wanted: Workflow, observed: Workflow) -> tuple[Change, ...]:
    """Return what `UpdateWorkflow` has to change."""
    return tuple(_compare(wanted, observed, lambda field: defaults.of_workflow(wanted, field), without={"triggers"}))


def job_changes(wanted: Job, observed: Job) -> tuple[Change, ...]:
    """Return what `UpdateJob` has to change."""
    # What the API has no member for (libraries, the properties that a job says it reads) does not come back either.
    as_sent = spelling.job_from_api(spelling.job_to_api(wanted))
    return tuple(_compare(as_sent, observed, lambda field: defaults.of_job(wanted, field)))


def crawler_changes(wanted: Crawler, observed: Crawler) -> tuple[Change, ...]:
    """Return what `UpdateCrawler` has to change."""
    as_sent = spelling.crawler_from_api(spelling.crawler_to_api(wanted))
    return tuple(_compare(as_sent, observed, lambda field: defaults.of_crawler(wanted, field)))


def crawler_with_defaults(wanted: Crawler, changes: tuple[Change, ...]) -> Crawler:
    """Return the crawler with Glue's defaults spelled out in fields that the author no longer sets.

    `UpdateCrawler` keeps what it is not told to change.
    """
    named: dict[str, Any] = {}
    extra: dict[str, Any] = dict(wanted.extra)
    known = {field.name for field in fields(wanted)}
    for change in changes:
        if change.after is not None or change.is_tag:
            continue
        known_defaults = defaults.of_crawler(wanted, change.field)
        if change.field not in known:
            extra |= {change.field: known_defaults[0]} if known_defaults else {}
        elif isinstance(change.before, str):
            named[change.field] = known_defaults[0] if known_defaults else ""
    return replace(wanted, **named, extra=extra)


def trigger_changes(wanted: PlacedTrigger, observed: ObservedTrigger) -> tuple[Change, ...]:
    """Return what differs in a trigger; whether it is active is not a field."""
    trigger = wanted.trigger
    changes = _compare(
        unordered(trigger),
        unordered(observed.trigger),
        lambda field: defaults.of_trigger(trigger, field),
        without={"enabled"},
    )
    moved = (
        [Change(field="workflow", before=observed.workflow, after=wanted.workflow)]
        if observed.workflow != wanted.workflow
        else []
    )
    return (*moved, *changes)


def needs_replacement(changes: tuple[Change, ...]) -> bool:
    """Whether a trigger differs in what no update can change."""
    return any(change.field in _TRIGGER_CREATE_ONLY for change in changes)


def role_changes(wanted: RoleDefinition, observed: ObservedRole) -> tuple[Change, ...]:
    """Return what differs in the documents of a role."""
    pairs = (("trust", observed.trust, wanted.trust), ("policy", observed.policy, wanted.policy))
    return tuple(Change(field=field, before=plain(b), after=plain(a)) for field, b, a in pairs if plain(b) != plain(a))


def rule_changes(wanted: EventRule, observed: ObservedRule) -> tuple[Change, ...]:
    """Return what differs in a rule and its target."""
    rule = observed.rule
    pairs = (
        ("pattern", rule.pattern, wanted.pattern),
        ("workflow", rule.workflow_name, wanted.workflow_name),
        ("role", rule.role, wanted.role),
        ("enabled", observed.is_enabled, True),
    )
    return tuple(Change(field=field, before=plain(b), after=plain(a)) for field, b, a in pairs if plain(b) != plain(a))


def unordered(trigger: Trigger) -> Trigger:
    """Return the trigger with its actions and conditions in one order, and nothing said that one condition implies."""
    return replace(
        trigger,
        actions=tuple(sorted(trigger.actions, key=_canonical)),
        predicate=None if trigger.predicate is None else _unordered_predicate(trigger.predicate),
    )


def _unordered_predicate(predicate: Predicate) -> Predicate:
    conditions = tuple(
        sorted(
            (replace(c, logical_operator=c.logical_operator or "EQUALS") for c in predicate.conditions), key=_canonical
        )
    )
    # All of one condition and any of one condition are the same; Glue answers with either, or with none.
    return replace(predicate, conditions=conditions, logical=predicate.logical if len(conditions) > 1 else None)


def _canonical(value: Any) -> str:
    return json.dumps(plain(value), sort_keys=True)


def _compare(
    wanted: Any, observed: Any, known: Defaults, *, without: frozenset[str] | set[str] = frozenset()
) -> Iterator[Change]:
    for field in fields(wanted):
        before, after = getattr(observed, field.name), getattr(wanted, field.name)
        if field.name in without or field.name in {"name", "tags"}:
            continue
        if field.name == "extra":
            for key in sorted({*before, *after}):
                yield from _field(key, before.get(key), after.get(key), known)
        elif isinstance(after, Mapping):
            for key in sorted({*before, *after}):
                if before.get(key) != after.get(key):
                    yield Change(field=f"{field.name}.{key}", before=before.get(key), after=after.get(key))
        else:
            yield from _field(field.name, before, after, known)


def _field(name: str, before: Any, after: Any, known: Defaults) -> Iterator[Change]:
    change = Change(field=name, before=plain(before), after=plain(after))
    if not _agree(name, change.before, change.after, known(name)):
        yield change


def _agree(name: str, before: Any, after: Any, known: tuple[Any, ...]) -> bool:
    if name in _MEANINGS:
        before, after = _MEANINGS[name](before), _MEANINGS[name](after)
    if before == after:
        return True
    if after is None:
        return defaults.ANY in known or before in known
    # What nobody sent is not always answered; only where there is one default can it be told to be the same.
    return before is None and known == (after,)


def plain(value: Any) -> Any:
    """Return a value of the model as JSON has it, without fields that are empty; None if nothing is left."""
    if isinstance(value, RemoteScript):
        return value.uri or None
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((field.name, plain(getattr(value, field.name))) for field in fields(value))
        kind = {"type": type(value).__name__} if isinstance(value, _TARGETS) else {}
        return kind | {name: inner for name, inner in pairs if inner is not None}
    if isinstance(value, Mapping):
        # Nothing is a value here: many of Glue's own job arguments are flags.
        return {str(key): "" if inner == "" else plain(inner) for key, inner in value.items()} or None
    if isinstance(value, (tuple, list)):
        return [plain(inner) for inner in value] or None
    return None if value == "" else value


def role_name(role: str | None) -> str | None:
    """Return the name in an ARN, without its path: GetCrawler answers a name where an ARN was sent."""
    return role.rsplit("/", 1)[-1] if role is not None else None


def _parsed(configuration: Any) -> Any:
    """Return what a JSON text says: Glue may lay it out anew."""
    try:
        return json.loads(configuration)
    except (TypeError, ValueError):
        return configuration


def _targets(targets: Any) -> Any:
    """Return targets without the fields that say what Glue assumes."""
    return [
        {
            name: value
            for name, value in target.items()
            if name not in defaults.TARGETS or defaults.TARGETS[name] != value
        }
        for target in targets or ()
    ]


_MEANINGS: dict[str, Callable[[Any], Any]] = {
    "role": role_name,
    "configuration": _parsed,
    "targets": _targets,
}
"""By field: what a value comes down to."""
