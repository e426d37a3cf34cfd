"""Whose a resource is that has the name of one of ours, and what may be done with it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gluedsl.deploy import ownership
from gluedsl.deploy.content import Tagged, is_change_elsewhere
from gluedsl.deploy.ownership import OURS, WORKFLOW
from gluedsl.deploy.resources import PlacedTrigger, called, type_of
from gluedsl.deploy.steps import Change, Keep, Refusal, Update
from gluedsl.model import Crawler, EventRule, Job, Workflow

if TYPE_CHECKING:
    from gluedsl.deploy.desired import Desired
    from gluedsl.deploy.observe import Observed


_MOST_TAGS = 50
"""https://docs.aws.amazon.com/glue/latest/dg/monitor-tags.html, and the same for rules of EventBridge."""


@dataclass(slots=True, kw_only=True)
class Claims:
    """Judges each existing resource that the project wants; collects why some cannot be had."""

    wanted: Desired
    seen: Observed
    adopt: bool
    """Whether to take over what is not ours."""
    refusals: list[Refusal] = field(default_factory=list)

    def refuse_crowded(self) -> None:
        """Refuse what would have more tags than AWS takes: the check knows the author's only."""
        its = self.wanted
        every: tuple[Workflow | Job | Crawler | PlacedTrigger | EventRule, ...] = (
            *its.workflows,
            *its.jobs,
            *its.crawlers,
            *its.triggers,
            *its.rules,
        )
        for each in every:
            if len(each.tags) > _MOST_TAGS:
                resource = type_of(each)
                own = sum(not key.startswith(OURS) for key in each.tags)
                message = f"{called(resource, each.name)} has {own} tags, and {len(each.tags) - own} of gluedsl's"
                hint = f"AWS takes {_MOST_TAGS}: leave some out"
                self.refusals.append(Refusal(resource=resource, name=each.name, message=message, hint=hint))

    def claim(self, definition: Tagged) -> Tagged | None:
        """Return the definition with the tags that the existing resource is to have; None: it is refused."""
        resource = type_of(definition)
        tags = self.seen.tags_of(resource, definition.name)
        if not self.wanted.owner.owns(tags):
            return self._taken_over(definition)
        owner = tags.get(WORKFLOW)
        if owner is None or owner in self.seen.owners:
            return definition
        # Made by another flow of the same project. A job or crawler may serve both: it stays that flow's to delete.
        if isinstance(definition, (Job, Crawler)):
            return replace(definition, tags={**definition.tags, WORKFLOW: owner})
        return self._taken_over(definition)

    def _taken_over(self, definition: Tagged) -> Tagged | None:
        if self.adopt:
            return definition
        resource = type_of(definition)
        tags = self.seen.tags_of(resource, definition.name)
        self.refusals.append(self.wanted.owner.refusal(resource, definition.name, tags))
        return None

    def is_adopted(self, definition: Tagged) -> bool:
        """Whether an existing resource that was claimed was not this project's before."""
        return not self.wanted.owner.owns(self.seen.tags_of(type_of(definition), definition.name))

    def tag_changes(self, definition: Tagged) -> tuple[Change, ...]:
        """Return what differs in the tags of a claimed resource."""
        return tuple(ownership.tag_changes(definition.tags, self.seen.tags_of(type_of(definition), definition.name)))

    def in_place(self, definition: Tagged, changes: tuple[Change, ...], *, restarts: bool = False) -> Update | Keep:
        """Return the step that brings a claimed resource, with its tags, to its definition without replacing it."""
        every_change = (*changes, *self.tag_changes(definition))
        if not every_change:
            return Keep(resource=type_of(definition), name=definition.name)
        return Update(
            definition=definition,
            changes=every_change,
            restarts=restarts and bool(changes),
            reason=self._why(definition, changes),
        )

    def _why(self, definition: Tagged, changes: tuple[Change, ...]) -> str:
        if self.is_adopted(definition):
            return "taken over"
        observed = self.seen.tags_of(type_of(definition), definition.name)
        if is_change_elsewhere(definition.tags, observed, changes):
            return "changed elsewhere since it was deployed"
        return ""
