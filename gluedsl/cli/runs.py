"""`gluedsl runs`: the runs of a deployed workflow."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from gluedsl.cli import console
from gluedsl.cli.compiling import StageOption, TextOrJson, WorkflowOption
from gluedsl.cli.deployed import HERE, WhichArgument, connected, meant
from gluedsl.diagnostics.render.json import dumped


def runs(
    which: WhichArgument = HERE,
    workflow: WorkflowOption = None,
    stage: StageOption = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=1000, help="At most so many.")] = 20,
    format_: Annotated[TextOrJson, typer.Option("--format", help="How the runs are written.")] = TextOrJson.TEXT,
) -> None:
    """List the runs of a deployed workflow, the newest first."""
    from gluedsl.deploy import runs as operations  # noqa: PLC0415 -- it loads boto3
    from gluedsl.view import run_list  # noqa: PLC0415 -- only this command needs it

    deployed = meant(which, workflow, stage)
    found = operations.recent(connected(deployed), deployed.name, limit)
    if format_ is TextOrJson.JSON:
        console.write(dumped(run_list.document(deployed.name, found)))
        return
    if not found:
        console.say(f"workflow `{deployed.name}` has not run yet")
        return
    only_ascii = console.ascii_only(console.output())
    now = datetime.now(UTC)
    console.show(run_list.render(found, shortened=operations.shortened, now=now, ascii_only=only_ascii))
