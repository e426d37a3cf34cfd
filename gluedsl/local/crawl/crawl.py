"""A whole crawl: read the data, make tables of it, write them to the Data Catalog.

Comes in: a crawler's definition, boto3 clients for S3 and Glue, an id and a time. Goes out: a `CrawlResult`;
a crawl that fails raises `CrawlError`. Nothing is written before all data was read.

What it reads: CSV, JSON and Parquet on S3, plain, gzip and bzip2. What it takes from a crawler's definition: targets on
S3 and in the catalogue, exclusions, sample size, prefix, schema change and recrawl policy, and the Configuration's
grouping, output and threshold. The rest is refused (`definition.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from gluedsl.local.crawl.catalogue import Catalogue, lies_in, location_of
from gluedsl.local.crawl.columns import STRING, UNSEEN
from gluedsl.local.crawl.definition import read_definition, s3_place
from gluedsl.local.crawl.failure import CrawlError
from gluedsl.local.crawl.formats import Writer
from gluedsl.local.crawl.infer import Inference
from gluedsl.local.crawl.layout import Grouping, lay_out, single_file
from gluedsl.local.crawl.names import same_place, table_name
from gluedsl.local.crawl.new_folders import new_folders
from gluedsl.local.crawl.reading import Cancelled, Reading
from gluedsl.local.crawl.result import CrawlResult, Journal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from mypy_boto3_glue import GlueClient
    from mypy_boto3_s3 import S3Client

    from gluedsl.local.crawl.catalogue import Entry
    from gluedsl.local.crawl.definition import CrawlPlan, S3Place
    from gluedsl.local.crawl.layout import FoundTable, Layout
    from gluedsl.local.crawl.objects import S3Object


def crawl(
    definition: Mapping[str, Any],
    *,
    s3: S3Client,
    glue: GlueClient,
    crawl_id: str,
    now: datetime,
    cancelled: Callable[[], bool] = lambda: False,
) -> CrawlResult:
    """Crawl what a crawler's definition names, and write its tables.

    `definition` has the shape of `CreateCrawler` or of a `Crawler` in `GetCrawler`. `cancelled` is asked between
    objects and between tables; what was written until then stays.
    """
    journal = Journal(crawl_id=crawl_id)
    inference = Inference(s3)
    reading = Reading(s3=s3, inference=inference, journal=journal, cancelled=cancelled)
    try:
        _Crawl(plan=read_definition(definition), glue=glue, now=now, journal=journal, reading=reading).run()
    except Cancelled:
        journal.info("Crawl cancelled")
        return journal.result(cancelled=True)
    except ClientError as error:
        raise _failed(CrawlError(str(error)), journal) from error
    except CrawlError as error:
        raise _failed(error, journal) from error.__cause__
    finally:
        inference.close()
    return journal.result(cancelled=False)


def _failed(error: CrawlError, journal: Journal) -> CrawlError:
    error.log = (*journal.lines, f"[{journal.crawl_id}] ERROR : {error.message}")
    return error


@dataclass(slots=True, kw_only=True)
class _Crawl:
    plan: CrawlPlan
    glue: GlueClient
    now: datetime
    journal: Journal
    reading: Reading
    found: list[tuple[FoundTable, Writer]] = field(default_factory=list)
    added: list[tuple[str, FoundTable, Writer]] = field(default_factory=list)
    """New partitions of tables that stay as they are."""

    def run(self) -> None:
        self.journal.benchmark(f"Running Start Crawl for Crawler {self.plan.crawler}")
        if self.plan.catalog:
            self._crawl_catalog()
        else:
            self._crawl_s3()
        self.journal.benchmark("Finished writing to Catalog")
        self.journal.summary()
        self.journal.benchmark("Crawler has finished running and is in state READY")

    def _crawl_s3(self) -> None:
        catalogue = self._catalogue(self.plan.database)
        for place in self.plan.s3:
            self._look_at(place, catalogue)
        self._check_threshold()
        self._begin_writing([self.plan.database])
        if self.found:
            catalogue.create_database()
        names = self._named(catalogue)
        for name, (found, writer) in names.items():
            self.reading.stop_if_cancelled()
            self._remark(name, found)
            catalogue.put(name, found, writer)
        for name, found, writer in self.added:
            self.reading.stop_if_cancelled()
            catalogue.add_partitions(name, found, writer)
        if not self.plan.new_folders_only:
            catalogue.miss(
                name
                for name, table in catalogue.own().items()
                if name not in names and any(lies_in(table, place.uri) for place in self.plan.s3)
            )

    def _look_at(self, place: S3Place, catalogue: Catalogue) -> None:
        objects = self.reading.objects(place)
        if not objects:
            self.journal.warn(f"{place.uri}: no data there, so that there is no table.")
            return
        writer = self._writer(tuple(f"{place.uri}{pattern}" for pattern in place.exclusions))
        known: Mapping[str, Entry] = {}
        if self.plan.new_folders_only:
            known = {name: table for name, table in catalogue.own().items() if lies_in(table, place.uri)}
            new = new_folders(objects, place, known, catalogue, self.reading)
            self.added += [(name, found, writer) for name, found in new.partitions]
            objects = new.elsewhere
        grouping = Grouping(
            combine_schemas=self.plan.combine_schemas,
            table_level=self.plan.table_level,
            not_roots=_folders_above(place, known.values()),
        )
        layout = self._laid_out(objects, place, grouping)
        for warning in layout.warnings:
            self.journal.warn(warning)
        self.found += [(table, writer) for table in layout.tables]

    def _laid_out(self, objects: Sequence[S3Object], place: S3Place, grouping: Grouping) -> Layout:
        files = self.reading.files(objects, place)
        if files and not place.folder_only and files[0].object.key == place.key:
            return single_file(place.bucket, files[0])
        return lay_out(place.bucket, place.prefix, files, grouping)

    def _crawl_catalog(self) -> None:
        """Crawl where tables lie; "no new catalog tables are created when the crawler runs"."""
        catalogues = {target.database: self._catalogue(target.database) for target in self.plan.catalog}
        found = [
            (target.database, name, self._found_again(catalogues[target.database], name))
            for target in self.plan.catalog
            for name in target.tables
        ]
        self._begin_writing(catalogues)
        for database, name, table in found:
            self.reading.stop_if_cancelled()
            if table is not None:
                catalogues[database].put(name, table, self._writer(()))

    def _found_again(self, catalogue: Catalogue, name: str) -> FoundTable | None:
        full_name = f"{catalogue.database}.{name}"
        table = catalogue.tables.get(name)
        if table is None:
            message = f"Table {full_name} does not exist."
            raise CrawlError(message)
        location = location_of(table)
        if not location.startswith("s3"):
            message = f"Table {full_name} lies at `{location}`: the local crawler reads S3 only."
            raise CrawlError(message)
        place = s3_place(location)
        objects = self.reading.objects(place)
        if not objects:
            self.journal.info(f"Found table {name} with no matching schema at the table's location.")
            return None
        level = 1 + place.prefix.count("/")
        tables = self._laid_out(objects, place, Grouping(combine_schemas=True, table_level=level)).tables
        if len(tables) != 1 or not same_place(tables[0].location, location):
            self.journal.warn(
                f"Table {full_name}: what lies at {location} differs in format or structure, so that the table stays "
                "as it is."
            )
            return None
        keys = tuple(key["Name"] for key in table.get("PartitionKeys", []))
        found = replace(tables[0], prefix=location.removeprefix(f"s3://{place.bucket}/"))
        if keys and len(keys) != len(found.keys):
            for leaf in found.leaves:
                catalogue.skip_folder(place.bucket, leaf.prefix)
            return None
        # A table made by hand may call its keys as it likes, and may have none over folders.
        return replace(found, keys=keys)

    def _catalogue(self, database: str) -> Catalogue:
        catalogue = Catalogue(glue=self.glue, database=database, plan=self.plan, now=self.now, journal=self.journal)
        catalogue.read()
        return catalogue

    def _writer(self, exclusions: tuple[str, ...]) -> Writer:
        return Writer(
            crawler=self.plan.crawler,
            crawl_id=self.journal.crawl_id,
            now=self.now,
            exclusions=exclusions,
            partition_index=self.plan.partition_index,
        )

    def _begin_writing(self, databases: Iterable[str]) -> None:
        self.journal.benchmark(f"Classification complete, writing results to database {', '.join(databases)}")
        self.journal.info(f"Crawler configured with SchemaChangePolicy {self.plan.policy_text}.")

    def _named(self, catalogue: Catalogue) -> dict[str, tuple[FoundTable, Writer]]:
        taken = catalogue.locations()
        names: dict[str, tuple[FoundTable, Writer]] = {}
        for found, writer in self.found:
            name = table_name(self.plan.table_prefix, found.bucket, found.prefix, taken)
            names.setdefault(name, (found, writer))
            taken[name] = found.location
        return names

    def _check_threshold(self) -> None:
        threshold, count = self.plan.table_threshold, len(self.found)
        if threshold is not None and count > threshold:
            # https://docs.aws.amazon.com/glue/latest/dg/crawler-maximum-number-of-tables.html
            message = (
                f"The number of tables detected by crawler: {count} is greater than the table threshold value "
                f"provided: {threshold}. Failing crawler without writing to Data Catalog."
            )
            raise CrawlError(message)

    def _remark(self, name: str, found: FoundTable) -> None:
        """Warn of what surprises people in the table that AWS's rules make."""
        columns = {column.name for column in found.columns}
        if both := [key for key in found.keys if key in columns]:
            self.journal.warn(
                f"Table {name}: {', '.join(f'`{key}`' for key in both)} is a partition key and a column; "
                "Athena refuses such a table."
            )
        if (
            found.dialect.classification == "csv"
            and not found.dialect.header
            and all(column.type in (STRING, UNSEEN) for column in found.columns)
        ):
            self.journal.warn(
                f"Table {name}: all columns are text, so that the first row was not taken for a header and the columns "
                "are col0, col1 and so on. AWS's crawler does the same."
            )


def _folders_above(place: S3Place, tables: Iterable[Entry]) -> frozenset[str]:
    """Return the prefixes of all folders that lie above a table: none of them is a table of its own."""
    above = set()
    for table in tables:
        inner = location_of(table).removeprefix(f"s3://{place.bucket}/").rstrip("/")
        while inner:
            inner = inner.rpartition("/")[0]
            above.add(f"{inner}/" if inner else "")
    return frozenset(above)
