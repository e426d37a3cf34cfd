"""A template by its sections.

Comes in: the tree of a template. Goes out: its parameters, conditions, resources and outputs by name, and whatever in
them CloudFormation could make nothing of. It computes no function.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gluedsl.errors import UsageError
from gluedsl.model.faults import MalformedTemplate
from gluedsl.templates.circles import condition_circles, resource_circles
from gluedsl.templates.functions import CONDITION, FOR_EACH, PREFIX
from gluedsl.templates.node import Mapping, Scalar, Sequence, noun, span_of
from gluedsl.templates.uses import references

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Mapping as MappingOf

    from gluedsl.templates.document import Document
    from gluedsl.templates.node import Entry, Node

PARAMETERS, MAPPINGS, CONDITIONS, RESOURCES, OUTPUTS = "Parameters", "Mappings", "Conditions", "Resources", "Outputs"
TYPE, PROPERTIES, METADATA, TRANSFORM = "Type", "Properties", "Metadata", "Transform"
CONSTRUCT_PATH = "aws:cdk:path"
_OUTSIDE = ("AWS::CloudFormation::Stack", "AWS::CloudFormation::CustomResource", "AWS::Serverless::App", "Custom::")
"""How types begin whose resources are made of other templates, or by programs."""
HARMLESS_TRANSFORMS = frozenset({"AWS::LanguageExtensions", "AWS::Serverless-2016-10-31"})
"""Those that leave resources of Glue as they are written."""


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """One resource of a template."""

    logical_id: str
    key: Scalar
    type: str
    body: Mapping
    properties: Mapping
    condition: str | None
    """The name of the condition on which it exists."""
    construct: str
    """Its path among the constructs of a CDK application; empty if there is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """One template."""

    file: str
    key: str
    """A text that no other stack has: two stacks can be made of one template."""
    document: Document
    parameters: MappingOf[str, Mapping]
    mappings: Mapping | None
    conditions: MappingOf[str, Node]
    resources: MappingOf[str, Resource]
    outputs: MappingOf[str, Mapping]
    is_open: bool
    """Whether there may be more resources than are written: a macro makes them, or they are written twice."""
    is_transformed: bool
    """Whether there may be names that are not written."""
    faults: tuple[MalformedTemplate, ...]
    """What makes it no template, or not one of which its reader knows for sure what it says."""
    exported: frozenset[str]
    """Logical ids that other stacks, or programs of the author's, learn of."""
    given: MappingOf[str, Node] = field(default_factory=dict)
    """What a parent stack gives its parameters."""
    parent: Stack | None = None
    made_by: str = ""
    """The logical id of the stack among its parent's resources."""

    def exports(self, resource: Resource) -> bool:
        """Whether something outside of the template may name a resource: then it may have triggers for it."""
        return resource.logical_id in self.exported


def read_stack(document: Document, constructs: MappingOf[str, str] | None = None) -> Stack:
    """Return a template by its sections; `constructs` tells construct paths by logical id.

    Raises:
        UsageError: it has no resources, so that it is no template.
    """
    root = document.root
    resources = root.get(RESOURCES)
    if not isinstance(resources, Mapping):
        found = f"its `{RESOURCES}` is {noun(resources)}, not a map" if resources else f"it has no `{RESOURCES}`"
        message = f"`{document.file}` is no CloudFormation template: {found}"
        raise UsageError(message)
    reader = _Reader(constructs or {})
    read = reader.resources(resources)
    conditions = {name: entry.value for name, entry in _entries(reader.section(root, CONDITIONS))}
    repeated = [reader.repeated(one.first, one.again) for one in document.repetitions]
    outputs = reader.maps(root, OUTPUTS)
    transforms = _texts(root.get(TRANSFORM))
    return Stack(
        file=document.file,
        key=document.file,
        document=document,
        parameters=reader.maps(root, PARAMETERS),
        mappings=reader.section(root, MAPPINGS),
        conditions=conditions,
        resources=read,
        outputs=outputs,
        is_open=reader.is_open or bool(repeated) or any(one not in HARMLESS_TRANSFORMS for one in transforms),
        is_transformed=bool(transforms) or reader.is_open or bool(repeated),
        faults=(*reader.faults, *repeated, *resource_circles(read), *condition_circles(conditions)),
        exported=frozenset(_exported(read, outputs)),
    )


@dataclass(slots=True)
class _Reader:
    constructs: MappingOf[str, str]
    is_open: bool = False
    faults: list[MalformedTemplate] = field(default_factory=list)

    def section(self, root: Mapping, name: str) -> Mapping | None:
        return self._map(f"`{name}`", root.get(name))

    def maps(self, root: Mapping, name: str) -> dict[str, Mapping]:
        read = {
            key: self._map(f"`{key}` in `{name}`", entry.value) for key, entry in _entries(self.section(root, name))
        }
        return {key: value for key, value in read.items() if value is not None}

    def resources(self, mapping: Mapping) -> dict[str, Resource]:
        read = {}
        for logical_id, entry in mapping.entries.items():
            if logical_id.startswith((FOR_EACH, PREFIX)):
                self.is_open = True
            elif (resource := self._resource(logical_id, entry)) is not None:
                read[logical_id] = resource
            else:
                self.is_open = True
        return read

    def _resource(self, logical_id: str, entry: Entry) -> Resource | None:
        body = self._map(f"resource `{logical_id}`", entry.value)
        if body is None:
            return None
        type_ = body.get(TYPE)
        if not isinstance(type_, Scalar) or not isinstance(type_.value, str):
            problem = (
                f"resource `{logical_id}` has no type"
                if type_ is None
                else f"the type of `{logical_id}` is {noun(type_)}, not a text"
            )
            self.faults.append(MalformedTemplate(problem=problem, span=span_of(type_ or entry.key)))
            return None
        given = body.get(PROPERTIES)
        properties = self._map(f"`{PROPERTIES}` of `{logical_id}`", given)
        if given is not None and properties is None:
            return None
        condition = body.get(CONDITION)
        if condition is not None and not isinstance(condition, Scalar):
            problem = f"`{CONDITION}` of `{logical_id}` is {noun(condition)}, not the name of a condition"
            self.faults.append(MalformedTemplate(problem=problem, span=span_of(condition)))
        return Resource(
            logical_id=logical_id,
            key=entry.key,
            type=type_.value,
            body=body,
            properties=properties or Mapping({}, entry.key.start, entry.key.end, entry.key.source),
            condition=condition.text if isinstance(condition, Scalar) else None,
            construct=self.constructs.get(logical_id, "") or _construct(body),
        )

    def _map(self, what: str, node: Node | None) -> Mapping | None:
        if node is None or isinstance(node, Mapping):
            return node
        problem = f"{what} is {noun(node)}, and CloudFormation takes a map there"
        self.faults.append(MalformedTemplate(problem=problem, span=span_of(node)))
        return None

    def repeated(self, first: Scalar, again: Scalar) -> MalformedTemplate:
        return MalformedTemplate(
            problem=f"key `{again.text}` stands twice in one map, which CloudFormation refuses",
            span=span_of(again),
            related=((span_of(first), "it stands here first"),),
            help="keep one of the two",
        )


def _exported(resources: MappingOf[str, Resource], outputs: MappingOf[str, Mapping]) -> Iterator[str]:
    for output in outputs.values():
        if output.get("Export") is not None:
            yield from references(output)
    for resource in resources.values():
        if resource.type.startswith(_OUTSIDE):
            yield from references(resource.properties)


def _entries(mapping: Mapping | None) -> Iterable[tuple[str, Entry]]:
    return mapping.entries.items() if mapping is not None else ()


def _texts(node: Node | None) -> list[str]:
    items = node.items if isinstance(node, Sequence) else [node] if node is not None else []
    return [item.text if isinstance(item, Scalar) else "" for item in items]


def _construct(body: Mapping) -> str:
    metadata = body.get(METADATA)
    path = metadata.get(CONSTRUCT_PATH) if isinstance(metadata, Mapping) else None
    return path.text if isinstance(path, Scalar) else ""
