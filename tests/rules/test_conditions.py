"""Rules about what triggers wait for: CN002, CN004, CN005, CN007, CN009, CN010, CN019."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gluedsl.model import Condition, Predicate, Trigger
from gluedsl.model.faults import NestedCondition
from gluedsl.rules.check import check
from gluedsl.rules.conditions.mismatched_condition_state import MismatchedConditionState
from gluedsl.source.span import Span
from tests.support.rules import action, after, origins, project, says, start, told

BOTH = start("sales-start", "job load", "crawler catalog")
JOB_STATES = ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED")
CRAWL_STATES = ("SUCCEEDED", "FAILED", "CANCELLED")
AT = "workflows.0.triggers.1.predicate.conditions.0"


def waiting(*conditions: Condition, logical: str | None = "AND") -> Trigger:
    """Return the trigger `waits`, which starts job `publish`."""
    predicate = Predicate(logical=logical, conditions=conditions)
    return Trigger(name="waits", type="CONDITIONAL", actions=(action("job publish"),), predicate=predicate)


def test_job_watched_by_a_crawl_state_is_refused() -> None:
    """The state that should not be there is pointed at."""
    trigger = waiting(Condition(job_name="load", crawl_state="SUCCEEDED"))

    assert told(project(BOTH, trigger)) == says(f"""
        CN002 error at {AT}.crawl_state
          trigger `waits` watches job `load` by a crawl state
          help: give a job state, and nothing else
    """)


def test_crawler_watched_by_a_job_state_is_refused() -> None:
    """That the state is none of a crawler's either is not said as well."""
    trigger = waiting(Condition(crawler_name="catalog", state="TIMEOUT"))

    assert told(project(BOTH, trigger)) == says(f"""
        CN002 error at {AT}.state
          trigger `waits` watches crawler `catalog` by a job state
          help: give a crawl state, and nothing else
    """)


def test_condition_with_both_states_is_refused() -> None:
    """The one that does not go with what is watched is too many."""
    trigger = waiting(Condition(job_name="load", state="RUNNING", crawl_state="SUCCEEDED"))

    assert told(project(BOTH, trigger)) == says(f"""
        CN002 error at {AT}.crawl_state
          trigger `waits` watches job `load` by a job state and a crawl state
          help: give a job state, and nothing else
    """)


def test_condition_without_a_state_is_refused() -> None:
    """The whole condition is pointed at."""
    trigger = waiting(Condition(crawler_name="catalog"))

    assert told(project(BOTH, trigger)) == says(f"""
        CN002 error at {AT}
          trigger `waits` watches crawler `catalog` without a state
          help: give a crawl state, and nothing else
    """)


def test_condition_that_names_nothing_has_no_state_to_judge() -> None:
    """That it names nothing is another mistake."""
    of = project(BOTH, waiting(Condition(), Condition(job_name="load", crawler_name="catalog", state="FAILED")))

    assert check(of, origins(of), rules=(MismatchedConditionState(),)).diagnostics == ()


@pytest.mark.parametrize("state", ["ERROR", "EXPIRED", "WAITING", "STARTING", "RUNNING"])
def test_job_state_that_no_trigger_can_wait_for_is_refused(state: str) -> None:
    """What can be waited for is listed."""
    assert told(project(BOTH, after("waits", [f"job load {state}"], "job publish"))) == says(f"""
        CN004 error at {AT}.state
          trigger `waits` waits for job `load` to be `{state}`, which no trigger can wait for
          help: wait for `SUCCEEDED`, `FAILED`, `TIMEOUT` or `STOPPED`
    """)


@pytest.mark.parametrize(
    ("state", "near"), [("STOPPING", "STOPPED"), ("succeeded", "SUCCEEDED"), ("TIMED_OUT", "TIMEOUT")]
)
def test_near_job_state_is_suggested(state: str, near: str) -> None:
    """Whatever its case."""
    assert told(project(BOTH, after("waits", [f"job load {state}"], "job publish"))) == says(f"""
        CN004 error at {AT}.state
          trigger `waits` waits for job `load` to be `{state}`, which no trigger can wait for
          help: did you mean `{near}`?
          help: wait for `SUCCEEDED`, `FAILED`, `TIMEOUT` or `STOPPED`
    """)


@pytest.mark.parametrize(("state", "near"), [("CANCELLING", "CANCELLED"), ("CANCELED", "CANCELLED")])
def test_crawl_state_that_no_trigger_can_wait_for_is_refused(state: str, near: str) -> None:
    """A near one is suggested."""
    assert told(project(BOTH, after("waits", [f"crawler catalog {state}"], "job publish"))) == says(f"""
        CN005 error at {AT}.crawl_state
          trigger `waits` waits for crawler `catalog` to be `{state}`, which no trigger can wait for
          help: did you mean `{near}`?
          help: wait for `SUCCEEDED`, `FAILED` or `CANCELLED`
    """)


def test_crawler_does_not_stop_as_a_job_does() -> None:
    """Each kind has its own states."""
    job = told(project(BOTH, after("waits", ["job load CANCELLED"], "job publish")))
    crawler = told(project(BOTH, after("waits", ["crawler catalog STOPPED"], "job publish")))

    assert (job.split()[0], crawler.split()[0]) == ("CN004", "CN005")


@pytest.mark.parametrize("state", JOB_STATES)
def test_ends_of_jobs_can_be_waited_for(state: str) -> None:
    """All four."""
    assert told(project(BOTH, after("waits", [f"job load {state}"], "job publish"))) == ""


@pytest.mark.parametrize("state", CRAWL_STATES)
def test_ends_of_crawlers_can_be_waited_for(state: str) -> None:
    """All three."""
    assert told(project(BOTH, after("waits", [f"crawler catalog {state}"], "job publish"))) == ""


@pytest.mark.parametrize("logical", ["OR", "NOT", "and"])
def test_word_that_glue_does_not_know_is_refused(logical: str) -> None:
    """There are two words."""
    trigger = after("waits", ["job load FAILED", "job load TIMEOUT"], "job publish", logical=logical)

    assert told(project(BOTH, trigger)) == says(f"""
        CN007 error at workflows.0.triggers.1.predicate.logical
          trigger `waits` combines its conditions by `{logical}`, and Glue knows `AND` and `ANY`
          help: write `AND` for all of them, `ANY` for one of them
    """)


@pytest.mark.parametrize("logical", ["AND", "ANY", None])
def test_words_of_glue_are_allowed(logical: str | None) -> None:
    """None is Glue's own choice where there is one condition."""
    assert told(project(BOTH, after("waits", ["job load"], "job publish", logical=logical))) == ""


def test_trigger_that_waits_for_nothing_is_refused() -> None:
    """What follows it is not reported as well."""
    idle = after("waits", [], "job publish")
    follows = after("follows", ["job publish"], "job notify")

    assert told(project(BOTH, idle, follows)) == says("""
        CN009 error at workflows.0.triggers.1.predicate
          trigger `waits` waits for nothing, so it never fires
          help: name what it waits for, or let the start trigger start its jobs and crawlers
    """)


def test_conditional_trigger_without_a_predicate_is_refused() -> None:
    """That it waits for nothing is not said as well; the trigger is the nearest place there is."""
    assert told(project(BOTH, replace(after("waits", [], "job publish"), predicate=None))) == says("""
        TR014 error at workflows.0.triggers.1
          trigger `waits` is conditional, and has no predicate
          help: name what it waits for, or let the start trigger start its jobs and crawlers
    """)


def test_trigger_that_starts_what_it_waits_for_is_refused() -> None:
    """It is shown with the condition, and neither as a circle nor as a second start."""
    again = after("again", ["crawler catalog", "job load FAILED"], "job notify", "job load")

    assert told(project(BOTH, again)) == says("""
        CN010 error at workflows.0.triggers.1.actions.1
          trigger `again` starts job `load`, for which it waits
          related workflows.0.triggers.1.predicate.conditions.1: waits for job `load` here
          help: let it try again by itself with `max_retries`, or start another job
    """)


def test_each_node_that_waits_for_itself_is_reported_once() -> None:
    """However often it is named; a crawler is judged like a job."""
    again = after(
        "again",
        ["job load FAILED", "job load TIMEOUT", "crawler catalog FAILED"],
        "job load",
        "job load",
        "crawler catalog",
        logical="ANY",
    )

    assert told(project(BOTH, again)) == says("""
        CN010 error at workflows.0.triggers.1.actions.0
          trigger `again` starts job `load`, for which it waits
          related workflows.0.triggers.1.predicate.conditions.0: waits for job `load` here
          help: let it try again by itself with `max_retries`, or start another job
        CN010 error at workflows.0.triggers.1.actions.2
          trigger `again` starts crawler `catalog`, for which it waits
          related workflows.0.triggers.1.predicate.conditions.2: waits for crawler `catalog` here
          help: start another crawler, or wait for something else
    """)


def test_job_and_crawler_of_one_name_are_two_nodes() -> None:
    """A trigger may watch the one and start the other."""
    assert told(project(start("sales-start", "job sales"), after("t", ["job sales"], "crawler sales"))) == ""


def test_nested_condition_is_refused_with_the_legal_rewrite() -> None:
    """The combination inside gets a job of its own."""
    fault = NestedCondition(
        workflow="sales",
        waiting="job `publish`",
        expression="any_of(all_of(orders, customers), backup)",
        inner="all_of(orders, customers)",
        span=Span("flow.py", 900, 5, 900, 60),
        inner_span=Span("flow.py", 901),
    )

    assert told(project(BOTH), fault) == says("""
        CN019 error at line 901
          job `publish` waits for `any_of(all_of(orders, customers), backup)`, which no single trigger can express
          help: add a job `joined` with `after=all_of(orders, customers)`, and wait for `any_of(joined, backup)`
    """)
    assert "CN019 error at line 900" in told(project(BOTH), replace(fault, inner_span=None))
