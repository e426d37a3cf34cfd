"""`gluedsl graph`: the static view of a design."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from gluedsl.cli import console
from gluedsl.cli.compiling import PathArgument, WorkflowOption, compile_checked, one_workflow
from gluedsl.diagnostics.render.json import dumped
from gluedsl.view import dot, json, mermaid, text
from gluedsl.view.scene import scene_of_workflow


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
) -> None:
    """Draw the workflows at PATH: triggers, jobs and crawlers, and what starts what."""
    compilation = compile_checked(path)
    if format_ is Format.TEXT and workflow is None:
        out = console.output()
        for index, each in enumerate(compilation.project.workflows):
            console.write("\n" if index else "")
            scene = scene_of_workflow(each)
            console.show(text.render(scene, width=out.width, ascii_only=console.ascii_only(out)))
        return
    _, chosen = one_workflow(compilation, workflow)
    match format_:
        case Format.TEXT:
            out = console.output()
            console.show(text.render(scene_of_workflow(chosen), width=out.width, ascii_only=console.ascii_only(out)))
        case Format.MERMAID:
            console.write(mermaid.render(scene_of_workflow(chosen)))
        case Format.DOT:
            console.write(dot.render(scene_of_workflow(chosen)))
        case Format.JSON:
            console.write(dumped(json.graph_document(chosen, compilation.project, compilation.origins)))
