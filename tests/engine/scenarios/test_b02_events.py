"""When an EVENT trigger fires."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from gluedsl.engine import NO_EVENTS, BatchFiring, batching_of, event_arrived, window_end, window_passed
from gluedsl.model import EventBatching, Trigger
from tests.support.engine import MIDNIGHT

SECOND = timedelta(seconds=1)
THREE = EventBatching(batch_size=3, batch_window_seconds=60)


def test_enough_events() -> None:
    """The trigger fires when the last event of a batch arrives, and the next event begins a new batch.

    https://docs.aws.amazon.com/glue/latest/webapi/API_EventBatchingCondition.html: BatchSize is the "number of events
    that must be received from Amazon EventBridge before EventBridge event trigger fires".
    """
    waiting = NO_EVENTS
    for number in range(2):
        waiting, fired = event_arrived(waiting, f"e-{number}", MIDNIGHT + number * SECOND, THREE)
        assert fired == ()
    waiting, fired = event_arrived(waiting, "e-2", MIDNIGHT + 5 * SECOND, THREE)
    assert fired == (BatchFiring(ids=("e-0", "e-1", "e-2"), at=MIDNIGHT + 5 * SECOND, by="SIZE"),)
    assert waiting == NO_EVENTS
    waiting, fired = event_arrived(waiting, "e-3", MIDNIGHT + 6 * SECOND, THREE)
    assert (waiting.ids, waiting.since, fired) == (("e-3",), MIDNIGHT + 6 * SECOND, ())


def test_enough_time() -> None:
    """The window begins with the first event of a batch; when it has passed, what is there fires.

    https://docs.aws.amazon.com/glue/latest/webapi/API_EventBatchingCondition.html: "Window starts when first event is
    received."
    """
    waiting, _ = event_arrived(NO_EVENTS, "e-0", MIDNIGHT, THREE)
    waiting, _ = event_arrived(waiting, "e-1", MIDNIGHT + 59 * SECOND, THREE)
    assert window_end(waiting, THREE) == MIDNIGHT + 60 * SECOND
    assert window_passed(waiting, MIDNIGHT + 59 * SECOND, THREE) == (waiting, ())
    rest, fired = window_passed(waiting, MIDNIGHT + 60 * SECOND, THREE)
    assert fired == (BatchFiring(ids=("e-0", "e-1"), at=MIDNIGHT + 60 * SECOND, by="WINDOW"),)
    assert rest == NO_EVENTS
    assert window_end(rest, THREE) is None
    assert window_passed(rest, MIDNIGHT + timedelta(days=1), THREE) == (NO_EVENTS, ())


def test_an_event_after_the_window() -> None:
    """Nobody need watch the clock: an event that comes later finds its batch gone, and begins a new one."""
    waiting, _ = event_arrived(NO_EVENTS, "e-0", MIDNIGHT, THREE)
    waiting, fired = event_arrived(waiting, "e-1", MIDNIGHT + 61 * SECOND, THREE)
    assert fired == (BatchFiring(ids=("e-0",), at=MIDNIGHT + 60 * SECOND, by="WINDOW"),)
    assert (waiting.ids, waiting.since) == (("e-1",), MIDNIGHT + 61 * SECOND)


def test_every_event_by_itself() -> None:
    """A trigger without a batch condition fires with each event.

    https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html
    """
    batching = batching_of(Trigger(name="start", type="EVENT"))
    assert batching == EventBatching(batch_size=1, batch_window_seconds=900)
    waiting, fired = event_arrived(NO_EVENTS, "e-0", MIDNIGHT, batching)
    assert (waiting, [firing.ids for firing in fired]) == (NO_EVENTS, [("e-0",)])


def test_the_same_event_twice() -> None:
    """EventBridge may deliver an event more than once, and nobody counts it once only.

    https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html
    """
    two = EventBatching(batch_size=2, batch_window_seconds=60)
    waiting, _ = event_arrived(NO_EVENTS, "e-0", MIDNIGHT, two)
    _, (firing,) = event_arrived(waiting, "e-0", MIDNIGHT, two)
    assert firing.ids == ("e-0", "e-0")


@given(
    st.lists(st.integers(0, 200), max_size=60),
    st.integers(1, 10),
    st.integers(1, 120),
)
def test_no_event_is_lost(gaps: list[int], size: int, window: int) -> None:
    """Each event fires once, in order, in batches of no more than their size, and none waits beyond its window."""
    batching = EventBatching(batch_size=size, batch_window_seconds=window)
    now, waiting, arrivals = MIDNIGHT, NO_EVENTS, {}
    fired: list[BatchFiring] = []
    for number, gap in enumerate(gaps):
        now += gap * SECOND
        arrivals[str(number)] = now
        waiting, firings = event_arrived(waiting, str(number), now, batching)
        fired += firings
    _, firings = window_passed(waiting, now + timedelta(days=1), batching)
    fired += firings
    assert [id_ for firing in fired for id_ in firing.ids] == [str(number) for number in range(len(gaps))]
    for firing in fired:
        waited = firing.at - arrivals[firing.ids[0]]
        assert len(firing.ids) <= size
        assert waited <= window * SECOND
        assert firing.by == ("SIZE" if len(firing.ids) == size else "WINDOW")
        assert (waited == window * SECOND) or firing.by == "SIZE"
    assert [firing.at for firing in fired] == sorted(firing.at for firing in fired)
