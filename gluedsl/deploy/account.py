"""What deployment needs of an AWS account: reading and writing are different types.

Comes in: names and definitions. Goes out: what is there, in the model's terms. Planning and explaining are handed a
`GlueReader` and so cannot change anything. The implementation on boto3 is `gluedsl.deploy.gateway`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from gluedsl.errors import DeployError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gluedsl.deploy.resources import Bucket, Definition, ResourceType, Upload
    from gluedsl.model import Crawler, EventRule, Job, Trigger, Workflow


PARALLEL = 8
"""Steps, or calls of one kind, that are under way at once: AWS publishes no rate, and asks to slow down beyond it
(https://repost.aws/knowledge-center/glue-throttling-rate-exceeded)."""


class AwsError(DeployError):
    """AWS, or whatever stands at the endpoint, answered a call with an error."""

    def __init__(self, operation: str, code: str, text: str, *, retried: bool = False, hint: str = "") -> None:
        """Take the API's operation and the error's code and text.

        `retried`: the call was sent more than once, so that an earlier one may have done its work.
        """
        super().__init__(f"{operation}: {code}: {text}", hint=hint)
        self.operation = operation
        self.code = code
        self.text = text
        self.retried = retried


class NoAnswerError(UsageError):
    """AWS was asked, and did not answer: what it was asked for may be done, or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose account this is, and where."""

    account: str
    region: str
    partition: str = "aws"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedTrigger:
    """A trigger as it is, its tags aside."""

    trigger: Trigger
    workflow: str | None
    state: str
    """CREATING, CREATED, ACTIVATING, ACTIVATED, DEACTIVATING, DEACTIVATED, DELETING or UPDATING."""

    @property
    def is_active(self) -> bool:
        """Whether it fires, or is about to."""
        return self.state in {"ACTIVATED", "ACTIVATING"}

    @property
    def is_settled(self) -> bool:
        """Whether Glue has done with the last change of it."""
        return self.state in {"CREATED", "ACTIVATED", "DEACTIVATED"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedRole:
    """An IAM role as it is."""

    name: str
    trust: Mapping[str, Any]
    policy: Mapping[str, Any] | None
    """The inline policy that gluedsl keeps in its roles; None: there is none."""
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedRule:
    """An EventBridge rule as it is."""

    rule: EventRule
    """With the ARN of its role; its tags aside."""
    is_enabled: bool
    tags: Mapping[str, str] = field(default_factory=dict)


BucketState = Literal["missing", "unfinished", "ready", "foreign"]
"""Of a script bucket: not there; there, but not as gluedsl sets its own up; usable; of another account."""


SourceState = Literal["missing", "closed", "silent", "sending"]
"""Of a bucket whose events are waited for: not there; not for these credentials to look at; its events do not go to
EventBridge; they do."""


class GlueReader(Protocol):
    """Looks, and changes nothing. What does not exist is left out of the answers. Several threads may ask at once."""

    def identity(self) -> Identity:
        """Whose account this is; the first call of all, so that bad credentials show early."""
        ...

    def workflows(self, names: Collection[str]) -> Sequence[Workflow]:
        """Return the workflows of these names, without their triggers."""
        ...

    def jobs(self, names: Collection[str]) -> Sequence[Job]:
        """Return the jobs of these names."""
        ...

    def crawlers(self, names: Collection[str]) -> Sequence[Crawler]:
        """Return the crawlers of these names."""
        ...

    def triggers(self, names: Collection[str]) -> Sequence[ObservedTrigger]:
        """Return the triggers of these names."""
        ...

    def every_trigger(self) -> Sequence[ObservedTrigger]:
        """Return all triggers of the account in this region."""
        ...

    def index(self, tags: Mapping[str, str]) -> Mapping[tuple[ResourceType, str], Mapping[str, str]]:
        """Return everything of Glue's that has these tags, each with all of its tags.

        From an index that may lag behind, and that may not be there at all: then it is empty.
        """
        ...

    def tagged(self, resource: ResourceType, tags: Mapping[str, str]) -> Sequence[str]:
        """Return the names of the jobs, crawlers or triggers with these tags, as they are now."""
        ...

    def tags(self, resource: ResourceType, names: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the tags of workflows, jobs, crawlers or triggers, by name, as they are now."""
        ...

    def roles(self, names: Collection[str]) -> Mapping[str, ObservedRole]:
        """Return the IAM roles of these names, by name."""
        ...

    def rules(self, names: Collection[str]) -> Mapping[str, ObservedRule]:
        """Return the rules of these names on EventBridge's default bus, by name."""
        ...

    def source(self, bucket: str) -> SourceState:
        """Say whether a bucket sends its events to EventBridge."""
        ...

    def bucket(self, bucket: Bucket) -> BucketState:
        """Say how the script bucket is."""
        ...

    def files(self, bucket: Bucket, prefix: str) -> Mapping[str, bool]:
        """Return the keys with a prefix, and whether there is an object: of some there are only earlier versions."""
        ...

    def neighbours(self, bucket: Bucket, own: Collection[str]) -> Sequence[str]:
        """Return what is in the bucket besides some keys and folders: the keys and folders that lie highest."""
        ...


class GlueWriter(Protocol):
    """Changes one thing a call, and waits for nothing. Several threads may ask at once."""

    def create(self, definition: Definition) -> None:
        """Create it, with its tags."""
        ...

    def update(self, definition: Definition) -> None:
        """Overwrite it, its tags aside; a field that the definition leaves empty is reset to Glue's own default."""
        ...

    def delete(self, resource: ResourceType, name: str) -> None:
        """Delete it; fine if it is gone."""
        ...

    def tag(self, resource: ResourceType, name: str, tags: Mapping[str, str]) -> None:
        """Add tags, or change them."""
        ...

    def untag(self, resource: ResourceType, name: str, keys: Sequence[str]) -> None:
        """Take tags away."""
        ...

    def start_trigger(self, name: str) -> None:
        """Activate a SCHEDULED or CONDITIONAL trigger; never called for another: that would start a run."""
        ...

    def stop_trigger(self, name: str) -> None:
        """Deactivate an active trigger; takes effect later."""
        ...

    def upload(self, bucket: Bucket, upload: Upload) -> None:
        """Put an object into the bucket."""
        ...

    def delete_file(self, bucket: Bucket, key: str) -> None:
        """Delete an object and all of its versions; fine if it is gone."""
        ...

    def delete_bucket(self, bucket: Bucket) -> None:
        """Delete an empty bucket; fine if it is gone."""
        ...
