"""From declared jobs to the model's: every field from every option, and what holds where nothing is said."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.model import ExistingJob, FunctionCode, Job, PropertiesClass, RemoteScript, ScriptFile
from tests.support.flows import flow

if TYPE_CHECKING:
    from pathlib import Path

COMMON = """
    description="d",
    role="own-role",
    arguments={"--mode": "full"},
    non_overridable_arguments={"--fixed": "yes"},
    libraries=["pyarrow==15.0.0", "s3://b/lib.zip"],
    connections=["warehouse", "crm"],
    timeout_minutes=30,
    max_retries=1,
    max_concurrent_runs=4,
    job_run_queuing_enabled=True,
    notify_delay_after_minutes=5,
    security_configuration="encrypted",
    tags={"team": "sales"},
    reads=[Sales.env, "other"],
    writes=(Sales.rows,),
    extra={"LogUri": "s3://logs/"},
"""
"""What every kind of job takes."""
LOWERED: dict[str, Any] = {
    "description": "d",
    "role": "own-role",
    "non_overridable_arguments": {"--fixed": "yes"},
    "libraries": ("pyarrow==15.0.0", "s3://b/lib.zip"),
    "connections": ("warehouse", "crm"),
    "timeout_minutes": 30,
    "max_retries": 1,
    "max_concurrent_runs": 4,
    "job_run_queuing_enabled": True,
    "notify_delay_after_minutes": 5,
    "security_configuration": "encrypted",
    "tags": {"team": "sales"},
    "property_reads": ("env", "other"),
    "property_writes": ("rows",),
    "extra": {"LogUri": "s3://logs/"},
}
"""What the model has of it; `default_arguments` are each kind's own."""

HEAD = """
class Sales(RunProperties):
    env: str = "prod"
    rows: int = 0

w = Workflow("w", role="r", properties=Sales)
"""


def jobs(folder: Path, body: str) -> tuple[Job, ...]:
    """Return the jobs of a flow."""
    return flow(folder, HEAD + body).lowered.project.jobs


@pytest.mark.parametrize(
    ("declared", "own", "lowered"),
    [
        (
            "SparkJob",
            'worker_type="G.2X", workers=10, glue_version="4.0", execution_class="FLEX", bookmarks="pause",',
            {
                "kind": "glueetl",
                "worker_type": "G.2X",
                "workers": 10,
                "glue_version": "4.0",
                "python_version": "3",
                "execution_class": "FLEX",
                "default_arguments": {"--mode": "full", "--job-bookmark-option": "job-bookmark-pause"},
            },
        ),
        (
            "StreamingJob",
            'worker_type="G.025X", workers=3, glue_version="5.1", maintenance_window="Sun:10",',
            {
                "kind": "gluestreaming",
                "worker_type": "G.025X",
                "workers": 3,
                "glue_version": "5.1",
                "python_version": "3",
                "maintenance_window": "Sun:10",
                "default_arguments": {"--mode": "full"},
            },
        ),
        (
            "PythonShellJob",
            'max_capacity=1, python_version="3.9",',
            {
                "kind": "pythonshell",
                "max_capacity": 1,
                "python_version": "3.9",
                "default_arguments": {"--mode": "full"},
            },
        ),
        (
            "RayJob",
            'workers=5, glue_version="4.0", runtime="Ray2.5",',
            {
                "kind": "glueray",
                "worker_type": "Z.2X",
                "workers": 5,
                "glue_version": "4.0",
                "python_version": "3.9",
                "runtime": "Ray2.5",
                "default_arguments": {"--mode": "full"},
            },
        ),
    ],
)
def test_every_option_has_its_field(tmp_path: Path, declared: str, own: str, lowered: dict[str, Any]) -> None:
    """Of each kind of job, each under its name in the model; lists are tuples."""
    found = jobs(tmp_path, f'w.add({declared}("x", script="s3://b/x.py", {own} {COMMON}))\n')

    assert found == (Job(name="x", code=RemoteScript(uri="s3://b/x.py"), **{**LOWERED, **lowered}),)


def test_every_field_is_spoken_of() -> None:
    """What the model has of a job, the kinds above say between them."""
    said = {*LOWERED, "name", "kind", "code", "default_arguments", "worker_type", "workers", "glue_version"}
    said |= {"python_version", "execution_class", "maintenance_window", "max_capacity", "runtime"}

    assert {field.name for field in fields(Job)} == said


def test_defaults(tmp_path: Path) -> None:
    """What gluedsl says where the author does not; all else is not sent."""
    found = jobs(
        tmp_path,
        """
for kind in (SparkJob, StreamingJob, PythonShellJob, RayJob):
    w.add(kind(kind.__name__, script="s3://b/x.py"))
""",
    )

    code = RemoteScript(uri="s3://b/x.py")
    spark: dict[str, Any] = {"worker_type": "G.1X", "workers": 2, "glue_version": "5.0", "python_version": "3"}
    assert found == (
        Job(name="SparkJob", kind="glueetl", code=code, role="r", **spark),
        Job(name="StreamingJob", kind="gluestreaming", code=code, role="r", **spark),
        Job(name="PythonShellJob", kind="pythonshell", code=code, role="r", max_capacity=0.0625, python_version="3.9"),
        Job(
            name="RayJob",
            kind="glueray",
            code=code,
            role="r",
            worker_type="Z.2X",
            workers=2,
            glue_version="4.0",
            python_version="3.9",
            runtime="Ray2.4",
        ),
    )


def test_function_jobs(tmp_path: Path) -> None:
    """Each decorator makes its kind, whose code is the function in the flow's module."""
    found = jobs(
        tmp_path,
        """
@w.spark_job(bookmarks="enable", arguments={"--a": "b"})
def one(run): ...

@w.python_shell_job
def two(run): ...

@w.streaming_job(name="third")
def three(run): ...

@w.ray_job(reads=[Sales.env])
def four(run): ...
""",
    )

    typed = PropertiesClass(name="Sales", declared=("env", "rows"), kinds=("str", "int"))
    assert [(job.name, job.kind, job.code) for job in found] == [
        (name, kind, FunctionCode(root=str(tmp_path), module="flow", job=name, properties=typed))
        for name, kind in (
            ("w-one", "glueetl"),
            ("w-two", "pythonshell"),
            ("third", "gluestreaming"),
            ("w-four", "glueray"),
        )
    ]
    assert found[0].default_arguments == {"--a": "b", "--job-bookmark-option": "job-bookmark-enable"}
    assert found[3].property_reads == ("env",)


def test_scripts_and_libraries_lie_beside_the_flow(tmp_path: Path) -> None:
    """Paths are as seen from the file that names them, whatever the working directory; requirements are no paths."""
    for name in ("jobs/a.py", "lib/__init__.py", "one.whl", "two.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    job = jobs(
        tmp_path,
        """
w.add(SparkJob("a", script="jobs/a.py", libraries=[
    "./lib", "one.whl", "two.py", "requests", "boto3>=1.40", "s3://b/x.whl", "mine @ https://example.com/mine.whl",
]))
""",
    )[0]

    assert job.code == ScriptFile(path=str(tmp_path / "jobs" / "a.py"))
    assert job.libraries == (
        str(tmp_path / "lib"),
        str(tmp_path / "one.whl"),
        str(tmp_path / "two.py"),
        "requests",
        "boto3>=1.40",
        "s3://b/x.whl",
        "mine @ https://example.com/mine.whl",
    )


def test_paths_of_a_helper_are_the_helpers(tmp_path: Path) -> None:
    """A script is found beside the file that calls gluedsl."""
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "__init__.py").write_text(
        "from gluedsl import PythonShellJob\n\ndef job():\n    return PythonShellJob('a', script='a.py')\n",
        encoding="utf-8",
    )
    (tmp_path / "team" / "a.py").touch()

    found = jobs(tmp_path, "from team import job\nw.add(job())\n")

    assert found[0].code == ScriptFile(path=str(tmp_path / "team" / "a.py"))


@pytest.mark.parametrize(
    ("job", "workflow", "settings", "role"),
    [
        ("role='of-job'", "role='of-workflow'", 'role = "of-settings"', "of-job"),
        ("", "role='of-workflow'", 'role = "of-settings"', "of-workflow"),
        ("role=None", "role='of-workflow'", "", "of-workflow"),
        ("", "", 'role = "of-settings"', "of-settings"),
        ("", "", "", "gluedsl-w"),
    ],
)
def test_whose_role(tmp_path: Path, job: str, workflow: str, settings: str, role: str) -> None:
    """The job's own, the workflow's, the project's, or else one that is made for the workflow."""
    (tmp_path / "pyproject.toml").write_text(f"[tool.gluedsl]\n{settings}\n", encoding="utf-8")

    project = flow(
        tmp_path, f'w = Workflow("w", {workflow})\nw.add(SparkJob("a", script="s3://b/a.py", {job}))\n'
    ).lowered.project

    assert project.jobs[0].role == role
    assert [made.name for made in project.roles] == [role] * (role == "gluedsl-w")


def test_a_job_of_two_workflows(tmp_path: Path) -> None:
    """It is one job of the project, with the role of the workflow that it was first added to."""
    project = flow(
        tmp_path,
        """
first, second = Workflow("first", role="r1"), Workflow("second", role="r2")
a = first.add(SparkJob("a", script="s3://b/a.py"))
second.add(a)
b = second.add(SparkJob("b", script="s3://b/b.py"), after=a)
first.add(b.with_arguments({"--a": "b"}), after=a)
""",
    ).lowered.project

    assert [(job.name, job.role) for job in project.jobs] == [("a", "r1"), ("b", "r1")]
    assert [[a.job_name for t in w.triggers for a in t.actions] for w in project.workflows] == [["a", "b"], ["a", "b"]]


def test_two_jobs_of_one_name(tmp_path: Path) -> None:
    """They are two, for a rule to refuse."""
    found = jobs(tmp_path, 'w.add(SparkJob("a", script="s3://b/1.py"))\nw.add(SparkJob("a", script="s3://b/2.py"))\n')

    assert [(job.name, job.code) for job in found] == [
        ("a", RemoteScript(uri="s3://b/1.py")),
        ("a", RemoteScript(uri="s3://b/2.py")),
    ]


def test_existing_jobs(tmp_path: Path) -> None:
    """They are named, once each, and nothing more; with arguments, in a trigger, or plain."""
    project = flow(
        tmp_path,
        HEAD
        + """
a = w.add(ExistingJob("a"))
w.add(ExistingJob("a").with_arguments({"--a": "b"}), after=a)
w.add(Trigger("t", when=a.failed, start=ExistingJob("b")))
""",
    ).lowered.project

    assert project.existing_jobs == (ExistingJob(name="a"), ExistingJob(name="b"))
    assert project.jobs == ()
    assert project.roles == ()


def test_nodes_of_a_trigger_belong_to_its_workflow(tmp_path: Path) -> None:
    """What a trigger starts needs no `add` of its own."""
    project = flow(
        tmp_path,
        HEAD
        + """
a = w.add(SparkJob("a", script="s3://b/a.py"))
w.add(Trigger("t", when=a, start=[SparkJob("b", script="s3://b/b.py").with_arguments(), Crawler("c", targets=[])]))
""",
    ).lowered.project

    assert [job.name for job in project.jobs] == ["a", "b"]
    assert [crawler.name for crawler in project.crawlers] == ["c"]


def test_the_model_keeps_what_was_said(tmp_path: Path) -> None:
    """What a flow does to its own lists and dicts afterwards changes nothing."""
    found = jobs(
        tmp_path,
        """
given, connections = {"--a": "b"}, ["c"]
a = w.add(SparkJob("a", script="s3://b/a.py", arguments=given, connections=connections))
given["--later"] = "x"
connections.append("x")
""",
    )

    assert (found[0].default_arguments, found[0].connections) == ({"--a": "b"}, ("c",))
