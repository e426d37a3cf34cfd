"""A job that raises: the dynamic view says why, what waits for success never starts, and the failure branch does.

Nobody delivered the month that the first example is asked for here, so that both of its first jobs fail.
"""

from __future__ import annotations

from tests.support.cli import EXAMPLES, start, steady

COMMAND = ("run", "01_nightly_sales", "--property", "month=2013-01")
ERROR = (
    "botocore.errorfactory.NoSuchKey: An error occurred (NoSuchKey) when calling the GetObject operation: "
    "The specified key does not exist."
)
VIEW = """
nightly-sales  run <run>
COMPLETED, outcome FAILED: 2 actions failed (watched for by the trigger of `page-on-call`); 2
actions never started: `sales-catalog` and `publish-summary`
started <moment> UTC, took <length>

▶ every day at 02:00 UTC  fired <time>  cron(0 2 * * ? *)
│ ✗ job load-sales         FAILED <length>
│     botocore.errorfactory.NoSuchKey: An error occurred (NoSuchKey) when calling the GetObject
│     operation: The specified key does not exist.
│ ✗ job load-listings      FAILED <length>
│     botocore.errorfactory.NoSuchKey: An error occurred (NoSuchKey) when calling the GetObject
│     operation: The specified key does not exist.
├─◆ when load-sales or load-listings FAILED  fired <time>
│   ✓ job page-on-call     SUCCEEDED <length>
◇ when load-sales and load-listings both SUCCEEDED  did not fire
│ · crawler sales-catalog  not started
◇ when sales-catalog SUCCEEDED  did not fire
  · job publish-summary    not started

Actions  5 total, 1 succeeded, 2 failed, 0 timed out, 0 stopped, 0 errored, 0 running, 0 waiting

Run properties
  homes_listed  0
  homes_sold    0
  month         2013-01
  volume        0
"""
PROGRESS = """\
<time> job load-listings FAILED in <length>: {error}
<time> job load-listings RUNNING
<time> job load-sales FAILED in <length>: {error}
<time> job load-sales RUNNING
<time> job page-on-call RUNNING
<time> job page-on-call SUCCEEDED in <length>
<time> run <run> COMPLETED
<time> run <run> RUNNING
<time> the trigger of `load-sales` and `load-listings` fired
<time> the trigger of `page-on-call` fired
deployed nightly-sales to a local Glue: 17 resources
"""


def test_for_people() -> None:
    """The view has the error, the triggers that fired and those that did not; the exit code is 1."""
    ended = start(*COMMAND, folder=EXAMPLES)

    assert (ended.code, steady(ended.out)) == (1, VIEW)
    talk = steady(ended.err).splitlines(keepends=True)
    # Two jobs run at once: what they log and which of them ends first differs from run to run.
    progress = sorted(line for line in talk if not line.startswith(("load-sales | ", "load-listings | ")))
    assert "".join(progress) == PROGRESS.format(error=ERROR)
    assert f"load-sales | {ERROR}\n" in talk


def test_for_programs() -> None:
    """The data says the same."""
    ended = start(*COMMAND, "--format", "json", folder=EXAMPLES)

    assert ended.code == 1
    run = ended.json()
    assert list(run) == [
        "version",
        "workflow",
        "run_id",
        "status",
        "outcome",
        "error",
        "previous_run_id",
        "started_on",
        "completed_on",
        "statistics",
        "properties",
        "nodes",
        "triggers",
    ]
    assert (run["version"], run["workflow"], run["status"], run["outcome"]) == (
        1,
        "nightly-sales",
        "COMPLETED",
        "FAILED",
    )
    assert run["statistics"] == {
        "TotalActions": 5,
        "TimeoutActions": 0,
        "FailedActions": 2,
        "StoppedActions": 0,
        "SucceededActions": 1,
        "RunningActions": 0,
        "ErroredActions": 0,
        "WaitingActions": 0,
    }
    assert run["properties"] == {"month": "2013-01", "homes_sold": "0", "homes_listed": "0", "volume": "0"}
    fields = ["id", "state", "attempt", "trigger", "started_on", "completed_on", "error"]
    assert {tuple(each) for node in run["nodes"] for each in node["runs"]} == {tuple(fields)}
    ended_as = {
        (node["type"], node["name"]): [(each["state"], each["trigger"], each["error"]) for each in node["runs"]]
        for node in run["nodes"]
    }
    failed = "nightly-sales-after-load-listings-failed-or-load-sales-failed"
    assert ended_as == {
        ("JOB", "nightly-sales-load-sales"): [("FAILED", "nightly-sales-start", ERROR)],
        ("JOB", "nightly-sales-load-listings"): [("FAILED", "nightly-sales-start", ERROR)],
        ("CRAWLER", "sales-catalog"): [],
        ("JOB", "nightly-sales-publish-summary"): [],
        ("JOB", "nightly-sales-page-on-call"): [("SUCCEEDED", failed, None)],
    }
    assert {(each["name"], each["type"], each["fired_at"] is not None) for each in run["triggers"]} == {
        ("nightly-sales-start", "SCHEDULED", True),
        ("nightly-sales-after-load-listings-and-load-sales", "CONDITIONAL", False),
        ("nightly-sales-after-sales-catalog", "CONDITIONAL", False),
        (failed, "CONDITIONAL", True),
    }
