"""AWS Glue workflows written in Python.

These are the words for a flow file. Importing them loads the standard library alone,
so that the same file is imported unchanged by a job on a Glue worker.
"""

from gluedsl.dsl.nodes import (
    Crawler,
    ExistingCrawler,
    ExistingJob,
    FunctionJob,
    PythonShellJob,
    RayJob,
    SparkJob,
    StreamingJob,
)
from gluedsl.dsl.outcomes import all_of, any_of
from gluedsl.dsl.starts import cron, daily, hourly, on_demand, on_event, weekly
from gluedsl.dsl.workflow import Trigger, Workflow
from gluedsl.targets import (
    CatalogTarget,
    DeltaTarget,
    DynamoDBTarget,
    HudiTarget,
    IcebergTarget,
    JdbcTarget,
    MongoDBTarget,
    S3Target,
)
from gluedsl.worker.properties import RunProperties
from gluedsl.worker.run import JobRun, PlainProperties

__all__ = [
    "CatalogTarget",
    "Crawler",
    "DeltaTarget",
    "DynamoDBTarget",
    "ExistingCrawler",
    "ExistingJob",
    "FunctionJob",
    "HudiTarget",
    "IcebergTarget",
    "JdbcTarget",
    "JobRun",
    "MongoDBTarget",
    "PlainProperties",
    "PythonShellJob",
    "RayJob",
    "RunProperties",
    "S3Target",
    "SparkJob",
    "StreamingJob",
    "Trigger",
    "Workflow",
    "all_of",
    "any_of",
    "cron",
    "daily",
    "hourly",
    "on_demand",
    "on_event",
    "weekly",
]

__version__ = "0.1.0"
