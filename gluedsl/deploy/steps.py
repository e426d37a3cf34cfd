"""A plan as data: what is to be done, in the order in which it is to be done.

`gluedsl.deploy.apply` does the steps, `gluedsl.deploy.explain` tells them; both match the one closed union.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from gluedsl.deploy.resources import ResourceType, type_of

if TYPE_CHECKING:
    from gluedsl.deploy.resources import Bucket, Definition, PlacedTrigger, Upload

Action = Literal["upload", "create", "update", "replace", "delete", "activate", "deactivate", "keep"]

ACTIONS: tuple[Action, ...] = ("upload", "create", "update", "replace", "delete", "activate", "deactivate", "keep")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that is not as it should be; plain JSON values, None where it is not set."""

    field: str
    """In the model's words; a key of a mapping after a dot: `default_arguments.--mode`, `tags.team`."""
    before: Any
    after: Any

    @property
    def is_tag(self) -> bool:
        """Whether it concerns a tag, which no update operation changes."""
        return self.field.startswith("tags.")


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadFile:
    """Put a file into the script bucket."""

    action: ClassVar[Action] = "upload"
    bucket: Bucket
    upload: Upload
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """Create what is not there."""

    action: ClassVar[Action] = "create"
    definition: Definition
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Change a resource in place."""

    action: ClassVar[Action] = "update"
    definition: Definition
    changes: tuple[Change, ...]
    restarts: bool = False
    """Of an active trigger: Glue refuses to update it, so it is deactivated, updated, and activated again."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace:
    """Delete a trigger and create it anew, because a field differs that no update can change."""

    action: ClassVar[Action] = "replace"
    definition: PlacedTrigger
    changes: tuple[Change, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """Delete what is ours and no longer wanted; a trigger is deactivated first."""

    action: ClassVar[Action] = "delete"
    resource: ResourceType
    name: str
    workflow: str = ""
    """Of a trigger: whose it is."""
    bucket: Bucket | None = None
    """Of a file: where it is; of a bucket: itself."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activate:
    """Activate a SCHEDULED or CONDITIONAL trigger."""

    action: ClassVar[Action] = "activate"
    name: str
    workflow: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deactivate:
    """Deactivate a trigger."""

    action: ClassVar[Action] = "deactivate"
    name: str
    workflow: str
    pauses: bool = False
    """Whether a later step activates it again: no run may begin while its workflow changes."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Leave a resource as it is."""

    action: ClassVar[Action] = "keep"
    resource: ResourceType
    name: str
    reason: str = "unchanged"


Step = UploadFile | Create | Update | Replace | Delete | Activate | Deactivate | Keep


def subject(step: Step) -> tuple[ResourceType, str]:
    """Return the type and the name of what a step is about."""
    match step:
        case UploadFile(upload=upload):
            return "AWS::S3::Object", upload.key
        case Create(definition=definition) | Update(definition=definition) | Replace(definition=definition):
            return type_of(definition), definition.name
        case Delete(resource=resource, name=name) | Keep(resource=resource, name=name):
            return resource, name
        case Activate(name=name) | Deactivate(name=name):
            return "AWS::Glue::Trigger", name


def changes(step: Step) -> tuple[Change, ...]:
    """Return the fields that a step changes."""
    match step:
        case Update(changes=changed) | Replace(changes=changed):
            return changed
        case UploadFile() | Create() | Delete() | Activate() | Deactivate() | Keep():
            return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why something that the project wants cannot be done."""

    resource: ResourceType
    name: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that one deployment does."""

    steps: tuple[Step, ...]
    refusals: tuple[Refusal, ...] = ()
    """Where there are any, nothing is applied."""

    @property
    def effective(self) -> tuple[Step, ...]:
        """The steps that change something."""
        return tuple(step for step in self.steps if not isinstance(step, Keep))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do, and nothing in the way."""
        return not self.effective and not self.refusals
