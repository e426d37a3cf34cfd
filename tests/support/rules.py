"""Small projects for rules to judge, and what they say of them as text.

Every value of a project stands on a line of its own, so that a finding's span tells which value it was given for:
`told` writes the path of that value, not the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from gluedsl.graph import Node
from gluedsl.graph.build import started_nodes
from gluedsl.model import (
    Action,
    Condition,
    Crawler,
    EventBatching,
    Job,
    Origins,
    Path,
    Predicate,
    Project,
    RemoteScript,
    Trigger,
    Workflow,
)
from gluedsl.rules.check import check
from gluedsl.rules.words import TEMPLATE
from gluedsl.source.span import Span
from gluedsl.targets import S3Target
from tests.support.words import python_words

if TYPE_CHECKING:
    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import TriggerType
    from gluedsl.model.faults import Fault

FILE = "flow.py"


def node(shown: str) -> Node:
    """Return `job load` or `crawler catalog` as a node."""
    kind, _, name = shown.partition(" ")
    return {"job": Node("JOB", name), "crawler": Node("CRAWLER", name)}[kind]


def action(shown: str, **settings: Any) -> Action:
    """Return the action that starts `job load` or `crawler catalog`."""
    started = node(shown)
    if started.type == "JOB":
        return Action(job_name=started.name, **settings)
    return Action(crawler_name=started.name, **settings)


def condition(shown: str) -> Condition:
    """Return the condition `job load FAILED`; without a state, that it succeeded."""
    kind, name, *state = shown.split(" ")
    ended = state[0] if state else "SUCCEEDED"
    return {
        "job": Condition(job_name=name, state=ended),
        "crawler": Condition(crawler_name=name, crawl_state=ended),
    }[kind]


def start(name: str, *started: str | Action, type: TriggerType = "ON_DEMAND", **settings: Any) -> Trigger:  # noqa: A002 -- Glue's own word
    """Return a start trigger of `job load`, `crawler catalog`, or of actions."""
    return Trigger(name=name, type=type, actions=_actions(started), **settings)


def scheduled(schedule: str) -> Trigger:
    """Return the trigger `nightly`, which starts job `load` on a schedule."""
    return start("nightly", "job load", type="SCHEDULED", schedule=schedule)


def on_event(size: int = 1, window: int = 900) -> Trigger:
    """Return the trigger `uploads`, which starts job `load` on events."""
    batching = EventBatching(batch_size=size, batch_window_seconds=window)
    return start("uploads", "job load", type="EVENT", event_batching=batching)


def after(
    name: str, watched: list[str], *started: str | Action, logical: str | None = "AND", **settings: Any
) -> Trigger:
    """Return a conditional trigger: `after("t", ["job load FAILED"], "job repair")`."""
    predicate = Predicate(logical=logical, conditions=tuple(condition(one) for one in watched))
    return Trigger(name=name, type="CONDITIONAL", actions=_actions(started), predicate=predicate, **settings)


def workflow(*triggers: Trigger, name: str = "sales", **settings: Any) -> Workflow:
    """Return a workflow of triggers."""
    return Workflow(name=name, triggers=triggers, **settings)


def job(name: str, **settings: Any) -> Job:
    """Return a Python shell job, or one of another kind."""
    return Job(
        **{"kind": "pythonshell", "code": RemoteScript(uri="s3://scripts/job.py"), "role": "GlueJobRole", **settings},
        name=name,
    )


def spark(name: str, **settings: Any) -> Job:
    """Return a Spark job of two workers, unless settings say otherwise."""
    return job(name, **{"kind": "glueetl", "glue_version": "5.0", "worker_type": "G.1X", "workers": 2, **settings})


def crawler(name: str, **settings: Any) -> Crawler:
    """Return a crawler of one S3 path."""
    targets = (S3Target("s3://lake/"),)
    return Crawler(**{"role": "GlueJobRole", "database": "sales", "targets": targets, **settings}, name=name)


def project(*parts: Workflow | Trigger | Job | Crawler, **settings: Any) -> Project:
    """Return a project; triggers make up workflow `sales`, and what is started and not given is defined plainly."""
    triggers = [part for part in parts if isinstance(part, Trigger)]
    workflows = [part for part in parts if isinstance(part, Workflow)] + ([workflow(*triggers)] if triggers else [])
    jobs = [part for part in parts if isinstance(part, Job)]
    crawlers = [part for part in parts if isinstance(part, Crawler)]
    started = dict.fromkeys(one for each in workflows for trigger in each.triggers for one in started_nodes(trigger))
    elsewhere = {one.name for key in ("existing_jobs", "existing_crawlers") for one in settings.get(key, ())}
    for one in started:
        if one.name in elsewhere:
            continue
        if one.type == "JOB" and one.name not in {job.name for job in jobs}:
            jobs.append(job(one.name))
        if one.type == "CRAWLER" and one.name not in {crawler.name for crawler in crawlers}:
            crawlers.append(crawler(one.name))
    return Project(workflows=tuple(workflows), jobs=tuple(jobs), crawlers=tuple(crawlers), **settings)


def origins(of: Project) -> Origins:
    """Return a line for every value of a project."""
    return Origins({path: Span(FILE, line) for line, path in enumerate(_paths((), of), start=1)})


_PYTHON = {"CN019"}
"""Rules about what a template cannot say."""


def told(of: Project, *faults: Fault) -> str:
    """Return what all rules say of a project, with the path of a value for its line.

    What they would say if it were a template must be in a template's words.
    """
    where = origins(of)
    of_templates = (one for one in check(of, where, faults, words=TEMPLATE).diagnostics if one.code not in _PYTHON)
    assert python_words(of_templates) == []
    shown = {span: ".".join(map(str, path)) for path, span in where.spans.items()}
    return "\n".join(line for found in check(of, where, faults).diagnostics for line in _lines(found, shown))


def says(text: str) -> str:
    """Return the text of an expectation as `told` would write it."""
    return dedent(text).strip("\n")


def _lines(found: Diagnostic, shown: Mapping[Span, str]) -> Iterator[str]:
    yield f"{found.code} {found.severity} at {_place(found.span, shown)}"
    yield f"  {found.message}"
    if found.label:
        yield f"  label: {found.label}"
    yield from (f"  related {_place(other.span, shown)}: {other.message}" for other in found.related)
    yield from (f"  note: {note}" for note in found.notes)
    yield from (f"  help: {advice}" for advice in found.help)


def _place(span: Span | None, shown: Mapping[Span, str]) -> str:
    if span is None:
        return "no place"
    return shown.get(span, f"line {span.line}")


def _actions(started: tuple[str | Action, ...]) -> tuple[Action, ...]:
    return tuple(action(one) if isinstance(one, str) else one for one in started)


def _paths(path: Path, value: object) -> Iterator[Path]:
    """Yield the path of every value that is given, parts after the whole."""
    if value is None:
        return
    if path:
        yield path
    if is_dataclass(value):
        for field in fields(value):
            yield from _paths((*path, field.name), getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _paths((*path, key), item)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _paths((*path, index), item)
