"""One resource of a template: its properties as values, by the tables of `gluedsl.spelling`.

Comes in: the node of its properties, and what evaluates it. Goes out: properties with nothing unknown in them, since
the world has decided; the place of every value by its path in the model; what CloudFormation would refuse; and what the
world has decided that bears on other resources. It judges nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from gluedsl.model.faults import UnknownField
from gluedsl.spelling.codec import ByClass, Many, Shape, TextMap, Texts, put
from gluedsl.spelling.shapes import cfn_properties
from gluedsl.spelling.tables import ACTION, CONDITION, PREDICATE
from gluedsl.templates.contents import content_of
from gluedsl.templates.evaluate import Unknown
from gluedsl.templates.functions import PREFIX, TRANSFORM
from gluedsl.templates.members import known_members, member, named_members
from gluedsl.templates.node import Mapping, Sequence, span_of
from gluedsl.templates.values import NOT_GIVEN, Doubt, Hole

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf

    from gluedsl.model import Path
    from gluedsl.spelling.codec import Field
    from gluedsl.templates.evaluate import Evaluator, Value
    from gluedsl.templates.node import Node
    from gluedsl.templates.values import Known, Reading, ValueReader

BOTH = frozenset({"JOB", "CRAWLER"})
_NAMES = ("job_name", "crawler_name")
_OWNERS_OF_NAMES = frozenset({"AC001", "CN001"})
_OWNERS_OF_LOGIC = frozenset({"CN006"})
_NEEDED = frozenset({"path", "paths", "table", "tables", "connection", "database"})
"""Attributes without which a target reads nothing."""


@dataclass(slots=True)
class ResourceReader:
    """Reads the properties of one resource."""

    values: ValueReader
    beside: frozenset[str] = frozenset()
    """Properties that another table names."""

    @property
    def reading(self) -> Reading:
        """What was noted so far."""
        return self.values.reading

    @property
    def _evaluator(self) -> Evaluator:
        return self.values.evaluator

    def structure(self, table: Shape, mapping: Mapping, path: Path = (), shown: str = "") -> dict[str, Any]:
        """Return a structure; note the places of its parts below `path`. Messages call its members after `shown`."""
        data: dict[str, Any] = {}
        hidden = self._strange(table, mapping, path, shown)
        for each in table.fields:
            if not each.cfn or (each.cfn[0] not in mapping.entries and not hidden):
                continue
            value = self._follow(mapping, each.cfn, hidden, (*path, each.attribute))
            if value is None:
                continue
            held = self._field(each, value, (*path, each.attribute), f"{shown}{'.'.join(each.cfn)}")
            if held is not NOT_GIVEN:
                put(data, each.cfn, held)
        return data

    def rest(self, table: Shape, mapping: Mapping) -> dict[str, Any]:
        """Return the properties that no field of a table names, as they are."""
        named = named_members(table)[()] | self.beside
        rest: dict[str, Any] = {}
        for name, entry in mapping.entries.items():
            if name in named or name not in cfn_properties(self.values.type):
                continue
            value = self.values.bare(entry.value)
            if value is not NOT_GIVEN:
                rest[name] = value
                self.reading.places["extra", name] = entry.value
        return rest

    def _follow(self, mapping: Mapping, way: tuple[str, ...], hidden: dict[str, Unknown], path: Path) -> Value:
        """Return the value at the end of a way through structures; note the nearest place on it."""
        name, *further = way
        entry = mapping.entries.get(name)
        if entry is None:
            return hidden.get(name) or hidden.get("")
        value = self._evaluator.value(entry.value)
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
                return self.values.malformed(name, value, "a map")

    # What there is no member for.

    def _transformed(self, mapping: Mapping) -> dict[str, Unknown]:
        """Return what a macro inside of a map makes of members that are not written: under "", of all of them."""
        if TRANSFORM not in mapping.entries:
            return {}
        node = mapping.entries[TRANSFORM].value
        return {"": Unknown(self.values.key(node), TRANSFORM, node)}

    def _strange(self, table: Shape, mapping: Mapping, path: Path, shown: str) -> dict[str, Unknown]:
        """Report members that there are not; return those that may be meant, as unknown."""
        hidden = self._transformed(mapping)
        for level in named_members(table):
            if level and level[0] not in mapping.entries:
                continue
            inner: Value = mapping
            for name in level:
                below = inner.get(name) if isinstance(inner, Mapping) else None
                inner = self._evaluator.value(below) if below is not None else None
            if isinstance(inner, Mapping):
                found = self._strange_at(table, level, inner, path, shown)
                if not level:
                    hidden |= found
        return hidden

    def _strange_at(
        self, table: Shape, level: tuple[str, ...], mapping: Mapping, path: Path, shown: str
    ) -> dict[str, Unknown]:
        known = named_members(table)[level] if path else known_members(self.values.type, table, level)
        meant: dict[str, Unknown] = {}
        for name, entry in mapping.entries.items():
            if name in known or name.startswith(PREFIX):
                continue
            near = get_close_matches(name, sorted(known), n=1)
            self.reading.faults.append(
                UnknownField(
                    path=path,
                    resource=self.values.label,
                    operation=self.values.type,
                    field=f"{shown}{'.'.join((*level, name))}",
                    suggestions=tuple(near),
                    span=span_of(entry.key),
                )
            )
            if near:
                meant[near[0]] = Unknown(self.values.key(entry.key), name, entry.value)
        return meant

    # Fields by the form that their tables give them.

    def _field(self, each: Field, value: Known, path: Path, shown: str) -> Any:
        match each.codec:
            case Many(shape=table):
                held: Any = self._structures(table, value, path, shown)
            case Shape() as table:
                held = self._inner(table, value, path, shown)
            case ByClass(lists=lists):
                held = self._classes(lists, value, path, shown)
            case TextMap():
                held = self.values.texts_by_key(value, path, shown)
            case Texts():
                held = self.values.texts(value, path, shown, content_of(each.attribute))
            case _:
                held = self.values.scalar(value, path, shown, content_of(each.attribute))
        return held

    def _inner(self, table: Shape, value: Known, path: Path, shown: str) -> Any:
        """Return a structure inside of another."""
        match value:
            case Mapping():
                data = self.structure(table, value, path, f"{shown}.")
                return self._joined(data, value, path) if table is PREDICATE else data
            case Unknown():
                self.reading.holes.append(Hole(path, BOTH))
                return NOT_GIVEN
            case _:
                return self._inner(table, self.values.malformed(shown, value, "a map"), path, shown)

    def _joined(self, data: dict[str, Any], node: Mapping, path: Path) -> dict[str, Any]:
        """Return a predicate: where nothing joins its conditions, what does so is as good as not known."""
        logical = member(PREDICATE, "logical")
        if logical in node.entries or len(data.get(member(PREDICATE, "conditions"), ())) < 2:  # noqa: PLR2004 -- a join
            return data
        world = self._evaluator.world
        if not world.doubts(self.values.key(node)):
            return data
        self.reading.doubts.append(Doubt(_OWNERS_OF_LOGIC, (node, self.reading.places[path])))
        words = content_of("logical").values
        return data | {logical: words[world.choose(self.values.key(node), len(words))]}

    def _structures(self, table: Shape, value: Known, path: Path, shown: str) -> Any:
        """Return a list of structures; one that is not known has stand-ins for names."""
        match value:
            case Sequence(items=items):
                found = ((item, self._evaluator.value(item)) for item in items)
                given = [(item, one) for item, one in found if one is not None]
                return [
                    self._structure_at(table, one, item, (*path, index), f"{shown}[]")
                    for index, (item, one) in enumerate(given)
                ]
            case Unknown():
                self.reading.holes.append(Hole(path, BOTH))
                return []
            case _:
                return self._structures(table, self.values.malformed(shown, value, "a list"), path, shown)

    def _structure_at(self, table: Shape, value: Known, item: Node, path: Path, shown: str) -> dict[str, Any]:
        self.reading.places[path] = item
        if not isinstance(value, Mapping):
            if not isinstance(value, Unknown):
                self.values.malformed(shown, value, "a map")
            return self._hole(table, path, item)
        data = self.structure(table, value, path, f"{shown}.")
        return self._named(table, data, value, path) if table is ACTION or table is CONDITION else data

    def _named(self, table: Shape, data: dict[str, Any], node: Mapping, path: Path) -> dict[str, Any]:
        """Return an action or condition: where it does not name one thing, what it names is as good as not known."""
        job, crawler = (member(table, name) for name in _NAMES)
        if bool(data.get(job)) is bool(data.get(crawler)):
            if not self._evaluator.world.doubts(self.values.key(node)):
                return data
            self.reading.doubts.append(Doubt(_OWNERS_OF_NAMES, (node,)))
            return self._hole(table, path, node)
        for name, type_ in ((job, "JOB"), (crawler, "CRAWLER")):
            if self._evaluator.stand_ins.within(data.get(name, "")):
                self.reading.holes.append(Hole(path, frozenset({type_})))
        return data

    def _hole(self, table: Shape, path: Path, node: Node) -> dict[str, Any]:
        """Return an action or condition with a stand-in for its job; nothing else is known of it."""
        self.reading.holes.append(Hole(path, BOTH))
        key = self.values.key(node)
        data: dict[str, Any] = {}
        for each in table.fields:
            if each.attribute == _NAMES[0]:
                put(data, each.cfn, self._evaluator.stand_ins.of(key, "unknown"))
            if table is CONDITION and each.attribute in {"state", "logical_operator"}:
                values = content_of(each.attribute).values
                put(data, each.cfn, values[self._evaluator.world.choose(f"{key}/{each.attribute}", len(values))])
        return data

    def _classes(self, lists: MappingOf[str, Shape], value: Known, path: Path, shown: str) -> Any:
        """Return lists by class; the model has one tuple of all of them, in the order of the lists."""
        match value:
            case Mapping():
                data: dict[str, list[Any]] = {}
                for name, table in lists.items():
                    entry = value.entries.get(name)
                    found = self._evaluator.value(entry.value) if entry is not None else None
                    if found is not None:
                        data[name] = self._targets(table, found, path, sum(map(len, data.values())), f"{shown}.{name}")
                return data
            case Unknown():
                name, table = next(iter(lists.items()))
                return self.values.decided(value, path, ({name: [self._some(table)]}, NOT_GIVEN))
            case _:
                return self._classes(lists, self.values.malformed(shown, value, "a map"), path, shown)

    def _targets(self, table: Shape, value: Known, path: Path, count: int, shown: str) -> list[Any]:
        """Return a list of targets, of which there are `count` in other lists before it."""
        if not isinstance(value, Sequence):
            if not isinstance(value, Unknown):
                self.values.malformed(shown, value, "a list")
            return [self._some(table)]
        found = ((item, self._evaluator.value(item)) for item in value.items)
        given = [(item, one) for item, one in found if one is not None]
        return [
            self._target(table, one, item, (*path, index), f"{shown}[]")
            for index, (item, one) in enumerate(given, start=count)
        ]

    def _target(self, table: Shape, value: Known, item: Node, path: Path, shown: str) -> dict[str, Any]:
        self.reading.places[path] = item
        if isinstance(value, Mapping):
            return self.structure(table, value, path, f"{shown}.")
        if not isinstance(value, Unknown):
            self.values.malformed(shown, value, "a map")
        return self._some(table)

    def _some(self, table: Shape) -> dict[str, Any]:
        """Return a structure such as Glue takes, in the place of one that is not known."""
        data: dict[str, Any] = {}
        for each in table.fields:
            if each.cfn and each.attribute in _NEEDED:
                content = content_of(each.attribute)
                text = content.values[0] if content.values else self._evaluator.stand_ins.of(each.attribute, "unknown")
                put(data, each.cfn, [text] if isinstance(each.codec, Texts) else text)
        return data
