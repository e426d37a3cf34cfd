"""The page on differences from moto says what is so: each is looked at in both."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import boto3
import botocore.session
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.core.utils import camelcase_to_underscores
from moto.glue.responses import GlueResponse

from gluedsl.local import InProcessGlue
from gluedsl.local.service.glue import OPERATIONS
from tests.support.cli import ROOT
from tests.support.local import ROLE, predicate, shell_job

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = (ROOT / "docs" / "differences.md").read_text(encoding="utf-8")
SESSION: Any = boto3.Session(aws_access_key_id="a", aws_secret_access_key="b")  # noqa: S106 -- gives access to nothing
GLUE, ELSEWHERE = (SESSION.client("glue", region_name=region) for region in ("us-east-1", "eu-west-1"))
"""Clients of whichever Glue there is; to make one takes longer than all that is asked of it."""
MISSING = PAGE.partition("## What moto does not have")[2].partition("\n## ")[0]


def test_the_operations_that_moto_does_not_have() -> None:
    """The page names each operation that is answered here and that moto lacks, and no other."""
    motos = {name for name, _ in inspect.getmembers(GlueResponse, inspect.isfunction)}
    ours = {operation for operation in OPERATIONS if camelcase_to_underscores(operation) not in motos}
    cells = [
        line.split("|")[1] for line in MISSING.splitlines() if line.startswith("| `") and "IncludeGraph" not in line
    ]

    assert {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} == ours


def test_all_of_motos_operations_on_these_resources_are_answered_here() -> None:
    """No operation on workflows, triggers, jobs, crawlers and runs is left to moto, which knows none of them."""
    names = botocore.session.get_session().get_service_model("glue").operation_names
    motos = {name for name, _ in inspect.getmembers(GlueResponse, inspect.isfunction)}
    about = [name for name in names if any(noun in name for noun in ("Job", "Trigger", "Crawl", "Workflow"))]

    assert [name for name in about if camelcase_to_underscores(name) in motos and name not in OPERATIONS] == []


def told(call: Callable[..., Any], **parameters: Any) -> str:
    """Return the code of the error that a call ends in, or that it ends well."""
    try:
        call(**parameters)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "taken"


def _run_of_workflow(glue: Any) -> str:
    glue.create_job(**shell_job("job"))
    glue.create_workflow(Name="flow")
    glue.create_trigger(Name="go", Type="ON_DEMAND", WorkflowName="flow", Actions=[{"JobName": "job"}])
    run_id: str = glue.start_workflow_run(Name="flow")["RunId"]
    return run_id


def _a_run_ends(glue: Any) -> str:
    run_id = _run_of_workflow(glue)
    for _ in range(100):
        status: str = glue.get_workflow_run(Name="flow", RunId=run_id)["Run"]["Status"]
        if status != "RUNNING":
            break
    return status


def _statistics(glue: Any) -> bool:
    run_id = _run_of_workflow(glue)
    return "Statistics" in glue.get_workflow_run(Name="flow", RunId=run_id)["Run"]


def _previous_run(glue: Any) -> bool:
    _run_of_workflow(glue)
    run_id = glue.start_workflow_run(Name="flow")["RunId"]
    return "PreviousRunId" in glue.get_workflow_run(Name="flow", RunId=run_id)["Run"]


def _without_start_trigger(glue: Any) -> str:
    glue.create_workflow(Name="flow")
    return told(glue.start_workflow_run, Name="flow")


def _twice(glue: Any) -> str:
    glue.create_workflow(Name="flow")
    return told(glue.create_workflow, Name="flow")


def _of_nothing(glue: Any) -> str:
    return told(glue.create_trigger, Name="go", Type="ON_DEMAND", Actions=[{"JobName": "nowhere"}])


def _second_start(glue: Any) -> str:
    _run_of_workflow(glue)
    actions = [{"JobName": "job"}]
    return told(glue.create_trigger, Name="also", Type="ON_DEMAND", WorkflowName="flow", Actions=actions)


def _both_in_a_condition(glue: Any) -> str:
    _jobs_and_crawler(glue)
    both = predicate({"job": "SUCCEEDED"})
    both["Conditions"][0] |= {"CrawlerName": "crawler", "CrawlState": "SUCCEEDED"}
    return told(glue.create_trigger, Name="t", Type="CONDITIONAL", Predicate=both, Actions=[{"JobName": "other"}])


def _started_trigger(glue: Any) -> str:
    glue.create_job(**shell_job("job"))
    glue.create_trigger(Name="go", Type="ON_DEMAND", Actions=[{"JobName": "job"}])
    glue.start_trigger(Name="go")
    state: str = glue.get_trigger(Name="go")["Trigger"]["State"]
    return state


def _any_command(glue: Any) -> str:
    return told(glue.create_job, Name="job", Role=ROLE, Command={"Name": "shell"})


def _no_target(glue: Any) -> str:
    return told(glue.create_crawler, Name="c", Role=ROLE, Targets={})


def _targets(glue: Any) -> int:
    _jobs_and_crawler(glue)
    return len(glue.get_crawler(Name="crawler")["Crawler"]["Targets"])


def _version_of_a_run(glue: Any) -> bool:
    glue.create_job(**shell_job("job"))
    run_id = glue.start_job_run(JobName="job")["JobRunId"]
    return bool(glue.get_job_run(JobName="job", RunId=run_id)["JobRun"].get("GlueVersion") == "0.9")


def _worker_type_alone(glue: Any) -> str:
    glue.create_job(**shell_job("job"))
    return told(glue.start_job_run, JobName="job", WorkerType="G.1X")


def _emptied(glue: Any) -> str:
    glue.create_workflow(Name="flow", Description="old")
    glue.update_workflow(Name="flow", Description="")
    found: str = glue.get_workflow(Name="flow")["Workflow"].get("Description", "")
    return found


def _out_of_the_enum(glue: Any) -> str:
    return told(glue.create_job, **shell_job("job"), ExecutionClass="FAST")


def _other_region(_glue: Any) -> str:
    return told(ELSEWHERE.create_workflow, Name="flow")


def _jobs_and_crawler(glue: Any) -> None:
    glue.create_job(**shell_job("job"))
    glue.create_job(**shell_job("other"))
    targets = {"S3Targets": [{"Path": "s3://lake/"}]}
    glue.create_crawler(Name="crawler", Role=ROLE, DatabaseName="db", Targets=targets)


INVALID = "InvalidInputException"
ROWS: list[tuple[str, Callable[[Any], Any], Any, Any]] = [
    ("a workflow run", _a_run_ends, "RUNNING", "COMPLETED"),
    ("a run's statistics", _statistics, False, True),
    ("`PreviousRunId` of a workflow run", _previous_run, True, False),
    ("`StartWorkflowRun` without a start trigger", _without_start_trigger, "taken", INVALID),
    ("creating a workflow, trigger or job a second time", _twice, "taken", "AlreadyExistsException"),
    ("a trigger on a workflow, job or crawler that is not there", _of_nothing, "taken", "EntityNotFoundException"),
    ("a second start trigger of a workflow", _second_start, "taken", INVALID),
    ("a condition that names a job and a crawler", _both_in_a_condition, "taken", INVALID),
    ("`StartTrigger`, `StopTrigger`", _started_trigger, "ACTIVATED", "CREATED"),
    ("a job", _any_command, "taken", INVALID),
    ("a crawler", _no_target, "taken", INVALID),
    ("`Targets` of a crawler, as answered", _targets, 1, 8),
    ("a job run as answered", _version_of_a_run, True, False),
    ("`StartJobRun` with a worker type or a number of workers alone", _worker_type_alone, "taken", INVALID),
    ("`UpdateWorkflow` with an empty value", _emptied, "old", ""),
    ("values outside of an enum, a length or a pattern", _out_of_the_enum, "taken", INVALID),
    ("regions and accounts", _other_region, "taken", INVALID),
]


@pytest.mark.parametrize(("row", "look", "moto", "here"), ROWS, ids=[row for row, *_ in ROWS])
def test_a_difference(row: str, look: Callable[[Any], Any], moto: object, here: object) -> None:
    """The row is on the page, and moto and the local Glue behave as it says."""
    assert f"\n| {row} |" in PAGE
    with mock_aws():
        assert look(GLUE) == moto
    with InProcessGlue():
        assert look(GLUE) == here
