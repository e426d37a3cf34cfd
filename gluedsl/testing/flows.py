"""From whatever an author of tests has in hand to the workflow that is meant.

Comes in: a declared `Workflow`, a path to a flow, or a model. Goes out: a `Subject`: one workflow of a project without
errors, and its nodes by the names that authors use.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from operator import is_
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from gluedsl.compiler import Compilation, compile_path, compile_workflows
from gluedsl.compiler.settings import Settings, read_settings
from gluedsl.diagnostics import Severity
from gluedsl.diagnostics.render import full
from gluedsl.dsl.outcomes import CrawlerNode, JobNode
from gluedsl.dsl.outcomes import Node as DeclaredNode
from gluedsl.dsl.workflow import Trigger as DeclaredTrigger
from gluedsl.dsl.workflow import Workflow as DeclaredWorkflow
from gluedsl.errors import UsageError
from gluedsl.graph import Node, WorkflowGraph
from gluedsl.graph.named import named_node, named_trigger
from gluedsl.model import Project, Workflow
from gluedsl.source.snippet import Sources

Flow = DeclaredWorkflow[Any] | str | os.PathLike[str] | Workflow | Project | Compilation
"""What can be tested: a workflow of a flow file; the path of a flow file or a folder, or the name of a module;
or what gluedsl makes of them."""
NodeName = str | DeclaredNode
"""A job or crawler: itself, its function's name, or its name in Glue."""
TriggerName = str | DeclaredTrigger
"""A trigger: itself, its name in Glue, or what follows the workflow's name in it."""

_WIDTH = 100


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The workflow under test."""

    workflow: Workflow
    project: Project
    compilation: Compilation | None = None
    """Of what was compiled; a model has none."""

    @cached_property
    def graph(self) -> WorkflowGraph:
        """The workflow as a graph."""
        return WorkflowGraph.of(self.workflow, prefix=self._prefix)

    def node(self, given: NodeName) -> Node:
        """Return the job or crawler that is meant.

        Raises:
            UsageError: the workflow has none, or several, of that name.
        """
        if isinstance(given, str):
            return named_node(self.graph, given)
        if isinstance(given, JobNode | CrawlerNode) and given.name is not None:
            for name in (f"{self._prefix}{given.name}", given.name):
                node = Node("JOB" if isinstance(given, JobNode) else "CRAWLER", name)
                if node in self.graph.nodes:
                    return node
        if isinstance(given, DeclaredNode):
            return named_node(self.graph, given.name or repr(given))
        message = f"{given!r} is no job or crawler"
        raise UsageError(message, hint="give a job, a crawler, or the name of one")

    @property
    def _prefix(self) -> str:
        return "" if self.compilation is None else self.compilation.settings.prefix

    def trigger(self, given: TriggerName) -> Node:
        """Return the trigger that is meant.

        Raises:
            UsageError: the workflow has none of that name.
        """
        return named_trigger(self.graph, given if isinstance(given, str) else given.name)


def subject_of(
    flow: Flow, *, workflow: str | None = None, stage: str | None = None, root: Path | None = None
) -> Subject:
    """Return the workflow that is meant.

    Args:
        flow: What the author has in hand.
        workflow: The name of one, where there are several.
        stage: Which stage of the project; None: none.
        root: Where relative paths begin; None: the working directory.

    Raises:
        UsageError: there is no such workflow, or it has errors, which are told with it.
        LoadError: a flow file cannot be read.
    """
    if isinstance(flow, Workflow):
        return Subject(workflow=flow, project=Project(workflows=(flow,)))
    if isinstance(flow, Project):
        return Subject(workflow=_one(flow, workflow), project=flow)
    compilation = flow if isinstance(flow, Compilation) else _compiled(flow, stage, root)
    require_valid(compilation)
    project = compilation.project
    return Subject(workflow=_one(project, workflow), project=project, compilation=compilation)


def require_valid(compilation: Compilation) -> None:
    """Raise UsageError, with all errors noted on it, if there are any."""
    report = compilation.report
    if not report.has_errors:
        return
    errors = report.count(Severity.ERROR)
    names = ", ".join(f"`{workflow.name}`" for workflow in compilation.project.workflows)
    message = f"{'workflow' if len(compilation.project.workflows) == 1 else 'workflows'} {names}: "
    message += "1 error" if errors == 1 else f"{errors} errors"
    error = UsageError(message)
    error.add_note(full.render(report, Sources(), width=_WIDTH, ascii_only=True).plain.rstrip())
    raise error


def _compiled(
    flow: DeclaredWorkflow[Any] | str | os.PathLike[str], stage: str | None, root: Path | None
) -> Compilation:
    if isinstance(flow, DeclaredWorkflow):
        written = Path(flow.site.file)
        return _compiled_once(flow, stage, written if written.is_file() else root or Path.cwd())
    if not isinstance(flow, str | os.PathLike):
        message = f"{flow!r} is no workflow"
        raise UsageError(message, hint="give a Workflow, the path of a flow file, or the name of a module")
    path = Path(flow)
    if root is not None and not path.is_absolute() and (root / path).exists():
        path = root / path
    return compile_path(str(path), stage)


_known: WeakKeyDictionary[DeclaredWorkflow[Any], tuple[tuple[Path, Settings], list[object], Compilation]]
_known = WeakKeyDictionary()
"""What was compiled of each workflow last, and from what: tests ask for the same one again and again."""


def _compiled_once(flow: DeclaredWorkflow[Any], stage: str | None, beside: Path) -> Compilation:
    """Compile a workflow, unless neither it nor its settings are other than the last time."""
    around = (Path.cwd(), read_settings(beside, stage))
    parts = [*vars(flow).values(), *flow.placements]
    if (known := _known.get(flow)) is not None:
        around_then, parts_then, compilation = known
        if around == around_then and len(parts) == len(parts_then) and all(map(is_, parts, parts_then)):
            return compilation
    compilation = compile_workflows(flow, stage=stage, beside=beside)
    _known[flow] = (around, parts, compilation)
    return compilation


def _one(project: Project, name: str | None) -> Workflow:
    workflows = project.workflows
    names = ", ".join(f"`{workflow.name}`" for workflow in workflows)
    if name is None and len(workflows) == 1:
        return workflows[0]
    if name is None:
        message = f"there are {len(workflows)} workflows: {names}"
        raise UsageError(message, hint="name one with workflow=")
    for workflow in workflows:
        if workflow.name == name:
            return workflow
    message = f"there is no workflow `{name}`"
    raise UsageError(message, hint=f"there is {names}")
