"""What the local Glue does where AWS does not say what Glue does."""

from __future__ import annotations

from dataclasses import fields

import pytest

from gluedsl.engine import Policies, policies_named
from gluedsl.errors import UsageError


def test_the_defaults() -> None:
    """What the local Glue does, in one place."""
    assert {field.name: getattr(Policies(), field.name) for field in fields(Policies)} == {
        "trigger_fires": "once",
        "any_semantics": "first",
        "and_semantics": "latch",
        "retry_visibility": "final",
        "multi_start": "start",
        "inactive_trigger": "never",
        "completion": "drained",
        "total_actions": "pairs",
        "crawler_busy": "ERROR",
        "error_state": "ERROR",
        "queue": "as_configured",
        "over_limit": "by_start",
        "start_on_non_ondemand": "allow",
        "put_after_end": "accept",
        "cycle": "ends",
        "stop": "silent",
        "predecessor_runs": "none",
        "delete_workflow": "refuse",
        "events_batch": "new_batch",
        "event_ids": "json",
        "resume_properties": "copy",
        "resume_graph": "original",
        "resume_depth": "one_more",
    }


def test_policies_by_name() -> None:
    """Each can be overridden by its name, one or several."""
    assert policies_named({}) == Policies()
    assert policies_named({"queue": "always", "stop": "heard"}) == Policies(queue="always", stop="heard")


@pytest.mark.parametrize(
    ("choices", "message", "hint"),
    [
        ({"queues": "always"}, "there is no policy `queues`", "did you mean `queue`?"),
        ({"queue": "Always"}, "policy queue cannot be `Always`", "it is as_configured or always or never"),
    ],
)
def test_policies_that_there_are_not(choices: dict[str, str], message: str, hint: str) -> None:
    """A name or a value that is none is refused, with what there is."""
    with pytest.raises(UsageError) as error:
        policies_named(choices)
    assert (error.value.message, error.value.hint) == (message, hint)


def test_all_names_are_told_where_none_is_near() -> None:
    """Whoever does not know the names is told them."""
    with pytest.raises(UsageError) as error:
        policies_named({"xyz": "1"})
    assert error.value.hint == "there are " + ", ".join(field.name for field in fields(Policies))
