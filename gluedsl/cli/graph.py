"""`gluedsl graph`: the static view of a design."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from gluedsl.cli import console
from gluedsl.cli.compiling import PathArgument, StageOption, WorkflowOption, compile_checked, one_workflow
from gluedsl.diagnostics.render.json import dumped
from gluedsl.errors import UsageError
from gluedsl.view import dot, json, mermaid, text
from gluedsl.view.scene import scene_of_workflow

if TYPE_CHECKING:
    from gluedsl.model import Workflow

MOST_FIRINGS = 100


class Format(StrEnum):
    """How the graph is drawn."""

    TEXT = "text"
    MERMAID = "mermaid"
    DOT = "dot"
    JSON = "json"


def graph(
    path: PathArgument = ".",
    format_: Annotated[Format, typer.Option("--format", help="How the graph is drawn.")] = Format.TEXT,
    workflow: WorkflowOption = None,
    stage: StageOption = None,
    firings: Annotated[
        int, typer.Option(metavar="N", min=0, max=MOST_FIRINGS, help="Tell the next N times that a schedule fires.")
    ] = 0,
) -> None:
    """Draw the workflows at PATH: triggers, jobs and crawlers, and what starts what."""
    if firings and format_ is not Format.TEXT:
        message = f"--firings {firings}: only the text tells when schedules fire"
        raise UsageError(message, hint="leave out --format")
    compilation = compile_checked(path, stage)
    if format_ is Format.TEXT and workflow is None:
        for index, each in enumerate(compilation.project.workflows):
            console.write("\n" if index else "")
            _draw(each, firings)
        return
    _, chosen = one_workflow(compilation, workflow)
    match format_:
        case Format.TEXT:
            _draw(chosen, firings)
        case Format.MERMAID:
            console.write(mermaid.render(scene_of_workflow(chosen)))
        case Format.DOT:
            console.write(dot.render(scene_of_workflow(chosen)))
        case Format.JSON:
            console.write(dumped(json.graph_document(chosen, compilation.project, compilation.origins)))


def _draw(workflow: Workflow, firings: int) -> None:
    out = console.output()
    scene = scene_of_workflow(workflow, now=datetime.now(UTC), firings=firings)
    console.show(text.render(scene, width=out.width, ascii_only=console.ascii_only(out)))
