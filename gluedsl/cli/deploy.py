"""`gluedsl plan`, `deploy` and `destroy`: the direct route to an account, by boto3."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from gluedsl.bundle import bundle
from gluedsl.cli import console
from gluedsl.cli.compiling import PathArgument, TextOrJson, compile_checked
from gluedsl.diagnostics.render.json import dumped
from gluedsl.diagnostics.render.visible import visible
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from gluedsl.compiler import Compilation
    from gluedsl.deploy import Plan, Step
    from gluedsl.deploy.gateway import Gateway

_COLOURS = {"add": "green", "change": "yellow", "remove": "red", "keep": "dim", "error": "bold red", "summary": "bold"}

AdoptOption = Annotated[
    bool, typer.Option("--adopt", help="Take over what has the same name and was not made by this project.")
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


def plan(
    path: PathArgument = ".",
    format_: Annotated[TextOrJson, typer.Option("--format", help="How the plan is written.")] = TextOrJson.TEXT,
    adopt: AdoptOption = False,
) -> None:
    """Show what deploying the workflows at PATH would change in the account; change nothing."""
    from gluedsl import deploy as route  # noqa: PLC0415 -- it loads boto3

    compilation = compile_checked(path)
    planned = planned_deployment(compilation, _connected(compilation), adopt=adopt)
    if format_ is TextOrJson.JSON:
        console.write(dumped(route.to_json(planned)))
    else:
        _tell(planned)
    if planned.refusals:
        raise typer.Exit(1)


def deploy(path: PathArgument = ".", yes: YesOption = False, adopt: AdoptOption = False) -> None:
    """Make the account as the workflows at PATH want it."""
    compilation = compile_checked(path)
    gateway = _connected(compilation)
    planned = planned_deployment(compilation, gateway, adopt=adopt)
    _tell(planned)
    _perform(planned, gateway, "deploy", yes=yes)


def destroy(path: PathArgument = ".", yes: YesOption = False) -> None:
    """Take away everything that deploying the workflows at PATH has made."""
    from gluedsl import deploy as route  # noqa: PLC0415 -- it loads boto3

    compilation = compile_checked(path)
    gateway = _connected(compilation)
    project = bundle(compilation.project, bucket=_bucket(compilation, gateway)).project
    planned = route.plan_removal(project, gateway, name=compilation.settings.project)
    _tell(planned)
    _perform(planned, gateway, "destroy", yes=yes)


def planned_deployment(compilation: Compilation, gateway: Gateway, *, adopt: bool = False) -> Plan:
    """Bundle a project and plan its deployment to the account behind a gateway."""
    from gluedsl import deploy as route  # noqa: PLC0415 -- it loads boto3

    settings = compilation.settings
    bundled = bundle(compilation.project, bucket=_bucket(compilation, gateway))
    files = [route.Upload(key=file.key, content=file.content) for file in bundled.files]
    return route.plan(
        bundled.project, files, gateway, name=settings.project, bucket=settings.script_bucket, adopt=adopt
    )


def _bucket(compilation: Compilation, gateway: Gateway) -> str:
    from gluedsl.deploy import script_bucket  # noqa: PLC0415 -- it loads boto3

    return script_bucket(compilation.settings.script_bucket, gateway.identity()).name


def _connected(compilation: Compilation) -> Gateway:
    from gluedsl.deploy.gateway import connect  # noqa: PLC0415 -- it loads boto3

    return connect(region=compilation.settings.region)


def _tell(planned: Plan) -> None:
    from gluedsl.deploy import lines  # noqa: PLC0415 -- it loads boto3

    out = console.output()
    only_ascii = console.ascii_only(out)
    for style, line in lines(planned):
        out.print(visible(line, ascii_only=only_ascii), style=_COLOURS.get(style, ""), soft_wrap=True)


def _perform(planned: Plan, gateway: Gateway, verb: str, *, yes: bool) -> None:
    from gluedsl.deploy import apply  # noqa: PLC0415 -- it loads boto3

    if planned.is_empty:
        return
    if not planned.refusals and not yes:
        if not sys.stdin.isatty():
            message = f"{verb} asks before it changes anything, and there is nobody to answer"
            raise UsageError(message, hint="give --yes")
        typer.confirm(f"{verb}?", abort=True, err=True)
    apply(planned, gateway, gateway, sleep=time.sleep, observer=Progress())
    console.say("done", "green")


class Progress:
    """Tells of each step on standard error as it is done."""

    def started(self, step: Step) -> None:
        """Say nothing: most steps take less time than reading about them."""

    def waiting(self, reason: str, seconds: float) -> None:
        """Say why nothing happens."""
        console.say(f"  {reason}; trying again in {seconds:.0f} s", "yellow")

    def finished(self, step: Step) -> None:
        """Say what was done."""
        from gluedsl.deploy.failure import told  # noqa: PLC0415 -- it loads boto3

        console.say(f"  {told(step)}", "dim")
