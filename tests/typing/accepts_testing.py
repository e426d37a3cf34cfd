"""What an author's tests may write: every line satisfies mypy and pyright in their strict modes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import assert_type

from gluedsl import ExistingCrawler, JobRun, RunProperties, Workflow, all_of, any_of
from gluedsl.testing import EveryRun, FakeGlue, Run, Sim, SimulatedRun, explore, failed, job_run, simulate, succeeded


class Sales(RunProperties):
    """Run properties with types."""

    rows: int = 0


sales = Workflow("sales", properties=Sales)


@sales.python_shell_job
def load(run: JobRun[Sales]) -> None:
    """Some job."""
    run.properties.rows += 1


crawler = sales.add(ExistingCrawler("catalog"), after=load)
by_name = {"load": "FAILED"}
by_job = {load: ["FAILED", "SUCCEEDED"]}


def test_simulating(sim: Sim) -> None:
    """Names and jobs alike, from variables and in place."""
    run = sim.run(sales, by_name, durations={load: "5m", "catalog": timedelta(minutes=1)}, puts={load: {"rows": "1"}})
    assert_type(run, SimulatedRun)
    assert_type(run.state(load), str | None)
    assert_type(run.order, list[str])
    assert_type(run.fired_at("start"), datetime | None)
    assert_type(run.resume(load, "catalog", outcomes=by_job), SimulatedRun)
    assert run.started("load")
    assert not run.never_started(load)
    sim.run(Path("flow.py"), by_job, workflow="sales", policies={"multi_start": "skip"})
    simulate("flow", {load: "FAILED", "catalog": "CANCELLED"}, stop_after="1h")


def test_stating(sim: Sim) -> None:
    """Conditions are those of flows, and names."""
    runs = sim.explore(sales, given={load: "FAILED"}, at_most_bad_ends=2)
    assert_type(runs, EveryRun)
    runs.never_starts(crawler, "catalog", unless=all_of(load, succeeded("load")))
    runs.always_starts("catalog", when=[load.succeeded, any_of(failed("load"), load.finished)])
    runs.starts_only_after(crawler, load, "load", load.succeeded)
    runs.no_silent_failures(load, states=["FAILED"])
    explore(sales).every_node_starts_in_some_run()


def test_a_glue(glue: FakeGlue) -> None:
    """Stubs have the type of the run that they are called with."""
    glue.deploy(sales, stage="dev", with_data=True)
    glue.outcomes[load] = "FAILED"
    glue.outcomes["load"] = ["FAILED", "SUCCEEDED"]
    glue.durations[crawler] = "5m"
    glue.durations["load"] = timedelta(minutes=5)
    glue.run_for_real(load, "catalog")

    @glue.job("load")
    def stub(run: JobRun[Sales]) -> None:
        assert_type(run.properties.rows, int)

    stub(job_run(load))
    assert_type(glue.run(sales, {"rows": "1"}), Run)
    assert_type(glue.runs(), list[Run])
    glue.clock.advance(days=1, minutes=0.5)
    glue.lake.put("s3://lake/a", b"b")


def test_a_body() -> None:
    """The run of a job has the properties of its workflow."""
    run = job_run(load, properties={"rows": 3}, arguments={"--mode": "full"})
    assert_type(run, JobRun[Sales])
    load(job_run(load, properties=Sales(rows=3)))
