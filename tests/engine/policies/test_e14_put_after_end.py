"""Policy `put_after_end`: run properties that are put after the end.

Why: nothing says when the properties of a run are closed, and to note something late does no harm.
"""

from __future__ import annotations

from gluedsl.engine import (
    Policies,
    Refuse,
    property_put_refusal,
)
from tests.support.engine import (
    RUN_ID,
    Play,
    start_trigger,
    workflow,
)


def test_properties_may_be_put_after_the_end() -> None:
    """Policy `put_after_end`: accepted, unless overridden; then the caller is told and the run stays as it was."""
    lenient = Play(workflow(start_trigger("load")))
    lenient.end("load")
    assert property_put_refusal(lenient.state) is None
    lenient.put(late="yes")
    assert lenient.picture.properties == {"late": "yes"}
    assert lenient.status == "COMPLETED"

    strict = Play(workflow(start_trigger("load")), Policies(put_after_end="refuse"))
    assert property_put_refusal(strict.state) is None
    strict.put(early="yes")
    strict.end("load")
    assert property_put_refusal(strict.state) == Refuse(
        code="InvalidInputException",
        message=f"Run {RUN_ID} of workflow nightly takes no more properties: it is COMPLETED.",
    )
    strict.put(late="yes")
    assert strict.picture.properties == {"early": "yes"}
