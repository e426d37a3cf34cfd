"""Runs of workflows, their jobs held by the test: starting, firing, limits, stopping, properties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.support.local import Api, actions_of, states, until

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_triggers_fire_as_jobs_end(api: Api) -> None:
    """Both jobs of the start trigger run at once; what waits for both starts when both have succeeded."""
    for name in ("left", "right", "join"):
        api.job(name)
    api.flow("left", "right")
    api.when("both", {"left": "SUCCEEDED", "right": "SUCCEEDED"}, "join")

    run_id = api.start()
    api.until_states(run_id, {"left": ["RUNNING"], "right": ["RUNNING"]})
    api.executor.end("left")
    api.until_states(run_id, {"left": ["SUCCEEDED"], "right": ["RUNNING"]})
    api.executor.end("right")
    api.executor.end("join")
    run = api.until_over(run_id)

    assert states(run) == {"left": ["SUCCEEDED"], "right": ["SUCCEEDED"], "join": ["SUCCEEDED"]}
    assert run["Status"] == "COMPLETED"
    assert run["Statistics"] == {
        "TotalActions": 3,
        "SucceededActions": 3,
        "FailedActions": 0,
        "TimeoutActions": 0,
        "StoppedActions": 0,
        "RunningActions": 0,
        "ErroredActions": 0,
        "WaitingActions": 0,
    }


def test_a_failure_starts_only_its_branch(api: Api) -> None:
    """What waits for success never starts, the failure branch does, and Glue calls the run COMPLETED."""
    for name in ("load", "report", "alert"):
        api.job(name)
    api.flow("load")
    api.when("loaded", {"load": "SUCCEEDED"}, "report")
    api.when("failed", {"load": "FAILED"}, "alert")

    run_id = api.start()
    api.executor.end("load", "FAILED", "ValueError: no orders")
    api.executor.end("alert")
    run = api.until_over(run_id)

    assert states(run) == {"load": ["FAILED"], "alert": ["SUCCEEDED"]}
    assert run["Status"] == "COMPLETED"
    node = next(n for n in run["Graph"]["Nodes"] if n["Name"] == "load")
    assert node["JobDetails"]["JobRuns"][0]["ErrorMessage"] == "ValueError: no orders"


def test_the_on_demand_trigger_starts_a_run(api: Api) -> None:
    """StartTrigger on the start trigger begins a run; the trigger stays as it is."""
    api.job("load")
    api.flow("load")

    api("StartTrigger", Name="start")
    runs = api("GetWorkflowRuns", Name="flow")["Runs"]

    assert [r["Status"] for r in runs] == ["RUNNING"]
    assert api("GetTrigger", Name="start")["Trigger"]["State"] == "CREATED"


def test_a_workflow_without_start_trigger_is_not_started(api: Api) -> None:
    """There is nothing that a run could begin with."""
    api("CreateWorkflow", Name="flow")

    assert api.refusal("StartWorkflowRun", Name="flow")[0] == "InvalidInputException"


def test_a_scheduled_workflow_can_be_started(api: Api) -> None:
    """StartWorkflowRun starts a workflow whatever its start trigger is."""
    api.job("load")
    api("CreateWorkflow", Name="flow")
    api(
        "CreateTrigger",
        Name="nightly",
        Type="SCHEDULED",
        Schedule="cron(0 2 * * ? *)",
        StartOnCreation=True,
        WorkflowName="flow",
        Actions=actions_of(("load",)),
    )

    run_id = api.start()

    api.until_states(run_id, {"load": ["RUNNING"]})


def test_a_run_over_the_limit_is_refused(api: Api) -> None:
    """StartWorkflowRun and StartTrigger raise over MaxConcurrentRuns, and leave no run; after the end they do not."""
    api.job("load")
    api.flow("load", MaxConcurrentRuns=1)
    run_id = api.start()
    expected = ("ConcurrentRunsExceededException", "Concurrent runs exceeded for workflow: flow.")

    assert api.refusal("StartWorkflowRun", Name="flow") == expected
    assert api.refusal("StartTrigger", Name="start") == expected
    assert len(api("GetWorkflowRuns", Name="flow")["Runs"]) == 1
    api.executor.end("load")
    api.until_over(run_id)
    api.start()


def test_a_trigger_that_is_not_active_does_not_fire(api: Api) -> None:
    """Its state counts as it was when the run began."""
    api.job("load")
    api.job("report")
    api.flow("load")
    api.when("loaded", {"load": "SUCCEEDED"}, "report")
    api("StopTrigger", Name="loaded")

    run_id = api.start()
    api("StartTrigger", Name="loaded")
    api.executor.end("load")

    assert states(api.until_over(run_id)) == {"load": ["SUCCEEDED"]}


def test_a_running_run_keeps_its_triggers_and_sees_new_jobs(api: Api) -> None:
    """A trigger deleted meanwhile still fires; a job changed meanwhile runs as changed."""
    api.job("load")
    api.job("report", DefaultArguments={"--mode": "old"})
    api.flow("load")
    api.when("loaded", {"load": "SUCCEEDED"}, "report")

    run_id = api.start()
    api("DeleteTrigger", Name="loaded")
    command = api("GetJob", JobName="report")["Job"]["Command"]
    api(
        "UpdateJob",
        JobName="report",
        JobUpdate={"Role": "r", "Command": command, "DefaultArguments": {"--mode": "new"}},
    )
    api.executor.end("load")
    api.until_states(run_id, {"load": ["SUCCEEDED"], "report": ["RUNNING"]})

    assert api.executor.works[-1].arguments == {  # type: ignore[union-attr]  # it is a job
        "--mode": "new",
        "--WORKFLOW_NAME": "flow",
        "--WORKFLOW_RUN_ID": run_id,
        "--JOB_NAME": "report",
    }


def test_a_job_that_is_gone_ends_in_error(api: Api) -> None:
    """A job deleted between deployment and firing gives a job run in ERROR, and the branch is dead."""
    api.job("load")
    api.job("report")
    api.flow("load")
    api.when("loaded", {"load": "SUCCEEDED"}, "report")

    run_id = api.start()
    api("DeleteJob", JobName="report")
    api.executor.end("load")
    run = api.until_over(run_id)

    assert states(run) == {"load": ["SUCCEEDED"], "report": ["ERROR"]}
    assert run["Statistics"]["ErroredActions"] == 1


def test_stopping_a_run_stops_what_runs_and_starts_nothing_more(api: Api) -> None:
    """StopWorkflowRun ends the job STOPPED and the crawl CANCELLED; what watches for that does not fire."""
    api.job("load")
    api.job("after")
    api.crawler("crawl")
    api.flow("load", "crawl")
    api.when("stopped", {"load": "STOPPED"}, "after")

    run_id = api.start()
    until(lambda: len(api.executor.works) == 2)
    api("StopWorkflowRun", Name="flow", RunId=run_id)
    run = api.until_over(run_id)

    assert run["Status"] == "STOPPED"
    assert states(run) == {"load": ["STOPPED"], "crawl": ["CANCELLED"]}
    assert api.refusal("StopWorkflowRun", Name="flow", RunId=run_id) == (
        "IllegalWorkflowStateException",
        f"Run {run_id} of workflow flow cannot be stopped: it is STOPPED.",
    )


def test_a_crawler_that_runs_already_fails_the_crawl(api: Api) -> None:
    """The crawl of the run is in ERROR with Glue's text; the one under way goes on."""
    api.crawler("crawl")
    api.flow("crawl")
    api("StartCrawler", Name="crawl")

    run = api.until_over(api.start())
    node = next(n for n in run["Graph"]["Nodes"] if n["Name"] == "crawl")

    assert [(c["State"], c["ErrorMessage"]) for c in node["CrawlerDetails"]["Crawls"]] == [
        ("ERROR", "Crawler with name crawl has already started")
    ]
    assert api("GetCrawler", Name="crawl")["Crawler"]["State"] == "RUNNING"
    api("StopCrawler", Name="crawl")
    until(lambda: api("GetCrawler", Name="crawl")["Crawler"]["State"] == "READY")
    assert [crawl["State"] for crawl in api("ListCrawls", CrawlerName="crawl")["Crawls"]] == ["FAILED", "STOPPED"]


def test_a_failed_job_is_tried_again(api: Api) -> None:
    """Each attempt is a job run of its own on the node; conditions see the last."""
    api.job("load", MaxRetries=1)
    api.job("report")
    api.flow("load")
    api.when("loaded", {"load": "SUCCEEDED"}, "report")

    run_id = api.start()
    api.executor.end("load", "FAILED", "once")
    api.executor.end("load")
    api.executor.end("report")
    run = api.until_over(run_id)
    attempts = next(n for n in run["Graph"]["Nodes"] if n["Name"] == "load")["JobDetails"]["JobRuns"]

    assert states(run) == {"load": ["FAILED", "SUCCEEDED"], "report": ["SUCCEEDED"]}
    assert [a["Attempt"] for a in attempts] == [0, 1]
    assert attempts[1]["PreviousRunId"] == attempts[0]["Id"]
    assert attempts[1]["Id"] == f"{attempts[0]['Id']}_attempt_1"


def test_properties_are_merged_key_by_key(api: Api) -> None:
    """Defaults, then those of the start, then every put; also after the end."""
    api.job("load")
    api.flow("load", DefaultRunProperties={"env": "prod", "day": "monday"})
    run_id = api.start(day="tuesday")
    target = {"Name": "flow", "RunId": run_id}

    api("PutWorkflowRunProperties", **target, RunProperties={"rows": "3"})
    api.executor.end("load")
    api.until_over(run_id)
    api("PutWorkflowRunProperties", **target, RunProperties={"rows": "4"})

    expected = {"env": "prod", "day": "tuesday", "rows": "4"}
    assert api("GetWorkflowRunProperties", **target) == {"RunProperties": expected}
    assert api.run(run_id)["WorkflowRunProperties"] == expected
    assert api("GetWorkflow", Name="flow")["Workflow"]["DefaultRunProperties"] == {"env": "prod", "day": "monday"}


def test_an_unknown_run_is_refused(api: Api) -> None:
    """Every operation on a run that is not there gets Glue's error."""
    api("CreateWorkflow", Name="flow")
    expected = ("EntityNotFoundException", "Workflow run with name: wr_1 not found.")

    for operation in ("GetWorkflowRun", "StopWorkflowRun", "GetWorkflowRunProperties"):
        assert api.refusal(operation, Name="flow", RunId="wr_1") == expected
    assert api.refusal("PutWorkflowRunProperties", Name="flow", RunId="wr_1", RunProperties={}) == expected


def test_runs_are_listed_newest_first_in_pages(api: Api) -> None:
    """GetWorkflowRuns gives the newest run first."""
    api.job("load", ExecutionProperty={"MaxConcurrentRuns": 3})
    api.flow("load")
    started = [api.start() for _ in range(3)]

    first = api("GetWorkflowRuns", Name="flow", MaxResults=2)
    second = api("GetWorkflowRuns", Name="flow", MaxResults=2, NextToken=first["NextToken"])

    assert [r["WorkflowRunId"] for r in first["Runs"] + second["Runs"]] == list(reversed(started))


def test_the_given_outcome_stands_for_the_action() -> None:
    """A job or crawler with an outcome does not run: it ends as it was said to."""
    api = Api(outcomes={"load": "FAILED", "crawl": "SUCCEEDED", "report": "TIMEOUT"})
    for name in ("load", "report"):
        api.job(name)
    api.crawler("crawl")
    api.flow("load")
    api.when("failed", {"load": "FAILED"}, "crawl")
    api.when("crawled", {"crawl": "SUCCEEDED"}, "report")

    run = api.run(api.start())

    assert (run["Status"], api.executor.works) == ("COMPLETED", [])
    assert states(run) == {"load": ["FAILED"], "crawl": ["SUCCEEDED"], "report": ["TIMEOUT"]}
    node = next(n for n in run["Graph"]["Nodes"] if n["Name"] == "load")
    assert node["JobDetails"]["JobRuns"][0]["ErrorMessage"] == "given outcome: FAILED"
    api.service.close()


def test_an_outcome_that_a_crawl_cannot_have_fails_it() -> None:
    """A crawl does not end in TIMEOUT, so nobody can be told that it did."""
    api = Api(outcomes={"crawl": "TIMEOUT"})
    api.crawler("crawl")
    api.flow("crawl")

    run = api.run(api.start())
    node = next(n for n in run["Graph"]["Nodes"] if n["Name"] == "crawl")

    assert [(c["State"], c["ErrorMessage"]) for c in node["CrawlerDetails"]["Crawls"]] == [
        ("FAILED", "given outcome: TIMEOUT, in which no crawler ends")
    ]
    api.service.close()


def test_ids_and_times_follow_from_the_clock_and_the_id_source() -> None:
    """The same definitions, clock and ids give the same answers, to the byte."""

    def play() -> list[object]:
        ticks: Iterator[datetime] = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=n) for n in range(1000))
        api = Api(clock=lambda: next(ticks), ids=lambda: "one", outcomes={"load": "FAILED", "alert": "SUCCEEDED"})
        api.job("load", MaxRetries=1)
        api.job("alert")
        api.flow("load")
        api.when("failed", {"load": "FAILED"}, "alert")
        run = api.run(api.start())
        api.service.close()
        return [run]

    first, second = play(), play()

    assert first == second
    assert states(first[0]) == {"load": ["FAILED", "FAILED"], "alert": ["SUCCEEDED"]}  # type: ignore[arg-type]  # a run


def test_old_runs_are_forgotten() -> None:
    """A service that runs for ever does not grow for ever: the newest thousand runs are kept."""
    api = Api(outcomes={"load": "SUCCEEDED"})
    api.job("load")
    api.flow("load")

    started = [api.start() for _ in range(1_005)]
    runs = api("GetWorkflowRuns", Name="flow", MaxResults=1000)["Runs"]
    job_runs = api("GetJobRuns", JobName="load", MaxResults=200)

    assert [r["WorkflowRunId"] for r in runs] == list(reversed(started))[:1_000]
    assert len(job_runs["JobRuns"]) == 200
    api.service.close()


def test_what_waits_for_a_job_that_takes_no_time() -> None:
    """A job run that has to wait starts also where the one before it has ended in the meantime."""
    api = Api(outcomes={"load": "SUCCEEDED"})
    api.job("load", JobRunQueuingEnabled=True)
    api.flow("load", {"JobName": "load", "Arguments": {"--second": "yes"}})

    run = api.run(api.start())

    assert (run["Status"], states(run)) == ("COMPLETED", {"load": ["SUCCEEDED", "SUCCEEDED"]})
    api.service.close()
