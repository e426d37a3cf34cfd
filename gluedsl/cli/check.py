"""`gluedsl check`: every restriction of Glue, at the author's line."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from gluedsl.cli import console
from gluedsl.cli.compiling import PathArgument, tell
from gluedsl.compiler import compile_path
from gluedsl.diagnostics import Severity
from gluedsl.diagnostics.render import concise, json


class Format(StrEnum):
    """How findings are written."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"


def check(
    path: PathArgument = ".",
    format_: Annotated[Format, typer.Option("--format", help="How findings are written.")] = Format.FULL,
) -> None:
    """Report everything that is wrong with the workflows at PATH, where it was written."""
    compilation = compile_path(path)
    report = compilation.report
    match format_:
        case Format.FULL:
            tell(report, console.output())
        case Format.CONCISE:
            console.write(concise.render(report, ascii_only=console.ascii_only(console.output())))
        case Format.JSON:
            console.write(json.render(report))
    if format_ is not Format.JSON and not report.diagnostics:
        workflows = compilation.project.workflows
        what = f"workflow `{workflows[0].name}`" if len(workflows) == 1 else f"{len(workflows)} workflows"
        console.say(f"{what}: nothing wrong", "green")
    if report.has_errors or report.count(Severity.WARNING):
        raise typer.Exit(1)
