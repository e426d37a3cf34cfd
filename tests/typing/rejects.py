"""What mypy and pyright refuse: exactly the lines that are marked so at their end."""

from __future__ import annotations

from gluedsl import (
    Crawler,
    DeltaTarget,
    ExistingCrawler,
    ExistingJob,
    JobRun,
    PythonShellJob,
    RayJob,
    RunProperties,
    S3Target,
    SparkJob,
    StreamingJob,
    Trigger,
    Workflow,
    all_of,
    any_of,
    cron,
    hourly,
    on_event,
    weekly,
)


class Sales(RunProperties):
    """Run properties with types."""

    env: str = "prod"
    orders_rows: int = 0


class Returns(RunProperties):
    """Those of another workflow."""

    rows: int = 0


sales = Workflow("sales", properties=Sales)


@sales.python_shell_job
def load(run: JobRun[Sales]) -> None:
    """Use properties as they were not declared."""
    run.properties.orders_rows = "42"  # error
    run.properties.orders_row = 42  # error
    count: str = run.properties.orders_rows  # error
    run.property.env = count  # error


# A kind of job takes what this kind has.
SparkJob("a", script="a.py", max_capacity=1.0)  # error
SparkJob("a", script="a.py", worker_type="Z.2X")  # error
SparkJob("a", script="a.py", worker_type="Standard")  # error
SparkJob("a", script="a.py", maintenance_window="Sun:10")  # error
SparkJob("a", script="a.py", python_version="3.9")  # error
SparkJob("a", script="a.py", bookmarks=True)  # error
SparkJob("a", script="a.py", workers="2")  # error
SparkJob("a", script="a.py", timeout=10)  # error
SparkJob("a")  # error
SparkJob("a", "a.py")  # error
SparkJob(script="a.py")  # error
StreamingJob("a", script="a.py", execution_class="FLEX")  # error
PythonShellJob("a", script="a.py", workers=2)  # error
PythonShellJob("a", script="a.py", glue_version="5.0")  # error
PythonShellJob("a", script="a.py", bookmarks="enable")  # error
PythonShellJob("a", script="a.py", python_version="2")  # error
PythonShellJob("a", script="a.py", arguments={"--rows": 42})  # error
RayJob("a", script="a.py", worker_type="G.1X")  # error
RayJob("a", script="a.py", execution_class="FLEX")  # error
ExistingJob("a", workers=2)  # error

# A crawler has targets, and behaviours that Glue knows.
Crawler("c")  # error
Crawler("c", targets=[42])  # error
Crawler("c", targets="s3://lake/", delete_behavior="DELETE")  # error
Crawler("c", targets="s3://lake/", recrawl_behavior="CRAWL_ALL")  # error
Crawler("c", targets="s3://lake/", worker_type="G.1X")  # error
S3Target()  # error
S3Target("s3://lake/", exclusion=("*.tmp",))  # error
DeltaTarget("s3://lake/delta/")  # error
ExistingCrawler("c", database="lake")  # error

# Jobs time out and are stopped, crawlers are cancelled.
crawler = Crawler("c", targets="s3://lake/")
job = SparkJob("a", script="a.py")
sales.add(job, after=crawler.timed_out)  # error
sales.add(job, after=crawler.stopped)  # error
sales.add(job, after=job.cancelled)  # error
job.outcome("CANCELLED")  # error
job.outcome("RUNNING")  # error
crawler.outcome("TIMEOUT")  # error
crawler.with_arguments({"--mode": "full"})  # error

# `after=` takes nodes, outcomes and combinations of them.
sales.add(job, after="load")  # error
sales.add(job, after=[load, "load"])  # error
sales.add(job, after=all_of("load"))  # error
sales.add(job, after=any_of(load, cron("0 2 * * ? *")))  # error
sales.add(load.succeeded)  # error
sales.add("load")  # error
job.with_arguments({"--rows": 42})  # error
Trigger("t", when=load)  # error
Trigger("t", when="0 2 * * ? *", start=job)  # error
Trigger("t", when=load, start=load.failed)  # error
Trigger("t", start=job)  # error

# What begins a workflow, and what it carries.
Workflow("w", start="cron(0 2 * * ? *)")  # error
Workflow("w", start=load)  # error
Workflow("w", schedule=cron("0 2 * * ? *"))  # error
Workflow("w", properties={"rows": 42})  # error
Workflow("w", properties=Sales())  # error
Workflow("w", max_concurrent_runs="1")  # error
Workflow("w", allow=[4])  # error
Trigger("t", when=load, start=job, allow={"GR004": "off"})  # error
SparkJob("a", script="a.py", allow=4)  # error
Crawler("c", targets="s3://lake/", allow=[None])  # error
Workflow()  # error
weekly("MONDAY", "02:00")  # error
hourly(5)  # error
on_event(batch_size="10")  # error


@sales.python_shell_job  # error
def of_another(run: JobRun[Returns]) -> None:
    """The properties are those of another workflow."""


@sales.spark_job(workers=2, max_capacity=1.0)  # error
def too_much(run: JobRun[Sales]) -> None:
    """A decorator refuses what its kind of job refuses."""
