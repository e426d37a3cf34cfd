"""Rules about jobs: JB001, JB011 to JB015."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.rules import after, job, project, says, spark, start, told

if TYPE_CHECKING:
    from gluedsl.model import Job, JobKind, Project

TYPES = "`G.1X`, `G.2X`, `G.4X`, `G.8X`, `G.12X`, `G.16X`, `R.1X`, `R.2X`, `R.4X`, `R.8X` or `Standard`"


def loading(load: Job) -> Project:
    """Return a project that starts one job."""
    return project(start("sales-start", "job load"), load)


def test_second_job_of_a_name_is_refused() -> None:
    """What triggers make of the name is not reported as well."""
    first = start("sales-start", "job load")
    again = after("sales-again", ["job load FAILED"], "job load")

    assert told(project(first, again, job("load"), job("load"))) == says("""
        JB001 error at jobs.1.name
          job `load` is defined twice
          related jobs.0.name: first defined here
          help: give one of the two another name, or add one job to both places
    """)


def test_unknown_worker_type_is_refused() -> None:
    """All that there are, are listed."""
    assert told(loading(spark("load", worker_type="G.3X"))) == says(f"""
        JB011 error at jobs.0.worker_type
          job `load` has worker type `G.3X`, which Glue does not have
          help: write {TYPES}
    """)


@pytest.mark.parametrize(("written", "near"), [("g.1x", "G.1X"), ("G1X", "G.1X"), ("standard", "Standard")])
def test_near_worker_type_is_suggested(written: str, near: str) -> None:
    """One that is only written otherwise."""
    assert told(loading(spark("load", worker_type=written))) == says(f"""
        JB011 error at jobs.0.worker_type
          job `load` has worker type `{written}`, which Glue does not have
          help: did you mean `{near}`?
          help: write {TYPES}
    """)


def test_worker_type_without_workers_is_refused() -> None:
    """Glue asks for both."""
    assert told(loading(spark("load", workers=None))) == says("""
        JB012 error at jobs.0.worker_type
          job `load` has worker type `G.1X` and no number of workers
          help: give the number of workers as well
    """)


@pytest.mark.parametrize(("workers", "shown"), [(1, "1 worker"), (5, "5 workers")])
def test_workers_without_a_type_are_refused(workers: int, shown: str) -> None:
    """Glue asks for both."""
    assert told(loading(spark("load", worker_type=None, workers=workers))) == says(f"""
        JB012 error at jobs.0.workers
          job `load` has {shown} and no worker type
          help: give the worker type as well
    """)


def test_capacity_beside_workers_is_refused() -> None:
    """Both are shown; that a Spark job has no capacity at all follows."""
    assert told(loading(spark("load", max_capacity=10.0))) == says("""
        JB013 error at jobs.0.max_capacity
          job `load` has a capacity of 10 DPUs beside its workers
          related jobs.0.worker_type: workers are given here
          help: leave the capacity out
    """)


def test_capacity_beside_half_a_worker_setting_is_one_mistake() -> None:
    """Without the capacity, the other half would be asked for."""
    assert told(loading(spark("load", worker_type=None, max_capacity=1))) == says("""
        JB013 error at jobs.0.max_capacity
          job `load` has a capacity of 1 DPU beside its workers
          related jobs.0.workers: workers are given here
          help: leave the capacity out
    """)


@pytest.mark.parametrize(
    ("kind", "runtime", "shown"),
    [("glueetl", None, "Spark"), ("gluestreaming", None, "streaming"), ("glueray", "Ray2.4", "Ray")],
)
def test_capacity_of_a_job_on_workers_is_refused(kind: JobKind, runtime: str | None, shown: str) -> None:
    """Whatever kind of job it is."""
    assert told(loading(job("load", kind=kind, glue_version="5.0", runtime=runtime, max_capacity=2.5))) == says(f"""
        JB014 error at jobs.0.max_capacity
          job `load` is a {shown} job, which runs on workers, and has a capacity of 2.5 DPUs
          help: give `worker_type` and `workers` instead
    """)


def test_retired_glue_had_capacities() -> None:
    """That the version has ended is all that is said."""
    assert told(loading(job("load", kind="glueetl", glue_version="1.0", max_capacity=10))) == says("""
        JB008 error at jobs.0.glue_version
          job `load` has Glue version 1.0, which has ended
          help: write `3.0`, `4.0`, `5.0`, `5.1` or `6.0`
    """)


@pytest.mark.parametrize(("capacity", "shown"), [(2, "2 DPUs"), (0.5, "0.5 DPUs"), (0, "0 DPUs")])
def test_python_shell_job_of_another_capacity_is_refused(capacity: float, shown: str) -> None:
    """There are two."""
    assert told(loading(job("load", max_capacity=capacity))) == says(f"""
        JB015 error at jobs.0.max_capacity
          Python shell job `load` has a capacity of {shown}, and Glue allows 0.0625 or 1
          help: what needs more is a Spark job
    """)


@pytest.mark.parametrize(
    ("settings", "field", "shown"),
    [
        ({"worker_type": "G.1X", "workers": 2}, "worker_type", "worker type `G.1X`"),
        ({"worker_type": "nonsense"}, "worker_type", "worker type `nonsense`"),
        ({"workers": 3}, "workers", "3 workers"),
        ({"workers": 2, "max_capacity": 1}, "workers", "2 workers"),
    ],
)
def test_python_shell_job_with_workers_is_refused(settings: dict[str, Any], field: str, shown: str) -> None:
    """Once, whatever else these workers would lack."""
    assert told(loading(job("load", **settings))) == says(f"""
        JB015 error at jobs.0.{field}
          Python shell job `load` has {shown}, and runs on no workers
          help: leave worker type and number of workers out; `max_capacity` is 0.0625 or 1
    """)


@pytest.mark.parametrize(
    "load",
    [
        job("load"),
        job("load", max_capacity=0.0625),
        job("load", max_capacity=1),
        job("load", max_capacity=1.0),
        job("load", kind="glueetl", glue_version="4.0"),
        spark("load", worker_type="Standard"),
        spark("load", kind="gluestreaming", worker_type="G.025X"),
        spark("load", kind="glueray", worker_type="Z.2X", runtime="Ray2.4"),
        spark("load", worker_type="R.8X", workers=1),
    ],
)
def test_sizes_that_glue_takes_have_no_finding(load: Job) -> None:
    """Given in one way, or left to Glue."""
    assert told(loading(load)) == ""
