"""`gluedsl run`: a whole workflow on this machine, on a local Glue that lives as long as the run."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gluedsl.cli import console
from gluedsl.cli.compiling import PathArgument, StageOption, TextOrJson, WorkflowOption, compile_checked, one_workflow
from gluedsl.cli.deploy import planned_deployment
from gluedsl.cli.requirements import tell_missing
from gluedsl.cli.run_feed import Feed
from gluedsl.cli.run_options import LocalRun, local_run
from gluedsl.cli.seed import seed
from gluedsl.diagnostics.render.json import dumped

if TYPE_CHECKING:
    from gluedsl.compiler import Compilation
    from gluedsl.local import LocalGlue
    from gluedsl.model.tables import Table
    from gluedsl.runs import RunSnapshot

_INTERRUPTED = 130
"""What a shell shows for a command that SIGINT ended."""
_UNSAID = frozenset({"STARTING"})
"""A job is STARTING as soon as its trigger has fired, which is said, and RUNNING at once unless too many are."""


def run(
    path: PathArgument = ".",
    workflow: WorkflowOption = None,
    stage: StageOption = None,
    property_: Annotated[
        list[str] | None, typer.Option("--property", metavar="KEY=VALUE", help="A run property to start with.")
    ] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NODE=STATE", help="Do not run a job or crawler: let it end in this state, such as FAILED."
        ),
    ] = None,
    start_from: Annotated[
        str | None,
        typer.Option("--from", metavar="NODE", help="Run from here on: what comes before is taken to have succeeded."),
    ] = None,
    format_: Annotated[TextOrJson, typer.Option("--format", help="How the run is written.")] = TextOrJson.TEXT,
) -> None:
    """Run a workflow here: real jobs on a local Glue, no AWS account."""
    from gluedsl.local import LocalGlue, require_extra  # noqa: PLC0415 -- it loads moto, which takes a second
    from gluedsl.local.credentials import forget_aws  # noqa: PLC0415 -- it loads boto3

    require_extra()
    compilation = compile_checked(path, stage)
    index, _ = one_workflow(compilation, workflow)
    wanted = local_run(compilation, index, property_ or (), outcome or (), start_from)
    tell_missing(wanted.jobs)
    feed = Feed()
    forget_aws(os.environ)
    at_once = compilation.settings.local.parallel_actions
    with LocalGlue(outcomes=wanted.outcomes, at_once=at_once, on_log=feed.log, on_run=feed.run) as glue:
        os.environ.update(glue.environment())
        snapshot = _run_on(compilation, wanted, glue, feed)
        tables = _tables(compilation, glue.client_settings())
    if format_ is TextOrJson.JSON:
        from gluedsl.view.json import run_document  # noqa: PLC0415 -- only for this format

        console.write(dumped(run_document(snapshot)))
    else:
        _show(snapshot, tables)
    if snapshot.status == "STOPPED":
        raise typer.Exit(_INTERRUPTED)
    if snapshot.outcome != "SUCCEEDED":
        raise typer.Exit(1)


def _run_on(compilation: Compilation, wanted: LocalRun, glue: LocalGlue, feed: Feed) -> RunSnapshot:
    from gluedsl import deploy as route  # noqa: PLC0415 -- it loads boto3
    from gluedsl.deploy.gateway import connect  # noqa: PLC0415 -- it loads boto3
    from gluedsl.local.processes import kill_all  # noqa: PLC0415 -- it is loaded by now
    from gluedsl.view.live import follow  # noqa: PLC0415 -- only a run needs it

    seed(compilation.project, compilation.settings)
    gateway = connect()
    planned = planned_deployment(compilation, gateway)
    route.apply(planned, gateway, gateway, observer=route.Silence())
    console.say(f"deployed {wanted.workflow} to a local Glue: {len(planned.effective)} resources", "dim")
    with feed.listening(kill_all):
        run_id = route.start(gateway, wanted.workflow, wanted.properties)
        events = feed.events(run_id, stop=lambda: _stop(glue, wanted.workflow, run_id))
        snapshot = follow(events, console.talk(), now=lambda: datetime.now(UTC), unsaid=_UNSAID)
    assert snapshot is not None  # noqa: S101 -- a watched run has at least one snapshot
    return snapshot


def _stop(glue: LocalGlue, workflow: str, run_id: str) -> None:
    """Stop a run, unless it has ended meanwhile."""
    from gluedsl.local.service.failure import ServiceError  # noqa: PLC0415 -- it is loaded by now

    console.say("stopping what runs; Ctrl-C again kills it", "dim")
    with suppress(ServiceError):  # the run has ended meanwhile
        glue.service.handle("StopWorkflowRun", {"Name": workflow, "RunId": run_id})


def _tables(compilation: Compilation, client_settings: dict[str, str]) -> list[Table]:
    """Return the tables in the databases that the project's crawlers write to."""
    import boto3  # noqa: PLC0415 -- a quarter of a second

    from gluedsl.spelling.catalog import table_from_api  # noqa: PLC0415 -- only a run needs it

    settings: dict[str, Any] = dict(client_settings)
    glue = boto3.client("glue", **settings)
    existing = {database["Name"] for database in glue.get_databases()["DatabaseList"]}
    wanted = {crawler.database for crawler in compilation.project.crawlers if crawler.database in existing}
    pages = (
        page
        for database in sorted(filter(None, wanted))
        for page in glue.get_paginator("get_tables").paginate(DatabaseName=database)
    )
    return [table_from_api(table) for page in pages for table in page["TableList"]]


def _show(snapshot: RunSnapshot, tables: list[Table]) -> None:
    from gluedsl.view import tables as catalog  # noqa: PLC0415 -- only a run needs it
    from gluedsl.view import text  # noqa: PLC0415
    from gluedsl.view.scene import scene_of_run  # noqa: PLC0415

    out = console.output()
    only_ascii = console.ascii_only(out)
    sys.stderr.flush()
    console.write("\n")
    console.show(text.render(scene_of_run(snapshot, now=datetime.now(UTC)), width=out.width, ascii_only=only_ascii))
    if tables:
        console.write("\n")
        console.show(catalog.render(tables, width=out.width, ascii_only=only_ascii))
