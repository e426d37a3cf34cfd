"""The stages in order; each can be called by itself."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gluedsl.compiler.load import load
from gluedsl.compiler.lower import lower
from gluedsl.compiler.settings import read_settings
from gluedsl.contract import read_contracts
from gluedsl.rules.check import check
from gluedsl.source.locate import Locator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gluedsl.compiler.lower import Lowered
    from gluedsl.compiler.settings import Settings
    from gluedsl.diagnostics import Report
    from gluedsl.dsl.workflow import Workflow
    from gluedsl.model import Origins, Project
    from gluedsl.worker.properties import RunProperties


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """A project, where it was written, and everything that is wrong with it."""

    project: Project
    origins: Origins
    report: Report
    settings: Settings
    sources: tuple[Path, ...] = ()
    """The flow file of each workflow; none for workflows in hand."""
    covers: Path | None = None
    """The file or folder that was asked for; None: workflows in hand."""
    typed: Mapping[str, type[RunProperties]] = field(default_factory=dict)
    """The class of their run properties, by the name of those workflows that have one."""


def compile_path(path: str, stage: str | None = None) -> Compilation:
    """Load, lower and check what a flow file, a folder or a module declares.

    Args:
        path: of the file or folder, or the module's name.
        stage: whose settings hold: of `[tool.gluedsl.stages]` beside the flow; None: those without a stage.

    Raises:
        UsageError: there is no such thing, or no workflow in it, or the settings beside it cannot be read.
        LoadError: a file is no Python, or raises when it is imported.
    """
    locator = Locator(Path.cwd())
    flow = load(path, locator)
    settings = read_settings(flow.modules[0].path, stage)
    with _collector_paused():
        lowered = lower(flow.workflows, flow.nodes, settings, locator, homes=flow.homes)
        return replace(
            _compile(lowered, settings, locator),
            sources=tuple(flow.homes[id(workflow)].path for workflow in flow.workflows),
            covers=Path(path).resolve() if Path(path).exists() else flow.modules[0].path,
            typed=_typed(flow.workflows, lowered.project),
        )


def compile_workflows(
    *workflows: Workflow[Any], stage: str | None = None, beside: Path | None = None, locator: Locator | None = None
) -> Compilation:
    """Lower and check workflows in hand; settings are those beside a file, or of the working directory.

    Whoever compiles many, one after the other, gives them one locator, so that no file is read twice.
    """
    locator, settings = locator or Locator(Path.cwd()), read_settings(beside or Path.cwd(), stage)
    with _collector_paused():
        lowered = lower(workflows, (), settings, locator)
        return replace(_compile(lowered, settings, locator), typed=_typed(workflows, lowered.project))


def _compile(lowered: Lowered, settings: Settings, locator: Locator) -> Compilation:
    report = check(
        lowered.project,
        lowered.origins,
        lowered.faults,
        allowances=lowered.allowances,
        contracts=read_contracts(lowered.project, lowered.origins, locator),
        levels=settings.rules,
    )
    return Compilation(project=lowered.project, origins=lowered.origins, report=report, settings=settings)


def _typed(declared: Iterable[Workflow[Any]], project: Project) -> dict[str, type[RunProperties]]:
    pairs = zip(declared, project.workflows, strict=True)
    return {made.name: one.properties for one, made in pairs if isinstance(one.properties, type)}


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep Python from looking for garbage: what is built here stays, and to search it is half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
