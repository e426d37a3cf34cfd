"""How one table drives both directions and both dialects.

A `Shape` lists the fields of a model class; each `Field` names the attribute, where AWS keeps it, and the codec of its
value. Encoding and decoding walk the same list, so that what is written is what is read.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

ReferenceKind = Literal["workflow", "workflow_arn", "job", "crawler", "role"]
Refer = Callable[[ReferenceKind, str], Any]
"""What to write where one resource names another: the name, or a reference in a template."""


def by_name(_kind: ReferenceKind, name: str) -> str:
    """Refer to a resource by its plain name."""
    return name


@dataclass(frozen=True, slots=True)
class Dialect:
    """One of the two spellings: of Glue's API, or of CloudFormation."""

    kind: Literal["api", "cfn"]
    refer: Refer = by_name


API = Dialect("api")
CFN = Dialect("cfn")


class Codec(Protocol):
    """The two ways between a value of the model and AWS's own."""

    def encode(self, value: Any, dialect: Dialect) -> Any:
        """Return the value as AWS spells it."""

    def decode(self, value: Any, dialect: Dialect) -> Any:
        """Return the value as the model holds it."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The same on both sides."""

    def encode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return it as it is."""
        return value

    def decode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return it as it is."""
        return value


@dataclass(frozen=True, slots=True)
class Reference:
    """The name of another resource."""

    kind: ReferenceKind

    def encode(self, value: Any, dialect: Dialect) -> Any:
        """Return what the dialect refers by."""
        return dialect.refer(self.kind, value)

    def decode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return the name."""
        return value


@dataclass(frozen=True, slots=True)
class Texts:
    """A tuple of strings."""

    def encode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return a list."""
        return list(value)

    def decode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return a tuple."""
        return tuple(value)


@dataclass(frozen=True, slots=True)
class TextMap:
    """A mapping of strings to strings."""

    def encode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return a copy."""
        return dict(value)

    def decode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return a copy."""
        return dict(value)


@dataclass(frozen=True, slots=True)
class Many:
    """A tuple of structures."""

    shape: Shape

    def encode(self, value: Any, dialect: Dialect) -> Any:
        """Return a list of each one's dictionary."""
        return [self.shape.encode(one, dialect) for one in value]

    def decode(self, value: Any, dialect: Dialect) -> Any:
        """Return a tuple of each one's model."""
        return tuple(self.shape.decode(one, dialect) for one in value)


@dataclass(frozen=True, slots=True)
class ByClass:
    """A tuple of several classes, which AWS keeps in one list for each class.

    What comes back is in the order of the lists: AWS keeps none between them.
    """

    lists: Mapping[str, Shape]

    def encode(self, value: Any, dialect: Dialect) -> Any:
        """Return the lists that have members."""
        encoded: dict[str, Any] = {}
        for name, shape in self.lists.items():
            try:
                members = [shape.encode(one, dialect) for one in value if isinstance(one, shape.of)]
            except Unspeakable as inner:
                raise Unspeakable(name, *inner.path) from None
            if members:
                encoded[name] = members
        return encoded

    def decode(self, value: Any, dialect: Dialect) -> Any:
        """Return the members of all lists."""
        return tuple(shape.decode(one, dialect) for name, shape in self.lists.items() for one in value.get(name) or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One attribute of a model class, and where AWS keeps it."""

    attribute: str
    api: tuple[str, ...]
    """Members from the outermost in."""
    cfn: tuple[str, ...]
    """The same in CloudFormation; nothing: it has no such property."""
    codec: Codec
    required: bool
    """Whether AWS wants the member even when it is empty."""
    unset: Any
    """What AWS is told when the model says None; None: nothing."""
    missing: Any
    """What the model holds when AWS says nothing; `_UNSAID`: what the model's class says."""

    def path(self, dialect: Dialect) -> tuple[str, ...]:
        """Return where the dialect keeps it; nothing if nowhere."""
        return self.api if dialect.kind == "api" else self.cfn


_SAME: Any = "="
_UNSAID: Any = object()
PLAIN: Codec = Plain()


def spell(
    attribute: str,
    api: str,
    codec: Codec = PLAIN,
    *,
    cfn: str | None = _SAME,
    required: bool = False,
    unset: Any = None,
    missing: Any = _UNSAID,
) -> Field:
    """Make one line of a table: paths are joined by dots, and CloudFormation's is the API's unless it is told apart."""
    cfn = api if cfn is _SAME else cfn
    return Field(
        attribute=attribute,
        api=tuple(api.split(".")),
        cfn=tuple(cfn.split(".")) if cfn else (),
        codec=codec,
        required=required,
        unset=unset,
        missing=missing,
    )


class Unspeakable(Exception):  # noqa: N818 -- a signal to the caller, which makes the error of it
    """A dialect has no word for a value that is set; carries the API's path of it."""

    def __init__(self, *path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True)
class Shape:
    """The table of one model class."""

    of: type[Any]
    fields: tuple[Field, ...]

    def encode(self, value: Any, dialect: Dialect) -> dict[str, Any]:
        """Return the dictionary that AWS keeps; what is None or empty is left out unless AWS requires it."""
        encoded: dict[str, Any] = {}
        for each in self.fields:
            held = getattr(value, each.attribute)
            if held is None:
                held = each.unset
            if held is None or (is_empty(held) and not each.required):
                continue
            path = each.path(dialect)
            if not path:
                raise Unspeakable(*each.api)
            try:
                put(encoded, path, each.codec.encode(held, dialect))
            except Unspeakable as inner:
                raise Unspeakable(*each.api, *inner.path) from None
        return encoded

    def decode(self, data: Mapping[str, Any], dialect: Dialect) -> Any:
        """Return the model of a dictionary of AWS's; members that no field names are not read."""
        return self.of(**self.take(copy.deepcopy(dict(data)), dialect))

    def take(self, data: dict[str, Any], dialect: Dialect) -> dict[str, Any]:
        """Return the attributes that a dictionary of AWS's gives, and take out of it what was read."""
        values: dict[str, Any] = {}
        for each in self.fields:
            path = each.path(dialect)
            found = take(data, path) if path else None
            if found is not None:
                values[each.attribute] = each.codec.decode(found, dialect)
            elif each.missing is not _UNSAID:
                values[each.attribute] = each.missing
        return values


def is_empty(value: Any) -> bool:
    """Tell whether a value is a collection of nothing; a text of nothing is still a text."""
    return not isinstance(value, str) and hasattr(value, "__len__") and len(value) == 0


def put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Set the value at a path, with the structures around it."""
    for member in path[:-1]:
        data = data.setdefault(member, {})
    data[path[-1]] = value


def take(data: dict[str, Any], path: tuple[str, ...]) -> Any:
    """Take out the value at a path, and the structures around it that it leaves empty; None if there is none."""
    member, *rest = path
    if not rest:
        return data.pop(member, None)
    inner = data.get(member)
    if not isinstance(inner, dict):
        return None
    found = take(inner, tuple(rest))
    if not inner:
        del data[member]
    return found


def merge(named: dict[str, Any], further: Mapping[str, Any]) -> dict[str, Any]:
    """Add members that `named` lacks, at any depth; what is named stays."""
    for member, value in further.items():
        inner = named.get(member)
        if member not in named:
            named[member] = copy.deepcopy(value)
        elif isinstance(inner, dict) and isinstance(value, dict):
            merge(inner, value)
    return named
