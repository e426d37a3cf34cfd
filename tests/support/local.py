"""A local Glue for tests: boto3 clients whose every answer is checked, scripts and jobs in a few words.

What boto3 gets from the local Glue must hold the output shapes of AWS's own service model; a client made here
fails the test that got anything else.
"""

from __future__ import annotations

import json
import textwrap
import threading
import time
from collections import defaultdict, deque
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from gluedsl.local.service.failure import ServiceError
from gluedsl.local.service.glue import OPERATIONS, GlueService
from gluedsl.local.work import Ended
from tests.support.botocore_witness import listed_errors, output_violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.engine import EndState
    from gluedsl.local import LocalGlue
    from gluedsl.local.work import CrawlWork, JobWork

BUCKET = "lake"
ROLE = "arn:aws:iam::123456789012:role/GlueRole"


def client(glue: LocalGlue, service: str = "glue") -> Any:
    """Return a boto3 client that checks every answer of Glue's."""
    made: Any = glue.session().client(service)  # type: ignore[call-overload]  # services by name
    if service == "glue":
        made.meta.events.register("before-parse.glue", _check_answer)
        made.meta.events.register("after-call.glue", _check_error)
    return made


def _check_answer(operation_model: Any, response_dict: dict[str, Any], **_: object) -> None:
    """Look at an answer as it came: boto3 leaves out what its model does not know."""
    if operation_model.name in OPERATIONS and response_dict["status_code"] == HTTPStatus.OK:
        assert violations_of(operation_model.name, json.loads(response_dict["body"])) == []


def _check_error(parsed: dict[str, Any], model: Any, **_: object) -> None:
    if "Error" in parsed and model.name in OPERATIONS:
        assert parsed["Error"]["Code"] in errors_of(model.name)


def errors_of(operation: str) -> frozenset[str]:
    """Return the errors that an operation may end in.

    Those that the model lists for it, and those that any may end in: parameters that the model does not allow, a body
    that cannot be read, and a fault of the service.
    """
    return listed_errors(operation) | {"InvalidInputException", "SerializationException", "InternalServiceException"}


def violations_of(operation: str, answer: dict[str, Any]) -> list[str]:
    """Return what is wrong with an answer.

    The model wants at least one item in lists of workflows and runs, which requests share with answers;
    an answer that has nothing to tell is an empty list all the same, and clients count on the member.
    """
    lists = {"Workflows", "MissingWorkflows", "Runs"}
    return output_violations(operation, {k: v for k, v in answer.items() if k not in lists or v != []})


def refusal(call: Callable[..., object], **parameters: object) -> tuple[str, str]:
    """Return code and message of the error that a call must end in."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def until(holds: Callable[[], object], seconds: float = 20) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.02)


class Account:
    """An account on a local Glue, with a bucket."""

    def __init__(self, glue: LocalGlue) -> None:
        self.local = glue
        self.glue = client(glue)
        self.s3 = client(glue, "s3")
        self.s3.create_bucket(Bucket=BUCKET)

    def script(self, key: str, source: str) -> str:
        """Store a script; return its URI."""
        self.put(key, textwrap.dedent(source))
        return f"s3://{BUCKET}/{key}"

    def put(self, key: str, text: str) -> None:
        """Store an object."""
        self.s3.put_object(Bucket=BUCKET, Key=key, Body=text.encode())

    def text(self, key: str) -> str:
        """Return an object."""
        body: bytes = self.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()
        return body.decode()

    def shell_job(self, name: str, source: str = "", **members: object) -> None:
        """Create a Python shell job with a script."""
        uri = self.script(f"scripts/{name}.py", source)
        self.glue.create_job(**shell_job(name, uri), **members)

    def crawler(self, name: str, path: str = f"s3://{BUCKET}/data/") -> None:
        """Create a crawler."""
        self.glue.create_crawler(Name=name, Role=ROLE, DatabaseName="db", Targets={"S3Targets": [{"Path": path}]})

    def start(
        self, name: str, *actions: str | dict[str, object], workflow: str = "flow", kind: str = "ON_DEMAND"
    ) -> None:
        """Create a start trigger."""
        schedule = {"Schedule": "cron(0 2 * * ? *)"} if kind == "SCHEDULED" else {}
        self.glue.create_trigger(Name=name, Type=kind, WorkflowName=workflow, Actions=actions_of(actions), **schedule)

    def when(
        self,
        name: str,
        conditions: dict[str, str],
        *actions: str | dict[str, object],
        logical: str = "AND",
        **members: object,
    ) -> None:
        """Create an active conditional trigger of the workflow "flow": `{"a job": "FAILED"}`."""
        self.glue.create_trigger(
            **{"WorkflowName": "flow", "StartOnCreation": True} | members,
            Name=name,
            Type="CONDITIONAL",
            Predicate=predicate(conditions, logical),
            Actions=actions_of(actions),
        )

    def run(self, workflow: str = "flow", **properties: str) -> dict[str, Any]:
        """Run a workflow to its end; return the run with its graph."""
        run_id = self.glue.start_workflow_run(Name=workflow, RunProperties=properties)["RunId"]
        return self.ended(run_id, workflow)

    def ended(self, run_id: str, workflow: str = "flow") -> dict[str, Any]:
        """Wait for the end of a run; return it with its graph."""
        until(lambda: self.get(run_id, workflow)["Status"] not in {"RUNNING", "STOPPING"})
        return self.get(run_id, workflow)

    def get(self, run_id: str, workflow: str = "flow") -> dict[str, Any]:
        """Return a run with its graph."""
        run: dict[str, Any] = self.glue.get_workflow_run(Name=workflow, RunId=run_id, IncludeGraph=True)["Run"]
        return run

    def job_run(self, job: str, run_id: str) -> dict[str, Any]:
        """Wait for the end of a job run; return it."""

        def get() -> dict[str, Any]:
            found: dict[str, Any] = self.glue.get_job_run(JobName=job, RunId=run_id)["JobRun"]
            return found

        until(lambda: "CompletedOn" in get())
        return get()


def shell_job(name: str, uri: str = f"s3://{BUCKET}/scripts/job.py") -> dict[str, Any]:
    """Return the least that makes a Python shell job."""
    command = {"Name": "pythonshell", "ScriptLocation": uri, "PythonVersion": "3.9"}
    return {"Name": name, "Role": ROLE, "Command": command}


def predicate(conditions: dict[str, str], logical: str = "AND") -> dict[str, Any]:
    """Return a predicate on jobs, and on crawlers: those whose name begins with "crawl"."""
    return {"Logical": logical, "Conditions": [_condition(name, state) for name, state in conditions.items()]}


def _condition(name: str, state: str) -> dict[str, str]:
    if name.startswith("crawl"):
        return {"LogicalOperator": "EQUALS", "CrawlerName": name, "CrawlState": state}
    return {"LogicalOperator": "EQUALS", "JobName": name, "State": state}


def actions_of(names: tuple[str | dict[str, object], ...]) -> list[dict[str, object]]:
    """Return actions on jobs, and on crawlers: those whose name begins with "crawl"."""
    return [_action(name) if isinstance(name, str) else name for name in names]


def _action(name: str) -> dict[str, object]:
    return {"CrawlerName": name} if name.startswith("crawl") else {"JobName": name}


def states(run: dict[str, Any]) -> dict[str, list[str]]:
    """Return the states of the attempts of each job and crawler of a run that was started."""
    found = {}
    for node in run["Graph"]["Nodes"]:
        job_runs = [r["JobRunState"] for r in node.get("JobDetails", {}).get("JobRuns", [])]
        crawls = [c["State"] for c in node.get("CrawlerDetails", {}).get("Crawls", [])]
        if job_runs or crawls:
            found[node["Name"]] = job_runs + crawls
    return found


class HeldExecutor:
    """An executor whose jobs and crawls go on until the test ends them, or until they are stopped."""

    def __init__(self) -> None:
        self._ends: dict[str, deque[Ended]] = defaultdict(deque)
        self._changed = threading.Condition()
        self.works: list[JobWork | CrawlWork] = []
        """What was begun, in order."""
        self.is_deaf = False
        """Whether what runs goes on although it is told to stop."""

    def end(self, name: str, state: EndState = "SUCCEEDED", error: str | None = None) -> None:
        """End the run of a job or crawler that goes on, or the next one."""
        with self._changed:
            self._ends[name].append(Ended(state, error))
            self._changed.notify_all()

    def forget_ends(self) -> None:
        """Take back every end that no run has come to."""
        with self._changed:
            self._ends.clear()

    def run_job(self, work: JobWork, stop: threading.Event) -> Ended:
        """Wait for `end`."""
        return self._wait(work, work.job_name, stop, "STOPPED")

    def crawl(self, work: CrawlWork, stop: threading.Event) -> Ended:
        """Wait for `end`."""
        return self._wait(work, work.crawler_name, stop, "CANCELLED")

    def _wait(self, work: JobWork | CrawlWork, name: str, stop: threading.Event, stopped: EndState) -> Ended:
        self.works.append(work)
        with self._changed:
            while not self._ends[name]:
                if stop.is_set() and not self.is_deaf:
                    return Ended(stopped)
                self._changed.wait(0.02)
            return self._ends[name].popleft()


class Api:
    """A service without HTTP, its executor in the hands of the test; every answer is checked."""

    def __init__(self, **settings: Any) -> None:
        self.executor = HeldExecutor()
        self.service = GlueService(self.executor, **settings)

    def __call__(self, operation: str, **parameters: object) -> dict[str, Any]:
        """Ask for an operation."""
        answer = self.service.handle(operation, parameters)
        assert violations_of(operation, answer) == []
        return answer

    def refusal(self, operation: str, **parameters: object) -> tuple[str, str]:
        """Return code and message of the error that an operation must end in."""
        with pytest.raises(ServiceError) as caught:
            self.service.handle(operation, parameters)
        assert caught.value.code in errors_of(operation)
        return caught.value.code, caught.value.message

    def job(self, name: str, **members: object) -> None:
        """Create a Python shell job."""
        self("CreateJob", **shell_job(name), **members)

    def crawler(self, name: str) -> None:
        """Create a crawler."""
        targets = {"S3Targets": [{"Path": f"s3://{BUCKET}/data/"}]}
        self("CreateCrawler", Name=name, Role=ROLE, DatabaseName="db", Targets=targets)

    def flow(self, *actions: str | dict[str, object], **members: object) -> None:
        """Create the workflow "flow" with an ON_DEMAND trigger, "start"."""
        self("CreateWorkflow", Name="flow", **members)
        self("CreateTrigger", Name="start", Type="ON_DEMAND", WorkflowName="flow", Actions=actions_of(actions))

    def when(self, name: str, conditions: dict[str, str], *actions: str, logical: str = "AND") -> None:
        """Create an active conditional trigger of the workflow "flow"."""
        self(
            "CreateTrigger",
            Name=name,
            Type="CONDITIONAL",
            WorkflowName="flow",
            StartOnCreation=True,
            Predicate=predicate(conditions, logical),
            Actions=actions_of(actions),
        )

    def start(self, **properties: str) -> str:
        """Start a run of "flow"; return its id."""
        run_id: str = self("StartWorkflowRun", Name="flow", RunProperties=properties)["RunId"]
        return run_id

    def run(self, run_id: str) -> dict[str, Any]:
        """Return a run of "flow" with its graph."""
        run: dict[str, Any] = self("GetWorkflowRun", Name="flow", RunId=run_id, IncludeGraph=True)["Run"]
        return run

    def until_works(self, count: int) -> None:
        """Wait until so many jobs and crawls have begun."""
        until(lambda: len(self.executor.works) >= count)

    def until_states(self, run_id: str, wanted: dict[str, list[str]]) -> None:
        """Wait until the jobs and crawlers that were started have these states."""
        until(lambda: states(self.run(run_id)) == wanted)

    def until_over(self, run_id: str) -> dict[str, Any]:
        """Wait for the end of a run; return it."""
        until(lambda: self.run(run_id)["Status"] not in {"RUNNING", "STOPPING"})
        return self.run(run_id)
