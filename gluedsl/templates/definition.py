"""Each resource of Glue in some stacks as an object of the model, in one world.

Comes in: stacks, and a world. Goes out: for each workflow, trigger, job and crawler that the world has, the object,
the places of its values, and what CloudFormation would refuse. What no decision of the world bears on is read once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gluedsl.model.faults import IdleTrigger, NeverActivated, StartedAtCreation
from gluedsl.spelling import tables
from gluedsl.spelling.codec import CFN
from gluedsl.templates.evaluate import Evaluator
from gluedsl.templates.members import member
from gluedsl.templates.node import Mapping, span_of
from gluedsl.templates.resource import BOTH, ResourceReader
from gluedsl.templates.uses import uses, written
from gluedsl.templates.values import Hole, ValueReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingOf

    from gluedsl.model import Crawler, Job, Trigger, Workflow
    from gluedsl.model.faults import Fault, MalformedTemplate
    from gluedsl.spelling.codec import Shape
    from gluedsl.templates.node import Node
    from gluedsl.templates.stack import Resource, Stack
    from gluedsl.templates.values import Reading
    from gluedsl.templates.world import Decision, StandIns, World

TABLES: MappingOf[str, Shape] = {
    "AWS::Glue::Workflow": tables.WORKFLOW,
    "AWS::Glue::Trigger": tables.TRIGGER,
    "AWS::Glue::Job": tables.JOB,
    "AWS::Glue::Crawler": tables.CRAWLER,
}
"""The types that a project has, each with the table of its properties."""
_NEVER_ACTIVE = ("ON_DEMAND", "EVENT")
_BESIDE: MappingOf[str, frozenset[str]] = {
    "AWS::Glue::Trigger": frozenset(each.cfn[0] for each in tables.PLACEMENT.fields)
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Definition:
    """One resource, read."""

    stack: Stack
    resource: Resource
    object: Workflow | Trigger | Job | Crawler
    reading: Reading
    workflow_name: str | None = None
    """Of a trigger: its workflow's."""
    workflow_place: Node | None = None


@dataclass(slots=True, eq=False)
class Library:
    """What stays the same whatever the world."""

    stacks: tuple[Stack, ...]
    stand_ins: StandIns
    definitions: dict[Resource, list[tuple[list[Decision], Definition | None]]] = field(default_factory=dict)
    """What was read of each resource so far, by the decisions that it hangs on; None: it is not there."""
    texts: frozenset[str] = frozenset()
    """Everything that stands as a text in resources of Glue."""
    loose_faults: dict[MalformedTemplate, None] = field(default_factory=dict)
    """Of resources that some world does not have."""
    uses: MappingOf[Stack, frozenset[str]] = field(default_factory=dict)
    """Logical ids that something else than a trigger speaks of."""

    @staticmethod
    def of(stacks: tuple[Stack, ...], stand_ins: StandIns) -> Library:
        """Look through stacks for what their resources share."""
        own = (resource for stack in stacks for resource in stack.resources.values() if resource.type in TABLES)
        texts = frozenset(text for resource in own for text in written(resource.properties))
        return Library(stacks, stand_ins, texts=texts, uses={stack: uses(stack) for stack in stacks})


@dataclass(slots=True, eq=False)
class Definer:
    """Reads the resources of some stacks in one world."""

    library: Library
    world: World
    evaluators: dict[Stack, Evaluator] = field(default_factory=dict)
    names: dict[Resource, tuple[str, list[Decision]]] = field(default_factory=dict)
    """Each with the decisions of the world that it hangs on."""
    being_named: list[Resource] = field(default_factory=list)
    circling: set[Resource] = field(default_factory=set)
    faults: dict[MalformedTemplate, None] = field(default_factory=dict)
    """Of what is being read."""
    exports: dict[str, tuple[Evaluator, Node]] | None = None

    def definitions(self) -> Iterator[Definition]:
        """Yield each resource of Glue that the world has, in the order of the templates."""
        for stack in self.library.stacks:
            for resource in stack.resources.values():
                if resource.type not in TABLES:
                    continue
                definition = self._definition(stack, resource)
                if definition is not None:
                    yield definition

    def _definition(self, stack: Stack, resource: Resource) -> Definition | None:
        known = self.library.definitions.setdefault(resource, [])
        for decisions, definition in known:
            if self.world.agrees(decisions):
                return definition
        before = len(self.world.decisions)
        definition = self._define(stack, resource)
        known.append((self.world.decisions[before:], definition))
        return definition

    def _define(self, stack: Stack, resource: Resource) -> Definition | None:
        evaluator = self.evaluator(stack)
        self.faults.clear()
        if resource.condition is not None and not evaluator.conditions.holds(resource.condition, resource.key):
            self.library.loose_faults.update(self.faults)
            return None
        name = self._name(stack, resource)
        label = f"{resource.type.rpartition(':')[2].lower()} `{self.library.stand_ins.show(name)}`"
        values = ValueReader(evaluator, resource.type, label)
        reader = ResourceReader(values, beside=_BESIDE.get(resource.type, frozenset()))
        definition = self._read(stack, resource, reader, name)
        definition.reading.faults[:] = dict.fromkeys([*definition.reading.faults, *self.faults])
        return definition

    def _read(self, stack: Stack, resource: Resource, reader: ResourceReader, name: str) -> Definition:
        table, properties, reading = TABLES[resource.type], resource.properties, reader.reading
        data, rest = reader.structure(table, properties), reader.rest(table, properties)
        data[member(table, "name")] = name
        reading.places.setdefault(("name",), resource.key)
        if resource.type == "AWS::Glue::Trigger":
            return self._trigger(stack, resource, reader, table.of(**table.take(data, CFN), extra=rest))
        made = table.of(**table.take(data, CFN), extra=rest)
        return Definition(stack=stack, resource=resource, object=made, reading=reading)

    def _trigger(self, stack: Stack, resource: Resource, reader: ResourceReader, trigger: Trigger) -> Definition:
        reading = reader.reading
        placement = tables.PLACEMENT.decode(reader.structure(tables.PLACEMENT, resource.properties), CFN)
        started = placement.start_on_creation
        place = reading.places.get(("start_on_creation",), resource.key)
        reading.places["enabled",] = place
        shown, span = self.library.stand_ins.show(trigger.name), span_of(place)
        if trigger.can_be_active and not started:
            fault: Fault = NeverActivated(trigger=shown, type=trigger.type, is_said=started is False, span=span)
            reading.faults.append(fault)
        if trigger.type in _NEVER_ACTIVE and started:
            reading.faults.append(StartedAtCreation(trigger=shown, type=trigger.type, span=span))
        if not trigger.actions and not any(hole.path[:1] == ("actions",) for hole in reading.holes):
            # What it was to start is started by nothing else: that is no further mistake.
            reading.faults.append(
                IdleTrigger(trigger=shown, span=span_of(reading.places.get(("actions",), resource.key)))
            )
            reading.holes.append(Hole(("actions",), BOTH))
        return Definition(
            stack=stack,
            resource=resource,
            object=trigger,
            reading=reading,
            workflow_name=placement.workflow_name,
            workflow_place=reading.places.get(("workflow_name",)),
        )

    def evaluator(self, stack: Stack) -> Evaluator:
        """Return what computes the values of a stack."""
        if stack not in self.evaluators:
            self.evaluators[stack] = Evaluator(
                stack=stack,
                world=self.world,
                stand_ins=self.library.stand_ins,
                faults=self.faults,
                name_of=self.name_of,
                exported=self._exported,
                given=self._given,
                output=self._output,
            )
        return self.evaluators[stack]

    def name_of(self, stack: Stack, resource: Resource) -> str | None:
        """Return the name of a resource of Glue; None of another."""
        return self._name(stack, resource) if resource.type in TABLES else None

    def _name(self, stack: Stack, resource: Resource) -> str:
        """Return a name as it is given, or a stand-in that is shown as the logical id."""
        if resource not in self.names:
            before = len(self.world.decisions)
            name = self._named(stack, resource)
            self.names[resource] = name, self.world.decisions[before:]
            return name
        name, decisions = self.names[resource]
        self.world.decisions += decisions
        return name

    def _named(self, stack: Stack, resource: Resource) -> str:
        node = resource.properties.get(member(TABLES[resource.type], "name"))
        evaluator = self.evaluator(stack)
        text: str | None = None
        if resource in self.being_named:
            # A name that hangs on itself is refused where the template is read, and is equal to no other.
            self.circling.update(self.being_named[self.being_named.index(resource) :])
        elif node is not None:
            self.being_named.append(resource)
            try:
                text = evaluator.text(node)
            finally:
                self.being_named.pop()
        return self._stand_in(stack, resource) if resource in self.circling or not text else text

    def _stand_in(self, stack: Stack, resource: Resource) -> str:
        """Return a name for a resource to which CloudFormation will give one."""
        is_alone = len(self.library.stacks) == 1
        if is_alone and resource.logical_id not in self.library.texts:
            return resource.logical_id
        return self.library.stand_ins.of(f"{stack.key}:{resource.logical_id}", resource.logical_id)

    def _exported(self, name: str) -> tuple[Evaluator, Node] | None:
        if self.exports is None:
            self.exports = {}
            self.exports = dict(self._all_exports())
        return self.exports.get(name)

    def _all_exports(self) -> Iterator[tuple[str, tuple[Evaluator, Node]]]:
        for stack in self.library.stacks:
            evaluator = self.evaluator(stack)
            for output in stack.outputs.values():
                export, value = output.get("Export"), output.get("Value")
                given = export.get("Name") if isinstance(export, Mapping) else None
                name = evaluator.text(given) if given is not None else None
                if name is not None and value is not None:
                    yield name, (evaluator, value)

    def _given(self, stack: Stack, parameter: str) -> tuple[Evaluator, Node] | None:
        if stack.parent is None or parameter not in stack.given:
            return None
        return self.evaluator(stack.parent), stack.given[parameter]

    def _output(self, stack: Stack, resource: str, output: str) -> tuple[Evaluator, Node] | None:
        for other in self.library.stacks:
            if other.parent is stack and other.made_by == resource and output in other.outputs:
                value = other.outputs[output].get("Value")
                return (self.evaluator(other), value) if value is not None else None
        return None
