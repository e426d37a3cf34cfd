"""From starts by events to the EventBridge rules that send them.

A start without a pattern has none: somebody else makes its rule.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gluedsl.compiler.names import made_for
from gluedsl.dsl.starts import OnEvent
from gluedsl.dsl.workflow import Trigger as WrittenTrigger
from gluedsl.model import EventRule
from gluedsl.model.events import buckets_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gluedsl.compiler.recorder import Recorder
    from gluedsl.compiler.roles import RoleMaker
    from gluedsl.dsl.starts import Start
    from gluedsl.dsl.workflow import Workflow
    from gluedsl.model import Path, Project
    from gluedsl.source.span import Span

_LONGEST_NAME = 64
"""Characters of a rule's name (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html)."""


def with_event_rules(
    project: Project,
    workflows: Sequence[Workflow[Any]],
    starts: Mapping[int, tuple[Start, Span | None]],
    roles: RoleMaker,
    recorder: Recorder,
) -> Project:
    """Return the project with the rules of its workflows.

    Args:
        project: as it will be deployed, but for its rules and roles.
        workflows: as declared, in the project's order.
        starts: by index of a workflow, what begins its runs instead of what it says, and where that is written.
        roles: names those that EventBridge is to assume.
        recorder: takes origins.
    """
    rules: list[EventRule] = []
    for index, (declared, workflow) in enumerate(zip(workflows, project.workflows, strict=True)):
        start, span = starts.get(index) or (_declared_start(declared), None)
        sends = any(trigger.type == "EVENT" for trigger in workflow.triggers)
        if not sends or not isinstance(start, OnEvent) or start.pattern is None:
            continue
        path: Path = ("event_rules", len(rules))
        if span is None:
            _note(start, path, recorder)
        else:
            recorder.spans[path] = span
        rule = EventRule(
            name=rule_name(workflow.name),
            workflow_name=workflow.name,
            pattern=start.pattern,
            role=start.role or roles.name_for_events(workflow.name),
            buckets=buckets_of(start.pattern),
        )
        rules.append(rule)
    return replace(project, event_rules=tuple(rules))


def rule_name(workflow: str) -> str:
    """Return the name of the rule of a workflow; a digest stands for what a name cannot hold."""
    return made_for(workflow, r"[^.\-_A-Za-z0-9]", longest=_LONGEST_NAME)


def _declared_start(workflow: Workflow[Any]) -> Start | None:
    """Return the start of a workflow that says which events it is about."""
    triggers = (placement.added for placement in workflow.placements)
    starts = (workflow.start, *(trigger.when for trigger in triggers if isinstance(trigger, WrittenTrigger)))
    return next((start for start in starts if isinstance(start, OnEvent) and start.pattern is not None), None)


def _note(start: OnEvent, path: Path, recorder: Recorder) -> None:
    site = recorder.syntax(start.site)
    recorder.spans[path] = recorder.span(start.site)
    recorder.note((*path, "pattern"), site and site.argument(start.said_by))
    recorder.note((*path, "role"), site and site.argument("role"))
