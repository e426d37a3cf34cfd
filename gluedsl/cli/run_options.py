"""What a local run was asked for, with names resolved and refusals made before anything starts."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from gluedsl.errors import UsageError
from gluedsl.graph import Node, WorkflowGraph
from gluedsl.graph.algorithms import downstream

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    project: Project, index: int, properties: Iterable[str], outcomes: Iterable[str], start_from: str | None
) -> LocalRun:
    """Return the run that is meant.

    Raises:
        UsageError: an option cannot be read, names nothing, or a job cannot run here.
    """
    workflow = project.workflows[index]
    graph = WorkflowGraph.of(workflow)
    ends: dict[str, EndState] = {}
    if start_from is not None:
        first = named_node(graph, start_from)
        kept = {first, *downstream(graph, first)}
        ends = {node.name: "SUCCEEDED" for node in graph.nodes if node.type != "TRIGGER" and node not in kept}
    for text in outcomes:
        name, state = _pair(text, "--outcome", "NODE=STATE", "load_orders=FAILED")
        node = named_node(graph, name)
        state = state.upper()
        if state not in _STATES[node.type]:
            message = f"--outcome {text}: a {node.type.lower()} cannot end in {state}"
            raise UsageError(message, hint=f"it ends in {', '.join(_STATES[node.type])}")
        ends[node.name] = cast("EndState", state)
    _require_runnable(project, graph, ends)
    given = dict(_pair(text, "--property", "KEY=VALUE", "env=test") for text in properties)
    return LocalRun(workflow=workflow.name, properties=given, outcomes=ends)


def named_node(graph: WorkflowGraph, name: str) -> Node:
    """Return the job or crawler that a person means: by its name in Glue, or by its function's own name."""
    nodes = [node for node in graph.nodes if node.type != "TRIGGER"]
    short = {f"{graph.workflow.name}-{name.replace('_', '-')}", name.replace("_", "-")}
    found = [node for node in nodes if node.name == name] or [node for node in nodes if node.name in short]
    if len(found) == 1:
        return found[0]
    if {node.name for node in found} == {name}:
        message = f"`{name}` is the name of a job and of a crawler"
        raise UsageError(message, hint="give one of the two another name")
    if found:
        message = f"`{name}` may be {' or '.join(f'`{node.name}`' for node in found)}"
        raise UsageError(message, hint="give its whole name")
    prefix = f"{graph.workflow.name}-"
    known = [spelled for node in nodes for spelled in (node.name, node.name.removeprefix(prefix))]
    near = difflib.get_close_matches(name.replace("_", "-"), known, n=1)
    message = f"workflow `{graph.workflow.name}` has no job or crawler `{name}`"
    names = ", ".join(f"`{node.name}`" for node in nodes)
    raise UsageError(message, hint=f"did you mean `{near[0]}`?" if near else f"it has {names}")


def _pair(text: str, option: str, form: str, example: str) -> tuple[str, str]:
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
