"""What has been created: workflows, triggers, jobs and crawlers, each as the payload that made it.

Holds and finds; whether a payload may be held is for the operations to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gluedsl.local.service.failure import Code, ServiceError, not_found

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(slots=True, kw_only=True)
class Definition:
    """One workflow, trigger, job or crawler."""

    payload: dict[str, Any]
    """What its Create operation took, as later updates left it; without `Tags` and `StartOnCreation`."""
    created_on: datetime
    modified_on: datetime
    tags: dict[str, str] = field(default_factory=dict)
    state: str = ""
    """Of a trigger, and of a crawler's schedule; jobs and workflows have none."""
    version: int = 1
    """Of a crawler: how often it was changed, plus one."""

    @property
    def name(self) -> str:
        """The name that all of Glue knows it by."""
        name: str = self.payload["Name"]
        return name


@dataclass(slots=True)
class Definitions:
    """All definitions by name, in the order of their creation."""

    workflows: dict[str, Definition] = field(default_factory=dict)
    triggers: dict[str, Definition] = field(default_factory=dict)
    jobs: dict[str, Definition] = field(default_factory=dict)
    crawlers: dict[str, Definition] = field(default_factory=dict)

    def workflow(self, name: str) -> Definition:
        """Return a workflow that exists."""
        return _found(self.workflows, "Workflow", name)

    def trigger(self, name: str) -> Definition:
        """Return a trigger that exists."""
        return _found(self.triggers, "Trigger", name)

    def job(self, name: str) -> Definition:
        """Return a job that exists."""
        return _found(self.jobs, "Job", name)

    def crawler(self, name: str) -> Definition:
        """Return a crawler that exists.

        The text of the refusal: https://github.com/iann0036/AWSConsoleRecorder/issues/35.
        """
        if name not in self.crawlers:
            message = f"Crawler entry with name {name} does not exist"
            raise ServiceError(Code.ENTITY_NOT_FOUND, message)
        return self.crawlers[name]

    def triggers_of(self, workflow_name: str | None) -> list[Definition]:
        """Return the triggers of a workflow, the start trigger first; of None: those that belong to no workflow."""
        triggers = (t for t in self.triggers.values() if t.payload.get("WorkflowName") == workflow_name)
        return sorted(triggers, key=lambda t: t.payload["Type"] == "CONDITIONAL")


def _found(definitions: dict[str, Definition], kind: str, name: str) -> Definition:
    if name not in definitions:
        raise not_found(kind=kind, name=name)
    return definitions[name]
