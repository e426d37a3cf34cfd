"""The node of a workflow that a person means: by its name in Glue, or by the shorter one of the flow file.

Comes in: a graph and a name. Goes out: one node, or a refusal that says what there is.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gluedsl.graph.build import Node, WorkflowGraph


def named_node(graph: WorkflowGraph, name: str) -> Node:
    """Return the job or crawler that a person means: by its name in Glue, or by its function's own name.

    Raises:
        UsageError: there is none of that name, or more than one.
    """
    nodes = [node for node in graph.nodes if node.type != "TRIGGER"]
    workflow = graph.workflow.name
    place = f"workflow `{workflow}`"
    return named_among(nodes, name, workflows=(workflow,), place=place, what="job or crawler", prefix=graph.prefix)


def named_trigger(graph: WorkflowGraph, name: str) -> Node:
    """Return the trigger that a person means: by its name in Glue, or by what follows the workflow's name in it.

    Raises:
        UsageError: there is none of that name, or more than one.
    """
    nodes = [node for node in graph.nodes if node.type == "TRIGGER"]
    workflow = graph.workflow.name
    place = f"workflow `{workflow}`"
    return named_among(nodes, name, workflows=(workflow,), place=place, what="trigger", prefix=graph.prefix)


def named_among(
    nodes: Sequence[Node], name: str, *, workflows: Iterable[str], place: str, what: str, prefix: str = ""
) -> Node:
    """Return the node of several that a person means.

    Args:
        nodes: Of which one is meant.
        name: In Glue, or without the name of a workflow in front, with underscores for hyphens.
        workflows: Their names.
        place: Where the nodes are, for messages.
        what: What the nodes are, for messages.
        prefix: Of a stage, which a name need not have.

    Raises:
        UsageError: there is none of that name, or more than one.
    """
    left_out = [*(f"{workflow}-" for workflow in workflows), *([prefix] if prefix else [])]
    written = name.replace("_", "-")
    short = {written, f"{prefix}{name}", *(f"{each}{written}" for each in left_out)}
    found = [node for node in nodes if node.name == name] or [node for node in nodes if node.name in short]
    if len(found) == 1:
        return found[0]
    if {node.name for node in found} == {name}:
        message = f"`{name}` is the name of a job and of a crawler"
        raise UsageError(message, hint="give one of the two another name")
    if found:
        message = f"`{name}` may be {' or '.join(f'`{node.name}`' for node in found)}"
        raise UsageError(message, hint="give its whole name")
    known = [node.name for node in nodes]
    known += [full.removeprefix(each) for full in known for each in left_out]
    near = difflib.get_close_matches(written, known, n=1)
    names = ", ".join(f"`{node.name}`" for node in nodes)
    message = f"{place} has no {what} `{name}`"
    raise UsageError(message, hint=f"did you mean `{near[0]}`?" if near else f"it has {names or 'none'}")
