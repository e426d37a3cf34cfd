"""What tells our resources from everybody else's: tags.

A resource of ours has exactly the tags that the flow gives it, and the ones of this module. Only the tags that AWS
itself sets (`aws:...`) are nobody's business. https://docs.aws.amazon.com/glue/latest/dg/monitor-tags.html
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.deploy.resources import called
from gluedsl.deploy.steps import Change, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.deploy.resources import ResourceType

OURS = "gluedsl:"
"""How the keys of our tags begin."""
PROJECT = "gluedsl:project"
STAGE = "gluedsl:stage"
"""Of a deployment without a stage there is no such tag."""
WORKFLOW = "gluedsl:workflow"
"""The workflow that a resource is for; of a job or crawler that serves several, one of them."""
FLOW = "gluedsl:flow"
"""On a workflow: the flow file that it was deployed from, as a path below the project's folder."""
ROLE = "gluedsl:role"
"""On a workflow: the roles made for it, so that they are found again when nothing else names them any more."""
RULE = "gluedsl:rule"
"""On a workflow: the EventBridge rule made for it, for the same reason."""
REGION = "gluedsl:region"
"""On a role: the region of the workflow that it was made for, because one name is one role in all regions."""
CONTENT = "gluedsl:content"
"""A digest of what the flow says of the resource: `gluedsl.deploy.content`."""


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


_IN_KEYS = re.compile(r"[A-Za-z0-9_.-]{1,64}")
"""What is safe in a key of S3, and in the arguments of a job that name it
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html)."""


def _key_part(name: str) -> str:
    """Return a name as part of a key; no two names give the same, since what is below is one project's to delete."""
    if _IN_KEYS.fullmatch(name) and name.strip("."):
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    return f"{re.sub('[^A-Za-z0-9_.-]+', '_', name)[:48]}-{digest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who owns what a deployment makes: a project in one of its stages, in one region."""

    project: str
    stage: str | None = None
    region: str | None = None
    """Of what is the same in all regions, it tells one deployment's from another's."""

    @property
    def tags(self) -> dict[str, str]:
        """What everything of ours is tagged with."""
        its = {PROJECT: tag_value(self.project)}
        return its if self.stage is None else its | {STAGE: tag_value(self.stage)}

    @property
    def folder(self) -> str:
        """Where in a script bucket everything of ours is, and nothing of anybody else's but other stages'."""
        its = f"gluedsl/{_key_part(self.project)}"
        return its if self.stage is None else f"{its}/stages/{_key_part(self.stage)}"

    @property
    def files(self) -> str:
        """Where the files of our jobs are."""
        return f"{self.folder}/files"

    @property
    def lock(self) -> str:
        """The key of our lock."""
        return f"{self.folder}/lock.json"

    def owns(self, tags: Mapping[str, str]) -> bool:
        """Whether a resource with these tags is ours."""
        mine = self.tags
        is_here = tags.get(REGION, self.region) == self.region
        return is_here and tags.get(PROJECT) == mine[PROJECT] and tags.get(STAGE) == mine.get(STAGE)

    def refusal(self, resource: ResourceType, name: str, tags: Mapping[str, str]) -> Refusal:
        """Say that a name is taken by something that is not ours, or not this workflow's."""
        mine, project, stage = self.tags, tags.get(PROJECT), tags.get(STAGE)
        if project is None:
            whose = "exists already, and gluedsl did not make it"
        elif project != mine[PROJECT]:
            whose = f"belongs to another gluedsl project, `{project}`"
        elif stage != mine.get(STAGE):
            whose = f"belongs to this project {f'in stage `{stage}`' if stage else 'outside of any stage'}"
        elif tags.get(REGION, self.region) != self.region:
            whose = f"belongs to this project in region `{tags[REGION]}`, and roles are the same in all regions"
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


def remembered(tags: Mapping[str, str], key: str) -> frozenset[str]:
    """Return the names in the tag `ROLE` or `RULE` of a workflow."""
    return frozenset(tags.get(key, "").split())
