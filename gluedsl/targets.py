"""What a crawler reads: one class for each kind of target in `CrawlerTargets`.

Authors write these too, so this module keeps to what the oldest interpreter on a Glue worker (3.9) understands.
Source of names and meanings: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-crawling.html
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Union

if TYPE_CHECKING:
    from typing_extensions import Protocol

    class Referable(Protocol):
        """A resource of CloudFormation: what a reference to it gives is its name."""

        @property
        def ref(self) -> str:
            """Of CloudFormation."""

    class NamesConnection(Protocol):
        """A connection with its name."""

        @property
        def connection_name(self) -> str:
            """Or a token of it."""

    class NamesDatabase(Protocol):
        """A database with its name."""

        @property
        def database_name(self) -> str:
            """Or a token of it."""


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


def name_in(value: Any, attributes: tuple[str, ...], resource_type: str) -> Any:
    """Return the text that the first of some attributes of an object of another library holds; else the object itself.

    A resource of CloudFormation is one of the type, or one of the application's own making.
    """
    if isinstance(value, str):
        return value
    given = getattr(value, "CFN_RESOURCE_TYPE_NAME", resource_type)
    if given != resource_type and not str(given).startswith("AWS::CloudFormation::"):
        return value
    held = (getattr(value, attribute, None) for attribute in attributes)
    return next((text for text in held if isinstance(text, str)), value)


class _Named:
    """A target in which a connection or a database may be an object of another library."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]  # of the dataclasses below
            if field.name in _RESOURCES:
                object.__setattr__(self, field.name, name_in(getattr(self, field.name), *_RESOURCES[field.name]))


_RESOURCES = {
    "connection": (("connection_name", "ref"), "AWS::Glue::Connection"),
    "database": (("database_name", "ref"), "AWS::Glue::Database"),
}
"""By field: the attributes that hold the name, and the type of the resource in CloudFormation."""


@dataclass(frozen=True)
class S3Target(_Named):
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
class JdbcTarget(_Named):
    """Tables of a relational database."""

    connection: str
    path: str
    """`database/schema/table` or `database/table`; `%` is the wildcard."""
    exclusions: tuple[str, ...] = ()
    additional_metadata: tuple[str, ...] = ()
    """`COMMENTS`, `RAWTYPES`."""

    if TYPE_CHECKING:

        def __init__(
            self,
            connection: str | NamesConnection | Referable,
            path: str,
            exclusions: tuple[str, ...] = (),
            additional_metadata: tuple[str, ...] = (),
        ) -> None: ...


@dataclass(frozen=True)
class MongoDBTarget(_Named):
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
class CatalogTarget(_Named):
    """Tables that are already in the Data Catalog."""

    database: str
    tables: tuple[str, ...]
    connection: str | None = None
    event_queue_arn: str | None = None
    dlq_event_queue_arn: str | None = None

    if TYPE_CHECKING:

        def __init__(
            self,
            database: str | NamesDatabase | Referable,
            tables: tuple[str, ...],
            connection: str | NamesConnection | Referable | None = None,
            event_queue_arn: str | None = None,
            dlq_event_queue_arn: str | None = None,
        ) -> None: ...


@dataclass(frozen=True)
class DeltaTarget(_Named):
    """Delta Lake tables."""

    tables: tuple[str, ...]
    """S3 paths of tables."""
    connection: str | None = None
    write_manifest: bool | None = None
    create_native_table: bool | None = None


@dataclass(frozen=True)
class IcebergTarget(_Named):
    """Apache Iceberg tables under S3 paths."""

    paths: tuple[str, ...]
    connection: str | None = None
    exclusions: tuple[str, ...] = ()
    maximum_traversal_depth: int | None = None
    """Levels of folders searched for a metadata folder, 1 to 20; None: 10."""


@dataclass(frozen=True)
class HudiTarget(_Named):
    """Apache Hudi tables under S3 paths."""

    paths: tuple[str, ...]
    connection: str | None = None
    exclusions: tuple[str, ...] = ()
    maximum_traversal_depth: int | None = None
    """Levels of folders searched for a metadata folder, 1 to 20; None: 10."""


Target = Union[
    S3Target, JdbcTarget, MongoDBTarget, DynamoDBTarget, CatalogTarget, DeltaTarget, IcebergTarget, HudiTarget
]
