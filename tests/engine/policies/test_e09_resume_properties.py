"""Policy `resume_properties`: with which run properties a resumed run begins.

Why: a resumed run goes on with the work of the one before, which left its notes there.
"""

from __future__ import annotations

from gluedsl.engine import Policies
from tests.support.engine import Play, start_trigger, workflow

DESIGN = workflow(start_trigger("load"), properties={"env": "prod", "rows": "0"})


def failed(policies: Policies | None = None) -> Play:
    """Return a run in which load put a property and failed."""
    play = Play(DESIGN, policies, properties={"env": "test"})
    play.put(rows="42")
    play.end("load", "FAILED")
    return play


def test_they_are_copied() -> None:
    """The last values of the run before, and later puts of either run do not touch the other's."""
    first = failed()
    second = first.resume("load")
    assert second.picture.properties == {"env": "test", "rows": "42"}
    second.put(rows="43")
    first.put(late="yes")
    assert second.picture.properties == {"env": "test", "rows": "43"}
    assert first.picture.properties == {"env": "test", "rows": "42", "late": "yes"}


def test_resume_properties_overridden() -> None:
    """`defaults` begins with those of the workflow."""
    second = failed(Policies(resume_properties="defaults")).resume("load")
    assert second.picture.properties == {"env": "prod", "rows": "0"}
