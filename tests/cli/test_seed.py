"""What the local Glue holds before a run: data, buckets, and stand-ins for what is defined elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest

from gluedsl.cli.seed import seed
from gluedsl.compiler.settings import LocalSettings, Settings
from gluedsl.errors import UsageError
from gluedsl.local import LocalGlue
from gluedsl.model import Crawler, ExistingCrawler, ExistingJob, Project
from gluedsl.targets import S3Target
from tests.support.cli import EXAMPLES, start

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

EMPTY = Project(workflows=())
NAMES_BUCKETS = "`data` and `buckets` in [tool.gluedsl.local], and the targets of crawlers, name buckets"


class Lake:
    """A local Glue to be filled from a folder."""

    def __init__(self, glue: LocalGlue, folder: Path) -> None:
        settings = glue.client_settings()
        self.folder = folder
        self.glue: Any = boto3.client("glue", **settings)  # type: ignore[call-overload]  # settings by name
        self.s3: Any = boto3.client("s3", **settings)  # type: ignore[call-overload]

    def fill(
        self, project: Project = EMPTY, *, data: Mapping[str, str] | None = None, buckets: tuple[str, ...] = ()
    ) -> None:
        """Fill it with what a project needs."""
        local = LocalSettings(data=data or {}, buckets=buckets)
        seed(project, Settings(root=self.folder, project="lake", local=local))

    def contents(self) -> dict[str, list[str]]:
        """Return the keys in each bucket."""
        buckets = [bucket["Name"] for bucket in self.s3.list_buckets()["Buckets"]]
        return {name: [each["Key"] for each in self._objects(name)] for name in buckets}

    def _objects(self, bucket: str) -> list[dict[str, Any]]:
        objects: list[dict[str, Any]] = self.s3.list_objects_v2(Bucket=bucket).get("Contents", [])
        return objects


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lake]:
    """Return an empty local Glue, which is all that boto3 reaches, and a folder with data."""
    (tmp_path / "data" / "deep").mkdir(parents=True)
    for name in ("a.csv", "deep/b.csv", ".hidden", "deep/.DS_Store"):
        (tmp_path / "data" / name).write_text("x\n1\n", encoding="utf-8")
    with LocalGlue() as glue:
        for name, value in glue.environment().items():
            monkeypatch.setenv(name, value)
        boto3.setup_default_session()
        yield Lake(glue, tmp_path)


def test_data_and_buckets(lake: Lake) -> None:
    """Folders, files, and buckets of settings and crawlers are there; what is hidden is not."""
    crawler = Crawler(name="c", role="r", targets=(S3Target("s3://crawled/in/"), S3Target("s3://lake")))
    lake.fill(
        Project(workflows=(), crawlers=(crawler,)),
        data={
            "s3://lake/in/": "data",
            "s3://lake/one/": "data/a.csv",
            "s3://lake/renamed.csv": "data/a.csv",
            "s3://whole": "data/deep",
        },
        buckets=("empty", "lake"),
    )

    assert lake.contents() == {
        "crawled": [],
        "empty": [],
        "lake": ["in/a.csv", "in/deep/b.csv", "one/a.csv", "renamed.csv"],
        "whole": ["b.csv"],
    }


def test_stand_ins(lake: Lake) -> None:
    """Jobs and crawlers that are defined elsewhere can be named by triggers here."""
    lake.fill(
        Project(
            workflows=(),
            existing_jobs=(ExistingJob(name="theirs"), ExistingJob(name="näme 日本")),
            existing_crawlers=(ExistingCrawler(name="crawled"),),
        )
    )

    assert sorted(job["Name"] for job in lake.glue.get_jobs()["Jobs"]) == ["näme 日本", "theirs"]
    assert [crawler["Name"] for crawler in lake.glue.get_crawlers()["Crawlers"]] == ["crawled"]


def test_data_that_is_not_there(lake: Lake) -> None:
    """A folder that the settings name and that nobody made is told with its path."""
    with pytest.raises(UsageError) as caught:
        lake.fill(data={"s3://lake/in/": "nowhere"})

    assert caught.value.message == f"there is no {lake.folder}/nowhere, which `data` in [tool.gluedsl.local] names"


@pytest.mark.parametrize("bucket", ["A B", ""])
def test_a_bucket_that_cannot_be(lake: Lake, bucket: str) -> None:
    """A name that S3 does not take is told in one line, with where names of buckets come from."""
    with pytest.raises(UsageError) as caught:
        lake.fill(buckets=(bucket,))

    start_of_it = f"the local Glue cannot have a bucket `{bucket}`: Parameter validation failed: Invalid bucket name "
    assert caught.value.message.startswith(start_of_it)
    assert "\n" not in caught.value.message
    assert caught.value.hint == NAMES_BUCKETS


def test_a_bucket_that_s3_refuses(lake: Lake) -> None:
    """Of several buckets the one is named that S3 does not take."""
    with pytest.raises(UsageError) as caught:
        lake.fill(data={"s3://lake/in/": "data", "s3://b/x/": "data"})

    assert caught.value.message == (
        "the local Glue cannot have a bucket `b`: An error occurred (InvalidBucketName) when calling the CreateBucket "
        "operation: The specified bucket is not valid."
    )
    assert caught.value.hint == NAMES_BUCKETS


NOWHERE = "http://127.0.0.1:9"
HOSTILE = {
    "HTTP_PROXY": NOWHERE,
    "http_proxy": NOWHERE,
    "AWS_PROFILE": "none",
    "AWS_ENDPOINT_URL": NOWHERE,
    "AWS_ENDPOINT_URL_GLUE": NOWHERE,
    "AWS_ENDPOINT_URL_IAM": NOWHERE,
    "AWS_ENDPOINT_URL_S3": NOWHERE,
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    "AWS_MAX_ATTEMPTS": "many",
    "AWS_CA_BUNDLE": "/nowhere.pem",
    "AWS_USE_FIPS_ENDPOINT": "true",
    "AWS_SESSION_TOKEN": "none",
}
"""Each of these alone would lead a client elsewhere, or nowhere."""


def test_the_machines_configuration_does_not_matter() -> None:
    """Profiles, proxies and endpoints of this machine lead no run away from the local Glue."""
    ended = start("run", "02_three_steps", "--from", "load", "--outcome", "load=FAILED", folder=EXAMPLES, **HOSTILE)

    assert ended.code == 1, ended.err
    assert "COMPLETED, outcome FAILED: 1 action failed (no trigger watches for it)\n" in ended.out
