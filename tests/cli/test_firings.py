"""`gluedsl graph --firings`: the next times of a schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.flows import write

if TYPE_CHECKING:
    from tests.support.cli import Commands

FLOW = """
far = Workflow("far", role="GlueJobRole", start=cron("0 2 1 1,7 ? 2150"))

@far.python_shell_job
def load(run): ...
"""


def test_the_next_times(cli: Commands) -> None:
    """They are told by the clock of this machine, in UTC; without the option, none are."""
    write(cli.folder, FLOW)

    asked, not_asked = cli.call("graph", "flow.py", "--firings", "3"), cli.call("graph", "flow.py")

    assert "  next: 2150-01-01 02:00, 2150-07-01 02:00 UTC\n" in asked.out
    assert "next:" not in not_asked.out
    assert asked == cli.call("graph", "flow.py", "--workflow", "far", "--firings", "3")


@pytest.mark.parametrize("form", ["json", "mermaid", "dot"])
def test_only_the_text_tells_them(cli: Commands, form: str) -> None:
    """Other forms are golden files of somebody, which the time must not change."""
    ended = cli.call("graph", "flow.py", "--format", form, "--firings", "3")

    assert (ended.code, ended.out, ended.err) == (
        2,
        "",
        "error: --firings 3: only the text tells when schedules fire\n  hint: leave out --format\n",
    )


@pytest.mark.parametrize(
    ("count", "fault"), [("-1", "too small"), ("101", "too large"), ("many", "not a whole number")]
)
def test_how_many(cli: Commands, count: str, fault: str) -> None:
    """From none to a hundred."""
    ended = cli.call("graph", "flow.py", "--firings", count)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"error: --firings {count}: {fault}\n  hint: it takes 0 to 100\n"
