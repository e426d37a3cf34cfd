"""Run properties: defaults, what the start brings, what jobs put."""

from __future__ import annotations

from tests.support.engine import (
    Play,
    start_trigger,
    workflow,
)


def test_run_properties() -> None:
    """Defaults, overlaid with those of the start, overlaid with each put in turn; the defaults stay as they are.

    https://docs.aws.amazon.com/glue/latest/webapi/API_PutWorkflowRunProperties.html: "If a property already exists for
    the specified run, then it overrides the value otherwise adds the property to existing properties."
    https://docs.aws.amazon.com/glue/latest/dg/workflow-run-properties-code.html: "When a job modifies a run property,
    the new value exists only for the workflow run. The default run properties aren't affected."
    """
    design = workflow(start_trigger("a", "b"), properties={"env": "prod", "rows": "0", "day": "?"})
    play = Play(design, properties={"day": "monday", "by": "hand"})
    assert play.picture.properties == {"env": "prod", "rows": "0", "day": "monday", "by": "hand"}
    play.put(rows="42", seen="yes")
    play.put(rows="43")
    assert play.picture.properties == {"env": "prod", "rows": "43", "day": "monday", "by": "hand", "seen": "yes"}
    assert design.default_run_properties == {"env": "prod", "rows": "0", "day": "?"}
    assert Play(design).picture.properties == {"env": "prod", "rows": "0", "day": "?"}


def test_puts_of_two_jobs_do_not_undo_each_other() -> None:
    """A put names only the keys that it changes, so that jobs in parallel that put different keys both succeed."""
    play = Play(workflow(start_trigger("a", "b")))
    play.put(a_rows="1")
    play.put(b_rows="2")
    play.put(a_rows="3")
    assert play.picture.properties == {"a_rows": "3", "b_rows": "2"}
