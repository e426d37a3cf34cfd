"""Policy `delete_workflow`: deleting a workflow of which a run goes on.

Why: what would become of the run is not documented, and to lose sight of it is the worst of all.
"""

from __future__ import annotations

from gluedsl.engine import Policies, Refuse, delete_refusal


def test_a_workflow_that_runs_cannot_be_deleted() -> None:
    """The caller is told how many runs go on."""
    assert delete_refusal("nightly", active_runs=0) is None
    assert delete_refusal("nightly", active_runs=1) == Refuse(
        code="InvalidInputException", message="Workflow nightly cannot be deleted: a run of it goes on."
    )
    assert delete_refusal("nightly", active_runs=3) == Refuse(
        code="InvalidInputException", message="Workflow nightly cannot be deleted: 3 runs of it go on."
    )


def test_delete_workflow_overridden() -> None:
    """`allow` lets it be deleted at any time."""
    assert delete_refusal("nightly", active_runs=3, policies=Policies(delete_workflow="allow")) is None
