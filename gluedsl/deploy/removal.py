"""What is ours and has to go: what a flow no longer names, or all of it. Pure.

Rules and start triggers go first, then conditional triggers, then what they started, then roles, and workflows last:
their tags say what was made for them. Never deleted: what is not tagged as ours, and what something that stays still
needs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.deploy.diff import role_name
from gluedsl.deploy.ownership import WORKFLOW, tag_value
from gluedsl.deploy.resources import called, type_of
from gluedsl.deploy.steps import Delete, Keep
from gluedsl.graph import Node
from gluedsl.graph.build import started_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gluedsl.deploy.account import ObservedTrigger
    from gluedsl.deploy.desired import Desired
    from gluedsl.deploy.observe import Observed
    from gluedsl.deploy.resources import PlacedTrigger, ResourceType
    from gluedsl.deploy.steps import Step
    from gluedsl.model import Crawler, EventRule, Job

_UNNAMED = "the flow no longer names it"
_NO_FLOW = "no flow names it any more; the history of its runs goes with it"
_HISTORY = "the history of its runs goes with it"
_WITH_HISTORY = frozenset({"AWS::Glue::Workflow", "AWS::Glue::Job"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphans:
    """What a flow no longer names."""

    triggers: Mapping[str, tuple[Delete, ...]]
    """By the workflow that loses them: rules, then start triggers, then the others; with those that move to another
    workflow."""
    others: tuple[Step, ...]
    """Crawlers, jobs and roles; what is still needed is kept, with the reason."""
    workflows: tuple[Step, ...]
    """Those that no flow names any more."""

    @property
    def kept_roles(self) -> tuple[str, ...]:
        """The roles that the project made and still uses, though as if they were somebody else's."""
        return tuple(s.name for s in self.others if isinstance(s, Keep) and s.resource == "AWS::IAM::Role")


def moved(wanted: Desired, seen: Observed) -> dict[str, PlacedTrigger]:
    """Return the triggers that leave one of the project's workflows for another."""
    return {
        trigger.name: trigger
        for trigger in wanted.triggers
        if (observed := seen.triggers.get(trigger.name)) is not None
        and observed.workflow != trigger.workflow
        and observed.workflow in wanted.workflow_names | seen.gone
        and wanted.owner.owns(seen.tags_of("AWS::Glue::Trigger", trigger.name))
    }


def orphans(wanted: Desired, seen: Observed) -> Orphans:
    """Return the deletion of everything that carries the tags of the workflows at hand and is not wanted there."""
    named = _named(wanted)

    def left(resource: ResourceType, names: Iterable[str]) -> list[str]:
        return [n for n in sorted(names) if n not in named[resource] and _is_tagged(wanted, seen, resource, n)]

    doomed = left("AWS::Glue::Trigger", seen.triggers)
    moving = moved(wanted, seen)
    deletions: dict[str, list[Delete]] = defaultdict(list)
    for rule in left("AWS::Events::Rule", seen.rules):
        deletions[_workflow_of_rule(wanted, seen, rule)].append(_rule_deletion(wanted, seen, rule, _UNNAMED))
    for name in _start_first(seen, {*doomed, *moving}):
        workflow = _leaving(wanted, seen, name)
        reason = f"it moves to workflow `{moving[name].workflow}`" if name in moving else _UNNAMED
        deletions[workflow].append(_deletion(name, workflow, reason))
    staying = [t for t in seen.every_trigger if t.trigger.name not in {*doomed, *moving, *named["AWS::Glue::Trigger"]}]
    return Orphans(
        triggers={workflow: tuple(steps) for workflow, steps in deletions.items()},
        others=tuple(
            _nodes_and_roles(
                seen,
                staying,
                crawlers=left("AWS::Glue::Crawler", seen.crawlers),
                jobs=left("AWS::Glue::Job", seen.jobs),
                roles=left("AWS::IAM::Role", seen.roles),
                wanted=(*wanted.jobs, *wanted.crawlers, *wanted.rules),
                reason=_UNNAMED,
            )
        ),
        workflows=tuple(_workflows(staying, sorted(seen.gone & seen.workflows.keys()), _NO_FLOW)),
    )


def everything(wanted: Desired, seen: Observed) -> tuple[Step, ...]:
    """Return the deletion of all that is ours of the project's workflows."""
    named = _named(wanted)

    def ours(resource: ResourceType, names: Iterable[str]) -> list[str]:
        return [
            name
            for name in sorted(names)
            if _is_tagged(wanted, seen, resource, name)
            or (name in named[resource] and wanted.owner.owns(seen.tags_of(resource, name)))
        ]

    triggers = [n for n in sorted(seen.triggers) if _is_tagged(wanted, seen, "AWS::Glue::Trigger", n)]
    rules = [n for n in sorted(seen.rules) if _is_tagged(wanted, seen, "AWS::Events::Rule", n)]
    staying = [t for t in seen.every_trigger if t.trigger.name not in triggers]
    return (
        *(_rule_deletion(wanted, seen, name) for name in rules),
        *(_deletion(name, seen.triggers[name].workflow or "") for name in _start_first(seen, triggers)),
        *_nodes_and_roles(
            seen,
            staying,
            crawlers=ours("AWS::Glue::Crawler", seen.crawlers),
            jobs=ours("AWS::Glue::Job", seen.jobs),
            roles=[n for n in sorted(seen.roles) if _is_tagged(wanted, seen, "AWS::IAM::Role", n)],
        ),
        *_workflows(staying, ours("AWS::Glue::Workflow", seen.workflows), _HISTORY),
        *_not_ours(wanted, seen, named),
    )


def _named(wanted: Desired) -> dict[ResourceType, set[str]]:
    return {
        "AWS::Glue::Workflow": set(wanted.workflow_names),
        "AWS::Glue::Trigger": {t.name for t in wanted.triggers},
        "AWS::Glue::Crawler": {c.name for c in wanted.crawlers},
        "AWS::Glue::Job": {j.name for j in wanted.jobs},
        "AWS::IAM::Role": {r.name for r in wanted.roles},
        "AWS::Events::Rule": {r.name for r in wanted.rules},
    }


def _is_tagged(wanted: Desired, seen: Observed, resource: ResourceType, name: str) -> bool:
    """Whether a resource is this project's, and of one of the workflows at hand, or of one that is gone."""
    tags = seen.tags_of(resource, name)
    return wanted.owner.owns(tags) and tags.get(WORKFLOW) in seen.owners


def _leaving(wanted: Desired, seen: Observed, trigger: str) -> str:
    """Return the workflow that a trigger leaves: where it is, or if it was moved by hand, the one of its tag."""
    workflow = seen.triggers[trigger].workflow
    if workflow is not None and workflow in wanted.workflow_names | seen.gone:
        return workflow
    return _tagged_workflow(wanted, seen, seen.tags_of("AWS::Glue::Trigger", trigger))


def _tagged_workflow(wanted: Desired, seen: Observed, tags: Mapping[str, str]) -> str:
    return next(name for name in sorted(wanted.workflow_names | seen.gone) if tag_value(name) == tags[WORKFLOW])


def _workflow_of_rule(wanted: Desired, seen: Observed, rule: str) -> str:
    return _tagged_workflow(wanted, seen, seen.rules[rule].tags)


def _start_first(seen: Observed, names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (not seen.triggers[name].trigger.is_start, name))


def _deletion(trigger: str, workflow: str, reason: str = "") -> Delete:
    return Delete(resource="AWS::Glue::Trigger", name=trigger, workflow=workflow, reason=reason)


def _rule_deletion(wanted: Desired, seen: Observed, rule: str, reason: str = "") -> Delete:
    workflow = _workflow_of_rule(wanted, seen, rule)
    return Delete(resource="AWS::Events::Rule", name=rule, workflow=workflow, reason=reason)


def _nodes_and_roles(
    seen: Observed,
    staying: Sequence[ObservedTrigger],
    *,
    crawlers: Sequence[str],
    jobs: Sequence[str],
    roles: Sequence[str],
    wanted: Sequence[Job | Crawler | EventRule] = (),
    reason: str = "",
) -> Iterator[Step]:
    """Yield the deletion of what no trigger that stays starts, and of roles that nothing that stays has."""
    starters = {node: t.trigger.name for t in staying for node in started_nodes(t.trigger)}
    users = {role_name(each.role): called(type_of(each), each.name) for each in wanted}
    doomed: tuple[tuple[ResourceType, Node], ...] = (
        *(("AWS::Glue::Crawler", Node("CRAWLER", name)) for name in crawlers),
        *(("AWS::Glue::Job", Node("JOB", name)) for name in jobs),
    )
    for resource, node in doomed:
        starter = starters.get(node)
        if starter is None:
            why = "; ".join(part for part in (reason, _HISTORY if resource in _WITH_HISTORY else "") if part)
            yield Delete(resource=resource, name=node.name, reason=why)
            continue
        yield Keep(resource=resource, name=node.name, reason=f"trigger `{starter}`, which stays, starts it")
        role = seen.jobs[node.name].role if node.type == "JOB" else seen.crawlers[node.name].role
        users[role_name(role)] = str(node)
    for name in roles:
        if name in users:
            yield Keep(resource="AWS::IAM::Role", name=name, reason=f"{users[name]}, which stays, has it")
        else:
            yield Delete(resource="AWS::IAM::Role", name=name, reason=reason)


def _workflows(staying: Sequence[ObservedTrigger], names: Sequence[str], reason: str) -> Iterator[Step]:
    for name in names:
        inside = next((t.trigger.name for t in staying if t.workflow == name), None)
        if inside is None:
            yield Delete(resource="AWS::Glue::Workflow", name=name, reason=reason)
        else:
            why = f"trigger `{inside}`, which stays, belongs to it"
            yield Keep(resource="AWS::Glue::Workflow", name=name, reason=why)


def _not_ours(wanted: Desired, seen: Observed, named: Mapping[ResourceType, set[str]]) -> Iterator[Step]:
    """Yield what has a name of the project's and stays, because it is somebody else's."""
    present: tuple[tuple[ResourceType, Mapping[str, object]], ...] = (
        ("AWS::Events::Rule", seen.rules),
        ("AWS::Glue::Trigger", seen.triggers),
        ("AWS::Glue::Crawler", seen.crawlers),
        ("AWS::Glue::Job", seen.jobs),
        ("AWS::IAM::Role", seen.roles),
        ("AWS::Glue::Workflow", seen.workflows),
    )
    for resource, those in present:
        for name in sorted(named[resource] & those.keys()):
            if not wanted.owner.owns(seen.tags_of(resource, name)):
                yield Keep(resource=resource, name=name, reason="it is not this project's")
