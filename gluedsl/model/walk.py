"""Every resource of a project with its path, in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.model.crawlers import Crawler
    from gluedsl.model.jobs import Job
    from gluedsl.model.origins import Path
    from gluedsl.model.project import Project, Workflow
    from gluedsl.model.triggers import Action, Condition, Trigger


def workflows(project: Project) -> Iterator[tuple[Path, Workflow]]:
    """Yield each workflow."""
    for index, workflow in enumerate(project.workflows):
        yield ("workflows", index), workflow


def triggers(project: Project) -> Iterator[tuple[Path, Workflow, Trigger]]:
    """Yield each trigger with its workflow."""
    for path, workflow in workflows(project):
        for index, trigger in enumerate(workflow.triggers):
            yield (*path, "triggers", index), workflow, trigger


def actions(path: Path, trigger: Trigger) -> Iterator[tuple[Path, Action]]:
    """Yield each action of the trigger at `path`."""
    for index, action in enumerate(trigger.actions):
        yield (*path, "actions", index), action


def conditions(path: Path, trigger: Trigger) -> Iterator[tuple[Path, Condition]]:
    """Yield each condition of the trigger at `path`."""
    if trigger.predicate is not None:
        for index, condition in enumerate(trigger.predicate.conditions):
            yield (*path, "predicate", "conditions", index), condition


def jobs(project: Project) -> Iterator[tuple[Path, Job]]:
    """Yield each job that the project defines."""
    for index, job in enumerate(project.jobs):
        yield ("jobs", index), job


def crawlers(project: Project) -> Iterator[tuple[Path, Crawler]]:
    """Yield each crawler that the project defines."""
    for index, crawler in enumerate(project.crawlers):
        yield ("crawlers", index), crawler
