"""As many stacks as a project takes: one for each family of workflows, split before CloudFormation's limits.

Comes in: workflows, or the path of flow files. Goes out: stacks in the caller's application, by the names that
`gluedsl synth --format assembly` gives them, so that either route deploys what the other has deployed.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from aws_cdk import App, Environment, Stack

from gluedsl.bundle import Bundle
from gluedsl.cdk.construct import GlueResources
from gluedsl.cdk.findings import told
from gluedsl.cdk.flows import Part, part_of
from gluedsl.cdk.hints import hints
from gluedsl.cdk.meaning import meaning_in
from gluedsl.cdk.placed import Getters, Placed
from gluedsl.cdk.tokens import Tokens
from gluedsl.diagnostics import Report
from gluedsl.emit.assembly import used
from gluedsl.emit.room import fits
from gluedsl.emit.stacks import stacks
from gluedsl.errors import UsageError
from gluedsl.templates.collector import without_collector

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from aws_cdk import aws_s3
    from constructs import Construct

    from gluedsl import Workflow
    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Project

_ID = "Workflows"
"""Of the one construct in each stack."""
_WITH_ERRORS = "workflows-with-errors"
"""The stack that findings are told at, when no other is made."""


class GlueStacks(Placed):
    """The stacks of workflows, each with one construct, that know each other's jobs and crawlers by name."""

    def __init__(
        self,
        scope: Construct,
        flows: Workflow[Any] | Sequence[Workflow[Any]] | str | Path,
        *,
        stage: str | None = None,
        env: Environment | None = None,
        script_bucket: aws_s3.IBucket | str | None = None,
        **of_stacks: Any,
    ) -> None:
        """Check workflows, and make the stacks that they take.

        Where the check finds errors there is one stack, which has them as annotations, and the synthesis stops.

        Args:
            scope: the application, or a stage of it.
            flows: a workflow, a list of them, or the path of a flow file, a folder or a module.
            stage: of `[tool.gluedsl.stages]` beside the flows; None: the settings without a stage.
            env: account and region of the stacks; None: the region of the settings beside the flows; if they name
                none, account and region are those of whoever deploys.
            script_bucket: as in `GlueWorkflows`.
            of_stacks: further arguments of each `Stack`.

        Raises:
            UsageError: a workflow is too large for a stack; or there is no such flow.
        """
        self.stacks: dict[str, Stack] = {}
        """By name."""
        self.constructs: dict[str, GlueResources] = {}
        """What is in each stack, by the stack's name."""
        with hints(), without_collector():
            whole = part_of(flows, stage=stage, role=None, tokens=Tokens(_resolved))
            if env is None and whole.settings.region is not None:
                env = Environment(region=whole.settings.region)
            parts = _parts(whole, scope)
            if len(parts) > 1 and "stack_name" in of_stacks:
                message = f"stack_name= is one name, and the workflows take {len(parts)} stacks"
                raise UsageError(message, hint="leave it out: each stack is called after its workflows")
            for name, part, depends_on in parts:
                if scope.node.try_find_child(name) is not None:
                    where = f"`{scope.node.path}`" if scope.node.path else "the application"
                    message = f"{where} has `{name}` already, which is the name of the stack of these workflows"
                    raise UsageError(message, hint="give one of the workflows another name, or a stage of the CDK's")
                stack = Stack(scope, name, env=env, **of_stacks)
                for other in depends_on:
                    stack.add_stack_dependency(self.stacks[other])
                self.stacks[name] = stack
                self.constructs[name] = GlueResources(stack, _ID, part, script_bucket=script_bucket)
        getters: Getters = {}
        for construct in self.constructs.values():
            for kind, found in construct.getters.items():
                getters.setdefault(kind, {}).update(found)
        names = [workflow.name for workflow in whole.bundle.project.workflows]
        errors = [told(one) for one in whole.report.diagnostics] if whole.report.has_errors else []
        super().__init__(lambda: ", ".join(self.stacks), getters, [whole.settings.prefix, *names], errors)


def _resolved(token: str) -> Any:
    """Return what a token means, in whichever stack."""
    return meaning_in(Stack(App(), "Tokens"))(token)


def _parts(whole: Part, scope: Construct) -> list[tuple[str, Part, tuple[str, ...]]]:
    """Return the name, the content and the dependencies of each stack, in the order in which they are deployed."""
    bundle = whole.bundle
    if whole.report.has_errors:
        # An application may have several: their workflows are not known, and each of them is to be told.
        numbered = (f"{_WITH_ERRORS}-{number}" for number in count(2))
        free = (name for name in chain([_WITH_ERRORS], numbered) if scope.node.try_find_child(name) is None)
        return [(next(free), whole, ())]
    contents = {file.key: file.content for file in bundle.files}
    parts = []
    findings = list(whole.report.diagnostics)
    made = stacks(bundle.project, fits)
    for index, stack in enumerate(made):
        is_last = index == len(made) - 1
        own = [one for one in findings if is_last or _owner(one, bundle.project) in _names(stack.project)]
        findings = [one for one in findings if one not in own]
        keys = used(stack.project, contents)
        files = tuple(file for file in bundle.files if file.key in keys)
        part = replace(whole, bundle=Bundle(project=stack.project, files=files), report=Report.of(own))
        parts.append((stack.name, part, stack.depends_on))
    return parts


def _owner(finding: Diagnostic, project: Project) -> tuple[str, str] | None:
    """Return the resource that a finding is about, by its field in the project and its name."""
    match finding.span.path if finding.span is not None else ():
        case (str(kind), int(index), *_):
            owners = getattr(project, kind, ())
            return (kind, owners[index].name) if index < len(owners) else None
        case _:
            return None


def _names(project: Project) -> set[tuple[str, str]]:
    kinds: Mapping[str, Sequence[Any]] = {
        kind: getattr(project, kind) for kind in ("workflows", "jobs", "crawlers", "roles", "event_rules")
    }
    return {(kind, each.name) for kind, owners in kinds.items() for each in owners}
