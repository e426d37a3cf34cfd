"""Two feeds bring the same prices; whichever comes first is published.

`any_of` fires once a run, on the first outcome that holds. The workflow starts when somebody asks for a run:

    gluedsl run examples/03_first_feed_wins
    gluedsl run examples/03_first_feed_wins --outcome main_feed=FAILED
"""

from __future__ import annotations

import boto3

from gluedsl import JobRun, PlainProperties, Workflow, all_of, any_of, on_demand

BUCKET = "prices-lake"

prices = Workflow("prices", start=on_demand(), properties={"currency": "EUR"})


@prices.python_shell_job(writes=["main_price"])
def main_feed(run: JobRun[PlainProperties]) -> None:
    """Ask the exchange."""
    run.properties["main_price"] = "101.5"


@prices.python_shell_job(writes=["mirror_price"])
def mirror_feed(run: JobRun[PlainProperties]) -> None:
    """Ask its mirror."""
    run.properties["mirror_price"] = "101.4"


@prices.python_shell_job(after=any_of(main_feed, mirror_feed), reads=["currency"])
def publish(run: JobRun[PlainProperties]) -> None:
    """Publish the better price of those that are there."""
    price = run.properties.get("main_price") or run.properties["mirror_price"]
    text = f"{price} {run.properties['currency']}\n"
    boto3.client("s3").put_object(Bucket=BUCKET, Key="price.txt", Body=text.encode())
    print(text, end="")


@prices.python_shell_job(after=all_of(main_feed.failed, mirror_feed.failed))
def call_the_exchange(run: JobRun[PlainProperties]) -> None:
    """Both feeds are down."""
    print("no price today")
