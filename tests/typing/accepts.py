"""What an author may write: every line satisfies mypy and pyright in their strict modes."""

from __future__ import annotations

from datetime import date
from typing import assert_type

from gluedsl import (
    CatalogTarget,
    Crawler,
    DeltaTarget,
    DynamoDBTarget,
    ExistingCrawler,
    ExistingJob,
    FunctionJob,
    HudiTarget,
    IcebergTarget,
    JdbcTarget,
    JobRun,
    MongoDBTarget,
    PlainProperties,
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
    daily,
    hourly,
    on_demand,
    on_event,
    weekly,
)


class Sales(RunProperties):
    """Run properties of every type that a string can carry."""

    env: str = "prod"
    orders_rows: int = 0
    share: float = 0.5
    full: bool = False
    day: date = date(2026, 1, 5)
    regions: list[str] = []  # noqa: RUF012 -- kept as the text of its JSON
    limits: dict[str, int] = {}  # noqa: RUF012 -- likewise


sales = Workflow(
    "nightly-sales",
    description="Load, publish and catalogue the day's sales.",
    start=cron("0 2 * * ? *"),
    properties=Sales,
    max_concurrent_runs=1,
    role="GlueJobRole",
    tags={"team": "sales"},
    extra={},
)


@sales.python_shell_job(writes=[Sales.orders_rows], timeout_minutes=10, max_retries=1)
def load_orders(run: JobRun[Sales]) -> None:
    """Properties have the types that the class gives them."""
    assert_type(run.properties.orders_rows, int)
    assert_type(run.properties.day, date)
    run.properties.orders_rows = 42
    assert_type(run.arguments["mode"], str)
    assert_type(run.run_id, str | None)


@sales.spark_job(workers=2, worker_type="G.1X", glue_version="5.0", execution_class="FLEX", bookmarks="enable")
def load_customers(run: JobRun[Sales]) -> None:
    """A decorator with arguments."""
    run.spark.read.csv("s3://lake/raw/customers/", header=True).write.parquet("s3://lake/sales/customers/")


@sales.spark_job
def load_products(run: JobRun[Sales]) -> None:
    """A decorator without."""


assert_type(load_orders, FunctionJob[Sales])
load_orders(JobRun(properties=Sales(orders_rows=3), arguments={"mode": "full"}))

catalog = sales.add(
    Crawler("sales-catalog", database="sales", targets=[S3Target("s3://lake/sales/")], table_prefix="sales_"),
    after=all_of(load_orders, load_customers),
)
assert_type(catalog, Crawler)


@sales.python_shell_job(after=any_of(load_orders.failed, load_customers.timed_out), reads=[Sales.env])
def page_on_call(run: JobRun[Sales]) -> str:
    """What a job returns is its own affair."""
    return run.properties.env


sales.add(SparkJob("dedupe", script="jobs/dedupe.py"), after=load_products)
sales.add(PythonShellJob("count", script="jobs/count.py", python_version="3.9", max_capacity=0.0625), after=[catalog])
sales.add(StreamingJob("listen", script="s3://lake/jobs/listen.py"), after=[load_orders, catalog.succeeded])
sales.add(RayJob("train", script="jobs/train.py"), after=all_of(load_orders.succeeded, catalog.finished))
sales.add(ExistingJob("report"), after=load_orders.unsuccessful)
sales.add(ExistingCrawler("raw"), after=any_of(catalog.failed, catalog.cancelled))
sales.add(ExistingJob("mail"), after=ExistingCrawler("raw").outcome("FAILED"))
sales.add(ExistingJob("mail").with_arguments({"--to": "ops"}, timeout_minutes=5), after=load_orders.stopped)

trigger = sales.add(
    Trigger(
        "after-load",
        when=all_of(load_orders.succeeded, load_customers.outcome("FAILED")),
        start=[catalog, load_products.with_arguments({"--mode": "full"}, timeout_minutes=30)],
    ),
)
assert_type(trigger, Trigger)

plain = Workflow("plain", properties={"env": "prod"}, start=on_event(batch_size=10, batch_window_seconds=300))


@plain.python_shell_job
def read_plain(run: JobRun[PlainProperties]) -> None:
    """Plain properties are strings by name."""
    assert_type(run.properties["env"], str)
    run.properties["rows"] = "42"


plain.add(SparkJob("shared", script="jobs/shared.py"))
plain.add(Trigger("start", when=on_demand(), start=read_plain))

loads = [sales.add(SparkJob(f"load-{region}", script="jobs/load.py")) for region in ("north", "south")]
sales.add(ExistingJob("merge"), after=loads)
sales.add(ExistingJob("again"), after=any_of(*(load.failed for load in loads)))

schedules = [daily("02:00"), weekly("MON", "02:00"), hourly(minute=5), hourly()]
families = {team: Workflow(team, start=daily("03:00")) for team in ("north", "south")}

targets = Crawler(
    "everything",
    targets=[
        "s3://lake/plain/",
        S3Target("s3://lake/some/", exclusions=("*.tmp",), sample_size=10),
        JdbcTarget("warehouse", "shop/public/%"),
        MongoDBTarget("documents", "shop/orders"),
        DynamoDBTarget("orders", scan_rate=0.5),
        CatalogTarget("sales", tables=("orders",)),
        DeltaTarget(("s3://lake/delta/",), write_manifest=True),
        IcebergTarget(("s3://lake/iceberg/",)),
        HudiTarget(("s3://lake/hudi/",), maximum_traversal_depth=3),
    ],
)
one_target = Crawler("one", targets="s3://lake/one/", database="lake", recrawl_behavior="CRAWL_NEW_FOLDERS_ONLY")

meant = Workflow("meant", allow=["GR004"])
meant.add(SparkJob("twice", script="jobs/twice.py", allow=("twice-started-node",)))
meant.add(Crawler("own-time", targets="s3://lake/one/", schedule="cron(0 2 * * ? *)", allow=["CR021"]))
meant.add(Trigger("again", when=on_demand(), start=ExistingJob("mail"), allow=["GR005"]))


@meant.ray_job(allow=["unused-node"])
def train_again(run: JobRun[PlainProperties]) -> None:
    """Every way to make a job takes what it allows."""
