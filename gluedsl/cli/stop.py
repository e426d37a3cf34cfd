"""`gluedsl stop`: a run of a deployed workflow, and all that runs in it."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from gluedsl.cli import console
from gluedsl.cli.compiling import StageOption, TextOrJson, WorkflowOption
from gluedsl.cli.deployed import HERE, FormatOption, RunArgument, WhichArgument, connected, meant, show, with_run


def stop(
    which: WhichArgument = HERE,
    run_id: RunArgument = None,
    workflow: WorkflowOption = None,
    stage: StageOption = None,
    seconds: Annotated[
        int, typer.Option("--wait", metavar="SECONDS", min=0, help="Wait so long for it to have stopped.")
    ] = 300,
    format_: FormatOption = TextOrJson.TEXT,
) -> None:
    """Stop a run and wait until it has stopped; without RUN_ID the one that is under way.

    Exits with 1 if it has not stopped in time.
    """
    from gluedsl.deploy import runs as operations  # noqa: PLC0415 -- it loads boto3

    which, run_id = with_run(which, run_id)
    deployed = meant(which, workflow, stage)
    runs = connected(deployed)
    run = operations.running(runs, deployed.name) if run_id is None else operations.find(runs, deployed.name, run_id)
    console.say(f"stopping run {operations.shortened(run.run_id)} of {deployed.name}", "dim")
    last = operations.stopped(runs, runs, run, sleep=time.sleep, seconds=seconds)
    show(last, format_)
    if not last.has_ended:
        console.say(f"it is still {last.status} after {seconds} s; jobs may take their time", "yellow")
        raise typer.Exit(1)
