"""Rules about EVENT triggers: EV001, EV002."""

from __future__ import annotations

import pytest

from gluedsl.model import EventBatching
from tests.support.rules import on_event, project, says, start, told


@pytest.mark.parametrize("size", [0, 101, 500])
def test_batch_size_out_of_range_is_refused(size: int) -> None:
    """The limits are told with what was given."""
    assert told(project(on_event(size=size))) == says(f"""
        EV001 error at workflows.0.triggers.0.event_batching.batch_size
          trigger `uploads` waits for {size} events in a batch, and Glue allows 1 to 100
          help: wait for fewer events, or let the time end the batch: `batch_window_seconds`
    """)


@pytest.mark.parametrize("window", [0, 901])
def test_batch_window_out_of_range_is_refused(window: int) -> None:
    """The limits are told with what was given."""
    assert told(project(on_event(window=window))) == says(f"""
        EV002 error at workflows.0.triggers.0.event_batching.batch_window_seconds
          trigger `uploads` waits {window} seconds for a batch, and Glue allows 1 to 900
          help: wait 900 seconds at most, from the first event of the batch
    """)


@pytest.mark.parametrize(("size", "window"), [(1, 1), (100, 900)])
def test_batches_at_the_limits_are_allowed(size: int, window: int) -> None:
    """Both ends of both ranges belong to them."""
    assert told(project(on_event(size=size, window=window))) == ""


def test_batching_of_another_kind_of_trigger_is_doubtful() -> None:
    """Glue does not read it there, so that its sizes are not judged."""
    batching = EventBatching(batch_size=500, batch_window_seconds=3600)

    assert told(project(start("sales-start", "job load", event_batching=batching))) == says("""
        TR015 warning at workflows.0.triggers.0.event_batching
          trigger `sales-start` has a batch of events, and is of type `ON_DEMAND`
          help: leave it out, or let the trigger be of type `EVENT`
    """)
    assert told(project(start("uploads", "job load", type="EVENT"))) == ""
