"""What a crawl is asked to do: a crawler's definition, read once.

Comes in: a crawler in the shape of `CreateCrawler` or `GetCrawler`. Goes out: a `CrawlPlan`,
or a `CrawlError` for what the local crawler does not do: nothing that was asked for is left out silently.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from gluedsl.local.crawl.failure import CrawlError
from gluedsl.local.crawl.patterns import compiled

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

UpdateBehavior = Literal["UPDATE_IN_DATABASE", "MERGE_NEW_COLUMNS", "LOG"]
DeleteBehavior = Literal["DELETE_FROM_DATABASE", "DEPRECATE_IN_DATABASE", "LOG"]

_READ_HERE = ("S3Targets", "CatalogTargets")
_SCHEMES = ("s3://", "s3a://", "s3n://")


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Place:
    """An include path of a crawler."""

    bucket: str
    key: str
    """Without a slash at its end; empty: the whole bucket."""
    folder_only: bool
    """Whether the path ends in a slash, so that it cannot be a single object."""
    exclusions: tuple[str, ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()
    sample_size: int | None = None

    @property
    def prefix(self) -> str:
        """What the keys of its objects start with."""
        return f"{self.key}/" if self.key else ""

    @property
    def uri(self) -> str:
        """The path as a folder."""
        return f"s3://{self.bucket}/{self.prefix}"

    def excludes(self, relative: str) -> bool:
        """Tell whether a pattern excludes a key, given relative to this path."""
        return any(pattern.fullmatch(relative) for pattern in self.patterns)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogTables:
    """Tables of the catalogue whose data is to be crawled."""

    database: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPlan:
    """A crawler's definition."""

    crawler: str
    database: str
    table_prefix: str
    s3: tuple[S3Place, ...]
    catalog: tuple[CatalogTables, ...]
    update: UpdateBehavior
    delete: DeleteBehavior
    policy_text: str
    """The SchemaChangePolicy as the crawl's log shows it."""
    new_folders_only: bool
    combine_schemas: bool
    """Grouping.TableGroupingPolicy is CombineCompatibleSchemas."""
    table_level: int | None
    table_threshold: int | None
    inherit_from_table: bool
    """Partitions take their schema from their table."""
    partition_index: bool


def read_definition(definition: Mapping[str, Any]) -> CrawlPlan:
    """Return what a crawler's definition asks for."""
    s3, catalog = _targets(definition.get("Targets") or {})
    if definition.get("Classifiers"):
        names = ", ".join(definition["Classifiers"])
        message = f"Custom classifiers ({names}) are not read by the local crawler: it has AWS's built-in rules only."
        raise CrawlError(message)
    recrawl = (definition.get("RecrawlPolicy") or {}).get("RecrawlBehavior", "CRAWL_EVERYTHING")
    if recrawl == "CRAWL_EVENT_MODE":
        message = (
            "CRAWL_EVENT_MODE needs S3 events through SQS: the local crawler knows CRAWL_EVERYTHING and "
            "CRAWL_NEW_FOLDERS_ONLY."
        )
        raise CrawlError(message)
    options = _Options(definition.get("Configuration"))
    new_folders_only = recrawl == "CRAWL_NEW_FOLDERS_ONLY"
    update, delete = _policy(definition, new_folders_only=new_folders_only, catalog=bool(catalog))
    plan = CrawlPlan(
        crawler=definition["Name"],
        # "If your crawler does not specify a database, your tables are placed in the default database":
        # https://docs.aws.amazon.com/glue/latest/dg/crawler-running.html
        database=definition.get("DatabaseName") or "default",
        table_prefix=definition.get("TablePrefix") or "",
        s3=s3,
        catalog=catalog,
        update="MERGE_NEW_COLUMNS" if options.merges_new_columns() else update,
        delete=delete,
        policy_text=json.dumps({"UpdateBehavior": update, "DeleteBehavior": delete}, separators=(",", ":")),
        new_folders_only=new_folders_only,
        # "enabled by default and cannot be disabled" for catalog tables:
        # https://docs.aws.amazon.com/glue/latest/dg/define-crawler-choose-data-sources.html
        combine_schemas=bool(catalog) or options.choice("Grouping.TableGroupingPolicy", "CombineCompatibleSchemas"),
        table_level=options.positive("Grouping.TableLevelConfiguration"),
        table_threshold=options.positive("CrawlerOutput.Tables.TableThreshold"),
        inherit_from_table=options.choice("CrawlerOutput.Partitions.AddOrUpdateBehavior", "InheritFromTable"),
        # "A crawler creates partition indexes for Amazon S3 and Delta Lake targets by default":
        # https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html
        partition_index=options.flag("CreatePartitionIndex", default=True),
    )
    options.check_all_read()
    return plan


def _policy(
    definition: Mapping[str, Any], *, new_folders_only: bool, catalog: bool
) -> tuple[UpdateBehavior, DeleteBehavior]:
    policy = definition.get("SchemaChangePolicy") or {}
    if new_folders_only:
        # "It forces the update behavior and delete behavior of the crawler to LOG":
        # https://docs.aws.amazon.com/glue/latest/dg/incremental-crawls.html
        return "LOG", "LOG"
    update: UpdateBehavior = "LOG" if policy.get("UpdateBehavior") == "LOG" else "UPDATE_IN_DATABASE"
    if catalog:
        # "Deleted objects found in the data stores are ignored; no catalog tables are deleted":
        # https://docs.aws.amazon.com/glue/latest/dg/define-crawler-choose-data-sources.html
        return update, "LOG"
    return update, policy.get("DeleteBehavior") or "DEPRECATE_IN_DATABASE"


def _targets(targets: Mapping[str, Any]) -> tuple[tuple[S3Place, ...], tuple[CatalogTables, ...]]:
    kinds = [kind for kind, members in targets.items() if members]
    if not kinds:
        message = "This crawler has no targets."
        raise CrawlError(message)
    if others := [kind for kind in kinds if kind not in _READ_HERE]:
        message = (
            f"This crawler has {' and '.join(sorted(others))}: the local crawler reads S3Targets and CatalogTargets, "
            "AWS reads the rest."
        )
        raise CrawlError(message)
    if len(kinds) > 1:
        message = "CatalogTargets cannot be mixed with targets of another kind."
        raise CrawlError(message)
    return (
        tuple(_s3_place(target) for target in targets.get("S3Targets") or ()),
        tuple(
            CatalogTables(database=target["DatabaseName"], tables=tuple(target["Tables"]))
            for target in targets.get("CatalogTargets") or ()
        ),
    )


def _s3_place(target: Mapping[str, Any]) -> S3Place:
    path: str = target.get("Path") or ""
    exclusions = tuple(target.get("Exclusions") or ())
    return s3_place(
        path, exclusions=exclusions, patterns=tuple(map(compiled, exclusions)), sample_size=target.get("SampleSize")
    )


def s3_place(path: str, **members: Any) -> S3Place:
    """Return an S3 path in its parts; "include path syntax is bucket-name/folder-name/file-name.ext", with `s3://`."""
    rest = next((path.removeprefix(scheme) for scheme in _SCHEMES if path.startswith(scheme)), path)
    bucket, _, key = rest.partition("/")
    if not bucket or "://" in rest:
        message = f"`{path}` is not an S3 path: s3://bucket/folder/"
        raise CrawlError(message)
    return S3Place(bucket=bucket, key=key.strip("/"), folder_only=not key or key.endswith("/"), **members)


class _Options:
    """The crawler's Configuration, each member of which must be read by somebody."""

    def __init__(self, text: str | None) -> None:
        self._members: dict[str, Any] = {}
        try:
            value = json.loads(text) if text else {"Version": 1.0}
        except json.JSONDecodeError:
            value = None
        if not isinstance(value, dict) or "Version" not in value:
            message = 'The crawler\'s Configuration is not the text of a JSON object with a Version: {"Version": 1.0}'
            raise CrawlError(message)
        self._flatten("", value)
        if self._members.pop("Version") != 1:
            message = "The crawler's Configuration has a Version other than 1.0."
            raise CrawlError(message)

    def _flatten(self, path: str, value: Mapping[str, Any]) -> None:
        for name, member in value.items():
            if isinstance(member, dict):
                self._flatten(f"{path}{name}.", member)
            else:
                self._members[f"{path}{name}"] = member

    def merges_new_columns(self) -> bool:
        return self.choice("CrawlerOutput.Tables.AddOrUpdateBehavior", "MergeNewColumns")

    def choice(self, path: str, only: str) -> bool:
        value = self._members.pop(path, None)
        if value not in (None, only):
            raise self._unknown(path, value)
        return value is not None

    def flag(self, path: str, *, default: bool) -> bool:
        value = self._members.pop(path, default)
        if not isinstance(value, bool):
            raise self._unknown(path, value)
        return value

    def positive(self, path: str) -> int | None:
        value = self._members.pop(path, None)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise self._unknown(path, value)
        return value

    def check_all_read(self) -> None:
        for path, value in self._members.items():
            raise self._unknown(path, value)

    @staticmethod
    def _unknown(path: str, value: Any) -> CrawlError:
        return CrawlError(f"The local crawler does not know the Configuration {path}: {json.dumps(value)}.")
