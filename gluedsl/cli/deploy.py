"""`gluedsl plan`, `deploy` and `destroy`: the direct route to an account, by boto3."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gluedsl.bundle import bundle
from gluedsl.cli import console
from gluedsl.cli.compiling import PathArgument, StageOption, TextOrJson, compile_checked
from gluedsl.cli.progress import progress
from gluedsl.diagnostics.render.json import dumped
from gluedsl.diagnostics.render.visible import visible
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.compiler import Compilation
    from gluedsl.deploy import Owner, Plan, Scope
    from gluedsl.deploy.gateway import Gateway
    from gluedsl.deploy.resources import Bucket

_COLOURS = {"add": "green", "change": "yellow", "remove": "red", "keep": "dim", "error": "bold red", "summary": "bold"}

AdoptOption = Annotated[
    bool, typer.Option("--adopt", help="Take over what has the same name and was not made by this project.")
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


def plan(
    path: PathArgument = ".",
    stage: StageOption = None,
    format_: Annotated[TextOrJson, typer.Option("--format", help="How the plan is written.")] = TextOrJson.TEXT,
    adopt: AdoptOption = False,
) -> None:
    """Show what deploying the workflows at PATH would change in the account; change nothing."""
    from gluedsl import deploy as route  # noqa: PLC0415 -- it loads boto3

    compilation = compile_checked(path, stage)
    planned = planned_deployment(compilation, _connected(compilation), adopt=adopt)
    if format_ is TextOrJson.JSON:
        console.write(dumped(route.to_json(planned)))
    else:
        _tell(planned)
    if planned.refusals:
        raise typer.Exit(1)


def deploy(
    path: PathArgument = ".",
    stage: StageOption = None,
    yes: YesOption = False,
    adopt: AdoptOption = False,
) -> None:
    """Make the account as the workflows at PATH want it."""
    compilation = compile_checked(path, stage)
    gateway = _connected(compilation)
    _perform(lambda: planned_deployment(compilation, gateway, adopt=adopt), compilation, gateway, "deploy", yes=yes)


def destroy(path: PathArgument = ".", stage: StageOption = None, yes: YesOption = False) -> None:
    """Take away everything that deploying the workflows at PATH has made."""
    compilation = compile_checked(path, stage)
    gateway = _connected(compilation)
    _perform(lambda: _planned_removal(compilation, gateway), compilation, gateway, "destroy", yes=yes)


def planned_deployment(compilation: Compilation, gateway: Gateway, *, adopt: bool = False) -> Plan:
    """Bundle a project and plan its deployment to the account behind a gateway."""
    from gluedsl import deploy as route  # noqa: PLC0415 -- it loads boto3

    settings = compilation.settings
    bundled = bundle(compilation.project, bucket=_bucket(compilation, gateway).name, folder=_owner(compilation).files)
    return route.plan(
        bundled.project,
        [route.Upload(key=file.key, content=file.content) for file in bundled.files],
        gateway,
        name=settings.project,
        stage=settings.stage,
        scope=_scope(compilation),
        bucket=settings.script_bucket,
        adopt=adopt,
    )


def _planned_removal(compilation: Compilation, gateway: Gateway) -> Plan:
    from gluedsl import deploy as route  # noqa: PLC0415 -- it loads boto3

    settings = compilation.settings
    bucket, folder = _bucket(compilation, gateway).name, _owner(compilation).files
    project = bundle(compilation.project, bucket=bucket, folder=folder).project
    return route.plan_removal(
        project,
        gateway,
        name=settings.project,
        stage=settings.stage,
        scope=_scope(compilation),
        bucket=settings.script_bucket,
    )


def _scope(compilation: Compilation) -> Scope:
    """Return which workflows a deployment may delete when no flow names them any more."""
    from gluedsl.deploy import Scope  # noqa: PLC0415 -- it loads boto3

    root, covers = compilation.settings.root.resolve(), compilation.covers
    if covers is None:
        return Scope()
    names = [workflow.name for workflow in compilation.project.workflows]
    return Scope(
        covers="." if root.is_relative_to(covers) else _below(root, covers),
        flows={name: _below(root, file) for name, file in zip(names, compilation.sources, strict=True)},
    )


def _below(root: Path, path: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()


def _owner(compilation: Compilation) -> Owner:
    from gluedsl.deploy import Owner  # noqa: PLC0415 -- it loads boto3

    return Owner(project=compilation.settings.project, stage=compilation.settings.stage)


def _bucket(compilation: Compilation, gateway: Gateway) -> Bucket:
    from gluedsl.deploy import script_bucket  # noqa: PLC0415 -- it loads boto3

    return script_bucket(compilation.settings.script_bucket, gateway.identity())


def _connected(compilation: Compilation) -> Gateway:
    from gluedsl.deploy.gateway import connect  # noqa: PLC0415 -- it loads boto3

    return connect(region=compilation.settings.region)


def _tell(planned: Plan) -> None:
    from gluedsl.deploy import lines  # noqa: PLC0415 -- it loads boto3

    out = console.output()
    only_ascii = console.ascii_only(out)
    for style, line in lines(planned):
        out.print(visible(line, ascii_only=only_ascii), style=_COLOURS.get(style, ""), soft_wrap=True)


def _perform(
    make_plan: Callable[[], Plan], compilation: Compilation, gateway: Gateway, verb: str, *, yes: bool
) -> None:
    """Plan, show, ask, and do it, unless it would be another plan by then."""
    from gluedsl import deploy as route  # noqa: PLC0415 -- it loads boto3

    planned = make_plan()
    _tell(planned)
    if planned.is_empty:
        return
    if not planned.refusals and not yes:
        if not sys.stdin.isatty():
            message = f"{verb} asks before it changes anything, and there is nobody to answer"
            raise UsageError(message, hint="give --yes")
        if not console.ask(f"{verb}?"):
            console.say("not confirmed; nothing was changed", "yellow")
            raise typer.Exit(1)
    lock = route.Lock(
        place=gateway.locks,
        bucket=_bucket(compilation, gateway),
        owner=_owner(compilation),
    )
    try:
        with progress(planned) as observer:
            route.carry_out(planned, make_plan, gateway, gateway, lock=lock, observer=observer)
    except route.StalePlanError as error:
        _tell(error.current)
        raise
    except route.UnfinishedError as error:
        for line in route.report(error):
            console.say(line)
        raise
    console.say("done", "green")
