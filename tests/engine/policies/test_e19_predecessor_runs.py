"""Policy `predecessor_runs`: what a job run tells of the runs that made its trigger fire.

Why: in every sample of AWS's of a run with a graph, the list is empty.
"""

from __future__ import annotations

from gluedsl.engine import Policies
from tests.support.engine import Play, ends, start_trigger, when_all, when_any, workflow

DESIGN = workflow(
    start_trigger("a", "b", "crawl"),
    when_all("all", ends("a"), ends("b", "FAILED"), ends("crawl"), then=("c", "crawl d")),
    when_any("any", ends("a"), ends("b", "FAILED"), then=("e",)),
)
FILLED = Policies(predecessor_runs="filled")


def played(policies: Policies | None = None) -> Play:
    """Return a run up to the end of a, b and crawl."""
    play = Play(DESIGN, policies)
    play.end("crawl")
    play.end("b", "FAILED")
    play.end("a")
    return play


def predecessors(play: Play, name: str) -> list[str]:
    """Return the jobs whose runs a job run names, after a look at the ids."""
    (run,) = play.runs(name).runs
    for job, id_ in run.predecessors:
        assert id_ in {found.id for found in play.runs(job).runs}
    return [job for job, _ in run.predecessors]


def test_nothing() -> None:
    """Recorded runs of workflows have an empty list.

    https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html shows one: "PredecessorRuns": [].
    """
    play = played()
    assert [predecessors(play, name) for name in ("c", "e")] == [[], []]


def test_predecessor_runs_overridden() -> None:
    """`filled` names the job runs that met the conditions: of ANY the first, of crawls none, and no crawl names any.

    https://docs.aws.amazon.com/glue/latest/webapi/API_Predecessor.html
    """
    play = played(FILLED)
    assert predecessors(play, "c") == ["b", "a"]
    assert predecessors(play, "e") == ["b"]
    assert predecessors(play, "crawl d") == []
    assert predecessors(play, "a") == []


def test_each_firing_has_its_own() -> None:
    """Where a trigger fires for each condition, each job run names the one that made it start."""
    play = played(Policies(predecessor_runs="filled", any_semantics="each"))
    assert [[job for job, _ in run.predecessors] for run in play.runs("e").runs] == [["b"], ["a"]]


def test_a_retry_keeps_them() -> None:
    """The next attempt was made to start by the same runs."""
    play = played(FILLED)
    play.end("c", "FAILED", max_retries=1)
    assert [[job for job, _ in run.predecessors] for run in play.runs("c").runs] == [["b", "a"], ["b", "a"]]


def test_in_a_resumed_run() -> None:
    """Runs that were copied are named as those of this run are."""
    play = played(FILLED)
    for name in ("c", "crawl d", "e"):
        play.end(name)
    again = play.resume("a")
    again.end("a")
    assert predecessors(again, "c") == ["b", "a"]
