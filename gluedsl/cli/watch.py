"""`gluedsl watch`: a run of a deployed workflow as it goes on."""

from __future__ import annotations

from gluedsl.cli.compiling import StageOption, TextOrJson, WorkflowOption
from gluedsl.cli.deployed import HERE, FormatOption, RunArgument, WhichArgument, connected, meant, watched, with_run


def watch(
    which: WhichArgument = HERE,
    run_id: RunArgument = None,
    workflow: WorkflowOption = None,
    stage: StageOption = None,
    format_: FormatOption = TextOrJson.TEXT,
) -> None:
    """Show a run of a deployed workflow until it has ended; without RUN_ID the newest.

    Exits with 1 unless it succeeded.
    """
    from gluedsl.deploy import runs as operations  # noqa: PLC0415 -- it loads boto3

    which, run_id = with_run(which, run_id)
    deployed = meant(which, workflow, stage)
    runs = connected(deployed)
    found = operations.find(runs, deployed.name, run_id)
    watched(runs, deployed.name, found.run_id, format_)
