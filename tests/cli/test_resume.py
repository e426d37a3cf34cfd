"""`gluedsl resume`: a run that has ended, from some of its nodes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.operated import ENDLESS, FAILING, NAME, told

if TYPE_CHECKING:
    from tests.support.operated import Operated


@pytest.mark.parametrize("node", ["publish", f"{NAME}-publish"])
def test_a_run_goes_on_from_a_node(deployed: Operated, node: str) -> None:
    """The node runs again in a new run, whose id is the data; what was before it is copied."""
    first = deployed.run()["WorkflowRunId"]

    ended = deployed.call("resume", NAME, first, "--from", node)

    assert (ended.code, told(ended.out)) == (0, "<run>\n")
    assert told(ended.err) == (
        f"resumed run <short> from {NAME}-publish\nwhat shows it: gluedsl watch {NAME} <short>\n"
    )
    run = deployed.account.ended(ended.out.strip(), NAME)
    assert run["PreviousRunId"] == first


def test_the_newest_is_resumed_and_watched(deployed: Operated) -> None:
    """Without an id it is the newest run; with --watch the new one is shown to its end, from several nodes too."""
    deployed.run(FAILING)

    ended = deployed.call("resume", FAILING, "--from", "load-orders", "--from", "page", "--watch", "--format", "json")

    assert (ended.code, ended.json()["outcome"]) == (1, "FAILED")
    assert told(ended.err).startswith(f"resumed run <short> from {FAILING}-load-orders\n")


def test_refusals(deployed: Operated) -> None:
    """What cannot be resumed is refused with the reason, before Glue is asked."""
    completed = deployed.run()["WorkflowRunId"]
    going_on = deployed.begin()
    which = f"run `{completed[:15]}` of workflow `{NAME}`"
    json_alone = "--format json: what is written is the id of the run alone"

    for arguments, message, hint in (
        (
            [NAME],
            "resume without --from: which jobs or crawlers are to run again?",
            "gluedsl resume RUN_ID --from NODE; --from may be given several times",
        ),
        ([NAME, "--from", "publish", "--format", "json"], json_alone, "give --watch as well"),
        (
            [NAME, completed, "--from", "publsh"],
            f"workflow `{NAME}` has no job or crawler `publsh`",
            "did you mean `publish`?",
        ),
        (
            [NAME, completed, "--from", "page"],
            f"{which} never started job `{NAME}-page`, so it cannot go on from there",
            f"it started `{NAME}-load-orders`, `{NAME}-publish`",
        ),
        (
            [ENDLESS, "--from", "sleep"],
            f"run `{going_on[:15]}` of workflow `{ENDLESS}` is RUNNING: only one that is COMPLETED can be resumed",
            "wait for its end",
        ),
    ):
        ended = deployed.call("resume", *arguments)
        assert (ended.code, ended.out, ended.err) == (2, "", f"error: {message}\n  hint: {hint}\n")


def test_a_stopped_run_is_not_resumed(deployed: Operated) -> None:
    """Only what is COMPLETED can be resumed; after a stop a new run is what there is."""
    run_id = deployed.begin()
    deployed.end_all()

    ended = deployed.call("resume", ENDLESS, run_id, "--from", "sleep")

    message = f"run `{run_id[:15]}` of workflow `{ENDLESS}` is STOPPED: only one that is COMPLETED can be resumed"
    assert (ended.code, ended.err) == (2, f"error: {message}\n  hint: gluedsl start {ENDLESS}\n")
