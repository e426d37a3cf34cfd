"""What a project wants to be there: its resources with the tags that make them ours, all placeholders filled in.

Comes in: a bundled project and the account it is for. Goes out: definitions. Pure.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gluedsl import spelling
from gluedsl.deploy.ownership import PROJECT, ROLE, WORKFLOW, tag_value
from gluedsl.deploy.resources import PlacedTrigger, RoleDefinition
from gluedsl.errors import InternalError
from gluedsl.graph import Node
from gluedsl.graph.build import started_nodes, watched_nodes
from gluedsl.model import RemoteScript

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gluedsl.deploy.account import Identity
    from gluedsl.deploy.resources import Bucket, Upload
    from gluedsl.model import Crawler, Job, Project, Role, Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Desired:
    """One project in one account."""

    project: str
    """The name that its resources are tagged with."""
    workflows: tuple[Workflow, ...]
    triggers: tuple[PlacedTrigger, ...]
    jobs: tuple[Job, ...]
    crawlers: tuple[Crawler, ...]
    roles: tuple[RoleDefinition, ...]
    existing: tuple[Node, ...]
    """Jobs and crawlers that others make, and that have to be there."""
    bucket: Bucket | None
    files: tuple[Upload, ...]

    @property
    def workflow_names(self) -> frozenset[str]:
        """The names of the project's workflows."""
        return frozenset(workflow.name for workflow in self.workflows)

    @property
    def owners(self) -> frozenset[str]:
        """What resources of the project's workflows are tagged with."""
        return frozenset(tag_value(workflow.name) for workflow in self.workflows)


def desired(
    project: Project, files: Sequence[Upload], identity: Identity, *, name: str, bucket: Bucket | None
) -> Desired:
    """Return what `project` wants, tagged with its name."""
    _require_bundled(project, files, bucket)
    owners = _owners(project)
    made = {role.name: _owner_of_role(project, role, owners) for role in project.roles}

    def tags(own: Mapping[str, str], workflow: str) -> dict[str, str]:
        return {**own, PROJECT: tag_value(name), WORKFLOW: tag_value(workflow)}

    def workflow_tags(workflow: Workflow) -> dict[str, str]:
        roles = sorted(role for role, owner in made.items() if owner == workflow.name)
        return tags(workflow.tags, workflow.name) | ({ROLE: " ".join(roles)} if roles else {})

    return Desired(
        project=name,
        workflows=tuple(replace(w, tags=workflow_tags(w)) for w in project.workflows),
        triggers=tuple(
            PlacedTrigger(workflow=w.name, trigger=replace(t, tags=tags(t.tags, w.name)))
            for w in project.workflows
            for t in w.triggers
        ),
        jobs=tuple(replace(j, tags=tags(j.tags, owners[Node("JOB", j.name)])) for j in project.jobs),
        crawlers=tuple(replace(c, tags=tags(c.tags, owners[Node("CRAWLER", c.name)])) for c in project.crawlers),
        roles=tuple(_role(role, identity, bucket, tags({}, made[role.name])) for role in project.roles),
        existing=(
            *(Node("JOB", job.name) for job in project.existing_jobs),
            *(Node("CRAWLER", crawler.name) for crawler in project.existing_crawlers),
        ),
        bucket=bucket,
        files=tuple(files),
    )


def _require_bundled(project: Project, files: Sequence[Upload], bucket: Bucket | None) -> None:
    for job in project.jobs:
        if not isinstance(job.code, RemoteScript):
            message = f"job `{job.name}` comes to deployment without its code in S3"
            raise InternalError(message)
    if files and bucket is None:
        message = "there are files to upload and no bucket to put them into"
        raise InternalError(message)


def _owners(project: Project) -> dict[Node, str]:
    """Return the workflow of each job and crawler: the first that names it, or the project's first."""
    owners: dict[Node, str] = {}
    for workflow in project.workflows:
        for trigger in workflow.triggers:
            for node in (*started_nodes(trigger), *watched_nodes(trigger)):
                owners.setdefault(node, workflow.name)
    first = project.workflows[0].name if project.workflows else ""
    for job in project.jobs:
        owners.setdefault(Node("JOB", job.name), first)
    for crawler in project.crawlers:
        owners.setdefault(Node("CRAWLER", crawler.name), first)
    return owners


def _owner_of_role(project: Project, role: Role, owners: Mapping[Node, str]) -> str:
    """Return the first workflow with a job or crawler that has the role, or the project's first."""
    users = {
        *(owners[Node("JOB", job.name)] for job in project.jobs if job.role == role.name),
        *(owners[Node("CRAWLER", crawler.name)] for crawler in project.crawlers if crawler.role == role.name),
    }
    names = [workflow.name for workflow in project.workflows]
    return next((name for name in names if name in users), names[0] if names else "")


def _role(role: Role, identity: Identity, bucket: Bucket | None, tags: Mapping[str, str]) -> RoleDefinition:
    values = {
        "${AWS::Partition}": identity.partition,
        "${AWS::Region}": identity.region,
        "${AWS::AccountId}": identity.account,
    }
    if bucket is not None:
        values["${ScriptBucket}"] = bucket.name

    def filled(document: Mapping[str, Any]) -> Any:
        text = json.dumps(document)
        for placeholder, value in values.items():
            text = text.replace(placeholder, value)
        return json.loads(text)

    return RoleDefinition(
        name=role.name,
        trust=filled(spelling.trust_policy(role)),
        policy=filled(spelling.role_policy(role)) if role.statements else None,
        tags=tags,
    )
