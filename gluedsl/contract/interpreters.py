"""Which Python runs a job's code.

Sources: https://docs.aws.amazon.com/glue/latest/dg/release-notes.html (Spark),
https://docs.aws.amazon.com/glue/latest/dg/add-job-python.html (Python shell),
https://docs.aws.amazon.com/glue/latest/dg/ray-jobs-section.html (Ray).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gluedsl.model import Job

_SPARK = {
    "1.0": (3, 6),
    "2.0": (3, 7),
    "3.0": (3, 7),
    "4.0": (3, 10),
    "5.0": (3, 11),
    "5.1": (3, 11),
    "6.0": (3, 13),
}
_SHELL = {"3": (3, 6), "3.6": (3, 6), "3.9": (3, 9)}
_RAY = {"3.9": (3, 9)}
OLDEST = (3, 9)
"""What Python shell has, and so what nearly all code of jobs is written for."""


def python_of(job: Job) -> tuple[int, int] | None:
    """Return the version of Python that a job runs on; None where it is not known, or not Python 3."""
    match job.kind:
        case "pythonshell":
            return _SHELL.get(job.python_version or "")
        case "glueray":
            return _RAY.get(job.python_version or "")
        case _:
            return _SPARK.get(job.glue_version or "") if job.python_version == "3" else None


def is_python(job: Job) -> bool:
    """Whether a job's code is Python at all, as far as its arguments say."""
    language = {**job.default_arguments, **job.non_overridable_arguments}.get("--job-language", "python")
    return language.lower() == "python"
