"""What stands on the path of jobs that run here: `awsglue.utils`, as Glue documents it, and reasons for the rest."""

from __future__ import annotations

import ast
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest

from gluedsl.local import LocalGlue
from gluedsl.local.job_path import JOB_PATH
from gluedsl.local.job_path.awsglue.utils import GlueArgumentError, getResolvedOptions
from tests.support.local import BUCKET, Account

TOLD = {
    "job_bookmark_option": "job-bookmark-disable",
    "job_bookmark_from": None,
    "job_bookmark_to": None,
    "JOB_ID": None,
    "JOB_RUN_ID": None,
    "SECURITY_CONFIGURATION": None,
    "encryption_type": None,
    "RedshiftTempDir": None,
    "TempDir": None,
}
"""What is returned without being asked for, where nothing of it was passed."""


def resolved(words: str, *options: str) -> dict[str, Any]:
    """Return what a script that was called with these words gets."""
    return getResolvedOptions(["script.py", *words.split()], options)


@pytest.mark.parametrize(
    ("words", "options", "expected"),
    [
        ("", (), {}),
        ("--day monday --rows -5", ("day", "rows"), {"day": "monday", "rows": "-5"}),
        (
            "--day=monday --query=a=b --empty=",
            ("day", "query", "empty"),
            {"day": "monday", "query": "a=b", "empty": ""},
        ),
        ("--day monday --extra-py-files s3://lake/a.py stray", ("day",), {"day": "monday"}),
        ("--day monday --day tuesday", ("day",), {"day": "tuesday"}),
        ("--table-name orders", ("table-name",), {"table_name": "orders"}),
        ("--tab orders", ("table",), {"table": "orders"}),
        ("--JOB_NAME load", ("JOB_NAME",), {"JOB_NAME": "load"}),
        ("--JOB_RUN_ID jr_1 --JOB_ID j_1", (), {"JOB_RUN_ID": "jr_1", "JOB_ID": "j_1"}),
        ("--TempDir s3://lake/temp/", ("TempDir",), {"TempDir": "s3://lake/temp/"}),
        ("--TempDir s3://lake/temp/", (), {"TempDir": "s3://lake/temp/"}),
        ("", ("TempDir", "RedshiftTempDir", "SECURITY_CONFIGURATION"), {}),
        ("--job-bookmark-option job-bookmark-enable", (), {"job_bookmark_option": "job-bookmark-enable"}),
        ("--continuation-option job-bookmark-pause", (), {"job_bookmark_option": "job-bookmark-pause"}),
        (
            "--WORKFLOW_NAME nightly --WORKFLOW_RUN_ID wr_1",
            ("WORKFLOW_NAME", "WORKFLOW_RUN_ID"),
            {"WORKFLOW_NAME": "nightly", "WORKFLOW_RUN_ID": "wr_1"},
        ),
    ],
)
def test_options(words: str, options: tuple[str, ...], expected: dict[str, str]) -> None:
    """What is asked for is returned, with an underscore for a dash, and what every job is told."""
    assert resolved(words, *options) == TOLD | expected


@pytest.mark.parametrize(
    ("words", "options", "message"),
    [
        ("", ("day", "rows"), "the following arguments are required: --day, --rows"),
        ("--day", ("day",), "argument --day: expected one argument"),
        ("--t x", ("table", "tables"), "ambiguous option: --t could match --table, --tables"),
        (
            "--foo 1",
            ("--foo",),
            "the following arguments are required: ----foo (ask for `foo` without the dashes, which are added)",
        ),
    ],
)
def test_what_cannot_be_resolved(words: str, options: tuple[str, ...], message: str) -> None:
    """The job is told which argument is missing, or has no value, or is meant by nobody knows what."""
    with pytest.raises(GlueArgumentError) as caught:
        resolved(words, *options)
    assert str(caught.value) == message


@pytest.mark.parametrize("name", ["JOB_RUN_ID", "--JOB_RUN_ID", "job-bookmark-option"])
def test_what_is_not_to_be_asked_for(name: str) -> None:
    """What is returned in any case is refused to those who ask."""
    with pytest.raises(RuntimeError) as caught:
        resolved("--JOB_RUN_ID jr_1", name)
    called = name.removeprefix("--")
    assert str(caught.value) == f"Using reserved arguments --{called}: it is returned without being asked for"


def said(account: Account, source: str, **members: object) -> str:
    """Run a job with this script; return what it writes, or why it fails."""
    account.shell_job("load", source, **members)
    started = account.glue.start_job_run(JobName="load")["JobRunId"]
    found = account.job_run("load", started)
    return found.get("ErrorMessage") or account.local.logs(started)


def test_a_job_asks_for_its_arguments(account: Account) -> None:
    """A script runs unchanged, with what Glue tells it and what its job passes."""
    source = """
        import sys
        from awsglue.utils import getResolvedOptions
        args = getResolvedOptions(sys.argv, ["JOB_NAME", "table"])
        print(args["JOB_NAME"], args["table"], args["TempDir"])
    """

    written = said(account, source, DefaultArguments={"--table": "orders", "--TempDir": "s3://lake/temp/"})

    assert written == "load orders s3://lake/temp/\n"


def test_a_job_that_asks_for_what_it_is_not_passed_fails(account: Account) -> None:
    """The reason is the job's error, under the name of Glue's own exception."""
    source = "import sys\nfrom awsglue.utils import getResolvedOptions\ngetResolvedOptions(sys.argv, ['table'])\n"

    assert said(account, source) == "awsglue.utils.GlueArgumentError: the following arguments are required: --table"


@pytest.mark.parametrize(
    "statement", ["from awsglue.context import GlueContext", "import awsglue.context", "from awsglue import context"]
)
def test_what_needs_spark_says_so(account: Account, statement: str) -> None:
    """All else of Glue's library is not there, as in a Python shell job of Glue's, and the reason is clear."""
    assert said(account, statement) == (
        "ModuleNotFoundError: awsglue.context needs Spark: "
        "gluedsl runs Python shell jobs, and for them there is awsglue.utils"
    )


def test_it_wins_over_what_is_installed(tmp_path: Path) -> None:
    """Jobs find the same on every machine: the installed library needs Spark as soon as it is imported."""
    venv.create(tmp_path, with_pip=False, symlinks=True)
    packages = next(tmp_path.glob("lib/python*/site-packages"))
    (packages / "awsglue").mkdir()
    (packages / "awsglue/__init__.py").write_text("import py4j")
    with LocalGlue(interpreter=str(tmp_path / "bin/python")) as glue:
        written = said(Account(glue), "import awsglue.utils; print(awsglue.__file__)")

    assert written == f"{JOB_PATH}/awsglue/__init__.py\n"


def test_what_the_job_brings_along_wins_over_it(account: Account) -> None:
    """A library of the job is what its author wants."""
    account.put("lib/awsglue.py", "NAME = 'theirs'")
    libraries = {"--extra-py-files": f"s3://{BUCKET}/lib/awsglue.py"}

    assert said(account, "import awsglue; print(awsglue.NAME)", DefaultArguments=libraries) == "theirs\n"


def test_it_is_on_no_other_path() -> None:
    """Who runs gluedsl does not find it."""
    program = "import gluedsl.local, importlib.util; print(importlib.util.find_spec('awsglue'))"

    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert found.stdout == "None\n"


@pytest.mark.parametrize("file", sorted(Path(JOB_PATH).rglob("*.py")), ids=str)
def test_it_runs_on_the_interpreter_of_jobs(file: Path) -> None:
    """It keeps to the syntax of Python shell's 3.9, and to the standard library."""
    tree = ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 9))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}

    assert {str(module).partition(".")[0] for module in modules} <= sys.stdlib_module_names
