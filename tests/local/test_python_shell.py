"""Python shell jobs as real processes: what they get, how they end, what is kept of what they say."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.local import LocalGlue, LogLines
from gluedsl.local.job_path import JOB_PATH
from tests.support.local import BUCKET, ROLE, Account, until

if TYPE_CHECKING:
    from collections.abc import Iterator


def run(account: Account, name: str, **members: object) -> dict[str, Any]:
    """Run a job by itself to its end."""
    return account.job_run(name, account.glue.start_job_run(JobName=name, **members)["JobRunId"])


def end(account: Account, source: str) -> tuple[str, str | None]:
    """Return state and error of a job with this script."""
    account.shell_job("job", source)
    found = run(account, "job")
    return found["JobRunState"], found.get("ErrorMessage")


def test_a_job_gets_its_arguments_as_two_words_each(account: Account) -> None:
    """All arguments of the run come, in order, and the name of the job; outside of a workflow nothing else."""
    account.shell_job("job", "import sys; print(sys.argv[1:])", DefaultArguments={"--day": "a b", "--flag": ""})

    found = run(account, "job", Arguments={"--mode": "full"})

    assert account.local.logs(found["Id"]) == (
        "['--day', 'a b', '--flag', '', '--mode', 'full', '--JOB_NAME', 'job']\n"
    )


def test_a_job_sees_the_local_glue_and_nothing_else_of_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Profiles, credentials and endpoints of the machine are not passed on, nor its Python path."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3", "BOTO_CONFIG", "PYTHONPATH"):
        monkeypatch.setenv(name, "/of/the/machine")
    monkeypatch.setenv("NO_PROXY", "example.com")
    monkeypatch.setenv("OF_THE_AUTHOR", "stays")
    with LocalGlue() as glue:
        account = Account(glue)
        account.shell_job("job", "import json, os; print(json.dumps(dict(os.environ)))")
        seen = json.loads(glue.logs(run(account, "job")["Id"]))

        of_aws = {name: value for name, value in seen.items() if name.startswith(("AWS_", "BOTO"))}
        assert of_aws == glue.environment()
        assert (seen["PYTHONPATH"], seen["NO_PROXY"]) == (JOB_PATH, "example.com,127.0.0.1")
        assert seen["OF_THE_AUTHOR"] == "stays"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("print('done')", ("SUCCEEDED", None)),
        ("raise ValueError('no orders')", ("FAILED", "ValueError: no orders")),
        (
            "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise RuntimeError('two\\nlines') from e",
            ("FAILED", "RuntimeError: two"),
        ),
        ("raise SystemExit('nothing to do')", ("FAILED", "nothing to do")),
        ("raise SystemExit(3)", ("FAILED", "Command failed with exit code 3")),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", ("FAILED", "Command failed with exit code -9")),
        ("this is no Python", ("FAILED", "SyntaxError: invalid syntax")),
        ("import no_such_module", ("FAILED", "ModuleNotFoundError: No module named 'no_such_module'")),
    ],
)
def test_the_end_of_a_job_is_the_end_of_its_script(
    account: Account, source: str, expected: tuple[str, str | None]
) -> None:
    """An exit code of zero is SUCCEEDED; anything else FAILED, with the exception as the error."""
    assert end(account, source) == expected


def test_a_script_that_is_not_there_fails_the_job(account: Account) -> None:
    """The error names the object."""
    for uri, message in [
        ("s3://lake/no.py", "s3://lake/no.py cannot be read: there is no such object"),
        ("s3://nowhere/no.py", "s3://nowhere/no.py cannot be read: there is no such object"),
        ("scripts/no.py", "scripts/no.py is not the URI of an S3 object"),
        ("s3://lake/folder/..", "s3://lake/folder/.. is not the URI of an S3 object"),
    ]:
        command = {"Name": "pythonshell", "ScriptLocation": uri}
        account.glue.create_job(Name=uri, Role=ROLE, Command=command)
        found = run(account, uri)
        assert (found["JobRunState"], found["ErrorMessage"]) == ("FAILED", message)


def test_libraries_are_on_the_path(account: Account) -> None:
    """Modules, zip files and wheels of --extra-py-files can be imported, with the files that a wheel carries."""
    account.put("lib/plain.py", "NAME = 'plain'")
    for key, files in {
        "lib/zipped.zip": {"zipped/__init__.py": "NAME = 'zipped'"},
        "lib/wheeled-1.0-py3-none-any.whl": {
            "wheeled/__init__.py": "import pathlib\nNAME = (pathlib.Path(__file__).parent / 'name.txt').read_text()",
            "wheeled/name.txt": "wheeled",
        },
    }.items():
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        account.s3.put_object(Bucket=BUCKET, Key=key, Body=buffer.getvalue())
    uris = [f"s3://{BUCKET}/lib/{name}" for name in ("plain.py", "zipped.zip", "wheeled-1.0-py3-none-any.whl")]
    account.shell_job(
        "job",
        "import plain, zipped, wheeled; print(plain.NAME, zipped.NAME, wheeled.NAME)",
        DefaultArguments={"--extra-py-files": ",".join(uris)},
    )

    found = run(account, "job")

    assert account.local.logs(found["Id"]) == "plain zipped wheeled\n"


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        ("s3://lake/no.whl", "s3://lake/no.whl cannot be read: there is no such object"),
        ("s3://lake/scripts/job.whl", "s3://lake/scripts/job.whl is no wheel: File is not a zip file"),
    ],
)
def test_a_library_that_cannot_be_had_fails_the_job(account: Account, uri: str, message: str) -> None:
    """The job does not start without it."""
    account.put("scripts/job.whl", "no wheel")
    account.shell_job("job", "print('not reached')", DefaultArguments={"--extra-py-files": uri})

    found = run(account, "job")

    assert (found["JobRunState"], found["ErrorMessage"]) == ("FAILED", message)
    assert account.local.logs(found["Id"]) == ""


def test_a_job_that_takes_too_long_is_stopped(account: Account) -> None:
    """After its timeout it is TIMEOUT, and not tried again."""
    account.shell_job("job", "import time; time.sleep(600)", Timeout=1, MaxRetries=1)

    found = run(account, "job")

    assert (found["JobRunState"], found["ErrorMessage"]) == ("TIMEOUT", "Job has timed out")
    assert len(account.glue.get_job_runs(JobName="job")["JobRuns"]) == 1


def test_a_job_that_ignores_the_request_to_end_is_killed(account: Account) -> None:
    """A job cannot outlive its timeout."""
    account.shell_job(
        "job", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)", Timeout=1
    )

    assert run(account, "job")["JobRunState"] == "TIMEOUT"


def test_a_stopped_job_is_stopped(account: Account) -> None:
    """BatchStopJobRun ends the process, whose output so far is kept."""
    account.shell_job("job", "import time; print('here'); time.sleep(600)")
    run_id = account.glue.start_job_run(JobName="job")["JobRunId"]
    until(lambda: account.local.logs(run_id) == "here\n")

    account.glue.batch_stop_job_run(JobName="job", JobRunIds=[run_id])

    assert account.job_run("job", run_id)["JobRunState"] == "STOPPED"


@pytest.fixture
def lines() -> list[LogLines]:
    """Return where a local Glue puts what it hears."""
    return []


@pytest.fixture
def heard(lines: list[LogLines]) -> Iterator[Account]:
    """Return an account on a local Glue that is listened to."""
    with LocalGlue(on_log=lines.append) as glue:
        yield Account(glue)


def test_lines_are_handed_on_as_they_come(heard: Account, lines: list[LogLines]) -> None:
    """The observer hears of each line, while the job runs, with where it is from."""
    heard.shell_job("job", "import sys, time; print('out'); print('err', file=sys.stderr); time.sleep(600)")
    run_id = heard.glue.start_job_run(JobName="job")["JobRunId"]
    until(lambda: len(lines) == 2)

    assert sorted((line.stream, line.texts) for line in lines) == [("stderr", ("err",)), ("stdout", ("out",))]
    assert {(line.source.type, line.source.name, line.run_id) for line in lines} == {("JOB", "job", run_id)}


def test_spark_jobs_are_refused_with_a_reason(account: Account) -> None:
    """What cannot be run here fails, and says what can be done."""
    for kind, called in (("glueetl", "Spark"), ("gluestreaming", "streaming"), ("glueray", "Ray")):
        account.glue.create_job(Name=kind, Role=ROLE, Command={"Name": kind, "ScriptLocation": "s3://lake/job.py"})
        found = run(account, kind)
        assert (found["JobRunState"], found["ErrorMessage"]) == (
            "FAILED",
            (
                f"the local Glue runs Python shell jobs, and {kind} is a {called} job: say how it ends, "
                f"with `gluedsl local --outcome {kind}=SUCCEEDED` or `LocalGlue(outcomes=...)`"
            ),
        )


def test_an_interpreter_that_is_not_there_fails_the_job() -> None:
    """The error names the interpreter."""
    with LocalGlue(interpreter="/no/such/python") as glue:
        account = Account(glue)

        assert end(account, "") == ("FAILED", "/no/such/python cannot be started: No such file or directory")


def test_the_interpreter_can_be_chosen(account: Account) -> None:
    """A job runs on the interpreter of the local Glue, by default the one that serves it."""
    account.shell_job("job", "import sys; print(sys.executable)")

    assert account.local.logs(run(account, "job")["Id"]) == f"{sys.executable}\n"
