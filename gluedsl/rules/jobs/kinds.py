"""What rules about jobs share: how a kind of job is called."""

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
