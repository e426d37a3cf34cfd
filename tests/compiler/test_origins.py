"""Where each value was written: the author's text under the span, down to the argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.source.span import Span
from tests.support.flows import WrittenFlow, flow

if TYPE_CHECKING:
    from pathlib import Path

    from gluedsl.model import Path as ModelPath

TYPED = """
class Sales(RunProperties):
    env: str = "prod"
    rows: int = 0

"""


def texts(written: WrittenFlow, *paths: ModelPath) -> list[str | None]:
    """Return the author's text for each value."""
    return [written.at(*path) for path in paths]


def test_workflows(tmp_path: Path) -> None:
    """The call, and each of its arguments; what was not said is where the workflow is."""
    call = """Workflow(
    "w",
    description="d" "e",
    max_concurrent_runs=2,
    tags={"team": "sales"},
    properties={"env": "prod", **{"x": "y"}},
    extra={"Zzz": 1},
    role="r",
)"""
    written = flow(tmp_path, f"w = {call}\n")
    path = ("workflows", 0)

    assert texts(
        written,
        path,
        (*path, "name"),
        (*path, "description"),
        (*path, "max_concurrent_runs"),
        (*path, "tags"),
        (*path, "default_run_properties"),
        (*path, "default_run_properties", "env"),
        (*path, "default_run_properties", "x"),
        (*path, "extra"),
        (*path, "extra", "Zzz"),
        (*path, "triggers"),
    ) == [
        call,
        '"w"',
        '"d" "e"',
        "2",
        '{"team": "sales"}',
        '{"env": "prod", **{"x": "y"}}',
        '"env"',
        '{"env": "prod", **{"x": "y"}}',
        '{"Zzz": 1}',
        '"Zzz"',
        call,
    ]


def test_jobs(tmp_path: Path) -> None:
    """The call that made it, each argument, and each element of lists and dicts that are written out."""
    (tmp_path / "a.py").touch()
    call = (
        'SparkJob("a", script="a.py", worker_type="G.1X", arguments={"--mode": "full"}, bookmarks="enable", '
        'connections=["x", "y"], libraries=["requests"], tags=dict(team="t"), '
        'reads=[Sales.env, "z"], writes=(Sales.rows,))'
    )
    written = flow(tmp_path, f'{TYPED}w = Workflow("w", role="r", properties=Sales)\nw.add({call})\n')
    path = ("jobs", 0)

    assert texts(
        written,
        path,
        (*path, "name"),
        (*path, "code"),
        (*path, "code", "path"),
        (*path, "worker_type"),
        (*path, "workers"),
        (*path, "default_arguments"),
        (*path, "default_arguments", "--mode"),
        (*path, "default_arguments", "--job-bookmark-option"),
        (*path, "connections", 1),
        (*path, "libraries", 0),
        (*path, "tags", "team"),
        (*path, "property_reads", 0),
        (*path, "property_reads", 1),
        (*path, "property_writes"),
        (*path, "property_writes", 0),
    ) == [
        call,
        '"a"',
        '"a.py"',
        '"a.py"',
        '"G.1X"',
        call,
        '{"--mode": "full"}',
        '"--mode"',
        '"enable"',
        '"y"',
        '"requests"',
        '"t"',
        "Sales.env",
        '"z"',
        "(Sales.rows,)",
        "Sales.rows",
    ]


def test_function_jobs(tmp_path: Path) -> None:
    """The decorator, its arguments, and the function's own name, unless `name=` gives another."""
    written = flow(
        tmp_path,
        f"""{TYPED}
w = Workflow("w", role="r", properties=Sales)

@w.python_shell_job
def bare(run): ...

@w.python_shell_job(timeout_minutes=5, reads=[Sales.env])
def größe(run): ...

@w.python_shell_job(name="other")
def named(run): ...

def plain(run): ...
w.spark_job(plain)
""",
    )

    assert texts(
        written,
        ("jobs", 0),
        ("jobs", 0, "name"),
        ("jobs", 1),
        ("jobs", 1, "name"),
        ("jobs", 1, "timeout_minutes"),
        ("jobs", 1, "property_reads", 0),
        ("jobs", 2, "name"),
        ("jobs", 3),
        ("jobs", 3, "name"),
    ) == [
        "w.python_shell_job",
        "bare",
        "w.python_shell_job(timeout_minutes=5, reads=[Sales.env])",
        "größe",
        "5",
        "Sales.env",
        '"other"',
        "w.spark_job(plain)",
        "plain",
    ]


def test_crawlers(tmp_path: Path) -> None:
    """The call that made it, each argument, each target."""
    call = (
        'Crawler("c", targets=["s3://b/", DynamoDBTarget("t")], database="d", tags={"k": "v"}, '
        'extra={"LakeFormationConfiguration": {}})'
    )
    written = flow(tmp_path, f'w = Workflow("w", role="r")\nw.add({call})\nw.add(Crawler("e", targets="s3://b/"))\n')
    path = ("crawlers", 0)

    assert texts(
        written,
        path,
        (*path, "name"),
        (*path, "targets"),
        (*path, "targets", 0),
        (*path, "targets", 1),
        (*path, "targets", 1, "table"),
        (*path, "database"),
        (*path, "tags", "k"),
        (*path, "extra", "LakeFormationConfiguration"),
        (*path, "role"),
        ("crawlers", 1, "targets", 0),
    ) == [
        call,
        '"c"',
        '["s3://b/", DynamoDBTarget("t")]',
        '"s3://b/"',
        'DynamoDBTarget("t")',
        '"t"',
        '"d"',
        '"k"',
        '"LakeFormationConfiguration"',
        '"r"',
        '"s3://b/"',
    ]


def test_fields_of_targets(tmp_path: Path) -> None:
    """By name or by place, and the members of lists, where the target is made among the arguments."""
    call = (
        'Crawler("c", targets=[S3Target("s3://lake/x", sample_size=3), DeltaTarget(["s3://lake/d", places[0]]), '
        "made, HudiTarget(paths=places)])"
    )
    body = f'places = ["s3://lake/i"]\nmade = S3Target("s3://lake/y")\nw = Workflow("w", role="r")\nw.add({call})\n'
    written = flow(tmp_path, body)
    path = ("crawlers", 0, "targets")

    assert texts(
        written,
        (*path, 0, "path"),
        (*path, 0, "sample_size"),
        (*path, 0, "exclusions"),
        (*path, 1, "tables", 0),
        (*path, 1, "tables", 1),
        (*path, 2, "path"),
        (*path, 3, "paths", 0),
    ) == [
        '"s3://lake/x"',
        "3",
        'S3Target("s3://lake/x", sample_size=3)',
        '"s3://lake/d"',
        "places[0]",
        "made",
        "places",
    ]


def test_run_properties_of_a_class(tmp_path: Path) -> None:
    """A default stands where the class, or the one that it inherits from, gives it."""
    written = flow(
        tmp_path,
        """
from gluedsl import RunProperties
class Shared(RunProperties):
    env: str = "prod"
class Sales(Shared):
    rows: int = 3
    note: str
w = Workflow("w", properties=Sales)
""",
    )
    path = ("workflows", 0, "default_run_properties")

    assert texts(written, (*path, "env"), (*path, "rows")) == ['"prod"', "3"]


JOBS = """
w = Workflow("w", role="r"{start})
a = w.add(ExistingJob("a"))
b = w.add(ExistingJob("b"))
c = w.add(ExistingCrawler("c"))
"""
START = ("workflows", 0, "triggers", 0)
NEXT = ("workflows", 0, "triggers", 1)


@pytest.mark.parametrize(
    ("start", "schedule"),
    [
        ('cron("0 2 * * ? *")', '"0 2 * * ? *"'),
        ('cron(expression="0 2 * * ? *")', '"0 2 * * ? *"'),
        ('daily("02:00")', '"02:00"'),
        ('daily(at="02:00")', '"02:00"'),
        ('weekly("MON", "02:00")', 'weekly("MON", "02:00")'),
        ('weekly("MON", at="02:00")', 'weekly("MON", at="02:00")'),
        ('weekly(at="02:00", day="MON")', 'weekly(at="02:00", day="MON")'),
        ("hourly(minute=5)", "5"),
        ("hourly()", "hourly()"),
        ("nightly", '"0 3 * * ? *"'),
        ('cron(*["0 2 * * ? *"])', 'cron(*["0 2 * * ? *"])'),
    ],
)
def test_schedules(tmp_path: Path, start: str, schedule: str) -> None:
    """The argument that says when; of `weekly`, whose two say it together, the call."""
    written = flow(tmp_path, 'nightly = cron("0 3 * * ? *")\n' + JOBS.format(start=f", start={start}"))

    assert texts(written, START, (*START, "type"), (*START, "schedule")) == [start, start, schedule]


def test_event_batching(tmp_path: Path) -> None:
    """Each of its two numbers."""
    written = flow(tmp_path, JOBS.format(start=", start=on_event(batch_size=10, batch_window_seconds=60)"))
    path = (*START, "event_batching")

    assert texts(written, (*path, "batch_size"), (*path, "batch_window_seconds")) == ["10", "60"]


def test_a_derived_start(tmp_path: Path) -> None:
    """Where no start is said it is the workflow's; each action is where its node was added."""
    written = flow(
        tmp_path,
        """
w = Workflow("w", role="r")
a = w.add(ExistingJob("a"))
job = ExistingJob("b")
w.add(job)
w.add(added=ExistingCrawler("c"))

@w.python_shell_job(max_retries=1)
def load(run): ...
""",
    )

    assert texts(written, START, *((*START, "actions", index) for index in range(4))) == [
        'Workflow("w", role="r")',
        'ExistingJob("a")',
        "job",
        'ExistingCrawler("c")',
        "w.python_shell_job(max_retries=1)",
    ]
    assert not written.has((*START, "type"))


@pytest.mark.parametrize(
    ("after", "conditions"),
    [
        ("a", ["a"]),
        ("a.failed", ["a.failed"]),
        ('a.outcome("TIMEOUT")', ['a.outcome("TIMEOUT")']),
        ("[a, b.failed]", ["a", "b.failed"]),
        ("all_of(a, [b], c.failed)", ["a", "b", "c.failed"]),
        ("any_of(a, any_of(b, c))", ["a", "b", "c"]),
        ("a.unsuccessful", ["a.unsuccessful"] * 3),
        ("any_of(a.finished, c)", ["a.finished"] * 4 + ["c"]),
        ("any_of(*[a, b])", ["any_of(*[a, b])"] * 2),
        ("all_of(a, *[b, c])", ["a", "all_of(a, *[b, c])", "all_of(a, *[b, c])"]),
        ("several", ["several", "several"]),
        ("either", ["a.failed", "b"]),
        ("sorted([b, a], key=repr)", ["sorted([b, a], key=repr)"] * 2),
    ],
)
def test_conditions(tmp_path: Path, after: str, conditions: list[str]) -> None:
    """Each outcome that is waited for, as far as it is written out; and all of them."""
    body = JOBS.format(start="") + "several = [a, b]\neither = any_of(a.failed, b)\n"
    written = flow(tmp_path, f'{body}w.add(ExistingJob("d"), after={after})\n')
    path = (*NEXT, "predicate")

    assert texts(written, NEXT, path) == [after, after]
    assert texts(written, *((*path, "conditions", index) for index in range(len(conditions)))) == conditions
    assert len(written.lowered.project.workflows[0].triggers[1].predicate.conditions) == len(conditions)  # type: ignore[union-attr]


def test_nodes_that_share_a_trigger(tmp_path: Path) -> None:
    """The trigger is where the first of them waits; each action is where its own node was added."""
    written = flow(
        tmp_path,
        JOBS.format(start="")
        + """
w.add(ExistingJob("d"), after=[a, b])

@w.spark_job(after=all_of(b, a))
def load(run): ...
""",
    )

    assert texts(written, NEXT, (*NEXT, "actions", 0), (*NEXT, "actions", 1)) == [
        "[a, b]",
        'ExistingJob("d")',
        "w.spark_job(after=all_of(b, a))",
    ]


def test_written_triggers(tmp_path: Path) -> None:
    """The call that made it, its arguments, and the elements of what it waits for and starts."""
    call = (
        'Trigger("t", when=all_of(a, b.failed), start=[c, d.with_arguments({"--mode": "full"}, timeout_minutes=3)], '
        'description="why", enabled=False, tags={"k": "v"}, extra={"Zzz": 1})'
    )
    written = flow(tmp_path, JOBS.format(start="") + f'd = SparkJob("d", script="s3://b/d.py")\nw.add({call})\n')

    assert texts(
        written,
        NEXT,
        (*NEXT, "name"),
        (*NEXT, "predicate"),
        (*NEXT, "predicate", "conditions", 1),
        (*NEXT, "actions"),
        (*NEXT, "actions", 0),
        (*NEXT, "actions", 1),
        (*NEXT, "actions", 1, "arguments"),
        (*NEXT, "actions", 1, "arguments", "--mode"),
        (*NEXT, "actions", 1, "timeout_minutes"),
        (*NEXT, "description"),
        (*NEXT, "enabled"),
        (*NEXT, "tags"),
        (*NEXT, "extra", "Zzz"),
    ) == [
        call,
        '"t"',
        "all_of(a, b.failed)",
        "b.failed",
        '[c, d.with_arguments({"--mode": "full"}, timeout_minutes=3)]',
        "c",
        'd.with_arguments({"--mode": "full"}, timeout_minutes=3)',
        '{"--mode": "full"}',
        '"--mode"',
        "3",
        '"why"',
        "False",
        '{"k": "v"}',
        '"Zzz"',
    ]


@pytest.mark.parametrize(
    ("start", "actions"),
    [
        ("a", ["a"]),
        ("(a, c)", ["a", "c"]),
        ("several", ["several", "several"]),
        ("list((a, c))", ["list((a, c))"] * 2),
        ("[*several]", ["[*several]"] * 2),
    ],
)
def test_what_a_written_trigger_starts(tmp_path: Path, start: str, actions: list[str]) -> None:
    """Each node as far as it is written out, else all of it."""
    written = flow(
        tmp_path,
        JOBS.format(start="") + f'several = [a, c]\nw.add(Trigger("t", when=b.failed, start={start}))\n',
    )

    assert texts(written, *((*NEXT, "actions", index) for index in range(len(actions)))) == actions


def test_a_written_start(tmp_path: Path) -> None:
    """A start trigger of the author's own has its schedule where it is written."""
    written = flow(tmp_path, 'w = Workflow("w")\nw.add(Trigger("t", when=daily("02:00"), start=ExistingJob("a")))\n')

    assert texts(written, (*START, "type"), (*START, "schedule")) == ['daily("02:00")', '"02:00"']


def test_arguments_of_a_placed_job(tmp_path: Path) -> None:
    """They are where the job is given them, which need not be where it is placed."""
    written = flow(
        tmp_path,
        """
w = Workflow("w", role="r")
full = ExistingJob("a").with_arguments({"--mode": "full"}, notify_delay_after_minutes=2)
w.add(full)
""",
    )
    path = (*START, "actions", 0)

    assert texts(written, path, (*path, "arguments", "--mode"), (*path, "notify_delay_after_minutes")) == [
        "full",
        '"--mode"',
        "2",
    ]


def test_families_share_their_places(tmp_path: Path) -> None:
    """What a loop makes several times stands in one place."""
    written = flow(
        tmp_path,
        """
family = []
for name in "ab":
    w = Workflow(name, role="r")
    w.add(SparkJob(f"{name}-job", script="s3://b/x.py"))
    family.append(w)
""",
    )

    assert texts(written, ("workflows", 1, "name"), ("jobs", 0, "name"), ("jobs", 1, "name")) == [
        "name",
        'f"{name}-job"',
        'f"{name}-job"',
    ]


def test_what_a_helper_makes_is_the_helpers(tmp_path: Path) -> None:
    """The spans are in the file that calls gluedsl."""
    (tmp_path / "helper.py").write_text(
        'from gluedsl import SparkJob\n\ndef job():\n    return SparkJob("a", script="s3://b/a.py")\n', encoding="utf-8"
    )
    written = flow(tmp_path, 'from helper import job\nw = Workflow("w", role="r")\nw.add(job())\n')

    assert written.lowered.origins.at(("jobs", 0, "name")) == Span("helper.py", 4, 21, 4, 24)
    assert written.at(*START, "actions", 0) == "job()"
