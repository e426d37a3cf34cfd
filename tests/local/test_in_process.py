"""The local Glue inside a process: which clients reach it, whose jobs can use it, and that nothing of it stays."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3
import pytest
import requests
from botocore.exceptions import ClientError
from botocore.httpsession import URLLib3Session
from moto import mock_aws
from moto.glue.responses import GlueResponse

from gluedsl.errors import UsageError
from gluedsl.local import InProcessGlue, LocalGlue
from gluedsl.local.work import Ended
from tests.support.local import ROLE, refusal, shell_job, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.local.work import CrawlWork, JobWork

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEYS: Any = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
EARLIER: Any = boto3.client("glue", region_name="us-east-1", **KEYS)
"""A client from before any mock, as a module under test makes one when it is imported."""


def glue_client(region: str | None = None) -> Any:
    """Return a client of Glue as code under test makes one."""
    return boto3.client("glue", region_name=region)


def flow(glue: Any, *jobs: str) -> None:
    """Create the workflow "flow", which starts jobs."""
    for job in jobs:
        glue.create_job(**shell_job(job))
    glue.create_workflow(Name="flow")
    glue.create_trigger(Name="go", Type="ON_DEMAND", WorkflowName="flow", Actions=[{"JobName": job} for job in jobs])


def ended(glue: Any, run_id: str) -> dict[str, Any]:
    """Wait for the end of a run of "flow"; return it with its graph."""

    def get() -> dict[str, Any]:
        run: dict[str, Any] = glue.get_workflow_run(Name="flow", RunId=run_id, IncludeGraph=True)["Run"]
        return run

    until(lambda: get()["Status"] != "RUNNING")
    return get()


class Calling:
    """An executor whose jobs are a function of the test's."""

    def __init__(self, body: Callable[[JobWork, threading.Event], None]) -> None:
        self._body = body

    def run_job(self, work: JobWork, stop: threading.Event) -> Ended:
        """Call the function."""
        self._body(work, stop)
        return Ended("STOPPED" if stop.is_set() else "SUCCEEDED")

    def crawl(self, work: CrawlWork, stop: threading.Event) -> Ended:  # noqa: ARG002 -- as the protocol has it
        """Do nothing."""
        return Ended("SUCCEEDED")


def test_a_workflow_runs() -> None:
    """Where nothing else is said every job succeeds at once, and the run with its graph is there to be read."""
    with mock_aws(), InProcessGlue() as it:
        glue = glue_client()
        flow(glue, "load", "clean")
        run_id = glue.start_workflow_run(Name="flow", RunProperties={"day": "1"})["RunId"]
        run = ended(glue, run_id)

        assert run["Status"] == "COMPLETED"
        assert run["Statistics"]["SucceededActions"] == 2
        assert glue.get_workflow_run_properties(Name="flow", RunId=run_id)["RunProperties"] == {"day": "1"}
        snapshot = it.snapshot("flow", run_id)
        assert snapshot is not None
        assert snapshot.outcome == "SUCCEEDED"


def test_clients_of_any_age_and_session_reach_it() -> None:
    """A client made before, one of a session of its own, and a resource's client all see the same Glue."""
    with mock_aws():
        inside_the_mock = boto3.client("glue", region_name="us-east-1")
        with InProcessGlue():
            EARLIER.create_workflow(Name="flow")
            clients = [
                glue_client(),
                inside_the_mock,
                boto3.Session(region_name="us-east-1").client("glue"),
                boto3.client("glue", **KEYS),
            ]
            assert [client.list_workflows()["Workflows"] for client in clients] == [["flow"]] * len(clients)


def test_it_mocks_aws_by_itself() -> None:
    """Without `mock_aws` around it the rest of AWS is moto's all the same, and the catalog is too."""
    with InProcessGlue():
        boto3.client("s3").create_bucket(Bucket="lake")
        glue_client().create_database(DatabaseInput={"Name": "db"})

        assert [b["Name"] for b in boto3.client("s3").list_buckets()["Buckets"]] == ["lake"]
        assert [d["Name"] for d in glue_client().get_databases()["DatabaseList"]] == ["db"]
        assert boto3.client("sts").get_caller_identity()["Account"] == "123456789012"


def test_what_an_outer_mock_holds_stays() -> None:
    """Buckets and tables that a test has made in moto before are there, and are there after."""
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="before")
        with InProcessGlue():
            boto3.client("s3").create_bucket(Bucket="inside")
        names = [b["Name"] for b in boto3.client("s3", region_name="us-east-1").list_buckets()["Buckets"]]

    assert names == ["before", "inside"]


def test_a_decorated_test_inside_is_no_matter() -> None:
    """A `mock_aws` that begins and ends within leaves the Glue as it is."""
    with InProcessGlue():
        glue_client().create_workflow(Name="flow")
        with mock_aws():
            assert glue_client().list_workflows()["Workflows"] == ["flow"]

        assert glue_client().list_workflows()["Workflows"] == ["flow"]


def test_errors_are_those_of_the_client() -> None:
    """A refusal is the exception that boto3 has for its code, with code, text and the id of the request."""
    with InProcessGlue():
        glue = glue_client()
        with pytest.raises(glue.exceptions.EntityNotFoundException) as caught:
            glue.get_workflow(Name="nowhere")

    answer = caught.value.response
    assert isinstance(caught.value, ClientError)
    assert answer["Error"] == {
        "Code": "EntityNotFoundException",
        "Message": "Workflow with name: nowhere not found.",
    }
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert len(answer["ResponseMetadata"]["RequestId"]) == 36


def test_times_are_aware() -> None:
    """A moment comes as boto3 gives AWS's: with a zone, to the millisecond, by the clock handed in."""
    with InProcessGlue(clock=lambda: NOON):
        glue = glue_client()
        glue.create_workflow(Name="flow")
        created = glue.get_workflow(Name="flow")["Workflow"]["CreatedOn"]

    assert created.tzinfo is not None
    assert created == NOON


def test_jobs_use_it_too() -> None:
    """Code of a job that makes a client, in the thread in which the job runs, reaches the same Glue and the same S3."""

    def body(work: JobWork, _stop: threading.Event) -> None:
        name, run_id = work.arguments["--WORKFLOW_NAME"], work.arguments["--WORKFLOW_RUN_ID"]
        glue_client().put_workflow_run_properties(Name=name, RunId=run_id, RunProperties={work.job_name: "was here"})
        boto3.client("s3").put_object(Bucket="lake", Key=work.job_name, Body=b"done")

    with InProcessGlue(executor=Calling(body)):
        glue = glue_client()
        boto3.client("s3").create_bucket(Bucket="lake")
        flow(glue, "load", "clean")
        run_id = glue.start_workflow_run(Name="flow")["RunId"]
        run = ended(glue, run_id)

        assert run["WorkflowRunProperties"] == {"load": "was here", "clean": "was here"}
        assert [o["Key"] for o in boto3.client("s3").list_objects_v2(Bucket="lake")["Contents"]] == ["clean", "load"]


def test_outcomes_are_given() -> None:
    """A job whose outcome is given does not run and ends in it."""
    with InProcessGlue(outcomes={"load": "FAILED"}):
        glue = glue_client()
        flow(glue, "load")
        run = ended(glue, glue.start_workflow_run(Name="flow")["RunId"])

    assert run["Statistics"]["FailedActions"] == 1


def test_requests_is_answered_too() -> None:
    """What is sent without boto3 arrives as well, as it does at moto."""
    with InProcessGlue():
        answer = requests.post(
            "https://glue.us-east-1.amazonaws.com/",
            headers={"X-Amz-Target": "AWSGlue.CreateWorkflow", "Content-Type": "application/x-amz-json-1.1"},
            data='{"Name": "flow"}',
            timeout=5,
        )

        assert (answer.status_code, answer.json()) == (200, {"Name": "flow"})
        assert glue_client().list_workflows()["Workflows"] == ["flow"]


def test_another_region_is_refused() -> None:
    """There is one region; a client of another is told so, and the catalog of the other is moto's."""
    with InProcessGlue(region="eu-west-1") as it:
        assert it.region == "eu-west-1"
        assert glue_client().list_workflows()["Workflows"] == []
        assert refusal(glue_client("us-east-1").create_workflow, Name="flow") == (
            "InvalidInputException",
            "this Glue is in eu-west-1, and the request is for us-east-1: start it with the region us-east-1",
        )
        assert glue_client("us-east-1").get_databases()["DatabaseList"] == []


def test_another_account_is_refused() -> None:
    """There is one account: moto's."""
    with InProcessGlue():
        role = {"RoleArn": "arn:aws:iam::111111111111:role/other", "RoleSessionName": "test"}
        sts: Any = boto3.client("sts")
        key = sts.assume_role(**role)["Credentials"]["AccessKeyId"]
        other: Any = boto3.client("glue", **KEYS | {"aws_access_key_id": key})

        assert refusal(other.list_workflows) == (
            "InvalidInputException",
            "this Glue is in account 123456789012, and the request is for 111111111111",
        )


def test_the_region_of_the_environment_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a region of its own it is where clients of this environment look."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-southeast-2")
    with InProcessGlue() as it:
        assert it.region == "ap-southeast-2"
        assert glue_client().list_workflows()["Workflows"] == []


def test_an_endpoint_of_the_environment_is_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has a local server in the environment still tests in the process."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with InProcessGlue():
        glue_client().create_workflow(Name="flow")

        assert boto3.client("s3").list_buckets()["Buckets"] == []


def test_a_second_one_is_refused() -> None:
    """Neither another one nor a server starts beside it, and it goes on."""
    expected = "a local Glue is running in this process already"
    with InProcessGlue():
        for other in (InProcessGlue(), LocalGlue()):
            with pytest.raises(UsageError, match=expected) as caught, other:
                pass
            assert caught.value.hint == "stop it first: two of them would share one state"

        assert glue_client().list_workflows()["Workflows"] == []


def test_one_after_another_begins_empty() -> None:
    """What was created in one is not in the next; one object may be used again."""
    it = InProcessGlue()
    for _ in range(2):
        with it:
            assert glue_client().list_workflows()["Workflows"] == []
            glue_client().create_workflow(Name="flow")


def test_all_is_as_it_was_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment, botocore and moto are restored, whatever happened inside."""
    for name in ("AWS_DEFAULT_REGION", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_ACCESS_KEY_ID"):
        monkeypatch.delenv(name, raising=False)
    before = (dict(os.environ), URLLib3Session.send, dict(vars(GlueResponse)))
    message = "inside"

    with pytest.raises(RuntimeError, match=message), InProcessGlue():
        raise RuntimeError(message)

    assert (dict(os.environ), URLLib3Session.send, dict(vars(GlueResponse))) == before
    with mock_aws():
        glue = glue_client("us-east-1")
        glue.create_workflow(Name="flow")
        assert glue.list_workflows()["Workflows"] == ["flow"], "moto answers again"


def test_the_end_stops_what_runs() -> None:
    """A job that runs is told to stop and waited for, while it can still use AWS."""
    seen: list[str] = []
    began = threading.Event()

    def body(_work: JobWork, stop: threading.Event) -> None:
        began.set()
        stop.wait(20)
        seen.extend(glue_client().list_workflows()["Workflows"])

    with InProcessGlue(executor=Calling(body)):
        flow(glue_client(), "load")
        glue_client().start_workflow_run(Name="flow")
        began.wait(20)

    assert seen == ["flow"]


def test_it_must_be_entered() -> None:
    """Before and after there is no service."""
    it = InProcessGlue()
    with pytest.raises(UsageError, match="the in-process Glue has not been entered") as caught:
        _ = it.service
    assert caught.value.hint == "use it in a `with` statement"


def test_an_operation_that_nobody_has_is_refused_as_over_http() -> None:
    """The client's own error, with the words of the local Glue's server; moto's NotImplementedError ends a program."""
    refused = ("InvalidInputException", "the local Glue does not have this operation: ListBlueprints")
    with LocalGlue() as served:
        assert refusal(served.session().client("glue").list_blueprints) == refused
    with InProcessGlue():
        assert refusal(glue_client().list_blueprints) == refused
        assert glue_client().get_databases()["DatabaseList"] == []


def test_a_client_older_than_moto_reaches_it() -> None:
    """A client from before the import of moto, which moto itself would let out to AWS, is answered here."""
    code = f"""
import boto3
glue = boto3.client("glue", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
import sys
assert "moto" not in sys.modules
from gluedsl.local import InProcessGlue
with InProcessGlue():
    glue.create_crawler(Name="c", Role="{ROLE}", Targets={{"S3Targets": [{{"Path": "s3://lake/"}}]}}, DatabaseName="d")
    print(boto3.client("glue").list_crawlers()["CrawlerNames"])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)

    assert (done.returncode, done.stdout) == (0, "['c']\n"), done.stderr
