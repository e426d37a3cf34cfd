"""What every command does first: compile a path, and stop at errors."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from gluedsl.cli import console
from gluedsl.compiler import Compilation, compile_path
from gluedsl.diagnostics.render import full
from gluedsl.errors import UsageError
from gluedsl.source.snippet import Sources

if TYPE_CHECKING:
    from rich.console import Console

    from gluedsl.diagnostics import Report
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


def compile_checked(path: str, stage: str | None = None) -> Compilation:
    """Compile a path, for a stage if there is one; tell its findings, and exit with 1 if errors are among them."""
    compilation = compile_path(path, stage or None)
    tell(compilation.report, console.talk())
    if compilation.report.has_errors:
        raise typer.Exit(1)
    return compilation


def tell(report: Report, to: Console) -> None:
    """Write findings for people."""
    text = full.render(report, Sources(), width=to.width, ascii_only=console.ascii_only(to))
    to.print(text, end="", soft_wrap=True)


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
