"""Reading what a plan needs to know of an account: the names that matter, and what we own.

Comes in: what a project wants, and a reader. Goes out: what is there. Changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.deploy.ownership import ROLE, WORKFLOW, owned

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from gluedsl.deploy.account import BucketState, GlueReader, Identity, ObservedRole, ObservedTrigger
    from gluedsl.deploy.desired import Desired
    from gluedsl.deploy.resources import ResourceType
    from gluedsl.model import Crawler, Job, Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What is there of what matters, by name."""

    identity: Identity
    workflows: Mapping[str, Workflow]
    jobs: Mapping[str, Job]
    crawlers: Mapping[str, Crawler]
    triggers: Mapping[str, ObservedTrigger]
    roles: Mapping[str, ObservedRole]
    tags: Mapping[tuple[ResourceType, str], Mapping[str, str]]
    """Of everything above but roles, which carry their own."""
    every_trigger: tuple[ObservedTrigger, ...]
    """All triggers of the account, if something may be deleted that one of them names; nothing otherwise."""
    bucket: BucketState | None
    uploaded: Collection[str]

    def tags_of(self, resource: ResourceType, name: str) -> Mapping[str, str]:
        """Return the tags of a resource that is there."""
        if resource == "AWS::IAM::Role":
            return self.roles[name].tags
        return self.tags.get((resource, name), {})


def observe(wanted: Desired, reader: GlueReader, identity: Identity, *, everything: bool = False) -> Observed:
    """Read what is there.

    `everything`: look at all triggers of the account, because the project's resources are to be deleted.
    """
    names = _Names(wanted, reader)
    workflows = {w.name: w for w in reader.workflows(names.workflows)}
    jobs = {j.name: j for j in reader.jobs(names.jobs)}
    crawlers = {c.name: c for c in reader.crawlers(names.crawlers)}
    triggers = {t.trigger.name: t for t in _staying(reader.triggers(names.triggers))}
    tags: dict[tuple[ResourceType, str], Mapping[str, str]] = {}
    found: tuple[tuple[ResourceType, Collection[str]], ...] = (
        ("AWS::Glue::Workflow", workflows),
        ("AWS::Glue::Job", jobs.keys() - {n.name for n in wanted.existing if n.type == "JOB"}),
        ("AWS::Glue::Crawler", crawlers.keys() - {n.name for n in wanted.existing if n.type == "CRAWLER"}),
        ("AWS::Glue::Trigger", triggers),
    )
    for resource, present in found:
        for name, its in reader.tags(resource, sorted(present)).items():
            tags[resource, name] = its
    bucket = reader.bucket(wanted.bucket) if wanted.bucket is not None and wanted.files else None
    keys = [file.key for file in wanted.files]
    return Observed(
        identity=identity,
        workflows=workflows,
        jobs=jobs,
        crawlers=crawlers,
        triggers=triggers,
        roles={role.name: role for role in _roles(wanted, reader, tags)},
        tags=tags,
        every_trigger=_staying(reader.every_trigger()) if everything or names.orphans else (),
        bucket=bucket,
        uploaded=reader.uploaded(wanted.bucket, keys) if wanted.bucket and bucket in {"ready", "unfinished"} else (),
    )


def _staying(triggers: Iterable[ObservedTrigger]) -> tuple[ObservedTrigger, ...]:
    """Return the triggers but for those that Glue is deleting already."""
    return tuple(trigger for trigger in triggers if trigger.state != "DELETING")


class _Names:
    """The names to read: those that the project wants, and those that carry its workflows' tags."""

    def __init__(self, wanted: Desired, reader: GlueReader) -> None:
        self.orphans = False
        """Whether something carries our tags that the project does not name."""

        def with_tagged(resource: ResourceType, known: Collection[str]) -> frozenset[str]:
            ours = {n for w in sorted(wanted.owners) for n in reader.tagged(resource, WORKFLOW, w)}
            self.orphans = self.orphans or not ours <= set(known)
            return frozenset({*known, *ours})

        others = {node.type: {n.name for n in wanted.existing if n.type == node.type} for node in wanted.existing}
        self.workflows = wanted.workflow_names
        self.jobs = with_tagged("AWS::Glue::Job", {*(j.name for j in wanted.jobs), *others.get("JOB", ())})
        self.crawlers = with_tagged(
            "AWS::Glue::Crawler", {*(c.name for c in wanted.crawlers), *others.get("CRAWLER", ())}
        )
        self.triggers = with_tagged("AWS::Glue::Trigger", {t.name for t in wanted.triggers})


def _roles(
    wanted: Desired, reader: GlueReader, tags: Mapping[tuple[ResourceType, str], Mapping[str, str]]
) -> Iterator[ObservedRole]:
    """Yield the roles that the project wants, and those that it once made.

    IAM finds no role by its tags, so these are the roles that its workflows remember.
    """
    names = {role.name for role in wanted.roles}
    for workflow in wanted.workflow_names:
        its = tags.get(("AWS::Glue::Workflow", workflow), {})
        if owned(its, wanted.project):
            names |= set(its.get(ROLE, "").split())
    for name in sorted(names):
        role = reader.role(name)
        if role is not None:
            yield role
