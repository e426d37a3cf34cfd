"""What a simulation is asked for: options of the command, over `[tool.gluedsl.simulate]` of the project.

Comes in: texts as people write them. Goes out: ends, lengths of time, run properties and policies, by node or name;
or a refusal that says which option or setting it is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from gluedsl.engine import ENDS, MOST_DURATION, policies_named
from gluedsl.engine.lengths import length_of_time
from gluedsl.errors import UsageError
from gluedsl.graph import WorkflowGraph
from gluedsl.graph.named import named_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import timedelta

    from gluedsl.compiler import Compilation
    from gluedsl.engine import EndState, Policies
    from gluedsl.graph import Node

_OUTCOME = ("--outcome", "NODE=STATE", "load_orders=FAILED")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What is said of a node."""

    place: str
    """The option or setting, as messages call it."""
    name: str
    """The node, as a person calls it."""
    value: str


def given_ends(graph: WorkflowGraph, options: Iterable[str]) -> dict[Node, EndState]:
    """Return how nodes end in every run of an exploration."""
    given: dict[Node, EndState] = {}
    for option in options:
        said = _said(option, *_OUTCOME)
        node = named_node(graph, said.name)
        ends = _ends(node, said)
        if len(ends) > 1:
            message = f"{node} is to end in {' and '.join(ends)}, and --all counts last attempts only"
            raise UsageError(message, hint="give one state")
        given[node] = ends[0]
    return given


def outcomes(
    compilation: Compilation, graph: WorkflowGraph, options: Iterable[str]
) -> dict[Node, tuple[EndState, ...]]:
    """Return how each run of a node ends, in turn."""
    settings = compilation.settings.simulate.outcomes
    found = {node: _ends(node, said) for node, said in _set(compilation, graph, "outcomes", settings)}
    for option in options:
        said = _said(option, *_OUTCOME)
        node = named_node(graph, said.name)
        found[node] = _ends(node, said)
    return found


def durations(
    compilation: Compilation, graph: WorkflowGraph, options: Iterable[str]
) -> tuple[dict[Node, timedelta], timedelta | None]:
    """Return how long nodes take, and how long all others do; None: nobody says."""
    settings = compilation.settings.simulate.durations
    found = {node: _length(said) for node, said in _set(compilation, graph, "durations", settings)}
    default = None
    for option in options:
        if "=" not in option:
            default = _length(_Said(place=f"--duration {option}", name="", value=option))
            continue
        said = _said(option, "--duration", "NODE=TIME", "load_orders=90s")
        found[named_node(graph, said.name)] = _length(said)
    return found, default


def properties(options: Iterable[str]) -> dict[str, str]:
    """Return the run properties that the start brings."""
    found = {}
    for option in options:
        key, separator, value = option.partition("=")
        if not separator or not key:
            message = f"--property {option}: not of the form KEY=VALUE"
            raise UsageError(message, hint="for example: --property env=test")
        found[key] = value
    return found


def policies(options: Iterable[str]) -> Policies:
    """Return what is to happen where AWS does not say."""
    said = (_said(option, "--policy", "NAME=VALUE", "retry_visibility=every") for option in options)
    return policies_named({one.name.replace("-", "_"): one.value for one in said})


def _set(
    compilation: Compilation, graph: WorkflowGraph, setting: str, values: Mapping[str, str]
) -> Iterable[tuple[Node, _Said]]:
    """Yield what the project's settings say of the nodes of one workflow."""
    for name, value in values.items():
        place = f"{compilation.settings.root / 'pyproject.toml'}: `{setting}.{name}` in [tool.gluedsl.simulate]"
        try:
            node = named_node(graph, name)
        except UsageError as error:
            if _is_elsewhere(compilation, name):
                continue
            message = f"{place}: {error.message}"
            raise UsageError(message, hint=error.hint) from None
        yield node, _Said(place=place, name=name, value=value)


def _is_elsewhere(compilation: Compilation, name: str) -> bool:
    """Whether another workflow of the project has such a node."""
    for workflow in compilation.project.workflows:
        try:
            named_node(WorkflowGraph.of(workflow, prefix=compilation.settings.prefix), name)
        except UsageError:
            continue
        return True
    return False


def _said(option: str, flag: str, form: str, example: str) -> _Said:
    key, separator, value = option.rpartition("=")
    if not separator or not key:
        message = f"{flag} {option}: not of the form {form}"
        raise UsageError(message, hint=f"for example: {flag} {example}")
    return _Said(place=f"{flag} {option}", name=key, value=value)


def _ends(node: Node, said: _Said) -> tuple[EndState, ...]:
    ends = tuple(state.strip().upper() for state in said.value.split(","))
    for state in ends:
        if state not in ENDS[node.type]:
            message = f"{said.place}: a {node.type.lower()} cannot end in {state or 'nothing'}"
            raise UsageError(message, hint=f"it ends in {', '.join(ENDS[node.type])}")
    return cast("tuple[EndState, ...]", ends)


def _length(said: _Said) -> timedelta:
    length = length_of_time(said.value)
    if length is None:
        message = f"{said.place}: `{said.value}` is no length of time"
        raise UsageError(message, hint="a number with ms, s, m, h or d: 90s, 1h30m")
    if length > MOST_DURATION:
        message = f"{said.place}: `{said.value}` is too long"
        raise UsageError(message, hint="Glue lets a job run for seven days at most")
    return length
