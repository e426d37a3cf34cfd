"""Run properties with types: strings in Glue, values for authors."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from enum import Enum, IntEnum
from typing import Any, ClassVar, Optional

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gluedsl import RunProperties
from gluedsl.errors import DeclarationError
from gluedsl.worker.properties import RunProperty, bound, defaults

TYPES = "use str, int, float, bool, date, datetime, list or dict"


class Sales(RunProperties):
    """A property of every type."""

    env: str = "prod"
    rows: int = 0
    share: float = 0.5
    full: bool = False
    day: date = date(2026, 1, 5)
    at: datetime = datetime(2026, 1, 5, 2, 30, tzinfo=timezone.utc)  # noqa: UP017 -- as on Python 3.9
    regions: list[str] = ["north", "south"]  # noqa: RUF012 -- kept as text
    limits: dict[str, int] = {"b": 2, "a": 1}  # noqa: RUF012 -- kept as text
    written_later: int


class Numbers(IntEnum):
    """Whole numbers with names."""

    ONE = 1


class Names(str, Enum):  # noqa: UP042 -- StrEnum is not there yet
    """Strings with names, as on Python 3.9."""

    EU = "eu"


class FromNumpy:
    """A whole number of somebody else's."""

    def __index__(self) -> int:
        return 42


class WideFloat(float):
    """A number that shows itself in another way, as numpy's do."""

    def __repr__(self) -> str:
        return f"wide({float(self)})"


def test_defaults_are_strings() -> None:
    """Each as Glue stores it; what has no default is not there."""
    assert defaults(Sales) == {
        "env": "prod",
        "rows": "0",
        "share": "0.5",
        "full": "false",
        "day": "2026-01-05",
        "at": "2026-01-05T02:30:00+00:00",
        "regions": '["north", "south"]',
        "limits": '{"a": 1, "b": 2}',
    }


def test_values_made_by_hand_are_typed() -> None:
    """An instance keeps its values to itself and gives defaults for the others."""
    sales = Sales(rows=3, regions=["west"])
    sales.full = True
    sales.written_later = 5

    assert (sales.env, sales.rows, sales.share, sales.full, sales.written_later) == ("prod", 3, 0.5, True, 5)
    assert (sales.day, sales.at) == (date(2026, 1, 5), datetime(2026, 1, 5, 2, 30, tzinfo=timezone.utc))  # noqa: UP017 -- as above
    assert (sales.regions, sales.limits) == (["west"], {"a": 1, "b": 2})
    assert (Sales().rows, Sales().regions) == (0, ["north", "south"])


def test_bound_reads_and_writes_through() -> None:
    """What it is bound to holds the strings, and says what is there."""
    stored = {"rows": "7", "unknown": "kept"}
    sales = bound(Sales, stored)

    sales.share = 1
    sales.limits = {"c": 3}
    stored["env"] = "test"

    assert (sales.rows, sales.env, sales.share) == (7, "test", 1.0)
    assert stored == {"rows": "7", "unknown": "kept", "share": "1.0", "limits": '{"c": 3}', "env": "test"}


def test_on_the_class_a_property_is_itself() -> None:
    """So that `reads=[Sales.env]` can name it."""
    prop: object = Sales.rows

    assert isinstance(prop, RunProperty)
    assert (prop.key, prop.kind, prop.default, repr(prop)) == ("rows", int, "0", "<run property rows: int>")


def test_equality_and_text() -> None:
    """Equal by class and values, defaults included; shown as it would be made."""
    assert Sales(rows=0) == Sales()
    assert Sales(rows=1) != Sales()
    assert Sales() != "Sales"
    assert Sales(written_later=0) != Sales()
    assert repr(Sales(rows=3, env="é"))[:22] == "Sales(env='é', rows=3,"
    assert repr(RunProperties()) == "RunProperties()"


def test_instances_have_no_hash() -> None:
    """Their values change."""
    with pytest.raises(TypeError, match="unhashable type: 'Sales'"):
        hash(Sales())


class Base(RunProperties):
    """What several workflows share."""

    env: str = "prod"
    rows: int = 0


class Derived(Base):
    """More, and some of it otherwise."""

    rows = 5
    env: str
    region: str = "eu"


class Retyped(Base):
    """One that is of another type here."""

    rows: str  # type: ignore[assignment]


def test_inheritance() -> None:
    """A subclass has the properties of its base, gives them other defaults or types, and leaves the base alone."""
    assert defaults(Derived) == {"env": "prod", "rows": "5", "region": "eu"}
    assert defaults(Retyped) == {"env": "prod"}
    assert defaults(Base) == {"env": "prod", "rows": "0"}
    assert Retyped(rows="many").rows == "many"


def test_private_names_and_methods_are_no_properties() -> None:
    """A class may have what else a class has."""

    class Quiet(RunProperties):
        _cache: int = 3
        env: str = "prod"
        _note = "free"

        @property
        def shown(self) -> str:
            return self.env.upper()

        def greet(self) -> str:
            return f"hello {self.env}"

    assert defaults(Quiet) == {"env": "prod"}
    assert (Quiet().shown, Quiet().greet(), Quiet._cache) == ("PROD", "hello prod", 3)  # noqa: SLF001 -- it is the test's


@pytest.mark.parametrize(
    ("body", "message", "hint"),
    [
        ("x: set", "run property `x` of S has a type that gluedsl cannot store as a string", TYPES),
        ("x: int | None = 3", "run property `x` of S has a type that gluedsl cannot store as a string", TYPES),
        ("x: Optional[int] = 3", "run property `x` of S has a type that gluedsl cannot store as a string", TYPES),
        ("x: ClassVar[int] = 3", "run property `x` of S has a type that gluedsl cannot store as a string", TYPES),
        ("x: 'tuple[str, ...]'", "run property `x` of S has a type that gluedsl cannot store as a string", TYPES),
        (
            "x: 'Decimal'",
            "the types of S cannot be told: name 'Decimal' is not defined",
            f"{TYPES}, imported outside of `if TYPE_CHECKING`",
        ),
        (
            "x: 'int +'",
            "the types of S cannot be told: Forward reference must be an expression -- got 'int +'",
            f"{TYPES}, imported outside of `if TYPE_CHECKING`",
        ),
        ("x: int = '3'", "run property `x` takes int, not '3' (str)", "give a default of the annotated type"),
        ("x: int = True", "run property `x` takes int, not True (bool)", "give a default of the annotated type"),
        ("x: int = 3.0", "run property `x` takes int, not 3.0 (float)", "give a default of the annotated type"),
        ("x: str = None", "run property `x` takes str, not None (NoneType)", "give a default of the annotated type"),
        ("x: bool = 1", "run property `x` takes bool, not 1 (int)", "give a default of the annotated type"),
        ("x: float = True", "run property `x` takes float, not True (bool)", "give a default of the annotated type"),
        (
            "x: date = datetime(2026, 1, 5)",
            "run property `x` takes date, not datetime.datetime(2026, 1, 5, 0, 0) (datetime)",
            "give a default of the annotated type",
        ),
        (
            "x: datetime = date(2026, 1, 5)",
            "run property `x` takes datetime, not datetime.date(2026, 1, 5) (date)",
            "give a default of the annotated type",
        ),
        ("x: list = (1,)", "run property `x` takes list, not (1,) (tuple)", "give a default of the annotated type"),
        (
            "x: list = [date(2026, 1, 5)]",
            "run property `x` takes what JSON holds: Object of type date is not JSON serializable",
            "give a default of the annotated type",
        ),
        (
            "x: dict = {1: 2}",
            (
                "run property `x` takes what JSON holds: "
                "what is read back would be another: a key that is no string, or a tuple"
            ),
            "give a default of the annotated type",
        ),
        (
            "x: list = [float('nan')]",
            "run property `x` takes what JSON holds: Out of range float values are not JSON compliant",
            "give a default of the annotated type",
        ),
        ("x = 5", "`x` of S has a value and no type, and so is no run property", "write `x: int = ...`"),
        ("x = ['a']", "`x` of S has a value and no type, and so is no run property", "write `x: list = ...`"),
    ],
)
def test_classes_that_are_refused(body: str, message: str, hint: str) -> None:
    """A declaration that cannot mean what it says is refused when the class is made."""
    names = {"RunProperties": RunProperties, "date": date, "datetime": datetime, "Optional": Optional}
    names["ClassVar"] = ClassVar

    with pytest.raises(DeclarationError) as raised:
        exec(f"class S(RunProperties):\n    {body}\n", {"__name__": __name__, **names})  # noqa: S102 -- the test's own

    assert (raised.value.message, raised.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("rows", "3", "run property `rows` takes int, not '3' (str)"),
        ("rows", 3.0, "run property `rows` takes int, not 3.0 (float)"),
        ("env", 3, "run property `env` takes str, not 3 (int)"),
        ("full", "yes", "run property `full` takes bool, not 'yes' (str)"),
        ("limits", ["a"], "run property `limits` takes dict, not ['a'] (list)"),
    ],
)
def test_writing_another_type(name: str, value: object, message: str) -> None:
    """It says so, and writes nothing."""
    stored: dict[str, str] = {}

    with pytest.raises(TypeError) as raised:
        setattr(bound(Sales, stored), name, value)

    assert (str(raised.value), stored) == (message, {})


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("order_rows", "Sales declares no run property `order_rows`"),
        ("row", "Sales declares no run property `row`; did you mean `rows`?"),
    ],
)
def test_writing_what_is_not_declared(name: str, message: str) -> None:
    """A misspelt name is refused, with the one that is near, in an assignment and when made by hand."""
    with pytest.raises(AttributeError) as assigned:
        setattr(Sales(), name, 3)
    with pytest.raises(AttributeError) as made:
        Sales(**{name: 3})

    assert [str(assigned.value), str(made.value)] == [message, message]


def test_reading_what_has_no_value() -> None:
    """A property without a default has none until a job writes it."""
    with pytest.raises(AttributeError) as raised:
        Sales().written_later  # noqa: B018 -- reading it is the test

    assert str(raised.value) == "run property `written_later` has no default and nothing has written it"


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("rows", "many", "int: invalid literal for int() with base 10: 'many'"),
        ("full", "True", "bool: neither `true` nor `false`"),
        ("day", "05.01.2026", "date: Invalid isoformat string: '05.01.2026'"),
        ("share", "", "float: could not convert string to float: ''"),
        ("limits", "{", "dict: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("limits", "[]", "dict"),
        ("regions", '"a"', "list"),
    ],
)
def test_reading_what_somebody_else_wrote(name: str, text: str, wanted: str) -> None:
    """A text that is not of the type says which property holds it."""
    with pytest.raises(ValueError, match="holds") as raised:
        getattr(bound(Sales, {name: text}), name)

    assert str(raised.value) == f"run property `{name}` holds {text!r}, which is no {wanted}"


def test_values_of_other_libraries() -> None:
    """Subclasses and numpy's numbers are written as what they stand for."""
    stored: dict[str, str] = {}
    sales: Any = bound(Sales, stored)

    sales.env, sales.rows, sales.share = Names.EU, FromNumpy(), WideFloat(1.5)
    assert stored == {"env": "eu", "rows": "42", "share": "1.5"}
    sales.rows, sales.share = Numbers.ONE, 3
    assert stored == {"env": "eu", "rows": "1", "share": "3.0"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
OFFSETS = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(
    env=st.text(),
    rows=st.integers(),
    share=st.floats(allow_nan=False),
    full=st.booleans(),
    day=st.dates(),
    at=st.datetimes(timezones=st.none() | OFFSETS),
    regions=st.lists(JSON),
    limits=st.dictionaries(st.text(), JSON),
)
def test_what_is_written_is_read(**values: Any) -> None:
    """Of every type, every value comes back from the string that Glue keeps of it."""
    stored: dict[str, str] = {}
    written, read = bound(Sales, stored), bound(Sales, stored)

    for name, value in values.items():
        setattr(written, name, value)

    assert {name: getattr(read, name) for name in values} == values
    assert all(type(text) is str for text in stored.values())


@given(values=JSON.filter(lambda value: isinstance(value, (list, dict))))
def test_equal_values_are_equal_strings(values: Any) -> None:
    """The order in which a dict was made is not seen, so that a plan sees no change."""

    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(inner) for key, inner in reversed(value.items())}
        return [turned(inner) for inner in value] if isinstance(value, list) else value

    prop = RunProperty("p", type(values), None)

    assert prop.encode(values) == prop.encode(turned(values))
    assert json.loads(prop.encode(values)) == values
