"""A workflow that takes several stacks, each of which needs others."""

from __future__ import annotations

from gluedsl.model import Action, Condition, Job, Predicate, Project, RemoteScript, Trigger, Workflow

_JOBS = 1000
_AT_ONCE = 50

SCATTERED = Project(
    workflows=(
        Workflow(
            name="scattered",
            triggers=tuple(
                Trigger(
                    name=f"after-{first}",
                    type="CONDITIONAL" if first else "ON_DEMAND",
                    predicate=Predicate(conditions=(Condition(job_name=f"job-{first - 1}", state="SUCCEEDED"),))
                    if first
                    else None,
                    actions=tuple(Action(job_name=f"job-{first + n}") for n in range(_AT_ONCE)),
                )
                for first in range(0, _JOBS, _AT_ONCE)
            ),
        ),
    ),
    jobs=tuple(
        Job(name=f"job-{n}", kind="glueetl", role="GlueJobRole", code=RemoteScript(uri="s3://lake/job.py"))
        for n in range(_JOBS)
    ),
)
