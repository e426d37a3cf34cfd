"""Stacks as a project, in one world.

Comes in: stacks that are deployed together. Goes out: their workflows, jobs and crawlers as a `Project`, the place of
every value, and what the model has no shape for; and besides, what of this hangs on the world.

A trigger of a workflow that no stack defines, or of none, is put into a workflow of its own whose other triggers are
unknown, so that rules about the trigger itself have their say.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, cast

from gluedsl.graph import Node
from gluedsl.graph.build import action_node, condition_node, started_nodes
from gluedsl.model import Action, Crawler, ExistingCrawler, ExistingJob, Job, Origins, Project, Trigger, Workflow
from gluedsl.model.faults import UnknownWorkflow
from gluedsl.templates.completion import Draft, complete, nodes_of
from gluedsl.templates.definition import Definer
from gluedsl.templates.node import span_of
from gluedsl.templates.places import Places
from gluedsl.templates.values import Doubt, Hole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from gluedsl.model import Path
    from gluedsl.model.faults import Fault
    from gluedsl.templates.definition import Definition, Library
    from gluedsl.templates.stack import Resource
    from gluedsl.templates.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldReading:
    """A project as one world has it."""

    project: Project
    places: Places
    faults: tuple[Fault, ...]
    definitions: dict[Resource, Definition]
    doubts: Mapping[Resource, Sequence[Doubt]]
    """By resource, values in whose place the world has others."""
    is_certain: bool
    """Whether every world has the same."""

    @property
    def origins(self) -> Origins:
        """The places, as rules read them."""
        return Origins(self.places)


@dataclass(slots=True)
class _Group:
    """A workflow, and the triggers that say they are in it."""

    name: str
    definition: Definition | None
    """None: of a workflow that is none of these stacks'."""
    triggers: list[Definition] = field(default_factory=list)
    is_open: bool = False
    is_exported: bool = False
    """Whether stacks that are not among these may put triggers into it."""


def read_world(library: Library, world: World) -> WorldReading:
    """Return what stacks define in a world."""
    return _Assembly(library, world, Definer(library, world)).read()


@dataclass(slots=True)
class _Assembly:
    library: Library
    world: World
    definer: Definer
    faults: list[Fault] = field(default_factory=list)
    doubts: dict[Resource, list[Doubt]] = field(default_factory=dict)
    places: Places = field(default_factory=Places)
    definitions: dict[Resource, Definition] = field(default_factory=dict)
    jobs: list[Definition] = field(default_factory=list)
    crawlers: list[Definition] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)
    has_gaps: bool = False
    """Whether a generous world makes anything of the unknown."""

    def read(self) -> WorldReading:
        for stack in self.library.stacks:
            self.faults += stack.faults
        triggers = self._sort()
        self._place_triggers(triggers)
        self.faults += self.library.loose_faults
        self._note_places(self.jobs, "jobs")
        self._note_places(self.crawlers, "crawlers")
        project = self._project()
        return WorldReading(
            project=project,
            places=self.places,
            faults=tuple(dict.fromkeys(self.faults)),
            definitions=self.definitions,
            doubts=self.doubts,
            is_certain=not self.world.decisions and not self.has_gaps,
        )

    def _sort(self) -> list[Definition]:
        """Sort definitions by what they are; return the triggers."""
        triggers = []
        for definition in self.definer.definitions():
            stack = definition.stack
            self.definitions[definition.resource] = definition
            self.faults += definition.reading.faults
            if definition.reading.doubts:
                self.doubts[definition.resource] = [*definition.reading.doubts]
            match definition.object:
                case Workflow(name=name):
                    is_exported = stack.exports(definition.resource)
                    self.groups.append(_Group(name, definition, is_open=stack.is_open, is_exported=is_exported))
                case Job():
                    self.jobs.append(definition)
                case Crawler():
                    self.crawlers.append(definition)
                case Trigger():
                    triggers.append(definition)
        return triggers

    def _place_triggers(self, triggers: Iterable[Definition]) -> None:
        own: dict[str, _Group] = {}
        for group in self.groups:
            own.setdefault(group.name, group)
        others: dict[str, _Group] = {}
        for trigger in triggers:
            name = trigger.workflow_name
            if name is not None and name in own:
                own[name].triggers.append(trigger)
                continue
            key = name or f"{trigger.object.name}\n"
            if key not in others:
                shown = name or self.library.stand_ins.of(f"workflow of {trigger.object.name}", "of its own")
                others[key] = _Group(shown, None, is_open=True)
            others[key].triggers.append(trigger)
            if name is not None:
                self._note_foreign(name, trigger, own)
        for group in own.values():
            # An export that one of these stacks uses is one that was made for it.
            stacks = {trigger.stack for trigger in group.triggers if group.definition is not None}
            group.is_open |= group.is_exported and stacks <= {group.definition and group.definition.stack}
        self.groups += others.values()

    def _note_foreign(self, name: str, trigger: Definition, own: dict[str, _Group]) -> None:
        """Open the workflows that may be meant by a name that none of them has."""
        show = self.library.stand_ins.show
        if self.library.stand_ins.within(name):
            for group in own.values():
                group.is_open = True
            return
        known = [one for one in own if not self.library.stand_ins.within(one)]
        near = get_close_matches(name, known)
        for one, group in own.items():
            group.is_open |= one not in known or one in near
        if known:
            place = trigger.workflow_place or trigger.resource.key
            self.faults.append(
                UnknownWorkflow(
                    trigger=show(trigger.object.name), workflow=name, known=tuple(known), span=span_of(place)
                )
            )

    def _project(self) -> Project:
        jobs = tuple(cast("Job", one.object) for one in self.jobs)
        crawlers = tuple(cast("Crawler", one.object) for one in self.crawlers)
        known = frozenset(Node("JOB", job.name) for job in jobs) | {Node("CRAWLER", one.name) for one in crawlers}
        drafts = [self._draft(index, group, known) for index, group in enumerate(self.groups)]
        spoken_of = self._spoken_of()
        self.has_gaps = bool(spoken_of) or any(draft.is_open or any(draft.holes) for draft in drafts)
        workflows = (
            self._completed(drafts, known, spoken_of) if self.world.is_generous else [one.workflow for one in drafts]
        )
        existing = self._existing(workflows, known)
        return Project(
            workflows=tuple(workflows),
            jobs=jobs,
            crawlers=crawlers,
            existing_jobs=tuple(ExistingJob(name=node.name) for node in existing if node.type == "JOB"),
            existing_crawlers=tuple(ExistingCrawler(name=node.name) for node in existing if node.type == "CRAWLER"),
        )

    def _draft(self, index: int, group: _Group, known: frozenset[Node]) -> Draft:
        path: Path = ("workflows", index)
        stand_in = self.library.stand_ins.of(f"{group.name} and more", "another")
        if group.definition is None:
            limits = (1, 1000, None)
            limit = limits[self.world.choose(f"runs of {group.name}", len(limits))]
            workflow = Workflow(name=group.name, max_concurrent_runs=limit)
        else:
            workflow = cast("Workflow", group.definition.object)
            self._note(path, group.definition)
        definitions = sorted(group.triggers, key=lambda one: not cast("Trigger", one.object).is_start)
        triggers, holes = [], []
        for at, definition in enumerate(definitions):
            self._note((*path, "triggers", at), definition)
            trigger, further = self._with_known_names(definition, known)
            triggers.append(trigger)
            unknown = (hole for hole in definition.reading.holes if _named_by(trigger, hole) not in known)
            holes.append((*unknown, *further))
        workflow = replace(workflow, triggers=tuple(triggers))
        return Draft(
            workflow=workflow,
            holes=holes,
            is_open=group.is_open,
            stand_in=stand_in,
            watches_failures=self.world.row % 4 == 2,  # noqa: PLR2004 -- every second generous world
        )

    def _with_known_names(self, definition: Definition, known: frozenset[Node]) -> tuple[Trigger, list[Hole]]:
        """Return a trigger; where it starts what the stacks should have and do not, in some worlds it starts another.

        Stacks without a single job start jobs that are made elsewhere; those that have some may mean one of them.
        """
        trigger = cast("Trigger", definition.object)
        if all(node in known for node in started_nodes(trigger)):
            return trigger, []
        types = {node.type for node in known}
        actions, holes = list(trigger.actions), []
        for index, action in enumerate(actions):
            node = action_node(action)
            if node is None or node in known or node.type not in types or self.library.stand_ins.within(node.name):
                continue
            key = f"{trigger.name}/{index}/{node.name}"
            if self.world.doubts(key):
                stand_in = self.library.stand_ins.of(key, node.name)
                actions[index] = (
                    replace(action, job_name=stand_in) if node.type == "JOB" else Action(crawler_name=stand_in)
                )
                holes.append(Hole(("actions", index), frozenset({node.type})))
                place = definition.reading.places.get(("actions", index, f"{node.type.lower()}_name"))
                doubt = Doubt(frozenset({"AC002"}), (place,) if place is not None else ())
                self.doubts.setdefault(definition.resource, []).append(doubt)
        return replace(trigger, actions=tuple(actions)), holes

    def _completed(
        self, drafts: Sequence[Draft], known: frozenset[Node], spoken_of: AbstractSet[Node]
    ) -> list[Workflow]:
        """Return workflows in which as much can start as what is unknown allows."""
        started = {node for draft in drafts for trigger in draft.workflow.triggers for node in started_nodes(trigger)}
        unused: tuple[Node, ...] = tuple(sorted(known - started))
        completed = []
        for draft in drafts:
            if not draft.has_gaps and not any(draft.holes):
                completed.append(draft.workflow)
                continue
            workflow = complete(draft, unused if draft.has_gaps else ())
            completed.append(workflow)
            started = {node for trigger in workflow.triggers for node in started_nodes(trigger)}
            unused = tuple(node for node in unused if node not in started)
        if spoken_of:
            actions = tuple(
                Action(job_name=node.name) if node.type == "JOB" else Action(crawler_name=node.name)
                for node in sorted(spoken_of)
            )
            name = self.library.stand_ins.of("started elsewhere", "elsewhere")
            start = Trigger(name=name, type="ON_DEMAND", actions=actions)
            completed.append(Workflow(name=name, triggers=(start,)))
        return completed

    def _spoken_of(self) -> set[Node]:
        """Return jobs and crawlers that something in the templates may start which is no trigger."""
        spoken_of: set[Node] = set()
        by_resource = {
            **{one.resource: Node("JOB", one.object.name) for one in self.jobs},
            **{one.resource: Node("CRAWLER", one.object.name) for one in self.crawlers},
        }
        for stack in self.library.stacks:
            for logical_id in self.library.uses[stack]:
                node = by_resource.get(stack.resources[logical_id]) if logical_id in stack.resources else None
                if node is not None:
                    spoken_of.add(node)
        return spoken_of

    def _existing(self, workflows: Sequence[Workflow], known: frozenset[Node]) -> tuple[Node, ...]:
        """Return what triggers name and the stacks do not define, as far as it may well be there."""
        types = {node.type for node in known}
        named = dict.fromkeys(node for workflow in workflows for node in nodes_of(workflow) if node not in known)
        return tuple(one for one in named if one.type not in types or self.library.stand_ins.within(one.name))

    def _note_places(self, definitions: Iterable[Definition], field_name: str) -> None:
        for index, definition in enumerate(definitions):
            self._note((field_name, index), definition)

    def _note(self, path: Path, definition: Definition) -> None:
        nodes = self.places.nodes
        nodes[path] = definition.resource.key
        for inner, node in definition.reading.places.items():
            nodes[path + inner] = node


def _named_by(trigger: Trigger, hole: Hole) -> Node | None:
    """Return what an action or condition names that is not known: the name itself may be, in place of another."""
    match hole.path:
        case ("actions", int(index)):
            return action_node(trigger.actions[index])
        case ("predicate", "conditions", int(index)) if trigger.predicate is not None:
            return condition_node(trigger.predicate.conditions[index])
        case _:
            return None
