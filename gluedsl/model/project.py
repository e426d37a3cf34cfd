"""Workflows, and the project that holds them with their jobs and crawlers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.model.crawlers import Crawler, ExistingCrawler
    from gluedsl.model.events import EventRule
    from gluedsl.model.jobs import ExistingJob, Job
    from gluedsl.model.roles import Role
    from gluedsl.model.triggers import Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A workflow and its triggers, the start trigger first, the others in the order of their declaration."""

    name: str
    description: str | None = None
    default_run_properties: Mapping[str, str] = field(default_factory=dict)
    max_concurrent_runs: int | None = None
    """None: no limit."""
    triggers: tuple[Trigger, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Members of `CreateWorkflow` that have no field here, in the API's own spelling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Everything one deployment is about. Jobs and crawlers may serve several workflows."""

    workflows: tuple[Workflow, ...] = ()
    jobs: tuple[Job, ...] = ()
    crawlers: tuple[Crawler, ...] = ()
    existing_jobs: tuple[ExistingJob, ...] = ()
    existing_crawlers: tuple[ExistingCrawler, ...] = ()
    roles: tuple[Role, ...] = ()
    event_rules: tuple[EventRule, ...] = ()
