"""Rules that are asked only where a project gives them a level: CN016, CN018."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.model import Origins
from gluedsl.rules.check import check
from gluedsl.rules.levels import Levels
from tests.support.rules import after, job, project, start, told

LOAD = start("sales-start", "job load", "crawler catalog")
WATCHED = after("failed", ["job load FAILED"], "job tell")


def test_rule_is_not_asked_without_a_level() -> None:
    """Most teams have another way to hear of failures."""
    assert told(project(LOAD)) == ""


def test_failure_that_nothing_waits_for_has_the_level_of_the_project() -> None:
    """What is watched is left out, and so is what only runs after a failure."""
    levels = Levels({"CN016": Severity.WARNING})

    (found,) = check(project(LOAD, WATCHED), Origins(), levels=levels).diagnostics

    assert (found.code, found.severity) == ("CN016", Severity.WARNING)
    assert found.message == "nothing in workflow `sales` waits for crawler `catalog` to fail"
    assert found.notes == ("a run ends as COMPLETED whatever its jobs end as",)
    assert found.help == ("start a job that tells somebody, with `after=...unsuccessful`",)


def test_failures_that_are_watched_have_no_finding() -> None:
    """Each by any state but success."""
    both = after("cancelled", ["crawler catalog CANCELLED"], "job tell-of-catalog")

    assert check(project(LOAD, WATCHED, both), Origins(), levels=Levels({"CN016": Severity.INFO})).diagnostics == ()


RETRIED = project(
    job("load", max_retries=1), start("sales-start", "job load"), after("t", ["job load FAILED"], "job tell")
)


def test_failure_of_a_retried_job_is_uncertain() -> None:
    """Where a project wants to know; AWS does not say which attempt counts."""
    (found,) = check(RETRIED, Origins(), levels=Levels({"CN018": Severity.INFO})).diagnostics

    assert told(RETRIED) == ""
    assert (found.code, found.severity) == ("CN018", Severity.INFO)
    assert found.message == (
        "trigger `t` waits for job `load` to fail, and the job is retried: AWS does not say which attempt counts"
    )


def test_failure_of_a_job_without_retries_is_certain() -> None:
    """And so is the success of one with retries."""
    levels = Levels({"CN018": Severity.INFO})
    once = project(job("load"), start("sales-start", "job load"), after("t", ["job load FAILED"], "job tell"))
    well = project(job("load", max_retries=1), start("sales-start", "job load"), after("t", ["job load"], "job tell"))

    assert check(once, Origins(), levels=levels).diagnostics == ()
    assert check(well, Origins(), levels=levels).diagnostics == ()
