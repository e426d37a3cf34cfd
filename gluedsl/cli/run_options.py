"""What a local run was asked for, with names resolved and refusals made before anything starts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeVar, cast

from gluedsl.compiler.starting import require_properties
from gluedsl.errors import UsageError
from gluedsl.graph import Node, WorkflowGraph
from gluedsl.graph.algorithms import downstream
from gluedsl.graph.named import named_node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from gluedsl.compiler import Compilation
    from gluedsl.engine import EndState
    from gluedsl.model import Job, Project

NodeOrName = TypeVar("NodeOrName", bound="Node | str")

_STATES = {"JOB": ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED"), "CRAWLER": ("SUCCEEDED", "FAILED", "CANCELLED")}
_KINDS = {"glueetl": "a Spark job", "gluestreaming": "a streaming job", "glueray": "a Ray job"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRun:
    """One run on the local Glue."""

    workflow: str
    properties: Mapping[str, str]
    outcomes: Mapping[str, EndState]
    """Jobs and crawlers that do not run, with the state they end in."""
    jobs: tuple[Job, ...]
    """Those that run."""


def local_run(
    compilation: Compilation, index: int, properties: Iterable[str], outcomes: Iterable[str], start_from: str | None
) -> LocalRun:
    """Return the run that is meant.

    Raises:
        UsageError: an option cannot be read, names nothing, or a job cannot run here.
    """
    project = compilation.project
    workflow = project.workflows[index]
    graph = WorkflowGraph.of(workflow, prefix=compilation.settings.prefix)
    ends: dict[str, EndState] = {}
    if start_from is not None:
        first = named_node(graph, start_from)
        kept = {first, *downstream(graph, first)}
        ends = {node.name: "SUCCEEDED" for node in graph.nodes if node.type != "TRIGGER" and node not in kept}
    for text in outcomes:
        node, state = _outcome(text, lambda name: named_node(graph, name))
        ends[node.name] = state
    _require_runnable(project, graph, ends)
    given = dict(key_and_value(text, "--property", "KEY=VALUE", "env=test") for text in properties)
    require_properties(compilation, workflow.name, given)
    running = {node.name for node in graph.nodes if node.type == "JOB" and node.name not in ends}
    jobs = tuple(job for job in project.jobs if job.name in running)
    return LocalRun(workflow=workflow.name, properties=given, outcomes=ends, jobs=jobs)


def local_outcomes(compilation: Compilation | None, outcomes: Iterable[str]) -> dict[str, EndState]:
    """Return how jobs and crawlers end that a local Glue is not to run, by their names in Glue.

    Those of a project are known by any of their names; all others, which somebody may deploy later, by that in Glue.

    Raises:
        UsageError: an option cannot be read.
    """
    graphs = [] if compilation is None else graphs_of(compilation)

    def meant(name: str) -> Node | str:
        for graph in graphs:
            try:
                return named_node(graph, name)
            except UsageError:
                continue
        return name

    found: dict[str, EndState] = {}
    for text in outcomes:
        node, state = _outcome(text, meant)
        found[node if isinstance(node, str) else node.name] = state
    return found


def graphs_of(compilation: Compilation) -> list[WorkflowGraph]:
    """Return the graphs of all workflows of a project."""
    prefix = compilation.settings.prefix
    return [WorkflowGraph.of(workflow, prefix=prefix) for workflow in compilation.project.workflows]


def _outcome(text: str, named: Callable[[str], NodeOrName]) -> tuple[NodeOrName, EndState]:
    """Return the job or crawler of which an option says how it ends, and that state."""
    name, written = key_and_value(text, "--outcome", "NODE=STATE", "load_orders=FAILED")
    node, state = named(name), written.strip().upper()
    known = _STATES[node.type] if isinstance(node, Node) else tuple(dict.fromkeys(chain(*_STATES.values())))
    hint = f"it ends in {', '.join(known)}"
    if state in known:
        return node, cast("EndState", state)
    if not state:
        message = f"--outcome {text}: no state is given"
    elif "," in state:
        message = f"--outcome {text}: what runs here ends in one state, whatever the attempt"
        hint = "only `gluedsl simulate` takes a list, with a state for each attempt"
    else:
        message = f"--outcome {text}: a {node.type.lower() if isinstance(node, Node) else 'job'} cannot end in {state}"
    raise UsageError(message, hint=hint)


def key_and_value(text: str, option: str, form: str, example: str) -> tuple[str, str]:
    """Return the two halves of an option's text."""
    key, separator, value = text.partition("=")
    if not separator or not key:
        message = f"{option} {text}: not of the form {form}"
        raise UsageError(message, hint=f"for example: {option} {example}")
    return key, value


def _require_runnable(project: Project, graph: WorkflowGraph, ends: Mapping[str, str]) -> None:
    kinds = {job.name: job.kind for job in project.jobs}
    for node in graph.nodes:
        if node.type == "TRIGGER" or node.name in ends:
            continue
        kind = kinds.get(node.name)
        if node.type == "JOB" and kind is None:
            message = f"job `{node.name}` is defined elsewhere, so there is nothing to run here"
            raise UsageError(message, hint=f"say how it ends: --outcome {node.name}=SUCCEEDED")
        if kind is not None and kind != "pythonshell":
            message = f"job `{node.name}` is {_KINDS[kind]}, and the local Glue runs Python shell jobs"
            raise UsageError(message, hint=f"say how it ends: --outcome {node.name}=SUCCEEDED")
        if node.type == "CRAWLER" and node.name not in {crawler.name for crawler in project.crawlers}:
            message = f"crawler `{node.name}` is defined elsewhere, so there is nothing to run here"
            raise UsageError(message, hint=f"say how it ends: --outcome {node.name}=SUCCEEDED")
