"""The prefix of a stage: before every name in Glue that a project makes, and in every reference to one.

What exists already keeps its name, and so do databases, tables and run properties.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from gluedsl.model import Action, Condition

if TYPE_CHECKING:
    from gluedsl.model import Predicate, Project, Trigger, Workflow

NamingT = TypeVar("NamingT", Action, Condition)
"""What names a job or a crawler."""


def prefixed(project: Project, prefix: str) -> Project:
    """Return a project whose workflows, triggers, jobs and crawlers have a prefix to their names."""
    if not prefix:
        return project
    jobs = {job.name: f"{prefix}{job.name}" for job in project.jobs}
    crawlers = {crawler.name: f"{prefix}{crawler.name}" for crawler in project.crawlers}

    def renamed(one: NamingT) -> NamingT:
        return replace(
            one,
            job_name=jobs.get(one.job_name or "", one.job_name),
            crawler_name=crawlers.get(one.crawler_name or "", one.crawler_name),
        )

    def predicate(one: Predicate) -> Predicate:
        return replace(one, conditions=tuple(map(renamed, one.conditions)))

    def trigger(one: Trigger) -> Trigger:
        return replace(
            one,
            name=f"{prefix}{one.name}",
            actions=tuple(map(renamed, one.actions)),
            predicate=None if one.predicate is None else predicate(one.predicate),
        )

    def workflow(one: Workflow) -> Workflow:
        return replace(one, name=f"{prefix}{one.name}", triggers=tuple(map(trigger, one.triggers)))

    return replace(
        project,
        workflows=tuple(map(workflow, project.workflows)),
        jobs=tuple(replace(job, name=jobs[job.name]) for job in project.jobs),
        crawlers=tuple(replace(crawler, name=crawlers[crawler.name]) for crawler in project.crawlers),
    )
