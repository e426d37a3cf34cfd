"""How nodes end, and combinations of that."""

from __future__ import annotations

import pytest

from gluedsl import Crawler, ExistingCrawler, ExistingJob, PythonShellJob, all_of, any_of
from gluedsl.dsl.outcomes import Combination, Node, Operand, Outcome, operand
from tests.support.misuse import refusal

OPERANDS = "jobs, crawlers, their outcomes, all_of() and any_of() of them"

A, B = ExistingJob("a"), PythonShellJob("b", script="b.py")
C, D = ExistingCrawler("c"), Crawler("d", targets=[])


def shown(value: Operand) -> object:
    """Return an operand as names and states."""
    match value:
        case Node():
            return value.name
        case Outcome():
            return f"{value.node.name} {value.state}"
        case Combination():
            return (value.logical, *(shown(one) for one in value.operands))


@pytest.mark.parametrize("job", [A, B], ids=["existing", "own"])
def test_outcomes_of_jobs(job: ExistingJob | PythonShellJob) -> None:
    """The four states that a trigger can watch for, and sets of them."""
    name = job.name
    singles = [job.succeeded, job.failed, job.timed_out, job.stopped, job.outcome("TIMEOUT")]

    assert [shown(one) for one in singles] == [
        f"{name} {state}" for state in ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED", "TIMEOUT")
    ]
    assert shown(job.unsuccessful) == ("ANY", f"{name} FAILED", f"{name} TIMEOUT", f"{name} STOPPED")
    assert shown(job.finished) == ("ANY", f"{name} SUCCEEDED", f"{name} FAILED", f"{name} TIMEOUT", f"{name} STOPPED")


@pytest.mark.parametrize("crawler", [C, D], ids=["existing", "own"])
def test_outcomes_of_crawlers(crawler: ExistingCrawler | Crawler) -> None:
    """The three states that a trigger can watch for, and sets of them."""
    name = crawler.name
    singles = [crawler.succeeded, crawler.failed, crawler.cancelled, crawler.outcome("CANCELLED")]

    assert [shown(one) for one in singles] == [
        f"{name} {state}" for state in ("SUCCEEDED", "FAILED", "CANCELLED", "CANCELLED")
    ]
    assert shown(crawler.unsuccessful) == ("ANY", f"{name} FAILED", f"{name} CANCELLED")
    assert shown(crawler.finished) == ("ANY", f"{name} SUCCEEDED", f"{name} FAILED", f"{name} CANCELLED")


def test_each_kind_of_node_has_its_own_outcomes() -> None:
    """A crawler does not time out, and a job is not cancelled."""
    assert [hasattr(C, "timed_out"), hasattr(C, "stopped"), hasattr(A, "cancelled")] == [False, False, False]


def test_combinations() -> None:
    """Of nodes, outcomes, combinations, and lists, which mean all of their elements."""
    assert shown(all_of(A, C.failed)) == ("AND", "a", "c FAILED")
    assert shown(any_of(A, [B, C], all_of(D))) == ("ANY", "a", ("AND", "b", "c"), ("AND", "d"))
    assert shown(all_of((A, B))) == ("AND", ("AND", "a", "b"))
    assert shown(operand([A, B.failed], "after=")) == ("AND", "a", "b FAILED")
    assert operand(A, "after=") is A
    assert shown(all_of()) == ("AND",)


def test_what_outcomes_say_of_themselves() -> None:
    """Enough to know one in a message."""
    assert [repr(A.failed), repr(all_of(A, B)), repr(C.finished)] == ["<a FAILED>", "<all of 2>", "<any of 3>"]


COMBINE = "use all_of(...) or any_of(...); to ask whether there is something, `is not None`"


@pytest.mark.parametrize(
    ("misuse", "message", "hint"),
    [
        ("all_of('a')", f"all_of() takes {OPERANDS}, not 'a' (str)", ""),
        ("any_of(a, None)", f"any_of() takes {OPERANDS}, not None (NoneType)", ""),
        ("any_of(j for j in [a])", f"any_of() takes {OPERANDS}, not <generator object <genexpr>> (generator)", ""),
        ("all_of(w)", f"all_of() takes {OPERANDS}, not <Workflow w> (Workflow)", ""),
        ("all_of([a, [5]])", f"all_of() takes {OPERANDS}, not 5 (int)", ""),
        ("any_of(a, [])", "any_of() holds a combination of nothing", "leave it out, or give it an outcome"),
        ("all_of(any_of())", "all_of() holds a combination of nothing", "leave it out, or give it an outcome"),
        *(
            (misuse, "`and`, `or` and `not` do not combine what is waited for", COMBINE)
            for misuse in ("a or c", "a.failed and c", "not all_of(a, c)")
        ),
        ("a.outcome(None)", "an outcome takes the name of a state, not None (NoneType)", ""),
        ("c.outcome(5)", "an outcome takes the name of a state, not 5 (int)", ""),
    ],
)
def test_refusals(misuse: str, message: str, hint: str) -> None:
    """What nobody can wait for."""
    assert refusal(misuse) == (message, hint)
