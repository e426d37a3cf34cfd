"""Reading what a plan needs to know of an account: the names that matter, and what we own.

Comes in: what a project wants, and a reader. Goes out: what is there. Changes nothing.

Nothing is asked for one by one that can be had in a batch. Tags cannot, but from the index of all tags of an account,
which lags behind: so it is believed where it says what is expected, and everything else is asked for by itself.
What does not depend on another answer is asked at the same time.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.deploy.account import PARALLEL
from gluedsl.deploy.diff import role_name
from gluedsl.deploy.ownership import ROLE, RULE, WORKFLOW, remembered, tag_value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gluedsl.deploy.account import (
        BucketState,
        GlueReader,
        Identity,
        ObservedRole,
        ObservedRule,
        ObservedTrigger,
        SourceState,
    )
    from gluedsl.deploy.desired import Desired
    from gluedsl.deploy.resources import ResourceType
    from gluedsl.model import Crawler, Job, Workflow

Tags = dict[tuple["ResourceType", str], "Mapping[str, str]"]

_FOUND_BY_TAG: tuple[ResourceType, ...] = ("AWS::Glue::Job", "AWS::Glue::Crawler", "AWS::Glue::Trigger")
"""What Glue lists by tags; workflows it does not
(https://docs.aws.amazon.com/glue/latest/webapi/API_ListWorkflows.html)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What is there of what matters, by name."""

    identity: Identity
    workflows: Mapping[str, Workflow]
    jobs: Mapping[str, Job]
    crawlers: Mapping[str, Crawler]
    triggers: Mapping[str, ObservedTrigger]
    roles: Mapping[str, ObservedRole]
    rules: Mapping[str, ObservedRule]
    tags: Mapping[tuple[ResourceType, str], Mapping[str, str]]
    """Of everything above but roles and rules, which carry their own."""
    gone: frozenset[str]
    """Workflows that are this deployment's to delete, because no flow names them any more."""
    owners: frozenset[str]
    """What resources of the workflows at hand, and of those that are gone, are tagged with."""
    every_trigger: tuple[ObservedTrigger, ...]
    """All triggers of the account, if something may be deleted that one of them names; nothing otherwise."""
    bucket: BucketState | None
    files: Mapping[str, bool]
    """All keys in the folder of the project's files, and whether there is an object, or only earlier versions."""
    other_jobs: frozenset[str]
    """Jobs of the project in this stage that this deployment is not about."""
    sources: Mapping[str, SourceState]

    def tags_of(self, resource: ResourceType, name: str) -> Mapping[str, str]:
        """Return the tags of a resource that is there."""
        if resource == "AWS::IAM::Role":
            return self.roles[name].tags
        if resource == "AWS::Events::Rule":
            return self.rules[name].tags
        return self.tags.get((resource, name), {})


def observe(wanted: Desired, reader: GlueReader, identity: Identity, *, everything: bool = False) -> Observed:
    """Read what is there.

    `everything`: look at all triggers of the account, because the project's resources are to be deleted.
    """
    with ThreadPoolExecutor(PARALLEL) as pool:
        bucket = pool.submit(_bucket, wanted, reader)
        sources = pool.submit(lambda: {name: reader.source(name) for name in wanted.sources})
        role_batch = pool.submit(reader.roles, sorted(role.name for role in wanted.roles))
        rule_batch = pool.submit(reader.rules, sorted(rule.name for rule in wanted.rules))
        ours = _Ours(wanted, reader, pool)
        workflow_batch = pool.submit(reader.workflows, sorted({*wanted.workflow_names, *ours.gone}))
        job_batch = pool.submit(reader.jobs, ours.names("AWS::Glue::Job"))
        crawler_batch = pool.submit(reader.crawlers, ours.names("AWS::Glue::Crawler"))
        trigger_batch = pool.submit(reader.triggers, ours.names("AWS::Glue::Trigger"))
        workflows = {w.name: w for w in workflow_batch.result()}
        jobs = {j.name: j for j in job_batch.result()}
        crawlers = {c.name: c for c in crawler_batch.result()}
        triggers = {t.trigger.name: t for t in _staying(trigger_batch.result())}
        tags = ours.tags(
            {
                "AWS::Glue::Workflow": workflows,
                "AWS::Glue::Job": jobs.keys() - {n.name for n in wanted.existing if n.type == "JOB"},
                "AWS::Glue::Crawler": crawlers.keys() - {n.name for n in wanted.existing if n.type == "CRAWLER"},
                "AWS::Glue::Trigger": triggers,
            }
        )
        other_roles = reader.roles(sorted(_remembered(wanted, tags, ROLE) - {role.name for role in wanted.roles}))
        other_rules = reader.rules(sorted(_remembered(wanted, tags, RULE) - {rule.name for rule in wanted.rules}))
        roles = {**role_batch.result(), **other_roles}
        forsaken = _forsaken(wanted, ours, (*jobs.values(), *crawlers.values()), roles, reader) if everything else {}
        state, files = bucket.result()
        return Observed(
            identity=identity,
            workflows=workflows,
            jobs=jobs,
            crawlers=crawlers,
            triggers=triggers,
            roles=roles | forsaken,
            rules={**rule_batch.result(), **other_rules},
            tags=tags,
            gone=ours.gone,
            owners=ours.owners | {role.tags[WORKFLOW] for role in forsaken.values()},
            every_trigger=_staying(reader.every_trigger()) if everything or ours.has_orphans else (),
            bucket=state,
            files=files,
            other_jobs=ours.others["AWS::Glue::Job"],
            sources=sources.result(),
        )


def _bucket(wanted: Desired, reader: GlueReader) -> tuple[BucketState | None, Mapping[str, bool]]:
    """Return how the script bucket is, and the project's files that are in it."""
    if wanted.bucket is None:
        return None, {}
    state = reader.bucket(wanted.bucket)
    if state not in {"ready", "unfinished"}:
        return state, {}
    return state, reader.files(wanted.bucket, f"{wanted.owner.files}/")


def _forsaken(
    wanted: Desired, ours: _Ours, nodes: Sequence[Job | Crawler], known: Collection[str], reader: GlueReader
) -> dict[str, ObservedRole]:
    """Return the roles of ours that these nodes have, that nothing else has, and whose workflow is gone.

    A role stays behind when its workflow is taken away and a node that has it is not. Then nothing remembers it.
    """
    names = {role_name(node.role) or "" for node in nodes} - {"", *known}
    roles = {name: role for name, role in reader.roles(sorted(names)).items() if wanted.owner.owns(role.tags)}
    homes = {role.tags.get(WORKFLOW, "") for role in roles.values()} - {"", *ours.owners}
    if not homes:
        return {}
    gone = homes - {tag_value(workflow.name) for workflow in reader.workflows(sorted(homes))}
    elsewhere: tuple[Job | Crawler, ...] = (
        *reader.jobs(sorted(ours.others["AWS::Glue::Job"])),
        *reader.crawlers(sorted(ours.others["AWS::Glue::Crawler"])),
    )
    used = {role_name(node.role) for node in elsewhere}
    return {name: role for name, role in roles.items() if role.tags.get(WORKFLOW) in gone and name not in used}


def _staying(triggers: Iterable[ObservedTrigger]) -> tuple[ObservedTrigger, ...]:
    """Return the triggers but for those that Glue is deleting already."""
    return tuple(trigger for trigger in triggers if trigger.state != "DELETING")


class _Ours:
    """What the project names, and what carries its tags: which of it is this deployment's, and with which tags."""

    def __init__(self, wanted: Desired, reader: GlueReader, pool: ThreadPoolExecutor) -> None:
        self._reader = reader
        self._pool = pool
        self._expected = _expected_tags(wanted)
        self._named = _named(wanted)
        owner = wanted.owner
        listings = {resource: pool.submit(reader.tagged, resource, owner.tags) for resource in _FOUND_BY_TAG}
        indexed = pool.submit(reader.index, owner.tags)
        self._index = indexed.result()
        self._known: Tags = {}
        """Tags that were asked for, resource by resource."""
        unnamed = {resource: set(listing.result()) - self._named[resource] for resource, listing in listings.items()}
        self._ask({r: [n for n in names if (r, n) not in self._index] for r, names in unnamed.items()})
        unnamed = {r: {n for n in names if owner.owns(self._told(r, n))} for r, names in unnamed.items()}
        self.gone = self._gone(wanted, unnamed)
        self.owners = wanted.owners | {tag_value(name) for name in self.gone}
        orphans = {
            r: [n for n in names if self._told(r, n).get(WORKFLOW) in self.owners] for r, names in unnamed.items()
        }
        self._ask(orphans)  # what may be deleted is not left to an index
        self._orphans = {r: {n for n in names if owner.owns(self._told(r, n))} for r, names in orphans.items()}
        self.others = {r: frozenset(names - self._orphans[r]) for r, names in unnamed.items()}
        """What is ours and of other workflows, by type."""

    @property
    def has_orphans(self) -> bool:
        """Whether something is ours that the project does not name."""
        return bool(self.gone or any(self._orphans.values()))

    def names(self, resource: ResourceType) -> list[str]:
        """Return the names of a type that are wanted, or ours to delete."""
        return sorted(self._named[resource] | self._orphans[resource])

    def tags(self, present: Mapping[ResourceType, Collection[str]]) -> Tags:
        """Return the tags of what is there."""
        self._ask({r: [n for n in names if not self._is_as_expected(r, n)] for r, names in present.items()})
        return {(r, n): self._told(r, n) for r, names in present.items() for n in names}

    def _told(self, resource: ResourceType, name: str) -> Mapping[str, str]:
        key = (resource, name)
        return self._known.get(key, self._index.get(key, {}))

    def _is_as_expected(self, resource: ResourceType, name: str) -> bool:
        told = {k: v for k, v in self._told(resource, name).items() if not k.startswith("aws:")}
        return told == self._expected.get((resource, name))

    def _ask(self, names: Mapping[ResourceType, Collection[str]]) -> None:
        """Ask for the tags of resources one by one, unless that was done."""
        missing = {r: sorted(n for n in its if (r, n) not in self._known) for r, its in names.items()}
        answers = {r: self._pool.submit(self._reader.tags, r, its) for r, its in missing.items() if its}
        for resource, answer in answers.items():
            self._known |= {(resource, name): tags for name, tags in answer.result().items()}

    def _gone(self, wanted: Desired, unnamed: Mapping[ResourceType, Collection[str]]) -> frozenset[str]:
        """Return the workflows that are ours to delete: those in the index, and those that something of ours is for."""
        scope, owner = wanted.scope, wanted.owner
        if scope.covers is None:
            return frozenset()
        listed = {name: tags for (resource, name), tags in self._index.items() if resource == "AWS::Glue::Workflow"}
        elsewhere = {name for name, tags in listed.items() if not (owner.owns(tags) and scope.reaches(tags))}
        served = {self._told(r, name).get(WORKFLOW, "") for r, names in unnamed.items() for name in names}
        candidates = {name for name in listed.keys() | served if name} - elsewhere - wanted.workflow_names
        self._ask({"AWS::Glue::Workflow": candidates})
        its = {name: self._told("AWS::Glue::Workflow", name) for name in candidates}
        return frozenset(name for name, tags in its.items() if owner.owns(tags) and scope.reaches(tags))


def _named(wanted: Desired) -> dict[ResourceType, set[str]]:
    return {
        "AWS::Glue::Workflow": set(wanted.workflow_names),
        "AWS::Glue::Job": {*(j.name for j in wanted.jobs), *(n.name for n in wanted.existing if n.type == "JOB")},
        "AWS::Glue::Crawler": {
            *(c.name for c in wanted.crawlers),
            *(n.name for n in wanted.existing if n.type == "CRAWLER"),
        },
        "AWS::Glue::Trigger": {t.name for t in wanted.triggers},
    }


def _expected_tags(wanted: Desired) -> Tags:
    return {
        **{("AWS::Glue::Workflow", w.name): w.tags for w in wanted.workflows},
        **{("AWS::Glue::Job", j.name): j.tags for j in wanted.jobs},
        **{("AWS::Glue::Crawler", c.name): c.tags for c in wanted.crawlers},
        **{("AWS::Glue::Trigger", t.name): t.tags for t in wanted.triggers},
    }


def _remembered(wanted: Desired, tags: Tags, memory: str) -> frozenset[str]:
    """Return the roles or rules that the project once made: none is found by its tags, but its workflows remember."""
    its = (own for (resource, _), own in tags.items() if resource == "AWS::Glue::Workflow" and wanted.owner.owns(own))
    return frozenset(name for own in its for name in remembered(own, memory))
