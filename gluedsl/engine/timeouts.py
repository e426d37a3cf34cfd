"""How long Glue lets a job run go on.

Comes in: the action that starts a job, and the job as it is then, where it is known. Goes out: a length of time, or
None for no end. Who keeps the time is the driver; it tells the engine with `ActionTimedOut`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gluedsl.model import Action, Job

_DEFAULT_MINUTES, _DEFAULT_MINUTES_OF_GLUE_5 = 2880, 480
"""https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html, Timeout, and the release notes of Glue 5."""
_GLUE_5 = 5


def timeout_of(action: Action, job: Job | None) -> timedelta | None:
    """Return for how long a job may run: the trigger's timeout wins over the job's, and that over Glue's default.

    A streaming job without a timeout goes on for ever; of a job that somebody else defines only the trigger's is known.
    """
    minutes = action.timeout_minutes
    if minutes is None and job is not None:
        minutes = job.timeout_minutes if job.timeout_minutes is not None else _default_minutes(job)
    return None if minutes is None else timedelta(minutes=minutes)


def _default_minutes(job: Job) -> int | None:
    if job.kind == "gluestreaming":
        return None
    major = (job.glue_version or "").partition(".")[0]
    is_glue_5 = major == "auto" or (major.isdecimal() and int(major) >= _GLUE_5)
    return _DEFAULT_MINUTES_OF_GLUE_5 if is_glue_5 and job.kind != "pythonshell" else _DEFAULT_MINUTES
