"""`CRAWL_NEW_FOLDERS_ONLY`: which folders are new, and where they belong.

https://docs.aws.amazon.com/glue/latest/dg/incremental-crawls.html

Comes in: the objects under an include path, the tables that this crawler wrote. Goes out: new partitions of those
tables, and the objects that lie outside of them. What an earlier crawl saw is what the catalogue names: folders that
are a table's or a partition's location. Their objects are not read again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.local.crawl.catalogue import location_of, table_at, values_below
from gluedsl.local.crawl.columns import are_similar, joined_columns
from gluedsl.local.crawl.formats import dialect_of
from gluedsl.local.crawl.layout import FoundTable, folder_leaf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gluedsl.local.crawl.catalogue import Catalogue, Entry
    from gluedsl.local.crawl.definition import S3Place
    from gluedsl.local.crawl.layout import Leaf
    from gluedsl.local.crawl.objects import S3Object
    from gluedsl.local.crawl.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFolders:
    """What is new under an include path."""

    partitions: tuple[tuple[str, FoundTable], ...]
    """By the name of the table that gets them; they are the leaves of the `FoundTable`."""
    elsewhere: tuple[S3Object, ...]
    """Objects outside of all known tables."""


def new_folders(
    objects: Sequence[S3Object], place: S3Place, known: Mapping[str, Entry], catalogue: Catalogue, reading: Reading
) -> NewFolders:
    """Return what no table and no partition of this crawler names yet."""
    named = {location_of(table).rstrip("/") for table in known.values() if not table.get("PartitionKeys")}
    for name, table in known.items():
        if table.get("PartitionKeys"):
            named |= {location_of(partition).rstrip("/") for partition in catalogue.partitions(name).values()}
    elsewhere: list[S3Object] = []
    inside: dict[tuple[str, str], list[S3Object]] = defaultdict(list)
    for member in objects:
        folder = member.uri.rpartition("/")[0]
        if folder in named or member.uri in named:
            continue
        holder = table_at(known, f"{folder}/")
        if holder is None:
            elsewhere.append(member)
        else:
            inside[holder, f"{folder}/"].append(member)
    leaves: dict[str, list[Leaf]] = defaultdict(list)
    for (name, uri), members in inside.items():
        if leaf := _new_leaf(uri, members, place, table=known[name], catalogue=catalogue, reading=reading):
            leaves[name].append(leaf)
    return NewFolders(
        partitions=tuple((name, _as_table(known[name], place, new)) for name, new in leaves.items()),
        elsewhere=tuple(elsewhere),
    )


def _new_leaf(
    uri: str, members: Sequence[S3Object], place: S3Place, *, table: Entry, catalogue: Catalogue, reading: Reading
) -> Leaf | None:
    prefix = uri.removeprefix(f"s3://{place.bucket}/")
    values = values_below(table, uri)
    if not values:
        catalogue.skip_folder(place.bucket, prefix)
        return None
    combine = catalogue.plan.combine_schemas
    leaf = folder_leaf(prefix, values, reading.files(members, place), combine_schemas=combine)
    names = [column["Name"] for column in table["StorageDescriptor"]["Columns"]]
    if (
        leaf is None
        or leaf.dialect != dialect_of(table.get("Parameters", {}))
        or not (combine or are_similar(names, (column.name for column in leaf.columns)))
    ):
        # "If an incremental crawl discovers objects with schemas that are different enough from the schema recorded
        # in the Data Catalog ..., the crawler ignores the objects and records the event."
        reading.journal.warn(
            f"Folder schema does not match the schema of table {table['Name']}, skipped folder: {place.bucket}/{prefix}"
        )
        return None
    return leaf


def _as_table(table: Entry, place: S3Place, leaves: Sequence[Leaf]) -> FoundTable:
    return FoundTable(
        bucket=place.bucket,
        prefix=location_of(table).removeprefix(f"s3://{place.bucket}/"),
        keys=tuple(key["Name"] for key in table["PartitionKeys"]),
        leaves=tuple(leaves),
        columns=joined_columns(leaf.columns for leaf in leaves),
        dialect=leaves[0].dialect,
    )
