"""`gluedsl local`: what it says, what it begins with, how it ends."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from tests.support.local import shell_job, until
from tests.support.served import Served, served

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cli import Commands

FLOW = """\
from gluedsl import Crawler, Workflow

chain = Workflow("chain")

@chain.python_shell_job
def first(run):
    print("the first is here")

chain.add(Crawler("tables", database="sales", targets=["s3://lake/sales/"]), after=first)
"""
BROKEN = "from gluedsl import Workflow, cron\n\nlone = Workflow('lone', start=cron('61 2 * * ? *'))\n"
SETTINGS = """\
[tool.gluedsl]
region = "eu-west-1"
role = "arn:aws:iam::123456789012:role/GlueRole"

[tool.gluedsl.local]
data = { "s3://lake/sales/" = "data" }
buckets = ["reports"]
"""


def project(folder: Path) -> None:
    """Write a flow with settings and data."""
    (folder / "flow.py").write_text(FLOW, encoding="utf-8")
    (folder / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "data").mkdir()
    (folder / "data" / "a.csv").write_text("id,name\n1,a\n2,b\n", encoding="utf-8")


def sleeping_job(it: Served, name: str, source: str) -> int:
    """Run a job whose script tells its process id and goes on; return that id."""
    s3, glue = it.client("s3"), it.client()
    s3.create_bucket(Bucket="lake")
    script = f"import os, signal, time, boto3\n{source}\n"
    script += "boto3.client('s3').put_object(Bucket='lake', Key='pid', Body=str(os.getpid()).encode())\n"
    script += "time.sleep(600)\n"
    s3.put_object(Bucket="lake", Key=f"{name}.py", Body=script.encode())
    glue.create_job(**shell_job(name, f"s3://lake/{name}.py"))
    glue.start_job_run(JobName=name)
    until(lambda: "Contents" in s3.list_objects_v2(Bucket="lake", Prefix="pid"))
    return int(s3.get_object(Bucket="lake", Key="pid")["Body"].read())


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    ps = shutil.which("ps") or "/bin/ps"
    state = subprocess.run([ps, "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return not state.strip().startswith("Z") and bool(state.strip())


def test_it_says_how_to_get_there_and_ends_when_told() -> None:
    """Standard output is one line; standard error has what to export and what is in the way; SIGTERM ends it with 0."""
    with served(AWS_ENDPOINT_URL="http://127.0.0.1:1", AWS_PROFILE="no-such-profile", AWS_ENDPOINT_URL_S3="x") as it:
        assert it.client().list_workflows()["Workflows"] == []
        assert it.client("s3").list_buckets()["Buckets"] == []
        ended = it.end()

    assert (ended.code, ended.out) == (0, "")
    assert ended.err == (
        "A Glue on this machine, in us-east-1. What leads AWS clients to it:\n"
        "\n"
        f"  export AWS_ENDPOINT_URL={it.url}\n"
        "  export AWS_ACCESS_KEY_ID=local-glue\n"
        "  export AWS_SECRET_ACCESS_KEY=local-glue\n"
        "  export AWS_REGION=us-east-1\n"
        "  export AWS_DEFAULT_REGION=us-east-1\n"
        "  export AWS_CONFIG_FILE=/dev/null\n"
        "  export AWS_SHARED_CREDENTIALS_FILE=/dev/null\n"
        "  export AWS_EC2_METADATA_DISABLED=true\n"
        "  export AWS_ALLOW_HTTP=true\n"
        "  unset AWS_ENDPOINT_URL_S3\n"
        "  unset AWS_PROFILE\n"
        "\n"
        f"What is in it: {it.url}/ in a browser. Ctrl-C ends it, with all that is stored.\n"
        "stopping what runs; Ctrl-C again kills it\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_the_end_takes_jobs_with_it(number: int) -> None:
    """Ctrl-C, a closed terminal and SIGTERM end a job that sleeps, and then the server, with 0."""
    with served("--quiet") as it:
        pid = sleeping_job(it, "sleep", "")
        assert is_alive(pid)
        ended = it.end(number)

    assert ended.code == 0, ended.err
    assert not is_alive(pid)


@pytest.mark.slow
def test_a_second_time_it_does_not_wait() -> None:
    """A job that does not listen to SIGTERM is waited for; whoever asks twice gets it killed at once."""
    with served("--quiet") as it:
        pid = sleeping_job(it, "stubborn", "signal.signal(signal.SIGTERM, signal.SIG_IGN)")
        it.process.send_signal(signal.SIGINT)
        until(lambda: any("stopping" in line for line in it.talk))
        ended = it.end(signal.SIGINT)

    assert ended.code == 130, "whoever waits for the job ends with 0"
    until(lambda: not is_alive(pid))


def test_it_begins_with_a_projects_data_and_workflows(tmp_path: Path) -> None:
    """With PATH its buckets and files are there, in its region; with --deploy its workflows are; logs are shown."""
    project(tmp_path)
    with served("flow.py", "--deploy", folder=tmp_path) as it:
        s3, glue = it.client("s3", "eu-west-1"), it.client("glue", "eu-west-1")
        buckets = sorted(bucket["Name"] for bucket in s3.list_buckets()["Buckets"])
        assert buckets == ["gluedsl-123456789012-eu-west-1", "lake", "reports"]
        assert [o["Key"] for o in s3.list_objects_v2(Bucket="lake")["Contents"]] == ["sales/a.csv"]
        run_id = glue.start_workflow_run(Name="chain")["RunId"]
        until(lambda: glue.get_workflow_run(Name="chain", RunId=run_id)["Run"]["Status"] == "COMPLETED")
        table = glue.get_tables(DatabaseName="sales")["TableList"][0]
        ended = it.end()

    assert [column["Name"] for column in table["StorageDescriptor"]["Columns"]] == ["id", "name"]
    assert ended.err.startswith("deployed chain: ")
    assert "A Glue on this machine, in eu-west-1. What leads AWS clients to it:\n" in ended.err
    assert "chain-first | the first is here\n" in ended.err


def test_what_cannot_be_answered_is_one_line() -> None:
    """An operation that nobody has is told in one line, without a traceback, and the next request is answered."""
    with served() as it:
        with pytest.raises(ClientError, match="the local Glue does not have this operation: ListBlueprints"):
            it.client("glue").list_blueprints()
        assert it.client().list_workflows()["Workflows"] == []
        ended = it.end()

    lines = [line for line in ended.err.splitlines() if "Blueprints" in line]
    assert lines == ["a request was not answered: the local Glue does not have this operation: ListBlueprints"]
    assert "Traceback" not in ended.err


def test_findings_come_before_anything_is_served(cli: Commands) -> None:
    """A project with errors is not served: they are shown, and the exit code is that of findings."""
    (cli.folder / "flow.py").write_text(BROKEN, encoding="utf-8")

    ended = cli.call("local", "flow.py", "--port", "0")

    assert (ended.code, ended.out) == (1, "")
    assert "error[" in ended.err


def test_refusals(cli: Commands) -> None:
    """A port that is taken, and --deploy of nothing, are one line with a hint."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = cli.call("local", "--port", str(port))

    assert (ended.code, ended.out, ended.err) == (
        2,
        "",
        (
            f"error: the local Glue cannot listen on 127.0.0.1:{port}: Address already in use\n"
            "  hint: choose another port, or 0 for a free one\n"
        ),
    )
    assert cli.call("local", "--deploy").err == (
        "error: --deploy without PATH: there is nothing to deploy\n  hint: gluedsl local PATH --deploy\n"
    )


@pytest.mark.parametrize(
    ("options", "message", "hint"),
    [
        (("--region", "mars"), "there is no region `mars` with AWS Glue", "for example `us-east-1`"),
        (("--region", "EU-West-1"), "there is no region `EU-West-1` with AWS Glue", "did you mean `eu-west-1`?"),
        (
            ("--outcome", "load"),
            "--outcome load: not of the form NODE=STATE",
            "for example: --outcome load_orders=FAILED",
        ),
        (
            ("--outcome", "load=LOST"),
            "--outcome load=LOST: a job cannot end in LOST",
            "it ends in SUCCEEDED, FAILED, TIMEOUT, STOPPED, CANCELLED",
        ),
        (
            ("flow.py", "--outcome", "tables=STOPPED"),
            "--outcome tables=STOPPED: a crawler cannot end in STOPPED",
            "it ends in SUCCEEDED, FAILED, CANCELLED",
        ),
    ],
    ids=str,
)
def test_options_that_cannot_be_meant(cli: Commands, options: tuple[str, ...], message: str, hint: str) -> None:
    """A region that there is not, and an end that nothing can come to, are one line with a hint."""
    project(cli.folder)

    ended = cli.call("local", *options)

    assert (ended.code, ended.out, ended.err) == (2, "", f"error: {message}\n  hint: {hint}\n")


def test_a_region_of_the_settings(cli: Commands) -> None:
    """What the project's settings call a region is looked at as well."""
    project(cli.folder)
    (cli.folder / "pyproject.toml").write_text(SETTINGS.replace("eu-west-1", "Mars"), encoding="utf-8")

    ended = cli.call("local", "flow.py")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: there is no region `Mars` with AWS Glue\n  hint: for example `us-east-1`\n"


def test_outcomes_stand_in_for_runs(tmp_path: Path) -> None:
    """What cannot run here ends as was said, by any name in the project, or by that of what is deployed later."""
    project(tmp_path)
    options = ("--outcome", "first=FAILED", "--outcome", "tables=CANCELLED", "--outcome", "dedupe=succeeded")
    with served("flow.py", "--deploy", *options, folder=tmp_path) as it:
        glue = it.client("glue", "eu-west-1")
        spark = {"Name": "glueetl", "ScriptLocation": "s3://lake/dedupe.py"}
        glue.create_job(Name="dedupe", Role="GlueRole", Command=spark)
        ids = {name: glue.start_job_run(JobName=name)["JobRunId"] for name in ("chain-first", "dedupe")}
        glue.start_crawler(Name="tables")
        ends = {name: glue.get_job_run(JobName=name, RunId=run_id)["JobRun"] for name, run_id in ids.items()}
        crawl = glue.get_crawler(Name="tables")["Crawler"]["LastCrawl"]

    assert {name: end["JobRunState"] for name, end in ends.items()} == {"chain-first": "FAILED", "dedupe": "SUCCEEDED"}
    assert ends["chain-first"]["ErrorMessage"] == "given outcome: FAILED"
    assert crawl["Status"] == "CANCELLED"


def test_handlers_of_signals_are_given_back(cli: Commands) -> None:
    """A command that was refused leaves the process as it was."""
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        cli.call("local", "--port", str(taken.getsockname()[1]))

    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)] == before


@pytest.mark.slow
def test_it_answers_under_load() -> None:
    """While clients hammer it and jobs run, somebody else is answered, and nothing that was put is lost."""
    with served("--quiet", "--parallel", "2") as it:
        s3, glue = it.client("s3"), it.client()
        s3.create_bucket(Bucket="lake")
        s3.put_object(Bucket="lake", Key="job.py", Body=b"for number in range(2000): print(number)\n")
        glue.create_workflow(Name="flow")
        names = [f"job-{number}" for number in range(4)]
        for name in names:
            glue.create_job(**shell_job(name, "s3://lake/job.py"), ExecutionProperty={"MaxConcurrentRuns": 10})
        actions = [{"JobName": name} for name in names]
        glue.create_trigger(Name="go", Type="ON_DEMAND", WorkflowName="flow", Actions=actions)

        def work(number: int) -> list[str]:
            own = it.client()
            run_id = own.start_workflow_run(Name="flow")["RunId"]
            for count in range(40):
                own.put_workflow_run_properties(Name="flow", RunId=run_id, RunProperties={f"{number}-{count}": "x"})
                own.get_workflow_run(Name="flow", RunId=run_id, IncludeGraph=True)
            return list(own.get_workflow_run_properties(Name="flow", RunId=run_id)["RunProperties"])

        took = []
        with ThreadPoolExecutor(6) as pool:
            working = [pool.submit(work, number) for number in range(6)]
            while not all(each.done() for each in working):
                began = time.monotonic()
                glue.list_workflows()
                took.append(time.monotonic() - began)
        assert [len(each.result()) for each in working] == [40] * 6
        assert max(took) < 5, sorted(took)[-5:]
        ended = it.end()

    assert (ended.code, ended.out) == (0, "")
    assert not [line for line in ended.err.splitlines() if "Traceback" in line]
