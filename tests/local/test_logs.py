"""What is kept of what jobs write."""

from __future__ import annotations

from gluedsl.graph import Node
from gluedsl.local.logs import LogLines, Logs


def lines(*texts: str, run_id: str = "jr_1") -> LogLines:
    """Return lines of a job run."""
    return LogLines(source=Node("JOB", "load"), run_id=run_id, stream="stdout", texts=texts)


def test_lines_are_kept_in_order_and_handed_on() -> None:
    """Each run has a log of its own; who listens hears all."""
    heard: list[LogLines] = []
    logs = Logs(heard.append)

    for each in (lines("a"), lines("other", run_id="jr_2"), lines("b", "c")):
        logs.add(each)

    assert (logs.text("jr_1"), logs.text("jr_2"), logs.text("jr_3")) == ("a\nb\nc\n", "other\n", "")
    assert [each.texts for each in heard] == [("a",), ("other",), ("b", "c")]


def test_of_a_long_log_the_end_is_kept() -> None:
    """What was dropped is counted."""
    logs = Logs()

    for number in range(10_000):
        logs.add(lines(f"{number:099}"))
    text = logs.text("jr_1")

    assert len(text) < 300_000
    assert text.splitlines()[0] == "[7379 earlier lines are not kept]"
    assert text.splitlines()[-1] == f"{9_999:099}"


def test_of_many_logs_the_newest_are_kept() -> None:
    """A local Glue that runs for long does not fill the memory."""
    logs = Logs()

    for number in range(501):
        logs.add(lines("a", run_id=f"jr_{number}"))

    assert (logs.text("jr_0"), logs.text("jr_1"), logs.text("jr_500")) == ("", "a\n", "a\n")
