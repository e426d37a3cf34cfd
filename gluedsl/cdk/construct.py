"""Project to constructs.

The resources are those of `gluedsl.emit`, included as they are: one template, one set of logical ids for every route.
`CfnInclude` makes each of them a typed construct (`CfnJob`, `CfnTrigger`, ...), so that tags, aspects, overrides and
tokens work on them; it is also more than twice as fast as building each through jsii.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from aws_cdk import aws_glue
from aws_cdk.cloudformation_include import CfnInclude
from constructs import Construct

from gluedsl.emit.cloudformation import template
from gluedsl.emit.placeholders import SCRIPT_BUCKET
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.model import Project

ResourceT = TypeVar("ResourceT")


class GlueWorkflow(Construct):
    """The workflows of a project, with their triggers, jobs, crawlers and roles."""

    def __init__(self, scope: Construct, id: str, *, project: Project, script_bucket: str | None = None) -> None:  # noqa: A002 -- the CDK's own word
        """Place the resources under this construct.

        Args:
            scope: the stack, or another construct.
            id: of this construct in its scope.
            project: with its jobs' code bundled.
            script_bucket: name of the bucket that holds the scripts, where the project does not say it; may be a token.
                None: a parameter of the stack asks for it when it is deployed.
        """
        super().__init__(scope, id)
        emitted = template(project)
        given = {} if script_bucket is None else {SCRIPT_BUCKET: script_bucket}
        self._ids = _logical_ids(emitted)
        self._include = _included(self, emitted, {k: v for k, v in given.items() if k in emitted.get("Parameters", {})})

    @property
    def workflow(self) -> aws_glue.CfnWorkflow:
        """The one workflow of the project."""
        workflows = self.workflows
        if len(workflows) != 1:
            names = ", ".join(f"`{name}`" for name in workflows) or "none"
            message = f"`.workflow` stands for the only workflow of a project; this one has {names}"
            raise UsageError(message, hint="use `.workflows[name]`")
        return next(iter(workflows.values()))

    @property
    def workflows(self) -> Mapping[str, aws_glue.CfnWorkflow]:
        """Workflows by name."""
        return self._handles("AWS::Glue::Workflow", aws_glue.CfnWorkflow)

    @property
    def triggers(self) -> Mapping[str, aws_glue.CfnTrigger]:
        """Triggers by name."""
        return self._handles("AWS::Glue::Trigger", aws_glue.CfnTrigger)

    @property
    def jobs(self) -> Mapping[str, aws_glue.CfnJob]:
        """Jobs by name."""
        return self._handles("AWS::Glue::Job", aws_glue.CfnJob)

    @property
    def crawlers(self) -> Mapping[str, aws_glue.CfnCrawler]:
        """Crawlers by name."""
        return self._handles("AWS::Glue::Crawler", aws_glue.CfnCrawler)

    def _handles(self, kind: str, of: type[ResourceT]) -> Mapping[str, ResourceT]:
        found = {name: self._include.get_resource(logical_id) for name, logical_id in self._ids.get(kind, {}).items()}
        return {name: resource for name, resource in found.items() if isinstance(resource, of)}


def _logical_ids(emitted: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return logical ids by type and name."""
    ids: dict[str, dict[str, str]] = {}
    for logical_id, resource in emitted["Resources"].items():
        name = resource["Properties"].get("Name")
        if isinstance(name, str):
            ids.setdefault(resource["Type"], {})[name] = logical_id
    return ids


def _included(scope: Construct, emitted: Mapping[str, Any], parameters: Mapping[str, str]) -> CfnInclude:
    # CfnInclude reads a file, and reads it while it is made.
    with TemporaryDirectory() as folder:
        file = Path(folder, "template.json")
        file.write_text(json.dumps(emitted), encoding="utf-8")
        return CfnInclude(scope, "Template", template_file=str(file), parameters=parameters)
