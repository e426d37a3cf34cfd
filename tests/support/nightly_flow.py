"""A flow for tests of the testing room: what a data team would write, and read in its own tests."""

from __future__ import annotations

import boto3

from gluedsl import (
    Crawler,
    ExistingJob,
    JobRun,
    PlainProperties,
    RunProperties,
    S3Target,
    Workflow,
    all_of,
    any_of,
    cron,
    on_event,
)

LAKE = "nightly-lake"


class Sales(RunProperties):
    """Run properties."""

    env: str = "prod"
    rows: int = 0


nightly = Workflow("nightly", start=cron("0 2 * * ? *"), properties=Sales, max_concurrent_runs=1)


@nightly.python_shell_job(writes=[Sales.rows], reads=[Sales.env], max_retries=1, timeout_minutes=30)
def load_orders(run: JobRun[Sales]) -> None:
    """Count what has come in."""
    body = boto3.client("s3").get_object(Bucket=LAKE, Key="raw/orders.csv")["Body"].read()
    run.properties.rows = len(body.decode().splitlines()) - 1
    boto3.client("s3").put_object(Bucket=LAKE, Key=f"clean/{run.properties.env}/orders.csv", Body=body)


@nightly.python_shell_job
def load_stock(run: JobRun[Sales]) -> None:
    """Do nothing much."""


quality = nightly.add(
    Crawler("nightly-catalog", database="nightly", targets=[S3Target(f"s3://{LAKE}/clean/")]),
    after=all_of(load_orders, load_stock),
)


@nightly.python_shell_job(after=quality, reads=[Sales.rows])
def publish(run: JobRun[Sales]) -> None:
    """Fail where nothing has come in."""
    if not run.properties.rows:
        raise ValueError("there is nothing to publish")  # noqa: EM101, TRY003 -- as authors write it


@nightly.python_shell_job(after=any_of(load_orders.failed, load_stock.failed))
def page(run: JobRun[Sales]) -> None:
    """Wake somebody."""


arrivals = Workflow("arrivals", start=on_event(batch_size=2, batch_window_seconds=300), properties={"bucket": LAKE})


@arrivals.python_shell_job(reads=["bucket"])
def unpack(run: JobRun[PlainProperties]) -> None:
    """Say which bucket."""
    run.properties["seen"] = run.properties["bucket"]


arrivals.add(ExistingJob("everybodys-report"), after=unpack)
