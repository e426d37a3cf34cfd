"""Crawlers, in the terms of `CreateCrawler`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.targets import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawler:
    """A crawler that the project defines. None means: not sent, so that Glue's own default holds."""

    name: str
    role: str | None
    """As in `Job.role`."""
    targets: tuple[Target, ...]
    database: str | None = None
    description: str | None = None
    schedule: str | None = None
    classifiers: tuple[str, ...] = ()
    table_prefix: str | None = None
    update_behavior: str | None = None
    delete_behavior: str | None = None
    recrawl_behavior: str | None = None
    configuration: str | None = None
    """JSON text."""
    security_configuration: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Members of `CreateCrawler` that have no field here, in the API's own spelling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingCrawler:
    """A crawler that somebody else defines; only named here."""

    name: str
