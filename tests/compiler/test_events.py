"""Starts by events, and the rules and roles that bring the events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.model import EventBatching, EventRule, Role, Statement
from tests.support.flows import flow

if TYPE_CHECKING:
    from pathlib import Path

    from gluedsl.model import Project

GLUE = "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:"
JOB = '\nw.add(PythonShellJob("a", script="s3://code/a.py", role="GlueRole"))\n'
LAKE = {
    "source": ["aws.s3"],
    "detail-type": ["Object Created"],
    "detail": {"bucket": {"name": ["lake"]}, "object": {"key": [{"prefix": "raw/"}]}},
}


def project(folder: Path, body: str) -> Project:
    """Return the project of a flow."""
    return flow(folder, body).lowered.project


def notifying(name: str, workflow: str) -> Role:
    """Return the role that EventBridge is given."""
    statement = Statement(
        sid="NotifyWorkflow", actions=("glue:notifyEvent",), resources=(f"{GLUE}workflow/{workflow}",)
    )
    return Role(name=name, statements=(statement,), service="events.amazonaws.com")


def test_new_objects_start_a_workflow(tmp_path: Path) -> None:
    """The trigger waits for events, a rule sends them, a role lets it, and the bucket is known."""
    made = project(tmp_path, 'w = Workflow("sales", start=on_event(batch_size=5, s3="s3://lake/raw/"))' + JOB)

    assert made.event_rules == (
        EventRule(
            name="gluedsl-sales",
            workflow_name="sales",
            pattern=LAKE,
            role="gluedsl-sales-events",
            buckets=("lake",),
        ),
    )
    assert made.roles == (notifying("gluedsl-sales-events", "sales"),)
    assert made.workflows[0].triggers[0].event_batching == EventBatching(batch_size=5, batch_window_seconds=900)


def test_a_role_that_is_there(tmp_path: Path) -> None:
    """None is made beside it, even where it has the name that one would be given."""
    made = project(
        tmp_path,
        'w = Workflow("sales", start=on_event(pattern={"source": ["our.shop"]}, role="gluedsl-sales-events"))' + JOB,
    )

    assert made.event_rules == (
        EventRule(
            name="gluedsl-sales",
            workflow_name="sales",
            pattern={"source": ["our.shop"]},
            role="gluedsl-sales-events",
        ),
    )
    assert made.roles == ()


def test_a_trigger_of_the_authors(tmp_path: Path) -> None:
    """It starts by events as the workflow does."""
    made = project(
        tmp_path,
        """
        w = Workflow("sales")
        a = PythonShellJob("a", script="s3://code/a.py", role="GlueRole")
        w.add(Trigger("begin", when=on_event(s3="s3://lake/raw/"), start=a))
        """,
    )

    assert [(rule.name, rule.pattern) for rule in made.event_rules] == [("gluedsl-sales", LAKE)]


def test_no_rule(tmp_path: Path) -> None:
    """Somebody else sends the events, or nothing would wait for them."""
    assert project(tmp_path, 'w = Workflow("sales", start=on_event())' + JOB).event_rules == ()
    assert project(tmp_path, 'w = Workflow("sales", start=on_event(s3="s3://lake"))\n').event_rules == ()


def test_two_starts(tmp_path: Path) -> None:
    """A workflow with two starts, which a rule reports, has one rule for its events."""
    made = project(
        tmp_path,
        """
        w = Workflow("sales", start=on_event(s3="s3://lake/raw/"))
        a = w.add(PythonShellJob("a", script="s3://code/a.py", role="GlueRole"))
        w.add(Trigger("begin", when=on_event(s3="s3://other/"), start=a))
        """,
    )

    assert [(rule.name, rule.pattern) for rule in made.event_rules] == [("gluedsl-sales", LAKE)]


def test_names(tmp_path: Path) -> None:
    """A digest stands for what the name of a rule or a role cannot hold; no two roles share a name."""
    names = ("nightly sales", "x" * 60, "y", "y-events")
    jobs = 'w.add(PythonShellJob(f"a-{name}", script="s3://code/a.py"))'
    body = f"""
        found = {{}}
        for name in {names!r}:
            found[name] = w = Workflow(name, start=on_event(s3="s3://lake"))
            {jobs}
        del w
    """
    made = project(tmp_path, body)

    assert [rule.name for rule in made.event_rules] == [
        "gluedsl-nightly-sales-e3fac7ca",
        f"gluedsl-{'x' * 47}-42f2d973",
        "gluedsl-y",
        "gluedsl-y-events",
    ]
    assert [role.name for role in made.roles] == [
        "gluedsl-nightly-sales-e3fac7ca",
        f"gluedsl-{'x' * 47}-42f2d973",
        "gluedsl-y",
        "gluedsl-y-events-8ddd3040",
        "gluedsl-nightly-sales-events-1ea224c0",
        f"gluedsl-{'x' * 47}-d54a48ca",
        "gluedsl-y-events",
        "gluedsl-y-events-events",
    ]
    assert max(len(rule.name) for rule in made.event_rules) == 64


def test_where_a_rule_is_written(tmp_path: Path) -> None:
    """The call that says the start; its pattern is the argument that says it."""
    call = 'on_event(s3=["s3://lake/raw/"], role="R")'
    written = flow(tmp_path, f'start = {call}\nw = Workflow("sales", start=start){JOB}')

    assert written.at("event_rules", 0) == call
    assert written.at("event_rules", 0, "pattern") == '["s3://lake/raw/"]'
    assert written.at("event_rules", 0, "role") == '"R"'


def test_one_start_for_two_workflows(tmp_path: Path) -> None:
    """Each workflow has a rule of its own."""
    made = project(
        tmp_path,
        """
        start = on_event(s3="s3://lake/raw/")
        north, south = Workflow("north", start=start), Workflow("south", start=start)
        south.add(north.add(PythonShellJob("a", script="s3://code/a.py", role="GlueRole")))
        """,
    )

    assert [rule.workflow_name for rule in made.event_rules] == ["north", "south"]
    assert [role.name for role in made.roles] == ["gluedsl-north-events", "gluedsl-south-events"]
