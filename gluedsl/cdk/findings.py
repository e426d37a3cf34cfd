"""What the check of a workflow found, in a CDK application: annotations at its construct.

Comes in: a report, whose values may hold stand-ins for tokens. Goes out: findings that stand whatever the tokens are,
as annotations with the author's file and line. Errors stop the synthesis. Under the CDK's command line that is its own
part: it shows the annotations of the constructs of an application and ends. It does not look into a stage unless it is
asked for one; so there, as without it, `app.synth()` raises, with the same lines.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jsii
from aws_cdk import Annotations, App, Stage
from constructs import IConstruct, IValidation

from gluedsl.cdk.hints import expected
from gluedsl.diagnostics import Report, Severity
from gluedsl.diagnostics.render import concise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gluedsl.cdk.tokens import Tokens
    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Path, Project

_COMMAND_LINE = "CDK_CLI_VERSION"
"""A variable of the environment that the CDK's command line sets for the applications that it runs."""
_QUOTED = re.compile("`([^`]*)`")


def standing(report: Report, project: Project, tokens: Tokens) -> Report:
    """Return the findings that no value of a token can refute, in words that have the tokens in them.

    A finding about a value with a stand-in in it falls, and so does one that speaks of such a value: who knows what it
    will be. Names are another matter: a name is the same name whatever it is.
    """
    names = _names(project)
    kept = (one for one in report.diagnostics if _stands(one, project, names, tokens))
    return Report.of(_shown(one, tokens) for one in kept)


def annotate(construct: IConstruct, findings: Iterable[Diagnostic]) -> list[str]:
    """Put findings on a construct; return the texts of the errors, with which the synthesis is to stop."""
    errors: list[str] = []
    found = list(findings)
    if not found:
        return errors
    annotations = Annotations.of(construct)
    for one in found:
        text = told(one)
        match one.severity:
            case Severity.ERROR:
                annotations.add_error(text)
                errors.append(text)
            case Severity.WARNING:
                annotations.add_warning_v2(f"gluedsl:{one.code}", text)
            case Severity.INFO:
                annotations.add_info_v2(f"gluedsl:{one.code}", text)
    return errors


def inform(construct: IConstruct, name: str, text: str) -> None:
    """Say what is worth knowing at a construct."""
    Annotations.of(construct).add_info_v2(f"gluedsl:{name}", text)


def stop(construct: IConstruct, errors: Sequence[str]) -> None:
    """Let `app.synth()` raise if there are errors, unless the CDK's command line will stop at their annotations."""
    if errors and not are_seen(construct):
        construct.node.add_validation(_Errors(errors))


def are_seen(construct: IConstruct) -> bool:
    """Tell whether the CDK's command line runs this application, and will look at the annotations of a construct."""
    return _COMMAND_LINE in os.environ and isinstance(Stage.of(construct), App)


def told(finding: Diagnostic) -> str:
    """Return a finding as a text: `file:line:column: error[CODE] message`, and below it what helps."""
    line = concise.render(Report.of([finding])).rstrip("\n")
    return "\n".join([line, *(f"    help: {text}" for text in finding.help)])


@jsii.implements(IValidation)
class _Errors:
    def __init__(self, errors: Sequence[str]) -> None:
        self._errors = list(errors)

    def validate(self) -> list[str]:
        return expected(self._errors)


def _stands(finding: Diagnostic, project: Project, names: frozenset[str], tokens: Tokens) -> bool:
    texts = [finding.message, finding.label, *(related.message for related in finding.related)]
    if any(tokens.parts(quoted) and quoted not in names for text in texts for quoted in _QUOTED.findall(text)):
        return False
    value = _value(project, finding.span.path) if finding.span is not None else None
    return not (isinstance(value, str) and bool(tokens.parts(value)) and value not in names)


def _value(project: Project, path: Path) -> Any:
    """Return the value at a path of a project; None if there is none."""
    value: Any = project if path else None
    for step in path:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, tuple) and isinstance(step, int):
            value = value[step] if step < len(value) else None
        else:
            value = getattr(value, str(step), None)
    return value


def _names(project: Project) -> frozenset[str]:
    """Return the names of what there is in a project."""
    kinds = ("workflows", "jobs", "crawlers", "existing_jobs", "existing_crawlers", "roles", "event_rules")
    triggers = (trigger for workflow in project.workflows for trigger in workflow.triggers)
    return frozenset(one.name for one in (*(each for kind in kinds for each in getattr(project, kind)), *triggers))


def _shown(finding: Diagnostic, tokens: Tokens) -> Diagnostic:
    return replace(
        finding,
        message=tokens.shown(finding.message),
        label=tokens.shown(finding.label),
        related=tuple(replace(one, message=tokens.shown(one.message)) for one in finding.related),
        notes=tuple(map(tokens.shown, finding.notes)),
        help=tuple(map(tokens.shown, finding.help)),
    )
