"""The stages in order; each can be called by itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gluedsl.compiler.load import load
from gluedsl.compiler.lower import lower
from gluedsl.compiler.settings import read_settings
from gluedsl.rules.check import check
from gluedsl.source.locate import Locator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gluedsl.compiler.settings import Settings
    from gluedsl.diagnostics import Report
    from gluedsl.dsl.outcomes import Node
    from gluedsl.dsl.workflow import Workflow
    from gluedsl.model import Origins, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """A project, where it was written, and everything that is wrong with it."""

    project: Project
    origins: Origins
    report: Report
    settings: Settings


def compile_path(path: str) -> Compilation:
    """Load, lower and check what a flow file, a folder or a module declares.

    Raises:
        UsageError: there is no such thing, or no workflow in it, or the settings beside it cannot be read.
        LoadError: a file is no Python, or raises when it is imported.
    """
    locator = Locator(Path.cwd())
    flow = load(path, locator)
    return _compile(flow.workflows, flow.nodes, read_settings(flow.modules[0].path), locator)


def compile_workflows(*workflows: Workflow[Any]) -> Compilation:
    """Lower and check workflows in hand; settings are those of the working directory."""
    return _compile(workflows, (), read_settings(Path.cwd()), Locator(Path.cwd()))


def _compile(
    workflows: tuple[Workflow[Any], ...], nodes: Iterable[Node], settings: Settings, locator: Locator
) -> Compilation:
    lowered = lower(workflows, nodes, settings, locator)
    report = check(lowered.project, lowered.origins, lowered.faults)
    return Compilation(project=lowered.project, origins=lowered.origins, report=report, settings=settings)
