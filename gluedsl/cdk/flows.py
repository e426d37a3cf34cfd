"""From what a CDK application names to what is placed in its stacks.

Comes in: workflows, or the path of flow files; and tokens, for a stack that knows what they mean. Goes out: a part: a
project whose code is in `${ScriptBucket}`, the files to be there, and the findings that stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gluedsl import Workflow
from gluedsl.bundle import Bundle, bundle
from gluedsl.cdk.findings import standing
from gluedsl.cdk.reading import known
from gluedsl.compiler import Compilation, compile_path, compile_workflows
from gluedsl.emit.placeholders import SCRIPT_BUCKET
from gluedsl.errors import UsageError
from gluedsl.model import Project

if TYPE_CHECKING:
    from gluedsl.cdk.tokens import Tokens
    from gluedsl.compiler.settings import Settings
    from gluedsl.diagnostics import Report
    from gluedsl.source.locate import Locator

_SCRIPTS = f"${{{SCRIPT_BUCKET}}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one construct places."""

    bundle: Bundle
    """Empty, where there are errors."""
    report: Report
    tokens: Tokens
    settings: Settings
    """Beside the flows, as the stage has them."""


def part_of(flows: Any, *, stage: str | None, role: str | None, tokens: Tokens, locator: Locator | None = None) -> Part:
    """Compile, check and bundle.

    Args:
        flows: one workflow, several, or the path of flow files.
        stage: whose settings hold.
        role: of jobs and crawlers that name none; for workflows in hand.
        tokens: of the stack.
        locator: of the application; None: one for this call.

    Raises:
        UsageError: there is no such flow, or one of its files cannot be read.
        LoadError: a flow file raises when it is imported.
    """
    compiled = _compiled(flows, stage, role, tokens, locator)
    report = standing(compiled.report, compiled.project, tokens)
    project = Project() if report.has_errors else compiled.project
    bundled = _without_scripts(bundle(project, bucket=_SCRIPTS))
    return Part(bundle=bundled, report=report, tokens=tokens, settings=compiled.settings)


def _compiled(flows: Any, stage: str | None, role: str | None, tokens: Tokens, locator: Locator | None) -> Compilation:
    if isinstance(flows, (str, Path)):
        if role is not None:
            message = "role= is for workflows in hand; those of a path have the role that their settings say"
            raise UsageError(message, hint="set `role` in [tool.gluedsl] of pyproject.toml, or in a stage")
        return compile_path(str(flows), stage)
    several = list(flows) if isinstance(flows, Iterable) else [flows]
    others = [one for one in several if not isinstance(one, Workflow)]
    if others or not several:
        message = f"{type(others[0]).__name__} is no workflow" if others else "there is no workflow to place"
        raise UsageError(message, hint="give a gluedsl.Workflow, a list of them, or the path of a flow file")
    beside = Path(several[0].site.file)
    return compile_workflows(*known(several, tokens, role), stage=stage, beside=beside, locator=locator)


def _without_scripts(bundled: Bundle) -> Bundle:
    """Return a bundle whose roles may not read scripts, if there are none in the bucket: then there is no bucket."""
    if bundled.files:
        return bundled
    roles = tuple(
        replace(role, statements=tuple(one for one in role.statements if _SCRIPTS not in "".join(one.resources)))
        for role in bundled.project.roles
    )
    return replace(bundled, project=replace(bundled.project, roles=roles))
