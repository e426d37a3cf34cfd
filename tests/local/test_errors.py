"""Every error that Glue's model lists for an operation is one that the operation can end in here, or is said not to be.

https://docs.aws.amazon.com/glue/latest/webapi/API_Operations.html lists them by operation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.local.service.glue import OPERATIONS
from gluedsl.local.service.shapes import service_model
from tests.support.botocore_witness import listed_errors
from tests.support.local import ROLE, Api, actions_of, shell_job

if TYPE_CHECKING:
    from collections.abc import Callable

NEVER_HERE = {
    "InternalServiceException",  # a fault of the service: by HTTP only, and no test can ask for one
    "OperationTimeoutException",  # nothing takes long here
    "ConcurrentModificationException",  # one request is answered at a time
    "IdempotentParameterMismatchException",  # nothing says which parameters a name was created with
    "SchedulerTransitioningException",  # a schedule is on or off, never on its way
    "VersionMismatchException",  # no request has a version
}
NO_QUOTAS = {
    "CreateCrawler",
    "CreateJob",
    "CreateWorkflow",
    "PutWorkflowRunProperties",
    "StartJobRun",
    "StartTrigger",
    "StartWorkflowRun",
}
"""What AWS counts by account and raises on request has no limit here; nor have run properties: theirs is not told."""
NOT_EXPLAINED = {
    ("PutWorkflowRunProperties", "AlreadyExistsException"),  # a put replaces what exists
    ("GetJobs", "EntityNotFoundException"),  # it takes no name
    ("ListJobs", "EntityNotFoundException"),
    ("ListTriggers", "EntityNotFoundException"),  # of a job that no trigger starts, all triggers are listed
    ("GetTriggers", "EntityNotFoundException"),
}
"""Listed by the model for an operation that, as it is documented, has nothing to end so in."""

ARN = "arn:aws:glue:us-east-1:123456789012:job/none"
MISSING: dict[str, dict[str, Any]] = {
    "CreateTrigger": {"Name": "t", "Type": "ON_DEMAND", "Actions": [{"JobName": "none"}]},
    "DeleteCrawler": {"Name": "none"},
    "GetCrawler": {"Name": "none"},
    "GetJob": {"JobName": "none"},
    "GetJobRun": {"JobName": "job", "RunId": "none"},
    "GetJobRuns": {"JobName": "none"},
    "GetTags": {"ResourceArn": ARN},
    "GetTrigger": {"Name": "none"},
    "GetWorkflow": {"Name": "none"},
    "GetWorkflowRun": {"Name": "flow", "RunId": "none"},
    "GetWorkflowRunProperties": {"Name": "flow", "RunId": "none"},
    "GetWorkflowRuns": {"Name": "none"},
    "ListCrawls": {"CrawlerName": "none"},
    "PutWorkflowRunProperties": {"Name": "flow", "RunId": "none", "RunProperties": {}},
    "ResumeWorkflowRun": {"Name": "flow", "RunId": "none", "NodeIds": []},
    "StartCrawler": {"Name": "none"},
    "StartCrawlerSchedule": {"CrawlerName": "none"},
    "StartJobRun": {"JobName": "none"},
    "StartTrigger": {"Name": "none"},
    "StartWorkflowRun": {"Name": "none"},
    "StopCrawler": {"Name": "none"},
    "StopCrawlerSchedule": {"CrawlerName": "none"},
    "StopTrigger": {"Name": "none"},
    "StopWorkflowRun": {"Name": "flow", "RunId": "none"},
    "TagResource": {"ResourceArn": ARN, "TagsToAdd": {"a": "b"}},
    "UntagResource": {"ResourceArn": ARN, "TagsToRemove": ["a"]},
    "UpdateCrawler": {"Name": "none"},
    "UpdateCrawlerSchedule": {"CrawlerName": "none", "Schedule": "cron(0 2 * * ? *)"},
    "UpdateJob": {"JobName": "none", "JobUpdate": {}},
    "UpdateTrigger": {"Name": "none", "TriggerUpdate": {}},
    "UpdateWorkflow": {"Name": "none"},
}
"""Of something that is not there."""
TAKEN: dict[str, dict[str, Any]] = {
    "CreateCrawler": {
        "Name": "crawl",
        "Role": ROLE,
        "DatabaseName": "db",
        "Targets": {"S3Targets": [{"Path": "s3://lake/"}]},
    },
    "CreateJob": shell_job("job"),
    "CreateTrigger": {"Name": "start", "Type": "ON_DEMAND", "Actions": [{"JobName": "job"}]},
    "CreateWorkflow": {"Name": "flow"},
}
"""Of a name that something has."""


def crawling(api: Api) -> None:
    """Let the crawler run."""
    api("StartCrawler", Name="crawl")


def stopping(api: Api) -> None:
    """Let the crawler be on its way to its end: it does not look whether it is stopped."""
    api.executor.is_deaf = True
    crawling(api)
    api.until_works(1)
    api("StopCrawler", Name="crawl")


def with_schedule(api: Api) -> None:
    """Let the crawler have a schedule that is on."""
    api("UpdateCrawlerSchedule", CrawlerName="crawl", Schedule="cron(0 2 * * ? *)")


def full(api: Api) -> None:
    """Let the workflow and the job have as many runs as they may have."""
    api("UpdateWorkflow", Name="flow", MaxConcurrentRuns=1)
    api.start()


def nothing(api: Api) -> None:
    """Change nothing."""


MANY = actions_of(tuple(f"many-{number}" for number in range(51)))


def many_jobs(api: Api) -> None:
    """Create more jobs than a trigger can start."""
    for action in MANY:
        api.job(str(action["JobName"]))


OTHERS: dict[tuple[str, str], tuple[Callable[[Api], None], dict[str, Any]]] = {
    ("CreateTrigger", "ResourceNumberLimitExceededException"): (
        many_jobs,
        {"Name": "many", "Type": "ON_DEMAND", "Actions": MANY},
    ),
    ("DeleteCrawler", "CrawlerRunningException"): (crawling, {"Name": "crawl"}),
    ("StartCrawler", "CrawlerRunningException"): (crawling, {"Name": "crawl"}),
    ("UpdateCrawler", "CrawlerRunningException"): (crawling, {"Name": "crawl"}),
    ("StopCrawler", "CrawlerNotRunningException"): (nothing, {"Name": "crawl"}),
    ("StopCrawler", "CrawlerStoppingException"): (stopping, {"Name": "crawl"}),
    ("StartCrawlerSchedule", "NoScheduleException"): (nothing, {"CrawlerName": "crawl"}),
    ("StartCrawlerSchedule", "SchedulerRunningException"): (with_schedule, {"CrawlerName": "crawl"}),
    ("StopCrawlerSchedule", "SchedulerNotRunningException"): (nothing, {"CrawlerName": "crawl"}),
    ("StartJobRun", "ConcurrentRunsExceededException"): (full, {"JobName": "job"}),
    ("StartTrigger", "ConcurrentRunsExceededException"): (full, {"Name": "start"}),
    ("StartWorkflowRun", "ConcurrentRunsExceededException"): (full, {"Name": "flow"}),
}
IN_RUNS = {
    ("StopWorkflowRun", "IllegalWorkflowStateException"),
    ("ResumeWorkflowRun", "IllegalWorkflowStateException"),
    ("ResumeWorkflowRun", "ConcurrentRunsExceededException"),
}
"""What a run must be in for them is in the tests of runs and of resuming."""


def listed() -> list[tuple[str, str]]:
    """Return each operation of the service with each error that it may end in here."""
    return sorted(
        (operation, error)
        for operation in OPERATIONS
        for error in listed_errors(operation) - NEVER_HERE
        if (operation, error) not in NOT_EXPLAINED | IN_RUNS
        and not (operation in NO_QUOTAS and error == "ResourceNumberLimitExceededException")
    )


@pytest.mark.parametrize(("operation", "error"), listed(), ids="-".join)
def test_an_error_of_the_model(api: Api, operation: str, error: str) -> None:
    """The operation ends in it, in the state of things that is there for it."""
    api.job("job")
    api.crawler("crawl")
    api.flow("job")
    match error:
        case "InvalidInputException":
            parameters: dict[str, Any] = {"NoSuchMember": "x"}
        case "EntityNotFoundException":
            parameters = MISSING[operation]
        case "AlreadyExistsException":
            parameters = TAKEN[operation]
        case _:
            arrange, parameters = OTHERS[operation, error]
            arrange(api)

    assert api.refusal(operation, **parameters)[0] == error


def test_profiles_of_this_machine_are_nothing_to_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """The API's model is read from botocore's files, also where the environment names a profile that there is not."""
    monkeypatch.setenv("AWS_PROFILE", "no-such-profile")

    assert service_model.__wrapped__().operation_model("CreateTrigger").input_shape is not None
