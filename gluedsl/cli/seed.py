"""What the local Glue holds before a run: the author's data, and what the workflow counts on finding there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl import spelling
from gluedsl.errors import UsageError
from gluedsl.model import Crawler, Job, RemoteScript
from gluedsl.targets import S3Target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mypy_boto3_glue import GlueClient
    from mypy_boto3_s3 import S3Client

    from gluedsl.compiler.settings import Settings
    from gluedsl.model import Project

_ELSEWHERE = "arn:aws:iam::123456789012:role/elsewhere"


def seed(project: Project, settings: Settings) -> None:
    """Make buckets, data and stand-ins in whatever boto3 reaches; the caller sees to it that this is the local Glue.

    Raises:
        UsageError: data that the settings name is not there, or S3 has no such bucket.
    """
    import boto3  # noqa: PLC0415 -- a quarter of a second
    from boto3.exceptions import Boto3Error  # noqa: PLC0415
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    try:
        _seed_s3(boto3.client("s3"), project, settings)
        _stand_in(boto3.client("glue"), project)
    except (Boto3Error, BotoCoreError, ClientError) as error:
        message = f"the local Glue cannot be filled: {' '.join(str(error).split())}"
        raise UsageError(message, hint="[tool.gluedsl.local] and the targets of crawlers say what it holds") from error


def _seed_s3(s3: S3Client, project: Project, settings: Settings) -> None:
    for bucket in sorted({*_buckets(project), *settings.local.buckets, *map(_bucket, settings.local.data)}):
        s3.create_bucket(Bucket=bucket)
    for uri, place in settings.local.data.items():
        prefix = uri.removeprefix(f"s3://{_bucket(uri)}").lstrip("/")
        for key, file in _files(settings.root / place, prefix):
            s3.upload_file(str(file), _bucket(uri), key)


def _stand_in(glue: GlueClient, project: Project) -> None:
    """Define what is defined elsewhere, so that triggers can name it; a run is refused that would start it."""
    for existing in project.existing_jobs:
        script = RemoteScript(uri="s3://elsewhere/script.py")
        job = Job(name=existing.name, kind="pythonshell", code=script, role=_ELSEWHERE, python_version="3.9")
        glue.create_job(**spelling.job_to_api(job))
    for crawled in project.existing_crawlers:
        targets = (S3Target("s3://elsewhere/"),)
        crawler = Crawler(name=crawled.name, role=_ELSEWHERE, database="elsewhere", targets=targets)
        glue.create_crawler(**spelling.crawler_to_api(crawler))


def _bucket(uri: str) -> str:
    return uri.removeprefix("s3://").partition("/")[0]


def _buckets(project: Project) -> Iterator[str]:
    for crawler in project.crawlers:
        for target in crawler.targets:
            if isinstance(target, S3Target):
                yield _bucket(target.path)


def _files(place: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    if place.is_file():
        yield (prefix + place.name if prefix.endswith("/") or not prefix else prefix), place
        return
    if not place.is_dir():
        message = f"there is no {place}, which `data` in [tool.gluedsl.local] names"
        raise UsageError(message)
    folder = f"{prefix.rstrip('/')}/" if prefix else ""
    for file in sorted(place.rglob("*")):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(place).parts):
            yield folder + file.relative_to(place).as_posix(), file
