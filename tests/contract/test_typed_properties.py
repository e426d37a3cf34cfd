"""What run properties refuse: names and values that their class does not declare, to be a dict, or not to be one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl import RunProperties
from gluedsl.contract import read_contracts
from gluedsl.model import FunctionCode, Origins, Project, PropertiesClass
from gluedsl.source.locate import Locator
from gluedsl.source.span import Span
from gluedsl.worker.properties import StoredProperties
from tests.support.contracts import function, shell, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SALES = PropertiesClass(name="Sales", declared=("env", "rows"), others=("_note", "is_test", "summary"))
BY_API = """\
import boto3
glue, run = boto3.client("glue"), {"Name": run.workflow_name, "RunId": run.run_id}
glue.put_workflow_run_properties(**run, RunProperties={"rowz": "1"})
glue.get_workflow_run_properties(**run)["RunProperties"]["aws:eventIds"]"""

NAMES = {
    "what is declared": ("p.rows = int(p.env)", "read env 3 env\nwrite rows 3 rows"),
    "read": ("print(p.enf)", "refuses attribute read enf 3 enf"),
    "written": ("p.rowz = 1", "refuses attribute write rowz 3 rowz"),
    "written with a type": ("p.rowz: int = 1", "refuses attribute write rowz 3 rowz"),
    "counted up": ("p.rowz += 1", "refuses attribute read rowz 3 rowz"),
    "one of several": ("p.rows, p.rowz = 1, 2", "write rows 3 rows\nrefuses attribute write rowz 3 rowz"),
    "told once": ("p.rowz = 1\nif p.rows:\n    p.rowz = 2", "read rows 4 rows\nrefuses attribute write rowz 3 rowz"),
    "perhaps": ("if p.rows:\n    p.rowz = 2", "read rows 3 rows\nrefuses attribute write rowz 4 rowz"),
    "as a method": ("p.refresh()", "refuses attribute read refresh 3 refresh"),
    "called, and then": ("p.rowz.bit_length()", "refuses attribute read rowz 3 rowz"),
    "by getattr": ('getattr(p, "rowz")', 'refuses attribute read rowz 3 "rowz"'),
    "by getattr, if it is there": (
        'getattr(p, "rowz", 0)\ngetattr(p, "rows", 0)',
        'read rows 4 "rows" optional',
    ),
    "by setattr": ('setattr(p, "rowz", 0)', 'refuses attribute write rowz 3 "rowz"'),
    "by setattr in a loop": (
        'for name in ("rows", "rowz"):\n    setattr(p, name, 0)',
        'write rows 3 "rows" perhaps\nrefuses attribute write rowz 3 "rowz"',
    ),
    "in a helper": (
        "def note(properties):\n    properties.rowz = 1\nnote(p)",
        "refuses attribute write rowz 4 rowz",
    ),
    "asked for before": ('if hasattr(p, "rowz"):\n    p.rowz = 1', "more reads"),
    "a method of the author's": ("p.summary()", "unknown"),
    "a value of the author's": ("print(p.is_test, p._note)", "unknown"),
    "written over a method": ("p.summary = 1", "refuses attribute write summary 3 summary"),
    "what every object has": ("print(p.__class__)", "unknown"),
    "a value that is called": ("p.rows(p.env)", "read rows 3 rows\nread env 3 env"),
    "deleted": ("del p.rowz", "deletes rowz 3 rowz refused"),
    "by Glue's own API": (BY_API, 'read aws:eventIds 6 "aws:eventIds"\nwrite rowz 5 "rowz"'),
}

ITEMS = {
    "read": ('print(p["rows"])', 'refuses item read rows 3 p["rows"]'),
    "of no such name": ('p["rowz"]', 'refuses item read rowz 3 p["rowz"]'),
    "of no known name": ("p[name]", "refuses item read of all 3 p[name]"),
    "written": ('p["rows"] = 1', 'refuses item write rows 3 p["rows"]'),
    "counted up": ('p["rows"] += 1', 'refuses item read rows 3 p["rows"]'),
    "looked for": ('print("rows" in p)', 'refuses item read rows 3 "rows" in p'),
    "got": ('p.get("rows", 0)', 'refuses item read rows 3 p.get("rows", 0)'),
    "set by default": ('p.setdefault("rows", 0)', 'refuses item write rows 3 p.setdefault("rows", 0)'),
    "updated": ("p.update(rows=1)", "refuses item write of all 3 p.update(rows=1)"),
    "all of them": ("print(p.items())", "refuses item read of all 3 p.items()"),
    "in a loop": ("for name in p:\n    print(name)", "more reads\nrefuses item read of all 3 p"),
    "in a comprehension": ("[name for name in p]", "more reads\nrefuses item read of all 3 p"),
    "both ways": (
        'p.rowz = 1\np["rowz"] = 1',
        'refuses attribute write rowz 3 rowz\nrefuses item write rowz 4 p["rowz"]',
    ),
    "deleted": ('del p["rows"]', 'deletes rows 3 "rows" refused'),
    "of another dict": ('found = {"rows": 1}\nfound["rows"]', ""),
}


def contract(
    folder: Path, body: str, properties: PropertiesClass | None = SALES, *, takes_any_property: bool = False
) -> str:
    """Return the contract of a job whose run properties are `p`."""
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    text = f"def load(run):\n    p = run.properties\n{lines}"
    return shown(function(folder, text, properties=properties, takes_any_property=takes_any_property), folder)


@pytest.mark.parametrize("case", NAMES)
def test_names(case: str, tmp_path: Path) -> None:
    """One that is not declared is neither a read nor a write, and told at the name."""
    body, expected = NAMES[case]

    assert contract(tmp_path, body) == expected


@pytest.mark.parametrize("case", ITEMS)
def test_items(case: str, tmp_path: Path) -> None:
    """Whatever name they have, they are told at the whole expression."""
    body, expected = ITEMS[case]

    assert contract(tmp_path, body) == expected


@pytest.mark.parametrize("body", [body for body, _ in (*NAMES.values(), *ITEMS.values())])
def test_a_class_that_takes_any_name_refuses_nothing(body: str, tmp_path: Path) -> None:
    """Nor is it no dict: it may have what a dict has."""
    assert "refuses" not in contract(tmp_path, body, properties=None, takes_any_property=True)


PLAIN = {
    "read": ("print(p.env)", "refuses attribute read env 3 env"),
    "written": ("p.rows = '1'", "refuses attribute write rows 3 rows"),
    "counted up": ("p.rows += '1'", "refuses attribute read rows 3 rows"),
    "as a method": ('p.refresh(p["env"])', 'read env 3 "env"\nrefuses attribute read refresh 3 refresh'),
    "by getattr": ('getattr(p, "rows")', 'refuses attribute read rows 3 "rows"'),
    "by getattr, if it is there": ('getattr(p, "rows", 0)', ""),
    "by setattr": ('setattr(p, "rows", "1")', 'refuses attribute write rows 3 "rows"'),
    "asked for before": ('if hasattr(p, "rows"):\n    p.rows = "1"', "more reads"),
    "both ways": ('p["rows"] = p.env', 'write rows 3 "rows"\nrefuses attribute read env 3 env'),
    "perhaps a dict": (
        'p = p if p.get("env") else {}\np.rows',
        'read env 3 "env" optional\nrefuses attribute read rows 4 rows',
    ),
    "a method of dicts": ('p.get("env")\np.update(rows="1")', 'read env 3 "env" optional\nwrite rows 4 rows="1"'),
    "a method of dicts, called later": ("get = p.get\nget('env')", "unknown"),
    "written over a method": ("p.items = 1", "refuses attribute write items 3 items"),
    "what every object has": ("print(p.__class__)", "unknown"),
}


@pytest.mark.parametrize("case", PLAIN)
def test_plain_properties_have_no_attributes(case: str, tmp_path: Path) -> None:
    """But those of a dict: the others are neither read nor written, and told at the name."""
    body, expected = PLAIN[case]

    assert contract(tmp_path, body, properties=None) == expected


@pytest.mark.parametrize(
    ("method", "body", "expected"),
    [
        ("__getitem__", 'p["rows"]', 'read rows 3 "rows"'),
        ("__setitem__", 'p["rows"] = "1"', 'write rows 3 "rows"'),
        ("__iter__", "for name in p: print(name)", "more reads"),
        ("__contains__", '"rows" in p', 'read rows 3 "rows" optional'),
        ("get", 'p.get("rowz")', "unknown"),
    ],
)
def test_what_the_author_made_a_dict(method: str, body: str, expected: str, tmp_path: Path) -> None:
    """A class with the method that is asked for has it."""
    own = PropertiesClass(name="Sales", declared=("rows",), others=(method,))

    assert contract(tmp_path, body, properties=own) == expected


def test_jobs_of_one_module_have_their_own_classes(tmp_path: Path) -> None:
    """One function, too, that workflows of two classes make a job of."""
    (tmp_path / "flow.py").write_text("def load(run):\n    run.properties.rows = 1\n", encoding="utf-8")
    other = PropertiesClass(name="Other", declared=("items",))
    jobs = tuple(
        shell(FunctionCode(root=str(tmp_path), module="flow", job=name, properties=of), name=name)
        for name, of in (("one", SALES), ("two", other), ("three", None))
    )
    places: dict[tuple[str | int, ...], Span] = {("jobs", n, "code"): Span("flow.py", 1) for n in range(3)}

    found = read_contracts(Project(jobs=jobs), Origins(places), Locator(tmp_path))

    assert {name: shown(contract, tmp_path) for name, contract in found.items()} == {
        "one": "write rows 2 rows",
        "two": "refuses attribute write rows 2 rows",
        "three": "refuses attribute write rows 2 rows",
    }


class Sales(RunProperties):
    """Like `SALES`."""

    env: str = "prod"
    rows: int = 0
    _note = None

    @property
    def is_test(self) -> bool:
        """Return what no run property says."""
        return self.env == "test"

    def summary(self) -> str:
        """Return what no run property says."""
        return f"{self.rows} rows"


LIVE = [body for case, (body, _) in (*NAMES.items(), *ITEMS.items()) if case not in {"by Glue's own API", "deleted"}]


@pytest.mark.parametrize("body", LIVE)
def test_what_is_refused_fails(body: str, tmp_path: Path) -> None:
    """A real object of the class raises where the code is told to, and nowhere else."""
    assert fails(body, Sales(env="7", rows=1)) is ("refuses" in contract(tmp_path, body))


class Glue:
    """Holds the run properties of one run."""

    def __init__(self) -> None:
        self.held = {"env": "prod"}

    def get_workflow_run_properties(self, **_: object) -> Mapping[str, object]:
        """Return all of them."""
        return {"RunProperties": self.held}

    def put_workflow_run_properties(self, *, RunProperties: Mapping[str, str], **_: object) -> None:  # noqa: N803 -- AWS's
        """Change some."""
        self.held |= RunProperties


@pytest.mark.parametrize("body", [body for body, _ in PLAIN.values()])
def test_what_plain_properties_refuse_fails(body: str, tmp_path: Path) -> None:
    """What a job has where there is no class raises where the code is told to, and nothing is lost in silence."""
    assert fails(body, StoredProperties("sales", "wr_1", Glue())) is ("refuses" in contract(tmp_path, body, None))


KINDS = PropertiesClass(
    name="Sales",
    declared=("text", "count", "share", "flag", "day", "moment", "many", "more"),
    kinds=("str", "int", "float", "bool", "date", "datetime", "list", "dict"),
)
LITERALS = {
    "str": ('"many"', 'f"{p.text}"'),
    "int": ("42", "-1"),
    "float": ("1.5", "+0.5"),
    "bool": ("True",),
    "None": ("None",),
    "bytes": ('b"many"',),
    "complex": ("1j",),
    "list": ("[]", "[p.count]"),
    "dict": ("{}",),
    "tuple": ("()",),
    "set": ("{1}",),
}


class Everything(RunProperties):
    """Like `KINDS`."""

    text: str = ""
    count: int = 0
    share: float = 0.0
    flag: bool = False
    day: date = date(2026, 3, 1)
    moment: datetime = datetime(2026, 3, 1, tzinfo=UTC)
    many: list[Any]
    more: dict[str, Any]


@pytest.mark.parametrize(("given", "literal"), [(kind, one) for kind, them in LITERALS.items() for one in them])
@pytest.mark.parametrize(("name", "declared"), list(zip(KINDS.declared, KINDS.kinds, strict=True)))
def test_values_of_another_type(name: str, declared: str, given: str, literal: str, tmp_path: Path) -> None:
    """One that is written out is told at its place, exactly where a real object of the class refuses it."""
    body = f"p.{name} = {literal}"
    found = contract(tmp_path, body, KINDS)

    told = f"mistypes {name} 3 {literal}: {given}, not {declared}"
    assert (told in found.split("\n")) is fails(body, Everything())
    assert ("mistypes" in found) is (told in found)
    assert f"write {name} 3 {name}" in found


MISTYPED = {
    "with a type": ('p.count: int = "many"', 'write count 3 count\nmistypes count 3 "many": str, not int'),
    "for several": (
        'x = p.count = p.text = "many"',
        'write count 3 count\nwrite text 3 text\nmistypes count 3 "many": str, not int',
    ),
    "perhaps": (
        'if p.flag:\n    p.count = "many"',
        'read flag 3 flag\nwrite count 4 count perhaps\nmistypes count 4 "many": str, not int',
    ),
    "twice": (
        'p.count = "one"\np.count = "two"',
        'write count 3 count\nmistypes count 3 "one": str, not int\nmistypes count 4 "two": str, not int',
    ),
    "through a name": ('rows = "many"\np.count = rows', "write count 4 count"),
    "worked out": ('p.count = "4" + "2"', "write count 3 count"),
    "perhaps another": ('p.count = 1 if p.flag else "many"', "read flag 3 flag\nwrite count 3 count"),
    "a part": ('p.count, p.text = "many", 1', "write count 3 count\nwrite text 3 text"),
    "of no such name": ("p.counts = 1", "refuses attribute write counts 3 counts"),
    "of another object": ('class Row: pass\nrow = Row()\nrow.count = "many"', ""),
}


@pytest.mark.parametrize("case", MISTYPED)
def test_where_values_are_written_out(case: str, tmp_path: Path) -> None:
    """What has to be followed to be known is not told."""
    body, expected = MISTYPED[case]

    assert contract(tmp_path, body, KINDS) == expected


def test_types_that_are_not_told(tmp_path: Path) -> None:
    """Of a class without them, and of none, nothing is said."""
    assert contract(tmp_path, 'p.rows = "many"') == "write rows 3 rows"
    assert contract(tmp_path, 'p["rows"] = "many"', None) == 'write rows 3 "rows"'


def fails(body: str, properties: object) -> bool:
    """Whether code fails for the properties that it has as `p`."""
    names: dict[str, Any] = {"p": properties, "name": "rows"}
    try:
        exec(body, names)  # noqa: S102 -- the test's own text
    except (AttributeError, TypeError) as error:
        return "not callable" not in str(error)
    return False
