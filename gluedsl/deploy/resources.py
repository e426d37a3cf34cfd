"""What one deployment creates: the model's resources, and the few that only a deployment has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from gluedsl.model import Crawler, EventRule, Job, Trigger, Workflow

if TYPE_CHECKING:
    from collections.abc import Mapping

ResourceType = Literal[
    "AWS::Glue::Workflow",
    "AWS::Glue::Trigger",
    "AWS::Glue::Job",
    "AWS::Glue::Crawler",
    "AWS::IAM::Role",
    "AWS::Events::Rule",
    "AWS::S3::Bucket",
    "AWS::S3::Object",
]
"""CloudFormation's names, so that a plan names a resource as a template would."""

NOUNS: dict[ResourceType, str] = {
    "AWS::Glue::Workflow": "workflow",
    "AWS::Glue::Trigger": "trigger",
    "AWS::Glue::Job": "job",
    "AWS::Glue::Crawler": "crawler",
    "AWS::IAM::Role": "role",
    "AWS::Events::Rule": "rule",
    "AWS::S3::Bucket": "bucket",
    "AWS::S3::Object": "file",
}
"""What messages call them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file for the script bucket. Its key says its content, so that an object that is there is the right one."""

    key: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """The bucket that scripts are uploaded to."""

    name: str
    account: str
    """Whose it has to be, if it is `managed`."""
    managed: bool
    """Whether gluedsl creates it and sets it up. Otherwise the author named one, and it is used as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSource:
    """A bucket of the author's that has to send its events to EventBridge. Nothing else of it is gluedsl's business."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDefinition:
    """An IAM role with its documents, all placeholders filled in."""

    name: str
    trust: Mapping[str, Any]
    policy: Mapping[str, Any] | None
    """None: it may do nothing. IAM knows no policy without a statement."""
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTrigger:
    """A trigger with the workflow that it belongs to."""

    workflow: str
    trigger: Trigger

    @property
    def name(self) -> str:
        """The trigger's."""
        return self.trigger.name

    @property
    def tags(self) -> Mapping[str, str]:
        """The trigger's."""
        return self.trigger.tags

    @property
    def wants_activation(self) -> bool:
        """Whether it is to be activated; an ON_DEMAND or EVENT trigger has nothing to activate.

        https://docs.aws.amazon.com/glue/latest/dg/activate-triggers.html
        """
        return self.trigger.wants_activation


Definition = Bucket | EventSource | RoleDefinition | Workflow | Job | Crawler | PlacedTrigger | EventRule


def type_of(definition: Definition) -> ResourceType:  # noqa: PLR0911 -- one for each type
    """Return the type of a definition."""
    match definition:
        case Bucket() | EventSource():
            return "AWS::S3::Bucket"
        case RoleDefinition():
            return "AWS::IAM::Role"
        case Workflow():
            return "AWS::Glue::Workflow"
        case Job():
            return "AWS::Glue::Job"
        case Crawler():
            return "AWS::Glue::Crawler"
        case PlacedTrigger():
            return "AWS::Glue::Trigger"
        case EventRule():
            return "AWS::Events::Rule"


def called(resource: ResourceType, name: str) -> str:
    """Return how messages call a resource: "job `x`"."""
    return f"{NOUNS[resource]} `{name}`"
