"""What has to be done so that an account is as a project wants it.

Comes in: a bundled project, the files of its jobs, and a `GlueReader`. Goes out: a `Plan`, whose steps are in the
order in which Glue needs them. It changes nothing, and never plans to change what is not ours.

The order: bucket and workflows, which remember what was made for them; files and roles; jobs and crawlers; then for
each workflow its triggers, the start trigger last, and after that the rule that starts it. What is no longer wanted
goes in reverse: rules and triggers before what they start, and start triggers first of all. So no run begins on half a
graph: a run takes the graph as it is when it begins
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
from gluedsl.deploy.files import files_and_bucket, forgotten
from gluedsl.deploy.observe import observe
from gluedsl.deploy.ownership import ROLE, RULE, WORKFLOW, Owner, remembered
from gluedsl.deploy.resources import Bucket, EventSource, called
from gluedsl.deploy.scope import Scope
from gluedsl.deploy.steps import Change, Create, Delete, Keep, Plan, Refusal, Update, UploadFile
from gluedsl.deploy.triggers import trigger_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gluedsl.deploy.account import GlueReader, Identity
    from gluedsl.deploy.desired import Desired
    from gluedsl.deploy.observe import Observed
    from gluedsl.deploy.removal import Orphans
    from gluedsl.deploy.resources import RoleDefinition, Upload
    from gluedsl.deploy.steps import Step
    from gluedsl.model import Crawler, EventRule, Job, Project, Workflow


def plan(
    project: Project,
    files: Sequence[Upload],
    reader: GlueReader,
    *,
    name: str,
    stage: str | None = None,
    scope: Scope | None = None,
    bucket: str | None = None,
    adopt: bool = False,
) -> Plan:
    """Plan the deployment of `project` under the project name `name`.

    `stage`: of the project; its resources are told from those of other stages. `scope`: whole workflows that it may
    delete; None: none. `bucket`: where scripts go; None: gluedsl's own of this account and region. `adopt`: take over
    resources that have the names of the project's and are not ours.
    """
    identity = reader.identity()
    owner = Owner(project=name, stage=stage, region=identity.region)
    place = script_bucket(bucket, identity)
    wanted = desired(project, files, identity, owner=owner, scope=scope or Scope(), bucket=place)
    claims = Claims(wanted=wanted, seen=observe(wanted, reader, identity), adopt=adopt)
    steps = tuple(_steps(claims))
    claims.refuse_crowded()
    if not any(_is_work(step) for step in steps):
        # Without files and without anything to lock there is no need of a bucket: another project's removal took it.
        return Plan(steps=tuple(s for s in steps if not isinstance(s, Create)), refusals=tuple(claims.refusals))
    return Plan(steps=(*steps, *forgotten(wanted, claims.seen, reader)), refusals=tuple(claims.refusals))


def plan_removal(
    project: Project,
    reader: GlueReader,
    *,
    name: str,
    stage: str | None = None,
    scope: Scope | None = None,
    bucket: str | None = None,
) -> Plan:
    """Plan to take away all that is ours of the project's workflows; and gluedsl's bucket, if nothing else is in it."""
    identity = reader.identity()
    owner = Owner(project=name, stage=stage, region=identity.region)
    place = script_bucket(bucket, identity)
    wanted = desired(project, (), identity, owner=owner, scope=scope or Scope(), bucket=place)
    seen = observe(wanted, reader, identity, everything=True)
    gone = removal.everything(wanted, seen)
    stored = files_and_bucket(wanted, seen, reader, gone)
    if not any(isinstance(step, Delete) for step in (*gone, *stored)):
        return Plan(steps=gone)
    return Plan(steps=(*gone, *stored, *_staying(wanted, seen)))


def _staying(wanted: Desired, seen: Observed) -> Iterator[Keep]:
    """Yield what a removal leaves, though the project had to do with it."""
    for name in wanted.sources:
        if seen.sources[name] == "sending":
            reason = "it still sends its events to EventBridge, where others may wait for them"
            yield Keep(resource="AWS::S3::Bucket", name=name, reason=reason)


def _is_work(step: Step) -> bool:
    """Whether it is for what the project wants, and not for the bucket that files and locks are in."""
    match step:
        case Keep() | Create(definition=Bucket()) | Update(definition=Bucket()):
            return False
        case _:
            return True


def script_bucket(name: str | None, identity: Identity) -> Bucket:
    """Return the bucket of that name; None: the one that gluedsl makes for itself in the account and region."""
    own = f"gluedsl-{identity.account}-{identity.region}"
    return Bucket(name=name or own, account=identity.account, managed=name in {None, own})


def _steps(claims: Claims) -> Iterator[Step]:
    wanted, seen = claims.wanted, claims.seen
    gone = removal.orphans(wanted, seen)
    yield from _bucket(claims)
    late = []
    for workflow in wanted.workflows:
        steps = tuple(_workflow(workflow, claims, gone.kept_roles))
        if _forgets(steps):
            late.append(steps)
        else:
            yield from steps
    yield from _files(claims)
    yield from chain.from_iterable(_source(name, claims) for name in wanted.sources)
    for role in wanted.roles:
        yield from _role(role, claims)
    for job in wanted.jobs:
        yield from _job(job, claims)
    for crawler in wanted.crawlers:
        yield from _crawler(crawler, claims)
    _require_existing(claims)
    yield from _triggers(claims, gone)
    yield from gone.others
    yield from chain.from_iterable(late)
    yield from gone.workflows


def _triggers(claims: Claims, gone: Orphans) -> Iterator[Step]:
    """Yield the steps for triggers and rules, workflow by workflow: so each is incomplete for as short as can be."""
    arriving = removal.moved(claims.wanted, claims.seen)
    by_workflow = defaultdict(list)
    for trigger in claims.wanted.triggers:
        by_workflow[trigger.workflow].append(trigger)
    rules: dict[str, list[Step]] = defaultdict(list)
    for rule in claims.wanted.rules:
        rules[rule.workflow_name] += _rule(rule, claims)
    leaving = chain.from_iterable(gone.triggers.get(name, ()) for name in sorted(claims.seen.gone))
    steps = [
        (trigger_steps(by_workflow[w.name], gone.triggers.get(w.name, ()), arriving, claims), rules[w.name])
        for w in claims.wanted.workflows
    ]
    if arriving:  # they have to leave where they are before they can come
        yield from leaving
        yield from chain.from_iterable(its.before for its, _ in steps)
        yield from chain.from_iterable((*its.after, *last) for its, last in steps)
    else:
        yield from chain.from_iterable((*its.before, *its.after, *last) for its, last in steps)
        yield from leaving


def _bucket(claims: Claims) -> Iterator[Step]:
    bucket, state = claims.wanted.bucket, claims.seen.bucket
    if bucket is None or state is None:
        return
    match state:
        case "ready":
            yield Keep(resource="AWS::S3::Bucket", name=bucket.name)
        case "unfinished":
            yield Update(definition=bucket, changes=(), reason="its set-up was not finished")
        case "missing" if bucket.managed:
            yield Create(definition=bucket, reason="for scripts and locks: private, encrypted, versioned")
        case "missing":
            hint = "create it, or configure none: then gluedsl makes one of its own"
            message = f"{called('AWS::S3::Bucket', bucket.name)} does not exist"
            claims.refusals.append(Refusal(resource="AWS::S3::Bucket", name=bucket.name, message=message, hint=hint))
        case "foreign":
            hint = "configure a script bucket that these credentials may list and write to"
            message = f"{called('AWS::S3::Bucket', bucket.name)} is somebody else's, or closed to these credentials"
            claims.refusals.append(Refusal(resource="AWS::S3::Bucket", name=bucket.name, message=message, hint=hint))


def _files(claims: Claims) -> Iterator[Step]:
    bucket = claims.wanted.bucket
    if bucket is None:
        return
    for file in claims.wanted.files:
        if claims.seen.files.get(file.key):
            yield Keep(resource="AWS::S3::Object", name=file.key)
        else:
            yield UploadFile(bucket=bucket, upload=file)


def _source(name: str, claims: Claims) -> Iterator[Step]:
    """Yield the step that lets a bucket send its events: to no other receiver of them is anything done."""
    match claims.seen.sources[name]:
        case "sending":
            yield Keep(resource="AWS::S3::Bucket", name=name, reason="unchanged")
        case "silent":
            change = Change(field="notifications.event_bridge", before=False, after=True)
            reason = "a rule waits for its events; its other notifications stay"
            yield Update(definition=EventSource(name=name), changes=(change,), reason=reason)
        case "closed":
            reason = "its notifications cannot be read; see to it that it sends its events to EventBridge"
            yield Keep(resource="AWS::S3::Bucket", name=name, reason=reason)
        case "missing":
            message = f"{called('AWS::S3::Bucket', name)}, whose events start a workflow, does not exist"
            claims.refusals.append(
                Refusal(resource="AWS::S3::Bucket", name=name, message=message, hint="create it first")
            )


def _rule(rule: EventRule, claims: Claims) -> Iterator[Step]:
    observed = claims.seen.rules.get(rule.name)
    if observed is None:
        yield Create(definition=rule)
    elif (claimed := claims.claim(rule)) is not None:
        yield claims.in_place(claimed, diff.rule_changes(claimed, observed))


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
    names = sorted(remembered(workflow.tags, ROLE) | its)
    return {**workflow.tags, ROLE: " ".join(names)} if names else dict(workflow.tags)


def _forgets(steps: Sequence[Step]) -> bool:
    """Whether a workflow ceases to remember what was made for it, which has to go first: nothing else would find it."""
    return any(
        set((change.before or "").split()) - set((change.after or "").split())
        for step in steps
        if isinstance(step, Update)
        for change in step.changes
        if change.field in {f"tags.{ROLE}", f"tags.{RULE}"}
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
