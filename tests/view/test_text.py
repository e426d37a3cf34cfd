"""Workflows and runs in the terminal, exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from gluedsl.diagnostics.render.visible import cells, visible
from gluedsl.graph import Node
from gluedsl.model import EventBatching, Workflow
from gluedsl.runs import RunSnapshot, Statistics
from gluedsl.view.scene import scene_of_run, scene_of_workflow
from gluedsl.view.text import render
from tests.support.scenes import (
    ANY_TEXT,
    CUSTOMERS,
    FAILED,
    ORDERS,
    PUBLISH,
    SALES,
    START,
    action_run,
    crawled,
    crawler,
    ended,
    job,
    snapshot,
    start,
    when,
    workflows,
)


def _static(workflow: Workflow, width: int = 100, *, ascii_only: bool = False) -> str:
    return render(scene_of_workflow(workflow), width=width, ascii_only=ascii_only).plain


def _dynamic(run: RunSnapshot, width: int = 100, *, ascii_only: bool = False) -> str:
    return render(scene_of_run(run), width=width, ascii_only=ascii_only).plain


SUCCEEDED = snapshot(
    SALES,
    {
        Node("JOB", ORDERS): [action_run("SUCCEEDED", 0, 1.2, trigger="nightly-sales-start")],
        Node("JOB", CUSTOMERS): [action_run("SUCCEEDED", 0, 125, trigger="nightly-sales-start")],
        Node("CRAWLER", "sales-catalog"): [action_run("SUCCEEDED", 126, 3786)],
        Node("JOB", PUBLISH): [action_run("SUCCEEDED", 3787, 3790)],
    },
    took=3790,
    fired={"nightly-sales-start": 0, SALES.triggers[1].name: 126, SALES.triggers[2].name: 3787},
    statistics=Statistics(total_actions=5, succeeded_actions=4),
)

FAN = Workflow(
    name="fan",
    triggers=(
        start("go", *(job(f"extract-{i}") for i in range(3))),
        *(when(f"clean-{i}", [ended(f"extract-{i}")], job(f"clean-{i}"), crawler(f"raw-{i}")) for i in range(3)),
        when("join", [ended(f"clean-{i}") for i in range(3)], job("merge")),
        when("merged", [ended("merge")], job("report"), job("export")),
        when(
            "bad",
            [ended(f"extract-{i}", state) for i in range(3) for state in ("FAILED", "TIMEOUT")],
            job("alert"),
            logical="ANY",
        ),
        when(
            "worse",
            [ended("clean-0", "FAILED"), crawled("raw-1", "FAILED"), ended("clean-2", "STOPPED")],
            job("alert"),
            logical="ANY",
        ),
        when("off", [ended("report"), ended("export", "FAILED")], job("archive"), enabled=False),
        when("orphan", [ended("nobody")], job("lost")),
    ),
)

KNOT = Workflow(
    name="knot",
    triggers=(
        start("go", job("a")),
        when("ab", [ended("a"), ended("c")], job("b")),
        when("bc", [ended("b")], job("c")),
        when("empty", []),
    ),
)


def test_a_design() -> None:
    """The design reads as a tree from the start trigger: names without the workflow's own, a join once."""
    shown = _static(SALES)

    expected = """\
nightly-sales
Load, publish and catalogue the day's sales.
4 jobs, 1 crawler and 4 triggers; names that begin with `nightly-sales-` are shown without it

▶ every day at 02:00 UTC  cron(0 2 * * ? *)
│   job load-orders
│   job load-customers
├─◆ when load-orders or load-customers FAILED  trouble
│     job page-on-call
◆ when load-orders and load-customers both SUCCEEDED
│   crawler sales-catalog
◆ when sales-catalog SUCCEEDED
    job publish-summary
"""
    assert shown == expected


def test_a_design_in_a_narrow_terminal() -> None:
    """At 60 columns the design is as clear as at 100."""
    shown = _static(SALES, 60)

    expected = """\
nightly-sales
Load, publish and catalogue the day's sales.
4 jobs, 1 crawler and 4 triggers; names that begin with
`nightly-sales-` are shown without it

▶ every day at 02:00 UTC  cron(0 2 * * ? *)
│   job load-orders
│   job load-customers
├─◆ when load-orders or load-customers FAILED  trouble
│     job page-on-call
◆ when load-orders and load-customers both SUCCEEDED
│   crawler sales-catalog
◆ when sales-catalog SUCCEEDED
    job publish-summary
"""
    assert shown == expected


def test_a_design_in_ascii() -> None:
    """Without Unicode lines and signs are drawn with what there is."""
    shown = _static(SALES, 60, ascii_only=True)

    expected = """\
nightly-sales
Load, publish and catalogue the day's sales.
4 jobs, 1 crawler and 4 triggers; names that begin with
`nightly-sales-` are shown without it

> every day at 02:00 UTC  cron(0 2 * * ? *)
|   job load-orders
|   job load-customers
|-* when load-orders or load-customers FAILED  trouble
|     job page-on-call
* when load-orders and load-customers both SUCCEEDED
|   crawler sales-catalog
* when sales-catalog SUCCEEDED
    job publish-summary
"""
    assert shown == expected


def test_a_failed_run() -> None:
    """A run that Glue calls COMPLETED shows what failed and why, what watched for it, and what never started."""
    shown = _dynamic(FAILED)

    expected = """\
nightly-sales  run wr_0c5f9e
COMPLETED, outcome FAILED: 1 action failed (watched for by trigger `trouble`); 2 actions never
started: `sales-catalog` and `publish-summary`
started 2025-01-31 02:00:00 UTC, took 1 m 14 s

▶ every day at 02:00 UTC  fired 02:00:00  cron(0 2 * * ? *)
│ ✓ job load-orders        SUCCEEDED     1.2 s
│ ✗ job load-customers     FAILED     1 m 10 s  after 3 attempts
│     ValueError: no column `customer_id` in s3://lake/raw/customers.csv (columns: id, name, city)
├─◆ when load-orders or load-customers FAILED  fired 02:01:11  trouble
│   ✓ job page-on-call     SUCCEEDED     3.0 s
◇ when load-orders and load-customers both SUCCEEDED  did not fire
│ · crawler sales-catalog  not started
◇ when sales-catalog SUCCEEDED  did not fire
  · job publish-summary    not started

Actions  5 total, 2 succeeded, 1 failed, 0 timed out, 0 stopped, 0 errored, 0 running, 0 waiting

Run properties
  db_password  ***
  env          prod
  orders_rows  42
"""
    assert shown == expected


def test_a_failed_run_in_a_narrow_terminal() -> None:
    """At 60 columns nothing of a run is lost."""
    shown = _dynamic(FAILED, 60)

    expected = """\
nightly-sales  run wr_0c5f9e
COMPLETED, outcome FAILED: 1 action failed (watched for by
trigger `trouble`); 2 actions never started: `sales-catalog`
and `publish-summary`
started 2025-01-31 02:00:00 UTC, took 1 m 14 s

▶ every day at 02:00 UTC  fired 02:00:00  cron(0 2 * * ? *)
│ ✓ job load-orders    SUCCEEDED     1.2 s
│ ✗ job load-customers
│                      FAILED     1 m 10 s  after 3 attempts
│     ValueError: no column `customer_id` in
│     s3://lake/raw/customers.csv (columns: id, name, city)
├─◆ when load-orders or load-customers FAILED
│   fired 02:01:11  trouble
│   ✓ job page-on-call  SUCCEEDED     3.0 s
◇ when load-orders and load-customers both SUCCEEDED
│ did not fire
│ · crawler sales-catalog  not started
◇ when sales-catalog SUCCEEDED  did not fire
  · job publish-summary  not started

Actions  5 total, 2 succeeded, 1 failed, 0 timed out,
         0 stopped, 0 errored, 0 running, 0 waiting

Run properties
  db_password  ***
  env          prod
  orders_rows  42
"""
    assert shown == expected


def test_a_failed_run_in_ascii() -> None:
    """Without Unicode the states of nodes are told by words and signs."""
    shown = _dynamic(FAILED, 80, ascii_only=True)

    expected = """\
nightly-sales  run wr_0c5f9e
COMPLETED, outcome FAILED: 1 action failed (watched for by trigger `trouble`); 2
actions never started: `sales-catalog` and `publish-summary`
started 2025-01-31 02:00:00 UTC, took 1 m 14 s

> every day at 02:00 UTC  fired 02:00:00  cron(0 2 * * ? *)
| + job load-orders        SUCCEEDED     1.2 s
| x job load-customers     FAILED     1 m 10 s  after 3 attempts
|     ValueError: no column `customer_id` in s3://lake/raw/customers.csv
|     (columns: id, name, city)
|-* when load-orders or load-customers FAILED  fired 02:01:11  trouble
|   + job page-on-call     SUCCEEDED     3.0 s
o when load-orders and load-customers both SUCCEEDED  did not fire
| . crawler sales-catalog  not started
o when sales-catalog SUCCEEDED  did not fire
  . job publish-summary    not started

Actions  5 total, 2 succeeded, 1 failed, 0 timed out,
         0 stopped, 0 errored, 0 running, 0 waiting

Run properties
  db_password  ***
  env          prod
  orders_rows  42
"""
    assert shown == expected


def test_a_run_that_went_well() -> None:
    """A failure branch that had no reason to start takes nothing away from a run."""
    shown = _dynamic(SUCCEEDED)

    expected = """\
nightly-sales  run wr_0c5f9e
COMPLETED, outcome SUCCEEDED: 4 actions succeeded, 1 had no reason to start
started 2025-01-31 02:00:00 UTC, took 1 h 03 m

▶ every day at 02:00 UTC  fired 02:00:00  cron(0 2 * * ? *)
│ ✓ job load-orders        SUCCEEDED     1.2 s
│ ✓ job load-customers     SUCCEEDED  2 m 05 s
├─◇ when load-orders or load-customers FAILED  did not fire  trouble
│   · job page-on-call     not started
◆ when load-orders and load-customers both SUCCEEDED  fired 02:02:06
│ ✓ crawler sales-catalog  SUCCEEDED  1 h 01 m
◆ when sales-catalog SUCCEEDED  fired 03:03:07
  ✓ job publish-summary    SUCCEEDED     3.0 s

Actions  5 total, 4 succeeded, 0 failed, 0 timed out, 0 stopped, 0 errored, 0 running, 0 waiting
"""
    assert shown == expected


def test_counters_keep_to_the_width() -> None:
    """They stand in as few rows as fit; where not even one fits, each has a row."""
    run = snapshot(Workflow(name="w", triggers=(start("go", job("a")),)), {}, took=None)
    states = ("succeeded", "failed", "timed out", "stopped", "errored", "running", "waiting")
    counts = ["1 total", *(f"0 {state}" for state in states)]

    for width, size in ((97, 8), (54, 4), (45, 3), (40, 2), (24, 1), (5, 1)):
        rows = [", ".join(counts[first : first + size]) for first in range(0, 8, size)]
        expected = "Actions  " + ",\n         ".join(rows) + "\n"
        assert _dynamic(run, width).endswith(expected), width


def test_branches_and_joins() -> None:
    """What follows from one trigger branches off and goes straight on below; a join stands behind its branches."""
    shown = _static(FAN, 80)

    expected = """\
fan
13 jobs, 3 crawlers and 10 triggers

▶ on demand  go
│   job extract-0
│   job extract-1
│   job extract-2
├─◆ when extract-0 SUCCEEDED  clean-0
│     job clean-0
│     crawler raw-0
├─◆ when extract-1 SUCCEEDED  clean-1
│     job clean-1
│     crawler raw-1
├─◆ when extract-2 SUCCEEDED  clean-2
│     job clean-2
│     crawler raw-2
├─◆ when any of extract-0, extract-1 or extract-2 FAILED/TIMEOUT  bad
│     job alert
├─◆ when any of: clean-0 FAILED, raw-1 FAILED, clean-2 STOPPED  worse
│     job alert  (again)
◆ when clean-0, clean-1 and clean-2 all SUCCEEDED  join
│   job merge
◆ when merge SUCCEEDED  merged
│   job report
│   job export
◆ when report SUCCEEDED and export FAILED  not activated  off
    job archive           can never start

◆ when nobody SUCCEEDED  orphan
    job lost              can never start
"""
    assert shown == expected


def test_a_cycle() -> None:
    """A cycle is cut open, and what can never start says so."""
    shown = _static(KNOT)

    expected = """\
knot
3 jobs and 4 triggers

▶ on demand  go
│   job a
◆ when a and c both SUCCEEDED  ab
│   job b  can never start
◆ when b SUCCEEDED  bc
    job c  can never start

◆ when nothing: it has no condition  empty
"""
    assert shown == expected


def test_an_event_and_a_bare_workflow() -> None:
    """An event trigger says how many events it takes; a workflow without triggers is still a picture."""
    shown = _static(
        Workflow(
            name="w",
            triggers=(replace(start("arrival", job("w"), kind="EVENT"), event_batching=EventBatching(batch_size=10)),),
        )
    ) + _static(Workflow(name="bare", description="Nothing yet."))

    expected = """\
w
1 job and 1 trigger

▶ on 10 events, or 900 seconds after the first  arrival
    job w
bare
Nothing yet.
no triggers
"""
    assert shown == expected


def test_a_run_that_goes_on() -> None:
    """While a run goes on, times run with the clock and nothing is called missing."""
    shown = render(
        scene_of_run(
            snapshot(
                SALES,
                {
                    Node("JOB", ORDERS): [action_run("SUCCEEDED", 0, 1.2, trigger="nightly-sales-start")],
                    Node("JOB", CUSTOMERS): [
                        action_run("FAILED", 0, 1, trigger="nightly-sales-start"),
                        action_run("RUNNING", 2, trigger="nightly-sales-start", attempt=1),
                    ],
                },
                status="RUNNING",
                took=None,
                fired={"nightly-sales-start": 0},
            ),
            now=START.replace(minute=1),
        ),
        width=80,
    ).plain

    expected = """\
nightly-sales  run wr_0c5f9e
RUNNING: 1 of 5 actions succeeded, 1 under way
started 2025-01-31 02:00:00 UTC, for 1 m 00 s

▶ every day at 02:00 UTC  fired 02:00:00  cron(0 2 * * ? *)
│ ✓ job load-orders        SUCCEEDED     1.2 s
│ ● job load-customers     RUNNING    1 m 00 s  attempt 2
├─◇ when load-orders or load-customers FAILED  trouble
│   · job page-on-call
◇ when load-orders and load-customers both SUCCEEDED
│ · crawler sales-catalog
◇ when sales-catalog SUCCEEDED
  · job publish-summary

Actions  5 total, 0 succeeded, 0 failed, 0 timed out,
         0 stopped, 0 errored, 0 running, 0 waiting
"""
    assert shown == expected


def test_a_job_started_by_two_triggers() -> None:
    """A job that two triggers start shows with each what that one started."""
    shown = _dynamic(
        snapshot(
            Workflow(
                name="w",
                triggers=(
                    start("go", job("a"), job("b")),
                    when("ta", [ended("a", "FAILED")], job("alert")),
                    when("tb", [ended("b", "FAILED")], job("alert")),
                ),
            ),
            {
                Node("JOB", "a"): [action_run("SUCCEEDED", 0, 1)],
                Node("JOB", "b"): [action_run("FAILED", 0, 1, error="one\ntwo \x1b[2J\n" + "more\n" * 8)],
                Node("JOB", "alert"): [action_run("SUCCEEDED", 2, 3, trigger="tb")],
            },
            fired={"go": 0, "tb": 2},
            took=3,
        )
    )

    expected = """\
w  run wr_0c5f9e
COMPLETED, outcome FAILED: 1 action failed (watched for by trigger `tb`)
started 2025-01-31 02:00:00 UTC, took 3.0 s

▶ on demand  fired 02:00:00  go
│ ✓ job a                 SUCCEEDED  1.0 s
│ ✗ job b                 FAILED     1.0 s
│     one
│     two \\x1b[2J
│     more
│     more
│     more
│     more
│     more
│     more
│     (2 more lines)
├─◇ when a FAILED  did not fire  ta
│   · job alert           not started
└─◆ when b FAILED  fired 02:00:02  tb
    ✓ job alert  (again)  SUCCEEDED  1.0 s

Actions  3 total, 0 succeeded, 0 failed, 0 timed out, 0 stopped, 0 errored, 0 running, 0 waiting
"""
    assert shown == expected


def test_colour() -> None:
    """A console that has colours prints states, signs and what is beside the point in their own."""
    console = Console(width=100, force_terminal=True, color_system="standard", legacy_windows=False)
    triggers = (start("go", job("a"), job("b"), crawler("c")), when("t", [ended("a", "STOPPED")], job("d")))
    run = snapshot(
        Workflow(name="w", triggers=triggers),
        {
            Node("JOB", "a"): [action_run("FAILED", 0, 1)],
            Node("JOB", "b"): [action_run("SUCCEEDED", 0, 1)],
            Node("CRAWLER", "c"): [action_run("RUNNING", 0)],
        },
        fired={"go": 0},
    )

    with console.capture() as capture:
        console.print(render(scene_of_run(run), width=100), end="", soft_wrap=True)

    assert capture.get().splitlines()[:9] == [
        "\x1b[1mw\x1b[0m  run wr_0c5f9e",
        "COMPLETED, \x1b[1;31moutcome FAILED\x1b[0m: 1 action failed (no trigger watches for it)",
        "\x1b[2mstarted 2025-01-31 02:00:00 UTC, took 1 m 14 s\x1b[0m",
        "",
        "\x1b[35m▶\x1b[0m on demand  \x1b[35mfired 02:00:00\x1b[0m  \x1b[2mgo\x1b[0m",
        "\x1b[2m│\x1b[0m \x1b[31m✗\x1b[0m \x1b[2mjob \x1b[0ma      \x1b[31mFAILED     1.0 s\x1b[0m",
        "\x1b[2m│\x1b[0m \x1b[32m✓\x1b[0m \x1b[2mjob \x1b[0mb      \x1b[32mSUCCEEDED  1.0 s\x1b[0m",
        "\x1b[2m│\x1b[0m \x1b[36m●\x1b[0m \x1b[2mcrawler \x1b[0mc  \x1b[36mRUNNING\x1b[0m",
        "\x1b[35m◇\x1b[0m when a STOPPED  \x1b[2mdid not fire\x1b[0m  \x1b[2mt\x1b[0m",
    ]


def test_a_long_chain_needs_no_indentation() -> None:
    """A hundred jobs in a row, each with a failure branch, stay within a few columns of the left."""
    links = (
        (
            when(f"next-{i}", [ended(f"step-{i}")], job(f"step-{i + 1}")),
            when(f"bad-{i}", [ended(f"step-{i}", "FAILED")], job(f"alert-{i}")),
        )
        for i in range(50)
    )
    chain = Workflow(name="chain", triggers=(start("go", job("step-0")), *(link for pair in links for link in pair)))

    shown = _static(chain, 60)

    assert max(map(cells, shown.splitlines())) <= 60
    assert max(line.index("job ") for line in shown.splitlines() if "  job " in line) == 6


@pytest.mark.parametrize("width", [-1, 0, 1, 20])
def test_no_width_is_too_small(width: int) -> None:
    """However narrow the terminal, everything is there."""
    assert "load-customers" in _dynamic(FAILED, width)


@given(workflows(ANY_TEXT), st.integers(20, 120), st.booleans())
def test_no_name_is_a_command(workflow: Workflow, width: int, ascii_only: bool) -> None:  # noqa: FBT001 -- hypothesis
    """Whatever names hold, what is printed is lines of visible text."""
    shown = _static(workflow, width, ascii_only=ascii_only).replace("\n", "")

    assert visible(shown, ascii_only=ascii_only) == shown


@given(ANY_TEXT, st.booleans())
def test_no_run_is_a_command(text: str, ascii_only: bool) -> None:  # noqa: FBT001 -- hypothesis
    """Whatever an error, a state, a property or an id holds, what is printed is lines of visible text."""
    node = Node("JOB", ORDERS)
    run = replace(
        snapshot(SALES, {node: [action_run(text, 0, 1, error=text)]}, status=text, properties={text: text}),
        run_id=text,
        previous_run_id=text,
        error=text,
    )

    shown = _dynamic(run, ascii_only=ascii_only).replace("\n", "")

    assert visible(shown, ascii_only=ascii_only) == shown
