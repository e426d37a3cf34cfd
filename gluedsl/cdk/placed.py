"""Handles of what was placed, by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.cdk.handles import Handles
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aws_cdk import aws_events, aws_glue, aws_iam
    from aws_cdk.cloudformation_include import CfnInclude

WORKFLOW, TRIGGER, JOB, CRAWLER = (f"AWS::Glue::{kind}" for kind in ("Workflow", "Trigger", "Job", "Crawler"))
ROLE, EVENT_RULE = "AWS::IAM::Role", "AWS::Events::Rule"


class Getter:
    """Returns one resource, always the same object; it costs a call to Node.js only when it is wanted."""

    __slots__ = ("_found", "_include", "_logical_id")

    def __init__(self, include: CfnInclude, logical_id: str) -> None:
        self._include, self._logical_id = include, logical_id
        self._found: Any = None

    def __call__(self) -> Any:
        """Return the resource."""
        if self._found is None:
            self._found = self._include.get_resource(self._logical_id)
        return self._found


Getters = dict[str, dict[str, Getter]]
"""What returns a resource, by its type and its name."""


class Placed:
    """Resources by kind and name. A name is that in Glue, or the shorter one of the flow file."""

    def __init__(
        self, shown: Callable[[], str], getters: Getters, left_out: Sequence[str], errors: Sequence[str]
    ) -> None:
        """Keep what finds them.

        Args:
            shown: returns what has placed them, for messages.
            getters: of each.
            left_out: a stage's prefix, and the names of workflows: what names may be given without.
            errors: for which nothing was placed.
        """
        self.getters = getters
        self._shown, self._left_out, self._errors = shown, left_out, errors

    @property
    def workflows(self) -> Mapping[str, aws_glue.CfnWorkflow]:
        """Workflows by name."""
        return self._handles(WORKFLOW, "workflow")

    @property
    def triggers(self) -> Mapping[str, aws_glue.CfnTrigger]:
        """Triggers by name."""
        return self._handles(TRIGGER, "trigger")

    @property
    def jobs(self) -> Mapping[str, aws_glue.CfnJob]:
        """Jobs by name."""
        return self._handles(JOB, "job")

    @property
    def crawlers(self) -> Mapping[str, aws_glue.CfnCrawler]:
        """Crawlers by name."""
        return self._handles(CRAWLER, "crawler")

    @property
    def roles(self) -> Mapping[str, aws_iam.CfnRole]:
        """Roles that are made, by name: for jobs and crawlers that name none, and for events."""
        return self._handles(ROLE, "role")

    @property
    def event_rules(self) -> Mapping[str, aws_events.CfnRule]:
        """Rules of EventBridge that start workflows, by name."""
        return self._handles(EVENT_RULE, "event rule")

    def _handles(self, kind: str, what: str) -> Handles[Any]:
        if self._errors:
            told = "\n".join([":", *self._errors]) if len(self._errors) > 1 else f": {self._errors[0]}"
            message = f"`{self._shown()}` has errors, so that nothing is placed{told}"
            raise UsageError(message)
        return Handles(what, self.getters.get(kind, {}), place=self._shown(), left_out=self._left_out)
