"""Folders to tables and partitions.

AWS documents the outline: "When the majority of schemas at a folder level are similar, the crawler creates partitions
of a table instead of separate tables" (https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-folder-table-partition.html),
for data of the same format, compression and structure of the path, where more than 70% of the schemas are similar
and not more than five differ (https://repost.aws/knowledge-center/glue-crawler-detect-schema).
What it leaves open is decided here:

- A folder's files, then the folders of a folder, are compared from the leaves up; each folder has one vote.
- The table's root is the highest folder all of whose folders agree: include path `lake/` with one folder `orders/`
  is a table `lake` with a partition `orders`, as crawlers make it (observed).
- Where they do not agree, each folder is looked at for itself. Where the files of a folder do not agree, or lie beside
  folders, each file is a table of its own: as in the log of
  https://repost.aws/knowledge-center/glue-crawler-multiple-tables.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gluedsl.local.crawl.columns import are_similar, joined_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gluedsl.local.crawl.columns import Column
    from gluedsl.local.crawl.infer import Dialect, Inferred
    from gluedsl.local.crawl.objects import S3Object

_MAJORITY = 0.7
_MOST_SCHEMAS = 5
_HIVE = re.compile(r"([^=]+)=(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An object that belongs to some table."""

    object: S3Object
    inferred: Inferred | None
    """None where only a sample of a folder's files was read and this one was not in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """The files of one folder (or one file), and the partition they make."""

    values: tuple[str, ...]
    prefix: str
    """Key of the folder with its slash, or of the file."""
    files: tuple[File, ...]
    columns: tuple[Column, ...]
    dialect: Dialect


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """A table of the data, as it has no name yet."""

    bucket: str
    prefix: str
    keys: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    columns: tuple[Column, ...]
    dialect: Dialect

    @property
    def location(self) -> str:
        """Where the table lies."""
        return f"s3://{self.bucket}/{self.prefix}"

    @property
    def files(self) -> tuple[File, ...]:
        """All its files."""
        return tuple(file for leaf in self.leaves for file in leaf.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All tables under one include path."""

    tables: tuple[FoundTable, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """How a crawler was asked to group."""

    combine_schemas: bool = False
    """Ignore how similar schemas are; format, compression and structure still count."""
    table_level: int | None = None
    """Where tables lie, counted from the bucket, which is level 1."""
    not_roots: frozenset[str] = frozenset()
    """Prefixes of folders that are no tables because tables lie below them."""


@dataclass(slots=True)
class _Folder:
    prefix: str
    files: list[File] = field(default_factory=list)
    folders: dict[str, _Folder] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    """A folder whose content can be one table, or a partition of one further up."""

    prefix: str
    keys: tuple[str | None, ...]
    """Of each level of folders below: the key of `key=value`, None for plain names."""
    leaves: tuple[Leaf, ...]
    columns: tuple[Column, ...]
    dialect: Dialect


def lay_out(bucket: str, root: str, files: Iterable[File], grouping: Grouping) -> Layout:
    """Return the tables that files under the prefix `root` make."""
    tree = _Folder(root)
    for file in files:
        folder = tree
        *parents, _ = file.object.key.removeprefix(root).split("/")
        for name in parents:
            folder = folder.folders.setdefault(name, _Folder(f"{folder.prefix}{name}/"))
        folder.files.append(file)
    survey = _Survey(bucket, grouping)
    survey.close(survey.visit(tree))
    return Layout(tables=tuple(sorted(survey.tables, key=lambda table: table.prefix)), warnings=tuple(survey.warnings))


def single_file(bucket: str, file: File) -> Layout:
    """Return the table of an include path that names an object."""
    survey = _Survey(bucket, Grouping())
    survey.file_table(file)
    return Layout(tables=tuple(survey.tables), warnings=())


def folder_leaf(prefix: str, values: tuple[str, ...], files: Sequence[File], *, combine_schemas: bool) -> Leaf | None:
    """Return the partition that files of one folder make; None if they are not alike."""
    read = [file.inferred for file in files if file.inferred is not None]
    if len({inferred.dialect for inferred in read}) != 1:
        return None
    if not combine_schemas and not _mostly_similar([inferred.columns for inferred in read]):
        return None
    columns = joined_columns(inferred.columns for inferred in read)
    return Leaf(values=values, prefix=prefix, files=tuple(files), columns=columns, dialect=read[0].dialect)


def path_values(relative: str) -> tuple[tuple[str | None, str], ...]:
    """Return key (None: a plain name) and value of each folder of a relative prefix."""
    return tuple(_key_and_value(name) for name in relative.split("/")[:-1])


def key_names(keys: Sequence[str | None]) -> tuple[str, ...]:
    """Return the names of partition keys: those of `key=value`, `partition_0` and so on for plain folders."""
    return tuple(
        f"partition_{at}" if key is None else re.sub(r"[^a-z0-9_]", "_", key.lower()) for at, key in enumerate(keys)
    )


class _Survey:
    def __init__(self, bucket: str, grouping: Grouping) -> None:
        self.tables: list[FoundTable] = []
        self.warnings: list[str] = []
        self._bucket = bucket
        self._grouping = grouping

    def visit(self, folder: _Folder) -> _Unit | None:
        """Return the folder as a unit; None if it is not one: its tables are then kept."""
        level = 1 + folder.prefix.count("/")
        above = folder.prefix in self._grouping.not_roots
        if self._grouping.table_level is not None and level < self._grouping.table_level:
            above = True
            if folder.files:
                self._warn_above(folder)
                folder.files.clear()
        forced = level == self._grouping.table_level
        units = [self.visit(child) for _, child in sorted(folder.folders.items())]
        if not folder.folders:
            return self._unit_of_files(folder, above=above, forced=forced)
        whole = [unit for unit in units if unit is not None]
        if not above and not folder.files and len(whole) == len(units):
            unit = self._unit_of_units(folder, whole, forced=forced)
            if unit is not None:
                return unit
        if forced:
            self.warnings.append(
                f"{self._uri(folder)}: no one table at level {level}, as its folders differ in format or structure."
            )
        for unit in whole:
            self.close(unit)
        self._tables_of_files(folder, "lie beside folders")
        return None

    def _unit_of_files(self, folder: _Folder, *, above: bool, forced: bool) -> _Unit | None:
        if not folder.files:
            return None
        combine = self._grouping.combine_schemas or forced
        leaf = None if above else folder_leaf(folder.prefix, (), folder.files, combine_schemas=combine)
        if leaf is not None:
            return _Unit(prefix=folder.prefix, keys=(), leaves=(leaf,), columns=leaf.columns, dialect=leaf.dialect)
        self._tables_of_files(folder, "lie beside folders" if above else "differ in format or schema")
        return None

    def _tables_of_files(self, folder: _Folder, why: str) -> None:
        if folder.files:
            self.warnings.append(
                f"{self._uri(folder)}: its files {why}, so that each is a table of its own. "
                "Athena finds no rows in a table whose location is a file."
            )
        for file in folder.files:
            self.file_table(file)

    def _uri(self, folder: _Folder) -> str:
        return f"s3://{self._bucket}/{folder.prefix}"

    def _unit_of_units(self, folder: _Folder, units: Sequence[_Unit], *, forced: bool) -> _Unit | None:
        names = [_key_and_value(unit.prefix.removeprefix(folder.prefix).rstrip("/")) for unit in units]
        if len({(key, unit.keys, unit.dialect) for (key, _), unit in zip(names, units, strict=True)}) != 1:
            return None
        combine = self._grouping.combine_schemas or forced
        if not combine and not _mostly_similar([unit.columns for unit in units]):
            return None
        return _Unit(
            prefix=folder.prefix,
            keys=(names[0][0], *units[0].keys),
            leaves=tuple(
                Leaf(
                    values=(value, *leaf.values),
                    prefix=leaf.prefix,
                    files=leaf.files,
                    columns=leaf.columns,
                    dialect=leaf.dialect,
                )
                for (_, value), unit in zip(names, units, strict=True)
                for leaf in unit.leaves
            ),
            columns=joined_columns(unit.columns for unit in units),
            dialect=units[0].dialect,
        )

    def close(self, unit: _Unit | None) -> None:
        """Make a table of a unit."""
        if unit is None:
            return
        self.tables.append(
            FoundTable(
                bucket=self._bucket,
                prefix=unit.prefix,
                keys=key_names(unit.keys),
                leaves=unit.leaves,
                columns=unit.columns,
                dialect=unit.dialect,
            )
        )

    def file_table(self, file: File) -> None:
        """Make a table of one file; of a file that was not read there is none."""
        leaf = folder_leaf(file.object.key, (), [file], combine_schemas=True)
        if leaf is not None:
            self.close(_Unit(prefix=leaf.prefix, keys=(), leaves=(leaf,), columns=leaf.columns, dialect=leaf.dialect))

    def _warn_above(self, folder: _Folder) -> None:
        self.warnings.append(
            f"{self._uri(folder)}: {len(folder.files)} objects lie above table level "
            f"{self._grouping.table_level} and were left out."
        )


def _mostly_similar(schemas: Sequence[tuple[Column, ...]]) -> bool:
    """Tell whether more than 70% of the schemas are similar, and not more than five kinds differ."""
    counted: dict[tuple[str, ...], int] = defaultdict(int)
    for schema in schemas:
        counted[tuple(column.name for column in schema)] += 1
    clusters: list[tuple[tuple[str, ...], int]] = []
    for names, count in counted.items():
        at = next((i for i, (first, _) in enumerate(clusters) if are_similar(first, names)), None)
        if at is None:
            clusters.append((names, count))
        else:
            clusters[at] = (clusters[at][0], clusters[at][1] + count)
    largest = max(count for _, count in clusters)
    return len(clusters) <= _MOST_SCHEMAS and largest / len(schemas) > _MAJORITY


def _key_and_value(name: str) -> tuple[str | None, str]:
    # Values stay as the path spells them, `%3A` and all: AWS is silent.
    hive = _HIVE.fullmatch(name)
    return (hive[1], hive[2]) if hive else (None, name)
