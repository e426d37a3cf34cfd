"""The account, through boto3: `GlueReader`, `GlueWriter`, `RunReader` and `RunWriter` in one.

Comes in: names and definitions. Goes out: calls of AWS's API, in batches and pages as large as it takes them, and what
it answered in the model's terms. This is the one place in `gluedsl.deploy` that knows boto3. It decides nothing, and
waits for nothing but boto3's own retries. Whatever goes wrong is a `GluedslError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.deploy.gateway.connection import Connection
from gluedsl.deploy.gateway.definitions import GlueDefinitions
from gluedsl.deploy.gateway.events import Rules, Sources
from gluedsl.deploy.gateway.iam import Roles
from gluedsl.deploy.gateway.locks import Locks
from gluedsl.deploy.gateway.runs import Runs
from gluedsl.deploy.gateway.s3 import Scripts
from gluedsl.deploy.gateway.tagging import TagIndex
from gluedsl.deploy.resources import Bucket, EventSource, PlacedTrigger, RoleDefinition
from gluedsl.model import Crawler, EventRule, Job, Workflow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gluedsl.deploy.account import (
        BucketState,
        Identity,
        ObservedRole,
        ObservedRule,
        ObservedTrigger,
        SourceState,
    )
    from gluedsl.deploy.resources import Definition, ResourceType, Upload
    from gluedsl.runs import RunSnapshot

__all__ = ["Gateway", "connect"]


def connect(*, profile: str | None = None, region: str | None = None, endpoint_url: str | None = None) -> Gateway:
    """Reach an account the way boto3 does; whoever answers is asked whose account it is, so that errors show early."""
    connection = Connection(profile=profile, region=region, endpoint_url=endpoint_url)
    connection.identity  # noqa: B018 -- asking is the point
    return Gateway(connection)


class Gateway:
    """One account in one region."""

    def __init__(self, connection: Connection) -> None:
        """Work over a connection."""
        self._connection = connection
        self._definitions = GlueDefinitions(connection)
        self._roles = Roles(connection)
        self._rules = Rules(connection)
        self._sources = Sources(connection)
        self._scripts = Scripts(connection)
        self._runs = Runs(connection)
        self._index = TagIndex(connection)
        self.locks = Locks(connection)

    def identity(self) -> Identity:
        """Whose account this is."""
        return self._connection.identity

    def workflows(self, names: Collection[str]) -> Sequence[Workflow]:
        """Return the workflows of these names, without their triggers."""
        return self._definitions.workflows(names)

    def jobs(self, names: Collection[str]) -> Sequence[Job]:
        """Return the jobs of these names."""
        return self._definitions.jobs(names)

    def crawlers(self, names: Collection[str]) -> Sequence[Crawler]:
        """Return the crawlers of these names."""
        return self._definitions.crawlers(names)

    def triggers(self, names: Collection[str]) -> Sequence[ObservedTrigger]:
        """Return the triggers of these names."""
        return self._definitions.triggers(names)

    def every_trigger(self) -> Sequence[ObservedTrigger]:
        """Return all triggers of the account in this region."""
        return self._definitions.every_trigger()

    def index(self, tags: Mapping[str, str]) -> Mapping[tuple[ResourceType, str], Mapping[str, str]]:
        """Return everything of Glue's that the index knows to have these tags."""
        return self._index.resources(tags)

    def tagged(self, resource: ResourceType, tags: Mapping[str, str]) -> Sequence[str]:
        """Return the names of the jobs, crawlers or triggers with these tags."""
        return self._definitions.tagged(resource, tags)

    def tags(self, resource: ResourceType, names: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the tags of workflows, jobs, crawlers or triggers, by name."""
        return self._definitions.tags(resource, names)

    def roles(self, names: Collection[str]) -> Mapping[str, ObservedRole]:
        """Return the IAM roles of these names, by name."""
        return self._roles.roles(names)

    def rules(self, names: Collection[str]) -> Mapping[str, ObservedRule]:
        """Return the rules of these names on EventBridge's default bus, by name."""
        return self._rules.rules(names)

    def source(self, bucket: str) -> SourceState:
        """Say whether a bucket sends its events to EventBridge."""
        return self._sources.state(bucket)

    def bucket(self, bucket: Bucket) -> BucketState:
        """Say how the script bucket is."""
        return self._scripts.state(bucket)

    def files(self, bucket: Bucket, prefix: str) -> Mapping[str, bool]:
        """Return the keys with a prefix, and whether there is an object."""
        return self._scripts.files(bucket, prefix)

    def neighbours(self, bucket: Bucket, own: Collection[str]) -> Sequence[str]:
        """Return what is in the bucket besides some keys and folders."""
        return self._scripts.neighbours(bucket, own)

    def create(self, definition: Definition) -> None:
        """Create it, with its tags."""
        match definition:
            case Bucket():
                self._scripts.create(definition)
            case EventSource(name=name):
                self._sources.send(name)
            case EventRule():
                self._rules.create(definition)
            case RoleDefinition():
                self._roles.create(definition)
            case Workflow() | Job() | Crawler() | PlacedTrigger():
                self._definitions.create(definition)

    def update(self, definition: Definition) -> None:
        """Overwrite it, its tags aside."""
        match definition:
            case Bucket():
                self._scripts.set_up(definition)
            case EventSource(name=name):
                self._sources.send(name)
            case EventRule():
                self._rules.update(definition)
            case RoleDefinition():
                self._roles.update(definition)
            case Workflow() | Job() | Crawler() | PlacedTrigger():
                self._definitions.update(definition)

    def delete(self, resource: ResourceType, name: str) -> None:
        """Delete it; fine if it is gone."""
        match resource:
            case "AWS::IAM::Role":
                self._roles.delete(name)
            case "AWS::Events::Rule":
                self._rules.delete(name)
            case _:
                self._definitions.delete(resource, name)

    def tag(self, resource: ResourceType, name: str, tags: Mapping[str, str]) -> None:
        """Add tags, or change them."""
        match resource:
            case "AWS::IAM::Role":
                self._roles.tag(name, tags)
            case "AWS::Events::Rule":
                self._rules.tag(name, tags)
            case _:
                self._definitions.tag(resource, name, tags)

    def untag(self, resource: ResourceType, name: str, keys: Sequence[str]) -> None:
        """Take tags away."""
        match resource:
            case "AWS::IAM::Role":
                self._roles.untag(name, keys)
            case "AWS::Events::Rule":
                self._rules.untag(name, keys)
            case _:
                self._definitions.untag(resource, name, keys)

    def start_trigger(self, name: str) -> None:
        """Activate a SCHEDULED or CONDITIONAL trigger."""
        self._definitions.start_trigger(name)

    def stop_trigger(self, name: str) -> None:
        """Deactivate an active trigger."""
        self._definitions.stop_trigger(name)

    def upload(self, bucket: Bucket, upload: Upload) -> None:
        """Put an object into the bucket."""
        self._scripts.upload(bucket, upload)

    def delete_file(self, bucket: Bucket, key: str) -> None:
        """Delete an object and all of its versions."""
        self._scripts.delete_file(bucket, key)

    def delete_bucket(self, bucket: Bucket) -> None:
        """Delete an empty bucket."""
        self._scripts.delete_bucket(bucket)

    def start_run(self, workflow: str, properties: Mapping[str, str]) -> str:
        """Start a run of a workflow and return its id."""
        return self._runs.start_run(workflow, properties)

    def stop_run(self, workflow: str, run_id: str) -> None:
        """Stop a run; takes effect later."""
        self._runs.stop_run(workflow, run_id)

    def run(self, workflow: str, run_id: str) -> RunSnapshot:
        """Return a run with its graph."""
        return self._runs.run(workflow, run_id)
