"""`gluedsl resume`: a run that has ended, from some of its nodes on."""

from __future__ import annotations

from typing import Annotated

import typer

from gluedsl.cli import console
from gluedsl.cli.compiling import StageOption, TextOrJson, WorkflowOption
from gluedsl.cli.deployed import HERE, FormatOption, RunArgument, WhichArgument, connected, meant, watched, with_run
from gluedsl.errors import UsageError


def resume(
    which: WhichArgument = HERE,
    run_id: RunArgument = None,
    start_from: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="NODE", help="A job or crawler to run again, with all that follows it."),
    ] = None,
    workflow: WorkflowOption = None,
    stage: StageOption = None,
    watch: Annotated[bool, typer.Option("--watch", "-w", help="Show the new run until it has ended.")] = False,
    format_: FormatOption = TextOrJson.TEXT,
) -> None:
    """Resume a run that is COMPLETED from some of its nodes, and write the id of the new run.

    Without RUN_ID the newest. What is upstream of the nodes is copied with how it ended, and not run again.
    """
    from gluedsl.deploy import runs as operations  # noqa: PLC0415 -- it loads boto3

    if not start_from:
        message = "resume without --from: which jobs or crawlers are to run again?"
        raise UsageError(message, hint="gluedsl resume RUN_ID --from NODE; --from may be given several times")
    if format_ is TextOrJson.JSON and not watch:
        message = "--format json: what is written is the id of the run alone"
        raise UsageError(message, hint="give --watch as well")
    which, run_id = with_run(which, run_id)
    deployed = meant(which, workflow, stage)
    runs = connected(deployed)
    run = operations.find(runs, deployed.name, run_id)
    new, restarted = operations.resumed(runs, runs, run, start_from, prefix=deployed.prefix)
    names = ", ".join(node.name for node in restarted)
    console.say(f"resumed run {operations.shortened(run.run_id)} from {names}", "dim")
    if not watch:
        console.write(f"{new}\n")
        console.say(f"what shows it: gluedsl watch {deployed.name} {operations.shortened(new)}", "dim")
        return
    watched(runs, deployed.name, new, format_)
