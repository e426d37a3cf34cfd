"""Roles of a workflow whose author names none: what its jobs and crawlers need, and what its events need; no more."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gluedsl.compiler.names import made_for
from gluedsl.compiler.permissions import permissions, statement
from gluedsl.model import Role
from gluedsl.spelling import workflow_arn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gluedsl.model import Project

_LONGEST_NAME = 64
"""Characters of a role's name (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html)."""
_EVENTS = "-events"
"""At the end of the name of a role for events; a workflow's own role whose name would end so has a digest behind it."""


@dataclass
class RoleMaker:
    """Names the roles that a project asks for, and makes them once its jobs and crawlers are known."""

    workflows: dict[str, str] = field(default_factory=dict)
    """Names of workflows by the role that is made for them."""
    notifiers: set[str] = field(default_factory=set)
    """Roles that are made for events."""
    bodies: dict[str, Path] = field(default_factory=dict)
    """Files that the functions of jobs stand in, by the job's name."""

    def name_for(self, workflow: str) -> str:
        """Return the name of the role of a workflow."""
        name = _role_name(workflow, is_told_apart=workflow.endswith(_EVENTS))
        self.workflows.setdefault(name, workflow)
        return name

    def name_for_events(self, workflow: str) -> str:
        """Return the name of the role that EventBridge assumes to start a workflow."""
        name = _role_name(workflow + _EVENTS)
        self.notifiers.add(name)
        return name

    def with_roles(self, project: Project) -> Project:
        """Return the project with the roles that its jobs, crawlers and rules name and nobody else defines."""
        used = {job.role for job in project.jobs} | {crawler.role for crawler in project.crawlers}
        roles = [_role(name, project, self.bodies) for name in self.workflows if name in used]
        roles += [
            _events_role(rule.role, rule.workflow_name)
            for rule in project.event_rules
            if rule.role is not None and rule.role in self.notifiers
        ]
        return replace(project, roles=tuple(roles))


def _role_name(text: str, *, is_told_apart: bool = False) -> str:
    """Return the name of a role after a text; a digest stands for what a name cannot hold."""
    return made_for(text, r"[^\w+=,.@-]", longest=_LONGEST_NAME, is_told_apart=is_told_apart)


def _events_role(name: str, workflow: str) -> Role:
    """https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html."""
    notify = statement("NotifyWorkflow", ("glue:notifyEvent",), (workflow_arn(workflow),))
    return Role(name=name, statements=(notify,), service="events.amazonaws.com")


def _role(name: str, project: Project, bodies: Mapping[str, Path]) -> Role:
    jobs = [job for job in project.jobs if job.role == name]
    crawlers = [crawler for crawler in project.crawlers if crawler.role == name]
    return Role(name=name, statements=permissions(jobs, crawlers, project, bodies))
