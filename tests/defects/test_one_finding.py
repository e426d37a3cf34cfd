"""One cause is one finding: what follows from a mistake, or says it again in other words, is not told besides.

`test_known_defects.py` holds the same of every defect in its table, and `test_rule_pages.py` of every rule's example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.checked_flows import checked

if TYPE_CHECKING:
    from pathlib import Path

SALES = """\
sales = Workflow("sales", role="GlueJobRole")
load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
tables = sales.add(Crawler("tables", database="sales", targets="s3://lake/"), after=load)
report = PythonShellJob("report", script="s3://scripts/report.py")
"""

PAGE = 'page = sales.add(PythonShellJob("page", script="s3://scripts/page.py"), after='

CASES = {
    "a state that is no end, beside one that is": (
        'sales.add(report, after=all_of(load.outcome("RUNNING"), load))',
        ['CN004 error: load.outcome("RUNNING")'],
    ),
    "a state of jobs for a crawler, beside one that is an end": (
        'sales.add(report, after=all_of(tables.outcome("TIMEOUT"), tables))',
        ['CN005 error: tables.outcome("TIMEOUT")'],
    ),
    "a state that is no end, beside two that differ": (
        'sales.add(report, after=all_of(load.outcome("RUNNING"), load, load.failed))',
        ['CN004 error: load.outcome("RUNNING")', "CN011 error: load.failed"],
    ),
    "a state that is no end, on a branch that is joined": (
        PAGE + 'load.outcome("RUNNING"))\nsales.add(report, after=all_of(load, page))',
        ['CN004 error: load.outcome("RUNNING")'],
    ),
    "a state that is no end, in one of two triggers of a job": (
        """\
sales.add(Trigger("a", when=load.outcome("RUNNING"), start=report))
sales.add(Trigger("b", when=load, start=report))
""",
        ['CN004 error: load.outcome("RUNNING")'],
    ),
    "two ends of a job, with what waits for that": (
        PAGE + "all_of(load, load.failed))\nsales.add(report, after=[page, load])",
        ["CN011 error: load.failed"],
    ),
    "an impossible join that starts what another trigger starts": (
        PAGE + "load.failed)\n"
        'sales.add(Trigger("a", when=all_of(load, page), start=report))\n'
        'sales.add(Trigger("b", when=load, start=report))',
        ["CN012 error: load"],
    ),
    "behaviours that a crawler does not have": (
        """\
sales.add(report)
sales.add(
    Crawler(
        "new",
        database="sales",
        targets="s3://new/",
        recrawl_behavior="CRAWL_NEW_FOLDERS_ONLY",
        update_behavior="UPDATE",
        delete_behavior="LOG",
    )
)
""",
        ['CR013 error: "UPDATE"'],
    ),
    "workers of Ray, in a class of execution": (
        """\
sales.add(report)
sales.add(SparkJob("s", script="s3://lake/s.py", worker_type="Z.2X", workers=2, execution_class="FLEX"))
""",
        ['JB022 error: "Z.2X"'],
    ),
    "a role that is none, of two jobs": (
        """\
other = Workflow("other", role="arn:aws:iam::1:user/x")
other.add(report)
other.add(PythonShellJob("more", script="s3://scripts/more.py"))
""",
        ['JB036 warning: "arn:aws:iam::1:user/x"'],
    ),
    "a misspelt read": (
        """\
class Sales(RunProperties):
    env: str = "prod"


daily_sales = Workflow("daily-sales", role="GlueJobRole", properties=Sales)
daily_sales.add(report)


@daily_sales.python_shell_job(reads=[Sales.env])
def count(run):
    print(run.properties.enb)
""",
        ["TL012 warning: enb"],
    ),
    "a misspelt write": (
        """\
class Sales(RunProperties):
    rows: int = 0


daily_sales = Workflow("daily-sales", role="GlueJobRole", properties=Sales)
daily_sales.add(report)


@daily_sales.python_shell_job(writes=[Sales.rows])
def count(run):
    run.properties.rosw = 3
""",
        ["TL012 warning: rosw"],
    ),
    "a misspelt write that another job waits for": (
        """\
class Sales(RunProperties):
    rows: int


daily_sales = Workflow("daily-sales", role="GlueJobRole", properties=Sales)
daily_sales.add(report)


@daily_sales.python_shell_job
def count(run):
    run.properties.rosw = 3


@daily_sales.python_shell_job(after=count, reads=[Sales.rows])
def tell(run):
    print(run.properties.rows)
""",
        ["TL012 warning: rosw"],
    ),
    "a misspelt declaration": (
        """\
class Sales(RunProperties):
    rows: int


daily_sales = Workflow("daily-sales", role="GlueJobRole", properties=Sales)
daily_sales.add(report)


@daily_sales.python_shell_job(reads=["rosw"])
def count(run):
    print("counted")
""",
        ['TL012 warning: "rosw"'],
    ),
    "a property that is looked up as in a dict": (
        """\
class Sales(RunProperties):
    rows: int


daily_sales = Workflow("daily-sales", role="GlueJobRole", properties=Sales)
daily_sales.add(report)


@daily_sales.python_shell_job(writes=[Sales.rows])
def count(run):
    run.properties["rows"] = 3


@daily_sales.python_shell_job(after=count)
def tell(run):
    print(run.properties.rows)
""",
        ['TL013 warning: run.properties["rows"]'],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_cause_is_told_once(case: str, tmp_path: Path) -> None:
    """Everything that is found, of whatever weight, is what is expected."""
    body, expected = CASES[case]

    assert list(checked(tmp_path, SALES + body).found) == expected
