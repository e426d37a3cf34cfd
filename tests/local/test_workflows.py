"""Workflows: create, read, change, delete, over HTTP by boto3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.engine import Policies
from tests.support.local import Api, refusal, until

if TYPE_CHECKING:
    from tests.support.local import Account


def test_a_workflow_is_what_it_was_created_as(account: Account) -> None:
    """GetWorkflow answers what CreateWorkflow took, with times, and without runs and graph."""
    created = account.glue.create_workflow(
        Name="flow", Description="Every night.", DefaultRunProperties={"env": "prod"}, MaxConcurrentRuns=2
    )
    got = account.glue.get_workflow(Name="flow")["Workflow"]

    assert created["Name"] == "flow"
    assert got.pop("CreatedOn") == got.pop("LastModifiedOn")
    assert got == {
        "Name": "flow",
        "Description": "Every night.",
        "DefaultRunProperties": {"env": "prod"},
        "MaxConcurrentRuns": 2,
    }


def test_a_second_workflow_of_a_name_is_refused(account: Account) -> None:
    """CreateWorkflow does not overwrite."""
    account.glue.create_workflow(Name="flow")

    assert refusal(account.glue.create_workflow, Name="flow") == (
        "AlreadyExistsException",
        "Workflow with name flow already exists",
    )


def test_an_unknown_workflow_is_refused(account: Account) -> None:
    """What names a workflow that is not there gets Glue's error."""
    expected = ("EntityNotFoundException", "Workflow with name: flow not found.")

    assert refusal(account.glue.get_workflow, Name="flow") == expected
    assert refusal(account.glue.update_workflow, Name="flow") == expected
    assert refusal(account.glue.start_workflow_run, Name="flow") == expected
    assert refusal(account.glue.get_workflow_runs, Name="flow") == expected


def test_an_update_replaces_the_whole_workflow(account: Account) -> None:
    """What UpdateWorkflow leaves out is gone: a blank limit is no limit."""
    account.glue.create_workflow(Name="flow", Description="old", MaxConcurrentRuns=1)

    account.glue.update_workflow(Name="flow", DefaultRunProperties={"a": "b"})
    got = account.glue.get_workflow(Name="flow")["Workflow"]

    assert {k: v for k, v in got.items() if not k.endswith("On")} == {
        "Name": "flow",
        "DefaultRunProperties": {"a": "b"},
    }
    assert got["LastModifiedOn"] > got["CreatedOn"]


def test_a_limit_below_one_is_refused(account: Account) -> None:
    """A workflow that could never run is not kept."""
    assert refusal(account.glue.create_workflow, Name="flow", MaxConcurrentRuns=0) == (
        "InvalidInputException",
        "MaxConcurrentRuns is at least 1, not 0",
    )


def test_deleting_twice_is_no_error(account: Account) -> None:
    """DeleteWorkflow answers the name whether the workflow was there or not."""
    account.glue.create_workflow(Name="flow")

    assert account.glue.delete_workflow(Name="flow")["Name"] == "flow"
    assert account.glue.delete_workflow(Name="flow")["Name"] == "flow"
    assert account.glue.list_workflows()["Workflows"] == []


def test_workflows_are_listed_in_pages(account: Account) -> None:
    """ListWorkflows gives names in order, a page at a time, and goes on after one that was deleted meanwhile."""
    for name in ("c", "a", "d", "b"):
        account.glue.create_workflow(Name=name)

    first = account.glue.list_workflows(MaxResults=2)
    account.glue.delete_workflow(Name="b")
    second = account.glue.list_workflows(MaxResults=2, NextToken=first["NextToken"])

    assert first["Workflows"] == ["a", "b"]
    assert second["Workflows"] == ["c", "d"]
    assert "NextToken" not in second


def test_a_token_of_somebody_else_is_refused(account: Account) -> None:
    """A NextToken that the service did not give is an error."""
    assert refusal(account.glue.list_workflows, NextToken="one") == (
        "InvalidInputException",
        "NextToken is not one that this service gave",
    )


def test_a_batch_tells_what_is_missing(account: Account) -> None:
    """BatchGetWorkflows answers what there is, each once, and names the rest."""
    account.glue.create_workflow(Name="a")

    got = account.glue.batch_get_workflows(Names=["a", "b", "a"])

    assert [w["Name"] for w in got["Workflows"]] == ["a"]
    assert got["MissingWorkflows"] == ["b"]


def test_the_graph_of_the_design_has_states_and_no_runs(account: Account) -> None:
    """GetWorkflow with its graph shows triggers as they are now, and jobs without runs."""
    account.shell_job("load")
    account.shell_job("report")
    account.glue.create_workflow(Name="flow")
    account.start("begin", "load")
    account.when("loaded", {"load": "SUCCEEDED"}, "report")
    account.glue.stop_trigger(Name="loaded")

    graph = account.glue.get_workflow(Name="flow", IncludeGraph=True)["Workflow"]["Graph"]
    names = {node["UniqueId"]: node["Name"] for node in graph["Nodes"]}

    assert [(n["Type"], n["Name"]) for n in graph["Nodes"]] == [
        ("TRIGGER", "begin"),
        ("JOB", "load"),
        ("TRIGGER", "loaded"),
        ("JOB", "report"),
    ]
    assert [n["TriggerDetails"]["Trigger"]["State"] for n in graph["Nodes"] if n["Type"] == "TRIGGER"] == [
        "CREATED",
        "DEACTIVATED",
    ]
    assert [n["JobDetails"] for n in graph["Nodes"] if n["Type"] == "JOB"] == [{}, {}]
    assert {(names[e["SourceId"]], names[e["DestinationId"]]) for e in graph["Edges"]} == {
        ("begin", "load"),
        ("load", "loaded"),
        ("loaded", "report"),
    }


def test_a_workflow_that_runs_is_not_deleted(api: Api) -> None:
    """DeleteWorkflow is refused until the last run has ended, and takes the runs with it."""
    api.job("load")
    api.flow("load")
    run_id = api.start()

    assert api.refusal("DeleteWorkflow", Name="flow") == (
        "InvalidInputException",
        "Workflow flow cannot be deleted: a run of it goes on.",
    )
    api.executor.end("load")
    api.until_over(run_id)
    api("DeleteWorkflow", Name="flow")
    api("CreateWorkflow", Name="flow")
    assert api("GetWorkflowRuns", Name="flow") == {"Runs": []}


def test_a_workflow_that_runs_is_deleted_where_the_policy_allows_it() -> None:
    """The runs are gone with it, what runs in them comes to its end, and a new workflow of the name begins anew."""
    api = Api(policies=Policies(delete_workflow="allow"))
    api.job("load")
    api.flow("load")
    run_id = api.start()
    api.until_works(1)

    api("DeleteWorkflow", Name="flow")

    assert api.refusal("GetWorkflowRun", Name="flow", RunId=run_id)[0] == "EntityNotFoundException"
    assert api.refusal("StartTrigger", Name="start") == (
        "EntityNotFoundException",
        "Workflow with name: flow not found.",
    )
    api.executor.end("load")
    until(lambda: api("GetJobRuns", JobName="load")["JobRuns"][0]["JobRunState"] == "SUCCEEDED")
    api("CreateWorkflow", Name="flow")
    assert api("GetWorkflowRuns", Name="flow") == {"Runs": []}
    api.start()
    api.service.close()


def test_a_workflow_shows_its_last_run(api: Api) -> None:
    """GetWorkflow has the newest run, with its graph only where the graph was asked for."""
    api.job("load", ExecutionProperty={"MaxConcurrentRuns": 2})
    api.flow("load")
    api.start()
    newest = api.start()

    plain = api("GetWorkflow", Name="flow")["Workflow"]["LastRun"]
    drawn = api("GetWorkflow", Name="flow", IncludeGraph=True)["Workflow"]["LastRun"]

    assert (plain["WorkflowRunId"], "Graph" in plain) == (newest, False)
    assert (drawn["WorkflowRunId"], "Graph" in drawn) == (newest, True)
