"""What the API's own model says of a value: its type, its length, its range, its choices.

Comes in: a project. Goes out: every value that the requests which create it could not carry, with its place in the
project and the member of the API that says so. The limits are read from `shapes.json`, so that none is copied by hand;
what only AWS's prose says is not here. It never decides what a finding is called: that is for the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from gluedsl.model import RemoteScript, walk
from gluedsl.spelling import tables
from gluedsl.spelling.codec import ByClass, Many, Reference, Shape, is_empty
from gluedsl.spelling.shapes import api_inputs, api_shapes
from gluedsl.spelling.tables import Script

if TYPE_CHECKING:
    from gluedsl.model import Path, Project
    from gluedsl.spelling.codec import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A text, a list or a map is too long or too short."""

    unit: str
    """`byte` of a text, `entry` of a list or map."""
    actual: int
    least: int
    most: int | None
    characters: int | None = None
    """Of a text, where they are fewer than its bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A number is too large or too small."""

    actual: float
    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A text is none of those that there are."""

    actual: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A text is not of the form that it must have."""

    actual: str
    pattern: str
    """As AWS writes it."""
    character: str | None
    """The first that is not allowed, where the pattern is a set of characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongType:
    """A value is of another type."""

    actual: str
    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A structure lacks a member that it must have."""

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A structure has a member that it cannot have."""

    member: str
    known: tuple[str, ...]


Problem = Size | Range | Choice | Pattern | WrongType | Absent | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A value that the API's model does not allow."""

    operation: str
    """`CreateJob`, `CreateCrawler`, `CreateTrigger` or `CreateWorkflow`."""
    member: str
    """The way into the request: `Actions[].Timeout`, `Tags.key`."""
    path: Path
    """The value's place in the project; that of a key is its value's."""
    owner: str
    """As shown to the author: "job `x`"."""
    value: str
    """How messages call the value: "`timeout_minutes`", "a key of `tags`"; in a template "`Timeout`"."""
    problem: Problem


def violations(project: Project, *, in_template: bool = False) -> tuple[Violation, ...]:
    """Return what the API's model does not allow, in the order of the project; values called as a template calls them.

    Without `in_template` they are called as in Python.
    """
    return tuple(_Search(project, _defined(project), in_template).all())


_SHOWN = 60


def _named(kind: str, name: object) -> str:
    text = str(name)
    if not text.isprintable():
        text = text.encode("unicode_escape").decode("ascii")
    return f"{kind} `{text if len(text) <= _SHOWN else text[: _SHOWN - 3] + '...'}`"


@dataclass(frozen=True, slots=True, kw_only=True)
class _At:
    """Where the search stands."""

    operation: str
    owner: str
    path: Path
    member: str = ""
    value: str = ""
    in_template: bool = False

    def to(self, path: Path, member: str, value: str) -> _At:
        return _At(
            operation=self.operation,
            owner=self.owner,
            path=(*self.path, *path),
            member=f"{self.member}.{member}".removeprefix(".") if member != "[]" else f"{self.member}[]",
            value=value,
            in_template=self.in_template,
        )

    def of(self, field: Field) -> _At:
        name = ".".join(field.cfn or field.api) if self.in_template else field.attribute
        return self.to((field.attribute,), ".".join(field.api), f"`{name}`")

    def found(self, problem: Problem) -> Violation:
        return Violation(
            operation=self.operation,
            member=self.member,
            path=self.path,
            owner=self.owner,
            value=self.value,
            problem=problem,
        )


_NOWHERE = _At(operation="", owner="", path=())


@dataclass(frozen=True, slots=True)
class _Search:
    project: Project
    defined: frozenset[tuple[str, str]]
    """Jobs and crawlers whose names are judged where the project defines them."""
    in_template: bool

    def all(self) -> Iterator[Violation]:
        for path, workflow in walk.workflows(self.project):
            yield from self._resource("CreateWorkflow", tables.WORKFLOW, path, "workflow", workflow)
        for path, _, trigger in walk.triggers(self.project):
            yield from self._resource("CreateTrigger", tables.TRIGGER, path, "trigger", trigger)
        for path, job in walk.jobs(self.project):
            yield from self._resource("CreateJob", tables.JOB, path, "job", job)
        for path, crawler in walk.crawlers(self.project):
            yield from self._resource("CreateCrawler", tables.CRAWLER, path, "crawler", crawler)

    def _resource(self, operation: str, table: Shape, path: Path, kind: str, resource: Any) -> Iterator[Violation]:
        at = _At(operation=operation, owner=_named(kind, resource.name), path=path, in_template=self.in_template)
        request = api_inputs()[operation]
        yield from self._fields(at, table, request, resource)
        for member, value in resource.extra.items():
            inner = api_shapes()[request]["parts"].get(member)
            if inner is not None:
                yield from _value(at.to(("extra", member), member, f"`{member}`"), inner, value)

    def _fields(self, at: _At, table: Shape, structure: str, holder: Any) -> Iterator[Violation]:
        for field in table.fields:
            held = getattr(holder, field.attribute)
            if held is not None and (field.required or not is_empty(held)):
                yield from self._field(at, field, _inside(structure, field.api), held)

    def _field(self, at: _At, field: Field, shape: str, held: Any) -> Iterator[Violation]:
        match field.codec:
            case Many(shape=table):
                here = at.of(field)
                yield from _length(here, shape, held, "entry")
                for index, one in enumerate(held):
                    yield from self._fields(here.to((index,), "[]", ""), table, _inside(shape, ("item",)), one)
            case ByClass(lists=lists):
                here = at.of(field)
                for index, one in enumerate(held):
                    for member, table in lists.items():
                        if isinstance(one, table.of):
                            inside = here.to((index,), member, "").to((), "[]", "")
                            yield from self._fields(inside, table, _inside(shape, (member, "item")), one)
            case Shape() as table:
                yield from self._fields(at.of(field), table, shape, held)
            case Script():
                if isinstance(held, RemoteScript) and not _fits(shape, held.uri):
                    yield from _value(replace(at.of(field), value="script location"), shape, held.uri)
            case Reference(kind=kind) if not held or "Conditions" in at.member or (kind, held) in self.defined:
                # A name is judged where it is defined, or else where it is started; none at all is AC001's to say.
                return
            case _:
                if not _fits(shape, held):
                    yield from _value(at.of(field), shape, held)


def _defined(project: Project) -> frozenset[tuple[str, str]]:
    jobs = frozenset(("job", job.name) for job in project.jobs)
    return jobs | frozenset(("crawler", crawler.name) for crawler in project.crawlers)


@cache
def _inside(structure: str, members: tuple[str, ...]) -> str:
    for member in members:
        structure = api_shapes()[structure]["parts"][member]
    return structure


def _fits(name: str, value: Any) -> bool:
    """Whether a value is one that the shape allows, without a word on what is wrong with it."""
    return _text_fits(name, value) if type(value) is str else _every_part_fits(name, value)


def _every_part_fits(name: str, value: Any) -> bool:
    return next(_value(_NOWHERE, name, value), None) is None


_text_fits = lru_cache(maxsize=4096)(_every_part_fits)
"""Resources of one project repeat most of their texts."""


def _value(at: _At, name: str, value: Any) -> Iterator[Violation]:
    """Yield what is wrong with a value, and with what is inside of it."""
    shape = api_shapes()[name]
    if (wanted := _other_type(shape["type"], value)) is not None:
        yield at.found(WrongType(actual=type(value).__name__, wanted=wanted))
        return
    match shape["type"]:
        case "string":
            yield from _text(at, name, value)
        case "integer" | "long" | "double" | "float":
            least, most = shape.get("min"), shape.get("max")
            if (least is not None and value < least) or (most is not None and value > most):
                yield at.found(Range(actual=value, least=least, most=most))
        case "list":
            yield from _length(at, name, value, "entry")
            for index, one in enumerate(value):
                yield from _value(at.to((index,), "[]", f"an entry of {at.value}"), shape["parts"]["item"], one)
        case "map":
            yield from _map(at, name, value)
        case "structure":
            yield from _structure(at, name, value)
        case _:
            pass


def _structure(at: _At, name: str, value: Mapping[Any, Any]) -> Iterator[Violation]:
    shape = api_shapes()[name]
    parts = shape.get("parts", {})
    for member in shape.get("required", ()):
        if member not in value:
            yield at.found(Absent(member=member))
    for member, inner in value.items():
        if member in parts:
            yield from _value(at.to((member,), member, f"`{member}`"), parts[member], inner)
        else:
            yield at.to((member,), str(member), at.value).found(Unknown(member=str(member), known=tuple(parts)))


def _map(at: _At, name: str, value: Mapping[Any, Any]) -> Iterator[Violation]:
    parts = api_shapes()[name]["parts"]
    yield from _length(at, name, value, "entry")
    for key, inner in value.items():
        yield from _value(at.to((key,), "key", f"a key of {at.value}"), parts["key"], key)
        yield from _value(at.to((key,), "value", f"{at.value} at {_named('key', key)}"), parts["value"], inner)


def _text(at: _At, name: str, value: str) -> Iterator[Violation]:
    shape = api_shapes()[name]
    if "enum" in shape:
        if value not in shape["enum"]:
            yield at.found(Choice(actual=value, choices=tuple(shape["enum"])))
        return
    # "not less than 1 or more than 255 bytes long" (https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-common.html)
    too_long = [*_length(at, name, value.encode("utf-8", "surrogatepass"), "byte", len(value))]
    yield from too_long
    if "pattern" in shape and not too_long and not _compiled(shape["pattern"]).fullmatch(value):
        yield at.found(Pattern(actual=value, pattern=shape["pattern"], character=_refused(shape["pattern"], value)))


def _length(at: _At, name: str, value: Any, unit: str, characters: int | None = None) -> Iterator[Violation]:
    shape = api_shapes()[name]
    least, most = shape.get("min", 0), shape.get("max")
    actual = len(value)
    if actual < least or (most is not None and actual > most):
        fewer = characters if characters != actual else None
        yield at.found(Size(unit=unit, actual=actual, least=least, most=most, characters=fewer))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the model, which counts in UTF-16, as Python counts."""
    return re.compile(pattern.replace(r"\uD800\uDC00-\uDBFF\uDFFF", r"\U00010000-\U0010FFFF"))


def _refused(pattern: str, value: str) -> str | None:
    if not re.fullmatch(r"\[[^]]+\][*+]", pattern):
        return None
    return next(character for character in value if not _compiled(pattern).fullmatch(character))


def _other_type(name: str, value: Any) -> str | None:
    """Return how the type of the API is called, if a value is not of it."""
    wanted, types = _TYPES[name]
    is_of_it = isinstance(value, types) and (bool in types or not isinstance(value, bool))
    return None if is_of_it else wanted


_TYPES: Mapping[str, tuple[str, tuple[type, ...]]] = {
    "string": ("a string", (str,)),
    "integer": ("a whole number", (int,)),
    "long": ("a whole number", (int,)),
    "double": ("a number", (int, float)),
    "float": ("a number", (int, float)),
    "boolean": ("true or false", (bool,)),
    "list": ("a list", (list, tuple)),
    "map": ("a mapping", (Mapping,)),
    "structure": ("a mapping", (Mapping,)),
    "timestamp": ("a time", (object,)),
}
"""By type of the API: how messages call it, and what holds it."""
