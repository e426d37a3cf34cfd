"""Which triggers are derived from what an author placed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.model import Action, Condition, EventBatching, Predicate, Trigger
from tests.support.flows import flow

if TYPE_CHECKING:
    from pathlib import Path

JOBS = """
w = Workflow("w", role="r")
a = w.add(PythonShellJob("a", script="s3://b/a.py"))
b = w.add(PythonShellJob("b", script="s3://b/b.py"))
"""


def triggers(folder: Path, body: str) -> tuple[Trigger, ...]:
    """Return the triggers of the one workflow of a flow."""
    return flow(folder, body).lowered.project.workflows[0].triggers


def summary(found: tuple[Trigger, ...]) -> list[tuple[str, list[str | None]]]:
    """Return the names of triggers with what they start."""
    return [(t.name, [a.job_name or a.crawler_name for a in t.actions]) for t in found]


def test_nodes_without_after_belong_to_the_start_trigger(tmp_path: Path) -> None:
    """What waits for nothing starts with the workflow, on demand unless it says otherwise."""
    assert triggers(tmp_path, JOBS) == (
        Trigger(name="w-start", type="ON_DEMAND", actions=(Action(job_name="a"), Action(job_name="b"))),
    )


def test_equal_after_shares_one_trigger(tmp_path: Path) -> None:
    """Nodes that wait for the same outcomes, in whatever order they say so, are started by one trigger."""
    found = triggers(
        tmp_path,
        JOBS
        + """
c = w.add(PythonShellJob("c", script="s3://b/c.py"), after=[a, b])
d = w.add(PythonShellJob("d", script="s3://b/d.py"), after=all_of(b.succeeded, a))
""",
    )

    assert found[1:] == (
        Trigger(
            name="w-after-a-and-b",
            type="CONDITIONAL",
            actions=(Action(job_name="c"), Action(job_name="d")),
            predicate=Predicate(
                logical="AND",
                conditions=(Condition(job_name="a", state="SUCCEEDED"), Condition(job_name="b", state="SUCCEEDED")),
            ),
        ),
    )


def test_sets_of_outcomes_become_one_any_trigger(tmp_path: Path) -> None:
    """`.unsuccessful` and `.finished` are ANY over their states; of a crawler, over a crawler's."""
    found = triggers(
        tmp_path,
        JOBS
        + """
crawl = w.add(Crawler("crawl", database="d", targets="s3://b/x/"), after=a.unsuccessful)
c = w.add(PythonShellJob("c", script="s3://b/c.py"), after=crawl.finished)
d = w.add(PythonShellJob("d", script="s3://b/d.py"), after=any_of(a.timed_out, crawl.unsuccessful))
""",
    )

    assert [t.predicate for t in found[1:]] == [
        Predicate(
            logical="ANY",
            conditions=tuple(Condition(job_name="a", state=s) for s in ("FAILED", "TIMEOUT", "STOPPED")),
        ),
        Predicate(
            logical="ANY",
            conditions=tuple(
                Condition(crawler_name="crawl", crawl_state=s) for s in ("SUCCEEDED", "FAILED", "CANCELLED")
            ),
        ),
        Predicate(
            logical="ANY",
            conditions=(
                Condition(job_name="a", state="TIMEOUT"),
                Condition(crawler_name="crawl", crawl_state="FAILED"),
                Condition(crawler_name="crawl", crawl_state="CANCELLED"),
            ),
        ),
    ]
    assert [t.name for t in found[1:]] == [
        "w-after-a-failed-or-a-stopped-or-a-timeout",
        "w-after-crawl-or-crawl-cancelled-or-crawl-failed",
        "w-after-a-timeout-or-crawl-cancelled-or-crawl-failed",
    ]


def test_combinations_of_one_word_are_flattened(tmp_path: Path) -> None:
    """A combination inside another of the same word, or of one outcome, says nothing new."""
    found = triggers(
        tmp_path,
        JOBS
        + """
c = w.add(PythonShellJob("c", script="s3://b/c.py"), after=all_of(all_of(a), any_of(b), [a.stopped]))
""",
    )

    assert found[1].predicate == Predicate(
        logical="AND",
        conditions=(
            Condition(job_name="a", state="SUCCEEDED"),
            Condition(job_name="b", state="SUCCEEDED"),
            Condition(job_name="a", state="STOPPED"),
        ),
    )


def test_more_than_two_crawlers_are_split(tmp_path: Path) -> None:
    """One trigger starts at most two crawlers, so three that wait for the same have two triggers."""
    found = triggers(
        tmp_path,
        JOBS
        + """
for n in "xyz":
    w.add(Crawler(n, database="d", targets="s3://b/x/"), after=a)
w.add(PythonShellJob("c", script="s3://b/c.py"), after=a)
""",
    )

    assert summary(found[1:]) == [("w-after-a", ["c", "x", "y"]), ("w-after-a-2", ["z"])]
    assert found[1].predicate == found[2].predicate


def test_more_than_fifty_jobs_are_split(tmp_path: Path) -> None:
    """One trigger starts at most fifty jobs, so fifty-one that wait for the same have two triggers."""
    found = triggers(
        tmp_path,
        JOBS + 'for n in range(51): w.add(PythonShellJob(f"j{n}", script="s3://b/j.py"), after=a)\n',
    )

    assert [(t.name, len(t.actions)) for t in found[1:]] == [("w-after-a", 50), ("w-after-a-2", 1)]


def test_fifty_jobs_are_not_split(tmp_path: Path) -> None:
    """Fifty jobs are what one trigger can start."""
    found = triggers(
        tmp_path,
        JOBS + 'for n in range(50): w.add(PythonShellJob(f"j{n}", script="s3://b/j.py"), after=a)\n',
    )

    assert [(t.name, len(t.actions)) for t in found[1:]] == [("w-after-a", 50)]


def test_a_written_trigger_stays_as_it_is(tmp_path: Path) -> None:
    """A trigger of the author's own keeps its name, its order and its arguments, and what it starts starts there."""
    found = triggers(
        tmp_path,
        """
w = Workflow("w", role="r")
a = w.add(PythonShellJob("a", script="s3://b/a.py"))
c = w.add(SparkJob("c", script="s3://b/c.py"))
d = SparkJob("d", script="s3://b/d.py")
w.add(Trigger("after-a", when=a.failed, description="why", enabled=False, tags={"k": "v"},
              start=[c, d.with_arguments({"--mode": "full"}, timeout_minutes=30, notify_delay_after_minutes=5)]))
""",
    )

    assert summary(found)[0] == ("w-start", ["a"])
    assert found[1] == Trigger(
        name="after-a",
        type="CONDITIONAL",
        predicate=Predicate(logical="AND", conditions=(Condition(job_name="a", state="FAILED"),)),
        actions=(
            Action(job_name="c"),
            Action(job_name="d", arguments={"--mode": "full"}, timeout_minutes=30, notify_delay_after_minutes=5),
        ),
        description="why",
        enabled=False,
        tags={"k": "v"},
    )


def test_a_written_start_trigger_replaces_the_derived_one(tmp_path: Path) -> None:
    """A start of the author's own name and actions; what it does not name starts nowhere."""
    found = triggers(
        tmp_path,
        """
w = Workflow("w", role="r")
a = w.add(PythonShellJob("a", script="s3://b/a.py"))
b = w.add(PythonShellJob("b", script="s3://b/b.py"))
w.add(Trigger("nightly", when=cron("0 2 * * ? *"), start=a))
""",
    )

    assert summary(found) == [("nightly", ["a"])]
    assert (found[0].type, found[0].schedule) == ("SCHEDULED", "cron(0 2 * * ? *)")


def test_a_written_start_trigger_beside_start_gives_two(tmp_path: Path) -> None:
    """`start=` and a start trigger are two starts: both are there, for a rule to refuse."""
    found = triggers(
        tmp_path,
        """
w = Workflow("w", role="r", start=on_event(batch_size=10, batch_window_seconds=60))
a = w.add(PythonShellJob("a", script="s3://b/a.py"))
w.add(Trigger("by-hand", when=on_demand(), start=a))
""",
    )

    assert [(t.name, t.type) for t in found] == [("w-start", "EVENT"), ("by-hand", "ON_DEMAND")]
    assert found[0].event_batching == EventBatching(batch_size=10, batch_window_seconds=60)


def test_schedules_in_words(tmp_path: Path) -> None:
    """`daily`, `weekly` and `hourly` are cron expressions in Glue's dialect."""
    found = flow(
        tmp_path,
        """
made = []
for name, start in {"d": daily("02:05"), "w": weekly("MON", "23:00"), "h": hourly(minute=5),
                    "c": cron("cron(0 8 1 * ? *)")}.items():
    w = Workflow(name, role="r", start=start)
    w.add(PythonShellJob(f"{name}-job", script="s3://b/a.py"))
    made.append(w)
""",
    ).lowered.project

    assert [w.triggers[0].schedule for w in found.workflows] == [
        "cron(5 2 * * ? *)",
        "cron(0 23 ? * MON *)",
        "cron(5 * * * ? *)",
        "cron(0 8 1 * ? *)",
    ]


def test_names_are_stable_under_unrelated_edits(tmp_path: Path) -> None:
    """A derived trigger is named after what it waits for, not after its place or what it starts."""
    after = 'c = w.add(PythonShellJob("c", script="s3://b/c.py"), after=[a, b])\n'
    before = triggers(tmp_path, JOBS + after)
    edited = triggers(
        tmp_path,
        JOBS
        + 'z = w.add(PythonShellJob("z", script="s3://b/z.py"), after=b)\n'
        + 'x = w.add(PythonShellJob("x", script="s3://b/x.py"), after=[b, a])\n'
        + after,
    )

    assert before[1].name == "w-after-a-and-b"
    assert "w-after-a-and-b" in [t.name for t in edited]


def test_long_names_end_in_a_digest(tmp_path: Path) -> None:
    """A trigger that waits for many nodes still has a name that Glue takes, and one of its own."""
    many = "\n".join(
        f'j{n} = w.add(PythonShellJob("a-rather-long-name-for-a-job-{n}", script="s3://b/j.py"))' for n in range(9)
    )
    found = triggers(
        tmp_path,
        f"""
w = Workflow("w", role="r")
{many}
c = w.add(PythonShellJob("c", script="s3://b/c.py"), after=[j0, j1, j2, j3, j4, j5, j6, j7])
d = w.add(PythonShellJob("d", script="s3://b/d.py"), after=[j0, j1, j2, j3, j4, j5, j6, j8])
""",
    )

    first, second = found[1].name, found[2].name
    assert len(first) == len(second) == 159
    assert first[:150] == second[:150]
    assert first != second


def test_names_that_would_meet_are_told_apart(tmp_path: Path) -> None:
    """A job `a-failed` that succeeded, and a job `a` that failed, would give one name: the later has a digest."""
    found = triggers(
        tmp_path,
        JOBS
        + """
odd = w.add(PythonShellJob("a-failed", script="s3://b/o.py"))
c = w.add(PythonShellJob("c", script="s3://b/c.py"), after=odd)
d = w.add(PythonShellJob("d", script="s3://b/d.py"), after=a.failed)
""",
    )

    assert found[1].name == "w-after-a-failed"
    assert found[2].name.startswith("w-after-a-failed-")


def test_parts_of_a_split_have_names_of_their_own(tmp_path: Path) -> None:
    """A job called `a-2` has a trigger after it already, so the parts after `a` are told apart from it."""
    found = triggers(
        tmp_path,
        JOBS
        + """
two = w.add(PythonShellJob("a-2", script="s3://b/2.py"))
w.add(PythonShellJob("c", script="s3://b/c.py"), after=two)
for n in "xyz":
    w.add(Crawler(n, database="d", targets="s3://b/x/"), after=a)
""",
    )
    names = [t.name for t in found[1:]]

    assert names[0] == "w-after-a-2"
    assert names[1].startswith("w-after-a-")
    assert names[2] == f"{names[1]}-2"
    assert len(set(names)) == 3


def test_a_written_trigger_keeps_its_name(tmp_path: Path) -> None:
    """One that is derived gives way to it, wherever it is written."""
    found = triggers(
        tmp_path,
        JOBS
        + """
w.add(PythonShellJob("c", script="s3://b/c.py"), after=a)
w.add(Trigger("w-after-a", when=a.failed, start=b))
""",
    )

    assert found[2].name == "w-after-a"
    assert found[1].name.startswith("w-after-a-")


def test_long_names_in_any_script(tmp_path: Path) -> None:
    """Glue counts bytes, and no character is cut in two."""
    found = triggers(
        tmp_path,
        """
w = Workflow("w", role="r")
long = w.add(PythonShellJob("x" + "ö" * 90, script="s3://b/l.py"))
w.add(PythonShellJob("c", script="s3://b/c.py"), after=long)
""",
    )
    name = found[1].name

    assert name.startswith("w-after-xö")
    assert len(name.encode()) <= 159
    assert set(name[9:].rpartition("-")[0]) == {"ö"}


def test_what_a_workflow_adds_twice_is_started_twice(tmp_path: Path) -> None:
    """Each placement is a start of its own, for a rule to judge."""
    found = triggers(
        tmp_path,
        JOBS
        + """
c = PythonShellJob("c", script="s3://b/c.py")
w.add(c, after=a)
w.add(c, after=b)
""",
    )

    assert summary(found[1:]) == [("w-after-a", ["c"]), ("w-after-b", ["c"])]
