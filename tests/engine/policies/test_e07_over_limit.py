"""Policy `over_limit`: a start over the limit of concurrent runs.

Why: the API has both an exception and a run in ERROR with a message. A caller can be told, a schedule cannot, and of
events AWS says that they are not retried.
"""

from __future__ import annotations

from gluedsl.engine import (
    Drop,
    Policies,
    Record,
    Refuse,
    StartKind,
    admit,
)
from tests.support.engine import (
    start_trigger,
    workflow,
)

MESSAGE = "Concurrent runs exceeded for workflow: nightly."


REFUSED = Refuse(code="ConcurrentRunsExceededException", message=MESSAGE)


ONE_AT_A_TIME = workflow(start_trigger("load"), max_concurrent_runs=1)


KINDS: tuple[StartKind, ...] = ("API", "TRIGGER", "SCHEDULE", "EVENT")


def test_by_start() -> None:
    """A caller is refused, a schedule leaves a run in ERROR, an event is lost."""
    answers = [admit(ONE_AT_A_TIME, start=kind, active_runs=1) for kind in KINDS]
    assert answers == [REFUSED, REFUSED, Record(message=MESSAGE), Drop()]


def test_over_limit_overridden() -> None:
    """`record` leaves a run in ERROR for every start, `refuse` for none."""
    for kind in KINDS:
        record = admit(ONE_AT_A_TIME, start=kind, active_runs=1, policies=Policies(over_limit="record"))
        assert record == Record(message=MESSAGE)
    refuse = [admit(ONE_AT_A_TIME, start=k, active_runs=1, policies=Policies(over_limit="refuse")) for k in KINDS]
    assert refuse == [REFUSED, REFUSED, Drop(), Drop()]
