"""The rules over any CDK application, whoever has made its constructs.

Comes in: an application whose stacks define workflows, triggers, jobs and crawlers in any way. Goes out: findings by
construct: as annotations where `GlueChecks` is an aspect, as a report of the CDK's own where it is a plug-in. It reads
templates as they will be deployed, after all aspects and overrides, and changes nothing.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

import jsii
from aws_cdk import (
    IAspect,
    IPolicyValidationContext,
    IPolicyValidationPlugin,
    ISynthesisSession,
    PolicyValidationPluginReport,
    PolicyViolatingResource,
    PolicyViolation,
    Stack,
    Stage,
)
from aws_cdk.cx_api import CloudAssemblyBuilder
from constructs import IConstruct, IValidation

from gluedsl.cdk.construct import GlueResources
from gluedsl.cdk.findings import annotate, are_seen, stop
from gluedsl.cdk.hints import expected
from gluedsl.diagnostics import Severity
from gluedsl.templates import read
from gluedsl.templates.node import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.source.span import Span
    from gluedsl.templates import Template
    from gluedsl.templates.node import Node
    from gluedsl.templates.stack import Resource
    from gluedsl.templates.stack import Stack as TemplateStack


_SEVERITIES = {Severity.ERROR: "fatal", Severity.WARNING: "warning", Severity.INFO: "info"}
"""In the CDK's words, of which only those that are fatal cannot be acknowledged away: AWS takes no acknowledgement."""


@jsii.implements(IAspect)
class GlueChecks:
    """Adds findings to the constructs that define the resources: `Aspects.of(app).add(GlueChecks())`."""

    def __init__(self) -> None:
        self._stages: dict[Stage, _WhenDone] = {}

    @staticmethod
    def plugin() -> IPolicyValidationPlugin:
        """Return the same checks as a plug-in: `Validations.of(app).add_plugins(GlueChecks.plugin())`."""
        return cast("IPolicyValidationPlugin", _Plugin())  # whose other members are optional in TypeScript

    def visit(self, node: IConstruct) -> None:
        """Take note of stacks; what they define is looked at when all aspects have had their turn."""
        if isinstance(node, Stage):
            self._of(node, node)
        elif isinstance(node, Stack):
            self._note(node, node)
        elif not self._stages:  # the first that comes is the one that these checks were added to
            self._note(Stack.of(node), node)

    def _note(self, stack: Stack, scope: IConstruct) -> None:
        """Take note of a stack, as far as it is below a scope, and of those that it is nested in."""
        stage = Stage.of(stack)
        assert stage is not None  # noqa: S101 -- a stack without an application makes itself one
        looks = self._of(stage, scope)
        looks.scopes.append(scope)
        around: list[Stack] = []
        inner: Stack | None = stack
        while inner is not None and inner not in looks.stacks:
            around.append(inner)
            inner = inner.nested_stack_parent
        looks.stacks |= dict.fromkeys(reversed(around))

    def _of(self, stage: Stage, scope: IConstruct) -> _WhenDone:
        """Return what will look at the stacks of a stage, or of an application: each is synthesised on its own."""
        if stage not in self._stages:
            self._stages[stage] = _WhenDone(scope, self._stages)
            scope.node.add_validation(self._stages[stage])
        return self._stages[stage]


@jsii.implements(IValidation)
class _WhenDone:
    """Runs when the constructs will not change any more, and while annotations are still collected."""

    def __init__(self, scope: IConstruct, stages: Mapping[Stage, object]) -> None:
        self._scope, self._stages = scope, stages
        self.stacks: dict[Stack, None] = {}
        """Each after the one that it is nested in."""
        self.scopes: list[IConstruct] = []
        """What is below them is looked at."""
        self._told: set[tuple[str, str]] = set()

    def validate(self) -> list[str]:
        """Annotate what the check of the stacks' templates finds; return the errors that have no other construct."""
        if missed := self._missed():
            return expected(missed)
        if not self.stacks:
            return []
        errors = []
        for path, one in self._found():
            construct = _construct(self._scope.node.root, path, one.code) if path else self._scope
            if construct is None or (path, one.message) in self._told:
                continue
            self._told.add((path, one.message))
            found = annotate(construct, [one])
            if construct is self._scope:
                errors += found
            else:
                stop(construct, found)
        return [] if are_seen(self._scope) else expected(errors)

    def _missed(self) -> list[str]:
        """Return what is wrong if there are stages that no aspect of these checks has come to.

        The CDK does not take aspects into a stage, and has written it by now: to be silent would be to let it pass.
        """
        around = (self._scope, *self.stacks)
        inside = {child for one in around for child in one.node.children if isinstance(child, Stage)}
        return [
            f"GlueChecks has not seen the stage `{stage.node.path}`, for the CDK takes no aspect into a stage: "
            "use Aspects.of(stage).add(...) with the same GlueChecks object, or GlueChecks.plugin()"
            for stage in sorted(inside - self._stages.keys(), key=lambda one: one.node.path)
        ]

    def _found(self) -> list[tuple[str, Diagnostic]]:
        """Return findings, each with the path of its construct; empty: there is none."""
        with TemporaryDirectory() as folder:
            session = _Session(folder)
            for stack in reversed(self.stacks):  # nested stacks come before those that they are in
                _write(stack, session)
            session.assembly.build_assembly()
            template = read(folder)
            scopes = [scope.node.path for scope in self.scopes]
            found = ((_path(template, one.span), one) for one in template.check().diagnostics)
            return [(path, _without_place(template, one)) for path, one in found if not path or _is_in(path, scopes)]


def _write(stack: Stack, session: _Session) -> None:
    """Write the template of a stack, with what a manifest says of it."""
    try:
        stack.synthesizer.synthesize(session)
    except RuntimeError as error:  # how jsii hands on what the CDK throws
        if "must be bound" not in str(error):
            raise
        # One that was given to the stack: the stack has a copy of it, which Python cannot reach.
        stack.synthesizer.bind(stack)
        stack.synthesizer.synthesize(session)


@jsii.implements(ISynthesisSession)
class _Session:
    """A folder that stacks can be written to."""

    def __init__(self, folder: str) -> None:
        self._builder, self._folder = CloudAssemblyBuilder(folder), folder

    @property
    def assembly(self) -> CloudAssemblyBuilder:
        return self._builder

    @property
    def outdir(self) -> str:
        return self._folder

    @property
    def validate_on_synth(self) -> bool:
        return False


@jsii.implements(IPolicyValidationPlugin)
class _Plugin:
    """Reports findings about the templates of a synthesis."""

    @property
    def name(self) -> str:
        return "gluedsl"

    def validate(self, context: IPolicyValidationContext) -> PolicyValidationPluginReport:
        """Check all templates."""
        # The folder that holds all templates is that of the assembly.
        template = read(os.path.commonpath([Path(one).parent for one in context.template_paths]))
        report = template.check()
        violations = [_violation(template, one) for one in report.diagnostics]
        return PolicyValidationPluginReport(success=not report.has_errors, violations=violations)


def _violation(template: Template, finding: Diagnostic) -> PolicyViolation:
    owner = _owner(template, finding.span)
    resources = []
    if owner is not None and finding.span is not None:
        stack, resource = owner
        place = next((name for name, at in _properties(resource) if _holds(at, finding.span)), None)
        resources.append(
            PolicyViolatingResource(
                resource_logical_id=resource.logical_id,
                construct_path=resource.construct or None,
                template_path=str(Path(stack.file).absolute()),
                locations=[] if place is None else [f"Properties.{place}"],
            )
        )
    return PolicyViolation(
        rule_name=finding.code,
        description=finding.message,
        fix="; ".join(_without_place(template, finding).help) or None,
        severity=_SEVERITIES[finding.severity],
        violating_resources=resources,
        rule_metadata={"name": finding.name, **({"url": finding.url} if finding.url else {})},
    )


def _owner(template: Template, span: Span | None) -> tuple[TemplateStack, Resource] | None:
    """Return the resource that a place in a template is in, with its template."""
    if span is None:
        return None
    for group in template.groups:
        for stack in group:
            if stack.file == span.file:
                for resource in stack.resources.values():
                    if _holds(_whole(resource.key, resource.body), span):
                        return stack, resource
    return None


def _properties(resource: Resource) -> Iterator[tuple[str, Span]]:
    for name, entry in resource.properties.entries.items():
        yield name, _whole(entry.key, entry.value)


def _whole(key: Node, value: Node) -> Span:
    """Return the stretch from a key to the end of its value."""
    end = span_of(value)
    return replace(span_of(key), end_line=end.end_line, end_column=end.end_column)


def _holds(outer: Span, inner: Span) -> bool:
    place = (inner.line, inner.column)
    return (outer.line, outer.column) <= place <= (outer.end_line, outer.end_column)


def _construct(root: IConstruct, path: str, code: str) -> IConstruct | None:
    """Return a construct by its path; None: it is of a workflow whose own construct has said the same."""
    construct = root
    for part in path.split("/"):
        construct = construct.node.find_child(part)
        if isinstance(construct, GlueResources) and code in construct.reported:
            return None
    return construct


def _is_in(path: str, scopes: Sequence[str]) -> bool:
    return any(not scope or path == scope or path.startswith(f"{scope}/") for scope in scopes)


def _path(template: Template, span: Span | None) -> str:
    """Return the path of the construct that has written a place in a template; empty: there is none."""
    owner = _owner(template, span)
    return "" if owner is None else owner[1].construct


def _without_place(template: Template, finding: Diagnostic) -> Diagnostic:
    """Return a finding without places in a template, which is gone: constructs say where it is."""
    others = ((_path(template, one.span), one.message) for one in finding.related)
    told = tuple(f"{message.removesuffix(' here')}: `{path}`" for path, message in others if path)
    return replace(finding, span=None, related=(), notes=(), help=(*finding.help, *told))
