"""What a crawler reads: one class for each kind of target in `CrawlerTargets`.

Authors write these too, so this module keeps to what the oldest interpreter on a Glue worker (3.9) understands.
Source of names and meanings: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-crawling.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

__all__ = [
    "CatalogTarget",
    "DeltaTarget",
    "DynamoDBTarget",
    "HudiTarget",
    "IcebergTarget",
    "JdbcTarget",
    "MongoDBTarget",
    "S3Target",
    "Target",
]


@dataclass(frozen=True)
class S3Target:
    """Objects under an S3 path."""

    path: str
    """`s3://bucket/prefix/`."""
    exclusions: tuple[str, ...] = ()
    """Glob patterns, relative to `path`."""
    connection: str | None = None
    sample_size: int | None = None
    """Files read in each leaf folder, 1 to 249; None: all."""
    event_queue_arn: str | None = None
    dlq_event_queue_arn: str | None = None


@dataclass(frozen=True)
class JdbcTarget:
    """Tables of a relational database."""

    connection: str
    path: str
    """`database/schema/table` or `database/table`; `%` is the wildcard."""
    exclusions: tuple[str, ...] = ()
    additional_metadata: tuple[str, ...] = ()
    """`COMMENTS`, `RAWTYPES`."""


@dataclass(frozen=True)
class MongoDBTarget:
    """Collections of a MongoDB or DocumentDB database."""

    connection: str
    path: str
    """`database/collection`."""
    scan_all: bool | None = None
    """Whether to read all records, not a sample; None: Glue's default, true."""


@dataclass(frozen=True)
class DynamoDBTarget:
    """A DynamoDB table."""

    table: str
    scan_all: bool | None = None
    scan_rate: float | None = None
    """Share of the table's read capacity units, 0.1 to 1.5; None: 0.5 of it."""


@dataclass(frozen=True)
class CatalogTarget:
    """Tables that are already in the Data Catalog."""

    database: str
    tables: tuple[str, ...]
    connection: str | None = None
    event_queue_arn: str | None = None
    dlq_event_queue_arn: str | None = None


@dataclass(frozen=True)
class DeltaTarget:
    """Delta Lake tables."""

    tables: tuple[str, ...]
    """S3 paths of tables."""
    connection: str | None = None
    write_manifest: bool | None = None
    create_native_table: bool | None = None


@dataclass(frozen=True)
class IcebergTarget:
    """Apache Iceberg tables under S3 paths."""

    paths: tuple[str, ...]
    connection: str | None = None
    exclusions: tuple[str, ...] = ()
    maximum_traversal_depth: int | None = None
    """Levels of folders searched for a metadata folder, 1 to 20; None: 10."""


@dataclass(frozen=True)
class HudiTarget:
    """Apache Hudi tables under S3 paths."""

    paths: tuple[str, ...]
    connection: str | None = None
    exclusions: tuple[str, ...] = ()
    maximum_traversal_depth: int | None = None
    """Levels of folders searched for a metadata folder, 1 to 20; None: 10."""


Target = Union[
    S3Target, JdbcTarget, MongoDBTarget, DynamoDBTarget, CatalogTarget, DeltaTarget, IcebergTarget, HudiTarget
]
