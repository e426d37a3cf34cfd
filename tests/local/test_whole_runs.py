"""Whole workflows for real: processes that talk to each other through S3 and run properties, by boto3 over HTTP."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.local import BUCKET, refusal, states, until

if TYPE_CHECKING:
    from tests.support.local import Account

PROLOGUE = f"""
import sys, time, boto3
arguments = dict(zip(sys.argv[1::2], sys.argv[2::2]))
run = {{"Name": arguments["--WORKFLOW_NAME"], "RunId": arguments["--WORKFLOW_RUN_ID"]}}
glue, s3, bucket = boto3.client("glue"), boto3.client("s3"), "{BUCKET}"
properties = lambda: glue.get_workflow_run_properties(**run)["RunProperties"]
put = lambda **values: glue.put_workflow_run_properties(**run, RunProperties=values)
"""

LOAD = """
table = arguments["--table"]
rows = s3.get_object(Bucket=bucket, Key=f"raw/{table}.csv")["Body"].read().decode().splitlines()
s3.put_object(Bucket=bucket, Key=f"sales/{table}/part.csv", Body="\\n".join(rows).encode())
put(**{f"{table}_rows": str(len(rows) - 1)})
print("loaded", table, "for", properties()["env"])
"""

REPORT = """
found = properties()
tables = [t["Name"] for t in glue.get_tables(DatabaseName="db")["TableList"]]
text = f"{int(found['orders_rows']) + int(found['users_rows'])} rows in {sorted(tables)}"
s3.put_object(Bucket=bucket, Key="report.txt", Body=text.encode())
"""


def job(account: Account, name: str, source: str, **members: object) -> None:
    """Create a Python shell job that finds run properties and S3 at hand."""
    account.shell_job(name, PROLOGUE + source, **members)


@pytest.fixture
def sales(account: Account) -> Account:
    """Return AWS's own example of a workflow, and a report.

    A schedule starts two jobs; when both succeed a crawler starts
    (https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html).
    """
    account.glue.create_database(DatabaseInput={"Name": "db"})
    account.put("raw/orders.csv", "id,amount\n1,2.5\n2,3.5\n")
    account.put("raw/users.csv", "id,name\n1,ann\n2,bob\n3,cid\n")
    for table in ("orders", "users"):
        job(account, f"load-{table}", LOAD, DefaultArguments={"--table": table})
    job(account, "report", REPORT)
    job(account, "alert", "put(alerted='yes')")
    account.crawler("crawl", f"s3://{BUCKET}/sales/")
    account.glue.create_workflow(Name="flow", DefaultRunProperties={"env": "dev"})
    both = {"load-orders": "SUCCEEDED", "load-users": "SUCCEEDED"}
    account.when("both-loaded", both, "crawl")
    account.when("crawled", {"crawl": "SUCCEEDED"}, "report")
    account.when("failed", {"load-orders": "FAILED", "load-users": "FAILED"}, "alert", logical="ANY")
    account.start("nightly", "load-orders", "load-users", kind="SCHEDULED")
    account.glue.start_trigger(Name="nightly")
    return account


def test_awss_example_runs_for_real(sales: Account) -> None:
    """Jobs read and write S3 and run properties, the crawler writes tables, the report sees all of it."""
    run = sales.run(env="prod")

    assert run["Status"] == "COMPLETED"
    assert states(run) == {
        "load-orders": ["SUCCEEDED"],
        "load-users": ["SUCCEEDED"],
        "crawl": ["SUCCEEDED"],
        "report": ["SUCCEEDED"],
    }
    assert run["WorkflowRunProperties"] == {"env": "prod", "orders_rows": "2", "users_rows": "3"}
    assert sales.text("report.txt") == "5 rows in ['orders', 'users']"
    statistics = {k: v for k, v in run["Statistics"].items() if v}
    assert statistics == {"TotalActions": 5, "SucceededActions": 4}
    assert [len(run["Graph"][part]) for part in ("Nodes", "Edges")] == [9, 10]
    ids = {node["Name"]: node["UniqueId"] for node in run["Graph"]["Nodes"]}
    design = sales.glue.get_workflow(Name="flow", IncludeGraph=True)["Workflow"]["Graph"]
    assert {node["Name"]: node["UniqueId"] for node in design["Nodes"]} == ids
    loaded = run_of(run, "load-orders")
    assert sales.local.logs(loaded["Id"]) == "loaded orders for prod\n"
    snapshot = sales.local.snapshot("flow", run["WorkflowRunId"])
    assert snapshot is not None
    assert snapshot.outcome == "SUCCEEDED"


def run_of(run: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the last run of a job of a workflow run."""
    node = next(n for n in run["Graph"]["Nodes"] if n["Name"] == name)
    found: dict[str, Any] = node["JobDetails"]["JobRuns"][-1]
    return found


def test_a_job_that_raises_starts_the_failure_branch_only(sales: Account) -> None:
    """The trigger that waits for both never fires, the one that waits for a failure does; the text is kept."""
    sales.s3.delete_object(Bucket=BUCKET, Key="raw/users.csv")

    run = sales.run()

    assert run["Status"] == "COMPLETED"
    assert states(run) == {"load-orders": ["SUCCEEDED"], "load-users": ["FAILED"], "alert": ["SUCCEEDED"]}
    assert run_of(run, "load-users")["ErrorMessage"] == (
        "botocore.errorfactory.NoSuchKey: An error occurred (NoSuchKey) when calling the GetObject operation: "
        "The specified key does not exist."
    )
    assert run["WorkflowRunProperties"]["alerted"] == "yes"
    snapshot = sales.local.snapshot("flow", run["WorkflowRunId"])
    assert snapshot is not None
    assert snapshot.outcome == "FAILED"


def test_actions_of_one_trigger_really_run_in_parallel(account: Account) -> None:
    """Two jobs that wait for each other both come to their end."""
    source = """
mine, other = arguments["--mine"], arguments["--other"]
put(**{mine: "here"})
s3.put_object(Bucket=bucket, Key=mine, Body=b"here")
deadline = time.time() + 20
while other not in properties() or "Contents" not in s3.list_objects_v2(Bucket=bucket, Prefix=other):
    if time.time() > deadline:
        raise SystemExit("alone")
    time.sleep(0.05)
"""
    job(account, "left", source, DefaultArguments={"--mine": "x", "--other": "y"})
    job(account, "right", source, DefaultArguments={"--mine": "y", "--other": "x"})
    account.glue.create_workflow(Name="flow")
    account.start("begin", "left", "right")

    assert states(account.run()) == {"left": ["SUCCEEDED"], "right": ["SUCCEEDED"]}


def test_a_run_is_stopped_with_its_processes(account: Account) -> None:
    """StopWorkflowRun ends the job, and what would have come after it never starts."""
    job(account, "long", "put(began='yes'); time.sleep(600)")
    job(account, "after", "")
    account.glue.create_workflow(Name="flow")
    account.start("begin", "long")
    account.when("ended", {"long": "STOPPED"}, "after")
    run_id = account.glue.start_workflow_run(Name="flow")["RunId"]
    until(lambda: account.get(run_id)["WorkflowRunProperties"].get("began"))

    account.glue.stop_workflow_run(Name="flow", RunId=run_id)
    run = account.ended(run_id)

    assert run["Status"] == "STOPPED"
    assert states(run) == {"long": ["STOPPED"]}
    assert refusal(account.glue.stop_workflow_run, Name="flow", RunId=run_id)[0] == "IllegalWorkflowStateException"


def test_a_job_may_start_a_job(account: Account) -> None:
    """A script that calls StartJobRun really starts one, which is no part of the workflow."""
    account.shell_job("inner", "print('inner')")
    job(account, "outer", "put(inner=glue.start_job_run(JobName='inner')['JobRunId'])")
    account.glue.create_workflow(Name="flow")
    account.start("begin", "outer")

    run = account.run()
    inner = account.job_run("inner", run["WorkflowRunProperties"]["inner"])

    assert states(run) == {"outer": ["SUCCEEDED"]}
    assert (inner["JobRunState"], account.local.logs(inner["Id"])) == ("SUCCEEDED", "inner\n")


def test_puts_of_many_clients_are_all_kept(account: Account) -> None:
    """Properties that are put at the same time are merged: none is lost."""
    account.shell_job("wait", "import time; time.sleep(600)")
    account.glue.create_workflow(Name="flow")
    account.start("begin", "wait")
    run_id = account.glue.start_workflow_run(Name="flow")["RunId"]

    def put(thread: int) -> None:
        for number in range(10):
            properties = {f"{thread}-{number}": "x"}
            account.glue.put_workflow_run_properties(Name="flow", RunId=run_id, RunProperties=properties)

    threads = [threading.Thread(target=put, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(account.get(run_id)["WorkflowRunProperties"]) == 80
