"""Workflows as constructs.

The resources are those of `gluedsl.emit`, placed as they are: one template, and one set of logical ids, for every route
to AWS. So a stack can change the route by which it is deployed, and nothing is replaced.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from aws_cdk import Stack
from constructs import Construct

from gluedsl.cdk.assets import script_bucket as assets_bucket
from gluedsl.cdk.contents import Contents
from gluedsl.cdk.findings import annotate, inform, stop
from gluedsl.cdk.flows import Part, part_of
from gluedsl.cdk.hints import hints
from gluedsl.cdk.inclusion import included
from gluedsl.cdk.meaning import meaning_in
from gluedsl.cdk.placed import ROLE, Getter, Getters, Placed
from gluedsl.cdk.tokens import Tokens
from gluedsl.emit.cloudformation import template
from gluedsl.emit.stacks import resource_count
from gluedsl.errors import UsageError
from gluedsl.templates.collector import without_collector

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from aws_cdk import aws_glue, aws_iam, aws_s3

    from gluedsl import Workflow


_NO_CREATION_TRACES, _NO_TRACES = "aws:cdk:disable-creation-stack-traces", "aws:cdk:disable-stack-trace"
"""A stack trace for each resource would lead to a line of this package, not of the application's, and take a sixth of
the time; one for each finding would name folders that differ from run to run."""
_NOT_UPLOADED = (
    "`script_bucket` of the settings says that the code of jobs is in `{bucket}`, and `cdk deploy` does not upload it: "
    "`gluedsl synth PATH --scripts DIR`, then `aws s3 sync DIR s3://{bucket}`"
)


class GlueResources(Placed, Construct):
    """A part of a project in a stack. Applications make one of the classes below, or `GlueStacks`."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 -- the CDK's own word
        part: Part,
        *,
        role: aws_iam.IRole | aws_iam.CfnRole | str | None = None,
        script_bucket: aws_s3.IBucket | aws_s3.CfnBucket | str | None = None,
    ) -> None:
        Construct.__init__(self, scope, id)
        node = self.node  # each attribute of a construct is a call to Node.js
        node.set_context(_NO_CREATION_TRACES, True)  # noqa: FBT003 -- the CDK's own signature
        if part.report.diagnostics or part.settings.script_bucket is not None:
            node.set_context(_NO_TRACES, True)  # noqa: FBT003 -- the CDK's own signature
        project, tokens = part.bundle.project, part.tokens
        self.reported = frozenset(one.code for one in part.report.diagnostics)
        """Codes of what the check has found."""
        self._role = role
        self._made = [tokens.written(each.name) for each in project.roles if each.service == "glue.amazonaws.com"]
        self._granted: aws_iam.IRole | None = None
        names = [tokens.written(workflow.name) for workflow in project.workflows]
        errors = annotate(self, part.report.diagnostics)
        stop(self, errors)
        Placed.__init__(self, cache(lambda: node.path), {}, [part.settings.prefix, *names], errors)
        if not errors and resource_count(project):
            self.getters |= self._place(part, Contents.around(scope), script_bucket)

    @property
    def role(self) -> aws_iam.IRole:
        """The role of the jobs and crawlers that name none, to grant to: `bucket.grant_read(construct.role)`."""
        from aws_cdk import aws_iam  # noqa: PLC0415 -- large, and few ask for it

        if self._granted is None:
            match self._role:
                case aws_iam.CfnRole() as resource:
                    self._granted = aws_iam.Role.from_role_name(self, "Role", resource.ref)
                case None | str():
                    self._granted = aws_iam.Role.from_role_name(self, "Role", self._only_made().ref)
                case given:
                    self._granted = given
        return self._granted

    def _only_made(self) -> aws_iam.CfnRole:
        if len(self._made) != 1:
            names = ", ".join(f"`{name}`" for name in self._made) or "none"
            by = self._shown()
            message = f"`.role` is the one role that `{by}` makes for jobs and crawlers, and it makes {names}"
            raise UsageError(message, hint="name roles that exist with aws_iam.Role.from_role_name")
        return self.roles[self._made[0]]

    def _place(self, part: Part, contents: Contents, given: aws_s3.IBucket | aws_s3.CfnBucket | str | None) -> Getters:
        """Place everything, and return what returns each resource."""
        contents.require_room(self, resource_count(part.bundle.project))
        bucket = self._bucket(part, given)
        try:
            emitted = template(part.bundle.project, script_bucket=bucket)
        except UsageError as error:
            raise UsageError(part.tokens.shown(error.message), hint=error.hint) from None
        contents.add(self, emitted)
        include = included(self, emitted, part.tokens)
        getters: Getters = {}
        for logical_id, resource in emitted["Resources"].items():
            name = part.tokens.written(resource["Properties"][_NAMES.get(resource["Type"], "Name")])
            getters.setdefault(resource["Type"], {})[name] = Getter(include, logical_id)
        return getters

    def _bucket(self, part: Part, given: aws_s3.IBucket | aws_s3.CfnBucket | str | None) -> str | None:
        """Return the bucket with the files of jobs; None: there are none."""
        if not part.bundle.files:
            return None
        named = part.settings.script_bucket
        if given is None and named is not None:
            inform(self, "script-bucket", _NOT_UPLOADED.format(bucket=named))
            bucket = named
        elif given is None:
            bucket = assets_bucket(self, part.bundle)
        else:
            bucket = _name_of(given)
        if self._role is not None and not isinstance(self._role, str):
            self._let_read(f"arn:{Stack.of(self).partition}:s3:::{bucket}/gluedsl/*")
        return part.tokens.read(bucket)

    def _let_read(self, objects: str) -> None:
        from aws_cdk import aws_iam  # noqa: PLC0415 -- large, and few give a role

        self.role.add_to_principal_policy(aws_iam.PolicyStatement(actions=["s3:GetObject"], resources=[objects]))


def _arn_of(role: Any) -> str | None:
    """Return the ARN of a role of the CDK's, or what names one; UsageError if it is none."""
    found = role if role is None else _text_of(role, "role_arn", (ROLE, "attr_arn"))
    if found is None and role is not None:
        message = f"role= takes a role of the CDK's, or the name or ARN of one, not {type(role).__name__}"
        raise UsageError(message, hint="for example: aws_iam.Role.from_role_name(...)")
    return found


def _name_of(bucket: Any) -> str:
    """Return the name of a bucket of the CDK's, or what names one; UsageError if it is none."""
    found = _text_of(bucket, "bucket_name", ("AWS::S3::Bucket", "ref"))
    if found is None:
        message = f"script_bucket= takes a bucket of the CDK's, or the name of one, not {type(bucket).__name__}"
        raise UsageError(message, hint="for example: aws_s3.Bucket.from_bucket_name(...)")
    return found


def _text_of(value: Any, attribute: str, resource: tuple[str, str]) -> str | None:
    """Return what names a construct: an attribute, or of a resource of a type another one; None if nothing does."""
    if isinstance(value, str):
        return value
    of_type = getattr(value, "CFN_RESOURCE_TYPE_NAME", None)
    wanted = attribute if of_type is None else resource[1] if of_type == resource[0] else ""
    found = getattr(value, wanted, None)
    return found if isinstance(found, str) else None


_NAMES = {ROLE: "RoleName"}
"""The property that names a resource, by type, where it is not `Name`."""


class GlueWorkflows(GlueResources):
    """Several workflows, with their triggers, jobs, crawlers and roles: of a list, or of flow files."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 -- the CDK's own word
        flows: Workflow[Any] | Sequence[Workflow[Any]] | str | Path,
        *,
        stage: str | None = None,
        role: aws_iam.IRole | aws_iam.CfnRole | str | None = None,
        script_bucket: aws_s3.IBucket | aws_s3.CfnBucket | str | None = None,
    ) -> None:
        """Check workflows and place their resources under this construct.

        Findings of the check are annotations of this construct. Where errors are among them nothing is placed, and the
        synthesis stops.

        Args:
            scope: the stack, or another construct.
            id: of this construct in its scope.
            flows: a workflow, a list of them, or the path of a flow file, a folder or a module.
            stage: of `[tool.gluedsl.stages]` beside the flows; None: the settings without a stage.
            role: of jobs and crawlers that name none, for workflows in hand; a role of the CDK's is granted to read the
                scripts. None: one is made for each workflow.
            script_bucket: where the files of jobs are already. None: as the settings beside the flows say; if they say
                nothing, `cdk deploy` uploads them to the bucket of the bootstrap stack.

        Raises:
            UsageError: the stack would be too large, or has some of it already; or there is no such flow.
        """
        with hints(), without_collector():
            given = _arn_of(role)
            tokens = Tokens(meaning_in(scope), lambda: f"{scope.node.path}/{id}")
            locator = Contents.around(scope).locator
            part = part_of(flows, stage=stage, role=given, tokens=tokens, locator=locator)
            super().__init__(scope, id, part, role=role, script_bucket=script_bucket)


class GlueWorkflow(GlueWorkflows):
    """One workflow, with its triggers, jobs, crawlers and roles."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 -- the CDK's own word
        workflow: Workflow[Any],
        *,
        stage: str | None = None,
        role: aws_iam.IRole | aws_iam.CfnRole | str | None = None,
        script_bucket: aws_s3.IBucket | aws_s3.CfnBucket | str | None = None,
    ) -> None:
        """Check a workflow and place its resources under this construct; arguments are those of `GlueWorkflows`."""
        super().__init__(scope, id, workflow, stage=stage, role=role, script_bucket=script_bucket)

    @property
    def workflow(self) -> aws_glue.CfnWorkflow:
        """The workflow."""
        workflows: Mapping[str, aws_glue.CfnWorkflow] = self.workflows
        return next(iter(workflows.values()))
