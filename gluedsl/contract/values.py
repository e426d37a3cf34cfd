"""What is known of a value without running the code that makes it.

Most values are opaque: the contract does not depend on them. The others lead to options and run properties,
or are the texts, lists and dicts that name them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from gluedsl.contract.files import AnyFunction
    from gluedsl.contract.scope import Scope
    from gluedsl.source.span import Span

_MOST = 64
"""Alternatives of one value that are told apart."""


@dataclass(frozen=True, slots=True)
class Opaque:
    """Anything."""


@dataclass(frozen=True, slots=True)
class NotText:
    """Anything but a string: a number, a list of numbers, None."""


@dataclass(frozen=True, slots=True)
class Text:
    """A string, and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Library:
    """Something of a module that is not the author's, by its dotted name; empty: what a call of such returned."""

    path: str = ""
    is_foreign: bool = False
    """Whether nobody knows that module here: it may be the author's own, installed from elsewhere."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A method of boto3's Glue client that has to do with run properties."""

    name: Literal["get_workflow_run_properties", "get_workflow_run", "put_workflow_run_properties"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What such a method returned, or the run inside."""

    of: Literal["properties", "run", "run inside"]


@dataclass(frozen=True, slots=True)
class JobRun:
    """What a function job is called with."""


@dataclass(frozen=True, slots=True)
class Properties:
    """`run.properties`: reads and writes go to Glue at once."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """`run.arguments`."""


@dataclass(frozen=True, slots=True)
class RunId:
    """The id of the workflow run: whoever has it can reach the run properties."""


@dataclass(frozen=True, slots=True)
class Options:
    """What `getResolvedOptions` returned."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """An element of a list or dict."""

    value: Value
    span: Span
    """Of the element, or of the key in a dict."""
    is_sure: bool = True
    """Whether it is there in every case."""


@dataclass(eq=False, slots=True)
class Sequence:
    """A list, tuple or set of the author's own."""

    items: list[Entry] = field(default_factory=list)
    is_open: bool = False
    """Whether there may be more in it."""


@dataclass(eq=False, slots=True)
class Record:
    """A dict: of the author's own, or the run properties as they were when they were read."""

    entries: dict[str, Entry] = field(default_factory=dict)
    """What the code itself put into it."""
    is_open: bool = False
    is_copy: bool = False
    """Whether all the run properties that there were are in it."""
    deleted: dict[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class Function:
    """A function of the author's; a method with the object that it is called on."""

    node: AnyFunction | ast.Lambda
    scope: Scope
    """Around its definition."""
    owner: Value | None = None
    of_class: Class | None = None


@dataclass(eq=False, slots=True)
class Class:
    """A class of the author's."""

    node: ast.ClassDef
    scope: Scope
    """Inside of it."""
    bases: tuple[Class, ...]
    has_foreign_base: bool
    """Whether it inherits from something of a module that nobody knows here."""


@dataclass(eq=False, slots=True)
class Instance:
    """An object of a class of the author's."""

    of: Class
    attributes: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class Super:
    """`super()` in a method: its object, and the class that the method is written in."""

    owner: Instance
    of_class: Class


@dataclass(frozen=True, eq=False, slots=True)
class Module:
    """A module of the author's."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class Either:
    """One of several values; never of one, never nested."""

    values: tuple[Single, ...]


Single: TypeAlias = (
    Opaque
    | NotText
    | Text
    | Library
    | Operation
    | Answer
    | JobRun
    | Properties
    | Arguments
    | RunId
    | Options
    | Sequence
    | Record
    | Function
    | Class
    | Instance
    | Super
    | Module
)
Value: TypeAlias = Single | Either

OPAQUE = Opaque()
NOT_TEXT = NotText()
LIBRARY = Library()


PLAIN = (Opaque, NotText, Text, Library)
"""Values that lead to nothing else."""


class TooManyError(Exception):
    """The code has more possibilities than is worth following."""


def alternatives(value: Value) -> tuple[Single, ...]:
    """Return what a value may be."""
    return value.values if isinstance(value, Either) else (value,)


def either(*values: Value) -> Value:
    """Return a value that is one of these."""
    if len(values) == 1:
        return values[0]
    found = tuple(dict.fromkeys(single for value in values for single in alternatives(value)))
    if len(found) > _MOST:
        if all(isinstance(single, PLAIN) for single in found):
            return OPAQUE
        raise TooManyError
    return found[0] if len(found) == 1 else Either(found) if found else OPAQUE


def texts(value: Value) -> tuple[list[Text], bool]:
    """Return the strings that a value may be, and whether it is always one of them."""
    values = alternatives(value)
    found = [one for one in values if isinstance(one, Text)]
    return found, len(found) == len(values)


def is_never_text(value: Value) -> bool:
    """Whether a value is certainly no string."""
    return all(isinstance(one, NotText | Sequence | Record) for one in alternatives(value))


def within(value: Value) -> Iterator[Single]:
    """Yield what a value may be, and everything that its lists, dicts and objects hold; each once."""
    seen: set[Single] = set()
    waiting = list(alternatives(value))
    while waiting:
        single = waiting.pop()
        if single in seen:
            continue
        seen.add(single)
        yield single
        held: list[Value] = []
        match single:
            case Record(entries=entries):
                held += (entry.value for entry in entries.values())
            case Sequence(items=items):
                held += (entry.value for entry in items)
            case Instance(attributes=attributes):
                held += attributes.values()
            case _:
                pass
        waiting += (one for inside in held for one in alternatives(inside))
