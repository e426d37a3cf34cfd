"""The month's home sales, loaded every night.

The example of AWS's own documentation: a schedule starts two jobs, and when both have succeeded, a crawler
catalogues what they wrote. Around it, what a team adds on the first day: run properties that one job writes
and a later one reads, a summary at the end, and a branch for failures.

Run it here:  gluedsl run examples/01_nightly_sales
See it fail:  gluedsl run examples/01_nightly_sales --property month=2013-01   (nobody delivered that month)
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import boto3

from gluedsl import Crawler, JobRun, RunProperties, S3Target, Workflow, all_of, any_of, cron

LAKE = "sales-lake"
"""The bucket: files come in under `raw/`, clean ones go out under `clean/`."""


class Sales(RunProperties):
    """What the jobs of a run tell each other. Glue stores strings; here they have types."""

    month: str = "2014-06"
    homes_sold: int = 0
    homes_listed: int = 0
    volume: int = 0


sales = Workflow(
    "nightly-sales",
    description="Load, catalogue and sum up the month's home sales.",
    start=cron("0 2 * * ? *"),
    properties=Sales,
    max_concurrent_runs=1,
)


@sales.python_shell_job(reads=[Sales.month], writes=[Sales.homes_sold])
def load_sales(run: JobRun[Sales]) -> None:
    """Keep the areas that reported sales, as CSV in a partition of the month's own."""
    month = run.properties.month
    sold: list[dict[str, Any]] = [
        {
            "area": row["city"],
            "homes": int(row["sales"]),
            "volume": int(row["volume"]),
            "median_price": float(row["median"]),
        }
        for row in rows(f"raw/sales/{month}.csv")
        if row["sales"] and row["volume"]
    ]
    write(f"clean/sales/month={month}/sales.csv", as_csv(sold))
    run.properties.homes_sold = sum(row["homes"] for row in sold)
    print(f"{len(sold)} areas sold {run.properties.homes_sold} homes in {month}")


@sales.python_shell_job(reads=[Sales.month], writes=[Sales.homes_listed])
def load_listings(run: JobRun[Sales]) -> None:
    """Write what is on offer as JSON lines."""
    month = run.properties.month
    offers: list[dict[str, Any]] = [
        {"area": row["city"], "homes": int(row["listings"]), "months_left": float(row["inventory"])}
        for row in rows(f"raw/listings/{month}.csv")
        if row["listings"] and row["inventory"]
    ]
    write(f"clean/listings/month={month}/listings.json", "".join(f"{json.dumps(offer)}\n" for offer in offers))
    run.properties.homes_listed = sum(offer["homes"] for offer in offers)
    print(f"{len(offers)} areas offer {run.properties.homes_listed} homes in {month}")


catalog = sales.add(
    Crawler("sales-catalog", database="sales", targets=[S3Target(f"s3://{LAKE}/clean/")]),
    after=all_of(load_sales, load_listings),
)


@sales.python_shell_job(
    after=catalog,
    reads=[Sales.month, Sales.homes_sold, Sales.homes_listed],
    writes=[Sales.volume],
)
def publish_summary(run: JobRun[Sales]) -> None:
    """Sum up the month, from the clean files and from what the loading jobs counted."""
    month = run.properties.month
    volume = sum(int(row["volume"]) for row in rows(f"clean/sales/month={month}/sales.csv"))
    summary = {
        "month": month,
        "homes_sold": run.properties.homes_sold,
        "homes_listed": run.properties.homes_listed,
        "volume": volume,
    }
    write(f"summaries/{month}.json", json.dumps(summary))
    run.properties.volume = volume
    print(f"{month}: homes for {volume:,} dollars")


@sales.python_shell_job(after=any_of(load_sales.failed, load_listings.failed), reads=[Sales.month])
def page_on_call(run: JobRun[Sales]) -> None:
    """Leave a note for whoever is on call."""
    write(f"incidents/{run.properties.month}.txt", f"loading the sales of {run.properties.month} failed\n")


def rows(key: str) -> list[dict[str, str]]:
    """Read a CSV file of the lake."""
    body = boto3.client("s3").get_object(Bucket=LAKE, Key=key)["Body"].read()
    return list(csv.DictReader(io.StringIO(body.decode("utf-8"))))


def write(key: str, text: str) -> None:
    """Write a file to the lake."""
    boto3.client("s3").put_object(Bucket=LAKE, Key=key, Body=text.encode("utf-8"))


def as_csv(records: list[dict[str, Any]]) -> str:
    """Return records as CSV with a header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(records[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue()
