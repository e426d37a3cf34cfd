"""Tests of the nightly run: no account, nothing deployed, seconds in all.

    pytest examples/01_nightly_sales

`sim` plays runs in virtual time. `glue` is a Glue in this process, for what the jobs themselves do.
"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flow import LAKE, Sales, catalog, load_listings, load_sales, page_on_call, publish_summary, sales

from gluedsl import FunctionJob, JobRun
from gluedsl.testing import FakeGlue, Sim, job_run

# What the workflow does


def test_a_good_night(sim: Sim) -> None:
    """Both loads, then the catalog, then the summary; nobody is paged."""
    run = sim.run(sales, durations={load_sales: "12m", load_listings: "5m"})

    assert run.outcome == "SUCCEEDED"
    assert run.order == ["load-sales", "load-listings", "sales-catalog", "publish-summary"]
    assert run.never_started(page_on_call)
    assert run.took == timedelta(minutes=14)


@pytest.mark.parametrize("load", [load_sales, load_listings])
def test_a_load_that_fails(sim: Sim, load: FunctionJob[Sales]) -> None:
    """Somebody is paged, and nothing is published."""
    run = sim.run(sales, {load: "FAILED"})

    assert run.started(page_on_call)
    assert run.never_started(publish_summary)


def test_whatever_happens(sim: Sim) -> None:
    """Not some runs but all of them: every way in which any of the jobs can end."""
    runs = sim.explore(sales)

    runs.never_starts(publish_summary, unless=[load_sales, load_listings, catalog])
    runs.starts_only_after(publish_summary, load_sales, load_listings, catalog)
    runs.always_starts(page_on_call, when=load_sales.failed)
    runs.always_starts(page_on_call, when=load_listings.failed)
    runs.no_silent_failures(load_sales, load_listings, states="FAILED")
    runs.every_node_starts_in_some_run()


# What the jobs do


def test_sales_of_a_month(glue: FakeGlue) -> None:
    """A job is a function: it is called with a run, and S3 is there."""
    glue.lake.put(
        f"s3://{LAKE}/raw/sales/2020-01.csv",
        "city,sales,volume,median\nAustin,10,3000000,280000\nNowhere,,,\n",
    )
    run = job_run(load_sales, properties={"month": "2020-01"})
    load_sales(run)

    assert run.properties.homes_sold == 10
    written = glue.lake.read(f"s3://{LAKE}/clean/sales/month=2020-01/sales.csv")
    assert written == "area,homes,volume,median_price\nAustin,10,3000000,280000.0\n"


# What both do together


def test_a_night_with_real_jobs(glue: FakeGlue) -> None:
    """The workflow is deployed and run, its jobs and its crawler for real, on the data of the example."""
    glue.deploy(sales, with_data=True)
    glue.run_for_real(load_sales, load_listings, catalog, publish_summary)
    run = glue.run(sales, {"month": "2014-06"})

    assert run.outcome == "SUCCEEDED"
    assert json.loads(glue.lake.read(f"s3://{LAKE}/summaries/2014-06.json"))["homes_sold"] == 35766
    tables = glue.client("glue").get_tables(DatabaseName="sales")["TableList"]
    assert sorted(table["Name"] for table in tables) == ["listings", "sales"]


def test_a_month_that_nobody_delivered(glue: FakeGlue) -> None:
    """The jobs fail, as they would on AWS, and the note for whoever is on call is there."""
    glue.deploy(sales, with_data=True)
    glue.run_for_real(load_sales, load_listings, page_on_call)
    run = glue.run(properties={"month": "1999-01"})

    assert run.state(load_sales) == "FAILED"
    assert glue.lake.read(f"s3://{LAKE}/incidents/1999-01.txt") == "loading the sales of 1999-01 failed\n"


def test_what_the_summary_adds_up(glue: FakeGlue) -> None:
    """Functions stand for jobs that are not of interest here."""
    glue.deploy(sales)
    glue.run_for_real(publish_summary)

    @glue.job(load_sales)
    def one_sale(run: JobRun[Sales]) -> None:
        glue.lake.put(f"s3://{LAKE}/clean/sales/month={run.properties.month}/sales.csv", "volume\n100\n20\n")
        run.properties.homes_sold = 2

    assert glue.run().properties["volume"] == "120"


def test_every_night_at_two(glue: FakeGlue) -> None:
    """Time stands still until a test moves it: a week takes no time."""
    glue.deploy(sales)
    glue.clock.advance(days=7)

    runs = glue.runs(sales)
    assert len(runs) == 7
    assert {f"{run.snapshot.started_on:%H:%M}" for run in runs} == {"02:00"}
