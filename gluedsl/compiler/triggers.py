"""From placements to triggers.

Nodes without `after` belong to the start trigger; nodes with equal `after` share one conditional trigger;
what is too much for one trigger is split. A trigger that the author wrote stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from gluedsl.compiler import names
from gluedsl.compiler.conditions import Wanted, flatten
from gluedsl.compiler.extra import Carrier, lower_extra
from gluedsl.dsl.nodes import Action as StartedWith
from gluedsl.dsl.outcomes import CrawlerNode
from gluedsl.dsl.starts import OnDemand, OnEvent, Schedule, Start
from gluedsl.dsl.workflow import Trigger as WrittenTrigger
from gluedsl.model import Action, EventBatching, Trigger
from gluedsl.model.faults import NestedCondition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.compiler.recorder import Recorder
    from gluedsl.dsl.outcomes import Node
    from gluedsl.dsl.workflow import Workflow
    from gluedsl.model import Path
    from gluedsl.source.locate import Syntax

MOST_CRAWLERS = 2
"""That one trigger can start (https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html)."""
MOST_JOBS = 50
"""That one trigger can start, by default (https://docs.aws.amazon.com/general/latest/gr/glue.html)."""


class Started(NamedTuple):
    """A node that a trigger starts, and where that is written."""

    node: Node
    settings: StartedWith | None
    syntax: Syntax | None

    @staticmethod
    def of(value: Node | StartedWith, syntax: Syntax | None) -> Started:
        """Take a node apart from the arguments that it is started with."""
        return Started(value.node, value, syntax) if isinstance(value, StartedWith) else Started(value, None, syntax)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A trigger on its way, with the syntax of its parts."""

    name: str
    when: Start | Wanted
    started: tuple[Started, ...]
    syntax: Syntax | None
    when_syntax: Syntax | None
    written: WrittenTrigger | None = None
    """None: it is derived."""


def node_of(value: Node | StartedWith) -> Node:
    """Return the node of what a trigger starts."""
    return value.node if isinstance(value, StartedWith) else value


def lower_triggers(workflow: Workflow[Any], path: Path, recorder: Recorder, *, prefix: str = "") -> tuple[Trigger, ...]:
    """Return the triggers of a workflow, start triggers first.

    Args:
        workflow: as declared.
        path: where it will stand.
        recorder: takes origins and faults.
        prefix: what a stage will put before their names, and before those of other things that the project makes.
    """
    drafts = sorted(_drafts(workflow, prefix, recorder), key=lambda draft: isinstance(draft.when, Wanted))
    return tuple(_lower(draft, (*path, "triggers", index), recorder) for index, draft in enumerate(drafts))


@dataclass(kw_only=True)
class Group:
    """Nodes that wait for the same outcomes."""

    wanted: Wanted
    syntax: Syntax | None
    when_syntax: Syntax | None
    started: list[Started] = field(default_factory=list)


def _drafts(workflow: Workflow[Any], prefix: str, recorder: Recorder) -> Iterator[Draft]:
    """Yield the start trigger if one is derived, then the others where they are first spoken of."""
    written = [p.added for p in workflow.placements if isinstance(p.added, WrittenTrigger)]
    named = {id(node_of(started)) for trigger in written for started in trigger.start}
    first: list[Started] = []
    entries: dict[object, Group | Draft] = {}
    for placement in workflow.placements:
        site = recorder.syntax(placement.site)
        if isinstance(placement.added, WrittenTrigger):
            entries[id(placement.added)] = _as_written(placement.added, workflow, recorder)
            continue
        started = Started.of(placement.added, _added(site))
        if placement.after is not None:
            after = site.argument("after") if site else None
            wanted = flatten(placement.after, after, recorder)
            _note_nesting(wanted, f"{started.node.noun} `{started.node.name}`", after, workflow, recorder)
            group = entries.setdefault(wanted.key, Group(wanted=wanted, syntax=after or site, when_syntax=after))
            assert isinstance(group, Group)  # noqa: S101 -- drafts are keyed by id, groups by what they wait for
            group.started.append(started)
        elif id(started.node) not in named:
            first.append(started)
    yield from _start(workflow, first, recorder, has_written=any(isinstance(t.when, Start) for t in written))
    taken = {trigger.name for trigger in written}
    for entry in entries.values():
        if isinstance(entry, Draft):
            yield entry
            continue
        name = names.conditional_trigger(workflow.name, entry.wanted, prefix=prefix).removeprefix(prefix)
        parts = list(_split(name, entry))
        if taken & {part.name for part in parts}:
            parts = list(_split(names.told_apart(name, entry.wanted), entry))
        taken |= {part.name for part in parts}
        yield from parts


def _added(site: Syntax | None) -> Syntax | None:
    """Return what `add(...)` was given; for a decorator, the whole of it."""
    return (site.argument("added", 0) or site) if site else None


def _start(workflow: Workflow[Any], first: list[Started], recorder: Recorder, *, has_written: bool) -> Iterator[Draft]:
    """Yield the derived start trigger, if the author did not write one instead.

    Both `start=` and a start trigger are two starts; that is for a rule to say.
    """
    if has_written and workflow.start is None:
        return
    if not first and not has_written:
        return
    site = recorder.syntax(workflow.site)
    when = site.argument("start") if site else None
    yield Draft(
        name=names.start_trigger(workflow.name),
        when=workflow.start or OnDemand(),
        started=tuple(first),
        syntax=when or site,
        when_syntax=when,
    )


def _as_written(trigger: WrittenTrigger, workflow: Workflow[Any], recorder: Recorder) -> Draft:
    site = recorder.syntax(trigger.site)
    when = site.argument("when") if site else None
    start = site.argument("start") if site else None
    wanted: Start | Wanted
    if isinstance(trigger.when, Start):
        wanted = trigger.when
    else:
        wanted = flatten(trigger.when, when, recorder)
        _note_nesting(wanted, f"trigger `{trigger.name}`", when, workflow, recorder)
    started = tuple(
        Started.of(value, (start.element(index) if start else None) or start)
        for index, value in enumerate(trigger.start)
    )
    return Draft(name=trigger.name, when=wanted, started=started, syntax=site, when_syntax=when, written=trigger)


def _note_nesting(
    wanted: Wanted, waiting: str, syntax: Syntax | None, workflow: Workflow[Any], recorder: Recorder
) -> None:
    if wanted.nested is None:
        return
    inner = wanted.nested.syntax
    recorder.faults.append(
        NestedCondition(
            workflow=workflow.name,
            waiting=waiting,
            expression=wanted.nested.expression,
            inner=wanted.nested.inner,
            span=syntax.span if syntax else recorder.span(workflow.site),
            inner_span=inner.span if inner else None,
        )
    )


def _split(name: str, group: Group) -> Iterator[Draft]:
    """Yield as many triggers on one predicate as the limits of one trigger ask for."""
    crawlers = [s for s in group.started if isinstance(s.node, CrawlerNode)]
    jobs = [s for s in group.started if not isinstance(s.node, CrawlerNode)]
    parts = max(-(-len(crawlers) // MOST_CRAWLERS), -(-len(jobs) // MOST_JOBS))
    for part in range(parts):
        started = (
            *jobs[part * MOST_JOBS : (part + 1) * MOST_JOBS],
            *crawlers[part * MOST_CRAWLERS : (part + 1) * MOST_CRAWLERS],
        )
        yield Draft(
            name=names.numbered(name, part + 1),
            when=group.wanted,
            started=started if parts > 1 else tuple(group.started),
            syntax=group.syntax,
            when_syntax=group.when_syntax,
        )


def _lower(draft: Draft, path: Path, recorder: Recorder) -> Trigger:
    """Return the trigger, and note where its parts were written."""
    recorder.note(path, draft.syntax)
    _note_when(draft, path, recorder)
    for index, started in enumerate(draft.started):
        at = (*path, "actions", index)
        recorder.note(at, started.syntax)
        if started.settings is not None:
            site = recorder.syntax(started.settings.site)
            recorder.note_items((*at, "arguments"), started.settings.arguments, site and site.argument("arguments", 0))
            for setting in started.settings.settings:
                recorder.note((*at, setting), site and site.argument(setting))
    written = draft.written
    if written is not None and draft.syntax is not None:
        recorder.note((*path, "actions"), draft.syntax.argument("start"))
        for field_name in ("name", "description", "enabled", "tags", "extra"):
            position = 0 if field_name == "name" else None
            recorder.note((*path, field_name), draft.syntax.argument(field_name, position))
        recorder.note_items((*path, "extra"), written.extra, draft.syntax.argument("extra"))
    trigger = Trigger(name=draft.name, type="CONDITIONAL", actions=tuple(_action(started) for started in draft.started))
    if written is not None:
        said = {
            "description": written.description,
            "tags": written.tags or None,
            "enabled": None if written.enabled else False,
        }
        given: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
        carrier = Carrier(
            operation="CreateTrigger",
            shown=f"trigger `{draft.name}`",
            path=path,
            given={"name", "type", "schedule", *given},
            takes={"when", "start"},
        )
        recorder.allow(path, f"trigger `{draft.name}`", written.allow, written.site)
        trigger = replace(trigger, **given, **lower_extra(written.extra, carrier, recorder))
    when = draft.when
    return replace(trigger, predicate=when.predicate()) if isinstance(when, Wanted) else with_start(trigger, when)


def with_start(trigger: Trigger, when: Start) -> Trigger:
    """Return a trigger that begins runs in this way, and in no other."""
    trigger = replace(trigger, schedule=None, event_batching=None)
    match when:
        case Schedule(expression=expression):
            return replace(trigger, type="SCHEDULED", schedule=expression)
        case OnEvent():
            batching = EventBatching(batch_size=when.batch_size, batch_window_seconds=when.batch_window_seconds)
            return replace(trigger, type="EVENT", event_batching=batching)
        case _:
            return replace(trigger, type="ON_DEMAND")


def _note_when(draft: Draft, path: Path, recorder: Recorder) -> None:
    when = draft.when
    if isinstance(when, Wanted):
        recorder.note((*path, "predicate"), draft.when_syntax)
        for index, watch in enumerate(when.watches):
            recorder.note((*path, "predicate", "conditions", index), watch.syntax)
        return
    site = recorder.syntax(when.site)
    recorder.note((*path, "type"), draft.when_syntax)
    if isinstance(when, Schedule):
        recorder.note((*path, "schedule"), (site and _time_argument(site)) or site or draft.when_syntax)
    elif isinstance(when, OnEvent):
        for argument in ("batch_size", "batch_window_seconds"):
            recorder.note((*path, "event_batching", argument), site and site.argument(argument))


def _time_argument(site: Syntax) -> Syntax | None:
    """Return the one argument of `cron`, `daily` or `hourly`; None for `weekly`, whose two say it together."""
    if site.argument("day", 0) and site.argument("at", 1):
        return None
    for name in ("expression", "at", "minute"):
        if (found := site.argument(name, 0)) is not None:
            return found
    return None


def _action(started: Started) -> Action:
    if isinstance(started.node, CrawlerNode):
        return Action(crawler_name=started.node.name)
    if started.settings is None:
        return Action(job_name=started.node.name)
    return Action(job_name=started.node.name, arguments=started.settings.arguments, **started.settings.settings)
