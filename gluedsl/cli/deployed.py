"""What `start`, `runs`, `watch`, `stop` and `resume` share: which workflow and run is meant, and how a run is shown."""

from __future__ import annotations

import re
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gluedsl.cli import console
from gluedsl.cli.compiling import TextOrJson, compiled, one_workflow
from gluedsl.diagnostics.render.json import dumped
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from gluedsl.deploy.gateway.runs import Runs
    from gluedsl.runs import RunSnapshot

HERE = "."
_RUN_ID = re.compile(r"wr_[0-9a-f]*")
_INTERRUPTED = 130

WhichArgument = Annotated[
    str, typer.Argument(metavar="WORKFLOW|PATH", help="The name of a deployed workflow, or a flow file or folder.")
]
RunArgument = Annotated[
    str | None,
    typer.Argument(metavar="RUN_ID", help="The id of a run, or the beginning of one.", show_default=False),
]
FormatOption = Annotated[TextOrJson, typer.Option("--format", help="How the run is written.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """A workflow in an account."""

    name: str
    """In Glue."""
    region: str | None = None
    """Of the project's settings; None: boto3 knows it."""
    prefix: str = ""
    """Of the stage: what names in Glue have in front."""


def meant(which: str, workflow: str | None, stage: str | None) -> Deployed:
    """Return the workflow that is meant: by a flow file, if there is one of that name, else by its name in Glue."""
    if not _is_path(which):
        if workflow is not None:
            message = f"--workflow {workflow}: `{which}` is a name already, and not the path of a flow"
            raise UsageError(message, hint="give one of the two")
        return Deployed(name=which)
    try:
        compilation = compiled(which, stage)
    except UsageError as error:
        if error.message != f"no flow file in {HERE}":
            raise
        raise UsageError(error.message, hint="name a deployed workflow, or go to the folder of its flow") from error
    _, found = one_workflow(compilation, workflow)
    settings = compilation.settings
    return Deployed(name=found.name, region=settings.region, prefix=settings.prefix)


def with_run(which: str, run_id: str | None) -> tuple[str, str | None]:
    """Return what is meant where a run may stand alone: `wr_...` belongs to the workflow here."""
    if run_id is None and _RUN_ID.fullmatch(which) and not Path(which).exists():
        return HERE, which
    return which, run_id


def connected(deployed: Deployed) -> Runs:
    """Reach the account that the workflow is in."""
    from gluedsl.deploy.gateway.runs import connect_to_runs  # noqa: PLC0415 -- it loads boto3

    return connect_to_runs(region=deployed.region)


def watched(runs: Runs, workflow: str, run_id: str, format_: TextOrJson) -> None:
    """Show a run until it has ended, then what it came to; exit with 1 unless that is SUCCEEDED."""
    from gluedsl.deploy.runs import shortened, watch  # noqa: PLC0415 -- it loads boto3
    from gluedsl.view.live import follow  # noqa: PLC0415 -- only who watches needs it

    events = watch(runs, workflow, run_id, sleep=time.sleep)
    try:
        snapshot = follow(events, console.talk(), now=lambda: datetime.now(UTC))
    except KeyboardInterrupt:
        console.say(f"the run goes on; what stops it: gluedsl stop {workflow} {shortened(run_id)}", "dim")
        raise typer.Exit(_INTERRUPTED) from None
    assert snapshot is not None  # noqa: S101 -- a watched run has at least one snapshot
    show(snapshot, format_)
    if snapshot.outcome != "SUCCEEDED":
        raise typer.Exit(1)


def show(snapshot: RunSnapshot, format_: TextOrJson) -> None:
    """Write a run as it is."""
    sys.stderr.flush()
    if format_ is TextOrJson.JSON:
        from gluedsl.view.json import run_document  # noqa: PLC0415 -- only for this format

        console.write(dumped(run_document(snapshot)))
        return
    from gluedsl.view import text  # noqa: PLC0415 -- only for this format
    from gluedsl.view.scene import scene_of_run  # noqa: PLC0415

    out = console.output()
    scene = scene_of_run(snapshot, now=datetime.now(UTC))
    console.show(text.render(scene, width=out.width, ascii_only=console.ascii_only(out)))


def _is_path(which: str) -> bool:
    return which.endswith(".py") or which.startswith(("./", "../", "/", "~")) or Path(which).exists()
