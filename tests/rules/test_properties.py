"""Rules about run properties: RP003."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.rules import after, job, project, says, start, told, workflow

if TYPE_CHECKING:
    from gluedsl.model import Trigger

READ = "jobs.1.property_reads"
WRITER = job("load", property_writes=("date", "rows"))
READER = job("report", property_reads=("env", "rows"))
DEFAULTS = {"env": "prod"}


def test_property_that_nothing_writes_is_doubtful() -> None:
    """At the property, among those that are read; a near name is suggested."""
    flow = workflow(
        start("sales-start", "job load"),
        after("sales-report", ["job load"], "job report"),
        default_run_properties={"row": "0"},
    )

    assert told(project(flow, job("load"), job("report", property_reads=("row", "rows", "nothing")))) == says(f"""
        RP003 warning at {READ}.1
          job `report` reads run property `rows`, which nothing before it in workflow `sales` writes
          help: did you mean `row`?
          help: give it a default, or let the job wait for one that writes it
        RP003 warning at {READ}.2
          job `report` reads run property `nothing`, which nothing before it in workflow `sales` writes
          help: give it a default, or let the job wait for one that writes it
    """)


def test_property_written_on_another_branch_is_doubtful() -> None:
    """Who writes it is shown."""
    flow = workflow(start("sales-start", "job load", "job report"), default_run_properties=DEFAULTS)

    assert told(project(flow, WRITER, READER)) == says(f"""
        RP003 warning at {READ}.1
          job `report` reads run property `rows`, which nothing before it in workflow `sales` writes
          related jobs.0.property_writes.1: job `load` writes it, on another branch or later
          help: give it a default, or let the job wait for one that writes it
    """)


def test_property_that_only_the_reader_writes_is_doubtful() -> None:
    """Its own write comes too late for its read."""
    counter = job("count", property_reads=("rows",), property_writes=("rows",))

    assert told(project(start("sales-start", "job count"), counter)) == says("""
        RP003 warning at jobs.0.property_reads.0
          job `count` reads run property `rows`, which nothing before it in workflow `sales` writes
          help: give it a default, or let the job wait for one that writes it
    """)


def test_job_of_two_workflows_is_judged_in_each() -> None:
    """What one of them gives it, the other may not."""
    sales = workflow(start("sales-start", "job load"), after("sales-report", ["job load"], "job report"), name="sales")
    returns = workflow(start("returns-start", "job report"), name="returns", default_run_properties=DEFAULTS)

    assert told(project(sales, returns, WRITER, READER)) == says(f"""
        RP003 warning at {READ}.0
          job `report` reads run property `env`, which nothing before it in workflow `sales` writes
          help: give it a default, or let the job wait for one that writes it
        RP003 warning at {READ}.1
          job `report` reads run property `rows`, which nothing before it in workflow `returns` writes
          help: give it a default, or let the job wait for one that writes it
    """)


@pytest.mark.parametrize(
    "triggers",
    [
        (after("sales-report", ["job load"], "job report"),),
        (after("sales-clean", ["job load"], "crawler c"), after("sales-report", ["crawler c"], "job report")),
        (after("sales-report", ["job load FAILED", "job other"], "job report", logical="ANY"),),
    ],
)
def test_property_written_upstream_is_there(triggers: tuple[Trigger, ...]) -> None:
    """Directly before, further up, or on one of several ways."""
    flow = workflow(start("sales-start", "job load", "job other"), *triggers, default_run_properties=DEFAULTS)

    assert told(project(flow, WRITER, READER)) == ""


def test_event_ids_are_written_by_glue() -> None:
    """In runs that events start, and in no others."""
    reader = job("load", property_reads=("aws:eventIds",))

    assert told(project(start("uploads", "job load", type="EVENT"), reader)) == ""
    assert told(project(start("sales-start", "job load"), reader)).startswith("RP003")
