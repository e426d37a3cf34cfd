"""What all rules about schedules share: each owns the problems of its code in `gluedsl.model.cron`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gluedsl.model import walk
from gluedsl.model.cron import Cron, parse
from gluedsl.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Path, Project
    from gluedsl.model.cron import CronProblem
    from gluedsl.rules.rule import Context
    from gluedsl.source.span import Span

FIRST_YEAR = 2026
"""From which on schedules are looked at: a rule has no clock, and an earlier year has passed."""
_WRAPPER = len("cron(")


class ScheduleRule(Rule):
    """A rule that reports the problems of its own code in every schedule."""

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield what is wrong with each schedule, as far as it is this rule's."""
        for path, owner, text in schedules(context.project):
            parsed = parse(text)
            if isinstance(parsed, Cron):
                continue
            for problem in parsed:
                if problem.code == self.code:
                    yield self.finding(
                        f"schedule of {owner}: {problem.message}",
                        _part(context, path, text, problem),
                        help=(*self.advice(text), problem.help)[:1],
                    )

    def advice(self, text: str) -> tuple[str, ...]:  # noqa: ARG002 -- what a rule says depends on it
        """Return better advice than the parser has, if there is any."""
        return ()


def schedules(project: Project) -> Iterator[tuple[Path, str, str]]:
    """Yield the schedules of triggers and crawlers, each with its owner as shown to the author."""
    for path, _, trigger in walk.triggers(project):
        if trigger.type == "SCHEDULED" and trigger.schedule is not None:
            yield (*path, "schedule"), f"trigger `{trigger.name}`", trigger.schedule
    for path, crawler in walk.crawlers(project):
        if crawler.schedule is not None:
            yield (*path, "schedule"), f"crawler `{crawler.name}`", crawler.schedule


def _part(context: Context, path: Path, text: str, problem: CronProblem) -> Span | None:
    """Return the span of the part that is wrong, if the schedule stands in the source as it stands in the model.

    That is told by its width: of the text, of the text in quotes, of `cron("...")`, or of what is inside of `cron()` in
    quotes.
    """
    span = context.origins.spans.get(path)
    whole = problem.end - problem.start == len(text)
    if span is None or whole or span.is_line_only or span.line != span.end_line:
        return context.span(*path)
    width = span.end_column - span.column
    if width == len(text):
        before = 0
    elif width == len(text) + len('""'):
        before = len('"')
    elif width == len(text) - len("cron()") + len('""'):
        before = len('"') - _WRAPPER
    else:
        return span
    start = span.column + before
    return replace(span, column=start + problem.start, end_column=start + problem.end)
