"""What jobs require of pip and this machine lacks, told before they run."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from gluedsl.cli import console

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gluedsl.model import Job


def tell_missing(jobs: Iterable[Job]) -> None:
    """Say which requirements of Python shell jobs are not met here, if any."""
    from gluedsl.local.requirements import missing, required  # noqa: PLC0415 -- only where jobs run

    lacks = missing(required(job for job in jobs if job.kind == "pythonshell"))
    if lacks:
        install = shlex.join(["pip", "install", *(one.partition(" (")[0] for one in lacks)])
        console.say(f"not installed here, where nothing is installed for jobs: {', '.join(lacks)}; {install}", "yellow")
