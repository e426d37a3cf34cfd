"""What a worker meets in the module of a function job, told before there is one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from gluedsl.bundle.archive import SHIPPED
from gluedsl.compiler import compile_path, workers
from tests.support.checked_flows import shown, written

if TYPE_CHECKING:
    from pathlib import Path

JOBS = """
w = Workflow("w", role="Glue")
@w.python_shell_job
def load(run): ...
@w.python_shell_job(after=load)
def publish(run): ...
"""


def found(file: Path) -> list[str]:
    """Return what is found in a flow file that works everywhere else."""
    return [shown(one) for one in compile_path(str(file)).report.diagnostics if one.code[:2] == "TL"]


@pytest.mark.parametrize("name", ["json", "boto3", "logging", "dateutil"])
def test_a_flow_with_the_name_of_a_library(tmp_path: Path, name: str) -> None:
    """Its jobs cannot have both; it is told once, at the first line."""
    file = written(tmp_path, JOBS).rename(tmp_path / f"{name}.py")

    said = [one for one in compile_path(str(file)).report.diagnostics if one.code == "TL018"]

    assert [(one.severity, one.message, one.help) for one in said] == [
        (
            "error",
            f"module of job `w-load` is called `{name}`, as one that the job itself needs is",
            ("give the file another name",),
        )
    ]
    assert said[0].span is not None
    assert (said[0].span.line, said[0].span.is_line_only) == (1, True)


def test_a_package_with_the_name_of_a_library(tmp_path: Path) -> None:
    """What it holds has another name, and is not to be had without it."""
    (tmp_path / "email").mkdir()
    (tmp_path / "email" / "__init__.py").touch()
    file = written(tmp_path / "email", JOBS)

    assert [one.partition(":")[0] for one in found(file)] == ["TL018 error"]


@pytest.mark.parametrize("name", ["flow", "json_files", "pyspark", "sales"])
def test_a_flow_with_a_name_of_its_own(tmp_path: Path, name: str) -> None:
    """What only other kinds of jobs need is free."""
    assert found(written(tmp_path, JOBS).rename(tmp_path / f"{name}.py")) == []


def test_a_name_that_only_spark_jobs_need(tmp_path: Path) -> None:
    """They begin with pyspark."""
    file = written(tmp_path, JOBS.replace("python_shell", "spark")).rename(tmp_path / "pyspark.py")

    assert [one.partition(":")[0] for one in found(file)] == ["TL018 error"]


@pytest.mark.parametrize(("name", "statement"), [("json", ""), ("flow", "import constructs")])
def test_a_flow_without_functions(tmp_path: Path, name: str, statement: str) -> None:
    """No worker imports it."""
    (tmp_path / "constructs.py").touch()
    body = f'{statement}\nw = Workflow("w", role="Glue")\nw.add(PythonShellJob("a", script="s3://lake/a.py"))\n'

    assert found(written(tmp_path, body).rename(tmp_path / f"{name}.py")) == []


@pytest.mark.parametrize(
    ("statement", "module"),
    [
        ("import constructs", "constructs"),
        ("import os, constructs.x as x", "constructs.x"),
        ("from constructs import Construct, Node", "constructs"),
        ("from gluedsl import testing", "gluedsl.testing"),
        ("from gluedsl.testing import job_run", "gluedsl.testing"),
        ("import gluedsl.compiler", "gluedsl.compiler"),
    ],
)
def test_an_import_that_fails_on_a_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str, module: str
) -> None:
    """It is told once, however many jobs the module has."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "constructs"]:
        monkeypatch.delitem(sys.modules, name)  # the real one, of which no part is called as below
    (tmp_path / "constructs").mkdir()
    (tmp_path / "constructs" / "__init__.py").write_text("Construct = Node = 1\n", encoding="utf-8")
    (tmp_path / "constructs" / "x.py").touch()
    file = written(tmp_path, JOBS)
    file.write_text(f"{statement}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")

    said = [one for one in compile_path(str(file)).report.diagnostics if one.code == "TL019"]

    assert [(one.severity, one.message) for one in said] == [
        ("error", f"module of job `w-load` imports `{module}`, which no worker has")
    ]
    assert said[0].help == ("put the jobs into a module of their own, or import it inside of a function",)


def test_an_import_of_a_module_beside(tmp_path: Path) -> None:
    """A worker imports it as well, and the line there is told."""
    (tmp_path / "common.py").write_text("import gluedsl.testing\n", encoding="utf-8")

    assert found(written(tmp_path, f"import common\n{JOBS}")) == ["TL019 error: import gluedsl.testing"]


def test_an_import_in_a_package(tmp_path: Path) -> None:
    """Relative imports are followed."""
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "__init__.py").touch()
    (tmp_path / "team" / "common.py").write_text("x = 1\nfrom gluedsl import compiler\n", encoding="utf-8")

    assert found(written(tmp_path / "team", f"from .common import x\n{JOBS}")) == [
        "TL019 error: from gluedsl import compiler"
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import aws_cdk",
        "def deploy():\n    import aws_cdk",
        "try:\n    import aws_cdk\nexcept ImportError:\n    pass",
        "if __name__ == '__main__':\n    import aws_cdk",
        "import gluedsl.worker.run, gluedsl.targets, json",
        "from gluedsl import JobRun, __version__",
        "from gluedsl import *",
        "from gluedsl.worker.run import JobRun",
    ],
)
def test_an_import_that_need_not_fail(tmp_path: Path, statement: str) -> None:
    """What a worker does not do, or can, is left aside."""
    assert found(written(tmp_path, f"{statement}\n{JOBS}")) == []


def test_what_is_shipped_is_known() -> None:
    """The rooms that may be imported are those that are shipped with a job."""
    assert {name.partition("/")[0].removesuffix(".py") for name in SHIPPED} - {"__init__"} == workers.SHIPPED


@pytest.mark.parametrize(
    ("decorator", "body", "is_found"),
    [
        ("python_shell_job", "run.spark.range(3)", True),
        ("ray_job", "print(run.spark)", True),
        ("python_shell_job", "(lambda: run.spark)()", True),
        ("spark_job", "run.spark.range(3)", False),
        ("streaming_job", "run.spark.range(3)", False),
        ("python_shell_job", "other.spark", False),
        ("python_shell_job", "run.arguments", False),
    ],
)
def test_spark_in_a_job_that_has_none(tmp_path: Path, decorator: str, body: str, *, is_found: bool) -> None:
    """Workers of other kinds have no pyspark."""
    flow = f"w = Workflow('w', role='Glue')\nother = w\n@w.{decorator}\ndef load(run):\n    {body}\n"

    assert found(written(tmp_path, flow)) == (["TL020 warning: run.spark"] if is_found else [])
