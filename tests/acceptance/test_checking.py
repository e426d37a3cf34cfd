"""`gluedsl check` of flows with mistakes: every finding once, at its argument, in each format."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.cli import Commands

FIVE_MISTAKES = """\
from gluedsl import Crawler, PythonShellJob, Trigger, Workflow, cron, on_demand

nightly = Workflow(
    "nightly",
    start=cron("0 2 * * *"),
    properties={"env": "prod", "days": 7},
)
load = nightly.add(PythonShellJob("load", script="load.py"))
nightly.add(Crawler("tables", database="sales", targets=[]), after=load)
nightly.add(Trigger("by-hand", when=on_demand(), start=[load.with_arguments({"table": "t"})]))
"""
FULL = """\
error[SC002]: schedule of trigger `nightly-start`: `0 2 * * *` has 5 fields, as in Unix cron, and
  Glue's cron has 6
 --> flow.py:5:16
  |
5 |     start=cron("0 2 * * *"),
  |                ^^^^^^^^^^^
  |
  = help: write `cron(0 2 * * ? *)`
  = see: https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html
  = explain: gluedsl explain SC002

error[WF004]: run property `days` of workflow `nightly` is `7`, of type `int`, and Glue stores
  strings
 --> flow.py:6:40
  |
6 |     properties={"env": "prod", "days": 7},
  |                                        ^
  |
  = help: write it as a string, or declare it in a class of `RunProperties`
  = see: https://docs.aws.amazon.com/glue/latest/webapi/API_CreateWorkflow.html
  = explain: gluedsl explain WF004

error[CR002]: crawler `tables` has no targets
 --> flow.py:9:57
  |
9 | nightly.add(Crawler("tables", database="sales", targets=[]), after=load)
  |                                                         ^^
  |
  = help: name what it reads, for example `S3Target("s3://bucket/prefix/")`
  = see: https://docs.aws.amazon.com/glue/latest/webapi/API_CrawlerTargets.html
  = explain: gluedsl explain CR002

error[WF006]: workflow `nightly` has a second start trigger, `by-hand`
  --> flow.py:10:37
   |
 5 |     start=cron("0 2 * * *"),
   |           ----------------- the first, `nightly-start`
...
10 | nightly.add(Trigger("by-hand", when=on_demand(), start=[load.with_arguments({"table": "t"})]))
   |                                     ^^^^^^^^^^^ begins runs as well
   |
   = help: keep one, and move what the other starts to a workflow of its own
   = see: https://docs.aws.amazon.com/glue/latest/dg/blueprint_workflow_restrictions.html
   = explain: gluedsl explain WF006

warning[AC005]: argument `table` of job `load` in trigger `by-hand` lacks its leading `--`, so no
  script finds it
  --> flow.py:10:78
   |
10 | nightly.add(Trigger("by-hand", when=on_demand(), start=[load.with_arguments({"table": "t"})]))
   |                                                                              ^^^^^^^
   |
   = help: write `--table`
   = see: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
   = explain: gluedsl explain AC005

4 errors, 1 warning
"""
CONCISE = """\
flow.py:5:16: error[SC002] schedule of trigger `nightly-start`: `0 2 * * *` has 5 fields, as in Unix cron, \
and Glue's cron has 6
flow.py:6:40: error[WF004] run property `days` of workflow `nightly` is `7`, of type `int`, and Glue stores strings
flow.py:9:57: error[CR002] crawler `tables` has no targets
flow.py:10:37: error[WF006] workflow `nightly` has a second start trigger, `by-hand`
flow.py:10:78: warning[AC005] argument `table` of job `load` in trigger `by-hand` lacks its leading `--`, \
so no script finds it
"""
_AWS = "https://docs.aws.amazon.com/glue/latest"
JSON = {
    "version": 1,
    "diagnostics": [
        {
            "code": "SC002",
            "name": "foreign-schedule-syntax",
            "severity": "error",
            "message": "schedule of trigger `nightly-start`: `0 2 * * *` has 5 fields, as in Unix cron, and Glue's "
            "cron has 6",
            "file": "flow.py",
            "line": 5,
            "column": 16,
            "end_line": 5,
            "end_column": 27,
            "label": None,
            "notes": [],
            "help": ["write `cron(0 2 * * ? *)`"],
            "related": [],
            "url": f"{_AWS}/dg/monitor-data-warehouse-schedule.html",
        },
        {
            "code": "WF004",
            "name": "non-string-run-property",
            "severity": "error",
            "message": "run property `days` of workflow `nightly` is `7`, of type `int`, and Glue stores strings",
            "file": "flow.py",
            "line": 6,
            "column": 40,
            "end_line": 6,
            "end_column": 41,
            "label": None,
            "notes": [],
            "help": ["write it as a string, or declare it in a class of `RunProperties`"],
            "related": [],
            "url": f"{_AWS}/webapi/API_CreateWorkflow.html",
        },
        {
            "code": "CR002",
            "name": "crawler-without-targets",
            "severity": "error",
            "message": "crawler `tables` has no targets",
            "file": "flow.py",
            "line": 9,
            "column": 57,
            "end_line": 9,
            "end_column": 59,
            "label": None,
            "notes": [],
            "help": ['name what it reads, for example `S3Target("s3://bucket/prefix/")`'],
            "related": [],
            "url": f"{_AWS}/webapi/API_CrawlerTargets.html",
        },
        {
            "code": "WF006",
            "name": "second-start-trigger",
            "severity": "error",
            "message": "workflow `nightly` has a second start trigger, `by-hand`",
            "file": "flow.py",
            "line": 10,
            "column": 37,
            "end_line": 10,
            "end_column": 48,
            "label": "begins runs as well",
            "notes": [],
            "help": ["keep one, and move what the other starts to a workflow of its own"],
            "related": [
                {
                    "file": "flow.py",
                    "line": 5,
                    "column": 11,
                    "end_line": 5,
                    "end_column": 28,
                    "message": "the first, `nightly-start`",
                }
            ],
            "url": f"{_AWS}/dg/blueprint_workflow_restrictions.html",
        },
        {
            "code": "AC005",
            "name": "unprefixed-argument",
            "severity": "warning",
            "message": "argument `table` of job `load` in trigger `by-hand` lacks its leading `--`, so no script "
            "finds it",
            "file": "flow.py",
            "line": 10,
            "column": 78,
            "end_line": 10,
            "end_column": 85,
            "label": None,
            "notes": [],
            "help": ["write `--table`"],
            "related": [],
            "url": f"{_AWS}/dg/aws-glue-programming-etl-glue-arguments.html",
        },
    ],
    "summary": {"errors": 4, "warnings": 1, "infos": 0},
}

SHARED_TRIGGER = """\
from gluedsl import PythonShellJob, Trigger, Workflow

orders, customers = Workflow("orders"), Workflow("customers")
load = orders.add(PythonShellJob("load", script="load.py"))
customers.add(load)
report = Trigger("report", when=load, start=[PythonShellJob("report", script="load.py")])
orders.add(report)
customers.add(report)
"""
SHARED_TRIGGER_FOUND = """\
error[TR003]: trigger `report` belongs to two workflows, `orders` and `customers`
 --> flow.py:8:1
  |
7 | orders.add(report)
  | ------------------ first added to workflow `orders` here
8 | customers.add(report)
  | ^^^^^^^^^^^^^^^^^^^^^
  |
  = help: make a trigger of its own, with another name, for workflow `customers`
  = see: https://docs.aws.amazon.com/glue/latest/dg/blueprint_workflow_restrictions.html
  = explain: gluedsl explain TR003

1 error
"""

TWO_STARTS = """\
from gluedsl import PythonShellJob, Trigger, Workflow, cron, on_event

sales = Workflow("sales")
load = PythonShellJob("load", script="load.py")
sales.add(Trigger("nightly", when=cron("0 2 * * ? *"), start=[load]))
sales.add(Trigger("on-upload", when=on_event(batch_size=10), start=[load]))
"""
TWO_STARTS_FOUND = """\
error[WF006]: workflow `sales` has a second start trigger, `on-upload`
 --> flow.py:6:37
  |
5 | sales.add(Trigger("nightly", when=cron("0 2 * * ? *"), start=[load]))
  |                                   ------------------- the first, `nightly`
6 | sales.add(Trigger("on-upload", when=on_event(batch_size=10), start=[load]))
  |                                     ^^^^^^^^^^^^^^^^^^^^^^^ begins runs as well
  |
  = help: keep one, and move what the other starts to a workflow of its own
  = see: https://docs.aws.amazon.com/glue/latest/dg/blueprint_workflow_restrictions.html
  = explain: gluedsl explain WF006

1 error
"""


@pytest.fixture(autouse=True)
def script(cli: Commands) -> None:
    """Put the script beside the flow that all jobs here run."""
    (cli.folder / "load.py").touch()


def write(cli: Commands, flow: str) -> None:
    """Write the flow."""
    (cli.folder / "flow.py").write_text(flow, encoding="utf-8")


@pytest.mark.parametrize(("format_", "expected"), [("full", FULL), ("concise", CONCISE)])
def test_five_mistakes_for_people(cli: Commands, format_: str, expected: str) -> None:
    """Five mistakes are five findings, in the order in which they are written, and the exit code is 1."""
    write(cli, FIVE_MISTAKES)

    ended = cli.call("check", "flow.py", "--format", format_)

    assert (ended.code, ended.out, ended.err) == (1, expected, "")


def test_five_mistakes_for_programs(cli: Commands) -> None:
    """The same findings as data, with the fields that are documented, in that order, and no others."""
    write(cli, FIVE_MISTAKES)

    ended = cli.call("check", "flow.py", "--format", "json")

    assert (ended.code, ended.err) == (1, "")
    found = ended.json()
    assert found == JSON
    fields = ["code", "name", "severity", "message", "file", "line", "column", "end_line", "end_column"]
    fields += ["label", "notes", "help", "related", "url"]
    assert [list(diagnostic) for diagnostic in found["diagnostics"]] == [fields] * 5


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        pytest.param(SHARED_TRIGGER, SHARED_TRIGGER_FOUND, id="a trigger in two workflows"),
        pytest.param(TWO_STARTS, TWO_STARTS_FOUND, id="two starting triggers"),
    ],
)
def test_restrictions_over_two_places(cli: Commands, flow: str, expected: str) -> None:
    """What two places do wrong together is told with both."""
    write(cli, flow)

    ended = cli.call("check", "flow.py")

    assert (ended.code, ended.out, ended.err) == (1, expected, "")


@pytest.mark.parametrize("command", [("graph",), ("synth",), ("plan",), ("deploy", "--yes"), ("destroy",), ("run",)])
def test_nothing_is_done_with_mistakes(cli: Commands, command: tuple[str, ...]) -> None:
    """Every other command tells the same findings, as talk, and does nothing."""
    write(cli, TWO_STARTS)

    ended = cli.call(*command, "flow.py")

    assert (ended.code, ended.out, ended.err) == (1, "", TWO_STARTS_FOUND)


def test_a_lint_alone_is_a_finding_and_stops_nothing(cli: Commands) -> None:
    """A warning makes `check` exit with 1; other commands count it and go on."""
    write(
        cli,
        textwrap.dedent("""\
            from gluedsl import PythonShellJob, Workflow

            sales = Workflow("sales")
            sales.add(PythonShellJob("load", script="load.py", arguments={"table": "t"}))
            """),
    )
    warning = textwrap.dedent("""\
        warning[AC005]: argument `table` of job `load` lacks its leading `--`, so no script finds it
         --> flow.py:4:63
          |
        4 | sales.add(PythonShellJob("load", script="load.py", arguments={"table": "t"}))
          |                                                               ^^^^^^^
          |
          = help: write `--table`
          = see: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
          = explain: gluedsl explain AC005

        1 warning
        """)

    checked = cli.call("check", "flow.py")
    assert (checked.code, checked.out, checked.err) == (1, warning, "")

    drawn = cli.call("graph", "flow.py", "--format", "dot")
    assert (drawn.code, drawn.out.partition(" ")[0], drawn.err) == (0, "digraph", "1 warning: gluedsl check flow.py\n")
