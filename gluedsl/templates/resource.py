"""One resource of a template: its properties as values, by the tables of `gluedsl.spelling`.

Comes in: the node of its properties, and what evaluates it. Goes out: properties with nothing unknown in them, since
the world has decided; the place of every value by its path in the model; what CloudFormation would refuse; and what the
world has decided that bears on other resources. It judges nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from gluedsl.model.faults import MalformedTemplate, NonStringProperty, UnknownField
from gluedsl.spelling.codec import ByClass, Many, Shape, TextMap, Texts, put
from gluedsl.spelling.shapes import cfn_members, cfn_properties
from gluedsl.spelling.tables import ACTION, CONDITION, WORKFLOW
from gluedsl.templates.contents import Content, Kind, content_of, content_of_argument
from gluedsl.templates.evaluate import Unknown
from gluedsl.templates.functions import PREFIX
from gluedsl.templates.node import Mapping, Scalar, Sequence, noun, plain, span_of

if TYPE_CHECKING:
    from gluedsl.model import Path
    from gluedsl.model.faults import Fault
    from gluedsl.spelling.codec import Field
    from gluedsl.templates.evaluate import Evaluator, Value
    from gluedsl.templates.node import Node

    Known = Node | Unknown

_TRANSFORM = "Fn::Transform"
_MOST_DIGITS = 18
_NOT_GIVEN: Any = object()
"""What stands for a property that is not there."""


class Hole(NamedTuple):
    """Something of a trigger that is not known: an action or a condition, or all of them."""

    path: Path
    """In the trigger: `("actions", 0)`, `("actions",)`, `("predicate", "conditions", 0)` or `("predicate",)`."""
    types: frozenset[str]
    """`JOB`, `CRAWLER` or both."""


class Doubt(NamedTuple):
    """A value that says nothing, in whose place this world has another: only a rule about it itself has to be asked."""

    codes: frozenset[str]
    """Rules about it."""
    nodes: tuple[Node, ...]


@dataclass(slots=True)
class Reading:
    """What was read of one resource."""

    data: dict[str, Any] = field(default_factory=dict)
    """Properties as CloudFormation spells them."""
    places: dict[Path, Node] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    holes: list[Hole] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(slots=True)
class ResourceReader:
    """Reads the properties of one resource."""

    evaluator: Evaluator
    type: str
    label: str
    """As messages call it: "job `load`"."""
    reading: Reading = field(default_factory=Reading)
    beside: frozenset[str] = frozenset()
    """Properties that another table names."""

    def structure(self, shape: Shape, mapping: Mapping, path: Path = (), member: str = "") -> dict[str, Any]:
        """Return a structure; note the places of its parts below `path`."""
        data: dict[str, Any] = {}
        hidden = self._strange(shape, mapping, path, member)
        for each in shape.fields:
            if not each.cfn or (each.cfn[0] not in mapping.entries and not hidden):
                continue
            value = self._follow(mapping, each.cfn, hidden, (*path, each.attribute))
            held = self._field(each, value, (*path, each.attribute), f"{member}{'.'.join(each.cfn)}")
            if held is not _NOT_GIVEN:
                put(data, each.cfn, held)
        return data

    def rest(self, shape: Shape, mapping: Mapping) -> dict[str, Any]:
        """Return the properties that no field of a table names, as they are."""
        named = _members(shape)[()] | self.beside
        rest: dict[str, Any] = {}
        for name, entry in mapping.entries.items():
            if name in named or name not in cfn_properties(self.type):
                continue
            value = self._bare(entry.value)
            if value is not _NOT_GIVEN:
                rest[name] = value
                self.reading.places["extra", name] = entry.value
        return rest

    # -- the way to a value

    def _follow(self, mapping: Mapping, way: tuple[str, ...], hidden: dict[str, Unknown], path: Path) -> Value:
        """Return the value at the end of a way through structures; note the nearest place on it."""
        member, *further = way
        entry = mapping.entries.get(member)
        if entry is None:
            return hidden.get(member) or hidden.get("")
        value = self.evaluator.value(entry.value)
        if value is None:
            # A member that is nothing is a member that is not there.
            self.reading.places.pop(path, None)
            return None
        self.reading.places[path] = entry.key
        if not further:
            return value
        match value:
            case Mapping():
                return self._follow(value, tuple(further), self._transformed(value), path)
            case Unknown():
                return Unknown(f"{value.key}.{'.'.join(further)}", value.shown, value.node)
            case _:
                return self._malformed(member, value, "a map")

    def _transformed(self, mapping: Mapping) -> dict[str, Unknown]:
        """Return what a macro inside of a map makes of members that are not written: under "", of all of them."""
        if _TRANSFORM not in mapping.entries:
            return {}
        node = mapping.entries[_TRANSFORM].value
        return {"": Unknown(f"{self.evaluator.stack.file}:{node.start}", _TRANSFORM, node)}

    def _strange(self, shape: Shape, mapping: Mapping, path: Path, member: str) -> dict[str, Unknown]:
        """Report members that there are not; return those that may be meant, as unknown."""
        hidden = self._transformed(mapping)
        for level in _members(shape):
            if level and level[0] not in mapping.entries:
                continue
            inner: Value = mapping
            for name in level:
                below = inner.get(name) if isinstance(inner, Mapping) else None
                inner = self.evaluator.value(below) if below is not None else None
            if isinstance(inner, Mapping):
                found = self._strange_at(shape, level, inner, path, member)
                if not level:
                    hidden |= found
        return hidden

    def _strange_at(
        self, shape: Shape, level: tuple[str, ...], mapping: Mapping, path: Path, member: str
    ) -> dict[str, Unknown]:
        known = _members(shape)[level] if path else _known(self.type, shape, level)
        meant: dict[str, Unknown] = {}
        for name, entry in mapping.entries.items():
            if name in known or name.startswith(PREFIX):
                continue
            near = get_close_matches(name, sorted(known), n=1)
            self.reading.faults.append(
                UnknownField(
                    path=path,
                    resource=self.label,
                    operation=self.type,
                    field=".".join((*member.rstrip(".").split("."), *level, name)).removeprefix("."),
                    suggestions=tuple(near),
                    span=span_of(entry.key),
                )
            )
            if near:
                key = f"{self.evaluator.stack.file}:{entry.key.start}"
                meant[near[0]] = Unknown(key, name, entry.value)
        return meant

    # -- values

    def _field(self, each: Field, value: Known, path: Path, member: str) -> Any:
        """Return what a field holds, by the form that its table gives it."""
        if value is None:
            return _NOT_GIVEN
        match each.codec:
            case Many(shape=shape):
                return self._structures(shape, value, path, member)
            case Shape() as shape:
                return self._inner(shape, value, path, member)
            case ByClass(lists=lists):
                return self._classes(lists, value, path, member)
            case TextMap():
                return self._texts_by_key(value, path, member)
            case Texts():
                return self._texts(value, path, member, content_of(each.attribute))
            case _:
                return self._scalar(value, path, member, content_of(each.attribute))

    def _scalar(self, value: Value, path: Path, member: str, content: Content) -> Any:
        """Return one value: as it is written, or as the world has it."""
        stand_ins = self.evaluator.stand_ins
        match value:
            case None:
                return _NOT_GIVEN
            case Unknown():
                unknown = value
            case Scalar() if stand_ins.within(value.text):
                if not content.values:
                    self.reading.places[path] = value
                    return value.text
                unknown = Unknown(f"{self.evaluator.stack.file}:{value.text}", value.text, value)
            case Scalar() if (read := _read(value, content.kind)) is not _NOT_GIVEN:
                self.reading.places[path] = value
                is_doubtful = content.owner and read not in content.values
                return self._doubted(content, value, read) if is_doubtful else read
            case _:
                unknown = self._malformed(member, value, content.kind.value)
        self.reading.places[path] = unknown.node
        options = content.values or (stand_ins.of(unknown.key, f"${{{unknown.shown}}}"),)
        return self._decided(unknown, path, (*options, _NOT_GIVEN))

    def _doubted(self, content: Content, node: Node, read: Any) -> Any:
        """Return a value that there is not, or one that there is in its place."""
        key = f"{self.evaluator.stack.file}:{node.start}"
        if self.evaluator.world.choose(f"{key}?", 2) == 0:
            return read
        self.reading.doubts.append(Doubt(frozenset({content.owner}), (node,)))
        return content.values[self.evaluator.world.choose(key, len(content.values))]

    def _decided(self, value: Unknown, path: Path, options: tuple[Any, ...]) -> Any:
        return options[self.evaluator.world.choose(f"{value.key}/{path[-1]}", len(options))]

    def _malformed(self, member: str, node: Node, wanted: str) -> Unknown:
        """Report a value of another type than its place takes; return it as one that is not known."""
        found = noun(node)
        if isinstance(node, Scalar) and isinstance(node.value, str):
            found = f"`{node.text if len(node.text) <= 40 else node.text[:37] + '...'}`"  # noqa: PLR2004 -- readable
        problem = f"`{member}` of {self.label} is {found}, and CloudFormation takes {wanted} there"
        fault = MalformedTemplate(problem=problem, span=span_of(node))
        if fault not in self.reading.faults:
            self.reading.faults.append(fault)
        return Unknown(f"{self.evaluator.stack.file}:{node.start}", member, node)

    def _inner(self, shape: Shape, value: Known, path: Path, member: str) -> Any:
        """Return a structure inside of another."""
        match value:
            case Mapping():
                return self.structure(shape, value, path, f"{member}.")
            case Unknown():
                self.reading.holes.append(Hole(path, _BOTH))
                return _NOT_GIVEN
            case _:
                return self._inner(shape, self._malformed(member, value, "a map"), path, member)

    def _structures(self, shape: Shape, value: Known, path: Path, member: str) -> Any:
        """Return a list of structures; one that is not known has stand-ins for names."""
        match value:
            case Sequence(items=items):
                found = ((item, self.evaluator.value(item)) for item in items)
                given = [(item, one) for item, one in found if one is not None]
                return [
                    self._structure_at(shape, one, item, (*path, index), f"{member}[]")
                    for index, (item, one) in enumerate(given)
                ]
            case Unknown():
                self.reading.holes.append(Hole(path, _BOTH))
                return []
            case _:
                return self._structures(shape, self._malformed(member, value, "a list"), path, member)

    def _structure_at(self, shape: Shape, value: Value, item: Node, path: Path, member: str) -> dict[str, Any]:
        self.reading.places[path] = item
        match value:
            case Mapping():
                data = self.structure(shape, value, path, f"{member}.")
            case Unknown():
                return self._hole(shape, path, item)
            case _:
                if value is not None:
                    self._malformed(member, value, "a map")
                return self._hole(shape, path, item)
        return self._named(shape, data, value, path) if shape is ACTION or shape is CONDITION else data

    def _named(self, shape: Shape, data: dict[str, Any], node: Mapping, path: Path) -> dict[str, Any]:
        """Return an action or condition: where it does not name one thing, what it names is as good as not known."""
        job, crawler = (next(each.cfn[0] for each in shape.fields if each.attribute == name) for name in _NAMES)
        if bool(data.get(job)) is bool(data.get(crawler)):
            key = f"{self.evaluator.stack.file}:{node.start}"
            if self.evaluator.world.choose(f"{key}?", 2) == 0:
                return data
            self.reading.doubts.append(Doubt(frozenset({"AC001", "CN001"}), (node,)))
            return self._hole(shape, path, node)
        for name, type_ in ((job, "JOB"), (crawler, "CRAWLER")):
            if self.evaluator.stand_ins.within(data.get(name, "")):
                self.reading.holes.append(Hole(path, frozenset({type_})))
        return data

    def _hole(self, shape: Shape, path: Path, node: Node) -> dict[str, Any]:
        """Return an action or condition with a stand-in for its job; nothing else is known of it."""
        self.reading.holes.append(Hole(path, _BOTH))
        key = f"{self.evaluator.stack.file}:{node.start}"
        stand_in = self.evaluator.stand_ins.of(key, "unknown")
        data: dict[str, Any] = {}
        for each in shape.fields:
            if each.attribute == _NAMES[0]:
                put(data, each.cfn, stand_in)
            if shape is CONDITION and each.attribute in {"state", "logical_operator"}:
                values = content_of(each.attribute).values
                put(data, each.cfn, values[self.evaluator.world.choose(f"{key}/{each.attribute}", len(values))])
        return data

    def _classes(self, lists: dict[str, Shape], value: Known, path: Path, member: str) -> Any:
        """Return lists by class; the model has one tuple of all of them."""
        match value:
            case Mapping():
                data: dict[str, Any] = {}
                count = 0
                for name, shape in lists.items():
                    entry = value.entries.get(name)
                    found = self.evaluator.value(entry.value) if entry is not None else None
                    if isinstance(found, Sequence):
                        data[name] = []
                        for item in found.items:
                            one = self.evaluator.value(item)
                            if one is not None:
                                data[name].append(self._target(shape, one, item, (*path, count), f"{member}.{name}[]"))
                                count += 1
                    elif found is not None:
                        if not isinstance(found, Unknown):
                            self._malformed(f"{member}.{name}", found, "a list")
                        data[name] = [self._some(shape)]
                        count += 1
                return data
            case Unknown():
                name, shape = next(iter(lists.items()))
                return self._decided(value, path, ({name: [self._some(shape)]}, _NOT_GIVEN))
            case _:
                return self._classes(lists, self._malformed(member, value, "a map"), path, member)

    def _target(self, shape: Shape, value: Value, item: Node, path: Path, member: str) -> dict[str, Any]:
        self.reading.places[path] = item
        match value:
            case Mapping():
                return self.structure(shape, value, path, f"{member}.")
            case Unknown():
                return self._some(shape)
            case _:
                if value is not None:
                    self._malformed(member, value, "a map")
                return self._some(shape)

    def _some(self, shape: Shape) -> dict[str, Any]:
        """Return a structure such as Glue takes, in the place of one that is not known."""
        data: dict[str, Any] = {}
        for each in shape.fields:
            if each.cfn and each.attribute in _NEEDED:
                content = content_of(each.attribute)
                text = content.values[0] if content.values else self.evaluator.stand_ins.of(each.attribute, "unknown")
                put(data, each.cfn, [text] if isinstance(each.codec, Texts) else text)
        return data

    def _texts(self, value: Known, path: Path, member: str, content: Content) -> Any:
        match value:
            case Sequence(items=items):
                found = [
                    self._scalar(self.evaluator.value(item), (*path, i), member, content)
                    for i, item in enumerate(items)
                ]
                return [one for one in found if one is not _NOT_GIVEN]
            case Scalar():
                one = self._scalar(value, (*path, 0), member, content)
                return _NOT_GIVEN if one is _NOT_GIVEN else [one]
            case Unknown():
                stand_in = self.evaluator.stand_ins.of(value.key, f"${{{value.shown}}}")
                return self._decided(value, path, (list(content.values[:1]) or [stand_in], _NOT_GIVEN))
            case _:
                return self._texts(self._malformed(member, value, "a list"), path, member, content)

    def _texts_by_key(self, value: Known, path: Path, member: str) -> Any:
        match value:
            case Mapping():
                return self._entries(value, path, member)
            case Unknown() | Scalar(value=str()):
                # A text may hold the map as JSON: CloudFormation takes that for some, and it is as good as unknown.
                node = value.node if isinstance(value, Unknown) else value
                unknown = Unknown(f"{self.evaluator.stack.file}:{node.start}", member, node)
                return self._decided(unknown, path, ({}, _NOT_GIVEN))
            case _:
                return self._texts_by_key(self._malformed(member, value, "a map"), path, member)

    def _entries(self, mapping: Mapping, path: Path, member: str) -> dict[str, str]:
        """Return a map of texts; CloudFormation makes texts of numbers and truth values."""
        texts: dict[str, str] = {}
        for key, entry in mapping.entries.items():
            if key == _TRANSFORM:
                continue
            place = (*path, key)
            value = self.evaluator.value(entry.value)
            if isinstance(value, Mapping | Sequence | Scalar) and not _is_text(value):
                self._no_text(key, value, path, member)
                value = Unknown(f"{self.evaluator.stack.file}:{value.start}", key, value)
            text = self._scalar(value, place, f"{member}.{key}", content_of_argument(key))
            if text is not _NOT_GIVEN:
                texts[key] = text
            self.reading.places[place] = entry.key
        return texts

    def _no_text(self, key: str, value: Node, path: Path, member: str) -> None:
        if self.type == _WORKFLOW_TYPE and path[-1] == _PROPERTIES:
            shown = _shown(value)
            self.reading.faults.append(
                NonStringProperty(
                    workflow=self.label.partition("`")[2].rstrip("`"),
                    key=key,
                    value=shown,
                    type_name=noun(value).rpartition(" ")[2],
                    span=span_of(value),
                )
            )
        else:
            self._malformed(f"{member}.{key}", value, Kind.TEXT.value)

    def _bare(self, node: Node) -> Any:
        """Return a value without a table: what is not known in it is a stand-in."""
        value = self.evaluator.value(node)
        match value:
            case None:
                return _NOT_GIVEN
            case Unknown():
                return self._decided(value, ("extra",), (_NOT_GIVEN,))
            case Scalar():
                return _NOT_GIVEN if self.evaluator.stand_ins.within(value.text) else value.value
            case Sequence(items=items):
                return [one for item in items if (one := self._bare(item)) is not _NOT_GIVEN]
            case Mapping(entries=entries):
                found = ((key, self._bare(entry.value)) for key, entry in entries.items())
                return {key: one for key, one in found if one is not _NOT_GIVEN}


_BOTH = frozenset({"JOB", "CRAWLER"})
_NAMES = ("job_name", "crawler_name")
_NEEDED = frozenset({"path", "paths", "table", "tables", "connection", "database"})
"""Attributes without which a target reads nothing."""
_WORKFLOW_TYPE = "AWS::Glue::Workflow"
_PROPERTIES = next(each.attribute for each in WORKFLOW.fields if isinstance(each.codec, TextMap))


_MEMBERS: dict[int, dict[tuple[str, ...], frozenset[str]]] = {}
_KNOWN: dict[tuple[str, int, tuple[str, ...]], frozenset[str]] = {}


def _members(shape: Shape) -> dict[tuple[str, ...], frozenset[str]]:
    """Return the members that a table names, by the structure that they are in; tables are few, and live for ever."""
    if id(shape) not in _MEMBERS:
        ways = [each.cfn for each in shape.fields if each.cfn]
        levels = sorted({(), *(way[:depth] for way in ways for depth in range(len(way)))})
        _MEMBERS[id(shape)] = {
            level: frozenset(way[len(level)] for way in ways if way[: len(level)] == level and len(way) > len(level))
            for level in levels
        }
    return _MEMBERS[id(shape)]


def _known(type_: str, shape: Shape, level: tuple[str, ...]) -> frozenset[str]:
    """Return the members of a resource, or of a structure in it: of the table, and of CloudFormation's schema."""
    key = type_, id(shape), level
    if key not in _KNOWN:
        further = cfn_members(type_, level[0]) if level else cfn_properties(type_)
        _KNOWN[key] = _members(shape)[level].union(further)
    return _KNOWN[key]


def _is_text(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is not None


def _shown(node: Node) -> str:
    """Return a value on one line, shortened."""
    text = json.dumps(plain(node), ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}..."  # noqa: PLR2004 -- as in flows


def _read(node: Scalar, kind: Kind) -> Any:
    """Return a value as its kind; `_NOT_GIVEN` if it is none of that kind."""
    text = node.text.strip()
    match kind:
        case _ if node.value is None:
            return _NOT_GIVEN
        case Kind.TEXT:
            return node.text
        case Kind.BOOLEAN if text.lower() in {"true", "false"}:
            return text.lower() == "true"
        case Kind.BOOLEAN if isinstance(node.value, bool):
            return node.value
        case Kind.INTEGER | Kind.NUMBER if not isinstance(node.value, bool) and len(text) <= _MOST_DIGITS:
            try:
                number = float(text)
            except ValueError:
                return _NOT_GIVEN
            if kind is Kind.NUMBER:
                return number if number - number == 0 else _NOT_GIVEN
            return int(number) if number - number == 0 and number == int(number) else _NOT_GIVEN
        case _:
            return _NOT_GIVEN
