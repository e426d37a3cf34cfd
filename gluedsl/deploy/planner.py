"""What has to be done so that an account is as a project wants it.

Comes in: a bundled project, the files of its jobs, and a `GlueReader`. Goes out: a `Plan`, whose steps are in the
order in which Glue needs them. It changes nothing, and never plans to change what is not ours.

The order: bucket, files and roles; jobs and crawlers; workflows; then for each workflow its triggers, the start
trigger last. What is no longer wanted goes in reverse: triggers before what they start, and start triggers first of
all. So no run begins on half a graph: a run takes the graph as it is when it begins
(https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from gluedsl.deploy import diff, removal
from gluedsl.deploy.claims import Claims
from gluedsl.deploy.desired import desired
from gluedsl.deploy.observe import observe
from gluedsl.deploy.ownership import ROLE, WORKFLOW
from gluedsl.deploy.resources import Bucket, called
from gluedsl.deploy.steps import Create, Keep, Plan, Refusal, Update, UploadFile
from gluedsl.deploy.triggers import trigger_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gluedsl.deploy.account import GlueReader, Identity
    from gluedsl.deploy.removal import Orphans
    from gluedsl.deploy.resources import RoleDefinition, Upload
    from gluedsl.deploy.steps import Step
    from gluedsl.model import Crawler, Job, Project, Workflow


def plan(
    project: Project,
    files: Sequence[Upload],
    reader: GlueReader,
    *,
    name: str,
    bucket: str | None = None,
    adopt: bool = False,
) -> Plan:
    """Plan the deployment of `project` under the project name `name`.

    `bucket`: where scripts go; None: gluedsl's own of this account and region. `adopt`: take over resources that have
    the names of the project's and are not ours.
    """
    identity = reader.identity()
    wanted = desired(project, files, identity, name=name, bucket=script_bucket(bucket, identity))
    claims = Claims(wanted=wanted, seen=observe(wanted, reader, identity), adopt=adopt)
    steps = tuple(_steps(claims))
    return Plan(steps=steps, refusals=tuple(claims.refusals))


def plan_removal(project: Project, reader: GlueReader, *, name: str) -> Plan:
    """Plan to take away all that is ours of the project's workflows; scripts stay in their bucket, which is shared."""
    identity = reader.identity()
    wanted = desired(project, (), identity, name=name, bucket=None)
    return Plan(steps=removal.everything(wanted, observe(wanted, reader, identity, everything=True)))


def script_bucket(name: str | None, identity: Identity) -> Bucket:
    """Return the bucket of that name; None: the one that gluedsl makes for itself in the account and region."""
    own = f"gluedsl-{identity.account}-{identity.region}"
    return Bucket(name=name or own, account=identity.account, managed=name in {None, own})


def _steps(claims: Claims) -> Iterator[Step]:
    wanted, seen = claims.wanted, claims.seen
    gone = removal.orphans(wanted, seen)
    yield from _bucket_and_files(claims)
    for role in wanted.roles:
        yield from _role(role, claims)
    for job in wanted.jobs:
        yield from _job(job, claims)
    for crawler in wanted.crawlers:
        yield from _crawler(crawler, claims)
    _require_existing(claims)
    late = []
    for workflow in wanted.workflows:
        steps = tuple(_workflow(workflow, claims, gone.kept_roles))
        if _forgets_a_role(steps):
            late.append(steps)
        else:
            yield from steps
    yield from _triggers(claims, gone)
    yield from gone.others
    for steps in late:
        yield from steps


def _triggers(claims: Claims, gone: Orphans) -> Iterator[Step]:
    """Yield the steps for all triggers, workflow by workflow: so each is incomplete for as short as can be."""
    arriving = removal.moved(claims.wanted, claims.seen)
    by_workflow = defaultdict(list)
    for trigger in claims.wanted.triggers:
        by_workflow[trigger.workflow].append(trigger)
    steps = [
        trigger_steps(by_workflow[workflow.name], gone.triggers.get(workflow.name, ()), arriving, claims)
        for workflow in claims.wanted.workflows
    ]
    if arriving:  # they have to leave where they are before they can come
        yield from chain(*(its.before for its in steps), *(its.after for its in steps))
    else:
        yield from chain.from_iterable((*its.before, *its.after) for its in steps)


def _bucket_and_files(claims: Claims) -> Iterator[Step]:
    bucket, state = claims.wanted.bucket, claims.seen.bucket
    if bucket is None or state is None:
        return
    match state:
        case "ready":
            yield Keep(resource="AWS::S3::Bucket", name=bucket.name)
        case "unfinished":
            yield Update(definition=bucket, changes=(), reason="its set-up was not finished")
        case "missing" if bucket.managed:
            yield Create(definition=bucket, reason="for scripts: private, encrypted, versioned")
        case "missing":
            hint = "create it, or configure none: then gluedsl makes one of its own"
            message = f"{called('AWS::S3::Bucket', bucket.name)} does not exist"
            claims.refusals.append(Refusal(resource="AWS::S3::Bucket", name=bucket.name, message=message, hint=hint))
        case "foreign":
            hint = "configure a script bucket that these credentials may list and write to"
            message = f"{called('AWS::S3::Bucket', bucket.name)} is somebody else's, or closed to these credentials"
            claims.refusals.append(Refusal(resource="AWS::S3::Bucket", name=bucket.name, message=message, hint=hint))
    for file in claims.wanted.files:
        if file.key in claims.seen.uploaded:
            yield Keep(resource="AWS::S3::Object", name=file.key)
        else:
            yield UploadFile(bucket=bucket, upload=file)


def _role(role: RoleDefinition, claims: Claims) -> Iterator[Step]:
    observed = claims.seen.roles.get(role.name)
    if observed is None:
        yield Create(definition=role)
    elif (claimed := claims.claim(role)) is not None:
        yield claims.in_place(claimed, diff.role_changes(claimed, observed))


def _job(job: Job, claims: Claims) -> Iterator[Step]:
    observed = claims.seen.jobs.get(job.name)
    if observed is None:
        yield Create(definition=job)
    elif (claimed := claims.claim(job)) is not None:
        yield claims.in_place(claimed, diff.job_changes(claimed, observed))


def _crawler(crawler: Crawler, claims: Claims) -> Iterator[Step]:
    observed = claims.seen.crawlers.get(crawler.name)
    if observed is None:
        yield Create(definition=crawler)
    elif (claimed := claims.claim(crawler)) is not None:
        changes = diff.crawler_changes(claimed, observed)
        yield claims.in_place(diff.crawler_with_defaults(claimed, changes), changes)


def _workflow(workflow: Workflow, claims: Claims, kept_roles: Sequence[str]) -> Iterator[Step]:
    alone = replace(workflow, triggers=(), tags=_remembering(workflow, claims, kept_roles))
    observed = claims.seen.workflows.get(workflow.name)
    if observed is None:
        yield Create(definition=alone)
    elif (claimed := claims.claim(alone)) is not None:
        yield claims.in_place(claimed, diff.workflow_changes(claimed, observed))


def _remembering(workflow: Workflow, claims: Claims, kept_roles: Sequence[str]) -> dict[str, str]:
    """Return the workflow's tags, with the roles made for it that stay although the project makes them no more."""
    its = {name for name in kept_roles if claims.seen.roles[name].tags.get(WORKFLOW) == workflow.tags[WORKFLOW]}
    names = sorted({*workflow.tags.get(ROLE, "").split(), *its})
    return {**workflow.tags, ROLE: " ".join(names)} if names else dict(workflow.tags)


def _forgets_a_role(steps: Sequence[Step]) -> bool:
    """Whether a workflow ceases to remember a role, which has to be deleted first: nothing else would find it."""
    return any(
        change.field == f"tags.{ROLE}" and set((change.before or "").split()) - set((change.after or "").split())
        for step in steps
        if isinstance(step, Update)
        for change in step.changes
    )


def _require_existing(claims: Claims) -> None:
    present = {"JOB": claims.seen.jobs, "CRAWLER": claims.seen.crawlers}
    identity = claims.seen.identity
    for node in claims.wanted.existing:
        if node.name not in present[node.type]:
            claims.refusals.append(
                Refusal(
                    resource="AWS::Glue::Job" if node.type == "JOB" else "AWS::Glue::Crawler",
                    name=node.name,
                    message=f"{node} does not exist in account {identity.account}, region {identity.region}",
                    hint="create it first, or define it in the flow",
                )
            )
