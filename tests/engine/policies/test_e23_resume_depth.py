"""Policy `resume_depth`: how often a resumed run can be resumed in turn.

Why: AWS's page allows it once more and then points to the original run; an older edition of the page knew no limit.
"""

from __future__ import annotations

from gluedsl.engine import Policies, Refuse, resume_refusal
from tests.support.engine import Play, node, start_trigger, workflow


def failed(policies: Policies | None = None) -> Play:
    """Return a run in which load failed."""
    play = Play(workflow(start_trigger("load")), policies)
    play.end("load", "FAILED")
    return play


def failed_again(play: Play, number: int) -> Play:
    """Resume a run, in vain."""
    again = play.resume("load", run_id=f"wr_{number:064}")
    again.end("load", "FAILED")
    return again


def test_a_resumed_run_can_be_resumed_once_more() -> None:
    """The original, then a resumed run, then one that resumes that; the last cannot be resumed, the original can.

    https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html
    """
    original = failed()
    second = failed_again(original, 1)
    third = failed_again(second, 2)
    assert (third.picture.previous_run_id, second.picture.previous_run_id) == (
        second.picture.run_id,
        original.picture.run_id,
    )
    assert resume_refusal(third.state, [node("load")], active_runs=0) == Refuse(
        code="IllegalWorkflowStateException",
        message=(
            f"Run {third.picture.run_id} of workflow nightly cannot be resumed: it resumes a run that was resumed "
            "itself. Resume the original run."
        ),
    )
    assert resume_refusal(second.state, [node("load")], active_runs=0) is None
    assert resume_refusal(original.state, [node("load")], active_runs=0) is None


def test_resume_depth_overridden() -> None:
    """`unlimited` lets each be resumed."""
    play = failed(Policies(resume_depth="unlimited"))
    for number in range(5):
        play = failed_again(play, number)
    assert play.state.generation == 5
    assert resume_refusal(play.state, [node("load")], active_runs=0) is None
