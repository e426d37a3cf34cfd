"""ResumeWorkflowRun: what the service answers, refuses and shows. What resuming means is the engine's.

https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.engine import Policies
from tests.support.local import Api, refusal, states

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.local import Account


@pytest.fixture
def chain(api: Api) -> Api:
    """Return a service with "flow": load, then publish and crawl, then report when both have succeeded."""
    for name in ("load", "publish", "report"):
        api.job(name, ExecutionProperty={"MaxConcurrentRuns": 2})
    api.crawler("crawl")
    api.flow("load", DefaultRunProperties={"env": "prod"})
    api.when("loaded", {"load": "SUCCEEDED"}, "publish", "crawl")
    api.when("both", {"publish": "SUCCEEDED", "crawl": "SUCCEEDED"}, "report")
    return api


def node_ids(run: Mapping[str, Any]) -> dict[str, str]:
    """Return the ids of a run's nodes by their names."""
    return {node["Name"]: node["UniqueId"] for node in run["Graph"]["Nodes"]}


def details(run: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the job runs or crawls of a node."""
    node = next(node for node in run["Graph"]["Nodes"] if node["Name"] == name)
    found: list[dict[str, Any]] = node.get("JobDetails", {}).get("JobRuns") or node["CrawlerDetails"]["Crawls"]
    return found


def ended(api: Api, **ends: Any) -> dict[str, Any]:
    """Run "flow" to its end; what is not named succeeds."""
    run_id = api.start(day="monday")
    for name in ("load", "publish", "crawl", "report"):
        api.executor.end(name, ends.get(name, "SUCCEEDED"))
    run = api.until_over(run_id)
    api.executor.forget_ends()
    return run


def resume(api: Api, run: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Resume a run from nodes."""
    ids = node_ids(run)
    return api("ResumeWorkflowRun", Name="flow", RunId=run["WorkflowRunId"], NodeIds=[ids[name] for name in names])


def test_a_run_goes_on_from_what_failed(chain: Api) -> None:
    """What failed and all below it runs anew in a run of its own; the rest is shown as it went in the run before."""
    first = ended(chain, publish="FAILED")
    assert states(first) == {"load": ["SUCCEEDED"], "publish": ["FAILED"], "crawl": ["SUCCEEDED"]}
    chain(
        "PutWorkflowRunProperties",
        Name="flow",
        RunId=first["WorkflowRunId"],
        RunProperties={"rows": "3"},
    )

    answer = resume(chain, first, "publish")
    chain.executor.end("publish")
    chain.executor.end("report")
    second = chain.until_over(answer["RunId"])

    assert answer["NodeIds"] == [node_ids(first)["publish"]]
    assert answer["RunId"] != first["WorkflowRunId"]
    assert second["PreviousRunId"] == first["WorkflowRunId"]
    assert second["Status"] == "COMPLETED"
    assert states(second) == {name: ["SUCCEEDED"] for name in ("load", "publish", "crawl", "report")}
    assert details(second, "load") == details(first, "load")
    assert details(second, "crawl") == details(first, "crawl")
    assert details(second, "publish")[0]["Id"] != details(first, "publish")[0]["Id"]
    assert details(second, "publish")[0]["TriggerName"] == "loaded"
    counters = {name: count for name, count in second["Statistics"].items() if count}
    assert counters == {"TotalActions": 4, "SucceededActions": 4}
    assert second["WorkflowRunProperties"] == {"env": "prod", "day": "monday", "rows": "3"}
    assert node_ids(second) == node_ids(first)


def test_what_was_copied_is_told_of_its_own_run(chain: Api) -> None:
    """A job that runs anew learns the id of the new run; what was copied was started in the old one."""
    first = ended(chain, publish="FAILED")

    run_id = resume(chain, first, "publish")["RunId"]
    chain.until_states(run_id, {"load": ["SUCCEEDED"], "publish": ["RUNNING"], "crawl": ["SUCCEEDED"]})

    work = chain.executor.works[-1]
    assert work.arguments["--WORKFLOW_RUN_ID"] == run_id  # type: ignore[union-attr]  # it is a job
    assert len(chain("GetJobRuns", JobName="load")["JobRuns"]) == 1


def test_only_the_uppermost_nodes_are_started(chain: Api) -> None:
    """One that is below another is not in the answer: it starts when its turn comes.

    https://docs.aws.amazon.com/glue/latest/webapi/API_ResumeWorkflowRun.html, NodeIds of the answer.
    """
    first = ended(chain)

    answer = resume(chain, first, "report", "load", "crawl")

    assert answer["NodeIds"] == [node_ids(first)["load"]]


def test_the_newest_run_is_the_last_run(chain: Api) -> None:
    """GetWorkflow and GetWorkflowRuns show the resumed run first."""
    first = ended(chain, publish="FAILED")

    run_id = resume(chain, first, "publish")["RunId"]

    assert chain("GetWorkflow", Name="flow")["Workflow"]["LastRun"]["WorkflowRunId"] == run_id
    listed = [run["WorkflowRunId"] for run in chain("GetWorkflowRuns", Name="flow")["Runs"]]
    assert listed == [run_id, first["WorkflowRunId"]]


def test_the_new_run_can_be_stopped(chain: Api) -> None:
    """It is a run like any other; what was copied is not touched."""
    first = ended(chain, publish="FAILED")
    run_id = resume(chain, first, "publish")["RunId"]
    chain.until_states(run_id, {"load": ["SUCCEEDED"], "publish": ["RUNNING"], "crawl": ["SUCCEEDED"]})

    chain("StopWorkflowRun", Name="flow", RunId=run_id)
    second = chain.until_over(run_id)

    assert second["Status"] == "STOPPED"
    assert states(second) == {"load": ["SUCCEEDED"], "publish": ["STOPPED"], "crawl": ["SUCCEEDED"]}
    assert chain.refusal("ResumeWorkflowRun", Name="flow", RunId=run_id, NodeIds=[node_ids(second)["publish"]]) == (
        "IllegalWorkflowStateException",
        f"Run {run_id} of workflow flow cannot be resumed: it is STOPPED, not COMPLETED.",
    )


def test_a_run_that_goes_on_is_not_resumed(chain: Api) -> None:
    """Only a COMPLETED run is."""
    run_id = chain.start()
    ids = node_ids(chain.run(run_id))

    assert chain.refusal("ResumeWorkflowRun", Name="flow", RunId=run_id, NodeIds=[ids["load"]]) == (
        "IllegalWorkflowStateException",
        f"Run {run_id} of workflow flow cannot be resumed: it is RUNNING, not COMPLETED.",
    )


def test_nodes_that_cannot_be_restarted(chain: Api) -> None:
    """A trigger, a node that never ran, one that is none, and none at all."""
    first = ended(chain, load="FAILED")
    ids, run_id = node_ids(first), first["WorkflowRunId"]

    def answer(*nodes: str) -> tuple[str, str]:
        return chain.refusal("ResumeWorkflowRun", Name="flow", RunId=run_id, NodeIds=list(nodes))

    code = "InvalidInputException"
    run = f"Run {run_id} of workflow flow"
    assert answer(ids["start"]) == (
        code,
        f"{run} cannot be resumed from trigger start: only jobs and crawlers can be restarted.",
    )
    assert answer(ids["report"]) == (code, f"{run} cannot be resumed from job report: it has no run attempt in it.")
    assert answer("wnode_0") == (code, f"{run} has no node wnode_0.")
    assert answer() == (code, f"{run} cannot be resumed: no nodes are given.")


def test_a_resumed_run_is_resumed_once_more(chain: Api) -> None:
    """Then only the original run is: policy `resume_depth`."""
    run = ended(chain, publish="FAILED")
    for _ in range(2):
        run_id = resume(chain, run, "publish")["RunId"]
        chain.executor.end("publish", "FAILED")
        run = chain.until_over(run_id)

    assert chain.refusal(
        "ResumeWorkflowRun", Name="flow", RunId=run["WorkflowRunId"], NodeIds=[node_ids(run)["publish"]]
    ) == (
        "IllegalWorkflowStateException",
        (
            f"Run {run['WorkflowRunId']} of workflow flow cannot be resumed: it resumes a run that was resumed itself. "
            "Resume the original run."
        ),
    )


def test_a_resumed_run_counts_against_the_limit(chain: Api) -> None:
    """Over MaxConcurrentRuns, ResumeWorkflowRun is refused as StartWorkflowRun is."""
    first = ended(chain, publish="FAILED")
    chain("UpdateWorkflow", Name="flow", MaxConcurrentRuns=1)
    chain.start()

    assert chain.refusal(
        "ResumeWorkflowRun", Name="flow", RunId=first["WorkflowRunId"], NodeIds=[node_ids(first)["publish"]]
    ) == ("ConcurrentRunsExceededException", "Concurrent runs exceeded for workflow: flow.")


def test_what_is_not_there_is_not_resumed(chain: Api) -> None:
    """Neither a workflow nor a run."""
    assert chain.refusal("ResumeWorkflowRun", Name="none", RunId="wr_1", NodeIds=[]) == (
        "EntityNotFoundException",
        "Workflow with name: none not found.",
    )
    assert chain.refusal("ResumeWorkflowRun", Name="flow", RunId="wr_1", NodeIds=[]) == (
        "EntityNotFoundException",
        "Workflow run with name: wr_1 not found.",
    )


def test_the_triggers_of_the_run_before_count() -> None:
    """A trigger that was deleted meanwhile fires in the resumed run; under the other policy it does not."""
    for policy, then in (("original", ["SUCCEEDED"]), ("latest", None)):
        api = Api(outcomes={"load": "FAILED", "report": "SUCCEEDED"}, policies=Policies(resume_graph=policy))  # type: ignore[arg-type]  # one of the two
        api.job("load")
        api.job("report")
        api.flow("load")
        api.when("failed", {"load": "FAILED"}, "report")
        first = api.run(api.start())
        api("DeleteTrigger", Name="failed")

        second = api.run(resume(api, first, "load")["RunId"])

        assert states(second).get("report") == then
        api.service.close()


def test_predecessor_runs_are_told_where_the_policy_wants_it() -> None:
    """The job runs that made a trigger fire are shown on what it started, in the graph and by GetJobRun."""
    api = Api(outcomes={"load": "SUCCEEDED", "report": "SUCCEEDED"}, policies=Policies(predecessor_runs="filled"))
    api.job("load")
    api.job("report")
    api.flow("load")
    api.when("loaded", {"load": "SUCCEEDED"}, "report")

    run = api.run(api.start())
    (load,), (report,) = details(api.run(run["WorkflowRunId"]), "load"), details(run, "report")
    alone = api("GetJobRun", JobName="report", RunId=report["Id"])["JobRun"]

    assert report["PredecessorRuns"] == [{"JobName": "load", "RunId": load["Id"]}]
    assert alone["PredecessorRuns"] == report["PredecessorRuns"]
    assert load["PredecessorRuns"] == []
    api.service.close()


def test_boto3_resumes_a_run(account: Account) -> None:
    """Over HTTP: the job that failed runs again, and what was waiting for it."""
    account.shell_job(
        "load",
        """
        import sys, boto3
        arguments = dict(zip(sys.argv[1::2], sys.argv[2::2]))
        run = {"Name": arguments["--WORKFLOW_NAME"], "RunId": arguments["--WORKFLOW_RUN_ID"]}
        if "fixed" not in boto3.client("glue").get_workflow_run_properties(**run)["RunProperties"]:
            raise SystemExit("not yet")
        """,
    )
    account.shell_job("report")
    account.glue.create_workflow(Name="flow")
    account.start("begin", "load")
    account.when("loaded", {"load": "SUCCEEDED"}, "report")
    first = account.run()
    run_id = first["WorkflowRunId"]
    account.glue.put_workflow_run_properties(Name="flow", RunId=run_id, RunProperties={"fixed": "yes"})

    answer = account.glue.resume_workflow_run(Name="flow", RunId=run_id, NodeIds=[node_ids(first)["load"]])
    second = account.ended(answer["RunId"])

    assert states(first) == {"load": ["FAILED"]}
    assert states(second) == {"load": ["SUCCEEDED"], "report": ["SUCCEEDED"]}
    assert refusal(account.glue.resume_workflow_run, Name="flow", RunId="wr_1", NodeIds=["x"])[0] == (
        "EntityNotFoundException"
    )


def test_a_job_in_two_triggers_of_one_flow(api: Api) -> None:
    """It is one node with two runs, and both of them start again."""
    for name in ("left", "right", "shared"):
        api.job(name, ExecutionProperty={"MaxConcurrentRuns": 2})
    api.flow("left", "right")
    api.when("one", {"left": "SUCCEEDED"}, "shared")
    api.when("two", {"right": "SUCCEEDED"}, "shared")
    run_id = api.start()
    for name in ("left", "right", "shared", "shared"):
        api.executor.end(name)
    first = api.until_over(run_id)

    answer = resume(api, first, "shared")
    api.executor.end("shared")
    api.executor.end("shared")
    second = api.until_over(answer["RunId"])

    assert answer["NodeIds"] == [node_ids(first)["shared"]]
    assert states(second)["shared"] == ["SUCCEEDED", "SUCCEEDED"]
