"""`gluedsl simulate`: a run in virtual time, without jobs; or every combination of outcomes that can matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from gluedsl.cli import console
from gluedsl.cli.compiling import PathArgument, StageOption, TextOrJson, WorkflowOption, compile_checked, one_workflow
from gluedsl.diagnostics.render.json import dumped
from gluedsl.engine import DEFAULT_DURATION, ENDS, MOST_DURATION, MOST_RESULTS, Scenario, explore, policies_named
from gluedsl.engine import simulate as simulated
from gluedsl.engine.lengths import length_of_time
from gluedsl.errors import UsageError
from gluedsl.graph import WorkflowGraph
from gluedsl.graph.named import named_node
from gluedsl.view import exploration as explored
from gluedsl.view import json, text
from gluedsl.view.exploration_json import exploration_document
from gluedsl.view.scene import scene_of_run

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from gluedsl.engine import EndState, Exploration, Policies
    from gluedsl.graph import Node
    from gluedsl.runs import RunSnapshot


def simulate(
    path: PathArgument = ".",
    workflow: WorkflowOption = None,
    stage: StageOption = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NODE=STATE", help="How a job or crawler ends; several states, with commas, for several attempts."
        ),
    ] = None,
    property_: Annotated[
        list[str] | None, typer.Option("--property", metavar="KEY=VALUE", help="A run property to start with.")
    ] = None,
    duration: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NODE=TIME", help="How long a job or crawler takes, such as 90s or 1h30m; TIME alone: all others."
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every combination of outcomes that can matter, and what each leads to.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="How many results --all lists; 1000 unless given.")
    ] = None,
    policy: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="What happens where AWS does not say what Glue does."),
    ] = None,
    format_: Annotated[TextOrJson, typer.Option("--format", help="How the run is written.")] = TextOrJson.TEXT,
) -> None:
    """Play a run in virtual time: no jobs run, nothing is deployed."""
    if every and duration:
        message = "--duration says nothing with --all"
        raise UsageError(message, hint="what runs can come to does not depend on how long they take")
    if every and property_:
        message = "--property says nothing with --all"
        raise UsageError(message, hint="what runs can come to does not depend on run properties")
    if limit is not None and not every:
        message = "--limit says nothing without --all"
        raise UsageError(message, hint="one run has one result")
    compilation = compile_checked(path, stage)
    _, chosen = one_workflow(compilation, workflow)
    graph = WorkflowGraph.of(chosen, prefix=compilation.settings.prefix)
    if every:
        exploration = explore(
            chosen,
            given=_given(graph, outcome or ()),
            policies=_policies(policy or ()),
            most_results=limit or MOST_RESULTS,
        )
        _show_all(exploration, format_)
        good = [scenario.outcome for scenario in exploration.scenarios if not scenario.bad]
        never = exploration.is_complete and exploration.never_started_in_any
        if never or good == ["PARTIAL"]:
            raise typer.Exit(1)
        return
    durations, default = _durations(graph, duration or ())
    scenario = Scenario(
        outcomes=_outcomes(graph, outcome or ()), durations=durations, default_duration=default or DEFAULT_DURATION
    )
    simulation = simulated(
        chosen,
        scenario,
        jobs=compilation.project.jobs,
        properties=_properties(property_ or ()),
        policies=_policies(policy or ()),
    )
    snapshot = simulation.snapshot
    _show(snapshot, format_)
    if snapshot.outcome != "SUCCEEDED":
        raise typer.Exit(1)


def _show(snapshot: RunSnapshot, format_: TextOrJson) -> None:
    if format_ is TextOrJson.JSON:
        console.write(dumped(json.run_document(snapshot)))
        return
    out = console.output()
    console.show(text.render(scene_of_run(snapshot), width=out.width, ascii_only=console.ascii_only(out)))


def _show_all(exploration: Exploration, format_: TextOrJson) -> None:
    if format_ is TextOrJson.JSON:
        console.write(dumped(exploration_document(exploration)))
        return
    out = console.output()
    console.show(explored.render(exploration, width=out.width, ascii_only=console.ascii_only(out)))


def _given(graph: WorkflowGraph, options: Iterable[str]) -> dict[Node, EndState]:
    given: dict[Node, EndState] = {}
    for node, ends in _outcomes(graph, options).items():
        if len(ends) > 1:
            message = f"{node} is to end in {' and '.join(ends)}, and --all counts last attempts only"
            raise UsageError(message, hint="give one state")
        given[node] = ends[0]
    return given


def _outcomes(graph: WorkflowGraph, given: Iterable[str]) -> dict[Node, tuple[EndState, ...]]:
    outcomes = {}
    for option in given:
        name, states = _pair(option, "--outcome", "NODE=STATE", "load_orders=FAILED")
        node = named_node(graph, name)
        ends = tuple(state.strip().upper() for state in states.split(","))
        for state in ends:
            if state not in ENDS[node.type]:
                message = f"--outcome {option}: a {node.type.lower()} cannot end in {state or 'nothing'}"
                raise UsageError(message, hint=f"it ends in {', '.join(ENDS[node.type])}")
        outcomes[node] = cast("tuple[EndState, ...]", ends)
    return outcomes


def _durations(graph: WorkflowGraph, given: Iterable[str]) -> tuple[dict[Node, timedelta], timedelta | None]:
    durations: dict[Node, timedelta] = {}
    default = None
    for option in given:
        if "=" not in option:
            default = _length(option, option)
            continue
        name, time = _pair(option, "--duration", "NODE=TIME", "load_orders=90s")
        durations[named_node(graph, name)] = _length(time, option)
    return durations, default


def _length(time: str, option: str) -> timedelta:
    length = length_of_time(time)
    if length is None:
        message = f"--duration {option}: `{time}` is no length of time"
        raise UsageError(message, hint="a number with ms, s, m, h or d: 90s, 1h30m")
    if length > MOST_DURATION:
        message = f"--duration {option}: `{time}` is too long"
        raise UsageError(message, hint="Glue lets a job run for seven days at most")
    return length


def _properties(given: Iterable[str]) -> dict[str, str]:
    properties = {}
    for option in given:
        key, separator, value = option.partition("=")
        if not separator or not key:
            message = f"--property {option}: not of the form KEY=VALUE"
            raise UsageError(message, hint="for example: --property env=test")
        properties[key] = value
    return properties


def _policies(given: Iterable[str]) -> Policies:
    pairs = (_pair(option, "--policy", "NAME=VALUE", "retry_visibility=every") for option in given)
    return policies_named({name.replace("-", "_"): value for name, value in pairs})


def _pair(option: str, name: str, form: str, example: str) -> tuple[str, str]:
    key, separator, value = option.rpartition("=")
    if not separator or not key:
        message = f"{name} {option}: not of the form {form}"
        raise UsageError(message, hint=f"for example: {name} {example}")
    return key, value
