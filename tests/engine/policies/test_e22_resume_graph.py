"""Policy `resume_graph`: whose triggers a resumed run follows.

Why: AWS says that nodes are copied from the run graph of the original workflow run, and a run follows the graph that
it began with.
"""

from __future__ import annotations

from gluedsl.engine import Policies, resume_refusal
from tests.support.engine import Play, ends, node, start_trigger, when_all, workflow

BEFORE = workflow(start_trigger("load", "old"), when_all("next", ends("load"), then=("publish",)))
NOW = workflow(
    start_trigger("load"),
    when_all("other", ends("load"), then=("report",)),
    when_all("more", ends("report"), then=("mail",)),
    properties={"new": "yes"},
)
LATEST = Policies(resume_graph="latest")


def failed(policies: Policies | None = None) -> Play:
    """Return a run of BEFORE in which load failed."""
    play = Play(BEFORE, policies)
    play.end("load", "FAILED")
    play.end("old")
    return play


def test_those_of_the_run_before() -> None:
    """What the workflow has become meanwhile does not matter."""
    second = failed().resume("load", latest=NOW)
    second.end("load")
    assert second.started == ["load", "publish"]
    assert second.picture.workflow == BEFORE


def test_resume_graph_overridden() -> None:
    """`latest` follows the workflow as it is now; what is no more of it is not copied."""
    second = failed(LATEST).resume("load", latest=NOW)
    second.end("load")
    second.end("report")
    second.end("mail")
    assert second.started == ["load", "report", "mail"]
    assert second.states == {"load": ["SUCCEEDED"], "report": ["SUCCEEDED"], "mail": ["SUCCEEDED"]}
    assert second.picture.properties == {}
    assert second.status == "COMPLETED"


def test_a_trigger_that_is_gone() -> None:
    """A job whose trigger has another name now is started by the one that would start it."""
    renamed = workflow(start_trigger("a"), when_all("new name", ends("a"), then=("b",)))
    play = Play(workflow(start_trigger("a"), when_all("name", ends("a"), then=("b",))), LATEST)
    play.end("a")
    play.end("b", "FAILED")
    second = play.resume("b", latest=renamed)
    assert second.runs("b").runs[0].trigger == "new name"


def test_a_job_that_is_gone() -> None:
    """It cannot be restarted."""
    refusal = resume_refusal(failed(LATEST).state, [node("old")], active_runs=0, latest=NOW)
    assert refusal is not None
    assert refusal.message.endswith("cannot be resumed from job old: it has no run attempt in it.")
