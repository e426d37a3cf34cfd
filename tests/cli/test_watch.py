"""`gluedsl watch`: which run is meant, what is shown of it, and what the command exits with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.operated import FAILING, FLOW, NAME, told

if TYPE_CHECKING:
    import pytest

    from tests.support.operated import Operated


def test_the_newest_run(deployed: Operated) -> None:
    """Without an id the newest run is shown; one that has ended is shown as it ended."""
    deployed.run()
    run_id = deployed.run()["WorkflowRunId"]

    ended = deployed.call("watch", NAME)

    assert ended.code == 0
    # All of it may have happened in one moment.
    assert sorted(told(ended.err).splitlines()) == [
        "<time> job load-orders SUCCEEDED in <length>",
        "<time> job publish SUCCEEDED in <length>",
        "<time> run <run> COMPLETED",
        "<time> the trigger of `load-orders` fired",
        "<time> trigger `publish-trigger` fired",
    ]
    assert ended.out.splitlines()[0] == f"{NAME}  run {run_id}"


def test_by_the_beginning_of_its_id(deployed: Operated) -> None:
    """Enough of an id is enough, with the workflow or in the folder of its flow; a failed run exits with 1."""
    (deployed.cli.folder / "flow.py").write_text(FLOW, encoding="utf-8")
    run_id = deployed.run()["WorkflowRunId"]
    deployed.run()
    failed = deployed.run(FAILING)["WorkflowRunId"]

    for arguments in ([NAME, run_id], [NAME, run_id[:15]], [run_id[:15]], ["flow.py", run_id]):
        ended = deployed.call("watch", *arguments, "--format", "json")
        assert (ended.code, ended.json()["run_id"]) == (0, run_id)
    ended = deployed.call("watch", FAILING, failed[:20], "--format", "json")
    assert (ended.code, ended.json()["outcome"]) == (1, "FAILED")


def test_refusals(deployed: Operated) -> None:
    """An id that fits no run, or several, and a workflow without runs are one line with a hint."""
    first, second = (deployed.run()["WorkflowRunId"] for _ in range(2))
    deployed.account.glue.create_workflow(Name="never")
    newest, older = second[:15], first[:15]

    ended = deployed.call("watch", NAME, "wr_")
    assert ended.code == 2
    assert ended.err.startswith(f"error: `wr_` may be `{newest}` or `{older}`")
    assert ended.err.endswith("\n  hint: give more of its id\n")
    for arguments, message, hint in (
        (
            [NAME, "wr_0000000000000000"],
            f"workflow `{NAME}` has no run `wr_0000000000000000`",
            "Glue keeps runs for 90 days; `gluedsl runs` lists them",
        ),
        (
            [NAME, f"wr_{'0' * 64}"],
            f"workflow `{NAME}` has no run `wr_{'0' * 64}`",
            "Glue keeps runs for 90 days; `gluedsl runs` lists them",
        ),
        (["never"], "workflow `never` has not run yet", "gluedsl start never"),
        (["nightly-sails"], "workflow `nightly-sails` is not deployed", f"did you mean `{NAME}`?"),
        (["wr_12"], "no flow file in .", "name a deployed workflow, or go to the folder of its flow"),
    ):
        ended = deployed.call("watch", *arguments)
        assert (ended.code, ended.out, ended.err) == (2, "", f"error: {message}\n  hint: {hint}\n")


def test_ctrl_c_leaves_the_run_alone(deployed: Operated, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops looking is told that the run goes on, and what would end it."""
    run_id = deployed.begin()

    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gluedsl.cli.deployed.time.sleep", interrupted)
    ended = deployed.call("watch", "endless")
    monkeypatch.undo()

    assert (ended.code, ended.out) == (130, "")
    hint = f"the run goes on; what stops it: gluedsl stop endless {run_id[:15]}"
    assert ended.err.splitlines()[-1] == hint
    assert deployed.account.get(run_id, "endless")["Status"] == "RUNNING"
