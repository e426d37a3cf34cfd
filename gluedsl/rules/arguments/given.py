"""Every place where a job is given arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.model import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.model import Job, Path, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Arguments that are given to a job in one place."""

    path: Path
    owner: str
    """As shown to the author: "job `x`", "job `x` in trigger `t`"."""
    arguments: Mapping[str, str]
    job: Job | None
    """None: somebody else defines it."""
    is_own: bool
    """Whether the job itself says so, not a trigger."""


def given(project: Project) -> Iterator[Given]:
    """Yield what jobs say themselves, and what triggers tell them."""
    jobs = {job.name: job for job in project.jobs}
    for path, job in walk.jobs(project):
        for field, arguments in (
            ("default_arguments", job.default_arguments),
            ("non_overridable_arguments", job.non_overridable_arguments),
        ):
            owner = f"job `{job.name}`"
            yield Given(path=(*path, field), owner=owner, arguments=arguments, job=job, is_own=True)
    for path, _, trigger in walk.triggers(project):
        for place, action in walk.actions(path, trigger):
            if action.job_name:
                yield Given(
                    path=(*place, "arguments"),
                    owner=f"job `{action.job_name}` in trigger `{trigger.name}`",
                    arguments=action.arguments,
                    job=jobs.get(action.job_name),
                    is_own=False,
                )


def is_settled(value: object) -> bool:
    """Whether a value is a text that no deployment fills in later."""
    return isinstance(value, str) and "${" not in value and "{{" not in value
