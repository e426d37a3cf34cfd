"""What `libraries=` names: files and folders beside the flow win, and what is none of these is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.checked_flows import checked
from tests.support.flows import flow

if TYPE_CHECKING:
    from pathlib import Path

    from gluedsl.diagnostics import Diagnostic

FOLDERS = ("util", "my_lib", "data")
FILES = ("util/__init__.py", "one.py", "two.whl", "requirements.txt", "old.egg", "job.py", "data/rows.csv")


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """Return a folder with what a flow may name."""
    for folder in FOLDERS:
        (tmp_path / folder).mkdir()
    for file in FILES:
        (tmp_path / file).touch()
    return tmp_path


def lowered(beside: Path, library: str) -> str:
    """Return a library as the model has it."""
    written = flow(beside, f'w = Workflow("w")\nw.add(PythonShellJob("a", script="job.py", libraries=[{library!r}]))\n')
    (found,) = written.lowered.project.jobs[0].libraries
    return found


def finding(beside: Path, library: str, made: str = "PythonShellJob") -> Diagnostic | None:
    """Return what is said of a library, if anything is."""
    body = f'w = Workflow("w")\nw.add({made}("a", script="job.py", libraries=["requests", {library!r}]))\n'
    flow = checked(beside, body)
    assert len(flow.found) <= 1
    assert all(one.endswith(f": {library!r}") for one in flow.found)
    return flow.compilation.report.diagnostics[0] if flow.found else None


@pytest.mark.parametrize("library", ["util", "util/", "./util", "one.py", "data", "requirements.txt", "my_lib"])
def test_what_lies_beside_the_flow_wins(beside: Path, library: str) -> None:
    """A package of that name in an index is a stranger's."""
    assert lowered(beside, library) == str(beside / library)


@pytest.mark.parametrize("library", ["requests", "pandas==2.2.3", "s3://lake/x.whl", "https://example.com/x.whl"])
def test_what_does_not_stays_as_it_is(beside: Path, library: str) -> None:
    """It is an address, or for pip."""
    assert lowered(beside, library) == library


@pytest.mark.parametrize(
    "library",
    [
        "util",
        "one.py",
        "two.whl",
        "requests",
        "scikit-learn[alldeps]>=1.0,<2 ; python_version >= '3.9'",
        "mine @ https://example.com/mine.whl",
        "https://example.com/mine.whl",
        "git+https://example.com/mine.git@main",
        "s3://lake/mine.whl",
        "s3://lake/folder/mine.zip",
        "units",
        "utli==1.0",
        "d",
    ],
)
def test_nothing_is_said_of_what_can_be_had(beside: Path, library: str) -> None:
    """A requirement with a version is meant as one, whatever lies beside the flow."""
    assert finding(beside, library) is None


@pytest.mark.parametrize(
    ("library", "fault"),
    [
        ("pandas==", "is no file beside the flow, and no requirement that pip can read"),
        ("two words", "is no file beside the flow, and no requirement that pip can read"),
        ("", "is no file beside the flow, and no requirement that pip can read"),
        ("-r requirements.txt", "is no file beside the flow, and no requirement that pip can read"),
        ("hdfs://x/y.whl", "is no file beside the flow, and no requirement that pip can read"),
        ("file:///tmp/x.whl", "is no file beside the flow, and no requirement that pip can read"),
        ("s3:/lake/x.whl", None),
        ("s3://", "names no bucket"),
        ("s3://lake", "names a bucket, and no file in it"),
        ("s3://lake/", "names a bucket, and no file in it"),
        ("s3://b/x.whl", "names the bucket `b`, and the name of a bucket has 3 to 63 characters"),
        ("s3://my lake/x.whl", "names the bucket `my lake`, and no bucket is called so"),
    ],
)
def test_what_nobody_can_find(beside: Path, library: str, fault: str | None) -> None:
    """It is an error where it stands: the job would fail when it starts. With a slash it is a file."""
    found = finding(beside, library)

    assert found is not None
    if fault is None:
        assert (found.code, found.message) == ("TL003", f"job `a` names `{library}`, and there is no such file")
        return
    assert (found.code, found.severity) == ("TL014", "error")
    assert found.message == f"library `{library}` of job `a` {fault}"
    assert found.help == ("name a file or folder beside the flow, an `s3://` URI, or a requirement for pip",)


@pytest.mark.parametrize(
    ("library", "near"),
    [("utli", "util"), ("utils", "util"), ("my-lib", "my_lib"), ("one", "one.py"), ("Util", "util")],
)
def test_what_pip_is_asked_for_by_mistake(beside: Path, library: str, near: str) -> None:
    """What is called almost so and lies beside the flow is told."""
    if (beside / library).exists():
        pytest.skip("names are equal here but for their case")
    found = finding(beside, library)

    assert found is not None
    assert (found.code, found.severity) == ("TL015", "warning")
    assert found.message == f"job `a` has pip install `{library}`, and `{near}` lies beside the flow"
    assert found.help == (f"did you mean `{near}`?",)


@pytest.mark.parametrize(
    ("library", "near"), [("on.py", "one.py"), ("utli/", "util"), ("nowhere.zip", None), ("no/such.py", None)]
)
def test_a_file_that_is_not_there(beside: Path, library: str, near: str | None) -> None:
    """An ending or a slash makes it a file; what is nearly called so is told."""
    found = finding(beside, library)

    assert found is not None
    assert found.message == f"job `a` names `{library}`, and there is no such file"
    meant = () if near is None else (f"did you mean `{near}`?",)
    assert found.help == (*meant, "give the path as seen from the flow file that names it")


def test_an_ending_in_capitals(beside: Path) -> None:
    """It is a file's, not a requirement's: another file where case counts, and none that a job takes elsewhere."""
    found = finding(beside, "One.PY")

    assert found is not None
    assert found.code == ("TL016" if (beside / "One.PY").exists() else "TL003")


@pytest.mark.parametrize(
    ("made", "library", "takes"),
    [
        ("PythonShellJob", "requirements.txt", "`.py` and `.whl`"),
        ("PythonShellJob", "old.egg", "`.py` and `.whl`"),
        ("SparkJob", "old.egg", "`.py`, `.whl` and `.zip`"),
        ("RayJob", "one.py", "`.zip`"),
    ],
)
def test_a_file_that_the_kind_of_job_does_not_take(beside: Path, made: str, library: str, takes: str) -> None:
    """What could not be packed is told before anything is."""
    found = finding(beside, library, made)

    assert found is not None
    assert (found.code, found.severity) == ("TL016", "error")
    assert found.message == f"job `a` is given the library `{library}`, and its kind takes no such file"
    assert found.help == (f"it takes folders, and files that end in {takes}",)
