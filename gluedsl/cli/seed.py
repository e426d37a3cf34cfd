"""What a local run finds: the data and buckets of `[tool.gluedsl.local]`, and what the workflow counts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gluedsl.compiler.settings import Settings
    from gluedsl.model import Project


def seed(project: Project, settings: Settings) -> None:
    """Make buckets, data and stand-ins in whatever boto3 reaches; the caller sees to it that this is the local Glue.

    Raises:
        UsageError: data that the settings name is not there, or S3 has no such bucket.
    """
    from gluedsl.local.seed import seed as filled  # noqa: PLC0415 -- it loads boto3

    data = {uri: settings.root / place for uri, place in settings.local.data.items()}
    filled(project, data=data, buckets=settings.local.buckets)
