"""Rules about run properties of a class, and of none: TL012, TL013, TL021, TL022."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.code_findings import says, told

if TYPE_CHECKING:
    from pathlib import Path

SALES = """\
class Sales(RunProperties):
    env: str = "prod"
    rows: int


class Returns(RunProperties):
    items: int


sales = Workflow("sales", properties=Sales, role="GlueJobRole")
"""
OTHER = 'other = Workflow("other", properties=Returns, role="GlueJobRole")\n'
PLAIN = 'plain = Workflow("plain", role="GlueJobRole")\n'


def job(name: str, body: str, settings: str = "", workflow: str = "sales") -> str:
    """Return a function job that reads what it says it reads."""
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    return f"\n\n@{workflow}.python_shell_job({settings})\ndef {name}(run):\n{lines}"


def codes(text: str) -> list[str]:
    """Return the first line of each finding."""
    return [line for line in text.split("\n") if line and not line.startswith(" ")]


def test_names_that_the_class_does_not_declare_are_doubtful(tmp_path: Path) -> None:
    """At the name, with the class and the job; what is near is suggested."""
    flow = SALES + job("load", "run.properties.rowz = 42\nprint(run.properties.enf, run.properties.customer)")

    assert told(tmp_path, flow) == says("""
        TL012 warning at flow:16 rowz
          job `sales-load` writes run property `rowz`, which `Sales` does not declare
          related flow:2 Sales: `Sales` declares its properties here
          related flow:14 sales.python_shell_job(): job `sales-load` is defined here
          help: did you mean `rows`?
        TL012 warning at flow:17 enf
          job `sales-load` reads run property `enf`, which `Sales` does not declare
          related flow:2 Sales: `Sales` declares its properties here
          related flow:14 sales.python_shell_job(): job `sales-load` is defined here
          help: did you mean `env`?
        TL012 warning at flow:17 customer
          job `sales-load` reads run property `customer`, which `Sales` does not declare
          related flow:2 Sales: `Sales` declares its properties here
          related flow:14 sales.python_shell_job(): job `sales-load` is defined here
          help: declare it in `Sales`, or leave it out
    """)


def test_class_whose_place_is_not_known(tmp_path: Path) -> None:
    """Two have one name: then the job alone is shown."""
    flow = SALES.replace("Returns", "Sales") + job("load", "print(run.properties.rows)")

    assert told(tmp_path, flow) == says("""
        TL012 warning at flow:16 rows
          job `sales-load` reads run property `rows`, which `Sales` does not declare
          related flow:14 sales.python_shell_job(): job `sales-load` is defined here
          help: declare it in `Sales`, or leave it out
    """)


@pytest.mark.parametrize("body", ["run.properties.rows = 1", "...", "helper(run)"])
def test_declared_names_of_another_class_are_doubtful(body: str, tmp_path: Path) -> None:
    """Where they are declared, whatever is known of the code; what the code does not keep either follows from that."""
    flow = SALES + job("load", body, "reads=[Returns.items], writes=[Sales.rows, 'rwos']")

    assert told(tmp_path, flow) == says("""
        TL012 warning at flow:14 Returns.items
          job `sales-load` says that it reads run property `items`, which `Sales` does not declare
          related flow:2 Sales: `Sales` declares its properties here
          related flow:14 sales.python_shell_job(reads=[Returns.items], writes=[Sales.rows, 'rwos']): \
job `sales-load` is defined here
          help: declare it in `Sales`, or leave it out
        TL012 warning at flow:14 'rwos'
          job `sales-load` says that it writes run property `rwos`, which `Sales` does not declare
          related flow:2 Sales: `Sales` declares its properties here
          related flow:14 sales.python_shell_job(reads=[Returns.items], writes=[Sales.rows, 'rwos']): \
job `sales-load` is defined here
          help: did you mean `rows`?
    """)


def test_name_that_the_flow_says_as_well(tmp_path: Path) -> None:
    """It is told once, in the code, with the other place."""
    flow = SALES + job("load", "run.properties.rwos = 1", "writes=['rwos']")

    assert told(tmp_path, flow) == says("""
        TL012 warning at flow:16 rwos
          job `sales-load` writes run property `rwos`, which `Sales` does not declare
          related flow:14 'rwos': and named here
          related flow:2 Sales: `Sales` declares its properties here
          related flow:14 sales.python_shell_job(writes=['rwos']): job `sales-load` is defined here
          help: did you mean `rows`?
    """)


def test_class_is_that_of_the_workflow_that_made_the_job(tmp_path: Path) -> None:
    """Whichever starts it: so it is when the job runs."""
    flow = SALES + OTHER + job("load", "run.properties.items = 1", "writes=['items']", "other") + "sales.add(load)\n"

    assert told(tmp_path, flow) == ""
    turned = flow.replace("@other", "@sales").replace("sales.add", "other.add")
    # Of another length: Python takes a file of the same second and length for the one that it has compiled.
    assert codes(told(tmp_path, f"{turned}\n")) == ["TL012 warning at flow:17 items"]


BY_API = """\
import boto3
glue = boto3.client("glue")
ids = {"Name": run.workflow_name, "RunId": run.run_id}
glue.put_workflow_run_properties(**ids, RunProperties={"note": "1"})
print(glue.get_workflow_run_properties(**ids)["RunProperties"]["aws:eventIds"])"""


@pytest.mark.parametrize(
    ("body", "settings"),
    [
        ("run.properties.rows = 1\nprint(run.properties.rows, run.properties.env)", "writes=[Sales.rows]"),
        ("getattr(run.properties, 'rowz', 0)", ""),
        ("if hasattr(run.properties, 'rowz'):\n    run.properties.rowz = 1", ""),
        (BY_API, "writes=['note']"),
        ("run.properties.rowz = 1", "allow=['undeclared-run-property']"),
        ("run.properties['rows'] = 1", "allow=['typed-properties-as-dict']"),
    ],
)
def test_names_that_are_there_or_not_needed(body: str, settings: str, tmp_path: Path) -> None:
    """Declared, asked for before, reached by Glue's own API, or allowed."""
    flow = SALES.replace("rows: int", "rows: int = 0") + job("load", body, settings)

    assert "TL01" not in told(tmp_path, flow)


def test_plain_properties_have_any_name(tmp_path: Path) -> None:
    """Nothing declares them."""
    flow = SALES + PLAIN + job("load", "run.properties['rowz'] = '1'", "writes=['rowz']", "plain") + "sales.add(load)\n"

    assert told(tmp_path, flow) == ""


def test_typed_properties_are_no_dict(tmp_path: Path) -> None:
    """At the whole expression, with how to name it instead."""
    body = """\
run.properties["rows"] = 42
print("enf" in run.properties, run.properties.get("customer"))
for name in run.properties:
    print(name)"""

    assert told(tmp_path, SALES + job("load", body)) == says("""
        TL013 warning at flow:16 run.properties["rows"]
          job `sales-load` writes run property `rows` as if `Sales` were a dict
          related flow:2 Sales: `Sales` declares its properties here
          related flow:14 sales.python_shell_job(): job `sales-load` is defined here
          help: name it as an attribute: `.rows`
        TL013 warning at flow:17 "enf" in run.properties
          job `sales-load` reads run property `enf` as if `Sales` were a dict
          related flow:2 Sales: `Sales` declares its properties here
          related flow:14 sales.python_shell_job(): job `sales-load` is defined here
          help: did you mean `.env`?
        TL013 warning at flow:17 run.properties.get("customer")
          job `sales-load` reads run property `customer` as if `Sales` were a dict
          related flow:2 Sales: `Sales` declares its properties here
          related flow:14 sales.python_shell_job(): job `sales-load` is defined here
          help: declare it in `Sales`, and name it as an attribute
        TL013 warning at flow:18 run.properties
          job `sales-load` uses run properties as if `Sales` were a dict
          related flow:2 Sales: `Sales` declares its properties here
          related flow:14 sales.python_shell_job(): job `sales-load` is defined here
          help: name each property as an attribute
    """)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("run.properties.rowz = 1", "TL012 warning at flow:16 rowz"),
        ("run.properties['rows'] = 1", "TL013 warning at flow:16 run.properties['rows']"),
    ],
)
@pytest.mark.parametrize("settings", ["", "writes=[Sales.rows]"])
def test_who_reads_what_was_meant_has_no_finding(body: str, found: str, settings: str, tmp_path: Path) -> None:
    """Nor has the declaration that the code means to keep."""
    flow = SALES + job("load", body, settings) + job("report", "print(run.properties.rows)", "after=load")

    assert codes(told(tmp_path, flow)) == [found]


@pytest.mark.parametrize("body", ["print(run.properties.rowz)", "print(run.properties['rows'])"])
def test_who_writes_what_was_meant_has_no_finding(body: str, tmp_path: Path) -> None:
    """It is read, but for the mistake; so is what the job says that it reads."""
    flow = SALES + job("load", "run.properties.rows = 1") + job("report", body, "after=load, reads=[Sales.rows]")

    assert [code[:5] for code in codes(told(tmp_path, flow))] in (["TL012"], ["TL013"])


def test_writer_on_another_branch_that_is_misspelt(tmp_path: Path) -> None:
    """What comes too late is told besides."""
    flow = SALES + job("load", "run.properties.rowz = 1") + job("report", "print(run.properties.rows)")

    assert codes(told(tmp_path, flow)) == ["TL012 warning at flow:16 rowz", "RP003 warning at flow:21 rows"]


DICT = 'plain = Workflow("plain", properties={"env": "prod"}, role="GlueJobRole")\n'


@pytest.mark.parametrize("workflow", [DICT, PLAIN])
def test_plain_properties_have_no_attributes(workflow: str, tmp_path: Path) -> None:
    """Not even those that the run has; at the first place of each name, with both ways out."""
    body = "print(run.properties.env)\nrun.properties.rows = 42\nprint(run.properties.rows)"

    assert told(tmp_path, workflow + job("load", body, workflow="plain")) == says("""
        TL021 warning at flow:7 env
          job `plain-load` reads run property `env` as an attribute, and without a class run properties are a dict
          related flow:5 plain.python_shell_job(): job `plain-load` is defined here
          help: write `["env"]`, or give the workflow a `RunProperties` class that declares it
        TL021 warning at flow:8 rows
          job `plain-load` writes run property `rows` as an attribute, and without a class run properties are a dict
          related flow:5 plain.python_shell_job(): job `plain-load` is defined here
          help: write `["rows"]`, or give the workflow a `RunProperties` class that declares it
    """)


@pytest.mark.parametrize(
    "body",
    [
        'print(run.properties["env"], run.properties.get("day"), *run.properties.keys())',
        'print(getattr(run.properties, "day", ""))',
        'if hasattr(run.properties, "day"):\n    print(run.properties.day)',
        "print(run.properties.__len__())",
    ],
)
def test_plain_properties_have_what_dicts_have(body: str, tmp_path: Path) -> None:
    """And what is asked for before, the code can do without."""
    assert told(tmp_path, DICT + job("load", body, workflow="plain")) == ""


def test_a_name_that_plain_properties_lack(tmp_path: Path) -> None:
    """Looked up as in a dict, it is what nothing has written."""
    flow = DICT + job("load", "print(run.properties['evn'])", workflow="plain")

    assert told(tmp_path, flow) == says("""
        RP003 warning at flow:7 'evn'
          job `plain-load` reads run property `evn`, which nothing before it in workflow `plain` writes
          related flow:5 plain.python_shell_job(): job `plain-load` is defined here
          help: did you mean `env`?
          help: give it a default, or let the job wait for one that writes it
    """)


@pytest.mark.parametrize("settings", ["", "writes=['rows']"])
def test_who_reads_what_was_meant_for_plain_properties_has_no_finding(settings: str, tmp_path: Path) -> None:
    """Nor has the declaration that the code means to keep."""
    first = job("load", "run.properties.rows = '1'", settings, "plain")
    flow = DICT + first + job("report", "print(run.properties['rows'])", "after=load", "plain")

    assert codes(told(tmp_path, flow)) == ["TL021 warning at flow:7 rows"]


def test_plain_properties_as_attributes_are_allowed_by_name(tmp_path: Path) -> None:
    """As any other lint."""
    settings = "allow=['plain-properties-as-attributes']"

    assert told(tmp_path, DICT + job("load", "print(run.properties.env)", settings, "plain")) == ""


def test_values_of_another_type_than_is_declared(tmp_path: Path) -> None:
    """At the value, of which its type alone is said; it is written all the same, so that nobody reads in vain."""
    load = job("load", "run.properties.rows = 'many'\nrun.properties.env = None\nrun.properties.rows = 42")
    flow = SALES + load + job("report", "print(run.properties.rows)", "after=load")

    assert told(tmp_path, flow) == says("""
        TL022 warning at flow:16 'many'
          job `sales-load` gives run property `rows` a value of type `str`, and `Sales` declares it as `int`
          related flow:2 Sales: `Sales` declares its properties here
          related flow:14 sales.python_shell_job(): job `sales-load` is defined here
          help: give it a value of that type, or declare another in the class
        TL022 warning at flow:17 None
          job `sales-load` gives run property `env` a value of type `None`, and `Sales` declares it as `str`
          related flow:2 Sales: `Sales` declares its properties here
          related flow:14 sales.python_shell_job(): job `sales-load` is defined here
          help: give it a value of that type, or declare another in the class
    """)


def test_values_that_are_worked_out_may_be_of_any_type(tmp_path: Path) -> None:
    """So may those of a class that answers for its attributes itself, whose names may be any, too."""
    body = "rows = 'many'\nrun.properties.rows = rows\nrun.properties.env = str(3)"
    assert told(tmp_path, SALES + job("load", body, "writes=[Sales.rows]")) == ""
    own = SALES.replace("    rows: int\n", "    rows: int\n\n    def __setattr__(self, name, value): ...\n", 1)
    body = "run.properties.rows = 'many'\nrun.properties.other = 1"
    # Of another length: Python takes a file of the same second and length for the one that it has compiled.
    assert told(tmp_path, own + job("load", body, "writes=[Sales.rows, 'other']")) == ""
