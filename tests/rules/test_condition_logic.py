"""Rules about what conditions mean together, and of whom: CN008, CN011, CN012, CN017, CN020."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.rules import after, project, says, spark, start, told

if TYPE_CHECKING:
    from gluedsl.model import Project


BOTH = start("sales-start", "job a", "job b")


def test_two_ends_of_one_run_cannot_come_together() -> None:
    """Once for each node, with both places."""
    assert told(project(BOTH, after("t", ["job a", "job b", "job a FAILED", "job a TIMEOUT"], "job c"))) == says("""
        CN011 error at workflows.0.triggers.1.predicate.conditions.2
          trigger `t` waits for job `a` to end as SUCCEEDED and as FAILED in one run
          related workflows.0.triggers.1.predicate.conditions.0: waits for SUCCEEDED here
          help: wait for any of them: `any_of(...)`
    """)


@pytest.mark.parametrize(
    "of",
    [
        project(BOTH, after("t", ["job a FAILED", "job a TIMEOUT", "job a STOPPED"], "job c", logical="ANY")),
    ],
)
def test_any_of_two_ends_is_allowed(of: Project) -> None:
    """As `.unsuccessful` and `.finished` are said to Glue."""
    assert told(of) == ""


def test_branches_that_exclude_each_other_cannot_be_joined() -> None:
    """The node on which they part is told."""
    assert told(
        project(
            BOTH,
            after("good", ["job a"], "job c"),
            after("bad", ["job a FAILED"], "job d"),
            after("join", ["job c", "job b", "job d FAILED"], "job e"),
        )
    ) == says("""
        CN012 error at workflows.0.triggers.3.predicate.conditions.0
          trigger `join` can never fire: what it waits for needs different ends of job `a`
          related workflows.0.triggers.3.predicate.conditions.1: and waits for this
          related workflows.0.triggers.3.predicate.conditions.2: and waits for this
          help: wait for any of the branches: `any_of(...)`
    """)


def test_impossible_join_is_told_once() -> None:
    """What waits for it in turn follows."""
    assert told(
        project(
            BOTH,
            after("bad", ["job a FAILED"], "job d"),
            after("join", ["job a", "job d"], "job e"),
            after("then", ["job e"], "job f"),
        )
    ) == says("""
        CN012 error at workflows.0.triggers.2.predicate.conditions.0
          trigger `join` can never fire: what it waits for needs different ends of job `a`
          related workflows.0.triggers.2.predicate.conditions.1: and waits for this
          help: wait for any of the branches: `any_of(...)`
    """)


@pytest.mark.parametrize(
    "of",
    [
        project(
            BOTH, after("bad", ["job a FAILED"], "job d"), after("join", ["job a", "job d"], "job e", logical="ANY")
        ),
        project(BOTH, after("bad", ["job b FAILED"], "job d"), after("join", ["job a", "job d"], "job e")),
    ],
)
def test_branches_that_can_meet_are_joined(of: Project) -> None:
    """By any of them, or where they do not part on one node."""
    assert told(of) == ""


def test_condition_that_is_repeated_is_doubtful() -> None:
    """The first is shown."""
    assert told(project(BOTH, after("t", ["job a", "job b", "job a"], "job c"))) == says("""
        CN017 warning at workflows.0.triggers.1.predicate.conditions.2
          trigger `t` waits twice for job `a` to end as SUCCEEDED
          related workflows.0.triggers.1.predicate.conditions.0: the first is here
          help: leave one of the two out
    """)


def test_success_of_a_streaming_job_does_not_come() -> None:
    """Its other ends do."""
    assert told(
        project(
            BOTH,
            spark("a", kind="gluestreaming"),
            after("t", ["job a"], "job c"),
            after("u", ["job a STOPPED"], "job d"),
        )
    ) == says("""
        CN020 warning at workflows.0.triggers.1.predicate.conditions.0
          trigger `t` waits for streaming job `a` to succeed, and a streaming job does not end by itself
          help: let both begin together, or wait for it to be stopped
    """)


def test_five_hundred_and_first_condition_is_refused() -> None:
    """The number is told, and the limit."""
    states = ("FAILED", "TIMEOUT", "STOPPED", "SUCCEEDED")
    watched = [f"job j{number} {state}" for number in range(126) for state in states]
    starts = [
        start("sales-start", "job j0"),
        after("more", ["job j0"], *(f"job j{number}" for number in range(1, 126))),
    ]

    def codes(count: int) -> list[str]:
        of = project(*starts, after("t", watched[:count], "job x", logical="ANY"))
        return [line for line in told(of).splitlines() if line.startswith(("CN", "  `conditions`"))]

    assert codes(500) == []
    assert codes(501) == [
        "CN008 error at workflows.0.triggers.2.predicate.conditions",
        "  `conditions` of trigger `t` has 501 entries, and Glue allows 500 at most",
    ]
