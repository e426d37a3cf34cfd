"""What tells our resources from everybody else's: tags.

A resource of ours has exactly the tags that the flow gives it, and the ones of this module. Only the tags that AWS
itself sets (`aws:...`) are nobody's business. https://docs.aws.amazon.com/glue/latest/dg/monitor-tags.html
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from gluedsl.deploy.resources import called
from gluedsl.deploy.steps import Change, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.deploy.resources import ResourceType

PROJECT = "gluedsl:project"
WORKFLOW = "gluedsl:workflow"
"""The workflow that a resource is for; of a job or crawler that serves several, one of them."""
ROLE = "gluedsl:role"
"""On a workflow: the role made for it, so that it is found again when nothing else names it any more."""


_UNTAGGABLE = re.compile(r"[^\w\s.:/=+\-@]")
"""What a tag's value cannot have; IAM refuses it (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html)."""
_LONGEST = 256


def tag_value(name: str) -> str:
    """Return a name as the value of a tag: itself, or where a tag cannot hold it, what is left of it and a digest."""
    value = _UNTAGGABLE.sub("_", name)
    if value == name and len(name) <= _LONGEST:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    return f"{value[: _LONGEST - len(digest) - 1]}-{digest}"


def owned(tags: Mapping[str, str], project: str) -> bool:
    """Whether a resource with these tags is this project's."""
    return tags.get(PROJECT) == tag_value(project)


def refusal(resource: ResourceType, name: str, tags: Mapping[str, str], project: str) -> Refusal:
    """Say that a name is taken by something that is not this project's, or not this workflow's."""
    owner = tags.get(PROJECT)
    if owner is None:
        whose = "exists already, and gluedsl did not make it"
    elif owner != tag_value(project):
        whose = f"belongs to another gluedsl project, `{owner}`"
    else:
        whose = f"belongs to another workflow of this project, `{tags.get(WORKFLOW, '')}`"
    return Refusal(
        resource=resource,
        name=name,
        message=f"{called(resource, name)} {whose}",
        hint="give yours another name, or use --adopt to take this one over",
    )


def tag_changes(wanted: Mapping[str, str], observed: Mapping[str, str]) -> Iterator[Change]:
    """Yield what differs between the tags that a resource is to have and those that it has."""
    for key in sorted({*wanted, *observed}):
        before, after = observed.get(key), wanted.get(key)
        if before != after and not key.startswith("aws:"):
            yield Change(field=f"tags.{key}", before=before, after=after)
