"""`gluedsl check`: every restriction of Glue, at the author's line."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from gluedsl import __version__
from gluedsl.cli import console
from gluedsl.cli.compiling import PathArgument, StageOption, tell, unreadable
from gluedsl.cli.rule_pages import descriptor
from gluedsl.cli.templates import Checked, check_template
from gluedsl.compiler import UnreadableFlowError, compile_path
from gluedsl.diagnostics import Severity
from gluedsl.diagnostics.render import concise, github, json, sarif
from gluedsl.rules.registry import all_rules
from gluedsl.templates import is_template


class Format(StrEnum):
    """How findings are written."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def check(
    path: PathArgument = ".",
    stage: StageOption = None,
    format_: Annotated[
        Format,
        typer.Option(
            "--format", metavar="FORMAT", help="How findings are written: full, concise, json, sarif or github."
        ),
    ] = Format.FULL,
) -> None:
    """Report everything that is wrong with the workflows at PATH, where it was written."""
    checked = check_template(path) if is_template(path) else _check_flow(path, stage or None)
    report, subject, exit_code = checked
    match format_:
        case Format.FULL:
            tell(report, console.output())
        case Format.CONCISE:
            console.write(concise.render(report, ascii_only=console.ascii_only(console.output())))
        case Format.JSON:
            console.write(json.render(report))
        case Format.SARIF:
            codes = {diagnostic.code for diagnostic in report.diagnostics}
            pages = [descriptor(rule) for rule in all_rules() if rule.code in codes]
            console.write(sarif.render(report, pages, version=__version__))
        case Format.GITHUB:
            console.write(github.render(report))
    if format_ not in {Format.JSON, Format.SARIF} and not report.diagnostics:
        console.say(f"{subject}: nothing wrong", "green")
    if report.has_errors or report.count(Severity.WARNING):
        raise typer.Exit(exit_code)


def _check_flow(path: str, stage: str | None) -> Checked:
    """Return the findings about a flow, as it is in a stage if one is named."""
    try:
        compilation = compile_path(path, stage)
    except UnreadableFlowError as error:
        return Checked(unreadable(error), path, error.exit_code)
    workflows = compilation.project.workflows
    what = f"workflow `{workflows[0].name}`" if len(workflows) == 1 else f"{len(workflows)} workflows"
    return Checked(compilation.report, what)
