"""What rules about jobs share: how a kind of job is called, and which version of Glue is older."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gluedsl.model import Job

KINDS = {"glueetl": "Spark", "gluestreaming": "streaming", "pythonshell": "Python shell", "glueray": "Ray"}
SPARK = frozenset({"glueetl", "gluestreaming"})


def shown(job: Job) -> str:
    """Return "Spark job `load`"."""
    kind = KINDS.get(job.kind)
    return f"{kind} job `{job.name}`" if kind else f"job `{job.name}`"


def is_before(job: Job, version: tuple[int, int]) -> bool:
    """Whether a job's version of Glue is given, is two numbers, and is older than this one."""
    parts = (job.glue_version or "").split(".")
    return len(parts) == len(version) and all(part.isdecimal() for part in parts) and (*map(int, parts),) < version
