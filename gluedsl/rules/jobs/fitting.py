"""Which worker types and versions of Glue go together, and with which kinds of jobs: what advice may name.

Comes in: a job. Goes out: the values that no rule minds in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gluedsl.model import Job

OF_RAY = "Z.2X"
OF_STREAMS = "G.025X"
OF_FLEX = ("G.1X", "G.2X")
SINCE_4 = ("G.12X", "G.16X", "R.1X", "R.2X", "R.4X", "R.8X")
OF_SPARK = ("G.1X", "G.2X", "G.4X", "G.8X", *SINCE_4, "Standard")
WORKER_TYPES = (*OF_SPARK, OF_STREAMS, OF_RAY)
"""All that Glue has."""
VERSIONS = ("3.0", "4.0", "5.0", "5.1", "6.0")
"""Those that Glue still has."""


def fitting_worker_types(job: Job) -> tuple[str, ...]:
    """Return the worker types that a job may have."""
    if job.kind == "glueray":
        return (OF_RAY,)
    if job.kind == "glueetl" and job.execution_class == "FLEX":
        return OF_FLEX
    own = (*OF_SPARK, OF_STREAMS) if job.kind == "gluestreaming" else OF_SPARK
    return tuple(one for one in own if job.glue_version != "3.0" or one not in SINCE_4)


def fitting_versions(job: Job) -> tuple[str, ...]:
    """Return the versions of Glue that a job may have."""
    is_newer = job.kind == "glueray" or job.worker_type in SINCE_4
    return tuple(version for version in VERSIONS if version != "3.0" or not is_newer)
