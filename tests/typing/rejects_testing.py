"""What mypy and pyright refuse of an author's tests: exactly the lines that are marked so at their end."""

from __future__ import annotations

from gluedsl import JobRun, RunProperties, Workflow
from gluedsl.testing import FakeGlue, Sim, job_run


class Sales(RunProperties):
    """Run properties with types."""

    rows: int = 0


sales = Workflow("sales", properties=Sales)


@sales.python_shell_job
def load(run: JobRun[Sales]) -> None:
    """Some job."""


def test_simulating(sim: Sim) -> None:
    """Outcomes are states, and a run is asked for what it has."""
    run = sim.run(sales, {load: 1})  # error
    sim.run(sales, properties={"rows": 1})  # error
    sim.run(42)  # error
    run.stated(load)  # error
    run.started(42)  # error
    sim.explore(sales).never_starts(load, unless=42)  # error


def test_a_glue(glue: FakeGlue) -> None:
    """Lengths of time are texts or lengths."""
    glue.outcomes[load] = 1  # error
    glue.durations["load"] = 5  # error
    glue.clock.advance(fortnights=1)  # error
    glue.job("load")(42)  # error


def test_a_body() -> None:
    """Properties have the types of their class."""
    run = job_run(load)
    run.properties.rows = "3"  # error
    job_run(sales)  # error
