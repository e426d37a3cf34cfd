"""`gluedsl simulate`: a run in virtual time, without jobs; or every combination of outcomes that can matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gluedsl.cli import console, simulate_options
from gluedsl.cli.compiling import PathArgument, StageOption, TextOrJson, WorkflowOption, compile_checked, one_workflow
from gluedsl.compiler.starting import require_properties
from gluedsl.diagnostics.render.json import dumped
from gluedsl.engine import DEFAULT_DURATION, MOST_RESULTS, Scenario, explore
from gluedsl.engine import simulate as simulated
from gluedsl.errors import UsageError
from gluedsl.graph import WorkflowGraph
from gluedsl.view import exploration as explored
from gluedsl.view import json, text
from gluedsl.view.exploration_json import exploration_document
from gluedsl.view.scene import scene_of_run

if TYPE_CHECKING:
    from gluedsl.engine import Exploration
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
            given=simulate_options.given_ends(graph, outcome or ()),
            policies=simulate_options.policies(policy or ()),
            most_results=limit or MOST_RESULTS,
        )
        _show_all(exploration, format_)
        good = [scenario.outcome for scenario in exploration.scenarios if not scenario.bad]
        never = exploration.is_complete and exploration.never_started_in_any
        if never or good == ["PARTIAL"]:
            raise typer.Exit(1)
        return
    durations, default = simulate_options.durations(compilation, graph, duration or ())
    scenario = Scenario(
        outcomes=simulate_options.outcomes(compilation, graph, outcome or ()),
        durations=durations,
        default_duration=DEFAULT_DURATION if default is None else default,
    )
    properties = simulate_options.properties(property_ or ())
    require_properties(compilation, chosen.name, properties)
    simulation = simulated(
        chosen,
        scenario,
        jobs=compilation.project.jobs,
        properties=properties,
        policies=simulate_options.policies(policy or ()),
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
