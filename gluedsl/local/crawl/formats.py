"""Tables and partitions in the words of the Data Catalog, as AWS's crawlers write them.

Comes in: what was found. Goes out: `TableInput` and `PartitionInput` for the API.

Parameters, SerDes and formats are those of real tables: `GetTables` answers recorded in the tests of DataHub
(acryldata/datahub) and piicatcher (tokern/piicatcher), `SHOW CREATE TABLE` of crawled tables in public repositories.
The same parameters stand on the table and on its storage descriptor. `areColumnsQuoted` is false even where cells are
quoted (observed: New York's taxi zones), and LazySimpleSerDe then shows the quotes:
https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html#classifier-builtin-rules.
AWS's counts of records and their average size are estimates by a rule it does not publish: ours are exact where
a file was read to its end.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gluedsl.local.crawl.columns import type_text
from gluedsl.local.crawl.infer import Dialect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from gluedsl.local.crawl.columns import Column
    from gluedsl.local.crawl.infer import Classification, Compression
    from gluedsl.local.crawl.layout import File, FoundTable, Leaf

CRAWL_RUN_ID = "CRAWL_RUN_ID"
DEPRECATED = "DEPRECATED_BY_CRAWLER"
UPDATED = "UPDATED_BY_CRAWLER"
PARTITION_INDEX = "partition_filtering.enabled"

_TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat"
_CLASSIFICATIONS: Mapping[str, Classification] = {"csv": "csv", "json": "json", "parquet": "parquet"}
_COMPRESSIONS: Mapping[str, Compression] = {"gzip": "gzip", "bzip2": "bzip2"}
_TEXT_OUTPUT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who writes, when, and with which exclusions."""

    crawler: str
    crawl_id: str
    now: datetime
    exclusions: tuple[str, ...] = ()
    """Of the target, each with its include path in front."""
    partition_index: bool = True


def table_input(name: str, table: FoundTable, writer: Writer) -> dict[str, Any]:
    """Return the `TableInput` of a new table."""
    parameters = _parameters(table.dialect, table.files, writer)
    keys = [{"Name": key, "Type": "string"} for key in table.keys]
    return {
        "Name": name,
        "Owner": "owner",
        "LastAccessTime": writer.now,
        "Retention": 0,
        "StorageDescriptor": _storage(table.location, table.columns, table.dialect, table.files, parameters),
        "PartitionKeys": keys,
        "TableType": "EXTERNAL_TABLE",
        # Glue sets this when it makes the index that a crawler asks for: observed on crawled tables with partitions.
        "Parameters": parameters | ({PARTITION_INDEX: "true"} if keys and writer.partition_index else {}),
    }


def partition_input(
    table: FoundTable, leaf: Leaf, writer: Writer, *, inherits: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return the `PartitionInput` of a folder.

    With `InheritFromTable` partitions take "classification, input format, output format, SerDe information, and
    schema" from their table (https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html): from `inherits`,
    its storage descriptor.
    """
    parameters = _parameters(leaf.dialect, leaf.files, writer)
    storage = _storage(f"s3://{table.bucket}/{leaf.prefix}", leaf.columns, leaf.dialect, leaf.files, parameters)
    if inherits is not None:
        taken = ("Columns", "InputFormat", "OutputFormat", "Compressed", "SerdeInfo")
        storage |= {member: inherits[member] for member in taken if member in inherits}
    return {
        "Values": list(leaf.values),
        "LastAccessTime": writer.now,
        "StorageDescriptor": storage,
        "Parameters": parameters,
    }


def dialect_of(parameters: Mapping[str, str]) -> Dialect:
    """Return the dialect that a crawled table's parameters name."""
    return Dialect(
        classification=_CLASSIFICATIONS.get(parameters.get("classification", ""), "UNKNOWN"),
        compression=_COMPRESSIONS.get(parameters.get("compressionType", ""), "none"),
        delimiter=parameters.get("delimiter"),
        header="skip.header.line.count" in parameters,
    )


def column_inputs(columns: Iterable[Column]) -> list[dict[str, str]]:
    """Return columns as the API has them."""
    return [{"Name": column.name, "Type": type_text(column.type)} for column in columns]


def _storage(
    location: str, columns: Iterable[Column], dialect: Dialect, files: Sequence[File], parameters: dict[str, str]
) -> dict[str, Any]:
    return {
        "Columns": column_inputs(columns),
        "Location": location,
        **_serde(dialect, files),
        "Compressed": dialect.compression != "none",
        "NumberOfBuckets": -1,
        "BucketColumns": [],
        "SortColumns": [],
        "Parameters": parameters,
        "StoredAsSubDirectories": False,
    }


def _serde(dialect: Dialect, files: Iterable[File]) -> dict[str, Any]:
    match dialect.classification:
        case "csv":
            library, parameters = (
                "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
                {"field.delim": dialect.delimiter or ","},
            )
        case "json":
            paths = {path for file in files if file.inferred is not None for path in file.inferred.paths}
            library, parameters = "org.openx.data.jsonserde.JsonSerDe", {"paths": ",".join(sorted(paths))}
        case "parquet":
            return {
                "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                "OutputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
                "SerdeInfo": {
                    "SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                    "Parameters": {"serialization.format": "1"},
                },
            }
        case "UNKNOWN":
            # A table without formats, as crawlers write it for stores that have none (observed for JDBC).
            return {"SerdeInfo": {"Parameters": {}}}
    return {
        "InputFormat": _TEXT_INPUT,
        "OutputFormat": _TEXT_OUTPUT,
        "SerdeInfo": {"SerializationLibrary": library, "Parameters": parameters},
    }


def _parameters(dialect: Dialect, files: Sequence[File], writer: Writer) -> dict[str, str]:
    parameters = {
        CRAWL_RUN_ID: writer.crawl_id,
        "CrawlerSchemaDeserializerVersion": "1.0",
        "CrawlerSchemaSerializerVersion": "1.0",
        UPDATED: writer.crawler,
        "classification": dialect.classification,
        "compressionType": dialect.compression,
        "typeOfData": "file",
        **_counts(files),
    }
    if dialect.classification == "csv":
        parameters |= {
            "areColumnsQuoted": "false",
            "columnsOrdered": "true",
            "delimiter": dialect.delimiter or ",",
        }
        if dialect.header:
            parameters["skip.header.line.count"] = "1"
    if writer.exclusions:
        parameters["exclusions"] = json.dumps(writer.exclusions, separators=(",", ":"))
    return parameters


def _counts(files: Sequence[File]) -> dict[str, str]:
    read = [(file.object.size, file.inferred) for file in files if file.inferred is not None]
    size = sum(file.object.size for file in files)
    counts = {"objectCount": str(len(files)), "sizeKey": str(size)}
    records = sum(inferred.records for _, inferred in read)
    sampled = sum(inferred.sampled_records for _, inferred in read)
    if sampled:
        # Files that were not read count by their size.
        total = records * size // max(sum(size for size, _ in read), 1) if len(read) < len(files) else records
        average = sum(inferred.sampled_bytes for _, inferred in read) // sampled
        counts |= {"recordCount": str(total), "averageRecordSize": str(average)}
    return counts
