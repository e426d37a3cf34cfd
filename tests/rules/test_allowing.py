"""What `allow=` silences: by rule, by object, and never an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.diagnostics import Severity
from gluedsl.model import Origins
from gluedsl.model.allowances import Allowance
from gluedsl.rules.check import check
from gluedsl.rules.graph.twice_started_node import TwiceStartedNode
from gluedsl.rules.levels import Levels
from gluedsl.rules.tool.allowed_restriction import AllowedRestriction
from gluedsl.rules.tool.unknown_allowed_rule import UnknownAllowedRule
from gluedsl.rules.tool.unused_allow import UnusedAllow
from gluedsl.source.span import Span
from tests.rules.test_tool import Crashing
from tests.support.rules import after, origins, project, start, workflow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Path, Project
    from gluedsl.rules.rule import Context, Rule

TWICE = project(
    start("sales-start", "job a", "job b"),
    after("after-a", ["job a"], "job publish", "crawler catalog"),
    after("after-b", ["job b"], "job publish"),
)
"""Job `publish` is started by two triggers: GR004 at the action of the second."""
CRAWLED_TWICE = project(
    start("sales-start", "job a", "job b"),
    after("after-a", ["job a"], "crawler catalog"),
    after("after-b", ["job b"], "crawler catalog"),
)
PUBLISH, SALES, SECOND = ("jobs", 2), ("workflows", 0), ("workflows", 0, "triggers", 2)
RULES: tuple[Rule, ...] = (TwiceStartedNode(), UnusedAllow(), UnknownAllowedRule(), AllowedRestriction())


def allowed(path: Path, rule: str = "GR004", line: int = 900) -> Allowance:
    """Return an entry of `allow=` of the object at a path."""
    return Allowance(path=path, owner="job `publish`", rule=rule, span=Span("flow.py", line))


def found(of: Project, *allowances: Allowance, rules: tuple[Rule, ...] = RULES) -> list[Diagnostic]:
    """Return what rules find in a project where this is allowed."""
    return list(check(of, origins(of), allowances=allowances, rules=rules).diagnostics)


def codes(of: Project, *allowances: Allowance) -> list[str]:
    """Return the codes of what is found."""
    return [diagnostic.code for diagnostic in found(of, *allowances)]


def test_nothing_is_silenced_by_itself() -> None:
    """The lint finds the second start."""
    assert codes(TWICE) == ["GR004"]


@pytest.mark.parametrize("path", [PUBLISH, SALES, SECOND], ids=["job", "workflow", "trigger"])
def test_objects_that_a_finding_is_about(path: Path) -> None:
    """A finding in an action is about its trigger, that one's workflow, and the job that is started."""
    assert codes(TWICE, allowed(path)) == []


@pytest.mark.parametrize(
    "path", [("jobs", 0), ("workflows", 0, "triggers", 1), ("crawlers", 0), ("workflows", 1), ("jobs", 22)]
)
def test_objects_that_it_is_not_about(path: Path) -> None:
    """An entry elsewhere silences nothing, and is found itself."""
    assert codes(TWICE, allowed(path)) == ["GR004", "TL007"]


@pytest.mark.parametrize("rule", ["GR004", "gr004", "twice-started-node"])
def test_rules_are_told_by_code_or_name(rule: str) -> None:
    """As everywhere else."""
    assert codes(TWICE, allowed(PUBLISH, rule)) == []


def test_a_finding_at_a_condition_is_about_the_node_that_it_watches() -> None:
    """Likewise for what an action names."""

    class AtCondition(TwiceStartedNode):
        def check(self, context: Context) -> Iterator[Diagnostic]:
            yield self.finding("m", context.span(*SALES, "triggers", 1, "predicate", "conditions", 0, "state"))

    assert [one.message for one in found(TWICE, rules=(AtCondition(),))] == ["m"]
    assert found(TWICE, allowed(("jobs", 0)), rules=(AtCondition(),)) == []


def test_an_error_is_not_silenced_and_says_so() -> None:
    """The entry counts as used: it is no second mistake."""
    (error,) = found(CRAWLED_TWICE, allowed(("crawlers", 0)))

    assert (error.code, error.severity) == ("GR004", Severity.ERROR)
    assert error.notes[-1] == "`allow` does not silence it: here it is an error"


def test_what_one_line_makes_is_told_apart() -> None:
    """Two workflows of one loop stand at one place; what one of them allows does not silence the other."""
    families = [
        workflow(
            start(f"{name}-start", "job a", "job b"),
            after(f"{name}-after-a", ["job a"], "job publish"),
            after(f"{name}-after-b", ["job b"], "job publish"),
            name=name,
        )
        for name in ("north", "south")
    ]
    of = project(*families)
    one_line = Origins(dict.fromkeys(origins(of).spans, Span("flow.py", 1)))

    (left,) = check(of, one_line, allowances=[allowed(SALES)], rules=(TwiceStartedNode(),)).diagnostics

    assert (
        left.message
    ) == "job `publish` is started by triggers `south-after-a` and `south-after-b`, and one run can fire both"


def test_unused() -> None:
    """An entry that silences nothing is a warning at the entry."""
    (unused,) = found(project(start("sales-start", "job publish")), allowed(("jobs", 0), "twice-started-node"))

    assert ("TL007", Severity.WARNING, Span("flow.py", 900)) == (unused.code, unused.severity, unused.span)
    assert unused.message == "`allow` of job `publish` names `twice-started-node`, which finds nothing there"
    assert unused.help == ("leave it out",)


def test_unused_is_not_said_of_rules_that_were_not_asked() -> None:
    """Whether a rule would have found something is then not known."""
    assert found(TWICE, allowed(("jobs", 0)), rules=(UnusedAllow(),)) == []


def test_unused_is_not_said_of_rules_that_crashed() -> None:
    """Nor here."""
    empty = project(start("sales-start", "job publish"))

    class CrashingLint(Crashing):
        code = "GR004"

    reported = found(empty, allowed(("jobs", 0)), rules=(CrashingLint(), UnusedAllow()))

    assert [diagnostic.code for diagnostic in reported] == ["GR004", "TL001"]


def test_unused_may_be_off() -> None:
    """It is a lint as any other, which the project can do without."""
    of = project(start("sales-start", "job publish"))
    levels = Levels.of({"unused-allow": "off"}, "here")

    assert check(of, origins(of), allowances=[allowed(("jobs", 0))], levels=levels, rules=RULES).diagnostics == ()


def test_used_where_the_level_is_off() -> None:
    """An entry has its use whether or not the project reports the lint at all."""
    levels = Levels.of({"GR004": "off"}, "here")

    assert check(TWICE, origins(TWICE), allowances=[allowed(PUBLISH)], levels=levels, rules=RULES).diagnostics == ()


@pytest.mark.parametrize(
    ("rule", "help_"),
    [
        ("GR4", "did you mean `GR004`?"),
        ("twice-startd-node", "did you mean `twice-started-node`?"),
        ("x", "`gluedsl explain` lists all rules"),
        ("XX1", "`gluedsl explain` lists all rules"),
        ("WG6", "did you mean `WF006`?"),
    ],
)
def test_no_rule(rule: str, help_: str) -> None:
    """An entry that names no rule is a warning, with the one that was probably meant."""
    _, unknown = found(TWICE, allowed(PUBLISH, rule))

    assert (unknown.code, unknown.severity) == ("TL008", Severity.WARNING)
    assert f"`allow` of job `publish` names `{rule}`, and there is no such rule" == unknown.message
    assert (help_,) == unknown.help


def test_a_restriction() -> None:
    """An entry that names one is a warning: what the restriction finds would still be reported."""
    _, restriction = found(TWICE, allowed(PUBLISH, "WF006"))

    assert (restriction.code, restriction.severity) == ("TL010", Severity.WARNING)
    assert (
        restriction.message
    ) == "`allow` of job `publish` names `WF006`, which is a restriction and cannot be silenced"
    assert restriction.help == ("leave it out; `gluedsl explain WF006` says what the restriction is",)
