"""`extra=`: members of the API's request, in the API's own spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.dsl.options import _CHECKS
from gluedsl.errors import DeclarationError
from gluedsl.spelling import api_members, named_fields, structured_fields
from tests.support.flows import WrittenFlow, flow

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
w = Workflow("w", role="r")
a = w.add(ExistingJob("a"))
"""


def with_extra(folder: Path, kind: str, extra: str, more: str = "") -> WrittenFlow:
    """Lower a resource called `x` with an `extra=` and other arguments."""
    declared = {
        "spark job": f'w.add(SparkJob("x", script="s3://b/x.py", extra={extra}, {more}))',
        "function job": f"w.python_shell_job(name='x', extra={extra}, {more})(lambda run: None)",
        "ray job": f'w.add(RayJob("x", script="s3://b/x.py", extra={extra}, {more}))',
        "crawler": f'w.add(Crawler("x", targets=[], extra={extra}, {more}))',
        "trigger": f'w.add(Trigger("x", when=a, start=[], extra={extra}, {more}))',
        "workflow": f'x = Workflow("x", extra={extra}, {more})',
    }
    return flow(folder, f"{HEAD}{declared[kind]}\n")


def lowered(folder: Path, kind: str, extra: str) -> Any:
    """Return the resource of the model."""
    project = with_extra(folder, kind, extra).lowered.project
    match kind:
        case "crawler":
            return project.crawlers[0]
        case "trigger":
            return project.workflows[0].triggers[1]
        case "workflow":
            return project.workflows[1]
        case _:
            return project.jobs[0]


@pytest.mark.parametrize(
    ("kind", "extra", "field", "value"),
    [
        ("spark job", '{"MaxCapacity": 10}', "max_capacity", 10),
        ("spark job", '{"MaxCapacity": 10}', "worker_type", None),
        ("spark job", '{"MaintenanceWindow": "Sun:1"}', "maintenance_window", "Sun:1"),
        ("spark job", '{"Timeout": 5}', "timeout_minutes", 5),
        ("spark job", '{"Role": "other"}', "role", "other"),
        ("spark job", '{"WorkerType": "G.2X"}', "worker_type", "G.2X"),
        ("spark job", '{"DefaultArguments": {"--a": "b"}}', "default_arguments", {"--a": "b"}),
        ("function job", '{"WorkerType": "G.2X"}', "max_capacity", None),
        ("function job", '{"GlueVersion": "5.0"}', "glue_version", "5.0"),
        ("ray job", '{"WorkerType": "Z.2X"}', "worker_type", "Z.2X"),
        ("crawler", '{"TablePrefix": "raw_"}', "table_prefix", "raw_"),
        ("crawler", '{"Schedule": "cron(0 4 * * ? *)"}', "schedule", "cron(0 4 * * ? *)"),
        ("crawler", '{"CrawlerSecurityConfiguration": "s"}', "security_configuration", "s"),
        ("trigger", '{"Description": "d"}', "description", "d"),
        ("trigger", '{"StartOnCreation": False}', "enabled", False),
        ("trigger", '{"Tags": {"k": "v"}}', "tags", {"k": "v"}),
        ("workflow", '{"MaxConcurrentRuns": 2}', "max_concurrent_runs", 2),
        ("workflow", '{"DefaultRunProperties": {"env": "prod"}}', "default_run_properties", {"env": "prod"}),
    ],
)
def test_what_has_a_field_goes_there(tmp_path: Path, kind: str, extra: str, field: str, value: object) -> None:
    """So that rules see it and it is not said twice."""
    found = lowered(tmp_path, kind, extra)

    assert getattr(found, field) == value
    assert found.extra == {}


def test_moved_members_keep_their_place(tmp_path: Path) -> None:
    """A finding on the field points at the key in `extra`."""
    written = with_extra(tmp_path, "spark job", '{"LogUri": "s3://l/", "Timeout": 5}')

    assert (written.at("jobs", 0, "timeout_minutes"), written.at("jobs", 0, "extra", "LogUri")) == (
        '"Timeout"',
        '"LogUri"',
    )


def test_other_members_stay(tmp_path: Path) -> None:
    """What the API has and the model does not name is passed on; None is the same as nothing."""
    found = lowered(tmp_path, "spark job", '{"LogUri": "s3://l/", "JobMode": "SCRIPT", "Timeout": None, "CodeGen": 1}')

    assert found.extra == {"LogUri": "s3://l/", "JobMode": "SCRIPT"}
    assert found.timeout_minutes is None


def test_a_role_in_extra_needs_no_other(tmp_path: Path) -> None:
    """No role is made for a workflow whose jobs all name one."""
    project = flow(
        tmp_path, 'w = Workflow("w")\nw.add(SparkJob("x", script="s3://b/x.py", extra={"Role": "mine"}))\n'
    ).lowered.project

    assert (project.jobs[0].role, project.roles) == ("mine", ())


def test_an_extra_without_a_text(tmp_path: Path) -> None:
    """Where the keys are not written out, what has them is shown."""
    with pytest.raises(DeclarationError) as raised:
        flow(tmp_path, 'more = {"Name": "y"}\nw = Workflow("w",\n    extra=more)\n')

    assert raised.value.message == "flow.py:4: `extra` of workflow `w` has `Name` beside `name=`"


NOUNS = {"crawler": "crawler", "trigger": "trigger", "workflow": "workflow"}
"""What resources are called; the others are jobs."""


def refusal(folder: Path, kind: str, extra: str, more: str = "") -> tuple[str, str]:
    """Return the message and the hint that an `extra` is refused with."""
    with pytest.raises(DeclarationError) as raised:
        with_extra(folder, kind, extra, more)
    return raised.value.message, raised.value.hint


@pytest.mark.parametrize(
    ("kind", "member", "more", "argument"),
    [
        ("spark job", "Name", "", "name"),
        ("spark job", "Timeout", "timeout_minutes=3", "timeout_minutes"),
        ("spark job", "DefaultArguments", "arguments={'--a': 'b'}", "arguments"),
        ("ray job", "DefaultArguments", "arguments={}", "arguments"),
        ("function job", "Role", "role='r'", "role"),
        ("crawler", "Name", "", "name"),
        ("crawler", "DatabaseName", "database='z'", "database"),
        ("crawler", "Schedule", "schedule='cron(0 4 * * ? *)'", "schedule"),
        ("trigger", "Name", "", "name"),
        ("trigger", "Type", "", "when"),
        ("trigger", "Schedule", "", "when"),
        ("trigger", "StartOnCreation", "enabled=False", "enabled"),
        ("workflow", "Name", "", "name"),
        ("workflow", "DefaultRunProperties", "properties={}", "properties"),
        ("workflow", "Tags", "tags={'k': 'v'}", "tags"),
    ],
)
def test_what_an_argument_says_too(tmp_path: Path, kind: str, member: str, more: str, argument: str) -> None:
    """One of the two would be lost when they are put together, so it is refused at its place."""
    noun = NOUNS.get(kind, "job")

    assert refusal(tmp_path, kind, f'{{"{member}": "x"}}', more) == (
        f"flow.py:4: `extra` of {noun} `x` has `{member}` beside `{argument}=`",
        "say it once",
    )


def test_bookmarks_are_arguments(tmp_path: Path) -> None:
    """What `bookmarks=` says is one of the default arguments."""
    assert refusal(tmp_path, "spark job", '{"DefaultArguments": {}}', "bookmarks='pause'") == (
        "flow.py:4: `extra` of job `x` has `DefaultArguments` beside `arguments=`",
        "say it once",
    )


@pytest.mark.parametrize(
    ("kind", "member", "hint"),
    [
        ("spark job", "Command", "use `script=`"),
        ("ray job", "Command", "use `script=` and `runtime=`"),
        ("function job", "Command", "use `python_version=`"),
        ("spark job", "ExecutionProperty", "use `max_concurrent_runs=`"),
        ("spark job", "NotificationProperty", "use `notify_delay_after_minutes=`"),
        ("function job", "Connections", "use `connections=`"),
        ("crawler", "Targets", "use `targets=`"),
        ("crawler", "Classifiers", "use `classifiers=`"),
        ("crawler", "SchemaChangePolicy", "use `update_behavior=` and `delete_behavior=`"),
        ("crawler", "RecrawlPolicy", "use `recrawl_behavior=`"),
        ("trigger", "Actions", "use `start=`"),
        ("trigger", "Predicate", "use `when=`"),
        ("trigger", "EventBatchingCondition", "use `when=`"),
        ("trigger", "WorkflowName", "leave it out"),
    ],
)
def test_what_gluedsl_writes_itself(tmp_path: Path, kind: str, member: str, hint: str) -> None:
    """Structures that the model takes apart are refused, with the arguments that say the same."""
    noun = NOUNS.get(kind, "job")

    assert refusal(tmp_path, kind, f'{{"LogUri": None, "{member}": {{}}}}') == (
        f"flow.py:4: `extra` of {noun} `x` has `{member}`, which gluedsl writes itself",
        hint,
    )


@pytest.mark.parametrize(
    ("kind", "extra", "member", "said"),
    [
        ("spark job", '{"Timeout": "5"}', "Timeout", "a whole number, not '5' (str)"),
        ("spark job", '{"Role": 5}', "Role", "a string, not 5 (int)"),
        ("crawler", '{"Tags": {"k": 5}}', "Tags", "strings, and the value of `k` is of type int"),
        ("trigger", '{"StartOnCreation": "no"}', "StartOnCreation", "True or False, not 'no' (str)"),
        ("workflow", '{"DefaultRunProperties": []}', "DefaultRunProperties", "a dict of strings, not [] (list)"),
    ],
)
def test_values_of_another_type(tmp_path: Path, kind: str, extra: str, member: str, said: str) -> None:
    """What goes to a field is of the type that its argument takes."""
    noun = NOUNS.get(kind, "job")

    message, _ = refusal(tmp_path, kind, extra)

    assert message == f"flow.py:4: `{member}` in `extra` of {noun} `x` takes {said}"


@pytest.mark.parametrize("operation", ["CreateJob", "CreateCrawler", "CreateTrigger", "CreateWorkflow"])
def test_every_member_is_somewhere(operation: str) -> None:
    """A member of a request goes to a field that is checked, is refused, or is passed on; never two of these."""
    fields, structures = named_fields(operation), structured_fields(operation)
    renamed = {"default_arguments": "arguments", "default_run_properties": "properties"}
    always_given = {"name", "type"}

    assert fields.keys() & structures.keys() == set()
    assert fields.keys() | structures.keys() <= set(api_members(operation))
    assert {renamed.get(field, field) for field in fields.values()} - always_given <= _CHECKS.keys()
