"""The AWS CLI against `gluedsl local`: what people type, what they read, what their scripts look at."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cli import ENVIRONMENT, Ended, process
from tests.support.local import ROLE, until
from tests.support.served import Served, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

COMMAND = {"Name": "pythonshell", "ScriptLocation": "s3://lake/job.py", "PythonVersion": "3.9"}


class Aws:
    """The command `aws`, in an environment that leads to a local Glue."""

    def __init__(self, server: Served, folder: Path) -> None:
        self._folder = folder
        # It serves before all of its words are read.
        until(lambda: any(line.startswith("What is in it") for line in server.talk))
        exports = [line.removeprefix("  export ") for line in server.talk if line.startswith("  export ")]
        self._environment = dict(line.strip().split("=", 1) for line in exports)

    def __call__(self, *arguments: str, **environment: str) -> Ended:
        """Run it."""
        command = [sys.executable, "-W", "ignore", "-m", "awscli", *arguments]
        return process(
            command, folder=self._folder, **ENVIRONMENT | self._environment | {"AWS_PAGER": ""} | environment
        )

    def json(self, *arguments: str) -> Any:
        """Run it, well, and return what it wrote."""
        ended = self(*arguments, "--output", "json")
        assert (ended.code, ended.err) == (0, "")
        return ended.json() if ended.out.strip() else None


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    """Return the command, on a server that the tests share."""
    folder = tmp_path_factory.mktemp("aws")
    (folder / "job.py").write_text("print('hello')\n", encoding="utf-8")
    with served("--quiet") as server:
        yield Aws(server, folder)


def test_a_workflow_from_its_creation_to_its_run(aws: Aws) -> None:
    """Upload a script, create what there is to create, read the graph, start a run and read how it went."""
    assert aws("s3", "mb", "s3://lake").out == "make_bucket: lake\n"
    copied = aws("s3", "cp", "job.py", "s3://lake/job.py")
    assert (copied.code, copied.err) == (0, "")
    assert aws("s3", "ls", "s3://lake/").out.split()[-1] == "job.py"
    assert aws.json("glue", "create-job", "--name", "load", "--role", ROLE, "--command", json.dumps(COMMAND)) == {
        "Name": "load"
    }
    assert aws.json("glue", "create-workflow", "--name", "sales", "--default-run-properties", "env=prod") == {
        "Name": "sales"
    }
    aws.json(
        *("glue", "create-trigger", "--name", "go", "--type", "ON_DEMAND", "--workflow-name", "sales"),
        *("--actions", "JobName=load"),
    )

    found = aws.json("glue", "get-workflow", "--name", "sales", "--include-graph")["Workflow"]
    assert found["DefaultRunProperties"] == {"env": "prod"}
    assert [(node["Type"], node["Name"]) for node in found["Graph"]["Nodes"]] == [("TRIGGER", "go"), ("JOB", "load")]
    assert len(found["Graph"]["Edges"]) == 1

    run_id = aws.json("glue", "start-workflow-run", "--name", "sales", "--run-properties", "day=1")["RunId"]
    run = _ended(aws, run_id)
    assert run["Statistics"]["SucceededActions"] == 1
    assert run["WorkflowRunProperties"] == {"env": "prod", "day": "1"}
    assert run["StartedOn"] <= run["CompletedOn"]
    job_runs = [node["JobDetails"]["JobRuns"] for node in run["Graph"]["Nodes"] if node["Type"] == "JOB"]
    assert [each["JobRunState"] for each in job_runs[0]] == ["SUCCEEDED"]


def _ended(aws: Aws, run_id: str) -> dict[str, Any]:
    for _ in range(20):
        run: dict[str, Any] = aws.json(
            "glue", "get-workflow-run", "--name", "sales", "--run-id", run_id, "--include-graph"
        )["Run"]
        if run["Status"] != "RUNNING":
            return run
        time.sleep(0.5)
    message = "the run never ended"
    raise AssertionError(message)


def test_pages(aws: Aws) -> None:
    """`--max-items` gives a part with a token for the rest, and without it the CLI goes through all pages."""
    for number in range(3):
        aws.json(
            "glue", "create-trigger", "--name", f"page-{number}", "--type", "ON_DEMAND", "--actions", "JobName=load"
        )

    first = aws.json("glue", "get-triggers", "--max-items", "2", "--page-size", "2")
    rest = aws.json("glue", "get-triggers", "--starting-token", first["NextToken"], "--page-size", "2")

    names = [trigger["Name"] for trigger in first["Triggers"] + rest["Triggers"]]
    assert len(first["Triggers"]) == 2
    assert sorted(name for name in names if name.startswith("page-")) == [f"page-{number}" for number in range(3)]
    assert len(names) == len(set(names))
    listed = aws.json("glue", "list-triggers", "--max-results", "2")
    assert len(listed["TriggerNames"]) == 2
    again = aws.json("glue", "list-triggers", "--max-results", "200", "--next-token", listed["NextToken"])
    assert sorted(listed["TriggerNames"] + again["TriggerNames"]) == sorted(names)


def test_an_error_has_glues_text(aws: Aws) -> None:
    """Scripts tell errors by the code in parentheses, and by the exit code that the CLI gives for AWS's refusals."""
    ended = aws("glue", "get-workflow", "--name", "nowhere")

    assert (ended.code, ended.out) == (255, "")
    assert ended.err.strip() == (
        "An error occurred (EntityNotFoundException) when calling the GetWorkflow operation: "
        "Workflow with name: nowhere not found."
    )


def test_another_region_is_told(aws: Aws) -> None:
    """Whoever asks in another region learns where this Glue is."""
    ended = aws("glue", "list-workflows", "--region", "eu-west-1")

    assert ended.code == 255
    assert (
        "this Glue is in us-east-1, and the request is for eu-west-1: start it with the region eu-west-1" in ended.err
    )


def test_the_rest_of_aws_is_there(aws: Aws) -> None:
    """Identity, roles and the catalog answer at the same endpoint."""
    assert aws.json("sts", "get-caller-identity")["Account"] == "123456789012"
    assert aws.json("iam", "list-roles") == {"Roles": []}
    assert aws.json("glue", "get-databases") == {"DatabaseList": []}


def test_text_and_queries(aws: Aws) -> None:
    """What shell scripts do with answers works: a query, as text."""
    aws("glue", "create-workflow", "--name", "asked")

    ended = aws("glue", "get-workflow", "--name", "asked", "--query", "Workflow.Name", "--output", "text")

    assert (ended.code, ended.out) == (0, "asked\n")
