"""One project as several stacks: CloudFormation takes 500 resources and 1 MB in one.

Comes in: a project. Goes out: projects that each fit into a template, with what has to be there before them. Workflows
that share jobs, crawlers or roles are one family, and a family is one stack as long as it fits, so that a family that
is added moves nothing of the others. Between stacks, resources know each other by name, as they do in Glue itself.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any, TypeVar

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from gluedsl.model import Project

ROOM = 450
"""Resources in a stack at the most: CloudFormation's 500, and room for what else its owner puts in
(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html)."""
_MOST_PARTS = 1024
_LONGEST_NAME = 100
"""CloudFormation takes 128 characters
(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-parameters.html)."""
_FIELDS = ("workflows", "jobs", "crawlers", "roles", "event_rules")

Key = tuple[str, str]
"""A resource: the field of the project that it stands in, and its name."""
Home = TypeVar("Home", bound="Hashable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """What is deployed as one."""

    name: str
    """That CloudFormation takes."""
    project: Project
    depends_on: tuple[str, ...] = ()
    """Names of the stacks that must be there before it."""


def resource_count(project: Project) -> int:
    """Return how many resources the template of a project has."""
    triggers = sum(len(workflow.triggers) for workflow in project.workflows)
    return triggers + sum(1 for _ in _keys(project))


def has_room(project: Project) -> bool:
    """Tell whether the resources of a project are few enough for one stack."""
    return resource_count(project) <= ROOM


def stacks(project: Project, fits: Callable[[Project], bool] = has_room) -> tuple[Stack, ...]:
    """Return the stacks of a project, each after those it depends on.

    Args:
        project: in which `check` found no error.
        fits: tells whether a part is small enough for one stack.

    Raises:
        UsageError: a workflow with its triggers, or one resource, is too large for a stack.
    """
    parts = {name: part for family in _families(project) for name, part in _parts(family, fits)}
    home = {key: name for name, part in parts.items() for key in _keys(part)}
    needs: dict[str, set[str]] = {name: set() for name in parts}
    for one, other in _ties(project):
        if other in home and home[one] != home[other]:
            needs[home[one]].add(home[other])
    return tuple(
        Stack(name=name, project=parts[name], depends_on=tuple(sorted(needs[name])))
        # Sorted, since a set has another order in each process.
        for name in TopologicalSorter({name: sorted(its) for name, its in needs.items()}).static_order()
    )


def stack_name(name: str) -> str:
    """Return the name of a workflow, or of another resource, as the name of a stack; it has no two hyphens in a row."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
    words = words if words[:1].isalpha() else f"gluedsl-{words}"
    if words == name and len(name) <= _LONGEST_NAME:
        return name
    return f"{words[:_LONGEST_NAME]}-{_digest(name):08x}"


def _families(project: Project) -> Iterable[Project]:
    """Return the sets of resources that are tied to each other, in the order of the project."""
    parent = {key: key for key in _keys(project)}

    def root(key: Key) -> Key:
        while parent[key] != key:
            parent[key] = key = parent[parent[key]]
        return key

    for one, other in _ties(project):
        if other in parent:
            parent[root(other)] = root(one)
    return _divided(project, {key: root(key) for key in parent}).values()


def _parts(family: Project, fits: Callable[[Project], bool]) -> Iterator[tuple[str, Project]]:
    """Yield the parts of a family, with the names of their stacks."""
    kind, own = next(_keys(family))
    name = stack_name(own) if kind == "workflows" else f"{stack_name(own)}--{kind.replace('_', '-')}"
    if fits(family):
        yield name, family
        return
    users: dict[Key, set[str]] = defaultdict(set)
    for (user, by), other in _ties(family):
        if user == "workflows":
            users[other].add(by)
    home = {("event_rules", rule.name): stack_name(rule.workflow_name) for rule in family.event_rules}
    for key in _keys(family):
        kind, own = key
        if kind == "workflows":
            home[key] = stack_name(own)
        elif kind == "roles":
            home[key] = f"{name}--roles"
        elif kind in {"jobs", "crawlers"}:
            home[key] = stack_name(*users[key]) if len(users[key]) == 1 else f"{name}--shared"
    for part_name, part in _divided(family, home).items():
        if fits(part):
            yield part_name, part
        else:
            yield from _scattered(part_name, part, fits)


def _scattered(name: str, part: Project, fits: Callable[[Project], bool]) -> Iterator[tuple[str, Project]]:
    """Yield a workflow's triggers, and what they start in numbered stacks.

    Where a job lies hangs on its own name alone, as long as the number of stacks, a power of two, stays.
    """
    count = 1
    while True:
        home = {key: _place(key, name, count) for key in _keys(part)}
        places = _divided(part, home)
        large = [place for place, inside in places.items() if not fits(inside)]
        if not large or count >= _MOST_PARTS or large == [name]:
            break
        count *= 2
    if large:
        kind, own = next(_keys(places[large[0]]))
        message = f"{kind[:-1].replace('_', ' ')} `{own}` is too large for a stack of CloudFormation"
        raise UsageError(message, hint="use `gluedsl deploy`, which has no such limit")
    yield from places.items()


def _place(key: Key, name: str, count: int) -> str:
    kind, own = key
    return name if kind in {"workflows", "event_rules"} else f"{name}--{_digest(own) % count + 1}"


def _digest(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16)


def _divided(project: Project, home: Mapping[Key, Home]) -> dict[Home, Project]:
    """Return the project in parts, by where each resource belongs; in both, the order stays."""
    found: dict[Home, dict[str, list[Any]]] = {}
    for field in _FIELDS:
        for each in getattr(project, field):
            found.setdefault(home[field, each.name], {}).setdefault(field, []).append(each)
    return {
        place: replace(project, **{field: tuple(inside.get(field, ())) for field in _FIELDS})
        for place, inside in found.items()
    }


def _keys(project: Project) -> Iterator[Key]:
    for field in _FIELDS:
        for each in getattr(project, field):
            yield field, each.name


def _ties(project: Project) -> Iterator[tuple[Key, Key]]:
    """Yield what names what, whether the project defines it or not."""
    for workflow in project.workflows:
        for trigger in workflow.triggers:
            for action in trigger.actions:
                if action.job_name is not None:
                    yield ("workflows", workflow.name), ("jobs", action.job_name)
                if action.crawler_name is not None:
                    yield ("workflows", workflow.name), ("crawlers", action.crawler_name)
    for field in ("jobs", "crawlers", "event_rules"):
        for each in getattr(project, field):
            if each.role is not None:
                yield (field, each.name), ("roles", each.role)
    for rule in project.event_rules:
        yield ("event_rules", rule.name), ("workflows", rule.workflow_name)
