"""Definitions that AWS refuses, or that never work, and that other tools let through: here each is met, and how.

| defect | found at its text | refused where declared | refused by the type checker | cannot be said |
|---|---|---|---|---|
| a condition on state RUNNING | x | | x | |
| a condition on a state that is misspelt | x | | x | |
| a conditional trigger without conditions | x | x | x | |
| a conditional trigger that is never activated | x | | | x |
| three crawlers in one trigger | x | | | x |
| a job that a trigger waits for and starts | x | | | |
| a scheduled trigger without a schedule | x | x | x | |
| a schedule that is no cron of Glue's | x | | | |
| two conditions without a logical | | | | x |
| conditions under OR | | x | x | x |
| a condition without a logical operator | | | | x |
| two start triggers | x | | | |
| jobs that wait for one another in a circle | x | | | |
| a dependency on what the workflow never starts | x | | | |
| a trigger that starts nothing | x | | | |
| an action with a job and a crawler | | x | x | |
| a state of crawlers for a job | x | x | x | |
| an on-demand trigger that starts on creation | | | | x |
| a batch of 500 events | x | | | |
| a type of trigger that is misspelt | | x | x | |
| one name twice | x | | | |
| a name that nothing has | | x | x | |
| a worker type without a number of workers | | | | x |
| a capacity beside a worker type | x | x | x | |
| a worker type that does not exist | x | | x | |
| a worker type that exists, and is refused | | | | x |
| a kind of job that is misspelt | | x | x | |
| a keyword that is misspelt | x | x | x | |
| a script that does not exist | x | | | |
| an argument that Glue keeps for itself | x | | | |
| a script that asks for an argument nobody passes | x | | | |
| a run property that is misspelt | x | | | |

The table is compared with the cases below it, so that no row of it is a claim.
"""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.bundle import bundle
from gluedsl.emit import template
from tests.support.checked_flows import HEADER, checked, refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).parents[2]
WAYS = ("found", "refused", "mistyped", "unsayable")

SALES = """\
sales = Workflow("sales", role="GlueJobRole")
load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
clean = sales.add(PythonShellJob("clean", script="s3://scripts/clean.py"), after=load)
tables = sales.add(Crawler("tables", database="sales", targets="s3://lake/"), after=clean)
report = PythonShellJob("report", script="s3://scripts/report.py")
"""
"""What every defect is written into; nothing is wrong with it once `report` is added."""

ASKS = """\
import sys

from awsglue.utils import getResolvedOptions

options = getResolvedOptions(sys.argv, ["JOB_NAME", "env", "day"])
"""
"""A script beside the flow."""

FOUND: list[tuple[str, str, str]] = [
    (
        "a condition on state RUNNING",
        'sales.add(report, after=load.outcome("RUNNING"))',
        'CN004 error: load.outcome("RUNNING")',
    ),
    (
        "a condition on state RUNNING",
        'sales.add(report, after=tables.outcome("RUNNING"))',
        'CN005 error: tables.outcome("RUNNING")',
    ),
    (
        "a condition on a state that is misspelt",
        'sales.add(report, after=load.outcome("SUCCESS"))',
        'CN004 error: load.outcome("SUCCESS")',
    ),
    (
        "a conditional trigger without conditions",
        'sales.add(Trigger("then-report", when=all_of(), start=report))',
        "CN009 error: all_of()",
    ),
    (
        "a conditional trigger that is never activated",
        'sales.add(Trigger("then-report", when=clean, start=report, enabled=False))',
        "GR001 warning: False",
    ),
    (
        "three crawlers in one trigger",
        """\
        more = [Crawler(f"raw-{name}", database="sales", targets=f"s3://raw/{name}/") for name in ("a", "b", "c")]
        sales.add(Trigger("then-crawl", when=clean, start=more))
        sales.add(report)
        """,
        "TR016 error: more",
    ),
    (
        "three crawlers in one trigger",
        """\
        sales.add(Crawler("raw-a", database="sales", targets="s3://raw/a/"))
        sales.add(Crawler("raw-b", database="sales", targets="s3://raw/b/"))
        sales.add(Crawler("raw-c", database="sales", targets="s3://raw/c/"))
        sales.add(report)
        """,
        'TR016 error: Crawler("raw-c", database="sales", targets="s3://raw/c/")',
    ),
    (
        "a job that a trigger waits for and starts",
        'sales.add(Trigger("again", when=report, start=report))',
        "CN010 error: report",
    ),
    ("a job that a trigger waits for and starts", "sales.add(report, after=report)", "CN010 error: report"),
    (
        "a scheduled trigger without a schedule",
        'w = Workflow("w", role="GlueJobRole", start=cron("")); w.add(report)',
        'SC001 error: ""',
    ),
    (
        "a schedule that is no cron of Glue's",
        'w = Workflow("w", role="GlueJobRole", start=cron("0 2 * * *")); w.add(report)',
        'SC002 error: "0 2 * * *"',
    ),
    (
        "a schedule that is no cron of Glue's",
        'w = Workflow("w", role="GlueJobRole", start=cron("rate(5 minutes)")); w.add(report)',
        'SC002 error: "rate(5 minutes)"',
    ),
    (
        "a schedule that is no cron of Glue's",
        'w = Workflow("w", role="GlueJobRole", start=cron("0 25 * * ? *")); w.add(report)',
        "SC004 error: 25",
    ),
    (
        "a schedule that is no cron of Glue's",
        'w = Workflow("w", role="GlueJobRole", start=cron("0 2 * * * *")); w.add(report)',
        "SC009 error: *",
    ),
    (
        "two start triggers",
        """\
        hourly_sales = Workflow("hourly-sales", role="GlueJobRole", start=hourly())
        hourly_sales.add(Trigger("by-hand", when=on_demand(), start=report))
        hourly_sales.add(PythonShellJob("count", script="s3://scripts/count.py"))
        """,
        "WF006 error: on_demand()",
    ),
    (
        "jobs that wait for one another in a circle",
        """\
        merge = PythonShellJob("merge", script="s3://scripts/merge.py")
        sales.add(report, after=merge)
        sales.add(merge, after=report)
        """,
        "GR002 error: merge",
    ),
    (
        "a dependency on what the workflow never starts",
        """\
        other = Workflow("other", role="GlueJobRole")
        elsewhere = other.add(PythonShellJob("elsewhere", script="s3://scripts/elsewhere.py"))
        sales.add(report, after=[clean, elsewhere])
        """,
        "GR001 error: elsewhere",
    ),
    (
        "a trigger that starts nothing",
        'sales.add(report); sales.add(Trigger("then-nothing", when=clean, start=[]))',
        "TR005 error: []",
    ),
    (
        "a state of crawlers for a job",
        'sales.add(report, after=load.outcome("CANCELLED"))',
        'CN004 error: load.outcome("CANCELLED")',
    ),
    (
        "a state of crawlers for a job",
        'sales.add(report, after=tables.outcome("TIMEOUT"))',
        'CN005 error: tables.outcome("TIMEOUT")',
    ),
    (
        "a batch of 500 events",
        'w = Workflow("w", role="GlueJobRole", start=on_event(batch_size=500)); w.add(report)',
        "EV001 error: 500",
    ),
    (
        "one name twice",
        """\
        sales.add(Trigger("then-report", when=clean, start=report))
        sales.add(Trigger("then-report", when=load, start=PythonShellJob("count", script="s3://scripts/count.py")))
        """,
        'TR002 error: "then-report"',
    ),
    (
        "one name twice",
        'sales.add(report, after=load); sales.add(PythonShellJob("load", script="s3://scripts/l.py"), after=clean)',
        'JB001 error: "load"',
    ),
    (
        "one name twice",
        'sales.add(report); sales.add(Crawler("tables", database="sales", targets="s3://raw/"), after=load)',
        'CR001 error: "tables"',
    ),
    ("one name twice", 'again = Workflow("sales", role="GlueJobRole"); again.add(report)', 'WF002 error: "sales"'),
    (
        "a capacity beside a worker type",
        'sales.add(SparkJob("s", script="s3://lake/s.py", workers=2, extra={"MaxCapacity": 2.0})); sales.add(report)',
        'JB013 error: "MaxCapacity"',
    ),
    (
        "a worker type that does not exist",
        'sales.add(SparkJob("s", script="s3://lake/s.py", worker_type="G.9X", workers=2)); sales.add(report)',
        'JB011 error: "G.9X"',
    ),
    (
        "a keyword that is misspelt",
        'sales.add(SparkJob("s", script="s3://lake/s.py", extra={"WorkerTyp": "G.1X"})); sales.add(report)',
        'TL002 error: "WorkerTyp"',
    ),
    (
        "a script that does not exist",
        'sales.add(SparkJob("s", script="jobs/nowhere.py")); sales.add(report)',
        'TL003 error: "jobs/nowhere.py"',
    ),
    (
        "an argument that Glue keeps for itself",
        'sales.add(report.with_arguments({"--day": "1", "--JOB_NAME": "x"}), after=clean)',
        'AC007 error: "--JOB_NAME"',
    ),
    (
        "an argument that Glue keeps for itself",
        'sales.add(SparkJob("s", script="s3://lake/s.py", arguments={"--JOB_NAME": "x"})); sales.add(report)',
        'AR002 error: "--JOB_NAME"',
    ),
    (
        "a script that asks for an argument nobody passes",
        'sales.add(SparkJob("s", script="asks.py", arguments={"--env": "prod"})); sales.add(report)',
        'AR012 error: "day"',
    ),
    (
        "a script that asks for an argument nobody passes",
        """\
        @sales.python_shell_job(after=load, arguments={"--env": "prod"})
        def count(run):
            import sys
            from awsglue.utils import getResolvedOptions
            getResolvedOptions(sys.argv, ["JOB_NAME", "env", "month"])
        sales.add(report, after=count)
        """,
        'AR012 error: "month"',
    ),
    (
        "a run property that is misspelt",
        """\
        class Counts(RunProperties):
            rows: int = 0
        counts = Workflow("counts", properties=Counts, role="GlueJobRole")
        @counts.python_shell_job
        def count(run):
            run.properties.rosw = 3
        sales.add(report)
        """,
        "TL012 warning: rosw",
    ),
]
"""Defect, what is written, and the one finding: code, severity and the text that it is at."""

REFUSED: list[tuple[str, str, str]] = [
    (
        "a conditional trigger without conditions",
        'sales.add(Trigger("then-report", start=report))',
        "6: Trigger needs `when=`",
    ),
    (
        "a scheduled trigger without a schedule",
        'Workflow("w", start=cron())',
        "6: cron() needs `expression`",
    ),
    (
        "conditions under OR",
        "sales.add(report, after=load | clean)",
        "6: TypeError: unsupported operand type(s) for |: 'PythonShellJob' and 'PythonShellJob'",
    ),
    (
        "conditions under OR",
        "sales.add(report, after=load or clean)",
        (
            "6: `and`, `or` and `not` do not combine what is waited for "
            "(use all_of(...) or any_of(...); to ask whether there is something, `is not None`)"
        ),
    ),
    (
        "an action with a job and a crawler",
        'sales.add(Trigger("both", when=clean, start={"JobName": "a", "CrawlerName": "b"}))',
        "6: start= takes jobs, crawlers, and jobs with_arguments(), not {'JobName': 'a', 'CrawlerName': 'b'} (dict)",
    ),
    (
        "a state of crawlers for a job",
        "sales.add(report, after=load.cancelled)",
        (
            "6: job `load` has no `cancelled` "
            "(its outcomes are failed, finished, stopped, succeeded, timed_out, unsuccessful)"
        ),
    ),
    (
        "a type of trigger that is misspelt",
        'sales.add(Trigger("then-report", when="SCHEDULE", start=report))',
        "6: when= takes jobs, crawlers, their outcomes, all_of() and any_of() of them, not 'SCHEDULE' (str)",
    ),
    (
        "a name that nothing has",
        'sales.add(report, after="laod")',
        "6: after= takes jobs, crawlers, their outcomes, all_of() and any_of() of them, not 'laod' (str)",
    ),
    (
        "a name that nothing has",
        'sales.add("report")',
        "6: add() takes a job, a crawler or a trigger, not 'report' (str)",
    ),
    (
        "a name that nothing has",
        "sales.add(report, after=laod)",
        "6: NameError: name 'laod' is not defined (did you mean `load`?)",
    ),
    (
        "a capacity beside a worker type",
        'sales.add(PythonShellJob("s", script="s3://lake/s.py", max_capacity=1, worker_type="G.1X"))',
        "6: PythonShellJob takes no argument `worker_type`",
    ),
    (
        "a kind of job that is misspelt",
        "sales.add(SparkShellJob('s', script='s3://lake/s.py'))",
        "6: NameError: name 'SparkShellJob' is not defined (did you mean `SparkJob`?)",
    ),
    (
        "a keyword that is misspelt",
        'sales.add(SparkJob("s", script="s3://lake/s.py", worker_typ="G.1X"))',
        "6: SparkJob takes no argument `worker_typ` (did you mean `worker_type`?)",
    ),
    (
        "a keyword that is misspelt",
        "sales.add(report, afer=clean)",
        "6: add() takes no argument `afer` (did you mean `after`?)",
    ),
]
"""Defect, what is written, and how the command refuses it: line of the flow, message, hint."""

MISTYPED: list[tuple[str, str]] = [
    ("a condition on state RUNNING", 'sales.add(report, after=load.outcome("RUNNING"))'),
    ("a condition on state RUNNING", 'sales.add(report, after=tables.outcome("RUNNING"))'),
    ("a condition on a state that is misspelt", 'sales.add(report, after=load.outcome("SUCCESS"))'),
    ("a conditional trigger without conditions", 'sales.add(Trigger("then-report", start=report))'),
    ("a scheduled trigger without a schedule", 'Workflow("w", start=cron())'),
    ("conditions under OR", "sales.add(report, after=load | clean)"),
    ("conditions under OR", 'sales.add(report, after=all_of(load, clean, logical="OR"))'),
    ("an action with a job and a crawler", 'Trigger("both", when=clean, start={"JobName": "a", "CrawlerName": "b"})'),
    ("a state of crawlers for a job", "sales.add(report, after=load.cancelled)"),
    ("a state of crawlers for a job", "sales.add(report, after=tables.timed_out)"),
    ("a type of trigger that is misspelt", 'Trigger("then-report", when="SCHEDULE", start=report)'),
    ("a name that nothing has", 'sales.add(report, after="laod")'),
    ("a capacity beside a worker type", 'SparkJob("s", script="s3://lake/s.py", worker_type="G.1X", max_capacity=2.0)'),
    ("a worker type that does not exist", 'SparkJob("s", script="s3://lake/s.py", worker_type="G.9X")'),
    ("a kind of job that is misspelt", 'SparkShellJob("s", script="s3://lake/s.py")'),
    ("a keyword that is misspelt", 'SparkJob("s", script="s3://lake/s.py", worker_typ="G.1X")'),
    ("a keyword that is misspelt", "sales.add(report, afer=clean)"),
]
"""Defect, and what a type checker refuses."""


def named(cases: list[tuple[str, str, str]]) -> list[str]:
    """Return names of cases for pytest to show."""
    return [f"{defect} {number}" for number, (defect, _, _) in enumerate(cases)]


def flow(body: str) -> str:
    """Return the flow that a case makes."""
    return f"{SALES}{textwrap.dedent(body)}\n"


@pytest.mark.parametrize(("defect", "body", "expected"), FOUND, ids=named(FOUND))
def test_found(defect: str, body: str, expected: str, tmp_path: Path) -> None:
    """A defect has one finding, with its code, at the text that is wrong, and nothing is said twice.

    What is merely worth knowing of a flow is left aside.
    """
    (tmp_path / "asks.py").write_text(ASKS, encoding="utf-8")

    assert checked(tmp_path, flow(body)).doubts == (expected,)


@pytest.mark.parametrize(("defect", "body", "expected"), REFUSED, ids=named(REFUSED))
def test_refused(defect: str, body: str, expected: str, tmp_path: Path) -> None:
    """What no declaration can hold is refused at the author's line."""
    told = refused(tmp_path, flow(body))

    assert told.partition(" (it takes ")[0] == expected


@pytest.mark.slow
def test_mistyped(tmp_path: Path) -> None:
    """What the vocabulary has no type for, a type checker underlines before anything runs, and nothing else."""
    file = tmp_path / "mistyped.py"
    file.write_text(HEADER + SALES + "".join(f"{body}\n" for _, body in MISTYPED), encoding="utf-8")
    first = len((HEADER + SALES).splitlines()) + 1

    command = [sys.executable, "-m", "mypy", str(file)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    lines = {int(number) for number in re.findall(r"mistyped\.py:(\d+): error: ", run.stdout)}
    assert lines == set(range(first, first + len(MISTYPED))), run.stdout + run.stderr


def resources(folder: Path, body: str, kind: str) -> list[dict[str, Any]]:
    """Return the properties of each resource of a kind in the template of a flow that checks clean."""
    written = checked(folder, flow(body))
    assert written.found == ()
    whole = template(bundle(written.compilation.project, bucket="scripts").project)
    return [each["Properties"] for each in whole["Resources"].values() if each["Type"] == f"AWS::Glue::{kind}"]


UNSAYABLE = (
    "a conditional trigger that is never activated",
    "three crawlers in one trigger",
    "two conditions without a logical",
    "conditions under OR",
    "a condition without a logical operator",
    "an on-demand trigger that starts on creation",
    "a worker type without a number of workers",
    "a worker type that exists, and is refused",
)
"""Defects that the tests below show to be absent from what is sent."""


def test_conditional_triggers_are_activated_and_complete(tmp_path: Path) -> None:
    """Every derived trigger is activated, says how its conditions count, and what each compares."""
    body = """\
    sales.add(report, after=[load, clean.failed])
    sales.add(PythonShellJob("page", script="s3://scripts/page.py"), after=any_of(load.failed, clean.failed))
    """
    triggers = [t for t in resources(tmp_path, body, "Trigger") if t["Type"] == "CONDITIONAL"]

    assert [trigger["StartOnCreation"] for trigger in triggers] == [True] * 4
    assert [trigger["Predicate"]["Logical"] for trigger in triggers] == ["AND", "AND", "AND", "ANY"]
    conditions = [condition for trigger in triggers for condition in trigger["Predicate"]["Conditions"]]
    assert [condition["LogicalOperator"] for condition in conditions] == ["EQUALS"] * 6


def test_crawlers_of_one_condition_are_shared_out(tmp_path: Path) -> None:
    """Five crawlers that wait for the same thing stand in three triggers, which wait for it alike."""
    body = """\
    for name in "abcde":
        sales.add(Crawler(f"raw-{name}", database="sales", targets=f"s3://raw/{name}/"), after=load)
    sales.add(report)
    """
    triggers = [t for t in resources(tmp_path, body, "Trigger") if t["Type"] == "CONDITIONAL"]

    assert [[len(a) for a in trigger["Actions"]] for trigger in triggers] == [[1, 1, 1], [1, 1], [1], [1]]


def test_a_start_on_demand_is_not_activated(tmp_path: Path) -> None:
    """Glue refuses `StartOnCreation` for it, so it is not sent, not even when the author says it."""
    body = 'sales.add(Trigger("by-hand", when=on_demand(), start=[load, report], extra={"StartOnCreation": True}))'
    start = resources(tmp_path, body, "Trigger")[-1]

    assert start["Name"] == "by-hand"
    assert "StartOnCreation" not in start


def test_workers_are_given_with_their_number(tmp_path: Path) -> None:
    """A worker type by itself is completed, and one that Glue has is taken."""
    body = 'sales.add(SparkJob("s", script="s3://lake/s.py", worker_type="G.4X")); sales.add(report)'
    spark = next(job for job in resources(tmp_path, body, "Job") if job["Name"] == "s")

    assert (spark["WorkerType"], spark["NumberOfWorkers"]) == ("G.4X", 2)


def shown(cases: Iterable[Sequence[str]]) -> set[str]:
    """Return the defects of some cases."""
    return {case[0] for case in cases}


def test_the_table_says_what_is_tested() -> None:
    """Each mark in the table at the top has a case, and each case its mark."""
    rows = re.findall(r"^\| ([^|]+) \|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|$", str(__doc__), re.MULTILINE)[1:]
    marked = {defect: {way for way, mark in zip(WAYS, marks, strict=True) if mark.strip()} for defect, *marks in rows}

    tested = defaultdict(set)
    by_way = (shown(FOUND), shown(REFUSED), shown(MISTYPED), set(UNSAYABLE))
    for way, defects in zip(WAYS, by_way, strict=True):
        for defect in defects:
            tested[defect].add(way)
    assert marked == tested
