"""A lake on moto: real objects in S3, a real Data Catalog, and crawls of them in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import boto3
import duckdb
import pytest
from moto import mock_aws

from gluedsl.local.crawl import CrawlResult, crawl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from mypy_boto3_glue import GlueClient
    from mypy_boto3_s3 import S3Client

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
_SERVERS_OWN = ("CatalogId", "CreateTime", "CreationTime", "DatabaseName", "TableName", "UpdateTime", "VersionId")


@dataclass(frozen=True)
class Lake:
    """Bucket `lake`, database `db`, crawler `c`."""

    s3: S3Client
    glue: GlueClient
    folder: Path

    def put(self, objects: Mapping[str, str | bytes]) -> None:
        """Put objects by their keys."""
        for key, body in objects.items():
            self.s3.put_object(Bucket="lake", Key=key, Body=body.encode() if isinstance(body, str) else body)

    def delete(self, key: str) -> None:
        """Delete one object."""
        self.s3.delete_object(Bucket="lake", Key=key)

    def parquet(self, key: str, query: str) -> bytes:
        """Put the rows of a query as a Parquet file."""
        path = self.folder / "rows.parquet"
        duckdb.connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
        body = path.read_bytes()
        self.put({key: body})
        return body

    def crawl(
        self,
        *paths: str,
        crawl_id: str = "crawl-1",
        cancelled: Callable[[], bool] = lambda: False,
        target: dict[str, Any] | None = None,
        configuration: dict[str, Any] | None = None,
        **definition: Any,
    ) -> CrawlResult:
        """Crawl paths of the bucket."""
        full: dict[str, Any] = {
            "Name": "c",
            "Role": "r",
            "DatabaseName": "db",
            "Targets": {"S3Targets": [{"Path": path, **(target or {})} for path in paths]},
        }
        if configuration is not None:
            full["Configuration"] = json.dumps({"Version": 1.0, **configuration})
        return crawl(full | definition, s3=self.s3, glue=self.glue, crawl_id=crawl_id, now=NOW, cancelled=cancelled)

    def table(self, name: str) -> dict[str, Any]:
        """Return a table without what the server adds."""
        table: dict[str, Any] = {**self.glue.get_table(DatabaseName="db", Name=name)["Table"]}
        return _without_servers_own(table)

    def edit(self, table: dict[str, Any]) -> None:
        """Change a table as somebody else would."""
        self.glue.update_table(DatabaseName="db", TableInput=cast("Any", table))

    def columns(self, name: str) -> dict[str, str]:
        """Return the types of a table's columns by name."""
        return {column["Name"]: column["Type"] for column in self.table(name)["StorageDescriptor"]["Columns"]}

    def names(self) -> list[str]:
        """Return the names of all tables."""
        return [table["Name"] for table in self.glue.get_tables(DatabaseName="db")["TableList"]]

    def locations(self) -> dict[str, str]:
        """Return the locations of all tables by name."""
        tables = self.glue.get_tables(DatabaseName="db")["TableList"]
        return {table["Name"]: table["StorageDescriptor"]["Location"] for table in tables}

    def keys(self, name: str) -> list[str]:
        """Return the names of a table's partition keys."""
        return [key["Name"] for key in self.table(name)["PartitionKeys"]]

    def partitions(self, name: str) -> dict[tuple[str, ...], dict[str, Any]]:
        """Return a table's partitions by their values, without what the server adds."""
        partitions = self.glue.get_partitions(DatabaseName="db", TableName=name)["Partitions"]
        return {tuple(partition["Values"]): _without_servers_own({**partition}) for partition in partitions}


def _without_servers_own(entry: dict[str, Any]) -> dict[str, Any]:
    kept = {member: value for member, value in entry.items() if member not in _SERVERS_OWN}
    kept["LastAccessTime"] = kept["LastAccessTime"].astimezone(UTC)
    return kept


@pytest.fixture(scope="session")
def clients() -> tuple[S3Client, GlueClient]:
    """Return clients for all tests: reading Glue's model takes longer than most crawls here."""
    session = boto3.Session(
        aws_access_key_id="testing",
        aws_secret_access_key="testing",  # noqa: S106 -- moto takes any
        region_name="us-east-1",
    )
    return session.client("s3"), session.client("glue")


@pytest.fixture
def lake(clients: tuple[S3Client, GlueClient], tmp_path: Path) -> Iterator[Lake]:
    """Yield an empty lake."""
    s3, glue = clients
    with mock_aws():
        s3.create_bucket(Bucket="lake")
        yield Lake(s3, glue, tmp_path)
