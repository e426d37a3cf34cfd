"""What pip would install for jobs on Glue, against what is installed here."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from typing import TYPE_CHECKING

import pytest

from gluedsl.local.requirements import missing, required
from gluedsl.model import Job, RemoteScript

if TYPE_CHECKING:
    from tests.support.local import Account

INSTALLED = {"tabulate": "0.8.10", "Polars": "1.2.0", "polars": "1.2.0", "pre": "2.0rc1"}


def installed(name: str) -> str:
    """Return the version of what is installed."""
    if name not in INSTALLED:
        raise PackageNotFoundError(name)
    return INSTALLED[name]


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        ("polars", []),
        ("Polars>=1,<2", []),
        ("polars[all]~=1.2", []),
        ("pre>=2.0rc1", []),
        ("duckling", ["duckling"]),
        ("duckling==1; python_version < '3'", []),
        ("tabulate==0.9.0", ["tabulate==0.9.0 (0.8.10 is installed)"]),
        ("duckling @ https://example.com/duckling.zip", ["duckling @ https://example.com/duckling.zip"]),
        ("s3://lake/duckling-1.0-py3-none-any.whl", ["s3://lake/duckling-1.0-py3-none-any.whl"]),
        ("s3://lake/polars-1.2.0-py3-none-any.whl", []),
        ("git+https://example.com/duckling", []),
    ],
)
def test_missing(requirement: str, expected: list[str]) -> None:
    """What is not there is missing, and so is another version; what has no name is left alone."""
    assert missing([requirement], installed) == expected


def test_required() -> None:
    """Requirements stand among libraries and in the argument; files and addresses are none."""
    code, role = RemoteScript(uri="s3://lake/job.py"), "GlueRole"
    libraries = ("polars", "/home/lib.py", "s3://lake/lib.whl")
    arguments = {"--additional-python-modules": "tabulate==0.9.0, polars", "--mode": "full"}
    jobs = (
        Job(name="a", kind="pythonshell", code=code, role=role, libraries=libraries),
        Job(name="b", kind="pythonshell", code=code, role=role, default_arguments=arguments),
    )

    assert required(jobs) == ["polars", "tabulate==0.9.0"]


def test_a_job_that_misses_one_says_so(account: Account) -> None:
    """The error names the requirement, so that nobody looks for the reason in the code."""
    asked = {"--additional-python-modules": "duckling==1.0,boto3"}
    account.shell_job("job", "import duckling", DefaultArguments=asked)

    found = account.job_run("job", account.glue.start_job_run(JobName="job")["JobRunId"])

    assert found["ErrorMessage"] == (
        "ModuleNotFoundError: No module named 'duckling'; "
        "of --additional-python-modules there is no duckling==1.0 here, where nothing is installed for jobs"
    )
