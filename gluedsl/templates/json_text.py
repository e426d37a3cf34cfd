"""JSON to a tree of located nodes.

Comes in: a text. Goes out: its tree, and the keys that stand twice in one mapping. Python's own parser says nothing of
places, and a template of megabytes is common enough in CDK that one made for this is worth its lines: it reads ten of
them in two seconds. It keeps no call on the stack for a level of nesting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING

from gluedsl.templates.node import LARGEST_DEPTH, Entry, Mapping, Repetition, Scalar, Sequence
from gluedsl.templates.unreadable import Unreadable

if TYPE_CHECKING:
    from gluedsl.templates.node import Node, Source

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None}
_WORD = re.compile(r"[A-Za-z]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
LONGEST_NUMBER = 100
"""Characters. Glue has none of more than ten, and Python takes long over thousands."""


def parse_json(text: str, source: Source) -> tuple[Node, list[Repetition]]:
    """Return the tree of a text, and its repeated keys.

    Raises:
        Unreadable: the text is not JSON, or is nested too deeply.
    """
    parser = _Parser(text, source)
    return parser.whole(), parser.repetitions


@dataclass(slots=True)
class _Parser:
    text: str
    source: Source
    repetitions: list[Repetition] = field(default_factory=list)
    open: list[Mapping | Sequence] = field(default_factory=list)
    keys: list[Scalar] = field(default_factory=list)
    """The key that is being given a value, for each open mapping."""
    at: int = 0

    def whole(self) -> Node:
        self._skip()
        while True:
            node = self._value()
            if node is not None and (root := self._put(node)) is not None:
                self._skip()
                if self.at < len(self.text):
                    message = "there is something behind the end of the template"
                    raise Unreadable(message, self.at)
                return root

    def _skip(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _next(self) -> str:
        """Return the next character that is no space; nothing at the end."""
        self._skip()
        return self.text[self.at : self.at + 1]

    def _value(self) -> Node | None:
        """Read a value; None where it is one whose members come first."""
        start = self.at
        match self._next():
            case "{":
                return self._opened(Mapping({}, self.at, -1, self.source), "}")
            case "[":
                return self._opened(Sequence([], self.at, -1, self.source), "]")
            case '"':
                return self._string()
            case character if character and character in "-0123456789":
                return self._number()
            case character if character and (word := _WORD.match(self.text, self.at)) and word[0] in _WORDS:
                start, self.at = self.at, word.end()
                return Scalar(_WORDS[word[0]], word[0], start, self.at, self.source)
            case "":
                raise self._ended()
            case _:
                message = "expected a value"
                raise Unreadable(message, self.at)

    def _opened(self, node: Mapping | Sequence, end: str) -> Node | None:
        if len(self.open) == LARGEST_DEPTH:
            message = f"more than {LARGEST_DEPTH} levels are nested"
            raise Unreadable(message, self.at)
        self.at += 1
        if self._next() == end:
            self.at += 1
            node.end = self.at
            return node
        self.open.append(node)
        if isinstance(node, Mapping):
            self._key()
        return None

    def _key(self) -> None:
        match self._next():
            case '"':
                self.keys.append(self._string())
            case "":
                raise self._ended()
            case _:
                message = "expected a key in double quotes"
                raise Unreadable(message, self.at)
        match self._next():
            case ":":
                self.at += 1
                self._skip()
            case "":
                raise self._ended()
            case _:
                message = "expected `:`"
                raise Unreadable(message, self.at)

    def _put(self, node: Node) -> Node | None:
        """Put a whole value where it belongs, and close what ends with it; return the root when that is whole."""
        while self.open:
            inside = self.open[-1]
            if isinstance(inside, Mapping):
                key = self.keys.pop()
                name = key.text
                if name in inside.entries:
                    self.repetitions.append(Repetition(inside.entries[name].key, key))
                inside.entries[name] = Entry(key, node)
            else:
                inside.items.append(node)
            end = "}" if isinstance(inside, Mapping) else "]"
            match self._next():
                case ",":
                    self.at += 1
                    if isinstance(inside, Mapping):
                        self._key()
                    return None
                case character if character == end:
                    self.at += 1
                    inside.end = self.at
                    node = self.open.pop()
                case "":
                    raise self._ended()
                case _:
                    message = f"expected `,` or `{end}`"
                    raise Unreadable(message, self.at)
        return node

    def _string(self) -> Scalar:
        start = self.at
        try:
            value, self.at = scanstring(self.text, start + 1, True)  # noqa: FBT003 -- takes it by position alone
        except JSONDecodeError as error:
            if error.msg.startswith("Unterminated"):
                message = "this text has no end"
                raise Unreadable(message, start) from None
            message = "a control character in a text" if "control" in error.msg else "a broken escape in a text"
            raise Unreadable(message, error.pos) from None
        if "\\u" in self.text[start : self.at] and _SURROGATE.search(value):
            message = "half of a surrogate pair in a text"
            raise Unreadable(message, start)
        return Scalar(value, value, start, self.at, self.source)

    def _number(self) -> Scalar:
        found = _NUMBER.match(self.text, self.at)
        if found is None:
            message = "expected a number"
            raise Unreadable(message, self.at)
        start, self.at, text = self.at, found.end(), found[0]
        if len(text) > LONGEST_NUMBER:
            message = f"a number of {len(text)} characters"
            raise Unreadable(message, start)
        value = float(text) if found[1] or found[2] else int(text)
        return Scalar(value, text, start, self.at, self.source)

    def _ended(self) -> Unreadable:
        """Return the error of a text that ends too soon, at what is still open."""
        if not self.open:
            return Unreadable("the text is empty" if not self.text.strip() else "the text ends too soon", self.at)
        what = "map" if isinstance(self.open[-1], Mapping) else "list"
        return Unreadable(f"the text ends before this {what} does", self.open[-1].start)
