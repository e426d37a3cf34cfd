"""What a project wants to be there: its resources with the tags that make them ours, all placeholders filled in.

Comes in: a bundled project and the account it is for. Goes out: definitions. Pure.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gluedsl import spelling
from gluedsl.deploy.content import marked
from gluedsl.deploy.ownership import REGION, ROLE, RULE, WORKFLOW, tag_value
from gluedsl.deploy.resources import PlacedTrigger, RoleDefinition
from gluedsl.errors import InternalError
from gluedsl.graph import Node
from gluedsl.graph.build import started_nodes, watched_nodes
from gluedsl.model import RemoteScript

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gluedsl.deploy.account import Identity
    from gluedsl.deploy.ownership import Owner
    from gluedsl.deploy.resources import Bucket, Upload
    from gluedsl.deploy.scope import Scope
    from gluedsl.model import Crawler, EventRule, Job, Project, Role, Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Desired:
    """One project in one account."""

    owner: Owner
    """Who its resources are tagged as."""
    scope: Scope
    workflows: tuple[Workflow, ...]
    triggers: tuple[PlacedTrigger, ...]
    jobs: tuple[Job, ...]
    crawlers: tuple[Crawler, ...]
    roles: tuple[RoleDefinition, ...]
    rules: tuple[EventRule, ...]
    """Each with the ARN of its role."""
    existing: tuple[Node, ...]
    """Jobs and crawlers that others make, and that have to be there."""
    bucket: Bucket | None
    files: tuple[Upload, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The buckets that have to send their events."""
        return tuple(sorted({bucket for rule in self.rules for bucket in rule.buckets}))

    @property
    def workflow_names(self) -> frozenset[str]:
        """The names of the project's workflows."""
        return frozenset(workflow.name for workflow in self.workflows)

    @property
    def owners(self) -> frozenset[str]:
        """What resources of the project's workflows are tagged with."""
        return frozenset(tag_value(workflow.name) for workflow in self.workflows)


def desired(
    project: Project, files: Sequence[Upload], identity: Identity, *, owner: Owner, scope: Scope, bucket: Bucket | None
) -> Desired:
    """Return what `project` wants, tagged as its owner's."""
    _require_bundled(project, files, owner, bucket)
    owners = _owners(project)
    made = {role.name: _owner_of_role(project, role, owners) for role in project.roles}

    def tags(own: Mapping[str, str], workflow: str) -> dict[str, str]:
        return {**own, **owner.tags, WORKFLOW: tag_value(workflow)}

    def workflow_tags(workflow: Workflow) -> dict[str, str]:
        roles = sorted(role for role, its in made.items() if its == workflow.name)
        rules = sorted(rule.name for rule in project.event_rules if rule.workflow_name == workflow.name)
        memory = {key: " ".join(names) for key, names in ((ROLE, roles), (RULE, rules)) if names}
        return tags(workflow.tags, workflow.name) | scope.tags(workflow.name) | memory

    return Desired(
        owner=owner,
        scope=scope,
        workflows=tuple(marked(replace(w, tags=workflow_tags(w))) for w in project.workflows),
        triggers=tuple(
            marked(PlacedTrigger(workflow=w.name, trigger=replace(t, tags=tags(t.tags, w.name))))
            for w in project.workflows
            for t in w.triggers
        ),
        jobs=tuple(marked(replace(j, tags=tags(j.tags, owners[Node("JOB", j.name)]))) for j in project.jobs),
        crawlers=tuple(
            marked(replace(c, tags=tags(c.tags, owners[Node("CRAWLER", c.name)]))) for c in project.crawlers
        ),
        roles=tuple(
            marked(_role(role, identity, bucket, {**tags({}, made[role.name]), REGION: identity.region}))
            for role in project.roles
        ),
        rules=tuple(
            marked(replace(r, role=_role_arn(r.role, identity), tags=tags(r.tags, r.workflow_name)))
            for r in project.event_rules
        ),
        existing=(
            *(Node("JOB", job.name) for job in project.existing_jobs),
            *(Node("CRAWLER", crawler.name) for crawler in project.existing_crawlers),
        ),
        bucket=bucket,
        files=tuple(files),
    )


def _require_bundled(project: Project, files: Sequence[Upload], owner: Owner, bucket: Bucket | None) -> None:
    for job in project.jobs:
        if not isinstance(job.code, RemoteScript):
            message = f"job `{job.name}` comes to deployment without its code in S3"
            raise InternalError(message)
    if files and bucket is None:
        message = "there are files to upload and no bucket to put them into"
        raise InternalError(message)
    for file in files:
        if not file.key.startswith(f"{owner.files}/"):
            message = f"`{file.key}` is not in the folder of the project's own files, {owner.files}/"
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
        *(rule.workflow_name for rule in project.event_rules if rule.role == role.name),
    }
    names = [workflow.name for workflow in project.workflows]
    return next((name for name in names if name in users), names[0] if names else "")


def _role_arn(role: str | None, identity: Identity) -> str | None:
    """Return the ARN of a role that may be given by its name: EventBridge takes nothing else."""
    if role is None or role.startswith("arn:"):
        return role
    return f"arn:{identity.partition}:iam::{identity.account}:role/{role}"


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
