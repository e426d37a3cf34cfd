"""Runs of jobs in and outside of workflows, held by the test: arguments, limits, queues, stops."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.local import Api, actions_of, predicate, states, until


def start(api: Api, name: str, **members: object) -> str:
    """Start a job by itself."""
    run_id: str = api("StartJobRun", JobName=name, **members)["JobRunId"]
    return run_id


def get(api: Api, name: str, run_id: str) -> dict[str, Any]:
    """Return a job run."""
    run: dict[str, Any] = api("GetJobRun", JobName=name, RunId=run_id)["JobRun"]
    return run


def until_state(api: Api, name: str, run_id: str, state: str) -> None:
    """Wait until a job run has a state."""
    until(lambda: get(api, name, run_id)["JobRunState"] == state)


def test_a_job_runs_by_itself(api: Api) -> None:
    """StartJobRun starts a job, GetJobRun tells of it; no trigger and no workflow are named."""
    api.job("load")

    run_id = start(api, "load", Arguments={"--day": "monday"}, Timeout=5)
    until_state(api, "load", run_id, "RUNNING")
    api.executor.end("load")
    until_state(api, "load", run_id, "SUCCEEDED")
    run = get(api, "load", run_id)

    assert {k: v for k, v in run.items() if not k.endswith("On")} == {
        "Id": run_id,
        "Attempt": 0,
        "JobName": "load",
        "JobMode": "SCRIPT",
        "JobRunState": "SUCCEEDED",
        "Arguments": {"--day": "monday"},
        "PredecessorRuns": [],
        "ExecutionTime": 0,
        "Timeout": 5,
        "MaxCapacity": 0.0625,
        "LogGroupName": "/aws-glue/python-jobs",
    }
    assert run["StartedOn"] <= run["CompletedOn"] == run["LastModifiedOn"]


def test_arguments_win_key_by_key(api: Api) -> None:
    """Those that cannot be overridden win over those of the start, those over the defaults; the name is Glue's."""
    api.job("load", DefaultArguments={"--a": "1", "--b": "1", "--c": "1"}, NonOverridableArguments={"--c": "3"})

    start(api, "load", Arguments={"--b": "2", "--c": "2", "--d": "2"})
    until(lambda: api.executor.works)

    assert api.executor.works[0].arguments == {  # type: ignore[union-attr]  # it is a job
        "--a": "1",
        "--b": "2",
        "--c": "3",
        "--d": "2",
        "--JOB_NAME": "load",
    }


def test_a_job_of_a_trigger_takes_arguments_and_timeout_of_the_action(api: Api) -> None:
    """The action overrides the job's own; the run shows the trigger."""
    api.job("load", DefaultArguments={"--mode": "delta"}, Timeout=60)
    api.flow({"JobName": "load", "Arguments": {"--mode": "full"}, "Timeout": 5})

    run_id = api.start()
    until(lambda: api.executor.works)
    work = api.executor.works[0]
    run = next(n for n in api.run(run_id)["Graph"]["Nodes"] if n["Name"] == "load")["JobDetails"]["JobRuns"][0]

    assert (work.arguments["--mode"], work.timeout_minutes) == ("full", 5)  # type: ignore[union-attr]  # it is a job
    assert (run["TriggerName"], run["Arguments"], run["Timeout"]) == ("start", {"--mode": "full"}, 5)


def test_a_job_over_its_limit_is_refused(api: Api) -> None:
    """StartJobRun raises over the job's MaxConcurrentRuns."""
    api.job("load")
    start(api, "load")

    assert api.refusal("StartJobRun", JobName="load") == (
        "ConcurrentRunsExceededException",
        "Concurrent runs exceeded for load",
    )


def test_a_job_over_its_limit_fails_in_a_workflow(api: Api) -> None:
    """The job run of the workflow is FAILED with Glue's text, and its failure branch starts."""
    api.job("load")
    api.job("alert")
    api.flow("load")
    api.when("failed", {"load": "FAILED"}, "alert")
    start(api, "load")

    run_id = api.start()
    api.executor.end("alert")
    run = api.until_over(run_id)

    assert states(run) == {"load": ["FAILED"], "alert": ["SUCCEEDED"]}
    node = next(n for n in run["Graph"]["Nodes"] if n["Name"] == "load")
    assert node["JobDetails"]["JobRuns"][0]["ErrorMessage"] == "Concurrent runs exceeded for load"


def test_a_job_with_a_queue_waits_for_its_turn(api: Api) -> None:
    """With queuing, runs over the limit are WAITING and start one after the other, in order."""
    api.job("load", JobRunQueuingEnabled=True)
    ids = [start(api, "load") for _ in range(3)]

    def found() -> list[str]:
        return [get(api, "load", run_id)["JobRunState"] for run_id in ids]

    until(lambda: found() == ["RUNNING", "WAITING", "WAITING"])
    api.executor.end("load")
    until(lambda: found() == ["SUCCEEDED", "RUNNING", "WAITING"])
    api("BatchStopJobRun", JobName="load", JobRunIds=[ids[2]])
    assert found() == ["SUCCEEDED", "RUNNING", "STOPPED"]
    api.executor.end("load")
    until(lambda: found() == ["SUCCEEDED", "SUCCEEDED", "STOPPED"])


def test_a_waiting_run_of_a_deleted_job_ends_in_error(api: Api) -> None:
    """When its turn comes there is nothing to run."""
    api.job("load", JobRunQueuingEnabled=True)
    api.flow("load")
    running = start(api, "load")
    run_id = api.start()
    api.until_states(run_id, {"load": ["WAITING"]})

    api("DeleteJob", JobName="load")
    api.executor.end("load")

    assert states(api.until_over(run_id)) == {"load": ["ERROR"]}
    assert running


def test_job_runs_are_stopped(api: Api) -> None:
    """BatchStopJobRun stops what runs and says of the rest why it does not."""
    api.job("load", ExecutionProperty={"MaxConcurrentRuns": 2})
    over, going = start(api, "load"), start(api, "load")
    until(lambda: len(api.executor.works) == 2)
    api.executor.end("load")
    until(lambda: "SUCCEEDED" in {get(api, "load", run_id)["JobRunState"] for run_id in (over, going)})
    if get(api, "load", going)["JobRunState"] == "SUCCEEDED":
        over, going = going, over

    answer = api("BatchStopJobRun", JobName="load", JobRunIds=[over, going, "jr_1"])
    until_state(api, "load", going, "STOPPED")

    assert answer["SuccessfulSubmissions"] == [{"JobName": "load", "JobRunId": going}]
    assert [(e["JobRunId"], e["ErrorDetail"]) for e in answer["Errors"]] == [
        (
            over,
            {"ErrorCode": "InvalidInputException", "ErrorMessage": f"Job run {over} has already ended: SUCCEEDED"},
        ),
        ("jr_1", {"ErrorCode": "EntityNotFoundException", "ErrorMessage": "Job run with name: jr_1 not found."}),
    ]


def test_a_stopped_job_fires_what_waits_for_it(api: Api) -> None:
    """A job of a workflow that somebody stops is STOPPED, which a trigger can wait for."""
    api.job("load")
    api.job("alert")
    api.flow("load")
    api.when("stopped", {"load": "STOPPED"}, "alert")
    run_id = api.start()
    api.until_states(run_id, {"load": ["RUNNING"]})
    job_run = api("GetJobRuns", JobName="load")["JobRuns"][0]["Id"]

    api("BatchStopJobRun", JobName="load", JobRunIds=[job_run])
    api.executor.end("alert")

    assert states(api.until_over(run_id)) == {"load": ["STOPPED"], "alert": ["SUCCEEDED"]}


def test_a_job_started_outside_fires_nothing_inside(api: Api) -> None:
    """A job run that somebody starts by hand is no part of any run of a workflow."""
    api.job("load", ExecutionProperty={"MaxConcurrentRuns": 2})
    api.job("report")
    api.flow("load")
    api.when("loaded", {"load": "SUCCEEDED"}, "report")
    run_id = api.start()
    api.until_states(run_id, {"load": ["RUNNING"]})
    inside = api("GetJobRuns", JobName="load")["JobRuns"][0]["Id"]
    api("BatchStopJobRun", JobName="load", JobRunIds=[inside])
    assert states(api.until_over(run_id)) == {"load": ["STOPPED"]}

    outside = start(api, "load")
    api.executor.end("load")
    until_state(api, "load", outside, "SUCCEEDED")

    assert api("GetJobRuns", JobName="report") == {"JobRuns": []}
    assert len(api("GetWorkflowRuns", Name="flow")["Runs"]) == 1


def test_a_job_started_outside_is_tried_again(api: Api) -> None:
    """MaxRetries holds without a workflow too."""
    api.job("load", MaxRetries=1)
    run_id = start(api, "load")
    api.executor.end("load", "FAILED", "once")
    api.executor.end("load", "FAILED", "twice")

    until(lambda: len(api("GetJobRuns", JobName="load")["JobRuns"]) == 2)
    until_state(api, "load", f"{run_id}_attempt_1", "FAILED")
    runs = api("GetJobRuns", JobName="load")["JobRuns"]

    assert [(r["Attempt"], r["ErrorMessage"]) for r in runs] == [(1, "twice"), (0, "once")]
    assert runs[0]["PreviousRunId"] == run_id


def test_a_chain_of_triggers_without_workflow_runs(api: Api) -> None:
    """Starting an ON_DEMAND trigger of no workflow starts its job, whose end fires the next such trigger."""
    api.job("first")
    api.job("second")
    api("CreateTrigger", Name="go", Type="ON_DEMAND", Actions=actions_of(("first",)))
    api(
        "CreateTrigger",
        Name="then",
        Type="CONDITIONAL",
        StartOnCreation=True,
        Predicate=predicate({"first": "SUCCEEDED"}),
        Actions=actions_of(("second",)),
    )

    api("StartTrigger", Name="go")
    api.executor.end("first")
    until(lambda: api("GetJobRuns", JobName="second")["JobRuns"])

    assert api("GetJobRuns", JobName="first")["JobRuns"][0]["TriggerName"] == "go"
    assert api("GetJobRuns", JobName="second")["JobRuns"][0]["TriggerName"] == "then"


def test_a_job_started_by_hand_fires_no_chain(api: Api) -> None:
    """A dependent job starts only if the completing job was itself started by a trigger."""
    api.job("first")
    api.job("second")
    api(
        "CreateTrigger",
        Name="then",
        Type="CONDITIONAL",
        StartOnCreation=True,
        Predicate=predicate({"first": "SUCCEEDED"}),
        Actions=actions_of(("second",)),
    )

    run_id = start(api, "first")
    api.executor.end("first")
    until_state(api, "first", run_id, "SUCCEEDED")

    assert api("GetJobRuns", JobName="second") == {"JobRuns": []}


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"Timeout": 10_080}, "Timeout is less than 10080 minutes, not 10080"),
        ({"WorkerType": "G.1X"}, "Please set both Worker Type and Number of Workers."),
    ],
)
def test_what_glue_refuses_of_a_start_is_refused(api: Api, members: dict[str, object], message: str) -> None:
    """StartJobRun has limits of its own."""
    api.job("load")

    assert api.refusal("StartJobRun", JobName="load", **members) == ("InvalidInputException", message)


def test_an_unknown_job_run_is_refused(api: Api) -> None:
    """GetJobRun of what is not there is an error."""
    api.job("load")

    assert api.refusal("GetJobRun", JobName="load", RunId="jr_1") == (
        "EntityNotFoundException",
        "Job run with name: jr_1 not found.",
    )


def test_no_more_run_at_once_than_allowed() -> None:
    """Jobs beyond the bound wait in STARTING for a free place."""
    api = Api(at_once=1)
    api.job("left")
    api.job("right")
    api.flow("left", "right")
    run_id = api.start()

    api.until_states(run_id, {"left": ["RUNNING"], "right": ["STARTING"]})
    api.executor.end("left")
    api.until_states(run_id, {"left": ["SUCCEEDED"], "right": ["RUNNING"]})
    api.service.close()


def test_what_has_no_place_yet_is_stopped_at_once() -> None:
    """A job run that never began ends with the run that is stopped."""
    api = Api(at_once=1)
    api.job("left")
    api.job("right")
    api.flow("left", "right")
    run_id = api.start()
    api.until_states(run_id, {"left": ["RUNNING"], "right": ["STARTING"]})

    api("StopWorkflowRun", Name="flow", RunId=run_id)

    assert states(api.until_over(run_id)) == {"left": ["STOPPED"], "right": ["STOPPED"]}
    assert len(api.executor.works) == 1
    api.service.close()


class Broken:
    """An executor with a fault."""

    def run_job(self, *_: object) -> Any:
        """Fail in a way that no job can."""
        message = "disk full"
        raise OSError(message)

    crawl = run_job


def test_a_fault_of_the_executor_ends_the_job_run() -> None:
    """A run does not hang because the local Glue ran into something."""
    api = Api()
    api.service.close()
    api.service = type(api.service)(Broken())
    api.job("load")
    api.flow("load")

    run = api.until_over(api.start())
    node = next(n for n in run["Graph"]["Nodes"] if n["Name"] == "load")

    assert node["JobDetails"]["JobRuns"][0]["ErrorMessage"] == "the local Glue failed: OSError: disk full"
    api.service.close()
