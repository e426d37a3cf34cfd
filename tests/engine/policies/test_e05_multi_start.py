"""Policy `multi_start`: a job or crawler that two triggers start.

Why: the node of a job has a list of job runs, so that a job may run more than once in a run.
"""

from __future__ import annotations

from gluedsl.engine import (
    Policies,
)
from tests.support.engine import (
    SHARED,
    Play,
    ends,
    start_trigger,
    when_all,
    workflow,
)


def test_a_job_that_two_triggers_start_is_one_node_with_two_runs() -> None:
    """Each trigger makes a job run of its own, and a condition may be met by either; policy `multi_start`.

    https://docs.aws.amazon.com/glue/latest/webapi/API_JobNodeDetails.html: a node's details are "the information for
    the job runs represented by the job node".
    """
    play = Play(
        workflow(
            start_trigger("a", "b"),
            when_all("after a", ends("a"), then=("shared",)),
            when_all("after b", ends("b"), then=("shared",)),
            when_all("next", ends("shared"), then=("last",)),
        )
    )
    play.end("a")
    play.end("b")
    assert play.started == ["a", "b", "shared", "shared"]
    assert [run.trigger for run in play.runs("shared").runs] == ["after a", "after b"]
    play.end("shared", "FAILED", trigger="after a")
    assert play.fired == ["start", "after a", "after b"]
    play.end("shared", "SUCCEEDED", trigger="after b")
    assert play.fired == ["start", "after a", "after b", "next"]
    play.end("last")
    assert play.states == {
        "a": ["SUCCEEDED"],
        "shared": ["FAILED", "SUCCEEDED"],
        "b": ["SUCCEEDED"],
        "last": ["SUCCEEDED"],
    }
    assert play.counters == {"total": 5, "succeeded": 4, "failed": 1}
    assert play.picture.outcome == "FAILED"


def test_multi_start_skipped() -> None:
    """Overridden, a job that was started in this run is not started again, not even by the same trigger."""
    skip = Policies(multi_start="skip")
    play = Play(SHARED, skip)
    play.end("a")
    play.end("b")
    assert play.fired == ["start", "first", "second"]
    assert play.states["shared"] == ["STARTING"]
    assert Play(workflow(start_trigger("a", "a")), skip).started == ["a"]
    assert Play(workflow(start_trigger("a", "a"))).started == ["a", "a"]
