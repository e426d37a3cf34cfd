"""What changes to a workflow, its jobs and its limits mean to a run that goes on.

https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html: "If you make changes to any triggers after the run
starts, those changes don't affect the current workflow run." "Changes that you make to downstream jobs and crawlers
during the workflow run take effect for the current run."
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from gluedsl.engine import Refuse, admit, timeout_of
from gluedsl.model import Job, RemoteScript
from tests.support.engine import Play, ends, start_trigger, starts, when_all, workflow

DESIGN = workflow(start_trigger("load"), when_all("next", ends("load"), then=("publish",)), properties={"env": "prod"})


def test_triggers_are_those_of_the_beginning() -> None:
    """A run holds its own triggers: it goes on as it began, whatever the workflow has become."""
    play = Play(DESIGN)
    changed = replace(DESIGN, triggers=DESIGN.triggers[:1])
    play.end("load")
    assert play.started == ["load", "publish"]
    assert play.picture.workflow == DESIGN != changed
    later = Play(changed)
    later.end("load")
    assert later.status == "COMPLETED"


def test_default_run_properties_are_those_of_the_beginning() -> None:
    """A run has taken its defaults when it began."""
    play = Play(DESIGN)
    changed = replace(DESIGN, default_run_properties={"env": "test"})
    assert play.picture.properties == {"env": "prod"}
    assert Play(changed).picture.properties == {"env": "test"}


def test_a_job_is_as_it_is_when_its_turn_comes() -> None:
    """Its retries count when an attempt fails, its timeout when it starts: both are asked for at that moment."""
    play = Play(DESIGN)
    play.end("load", "FAILED", max_retries=1)
    play.end("load", "FAILED", max_retries=0)
    assert play.states["load"] == ["FAILED", "FAILED"]
    job = Job(name="load", kind="pythonshell", code=RemoteScript(uri="s3://s/j.py"), role=None, timeout_minutes=10)
    assert timeout_of(starts("load"), job) == timedelta(minutes=10)
    assert timeout_of(starts("load"), replace(job, timeout_minutes=20)) == timedelta(minutes=20)


def test_a_job_that_is_deleted() -> None:
    """When its turn comes, its job run is in ERROR."""
    play = Play(DESIGN)
    play.end("load")
    play.refuse("publish", "JOB_MISSING")
    assert play.states["publish"] == ["ERROR"]
    assert play.status == "COMPLETED"


def test_a_limit_that_is_lowered() -> None:
    """It counts for the next start, and touches no run that goes on."""
    lowered = replace(DESIGN, max_concurrent_runs=1)
    play = Play(DESIGN)
    assert isinstance(admit(lowered, start="API", active_runs=2), Refuse)
    play.end("load")
    play.end("publish")
    assert play.status == "COMPLETED"
