"""Single values of a resource, and lists and maps of them.

Comes in: what a function came to. Goes out: a value as the model holds it, with nothing unknown in it, since the world
has decided. Noted on the way: its place, and what CloudFormation would refuse.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from gluedsl.model.faults import MalformedTemplate, NonStringProperty
from gluedsl.spelling.codec import TextMap
from gluedsl.spelling.tables import WORKFLOW
from gluedsl.templates.contents import Content, Kind, content_of_argument
from gluedsl.templates.evaluate import Unknown
from gluedsl.templates.functions import TRANSFORM
from gluedsl.templates.node import Mapping, Node, Scalar, Sequence, noun, plain, span_of

if TYPE_CHECKING:
    from gluedsl.model import Path
    from gluedsl.model.faults import Fault
    from gluedsl.templates.evaluate import Evaluator, Value

Known = Node | Unknown
"""What a member that is there came to."""
NOT_GIVEN: Any = object()
"""What stands for a value that is not there."""
_MOST_DIGITS = 18
_SHOWN = 40
"""Characters of a value in a message."""
_WORKFLOW_TYPE = "AWS::Glue::Workflow"
_RUN_PROPERTIES = next(each.attribute for each in WORKFLOW.fields if isinstance(each.codec, TextMap))


class Hole(NamedTuple):
    """Something of a trigger that is not known: an action or a condition, or all of them."""

    path: Path
    """In the trigger: `("actions", 0)`, `("actions",)`, `("predicate", "conditions", 0)` or `("predicate",)`."""
    types: frozenset[str]
    """`JOB`, `CRAWLER` or both."""


class Doubt(NamedTuple):
    """A value that says nothing, in whose place this world has another: only rules about it itself have to be asked."""

    codes: frozenset[str]
    """Of these rules."""
    nodes: tuple[Node, ...]


@dataclass(slots=True)
class Reading:
    """What was noted of one resource."""

    places: dict[Path, Node] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    holes: list[Hole] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(slots=True)
class ValueReader:
    """Reads values of one resource."""

    evaluator: Evaluator
    type: str
    label: str
    """As messages call the resource: "job `load`"."""
    reading: Reading = field(default_factory=Reading)

    def key(self, node: Node) -> str:
        """Return a text that names a place of the template to the world."""
        return f"{self.evaluator.stack.key}:{node.start}"

    def decided(self, value: Unknown, path: Path, options: tuple[Any, ...]) -> Any:
        """Return what an unknown value is in this world."""
        return options[self.evaluator.world.choose(f"{value.key}/{path[-1]}", len(options))]

    def malformed(self, member: str, node: Node, wanted: str) -> Unknown:
        """Report a value of another type than its place takes; return it as one that is not known."""
        found = f"`{_shortened(node.text)}`" if isinstance(node, Scalar) and node.value is not None else noun(node)
        problem = f"`{member}` of {self.label} is {found}, and CloudFormation takes {wanted} there"
        fault = MalformedTemplate(problem=problem, span=span_of(node))
        if fault not in self.reading.faults:
            self.reading.faults.append(fault)
        return Unknown(self.key(node), member, node)

    def scalar(self, value: Value, path: Path, member: str, content: Content) -> Any:
        """Return one value: as it is written, or as the world has it."""
        stand_ins = self.evaluator.stand_ins
        match value:
            case None:
                return NOT_GIVEN
            case Unknown():
                unknown = value
            case Scalar() if stand_ins.within(value.text):
                if not content.values:
                    self.reading.places[path] = value
                    return value.text
                unknown = Unknown(f"{self.evaluator.stack.key}:{value.text}", value.text, value)
            case Scalar() if (read := _read(value, content.kind)) is not NOT_GIVEN:
                self.reading.places[path] = value
                is_doubtful = content.owner and read not in content.values
                return self._doubted(content, value, read) if is_doubtful else read
            case _:
                unknown = self.malformed(member, value, content.kind.value)
        self.reading.places[path] = unknown.node
        options = content.values or (stand_ins.of(unknown.key, f"${{{unknown.shown}}}"),)
        return self.decided(unknown, path, (*options, NOT_GIVEN))

    def _doubted(self, content: Content, node: Node, read: Any) -> Any:
        """Return a value that there is not, or one that there is in its place."""
        world = self.evaluator.world
        if not world.doubts(self.key(node)):
            return read
        self.reading.doubts.append(Doubt(frozenset({content.owner}), (node,)))
        return content.values[world.choose(self.key(node), len(content.values))]

    def texts(self, value: Known, path: Path, member: str, content: Content) -> Any:
        """Return a list of texts; CloudFormation takes a single text for a list of one."""
        match value:
            case Sequence(items=items):
                values = [self.evaluator.value(item) for item in items]
                found = [self.scalar(one, (*path, index), member, content) for index, one in enumerate(values)]
                return [one for one in found if one is not NOT_GIVEN]
            case Scalar():
                one = self.scalar(value, (*path, 0), member, content)
                return NOT_GIVEN if one is NOT_GIVEN else [one]
            case Unknown():
                stand_in = self.evaluator.stand_ins.of(value.key, f"${{{value.shown}}}")
                return self.decided(value, path, (list(content.values[:1]) or [stand_in], NOT_GIVEN))
            case _:
                return self.texts(self.malformed(member, value, "a list"), path, member, content)

    def texts_by_key(self, value: Known, path: Path, member: str) -> Any:
        """Return a map of texts."""
        match value:
            case Mapping():
                return self._entries(value, path, member)
            case Unknown() | Scalar(value=str()):
                # A text may hold the map as JSON: CloudFormation takes that for some, and it is as good as unknown.
                node = value.node if isinstance(value, Unknown) else value
                return self.decided(Unknown(self.key(node), member, node), path, ({}, NOT_GIVEN))
            case _:
                return self.texts_by_key(self.malformed(member, value, "a map"), path, member)

    def _entries(self, mapping: Mapping, path: Path, member: str) -> dict[str, str]:
        """Return the members of a map of texts; CloudFormation makes texts of numbers and truth values."""
        texts: dict[str, str] = {}
        for key, entry in mapping.entries.items():
            if key == TRANSFORM:
                continue
            value = self.evaluator.value(entry.value)
            if isinstance(value, Mapping | Sequence) or (isinstance(value, Scalar) and value.value is None):
                self._no_text(key, value, path, member)
                value = Unknown(self.key(value), key, value)
            text = self.scalar(value, (*path, key), f"{member}.{key}", content_of_argument(key))
            if text is not NOT_GIVEN:
                texts[key] = text
            self.reading.places[(*path, key)] = entry.key
        return texts

    def _no_text(self, key: str, value: Node, path: Path, member: str) -> None:
        if self.type != _WORKFLOW_TYPE or path[-1] != _RUN_PROPERTIES:
            self.malformed(f"{member}.{key}", value, Kind.TEXT.value)
            return
        self.reading.faults.append(
            NonStringProperty(
                workflow=self.label.partition("`")[2].rstrip("`"),
                key=key,
                value=_shortened(json.dumps(plain(value), ensure_ascii=False)),
                type_name=noun(value).removeprefix("a "),
                span=span_of(value),
            )
        )

    def bare(self, node: Node) -> Any:
        """Return a value that no table names; what is not known of it is left out."""
        value = self.evaluator.value(node)
        match value:
            case None | Unknown():
                return NOT_GIVEN
            case Scalar():
                return NOT_GIVEN if self.evaluator.stand_ins.within(value.text) else value.value
            case Sequence(items=items):
                return [one for item in items if (one := self.bare(item)) is not NOT_GIVEN]
            case Mapping(entries=entries):
                found = ((key, self.bare(entry.value)) for key, entry in entries.items())
                return {key: one for key, one in found if one is not NOT_GIVEN}


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def _read(node: Scalar, kind: Kind) -> Any:
    """Return a value as its kind; `NOT_GIVEN` if it is none of that kind."""
    if node.value is None:
        return NOT_GIVEN
    match kind:
        case Kind.TEXT:
            return node.text
        case Kind.BOOLEAN:
            is_written = node.text.strip().lower() in {"true", "false"}
            said = node.text.strip().lower() == "true" if is_written else node.value
            return said if isinstance(said, bool) else NOT_GIVEN
        case Kind.INTEGER | Kind.NUMBER:
            number = NOT_GIVEN if isinstance(node.value, bool) else _number(node.text.strip())
            if kind is Kind.NUMBER or number is NOT_GIVEN:
                return number
            return int(number) if number == int(number) else NOT_GIVEN


def _number(text: str) -> Any:
    try:
        number = float(text) if len(text) <= _MOST_DIGITS else float("nan")
    except ValueError:
        return NOT_GIVEN
    is_finite = abs(number) < float("inf")
    return number if is_finite else NOT_GIVEN
