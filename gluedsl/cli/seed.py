"""What the local Glue's S3 holds before a run: the author's data, and the buckets that the workflow counts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.errors import UsageError
from gluedsl.targets import S3Target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gluedsl.compiler.settings import Settings
    from gluedsl.model import Project


def seed(project: Project, settings: Settings) -> None:
    """Make buckets and upload data to whatever boto3 reaches; the caller sees to it that this is the local Glue.

    Raises:
        UsageError: data that the settings name is not there.
    """
    import boto3  # noqa: PLC0415 -- a quarter of a second

    s3 = boto3.client("s3")
    for bucket in sorted({*_buckets(project), *settings.local.buckets, *map(_bucket, settings.local.data)}):
        s3.create_bucket(Bucket=bucket)
    for uri, place in settings.local.data.items():
        prefix = uri.removeprefix(f"s3://{_bucket(uri)}").lstrip("/")
        for key, file in _files(settings.root / place, prefix):
            s3.upload_file(str(file), _bucket(uri), key)


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
