"""Run properties with types: Glue stores strings, authors see values."""

from __future__ import annotations

import difflib
import json
import operator
from collections.abc import Iterator, MutableMapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Callable, NoReturn, TypeVar, get_type_hints

from gluedsl.errors import DeclarationError
from gluedsl.source.capture import call_site

if TYPE_CHECKING:
    from collections.abc import Mapping

P = TypeVar("P", bound="RunProperties")


def _boolean(text: str) -> bool:
    if text not in {"true", "false"}:
        message = "neither `true` nor `false`"
        raise ValueError(message)
    return text == "true"


def _json(value: object) -> str:
    try:
        text = json.dumps(value, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise TypeError(str(error)) from None
    if json.loads(text) != value:
        message = "what is read back would be another: a key that is no string, or a tuple"
        raise TypeError(message)
    return text


# By the class's own function where a subclass may say something else: of an enumeration, or of numpy's.
_ENCODE: dict[type, Callable[[Any], str]] = {
    str: str.__str__,
    bool: lambda value: "true" if value else "false",
    int: lambda value: str(operator.index(value)),
    float: lambda value: repr(float(value)),
    date: date.isoformat,
    datetime: datetime.isoformat,
    list: _json,
    dict: _json,
}
_DECODE: dict[type, Callable[[str], Any]] = {
    str: str,
    bool: _boolean,
    int: int,
    float: float,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    list: json.loads,
    dict: json.loads,
}


class RunProperty:
    """One declared run property: what the class attribute of a `RunProperties` class is."""

    def __init__(self, key: str, kind: type, default: str | None) -> None:
        self.key = key
        """Its name in Glue."""
        self.kind = kind
        self.default = default
        """As Glue stores it; None: the property has no value until a job writes it."""

    def __get__(self, properties: RunProperties | None, owner: type) -> Any:
        if properties is None:
            return self
        stored = properties._stored.get(self.key, self.default)  # noqa: SLF001 -- the two classes are one
        if stored is None:
            message = f"run property `{self.key}` has no default and nothing has written it"
            raise AttributeError(message)
        return self.decode(stored)

    def __set__(self, properties: RunProperties, value: object) -> None:
        properties._stored[self.key] = self.encode(value)  # noqa: SLF001 -- the two classes are one

    def decode(self, stored: str) -> Any:
        """Return the value of a text that Glue stores; ValueError if it is none of the type."""
        try:
            value = _DECODE[self.kind](stored)
        except ValueError as error:
            message = f"run property `{self.key}` holds {stored!r}, which is no {self.kind.__name__}: {error}"
            raise ValueError(message) from error
        if not isinstance(value, self.kind):
            message = f"run property `{self.key}` holds {stored!r}, which is no {self.kind.__name__}"
            raise ValueError(message)  # noqa: TRY004 -- like any other text that is none
        return value

    def encode(self, value: object) -> str:
        """Return the text that Glue stores for a value; TypeError if it is of another type."""
        if not _is_of(self.kind, value):
            message = f"run property `{self.key}` takes {self.kind.__name__}, not {value!r} ({type(value).__name__})"
            raise TypeError(message)
        try:
            return _ENCODE[self.kind](value)
        except TypeError as error:
            message = f"run property `{self.key}` takes what JSON holds: {error}"
            raise TypeError(message) from None

    def __repr__(self) -> str:
        return f"<run property {self.key}: {self.kind.__name__}>"


def _is_of(kind: type, value: object) -> bool:
    if kind is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind is int:  # numpy's whole numbers too, which are no subclass of int
        return hasattr(value, "__index__") and not isinstance(value, bool)
    return isinstance(value, kind) and not (kind is date and isinstance(value, datetime))


class RunProperties:
    """Typed run properties of a workflow: subclass it and annotate.

    Types are str, int, float, bool, date, datetime, and list or dict of what JSON holds. A value given in the class
    is the workflow's default; a property without one has no value until a job writes it.

    Inside a job, `run.properties` is an instance whose reads and writes go to the run; made by hand,
    `Sales(orders_rows=3)` keeps its values to itself, for tests.
    """

    _properties: dict[str, RunProperty] = {}  # noqa: RUF012 -- one for each subclass, set when it is made
    _file: str = ""

    def __init_subclass__(cls) -> None:
        """Turn each annotated name into a property."""
        super().__init_subclass__()
        cls._file = call_site().file
        cls._properties = dict(cls._properties)
        for key, hint in _hints(cls).items():
            kind = getattr(hint, "__origin__", hint)
            known = cls._properties.get(key)
            inherited = known is not None and known.kind is kind and key not in cls.__dict__
            if key.startswith("_") or inherited:
                continue
            if kind not in _ENCODE:
                message = f"run property `{key}` of {cls.__name__} has a type that gluedsl cannot store as a string"
                raise DeclarationError(message, hint="use str, int, float, bool, date, datetime, list or dict")
            declared = RunProperty(key, kind, None)
            if key in cls.__dict__:
                try:
                    declared.default = declared.encode(cls.__dict__[key])
                except TypeError as error:
                    raise DeclarationError(str(error), hint="give a default of the annotated type") from None
            setattr(cls, key, declared)
            cls._properties[key] = declared
        for key, value in cls.__dict__.items():
            if type(value) in _ENCODE and not key.startswith("_"):
                message = f"`{key}` of {cls.__name__} has a value and no type, and so is no run property"
                raise DeclarationError(message, hint=f"write `{key}: {type(value).__name__} = ...`")

    def __init__(self, **values: Any) -> None:
        self._bind({})
        for key, value in values.items():
            setattr(self, key, value)

    def _bind(self, stored: MutableMapping[str, str]) -> None:
        object.__setattr__(self, "_stored", stored)

    _stored: MutableMapping[str, str]

    if not TYPE_CHECKING:  # seeing this method, a type checker would let any name be written

        def __setattr__(self, key: str, value: object) -> None:
            if key not in self._properties:
                near = difflib.get_close_matches(key, self._properties, n=1)
                hint = f"; did you mean `{near[0]}`?" if near else ""
                message = f"{type(self).__name__} declares no run property `{key}`{hint}"
                raise AttributeError(message)
            object.__setattr__(self, key, value)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._values() == other._values()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self._values().items())})"

    def _values(self) -> dict[str, Any]:
        known = (k for k, p in self._properties.items() if k in self._stored or p.default is not None)
        return {key: getattr(self, key) for key in known}


def _hints(cls: type[RunProperties]) -> dict[str, Any]:
    try:
        return get_type_hints(cls)
    except (NameError, AttributeError, TypeError, SyntaxError) as error:
        message = f"the types of {cls.__name__} cannot be told: {error}"
        hint = "use str, int, float, bool, date, datetime, list or dict, imported outside of `if TYPE_CHECKING`"
        raise DeclarationError(message, hint=hint) from None


def bound(properties: type[P], stored: MutableMapping[str, str]) -> P:
    """Return an instance whose values live in `stored`."""
    made = properties.__new__(properties)
    made._bind(stored)  # noqa: SLF001 -- the constructor that authors do not see
    return made


def declared(properties: type[RunProperties]) -> Mapping[str, RunProperty]:
    """Return the run properties that a class declares, by their names in Glue."""
    return properties._properties  # noqa: SLF001 -- what the class was made for


def file_of(properties: type[RunProperties]) -> str:
    """Return the file that a class is written in; empty for `RunProperties` itself."""
    return properties._file  # noqa: SLF001 -- what the class was made for


def field_place(properties: type[RunProperties], name: str) -> tuple[str, str]:
    """Return the file and the class, of this one and those that it inherits from, that declare a run property."""
    classes = (each for each in properties.__mro__ if issubclass(each, RunProperties))
    owner = next((each for each in classes if name in vars(each).get("__annotations__", {})), properties)
    return file_of(owner), owner.__name__


def defaults(properties: type[RunProperties]) -> Mapping[str, str]:
    """Return the default run properties that a class declares, as Glue stores them."""
    return {key: p.default for key, p in declared(properties).items() if p.default is not None}


class StoredProperties(MutableMapping[str, str]):
    """The properties of a run under way, through Glue's API; each write puts only the key that it changes.

    A put of the whole map would take back what a parallel job wrote meanwhile.
    What is given to it as an attribute would never reach the run, and is refused.
    """

    __slots__ = ("_client", "_run")

    def __init__(self, workflow: str, run_id: str, client: Any) -> None:
        self._run = {"Name": workflow, "RunId": run_id}
        self._client = client

    def _all(self) -> dict[str, str]:
        answer: dict[str, str] | None = self._client.get_workflow_run_properties(**self._run).get("RunProperties")
        return answer or {}

    def __getitem__(self, key: str) -> str:
        return self._all()[key]

    def __setitem__(self, key: str, value: str) -> None:
        if not isinstance(value, str):
            message = f"run property `{key}` takes str, not {value!r}: Glue stores strings"
            raise TypeError(message)
        self._client.put_workflow_run_properties(**self._run, RunProperties={key: value})

    def __delitem__(self, key: str) -> None:
        message = f"run property `{key}` cannot be deleted: Glue has no such operation"
        raise TypeError(message)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    if not TYPE_CHECKING:  # seeing this method, a type checker would take any name for an attribute

        def __getattr__(self, name: str) -> NoReturn:
            message = f'run properties without a class are a dict, and have no attribute `{name}`; write `["{name}"]`'
            raise AttributeError(message)

        def __setattr__(self, name: str, value: object) -> None:
            if name not in self.__slots__:
                self.__getattr__(name)
            object.__setattr__(self, name, value)
