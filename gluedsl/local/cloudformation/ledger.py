"""What a stack consists of: for each resource what it was made of, what it is now, and what became of it.

moto's own map of a stack makes what it does not find; this one only remembers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

from gluedsl.local.cloudformation.failure import ResourceError

if TYPE_CHECKING:
    from datetime import datetime

Leaving = Literal["gone", "replaced", "undone"]
"""Why a resource is taken away: nobody wants it, another took its place, or the operation that made it failed."""


@dataclass(slots=True, kw_only=True)
class Resource:
    """One resource of a stack. Its names are those that moto looks for in a description."""

    logical_resource_id: str
    cf_resource_type: str
    name: str
    """What its template calls it, or the name that was made up for it."""
    body: dict[str, Any]
    """As the template has it: policies of deletion are there."""
    properties: dict[str, Any]
    """As they were when it was made or changed last, without functions."""
    model: Any
    """moto's object, or one of ours; None: nothing was made, for moto does not know the type."""
    depends_on: frozenset[str]
    """The logical ids that it could not have been made without."""
    making: int = 1
    """How often a resource was made under this logical id."""
    resource_status: str = ""
    resource_status_reason: str | None = None
    timestamp: datetime | None = None

    @property
    def physical_resource_id(self) -> str:
        """What `Ref` gives."""
        return str(getattr(self.model, "physical_resource_id", self.name))

    def get_cfn_attribute(self, attribute: str) -> str:
        """Refuse: this is asked only where moto has nothing to ask."""
        message = f"moto does not know {self.cf_resource_type}: {self.logical_resource_id} has no {attribute} here"
        raise ResourceError(message)

    def is_retained(self, why: Leaving) -> bool:
        """Whether it stays where its stack lets it go.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
        """
        match why:
            case "replaced":
                return self.body.get("UpdateReplacePolicy") == "Retain"
            case "undone":
                return self.body.get("DeletionPolicy") == "Retain"
            case "gone":
                return self.body.get("DeletionPolicy") in {"Retain", "RetainExceptOnCreate"}


@dataclass(slots=True)
class Ledger:
    """The resources of a stack, in the order of their making, and what it tells others."""

    resources: dict[str, Resource] = field(default_factory=dict)
    outputs: list[dict[str, Any]] = field(default_factory=list)
    """As a description shows them."""
    operation: str = ""
    """The id of what is being done to the stack, or was done last."""
    imports: frozenset[str] = frozenset()
    """The names of other stacks' exports that this one uses."""


def put(resource_map: Any, resource: Resource) -> None:
    """Let moto's map of a stack find a resource, where templates refer to it."""
    found = resource if resource.model is None else resource.model
    resource_map._parsed_resources[resource.logical_resource_id] = found  # noqa: SLF001 -- moto has no other way


_LEDGERS: WeakKeyDictionary[Any, Ledger] = WeakKeyDictionary()


def ledger(stack: Any) -> Ledger:
    """Return what there is of one of moto's stacks."""
    return _LEDGERS.setdefault(stack, Ledger())
