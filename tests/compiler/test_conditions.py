"""What an author waits for and what the trigger waits for are the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gluedsl import ExistingCrawler, ExistingJob, all_of, any_of
from gluedsl.compiler.conditions import flatten
from gluedsl.compiler.recorder import Recorder
from gluedsl.dsl.outcomes import Combination, Node, Operand, Outcome, operand
from gluedsl.source.locate import Locator

JOBS = [ExistingJob(name) for name in "ab"]
CRAWLERS = [ExistingCrawler(name) for name in "cd"]
ENDS = {
    **{job.name: ["SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED", None] for job in JOBS},
    **{crawler.name: ["SUCCEEDED", "FAILED", "CANCELLED", None] for crawler in CRAWLERS},
}
"""How each node can have ended; None: not yet."""

single = st.sampled_from(
    [
        *(end for job in JOBS for end in (job, job.succeeded, job.failed, job.timed_out, job.stopped)),
        *(end for crawler in CRAWLERS for end in (crawler, crawler.failed, crawler.cancelled)),
    ]
)
set_of_outcomes = st.sampled_from(
    [
        *(end for job in JOBS for end in (job.finished, job.unsuccessful)),
        *(end for crawler in CRAWLERS for end in (crawler.finished, crawler.unsuccessful)),
    ]
)


def combined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return combinations and lists of what is inside."""
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(several, several.map(lambda held: all_of(*held)), several.map(lambda held: any_of(*held)))


waited = st.recursive(single | set_of_outcomes, combined, max_leaves=6).map(lambda after: operand(after, "after="))
outcomes = st.fixed_dictionaries({name: st.sampled_from(ends) for name, ends in ENDS.items()})


def meaning(waited_for: Operand, ends: dict[str, str | None]) -> bool:
    """Return whether what an author wrote holds."""
    match waited_for:
        case Node():
            return ends[waited_for.name or ""] == "SUCCEEDED"
        case Outcome():
            return ends[waited_for.node.name or ""] == waited_for.state
        case Combination():
            held = [meaning(one, ends) for one in waited_for.operands]
            return all(held) if waited_for.logical == "AND" else any(held)


def alternatives(waited_for: Operand) -> frozenset[frozenset[tuple[str, str]]]:
    """Return the sets of outcomes of which one has to have come, the larger left out where a smaller is there."""
    match waited_for:
        case Node():
            found = {frozenset({(waited_for.name or "", "SUCCEEDED")})}
        case Outcome():
            found = {frozenset({(waited_for.node.name or "", waited_for.state)})}
        case Combination(logical="ANY"):
            found = {one for inner in waited_for.operands for one in alternatives(inner)}
        case Combination():
            found = {frozenset[tuple[str, str]]()}
            for inner in waited_for.operands:
                found = {one | other for one in found for other in alternatives(inner)}
    return frozenset(one for one in found if not any(other < one for other in found))


@given(waited, outcomes)
def test_a_flat_trigger_means_what_was_written(waited_for: Operand, ends: dict[str, str | None]) -> None:
    """Unless it is reported as nested, its predicate holds exactly when the author's expression does."""
    wanted = flatten(waited_for, None, Recorder(Locator(Path())))
    if wanted.nested is not None:
        return

    predicate = wanted.predicate()

    held = [
        ends[condition.job_name or condition.crawler_name or ""] == (condition.state or condition.crawl_state)
        for condition in predicate.conditions
    ]
    assert (all(held) if predicate.logical == "AND" else any(held)) == meaning(waited_for, ends)


@given(waited)
def test_what_is_reported_as_nested_is(waited_for: Operand) -> None:
    """No expression of one word deep, and none that needs both words, is told to be the other."""
    wanted = flatten(waited_for, None, Recorder(Locator(Path())))
    found = alternatives(waited_for)

    needs_both_words = len(found) > 1 and any(len(one) > 1 for one in found)
    if needs_both_words:
        assert wanted.nested is not None
    if not isinstance(waited_for, Combination) or all(not isinstance(one, Combination) for one in waited_for.operands):
        assert wanted.nested is None


@given(waited)
def test_equal_wants_have_equal_keys(waited_for: Operand) -> None:
    """The order of what is waited for tells nothing, so that it shares one trigger."""

    def turned(one: Operand) -> Operand:
        if isinstance(one, Combination):
            return Combination(one.logical, tuple(turned(inner) for inner in reversed(one.operands)), None)
        return one

    recorder = Recorder(Locator(Path()))

    assert flatten(waited_for, None, recorder).key == flatten(turned(waited_for), None, recorder).key
