"""`gluedsl runs`: the runs of a deployed workflow, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.operated import ENDLESS, FAILING, NAME, told

if TYPE_CHECKING:
    from tests.support.operated import Operated


def test_there_are_none(deployed: Operated) -> None:
    """A workflow that has not run yet has no table, and that is no error."""
    deployed.account.glue.create_workflow(Name="new")

    ended = deployed.call("runs", "new")

    assert (ended.code, ended.out, ended.err) == (0, "", "workflow `new` has not run yet\n")
    assert deployed.call("runs", "new", "--format", "json").json() == {"version": 1, "workflow": "new", "runs": []}


def test_the_newest_comes_first(deployed: Operated) -> None:
    """One line a run, with what it came to; --limit leaves out the older ones."""
    ids = [deployed.run(FAILING)["WorkflowRunId"] for _ in range(3)]

    ended = deployed.call("runs", FAILING, "--limit", "2")

    assert (ended.code, ended.err) == (0, "")
    assert told(ended.out) == (
        "Run              Status     Outcome  Started (UTC)        Took   Actions\n"
        "<short>  COMPLETED  FAILED   <moment> <length>  1 of 3 actions succeeded, 1 failed\n"
        "<short>  COMPLETED  FAILED   <moment> <length>  1 of 3 actions succeeded, 1 failed\n"
    )
    assert [line.split()[0] for line in ended.out.splitlines()[1:]] == [run_id[:15] for run_id in (ids[2], ids[1])]


def test_one_that_goes_on(deployed: Operated) -> None:
    """A run that has not ended has no outcome yet, and has taken what it took so far."""
    deployed.begin()

    line = told(deployed.call("runs", ENDLESS).out).splitlines()[1]

    assert line == "<short>  RUNNING           <moment> <length>  0 of 1 action succeeded, 1 running"


def test_for_programs(deployed: Operated) -> None:
    """The document has whole ids and Glue's own counters."""
    run_id = deployed.run()["WorkflowRunId"]

    document = deployed.call("runs", NAME, "--format", "json").json()

    assert (document["version"], document["workflow"]) == (1, NAME)
    newest = document["runs"][0]
    assert {key: newest[key] for key in ("run_id", "status", "outcome", "error", "previous_run_id")} == {
        "run_id": run_id,
        "status": "COMPLETED",
        "outcome": "SUCCEEDED",
        "error": None,
        "previous_run_id": None,
    }
    assert newest["started_on"].endswith("Z")
    assert newest["statistics"]["SucceededActions"] == 2


def test_a_wrong_name(deployed: Operated) -> None:
    """A name that is nearly right is put right."""
    ended = deployed.call("runs", "weekly-reports")

    assert (ended.code, ended.out, ended.err) == (
        2,
        "",
        f"error: workflow `weekly-reports` is not deployed\n  hint: did you mean `{FAILING}`?\n",
    )
