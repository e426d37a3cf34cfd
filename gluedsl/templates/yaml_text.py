"""YAML to a tree of located nodes.

Comes in: a text. Goes out: its tree, and the keys that stand twice in one mapping. PyYAML takes the text apart into
events; the tree is built of these here, so that no level of nesting costs a call and an alias is its anchor's node,
not a copy of it. Short forms of functions become long ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from gluedsl.templates.functions import from_short_form
from gluedsl.templates.json_text import LONGEST_NUMBER
from gluedsl.templates.node import LARGEST_DEPTH, LARGEST_SIZE, Entry, Mapping, Repetition, Scalar, Sequence
from gluedsl.templates.unreadable import Unreadable

if TYPE_CHECKING:
    from gluedsl.templates.node import Node, Source

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONSTRUCTOR: Any = yaml.constructor.SafeConstructor()
_STANDARD = "tag:yaml.org,2002:"
_MERGE = "<<"


def parse_yaml(text: str, source: Source) -> tuple[Node, list[Repetition]]:
    """Return the tree of a text, and its repeated keys.

    Raises:
        Unreadable: the text is not YAML, is nested too deeply, or stands for too much.
    """
    builder = _Builder(text, source)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.reader.ReaderError as error:
        message = "a character that YAML does not allow"
        raise Unreadable(message, error.position) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        context = error.context.removesuffix(",") + ", " if error.context else ""
        message = f"{context}{error.problem}"
        raise Unreadable(message, mark.index if mark else 0) from None
    return builder.whole(), builder.repetitions


class _Built(NamedTuple):
    """A whole node, with how much it stands for."""

    node: Node
    size: int
    height: int


@dataclass(slots=True)
class _Frame:
    """A collection that is being filled."""

    node: Mapping | Sequence
    anchor: str | None
    tag: str | None
    key: Scalar | None = None
    size: int = 1
    height: int = 1
    merged: list[Mapping] = field(default_factory=list)


@dataclass(slots=True)
class _Builder:
    text: str
    source: Source
    repetitions: list[Repetition] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    anchors: dict[str, _Built | None] = field(default_factory=dict)
    """None while the anchor's own node is not whole."""
    roots: list[Node] = field(default_factory=list)

    def whole(self) -> Node:
        if not self.roots:
            message = "the text is empty"
            raise Unreadable(message, 0)
        return self.roots[0]

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.AliasEvent():
                self._put(self._alias(event), event.start_mark.index)
            case yaml.MappingStartEvent():
                self._open(Mapping({}, event.start_mark.index, -1, self.source), event)
            case yaml.SequenceStartEvent():
                self._open(Sequence([], event.start_mark.index, -1, self.source), event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close(event)
            case yaml.DocumentStartEvent() if self.roots:
                message = "there is a second document, and CloudFormation reads one"
                raise Unreadable(message, event.start_mark.index)
            case _:
                pass

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in {"|", ">"}:
            end = start + len(self.text[start:end].rstrip())
        tag = event.tag
        if tag is None:
            tag = _implied(event.value) if event.implicit[0] else f"{_STANDARD}str"
        function = tag if tag.startswith("!") and tag != "!" else None
        node: Node = Scalar(self._typed(event.value, tag, start), event.value, start, end, self.source)
        if function is not None:
            node = from_short_form(function, node)
        built = _Built(node, 1, 1)
        if event.anchor:
            self.anchors[event.anchor] = built
        self._put(built, start)

    def _typed(self, value: str, tag: str, at: int) -> str | float | bool | None:
        match tag.removeprefix(_STANDARD):
            case "null":
                return None
            case "bool" if value.lower() in _CONSTRUCTOR.bool_values:
                return bool(_CONSTRUCTOR.bool_values[value.lower()])
            case "int" | "float" as kind if len(value) <= LONGEST_NUMBER:
                construct = _CONSTRUCTOR.construct_yaml_int if kind == "int" else _CONSTRUCTOR.construct_yaml_float
                try:
                    return construct(yaml.ScalarNode(tag, value))  # type: ignore[no-any-return]
                except (ValueError, IndexError):
                    # Nothing at all, or no number: PyYAML says the one in another way than the other.
                    return value
            case "str" | "timestamp" | "merge" | "value" | "bool" | "int" | "float":
                return value
            case local if local.startswith("!"):
                return value
            case standard:
                message = f"CloudFormation does not read the tag `!!{standard}`"
                raise Unreadable(message, at)

    def _alias(self, event: yaml.AliasEvent) -> _Built:
        if event.anchor not in self.anchors:
            message = f"there is no anchor `{event.anchor}`"
            raise Unreadable(message, event.start_mark.index)
        built = self.anchors[event.anchor]
        if built is None:
            message = f"anchor `{event.anchor}` contains itself"
            raise Unreadable(message, event.start_mark.index)
        return built

    def _open(self, node: Mapping | Sequence, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        tag = event.tag
        if tag is not None and tag not in {"!", f"{_STANDARD}map", f"{_STANDARD}seq"} and not tag.startswith("!"):
            message = f"CloudFormation does not read the tag `!!{tag.removeprefix(_STANDARD)}`"
            raise Unreadable(message, node.start)
        if event.anchor:
            self.anchors[event.anchor] = None
        self.frames.append(_Frame(node, event.anchor, tag if tag and tag.startswith("!") and tag != "!" else None))
        self._require_room(node.start, len(self.frames), 0)

    def _close(self, event: yaml.MappingEndEvent | yaml.SequenceEndEvent) -> None:
        frame = self.frames.pop()
        node = frame.node
        end = event.end_mark.index
        # A block ends where the next thing begins: what is between is no part of it.
        node.end = max(node.start + len(self.text[node.start : end].rstrip()), node.start)
        if isinstance(node, Mapping):
            for merged in frame.merged:
                for name, entry in merged.entries.items():
                    node.entries.setdefault(name, entry)
        whole = from_short_form(frame.tag, node) if frame.tag else node
        built = _Built(whole, frame.size, frame.height)
        if frame.anchor:
            self.anchors[frame.anchor] = built
        self._put(built, node.start)

    def _put(self, built: _Built, at: int) -> None:
        """Put a node where it belongs: a key, the value of one, an item, or the root."""
        if not self.frames:
            self.roots.append(built.node)
            return
        frame = self.frames[-1]
        frame.size += built.size
        frame.height = max(frame.height, built.height + 1)
        self._require_room(at, len(self.frames) + built.height, frame.size)
        if isinstance(frame.node, Sequence):
            frame.node.items.append(built.node)
        elif frame.key is None:
            if not isinstance(built.node, Scalar):
                message = "a key is a text, and this is none"
                raise Unreadable(message, at)
            frame.key = built.node
        else:
            key, frame.key = frame.key, None
            self._member(frame, frame.node, key, built.node)

    def _member(self, frame: _Frame, mapping: Mapping, key: Scalar, value: Node) -> None:
        if key.text == _MERGE:
            sources = value.items if isinstance(value, Sequence) else [value]
            maps = [one for one in sources if isinstance(one, Mapping)]
            if len(maps) < len(sources):
                message = "only maps can be merged with `<<`"
                raise Unreadable(message, key.start)
            frame.merged += maps
            return
        if key.text in mapping.entries:
            self.repetitions.append(Repetition(mapping.entries[key.text].key, key))
        mapping.entries[key.text] = Entry(key, value)

    def _require_room(self, at: int, depth: int, size: int) -> None:
        if depth > LARGEST_DEPTH:
            message = f"more than {LARGEST_DEPTH} levels are nested"
            raise Unreadable(message, at)
        if size > LARGEST_SIZE:
            message = f"with its aliases written out, it has more than {LARGEST_SIZE:,} values"
            raise Unreadable(message, at)


def _implied(value: str) -> str:
    """Return the tag of a plain text, as YAML 1.1 has it."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    for tag, pattern in resolvers.get(value[:1], ()):
        if pattern.match(value):
            return str(tag)
    return f"{_STANDARD}str"
