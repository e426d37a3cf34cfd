"""`gluedsl stop`: a run and what runs in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.local import until
from tests.support.operated import ENDLESS, NAME, STUBBORN, told

if TYPE_CHECKING:
    from tests.support.operated import Operated


def test_the_run_under_way_is_stopped(deployed: Operated) -> None:
    """Without an id it is the one that is under way; it is waited for, and shown as it ended."""
    run_id = deployed.begin()
    until(lambda: deployed.account.get(run_id, ENDLESS)["Statistics"]["RunningActions"] == 1)

    ended = deployed.call("stop", ENDLESS)

    assert (ended.code, told(ended.err)) == (0, f"stopping run <short> of {ENDLESS}\n")
    assert told(ended.out).splitlines()[:2] == [
        f"{ENDLESS}  run <run>",
        "STOPPED, outcome FAILED: 1 action stopped (no trigger watches for it)",
    ]
    assert deployed.account.get(run_id, ENDLESS)["Status"] == "STOPPED"


def test_one_of_several_is_named(deployed: Operated) -> None:
    """Where several runs are under way one has to be named."""
    ids = [deployed.begin() for _ in range(2)]

    ended = deployed.call("stop", ENDLESS)
    named = deployed.call("stop", ENDLESS, ids[0][:12], "--format", "json")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        f"error: 2 runs of workflow `{ENDLESS}` are under way: `{ids[1][:15]}`, `{ids[0][:15]}`\n"
        "  hint: name one of them\n"
    )
    assert (named.code, named.json()["status"]) == (0, "STOPPED")
    assert deployed.account.get(ids[1], ENDLESS)["Status"] == "RUNNING"


@pytest.mark.slow
def test_it_is_not_waited_for_for_ever(deployed: Operated) -> None:
    """After as many seconds as were given the command ends with 1, and says how it is then."""
    run_id = deployed.begin(STUBBORN)
    job_run = deployed.account.glue.get_job_runs(JobName="deaf")["JobRuns"][0]["Id"]
    until(lambda: deployed.account.local.logs(job_run) == "deaf\n")

    ended = deployed.call("stop", STUBBORN, run_id, "--wait", "0", "--format", "json")

    assert (ended.code, ended.json()["status"]) == (1, "STOPPING")
    assert ended.err.endswith("it is still STOPPING after 0 s; jobs may take their time\n")


def test_refusals(deployed: Operated) -> None:
    """Where nothing is under way there is nothing to stop."""
    run_id = deployed.run()["WorkflowRunId"]

    assert deployed.call("stop", NAME).err == (
        f"error: no run of workflow `{NAME}` is under way\n  hint: gluedsl runs {NAME}\n"
    )
    ended = deployed.call("stop", NAME, run_id)
    message = f"run `{run_id[:15]}` of workflow `{NAME}` is COMPLETED: there is nothing to stop"
    assert (ended.code, ended.out, ended.err.splitlines()[-1]) == (2, "", f"error: {message}")
