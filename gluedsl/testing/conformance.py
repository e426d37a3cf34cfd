"""What anything must do that calls itself a Glue: a suite for pytest, to be subclassed.

    class TestMine(GlueConformance):
        @pytest.fixture
        def opened(self) -> ConformanceAccount:
            return ConformanceAccount(glue=boto3.client("glue"), s3=boto3.client("s3"), ...)

The same suite runs against the Glue of the fixtures, against the local Glue, and, where somebody asks for it, against
an account on AWS: `on_aws` says when. It makes names that nothing else has, and takes away what it has made.
"""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from gluedsl.testing.conformance_account import ConformanceAccount, job_states

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["PROFILE", "ConformanceAccount", "GlueConformance", "account_on_aws", "on_aws"]

PROFILE = "GLUEDSL_CONFORMANCE_PROFILE"
"""The environment variable that names the AWS profile of an account to run the suite in."""
_ROLE, _BUCKET = "GLUEDSL_CONFORMANCE_ROLE", "GLUEDSL_CONFORMANCE_BUCKET"
_LOOK_SECONDS = 5.0

on_aws = pytest.mark.skipif(
    PROFILE not in os.environ,
    reason=f"costs money: set {PROFILE}, {_ROLE} and {_BUCKET} to run it in an account on AWS",
)


def account_on_aws() -> ConformanceAccount:
    """Return the account on AWS that the environment names."""
    import boto3  # noqa: PLC0415 -- a quarter of a second, for whoever asks for it

    session = boto3.Session(profile_name=os.environ[PROFILE])
    return ConformanceAccount(
        glue=session.client("glue"),
        s3=session.client("s3"),
        role=os.environ[_ROLE],
        bucket=os.environ[_BUCKET],
        pause=lambda: time.sleep(_LOOK_SECONDS),
    )


def refused(call: Callable[..., object], **parameters: Any) -> str:
    """Return the code of the error that a call ends in."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    code: str = caught.value.response["Error"]["Code"]
    return code


class GlueConformance:
    """Behaviours of Glue; a subclass says which Glue."""

    @pytest.fixture
    def opened(self) -> ConformanceAccount:
        """Return the account; a subclass has its own."""
        message = f"{type(self).__name__} names no account: give it a fixture `opened`"
        raise NotImplementedError(message)

    @pytest.fixture
    def account(self, opened: ConformanceAccount) -> Iterator[ConformanceAccount]:
        """Return the account, and take away afterwards what the test has made."""
        try:
            yield opened
        finally:
            opened.clean_up()

    def test_names_are_unique(self, account: ConformanceAccount) -> None:
        """A second workflow, job or trigger of a name is refused, and the first stays as it is."""
        workflow, job = account.workflow(Description="the first"), account.job("a")
        start = account.trigger("start", job, workflow=workflow)
        command = account.glue.get_job(JobName=job)["Job"]["Command"]

        glue = account.glue
        assert refused(glue.create_workflow, Name=workflow) == "AlreadyExistsException"
        assert glue.get_workflow(Name=workflow)["Workflow"]["Description"] == "the first"
        assert refused(glue.create_job, Name=job, Role=account.role, Command=command) == "AlreadyExistsException"
        again = {"Name": start, "Type": "ON_DEMAND", "Actions": [{"JobName": job}]}
        assert refused(glue.create_trigger, **again) == "AlreadyExistsException"

    def test_what_is_named_must_be_there(self, account: ConformanceAccount) -> None:
        """What does not exist is not found: by a trigger's workflow, and by whoever asks for it."""
        job, missing = account.job("a"), account.name("missing")
        action = [{"JobName": job}]

        glue = account.glue
        made = {"Name": account.name("t"), "Type": "ON_DEMAND", "WorkflowName": missing, "Actions": action}
        assert refused(glue.create_trigger, **made) == "EntityNotFoundException"
        assert refused(glue.get_workflow, Name=missing) == "EntityNotFoundException"
        assert refused(glue.get_trigger, Name=missing) == "EntityNotFoundException"
        assert refused(glue.get_job, JobName=missing) == "EntityNotFoundException"
        assert refused(glue.start_workflow_run, Name=missing) == "EntityNotFoundException"

    def test_one_start_trigger(self, account: ConformanceAccount) -> None:
        """A workflow has one trigger that begins its runs."""
        workflow, job = account.workflow(), account.job("a")
        account.trigger("start", job, workflow=workflow)

        second = {"Name": account.name("second"), "Type": "ON_DEMAND", "WorkflowName": workflow}
        code = refused(account.glue.create_trigger, **second, Actions=[{"JobName": job}])
        assert code == "InvalidInputException"

    def test_activation(self, account: ConformanceAccount) -> None:
        """A trigger is CREATED until it is activated; one on demand stays so, and begins a run when it is started."""
        workflow, first, second = account.workflow(), account.job("a"), account.job("b")
        start = account.trigger("start", first, workflow=workflow)
        follow = account.after("follow", {first: "SUCCEEDED"}, second, workflow=workflow, active=False)
        assert [account.trigger_state(name, "CREATED") for name in (start, follow)] == ["CREATED", "CREATED"]

        account.glue.start_trigger(Name=follow)
        assert account.trigger_state(follow, "ACTIVATED") == "ACTIVATED"
        account.glue.stop_trigger(Name=follow)
        assert account.trigger_state(follow, "DEACTIVATED") == "DEACTIVATED"
        account.glue.start_trigger(Name=start)
        runs = account.glue.get_workflow_runs(Name=workflow)["Runs"]
        assert account.trigger_state(start, "CREATED") == "CREATED"
        assert len(runs) == 1
        account.ended(workflow, runs[0]["WorkflowRunId"])

    def test_run_properties(self, account: ConformanceAccount) -> None:
        """Defaults, overlaid with those of the start, overlaid with those that are put; the defaults stay."""
        workflow = account.workflow(DefaultRunProperties={"env": "prod", "rows": "0"})
        account.trigger("start", account.job("a"), workflow=workflow)
        run_id = account.start(workflow, env="test")
        account.glue.put_workflow_run_properties(Name=workflow, RunId=run_id, RunProperties={"rows": "7", "new": ""})

        properties = account.glue.get_workflow_run_properties(Name=workflow, RunId=run_id)["RunProperties"]
        assert properties == {"env": "test", "rows": "7", "new": ""}
        assert account.ended(workflow, run_id)["WorkflowRunProperties"] == properties
        defaults = account.glue.get_workflow(Name=workflow)["Workflow"]["DefaultRunProperties"]
        assert defaults == {"env": "prod", "rows": "0"}
        unknown = {"Name": workflow, "RunId": "wr_" + "0" * 64}
        assert refused(account.glue.get_workflow_run_properties, **unknown) == "EntityNotFoundException"

    def test_all_conditions(self, account: ConformanceAccount) -> None:
        """An AND trigger fires when the last of its conditions is met, and starts its job once."""
        workflow, join = account.workflow(), account.job("join")
        parts = [account.job("a"), account.job("b")]
        account.trigger("start", *parts, workflow=workflow)
        account.after("both", dict.fromkeys(parts, "SUCCEEDED"), join, workflow=workflow)

        run = account.ended(workflow, account.start(workflow))
        assert (run["Status"], job_states(run)) == ("COMPLETED", {job: ["SUCCEEDED"] for job in [*parts, join]})
        assert run["Statistics"]["TotalActions"] == run["Statistics"]["SucceededActions"] == len(parts) + 1

    def test_any_condition(self, account: ConformanceAccount) -> None:
        """An ANY trigger fires once, however many of its conditions are met."""
        workflow, either = account.workflow(), account.job("either")
        parts = [account.job("a"), account.job("b")]
        account.trigger("start", *parts, workflow=workflow)
        account.after("any", dict.fromkeys(parts, "SUCCEEDED"), either, workflow=workflow, logical="ANY")

        run = account.ended(workflow, account.start(workflow))
        assert job_states(run)[either] == ["SUCCEEDED"]

    def test_a_failure(self, account: ConformanceAccount) -> None:
        """A branch for failures starts, what waits for success never does, and the run is COMPLETED all the same."""
        workflow, load = account.workflow(), account.job("load", ends="FAILED")
        publish, page = account.job("publish"), account.job("page")
        account.trigger("start", load, workflow=workflow)
        account.after("good", {load: "SUCCEEDED"}, publish, workflow=workflow)
        account.after("bad", {load: "FAILED"}, page, workflow=workflow)

        run = account.ended(workflow, account.start(workflow))
        assert run["Status"] == "COMPLETED"
        assert job_states(run) == {load: ["FAILED"], publish: [], page: ["SUCCEEDED"]}
        counted = {name: count for name, count in run["Statistics"].items() if count}
        assert counted == {"TotalActions": 3, "FailedActions": 1, "SucceededActions": 1}

    def test_an_inactive_trigger(self, account: ConformanceAccount) -> None:
        """A conditional trigger that was not activated does not fire."""
        workflow, first, second = account.workflow(), account.job("a"), account.job("b")
        account.trigger("start", first, workflow=workflow)
        account.after("off", {first: "SUCCEEDED"}, second, workflow=workflow, active=False)

        run = account.ended(workflow, account.start(workflow))
        assert job_states(run) == {first: ["SUCCEEDED"], second: []}

    def test_stopping(self, account: ConformanceAccount) -> None:
        """A run that is stopped ends STOPPED, and can be stopped or resumed no more."""
        workflow, first, second = account.workflow(), account.job("a"), account.job("b")
        account.trigger("start", first, workflow=workflow)
        account.after("next", {first: "SUCCEEDED"}, second, workflow=workflow)
        run_id = account.start(workflow)
        account.glue.stop_workflow_run(Name=workflow, RunId=run_id)

        run = account.ended(workflow, run_id)
        assert run["Status"] == "STOPPED"
        assert job_states(run)[second] == []
        stop, resume = account.glue.stop_workflow_run, account.glue.resume_workflow_run
        assert refused(stop, Name=workflow, RunId=run_id) == "IllegalWorkflowStateException"
        ids = [node["UniqueId"] for node in run["Graph"]["Nodes"] if node["Name"] == first]
        assert refused(resume, Name=workflow, RunId=run_id, NodeIds=ids) == "IllegalWorkflowStateException"

    def test_resuming(self, account: ConformanceAccount) -> None:
        """A run goes on from a job that was attempted, as a new run; one that was not attempted cannot be chosen."""
        workflow = account.workflow()
        good, bad = account.job("good"), account.job("bad", ends="FAILED")
        never = account.job("never")
        account.trigger("start", good, bad, workflow=workflow)
        account.after("next", {bad: "SUCCEEDED"}, never, workflow=workflow)
        first = account.ended(workflow, account.start(workflow))
        ids = {node["Name"]: node["UniqueId"] for node in first["Graph"]["Nodes"]}

        resume = account.glue.resume_workflow_run
        unattempted = {"Name": workflow, "RunId": first["WorkflowRunId"], "NodeIds": [ids[never]]}
        assert refused(resume, **unattempted) == "InvalidInputException"
        answer = resume(Name=workflow, RunId=first["WorkflowRunId"], NodeIds=[ids[bad]])
        assert answer["NodeIds"] == [ids[bad]]
        second = account.ended(workflow, answer["RunId"])
        assert second["PreviousRunId"] == first["WorkflowRunId"]
        assert job_states(second)[good] == ["SUCCEEDED"]

    def test_concurrent_runs(self, account: ConformanceAccount) -> None:
        """A start over the workflow's limit is refused."""
        workflow = account.workflow(MaxConcurrentRuns=1)
        account.trigger("start", account.job("a"), workflow=workflow)
        run_id = account.start(workflow)

        assert refused(account.glue.start_workflow_run, Name=workflow) == "ConcurrentRunsExceededException"
        account.ended(workflow, run_id)

    def test_deletion(self, account: ConformanceAccount) -> None:
        """What was deleted is not found; to delete it again is no error."""
        workflow, job = account.workflow(), account.job("a")
        start = account.trigger("start", job, workflow=workflow)

        glue = account.glue
        for _ in range(2):
            glue.delete_trigger(Name=start)
            glue.delete_workflow(Name=workflow)
            glue.delete_job(JobName=job)
        assert refused(glue.get_trigger, Name=start) == "EntityNotFoundException"
        assert refused(glue.get_workflow, Name=workflow) == "EntityNotFoundException"
        assert refused(glue.get_job, JobName=job) == "EntityNotFoundException"

    def test_pages(self, account: ConformanceAccount) -> None:
        """Lists come in pages, which together have everything once; names that are missing are told."""
        names = [account.workflow(name) for name in ("one", "two", "three")]

        pages = account.glue.get_paginator("list_workflows").paginate(PaginationConfig={"PageSize": 1})
        found = [name for page in pages for name in page["Workflows"] if name in names]
        assert sorted(found) == sorted(names)
        missing = account.name("missing")
        answer = account.glue.batch_get_workflows(Names=[*names, missing])
        assert sorted(each["Name"] for each in answer["Workflows"]) == sorted(names)
        assert answer["MissingWorkflows"] == [missing]

    def test_graphs(self, account: ConformanceAccount) -> None:
        """Each trigger and job is one node, with the same id in the design and in every run."""
        workflow, first, second = account.workflow(), account.job("a"), account.job("b")
        start = account.trigger("start", first, workflow=workflow)
        follow = account.after("next", {first: "SUCCEEDED"}, second, workflow=workflow)
        run_id = account.start(workflow)
        design = account.glue.get_workflow(Name=workflow, IncludeGraph=True)["Workflow"]["Graph"]
        seen = account.ended(workflow, run_id)["Graph"]

        ids = {node["Name"]: node["UniqueId"] for node in design["Nodes"]}
        assert ids == {node["Name"]: node["UniqueId"] for node in seen["Nodes"]}
        assert ids.keys() == {first, second, start, follow}
        assert all(re.fullmatch("wnode_[0-9a-f]{64}", each) for each in ids.values())
        edges = {(edge["SourceId"], edge["DestinationId"]) for edge in seen["Edges"]}
        assert edges == {(ids[start], ids[first]), (ids[first], ids[follow]), (ids[follow], ids[second])}
        assert re.fullmatch("wr_[0-9a-f]{64}", run_id)
