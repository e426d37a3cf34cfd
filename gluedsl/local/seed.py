"""What the local Glue holds before a run: the author's data, and what the workflow counts on finding there.

Comes in: a project, and data by the `s3://` URI that it is put at. Goes out: buckets, objects, and stand-ins for what
is defined elsewhere, in whatever boto3 reaches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl import spelling
from gluedsl.errors import UsageError
from gluedsl.model import Crawler, Job, RemoteScript
from gluedsl.targets import S3Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from mypy_boto3_glue import GlueClient
    from mypy_boto3_s3 import S3Client

    from gluedsl.model import Project

_ELSEWHERE = "arn:aws:iam::123456789012:role/elsewhere"


def seed(
    project: Project,
    *,
    data: Mapping[str, Path],
    buckets: Iterable[str] = (),
    client: Callable[[Any], Any] | None = None,
) -> None:
    """Make buckets, data and stand-ins; the caller sees to it that boto3 reaches the local Glue and nothing else.

    Args:
        project: Its crawlers' buckets are made, and stand-ins for the jobs and crawlers that others define.
        data: Folders or files, by the `s3://` URI that they are put at.
        buckets: Others that are to be there, empty.
        client: Returns a client of an AWS service; None: boto3's own function.

    Raises:
        UsageError: data is not there, or S3 has no such bucket.
    """
    import boto3  # noqa: PLC0415 -- a quarter of a second
    from boto3.exceptions import Boto3Error  # noqa: PLC0415
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    made = client or boto3.client
    try:
        if wanted := sorted({*_buckets(project), *buckets, *map(_bucket, data)}):
            _seed_s3(made("s3"), wanted, data)
        if project.existing_jobs or project.existing_crawlers:
            _stand_in(made("glue"), project)
    except (Boto3Error, BotoCoreError, ClientError) as error:
        message = f"the local Glue cannot be filled: {' '.join(str(error).split())}"
        raise UsageError(message, hint="[tool.gluedsl.local] and the targets of crawlers say what it holds") from error


def _seed_s3(s3: S3Client, buckets: Iterable[str], data: Mapping[str, Path]) -> None:
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 -- a quarter of a second

    for bucket in buckets:
        try:
            s3.create_bucket(Bucket=bucket, **_place(s3.meta.region_name))
        except (BotoCoreError, ClientError) as error:
            message = f"the local Glue cannot have a bucket `{bucket}`: {' '.join(str(error).split())}"
            hint = "`data` and `buckets` in [tool.gluedsl.local], and the targets of crawlers, name buckets"
            raise UsageError(message, hint=hint) from error
    for uri, place in data.items():
        prefix = uri.removeprefix(f"s3://{_bucket(uri)}").lstrip("/")
        for key, file in _files(place, prefix):
            s3.upload_file(str(file), _bucket(uri), key)


def _place(region: str) -> dict[str, Any]:
    """Return where a bucket is to be: S3 wants it said of any region but the first.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
    """
    return {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}


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
    for rule in project.event_rules:
        yield from rule.buckets


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
