"""The server from its start to its end: where it listens, what it needs, one after another."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from typing import Any

import boto3
import pytest

from gluedsl.errors import GluedslError, UsageError
from gluedsl.local import LocalGlue, require_extra
from tests.support.local import Account, client, until


def caught(call: Any) -> tuple[str, str]:
    """Return message and hint of the error that a call must end in."""
    with pytest.raises(UsageError) as error:
        call()
    return error.value.message, error.value.hint


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "localhost", "10.0.0.1"])  # noqa: S104 -- refused, not listened on
def test_only_loopback_is_listened_on(host: str) -> None:
    """Any other address is refused before anything is opened."""
    assert caught(lambda: LocalGlue(host=host)) == (
        f"the local Glue listens on 127.0.0.1 only, not on {host}",
        "it has no access control: everybody who reaches it can run code",
    )


def test_a_missing_extra_is_named() -> None:
    """What is not installed is named, with the line that installs it."""
    assert caught(lambda: require_extra(lambda name: None if name in {"moto", "duckdb"} else name)) == (
        "the local Glue needs moto, duckdb, not installed here",
        'pip install "gluedsl[local]"',
    )


def test_a_port_that_is_taken_is_refused() -> None:
    """The error names the port; the next local Glue can start."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        message, hint = caught(LocalGlue(port=port).start)

    assert message == f"the local Glue cannot listen on 127.0.0.1:{port}: Address already in use"
    assert hint == "choose another port, or 0 for a free one"
    LocalGlue().start().stop()


def test_a_port_that_is_none_is_refused() -> None:
    """A number beyond all ports is an error of usage."""
    assert caught(LocalGlue(port=70_000).start) == (
        "70000 is no port: they are 1 to 65535",
        "choose another port, or 0 for a free one",
    )


def test_a_second_one_at_the_same_time_is_refused() -> None:
    """Two local Glues in one process would share their state."""
    with LocalGlue() as first:
        assert caught(LocalGlue().start) == (
            "a local Glue is running in this process already",
            "stop it first: two of them would share one state",
        )
        assert client(first).list_workflows()["Workflows"] == []


def test_one_after_another_begins_empty() -> None:
    """What was stored in one is not in the next, whoever stored it."""
    with LocalGlue() as glue:
        account = Account(glue)
        account.put("a.txt", "a")
        account.glue.create_workflow(Name="flow")
        account.glue.create_database(DatabaseInput={"Name": "db"})
    with LocalGlue() as glue:
        assert client(glue).list_workflows()["Workflows"] == []
        assert client(glue).get_databases()["DatabaseList"] == []
        assert client(glue, "s3").list_buckets()["Buckets"] == []


def test_it_must_be_started() -> None:
    """Before the start and after the end there is no endpoint; stopping twice is no matter."""
    glue = LocalGlue()
    expected = ("the local Glue has not been started", "call start(), or use it in a `with` statement")

    assert caught(lambda: glue.endpoint_url) == expected
    glue.start()
    assert glue.endpoint_url.startswith("http://127.0.0.1:")
    glue.stop()
    glue.stop()
    assert caught(glue.client_settings) == expected
    assert issubclass(UsageError, GluedslError)


def test_the_end_takes_running_jobs_with_it() -> None:
    """A job that runs, and what it has started, is gone when the server is."""
    with LocalGlue() as glue:
        account = Account(glue)
        account.shell_job(
            "sleep",
            """
            import boto3, os, subprocess, time
            child = subprocess.Popen(["sleep", "600"])
            boto3.client("s3").put_object(Bucket="lake", Key="pids", Body=f"{os.getpid()} {child.pid}".encode())
            time.sleep(600)
            """,
        )
        account.glue.start_job_run(JobName="sleep")
        until(lambda: "Contents" in account.s3.list_objects_v2(Bucket="lake", Prefix="pids"))
        pids = [int(pid) for pid in account.text("pids").split()]
        began = time.monotonic()

    assert time.monotonic() - began < 5
    until(lambda: not any(is_alive(pid) for pid in pids))


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    ps = shutil.which("ps") or "/bin/ps"
    state = subprocess.run([ps, "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return not state.strip().startswith("Z") and bool(state.strip())


def test_the_environment_leads_an_aws_client_here_and_nowhere_else() -> None:
    """The variables name the endpoint, and switch off every other source of credentials."""
    with LocalGlue(region="eu-west-1") as glue:
        assert glue.environment() == {
            "AWS_ENDPOINT_URL": glue.endpoint_url,
            "AWS_ACCESS_KEY_ID": "local-glue",
            "AWS_SECRET_ACCESS_KEY": "local-glue",
            "AWS_REGION": "eu-west-1",
            "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ALLOW_HTTP": "true",
        }


def test_importing_it_needs_no_extra() -> None:
    """What moto and DuckDB need is loaded when a local Glue starts, not before."""
    code = "import sys, gluedsl.local; print(sorted({'moto', 'duckdb', 'flask', 'werkzeug'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert found == "[]\n"


def test_the_configuration_of_the_machine_is_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile that does not exist, a proxy, FIPS: none of it comes between the local Glue and its own clients."""
    monkeypatch.setenv("AWS_PROFILE", "no-such-profile")
    monkeypatch.setenv("AWS_USE_FIPS_ENDPOINT", "true")
    monkeypatch.setenv("AWS_ENDPOINT_URL_GLUE", "http://127.0.0.1:1")
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with LocalGlue() as glue:
        session = glue.session()
        session.client("s3").create_bucket(Bucket="lake")

        assert session.client("glue").list_workflows()["Workflows"] == []
        assert session.client("sts").get_caller_identity()["Account"] == "123456789012"


def test_an_ordinary_client_needs_the_settings_only() -> None:
    """Any boto3 client that is given the settings reaches the local Glue."""
    with LocalGlue() as glue:
        ordinary: Any = boto3.Session()

        assert ordinary.client("glue", **glue.client_settings()).list_workflows()["Workflows"] == []
