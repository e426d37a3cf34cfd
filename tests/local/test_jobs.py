"""Jobs: definitions, over HTTP by boto3 where it matters that clients understand the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.local import ROLE, refusal, shell_job

if TYPE_CHECKING:
    from tests.support.local import Account, Api

SPARK = {"Command": {"Name": "glueetl", "ScriptLocation": "s3://lake/job.py", "PythonVersion": "3"}}


def test_a_job_is_what_it_was_created_as_with_glues_defaults(account: Account) -> None:
    """GetJob answers what CreateJob took, and what Glue fills in where it was left out."""
    account.glue.create_job(**shell_job("load"), DefaultArguments={"--mode": "full"}, Tags={"team": "data"})

    got = account.glue.get_job(JobName="load")["Job"]

    assert got.pop("CreatedOn") == got.pop("LastModifiedOn")
    assert got == shell_job("load") | {
        "DefaultArguments": {"--mode": "full"},
        "JobMode": "SCRIPT",
        "ExecutionProperty": {"MaxConcurrentRuns": 1},
        "MaxRetries": 0,
        "Timeout": 2880,
        "MaxCapacity": 0.0625,
    }


@pytest.mark.parametrize(
    ("members", "timeout"),
    [
        (SPARK | {"GlueVersion": "4.0"}, 2880),
        (SPARK | {"GlueVersion": "5.0"}, 480),
        (SPARK | {"GlueVersion": "auto"}, 480),
        (SPARK | {"GlueVersion": "5.0", "Timeout": 7}, 7),
        ({"Command": {"Name": "gluestreaming", "ScriptLocation": "s3://lake/job.py"}}, None),
    ],
)
def test_the_default_timeout_follows_the_kind_and_version(api: Api, members: dict[str, Any], timeout: int) -> None:
    """Glue 5 lowered it; a streaming job has none."""
    api("CreateJob", Name="job", Role=ROLE, **members)

    assert api("GetJob", JobName="job")["Job"].get("Timeout") == timeout


def test_a_second_job_of_a_name_is_refused(account: Account) -> None:
    """CreateJob does not overwrite."""
    account.glue.create_job(**shell_job("load"))

    assert refusal(account.glue.create_job, **shell_job("load")) == (
        "AlreadyExistsException",
        "Job with name load already exists",
    )


def test_an_update_replaces_the_whole_job(account: Account) -> None:
    """What UpdateJob leaves out is gone."""
    account.glue.create_job(**shell_job("load"), Description="old", MaxRetries=2)
    update = {k: v for k, v in shell_job("load").items() if k != "Name"}

    account.glue.update_job(JobName="load", JobUpdate=update | {"Timeout": 5})
    got = account.glue.get_job(JobName="load")["Job"]

    assert ("Description" in got, got["MaxRetries"], got["Timeout"]) == (False, 0, 5)


def test_an_update_without_command_is_refused(account: Account) -> None:
    """UpdateJob with a part of the definition gets Glue's own text."""
    account.glue.create_job(**shell_job("load"))

    assert refusal(account.glue.update_job, JobName="load", JobUpdate={"Role": ROLE, "MaxRetries": 1}) == (
        "InvalidInputException",
        "Command name should not be null or empty.",
    )


def test_an_unknown_job_is_refused_but_not_when_deleted(account: Account) -> None:
    """DeleteJob of what is not there is no error; every other operation on it is."""
    expected = ("EntityNotFoundException", "Job with name: load not found.")

    assert refusal(account.glue.get_job, JobName="load") == expected
    assert refusal(account.glue.update_job, JobName="load", JobUpdate={}) == expected
    assert refusal(account.glue.start_job_run, JobName="load") == expected
    assert refusal(account.glue.get_job_runs, JobName="load") == expected
    assert account.glue.delete_job(JobName="load")["JobName"] == "load"


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"Command": {"ScriptLocation": "s3://lake/job.py"}}, "Command name should not be null or empty."),
        (
            {"Command": {"Name": "bash", "ScriptLocation": "s3://lake/job.py"}},
            "Command name bash is none of [glueetl, pythonshell, gluestreaming, glueray]",
        ),
        ({"Command": {"Name": "pythonshell"}}, "ScriptLocation cannot be null or empty"),
        ({"Role": ""}, "Role should not be null or empty"),
        (SPARK | {"WorkerType": "G.1X"}, "Please set both Worker Type and Number of Workers."),
        (SPARK | {"NumberOfWorkers": 2}, "Please set both Worker Type and Number of Workers."),
        (
            SPARK | {"WorkerType": "G.1X", "NumberOfWorkers": 2, "MaxCapacity": 2.0},
            "Please do not set Max Capacity if using Worker Type and Number of Workers.",
        ),
        (
            SPARK | {"WorkerType": "G.1X", "NumberOfWorkers": 1},
            "To use Worker Type G.1X, minimum allowed value of Number of Workers is 2.",
        ),
        (
            {"WorkerType": "G.1X", "NumberOfWorkers": 2},
            "Worker Type is not supported for Job Command pythonshell",
        ),
        ({"MaxCapacity": 0.5}, "Max Capacity of a Python shell job is 0.0625 or 1, not 0.5"),
        ({"Timeout": 10_080}, "Timeout is less than 10080 minutes, not 10080"),
        ({"MaxRetries": 11}, "MaxRetries is between 0 and 10, not 11"),
        ({"ExecutionProperty": {"MaxConcurrentRuns": 0}}, "MaxConcurrentRuns is at least 1, not 0"),
        (
            {"JobRunQueuingEnabled": True, "MaxRetries": 1},
            "MaxRetries must be 0 when job run queuing is enabled",
        ),
        (
            {"GlueVersion": "zzz"},
            (
                "1 validation error detected: Value at 'GlueVersion' failed to satisfy constraint: "
                r"Member must satisfy regular expression pattern: ^((\w+\.)+\w+|auto)$"
            ),
        ),
        (
            {"Description": "é" * 1025},
            (
                "1 validation error detected: Value at 'Description' failed to satisfy constraint: "
                "Member must have length less than or equal to 2048"
            ),
        ),
        (
            {"Name": "two\nlines"},
            (
                "1 validation error detected: Value at 'Name' failed to satisfy constraint: Member must satisfy "
                r"regular expression pattern: [\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"
            ),
        ),
        (
            {"DefaultArguments": {"--n": 1}, "Bad": True},
            (
                "2 validation errors detected: "
                'Unknown parameter in input: "Bad", must be one of: Name, JobMode, JobRunQueuingEnabled, Description, '
                "LogUri, Role, ExecutionProperty, Command, DefaultArguments, NonOverridableArguments, Connections, "
                "MaxRetries, AllocatedCapacity, Timeout, MaxCapacity, SecurityConfiguration, Tags, "
                "NotificationProperty, "
                "GlueVersion, NumberOfWorkers, WorkerType, CodeGenConfigurationNodes, ExecutionClass, "
                "SourceControlDetails, MaintenanceWindow; "
                "Invalid type for parameter DefaultArguments.--n, value: 1, type: <class 'int'>, "
                "valid types: <class 'str'>"
            ),
        ),
    ],
)
def test_what_glue_refuses_is_refused(api: Api, members: dict[str, Any], message: str) -> None:
    """Each restriction has its own text."""
    assert api.refusal("CreateJob", **shell_job("job") | members) == ("InvalidInputException", message)


def test_names_beyond_the_first_plane_are_fine(api: Api) -> None:
    """A pattern written for UTF-16 does not refuse a name in emoji."""
    api.job("lädt 🚚")

    assert api("ListJobs") == {"JobNames": ["lädt 🚚"]}


def test_a_member_that_is_null_is_absent(api: Api) -> None:
    """JSON's null means nothing was given."""
    api.job("load", Description=None)

    assert "Description" not in api("GetJob", JobName="load")["Job"]


def test_jobs_come_in_pages_and_batches(account: Account) -> None:
    """GetJobs, ListJobs and BatchGetJobs answer what there is, by paginators too."""
    for name in ("a", "b", "c"):
        account.glue.create_job(**shell_job(name), Tags={"team": name})

    pages = account.glue.get_paginator("get_jobs").paginate(PaginationConfig={"PageSize": 2})
    batch = account.glue.batch_get_jobs(JobNames=["c", "x"])

    assert [[job["Name"] for job in page["Jobs"]] for page in pages] == [["a", "b"], ["c"]]
    assert account.glue.list_jobs(Tags={"team": "b"})["JobNames"] == ["b"]
    assert ([j["Name"] for j in batch["Jobs"]], batch["JobsNotFound"]) == (["c"], ["x"])
