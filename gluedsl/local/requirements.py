"""What pip would install for jobs on Glue, against what is installed here, where nothing is installed for them.

Comes in: requirements, as `libraries=` and `--additional-python-modules` have them. Goes out: those that are not met.
What names no package that can be looked up, such as a repository, is left alone.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gluedsl.model import Job

ARGUMENT = "--additional-python-modules"


def required(jobs: Iterable[Job]) -> list[str]:
    """Return what pip installs for these jobs on Glue, each requirement once."""
    found: dict[str, None] = {}
    for job in jobs:
        found |= dict.fromkeys(one for one in job.libraries if "://" not in one and not one.startswith(("/", "\\")))
        for arguments in (job.default_arguments, job.non_overridable_arguments):
            found |= dict.fromkeys(listed(arguments.get(ARGUMENT, "")))
    return list(found)


def listed(argument: str) -> list[str]:
    """Return what the value of the argument names: requirements with commas between them."""
    return [part.strip() for part in argument.split(",") if part.strip()]


def missing(requirements: Iterable[str], installed: Callable[[str], str] = version) -> list[str]:
    """Return the requirements that what is installed here does not meet, with the version where there is another."""
    from packaging.requirements import InvalidRequirement, Requirement  # noqa: PLC0415 -- only where something is asked

    found = []
    for text in requirements:
        try:
            wanted = Requirement(_of_wheel(text) or text)
        except InvalidRequirement:
            continue  # as the module's docstring says
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        try:
            there = installed(wanted.name)
        except PackageNotFoundError:
            found.append(text)
        else:
            if not wanted.specifier.contains(there, prereleases=True):
                found.append(f"{text} ({there} is installed)")
    return found


def _of_wheel(text: str) -> str | None:
    """Return the requirement that a wheel meets, by the name of its file."""
    name, _, rest = PurePosixPath(text).name.partition("-")
    return f"{name}=={rest.partition('-')[0]}" if text.endswith(".whl") and "/" in text else None
