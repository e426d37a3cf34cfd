"""`gluedsl start`: a run of a deployed workflow."""

from __future__ import annotations

from typing import Annotated

import typer

from gluedsl.cli import console
from gluedsl.cli.compiling import StageOption, TextOrJson, WorkflowOption
from gluedsl.cli.deployed import HERE, FormatOption, WhichArgument, connected, meant, watched
from gluedsl.cli.run_options import key_and_value
from gluedsl.errors import UsageError


def start(
    which: WhichArgument = HERE,
    workflow: WorkflowOption = None,
    stage: StageOption = None,
    property_: Annotated[
        list[str] | None, typer.Option("--property", metavar="KEY=VALUE", help="A run property to start with.")
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", "-w", help="Show the run until it has ended.")] = False,
    format_: FormatOption = TextOrJson.TEXT,
) -> None:
    """Start a run of a deployed workflow, on AWS or on the local Glue, and write its id.

    With --watch it is shown until it has ended, and the command exits with 1 unless it succeeded.
    """
    from gluedsl.deploy import runs as operations  # noqa: PLC0415 -- it loads boto3

    if format_ is TextOrJson.JSON and not watch:
        message = "--format json: what is written is the id of the run alone"
        raise UsageError(message, hint="give --watch as well")
    properties = dict(key_and_value(text, "--property", "KEY=VALUE", "env=test") for text in property_ or ())
    deployed = meant(which, workflow, stage)
    runs = connected(deployed)
    run_id = operations.start(runs, deployed.name, properties, history=runs)
    if not watch:
        console.write(f"{run_id}\n")
        console.say(f"started; what shows it: gluedsl watch {deployed.name} {operations.shortened(run_id)}", "dim")
        return
    watched(runs, deployed.name, run_id, format_)
