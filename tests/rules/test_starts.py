"""Rules about how often things start: GR002, GR004."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.rules import after, job, project, says, start, told, workflow

if TYPE_CHECKING:
    from gluedsl.model import Project, Trigger

LOAD = start("sales-start", "job load")
BOTH = start("sales-start", "job a", "job b")
JOB_NOTE = "a job runs once at a time unless it allows more, so the second run may fail"
CIRCLE_HELP = "let one of them wait for nothing of the others; what is to run twice is two jobs"


def test_circle_is_told_once_with_its_whole_way() -> None:
    """Each step is a place; that a trigger of the circle is a second start of a node is not said as well."""
    repair = after("repair", ["job load FAILED"], "job repair")
    check = after("check", ["crawler c", "job repair"], "job check", "crawler c")
    again = after("again", ["job check"], "job load")

    assert told(project(LOAD, repair, check, again)) == says(f"""
        GR002 error at workflows.0.triggers.1.predicate.conditions.0
          job `repair`, job `check` and job `load` wait for one another in a circle
          label: job `repair` waits for job `load`
          related workflows.0.triggers.2.predicate.conditions.1: job `check` waits for job `repair`
          related workflows.0.triggers.3.predicate.conditions.0: job `load` waits for job `check`
          help: {CIRCLE_HELP}
        CN010 error at workflows.0.triggers.2.actions.1
          trigger `check` starts crawler `c`, for which it waits
          related workflows.0.triggers.2.predicate.conditions.0: waits for crawler `c` here
          help: start another crawler, or wait for something else
    """)


def test_circle_that_can_never_begin_is_told_as_a_circle() -> None:
    """Not as unreachable as well, nor is what follows it."""
    to, back = after("to", ["job a"], "job b"), after("back", ["job b"], "job a")
    further = after("further", ["job b"], "job c")

    assert told(project(LOAD, to, back, further)) == says(f"""
        GR002 error at workflows.0.triggers.1.predicate.conditions.0
          job `b` and job `a` wait for one another in a circle
          label: job `b` waits for job `a`
          related workflows.0.triggers.2.predicate.conditions.0: job `a` waits for job `b`
          help: {CIRCLE_HELP}
    """)


def test_two_circles_are_two_findings() -> None:
    """Each in the order of its triggers."""
    circles = [
        after("to-b", ["job a"], "job b"),
        after("to-a", ["job b"], "job a"),
        after("to-d", ["job c"], "job d"),
        after("to-c", ["job d"], "job c"),
    ]

    assert [line for line in told(project(LOAD, *circles)).splitlines() if "circle" in line] == [
        "  job `b` and job `a` wait for one another in a circle",
        "  job `d` and job `c` wait for one another in a circle",
    ]


def test_circle_that_a_disabled_trigger_breaks_is_none() -> None:
    """It does not fire."""
    back = after("back", ["job repair"], "job load", enabled=False)

    assert told(project(LOAD, after("repair", ["job load FAILED"], "job repair"), back)) == ""


def test_circle_over_two_workflows_is_none() -> None:
    """The triggers of one do not see the runs of the other: what waits there waits in vain."""
    one = workflow(LOAD, after("to", ["job load"], "job a"), name="one")
    two = workflow(start("two-start", "job a"), after("back", ["job a"], "job load"), name="two")

    assert told(project(one, two)) == ""


def test_job_with_two_starts_is_doubtful() -> None:
    """At the later start; the first is shown."""
    one, two = after("after-a", ["job a"], "job publish"), after("after-b", ["job b"], "job other", "job publish")

    assert told(project(BOTH, one, two)) == says(f"""
        GR004 warning at workflows.0.triggers.2.actions.1
          job `publish` is started by triggers `after-a` and `after-b`, and one run can fire both
          label: started here as well
          related workflows.0.triggers.1.actions.0: trigger `after-a` starts it here
          note: {JOB_NOTE}
          help: start it from one trigger that waits for all of it, or for any of it
    """)


def test_crawler_with_two_starts_is_refused() -> None:
    """It cannot run twice at a time."""
    one, two = after("after-a", ["job a"], "crawler c"), after("after-b", ["job b"], "crawler c")

    assert told(project(BOTH, one, two)) == says("""
        GR004 error at workflows.0.triggers.2.actions.0
          crawler `c` is started by triggers `after-a` and `after-b`, and one run can fire both
          label: started here as well
          related workflows.0.triggers.1.actions.0: trigger `after-a` starts it here
          note: a crawler that runs cannot be started again
          help: start it from one trigger that waits for all of it, or for any of it
    """)


def test_three_starts_are_one_finding() -> None:
    """And what is started further down is not doubtful for it."""
    triggers = [after(f"after-{name}", [f"job {name}"], "job publish") for name in ("a", "b", "c")]
    good, bad = after("good", ["job publish"], "job notify"), after("bad", ["job publish FAILED"], "job notify")
    text = told(project(start("sales-start", "job a", "job b", "job c"), *triggers, good, bad))

    assert [x for x in text.splitlines() if "GR004" in x] == ["GR004 warning at workflows.0.triggers.2.actions.0"]


def flow(*triggers: Trigger) -> Project:
    """Return a project in which jobs `a` and `b` start and triggers follow."""
    return project(BOTH, *triggers)


EXCLUSIVE = {
    "two ends of one job": [
        after("one", ["job a"], "job x"),
        after("two", ["job a FAILED"], "job x"),
    ],
    "sets of ends that have none in common": [
        after("one", ["job a SUCCEEDED", "job a STOPPED"], "job x", logical="ANY"),
        after("two", ["job a FAILED", "job a TIMEOUT"], "job x", logical="ANY"),
    ],
    "two ends of one job among others": [
        after("one", ["job b", "job a"], "job x"),
        after("two", ["job a FAILED", "job b"], "job x"),
    ],
    "ends of a job further up": [
        after("good", ["job a"], "job c"),
        after("one", ["job c"], "job x"),
        after("two", ["job a FAILED"], "job x"),
    ],
    "ends of a job further up on either way": [
        after("good", ["job a"], "job c"),
        after("well", ["job a"], "job d"),
        after("one", ["job c", "job d"], "job x", logical="ANY"),
        after("two", ["job a TIMEOUT"], "job x"),
    ],
    "a way around the end that nothing can go": [
        after("one", ["job a", "job nowhere"], "job x", logical="ANY"),
        after("two", ["job a FAILED"], "job x"),
    ],
    "a way around the end over a disabled trigger": [
        after("good", ["job a"], "job c"),
        after("off", ["job b"], "job c", enabled=False),
        after("one", ["job c"], "job x"),
        after("two", ["job a FAILED"], "job x"),
    ],
}


@pytest.mark.parametrize("triggers", EXCLUSIVE.values(), ids=EXCLUSIVE.keys())
def test_triggers_that_need_different_ends_of_one_node_exclude_each_other(triggers: list[Trigger]) -> None:
    """At most one of them fires in a run."""
    codes = {line.split()[0] for line in told(flow(*triggers)).splitlines() if not line.startswith(" ")}
    assert codes <= {"GR001"}  # of what nothing starts


def test_trigger_that_never_fires_excludes_all_others() -> None:
    """That it needs two ends at once is all that is said."""
    needs_both = after("one", ["job a", "job a FAILED"], "job x")

    assert [
        line for line in told(flow(needs_both, after("two", ["job a"], "job x"))).splitlines() if " at " in line
    ] == ["CN011 error at workflows.0.triggers.1.predicate.conditions.1"]


NOT_EXCLUSIVE = {
    "the same end": [
        after("one", ["job a"], "job x"),
        after("two", ["job a", "job b"], "job x"),
    ],
    "ends of two jobs": [
        after("one", ["job a"], "job x"),
        after("two", ["job b FAILED"], "job x"),
    ],
    "sets of ends that have one in common": [
        after("one", ["job a SUCCEEDED", "job a TIMEOUT"], "job x", logical="ANY"),
        after("two", ["job a FAILED", "job a TIMEOUT"], "job x", logical="ANY"),
    ],
    "a way around the end": [
        after("one", ["job a", "job b"], "job x", logical="ANY"),
        after("two", ["job a FAILED"], "job x"),
    ],
    "a way around the end further up": [
        after("good", ["job a", "job b"], "job c", logical="ANY"),
        after("one", ["job c"], "job x"),
        after("two", ["job a FAILED"], "job x"),
    ],
}


@pytest.mark.parametrize("triggers", NOT_EXCLUSIVE.values(), ids=NOT_EXCLUSIVE.keys())
def test_triggers_that_one_run_can_satisfy_do_not_exclude_each_other(triggers: list[Trigger]) -> None:
    """Both can fire."""
    assert [line for line in told(flow(*triggers)).splitlines() if "GR004" in line] == [
        f"GR004 warning at workflows.0.triggers.{len(triggers)}.actions.0"
    ]


def test_start_trigger_excludes_nothing() -> None:
    """It always fires."""
    assert "GR004 warning at workflows.0.triggers.1.actions.0" in told(project(BOTH, after("t", ["job a"], "job b")))


@pytest.mark.parametrize(
    ("second", "others"),
    [
        (after("second", ["job a"], "job x", enabled=False), ""),
        (after("second", ["job nowhere"], "job x"), "GR001"),
        (after("second", [], "job x"), "CN009"),
    ],
)
def test_trigger_that_cannot_fire_is_no_second_start(second: Trigger, others: str) -> None:
    """It is disabled, or waits in vain."""
    text = told(flow(after("first", ["job a"], "job x"), second))

    assert "GR004" not in text
    assert text.startswith(others)


def test_start_of_each_of_two_workflows_is_one_start() -> None:
    """A run is a run of one workflow."""
    one = workflow(start("one-start", "crawler c"), name="one")
    two = workflow(start("two-start", "crawler c"), name="two")

    assert told(project(one, two)) == ""


def test_exclusion_is_found_beside_a_circle() -> None:
    """Where there is no order of starts, predicates are compared as they stand."""
    circle = [after("to", ["job c"], "job d"), after("back", ["job d"], "job c")]
    one, two = after("one", ["job a"], "job x"), after("two", ["job a FAILED"], "job x")

    assert [line.split()[0] for line in told(flow(*circle, one, two)).splitlines() if line[0] != " "] == ["GR002"]


def test_circle_of_jobs_that_share_a_name_is_not_told() -> None:
    """Which of them waits for which is not known before they have names of their own."""
    to, back = after("to", ["job a"], "job b"), after("back", ["job b"], "job a")

    assert told(project(BOTH, to, back, job("a"), job("a"))) == says("""
        JB001 error at jobs.1.name
          job `a` is defined twice
          related jobs.0.name: first defined here
          help: give one of the two another name, or add one job to both places
    """)


def test_long_chains_are_judged() -> None:
    """However deep the workflow is."""
    deep = 400
    chain = [after(f"t{number}", [f"job j{number}"], f"job j{number + 1}") for number in range(deep)]
    one, two = after("one", [f"job j{deep}"], "job x"), after("two", ["job j0 FAILED"], "job x")

    assert told(project(start("sales-start", "job j0"), *chain, one, two)) == says("""
        WF008 warning at workflows.0
          workflow `sales` has 805 components, and AWS asks for 100 at most
          note: it has 402 jobs and 403 triggers
          note: beyond, stopping and resuming a run may fail
          help: make two workflows of it
    """)
