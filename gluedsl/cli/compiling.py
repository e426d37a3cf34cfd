"""What every command does first: compile a path, and stop at errors."""

from __future__ import annotations

import shlex
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from gluedsl.cli import console
from gluedsl.compiler import Compilation, UnreadableFlowError, compile_path
from gluedsl.diagnostics import Report
from gluedsl.diagnostics.render import full
from gluedsl.errors import UsageError
from gluedsl.model.secrets import shown
from gluedsl.rules.tool.unreadable_flow import UnreadableFlow
from gluedsl.source.snippet import Sources

if TYPE_CHECKING:
    from rich.console import Console

    from gluedsl.model import Workflow

PathArgument = Annotated[str, typer.Argument(metavar="PATH", help="A flow file, a folder, or the name of a module.")]
WorkflowOption = Annotated[
    str | None, typer.Option("--workflow", metavar="NAME", help="Which workflow, where the path has several.")
]
StageOption = Annotated[
    str | None,
    typer.Option(
        "--stage", metavar="NAME", envvar="GLUEDSL_STAGE", help="Which stage of the project; without it, none."
    ),
]


class TextOrJson(StrEnum):
    """For people or for programs."""

    TEXT = "text"
    JSON = "json"


def compiled(path: str, stage: str | None = None) -> Compilation:
    """Compile a path, for a stage if there is one; tell of flow files that cannot be read, and exit with 2."""
    try:
        return compile_path(path, stage or None)
    except UnreadableFlowError as error:
        tell(unreadable(error), console.talk())
        raise typer.Exit(error.exit_code) from error


def compile_checked(path: str, stage: str | None = None) -> Compilation:
    """Compile a path, for a stage if there is one; tell its errors, and exit with 1 if there are any.

    Of what else there is to say, `gluedsl check` is the place: one line tells how to get there.
    """
    compilation = compiled(path, stage)
    report = compilation.report
    tell(report, console.talk(), errors_alone=True)
    if lesser := full.lesser(report):
        console.say(f"{lesser}: {_check_command(path, stage)}", "dim")
    if report.has_errors:
        raise typer.Exit(1)
    return compilation


def unreadable(error: UnreadableFlowError) -> Report:
    """Return what is told of flow files that cannot be read; a line that seems to hold a secret is not shown."""
    rule, sources = UnreadableFlow(), Sources()
    found = []
    for one in error.mistakes:
        line = sources.line(one.span.file, one.span.line) or ""
        finding = rule.report(one.message, one.hint, one.span)
        found.append(replace(finding, hides_source=shown("", line) != line))
    return Report.of(found)


def tell(report: Report, to: Console, *, errors_alone: bool = False) -> None:
    """Write findings for people."""
    only_ascii = console.ascii_only(to)
    text = full.render(report, Sources(), width=to.width, ascii_only=only_ascii, errors_alone=errors_alone)
    to.print(text, end="", soft_wrap=True)


def _check_command(path: str, stage: str | None) -> str:
    words = ["gluedsl", "check"]
    words += [path] if path != "." else []
    words += ["--stage", stage] if stage else []
    return shlex.join(words)


def one_workflow(compilation: Compilation, name: str | None) -> tuple[int, Workflow]:
    """Return the workflow that is meant, by its name with the stage's prefix or without, and its index."""
    workflows = compilation.project.workflows
    names = ", ".join(f"`{workflow.name}`" for workflow in workflows)
    if name is None and len(workflows) == 1:
        return 0, workflows[0]
    if name is None:
        message = f"there are {len(workflows)} workflows: {names}"
        raise UsageError(message, hint="name one with --workflow")
    for spelled in (name, f"{compilation.settings.prefix}{name}"):
        for index, workflow in enumerate(workflows):
            if workflow.name == spelled:
                return index, workflow
    message = f"there is no workflow `{name}`"
    raise UsageError(message, hint=f"there is {names}")
