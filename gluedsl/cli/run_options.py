"""What a local run was asked for, with names resolved and refusals made before anything starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from gluedsl.errors import UsageError
from gluedsl.graph import WorkflowGraph
from gluedsl.graph.algorithms import downstream
from gluedsl.graph.named import named_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gluedsl.compiler import Compilation
    from gluedsl.engine import EndState
    from gluedsl.model import Project

_STATES = {"JOB": ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED"), "CRAWLER": ("SUCCEEDED", "FAILED", "CANCELLED")}
_KINDS = {"glueetl": "a Spark job", "gluestreaming": "a streaming job", "glueray": "a Ray job"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRun:
    """One run on the local Glue."""

    workflow: str
    properties: Mapping[str, str]
    outcomes: Mapping[str, EndState]
    """Jobs and crawlers that do not run, with the state they end in."""


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
        name, state = key_and_value(text, "--outcome", "NODE=STATE", "load_orders=FAILED")
        node = named_node(graph, name)
        state = state.upper()
        if state not in _STATES[node.type]:
            message = f"--outcome {text}: a {node.type.lower()} cannot end in {state}"
            raise UsageError(message, hint=f"it ends in {', '.join(_STATES[node.type])}")
        ends[node.name] = cast("EndState", state)
    _require_runnable(project, graph, ends)
    given = dict(key_and_value(text, "--property", "KEY=VALUE", "env=test") for text in properties)
    return LocalRun(workflow=workflow.name, properties=given, outcomes=ends)


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
