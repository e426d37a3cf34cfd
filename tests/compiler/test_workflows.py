"""From declared workflows to the model's."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from gluedsl.model import Action, Condition, EventBatching, Predicate, Project, Trigger, Workflow
from tests.support.flows import flow

if TYPE_CHECKING:
    from pathlib import Path

JOB = 'SparkJob("a", script="s3://b/a.py")'


def project(folder: Path, body: str) -> Project:
    """Return the project of a flow."""
    return flow(folder, body).lowered.project


def test_all_that_a_workflow_says(tmp_path: Path) -> None:
    """Each argument has its field."""
    found = project(
        tmp_path,
        """
w = Workflow("w", description="d", properties={"env": "prod"}, max_concurrent_runs=2, role="r",
             tags={"team": "sales"}, start=on_event(batch_size=10, batch_window_seconds=60))
w.add(ExistingJob("a"))
""",
    ).workflows[0]

    assert found == Workflow(
        name="w",
        description="d",
        default_run_properties={"env": "prod"},
        max_concurrent_runs=2,
        tags={"team": "sales"},
        triggers=(
            Trigger(
                name="w-start",
                type="EVENT",
                event_batching=EventBatching(batch_size=10, batch_window_seconds=60),
                actions=(Action(job_name="a"),),
            ),
        ),
    )
    assert {field.name for field in fields(Workflow)} == {
        "name",
        "description",
        "default_run_properties",
        "max_concurrent_runs",
        "tags",
        "triggers",
        "extra",
    }


def test_the_least_that_a_workflow_is(tmp_path: Path) -> None:
    """A name, and no trigger where nothing starts."""
    assert project(tmp_path, 'w = Workflow("w")\n') == Project(workflows=(Workflow(name="w"),))


def test_what_is_odd_stays(tmp_path: Path) -> None:
    """Values that Glue refuses, or that say nothing, are for the rules to judge."""
    found = project(tmp_path, 'w = Workflow("w", description="", max_concurrent_runs=0)\n').workflows[0]

    assert (found.description, found.max_concurrent_runs) == ("", 0)


def test_typed_properties_are_strings(tmp_path: Path) -> None:
    """The defaults of the class, as Glue stores them; what has none is not there."""
    found = project(
        tmp_path,
        """
class Sales(RunProperties):
    env: str = "prod"
    rows: int = 0
    full: bool = False
    later: str

w = Workflow("w", properties=Sales)
""",
    ).workflows[0]

    assert found.default_run_properties == {"env": "prod", "rows": "0", "full": "false"}


def test_workflows_keep_their_order(tmp_path: Path) -> None:
    """That of the module, with jobs and crawlers in the order in which they are first spoken of."""
    found = project(
        tmp_path,
        """
b, a = Workflow("b", role="r"), Workflow("a", role="r")
late = SparkJob("late", script="s3://b/l.py")
a.add(SparkJob("of-a", script="s3://b/a.py"))
b.add(Trigger("t", when=on_demand(), start=[SparkJob("first-of-b", script="s3://b/b.py"), late]))
a.add(late)
""",
    )

    assert [workflow.name for workflow in found.workflows] == ["b", "a"]
    assert [job.name for job in found.jobs] == ["first-of-b", "late", "of-a"]


def test_everything_that_a_trigger_says(tmp_path: Path) -> None:
    """Each argument of a written trigger, and of what it starts, has its field."""
    found = project(
        tmp_path,
        """
w = Workflow("w", role="r")
a, c = w.add(ExistingJob("a")), ExistingCrawler("c")
w.add(Trigger(
    "t",
    when=any_of(a.failed, a.stopped),
    start=[c, a.with_arguments({"--a": "b"}, timeout_minutes=3, security_configuration="s",
                               notify_delay_after_minutes=2)],
    description="d",
    enabled=False,
    tags={"team": "sales"},
))
""",
    ).workflows[0]

    assert found.triggers[-1] == Trigger(
        name="t",
        type="CONDITIONAL",
        predicate=Predicate(
            logical="ANY",
            conditions=(Condition(job_name="a", state="FAILED"), Condition(job_name="a", state="STOPPED")),
        ),
        actions=(
            Action(crawler_name="c"),
            Action(
                job_name="a",
                arguments={"--a": "b"},
                timeout_minutes=3,
                security_configuration="s",
                notify_delay_after_minutes=2,
            ),
        ),
        description="d",
        enabled=False,
        tags={"team": "sales"},
    )


def test_a_placed_job_with_arguments(tmp_path: Path) -> None:
    """Derived triggers start it with them."""
    found = project(
        tmp_path,
        f"""
w = Workflow("w", role="r")
a = {JOB}
w.add(a.with_arguments({{"--mode": "full"}}, timeout_minutes=5))
w.add(a.with_arguments({{"--mode": "repair"}}), after=a.failed)
""",
    ).workflows[0]

    assert [trigger.actions for trigger in found.triggers] == [
        (Action(job_name="a", arguments={"--mode": "full"}, timeout_minutes=5),),
        (Action(job_name="a", arguments={"--mode": "repair"}),),
    ]
