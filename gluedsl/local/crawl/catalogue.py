"""Writes tables and partitions to one database of the Data Catalog, by the crawler's policies.

Comes in: tables found in the data, an ordinary boto3 Glue client. Goes out: calls, and what they did in the journal.
Policies: https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html. "New tables and partitions are always
created regardless of the schema change policy."
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, cast

from gluedsl.local.crawl.failure import CrawlError
from gluedsl.local.crawl.formats import (
    CRAWL_RUN_ID,
    DEPRECATED,
    UPDATED,
    column_inputs,
    dialect_of,
    partition_input,
    table_input,
)
from gluedsl.local.crawl.layout import key_names, path_values
from gluedsl.local.crawl.names import same_place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mypy_boto3_glue import GlueClient

    from gluedsl.local.crawl.definition import CrawlPlan
    from gluedsl.local.crawl.formats import Writer
    from gluedsl.local.crawl.layout import FoundTable, Leaf
    from gluedsl.local.crawl.result import Journal

_T = TypeVar("_T")
Entry = dict[str, Any]
"""A table or a partition, as the API gives and takes it."""

_INPUT = (
    "Name",
    "Description",
    "Owner",
    "LastAccessTime",
    "LastAnalyzedTime",
    "Retention",
    "StorageDescriptor",
    "PartitionKeys",
    "ViewOriginalText",
    "ViewExpandedText",
    "TableType",
    "Parameters",
    "TargetTable",
    "Values",
)
"""Members of `TableInput` and `PartitionInput`: what may be sent back of a `Table` or `Partition`."""
_INHERITED = ("Columns", "InputFormat", "OutputFormat", "Compressed", "SerdeInfo")
_MOST_CREATED = 100
_MOST_DELETED = 25


@dataclass(slots=True, kw_only=True)
class Catalogue:
    """One database."""

    glue: GlueClient
    database: str
    plan: CrawlPlan
    now: datetime
    journal: Journal
    tables: dict[str, Entry] = field(default_factory=dict)
    """By name, as they were when the crawl began, and as it left them."""

    def read(self) -> None:
        """Read the database's tables; a database that does not exist has none."""
        try:
            for page in self.glue.get_paginator("get_tables").paginate(DatabaseName=self.database):
                self.tables |= {table["Name"]: cast("Entry", table) for table in page["TableList"]}
        except self.glue.exceptions.EntityNotFoundException:
            self.tables = {}

    def create_database(self) -> None:
        """Create the database if it does not exist.

        The crawler does that: "the name to give the database that is created by the crawler", in AWS's own examples
        (https://docs.aws.amazon.com/code-library/latest/ug/python_3_glue_code_examples.html).
        """
        try:
            self.glue.get_database(Name=self.database)
        except self.glue.exceptions.EntityNotFoundException:
            self.glue.create_database(DatabaseInput={"Name": self.database})
            self.journal.info(f"Created database {self.database}")

    def locations(self) -> dict[str, str]:
        """Return where each table lies."""
        return {name: location_of(table) for name, table in self.tables.items()}

    def own(self) -> dict[str, Entry]:
        """Return the tables that this crawler wrote last."""
        return {
            name: table
            for name, table in self.tables.items()
            if table.get("Parameters", {}).get(UPDATED) == self.plan.crawler
        }

    def put(self, name: str, found: FoundTable, writer: Writer) -> None:
        """Create the table or bring it up to date, and its partitions."""
        wanted = table_input(name, found, writer)
        table = self.tables.get(name)
        if table is None:
            self.glue.create_table(DatabaseName=self.database, TableInput=cast("Any", wanted))
            self.journal.created.append(name)
            self.journal.info(f"Created table {name} in database {self.database}")
            self.tables[name] = wanted
            self._create_partitions(name, found, found.leaves, writer)
            return
        keys = [key["Name"] for key in table.get("PartitionKeys", [])]
        partitions = self.partitions(name) if keys else {}
        if keys == list(found.keys):
            wanted["PartitionKeys"] = table.get("PartitionKeys", [])
        elif self.plan.update == "UPDATE_IN_DATABASE":
            self._delete_partitions(name, list(partitions))
            partitions = {}
        else:
            for leaf in found.leaves:
                self.skip_folder(found.bucket, leaf.prefix)
            self.journal.unchanged.append(name)
            return
        self._update(name, table, wanted)
        self._put_partitions(name, found, partitions, writer)

    def add_partitions(self, name: str, found: FoundTable, writer: Writer) -> None:
        """Add the leaves of what was found to a table that is there.

        The table itself stays as it is, but for columns that `MergeNewColumns` adds to it.
        """
        if self.plan.update == "MERGE_NEW_COLUMNS":
            table = self.tables[name]
            wider = _with_new_columns(table, column_inputs(found.columns))
            if wider != _sendable(table):
                self._send(name, wider)
                self.journal.updated.append(name)
                self.journal.info(f"Updated table {name} in database {self.database}")
        self._create_partitions(name, found, found.leaves, writer)

    def partitions(self, name: str) -> dict[tuple[str, ...], Entry]:
        """Return a table's partitions by their values."""
        pages = self.glue.get_paginator("get_partitions").paginate(DatabaseName=self.database, TableName=name)
        return {tuple(p["Values"]): cast("Entry", p) for page in pages for p in page["Partitions"]}

    def skip_folder(self, bucket: str, prefix: str) -> None:
        """Log a folder whose structure is not the table's."""
        # https://repost.aws/knowledge-center/glue-crawler-not-adding-new-partitions
        self.journal.warn(f"Folder partition keys do not match table partition keys, skipped folder: {bucket}/{prefix}")

    def miss(self, names: Iterable[str]) -> None:
        """Do what the crawler's policy says of tables whose data is gone."""
        for name in names:
            match self.plan.delete:
                case "DELETE_FROM_DATABASE":
                    self.glue.delete_table(DatabaseName=self.database, Name=name)
                    self.journal.deleted.append(name)
                    self.journal.info(
                        f"Table {name} is deleted because a matching schema was not found at the table's location."
                    )
                case "DEPRECATE_IN_DATABASE":
                    if self._deprecate(self.tables[name]):
                        # Observed in logs of crawlers that users published.
                        self.journal.info(
                            f"Table {name} is marked deprecated because a matching schema was not found at the "
                            "table's location."
                        )
                case "LOG":
                    self.journal.info(f"Found table {name} with no matching schema at the table's location.")

    def _update(self, name: str, table: Entry, wanted: Entry) -> None:
        match self.plan.update:
            case "LOG":
                if _columns(table) != _columns(wanted):
                    self.journal.info(f"Table {name} has another schema than its data; it stays as it is.")
                changed = table
            case "UPDATE_IN_DATABASE":
                # "Remove any metadata that is not set by the crawler."
                changed = wanted
            case "MERGE_NEW_COLUMNS":
                if _attributes(table) != _attributes(wanted):
                    # "If an Amazon S3 table attribute changes significantly, mark the table as deprecated, and log
                    # a warning that an incompatible attribute needs to be resolved."
                    self._deprecate(table)
                    self.journal.warn(
                        f"Table {name} is marked deprecated: classification, compression or delimiter of its data "
                        "changed and needs to be resolved."
                    )
                    return
                changed = _with_parameters(_with_new_columns(table, _columns(wanted)), wanted)
        if _comparable(changed) == _comparable(table):
            self.journal.unchanged.append(name)
            return
        self._send(name, changed)
        self.journal.updated.append(name)
        self.journal.info(f"Updated table {name} in database {self.database}")

    def _deprecate(self, table: Entry) -> bool:
        if DEPRECATED in table.get("Parameters", {}):
            self.journal.unchanged.append(table["Name"])
            return False
        mark = {DEPRECATED: str(int(self.now.timestamp() * 1000))}
        changed = _sendable(table)
        changed["Parameters"] = changed.get("Parameters", {}) | mark
        storage = changed.get("StorageDescriptor", {})
        changed["StorageDescriptor"] = storage | {"Parameters": storage.get("Parameters", {}) | mark}
        self._send(table["Name"], changed)
        self.journal.deprecated.append(table["Name"])
        return True

    def _send(self, name: str, changed: Entry) -> None:
        self.glue.update_table(DatabaseName=self.database, TableInput=cast("Any", changed))
        self.tables[name] = changed

    def _put_partitions(
        self, name: str, found: FoundTable, existing: Mapping[tuple[str, ...], Entry], writer: Writer
    ) -> None:
        if not found.keys:
            return
        self._create_partitions(name, found, [leaf for leaf in found.leaves if leaf.values not in existing], writer)
        changed = []
        for leaf in found.leaves:
            if leaf.values in existing:
                partition = existing[leaf.values]
                wanted = self._updated_partition(partition, self._partition(name, found, leaf, writer))
                if _comparable(wanted) != _comparable(partition):
                    changed.append(wanted)
        for batch in _batches(changed, _MOST_CREATED):
            entries = [{"PartitionValueList": entry["Values"], "PartitionInput": entry} for entry in batch]
            answer = self.glue.batch_update_partition(
                DatabaseName=self.database, TableName=name, Entries=cast("Any", entries)
            )
            self._check(name, answer.get("Errors", []))
        self.journal.partitions_updated += len(changed)
        self._miss_partitions(name, existing, {leaf.values for leaf in found.leaves})

    def _updated_partition(self, partition: Entry, wanted: Entry) -> Entry:
        if self.plan.update == "UPDATE_IN_DATABASE":
            return wanted
        changed = _sendable(partition)
        if self.plan.inherit_from_table:
            # "Any changes to these properties in a table are propagated to its partitions."
            taken = {m: wanted["StorageDescriptor"][m] for m in _INHERITED if m in wanted["StorageDescriptor"]}
            changed["StorageDescriptor"] = changed["StorageDescriptor"] | taken
        elif self.plan.update == "MERGE_NEW_COLUMNS":
            changed = _with_parameters(_with_new_columns(partition, _columns(wanted)), wanted)
        return changed

    def _miss_partitions(
        self, name: str, existing: Mapping[tuple[str, ...], Entry], found: Collection[tuple[str, ...]]
    ) -> None:
        missing = [values for values in existing if values not in found]
        if self.plan.delete == "DELETE_FROM_DATABASE":
            self._delete_partitions(name, missing)
            return
        for values in missing:
            # Observed in logs of crawlers that users published. Partitions are not marked: only tables are.
            self.journal.info(
                f"Found partition of table {name} with partition values [{', '.join(values)}] with no matching schema "
                "at the partition's S3 location"
            )

    def _create_partitions(self, name: str, found: FoundTable, leaves: Sequence[Leaf], writer: Writer) -> None:
        if not found.keys:
            return
        for batch in _batches((self._partition(name, found, leaf, writer) for leaf in leaves), _MOST_CREATED):
            answer = self.glue.batch_create_partition(
                DatabaseName=self.database, TableName=name, PartitionInputList=cast("Any", batch)
            )
            self._check(name, answer.get("Errors", []))
        self.journal.partitions_created += len(leaves)

    def _partition(self, name: str, found: FoundTable, leaf: Leaf, writer: Writer) -> Entry:
        inherits = self.tables[name]["StorageDescriptor"] if self.plan.inherit_from_table else None
        return partition_input(found, leaf, writer, inherits=inherits)

    def _delete_partitions(self, name: str, values: Sequence[tuple[str, ...]]) -> None:
        for batch in _batches(values, _MOST_DELETED):
            answer = self.glue.batch_delete_partition(
                DatabaseName=self.database,
                TableName=name,
                PartitionsToDelete=[{"Values": list(one)} for one in batch],
            )
            self._check(name, answer.get("Errors", []))
        self.journal.partitions_deleted += len(values)

    def _check(self, name: str, errors: Sequence[Any]) -> None:
        for error in errors:
            detail = error.get("ErrorDetail", {})
            values = ", ".join(error.get("PartitionValues") or error.get("PartitionValueList") or ())
            message = f"Partition [{values}] of table {name}: {detail.get('ErrorMessage') or detail.get('ErrorCode')}"
            raise CrawlError(message)


def location_of(entry: Mapping[str, Any]) -> str:
    """Return where a table or a partition lies."""
    location: str = entry.get("StorageDescriptor", {}).get("Location", "")
    return location


def table_at(tables: Mapping[str, Entry], uri: str) -> str | None:
    """Return the name of the table that lies deepest at or above a folder."""
    holding = [
        (len(location), name)
        for name, table in tables.items()
        if (location := location_of(table).rstrip("/") + "/") and uri.startswith(location)
    ]
    return max(holding)[1] if holding else None


def values_below(table: Mapping[str, Any], uri: str) -> tuple[str, ...] | None:
    """Return the partition values of a folder below a table; None: its keys are not the table's."""
    levels = path_values(uri.removeprefix(location_of(table).rstrip("/") + "/"))
    if key_names([key for key, _ in levels]) != tuple(key["Name"] for key in table.get("PartitionKeys", [])):
        return None
    return tuple(value for _, value in levels)


def lies_in(entry: Mapping[str, Any], uri: str) -> bool:
    """Tell whether a table lies at or below a path."""
    location = location_of(entry)
    return same_place(location, uri) or location.startswith(uri.rstrip("/") + "/")


def _batches(members: Iterable[_T], size: int) -> Iterator[list[_T]]:
    remaining = iter(members)
    while batch := list(islice(remaining, size)):
        yield batch


def _sendable(entry: Entry) -> Entry:
    return {member: entry[member] for member in _INPUT if member in entry}


def _columns(entry: Entry) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = entry.get("StorageDescriptor", {}).get("Columns", [])
    return columns


def _attributes(entry: Entry) -> tuple[str, str, str | None]:
    dialect = dialect_of(entry.get("Parameters", {}))
    return dialect.classification, dialect.compression, dialect.delimiter


def _with_new_columns(entry: Entry, columns: Sequence[Mapping[str, Any]]) -> Entry:
    changed = _sendable(entry)
    have = {column["Name"] for column in _columns(entry)}
    new = [column for column in columns if column["Name"] not in have]
    changed["StorageDescriptor"] = changed.get("StorageDescriptor", {}) | {"Columns": [*_columns(entry), *new]}
    return changed


def _with_parameters(entry: Entry, wanted: Entry) -> Entry:
    """Return an entry with the crawler's own parameters brought up to date."""
    storage = entry["StorageDescriptor"]
    parameters = storage.get("Parameters", {}) | wanted["StorageDescriptor"]["Parameters"]
    return entry | {
        "StorageDescriptor": storage | {"Parameters": parameters},
        "Parameters": entry.get("Parameters", {}) | wanted["Parameters"],
    }


def _comparable(entry: Entry) -> Entry:
    """Return an entry without what differs from crawl to crawl."""
    compared = _sendable(entry)
    compared.pop("LastAccessTime", None)
    compared["Parameters"] = _lasting(compared.get("Parameters", {}))
    storage = compared.get("StorageDescriptor", {})
    compared["StorageDescriptor"] = storage | {"Parameters": _lasting(storage.get("Parameters", {}))}
    return compared


def _lasting(parameters: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in parameters.items() if name != CRAWL_RUN_ID}
