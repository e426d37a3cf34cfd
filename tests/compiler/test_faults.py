"""What an author wrote that the model has no shape for: each fault with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.model import Condition, Predicate
from gluedsl.model.faults import (
    Fault,
    MissingFile,
    NestedCondition,
    NonStringProperty,
    SharedTrigger,
    UnknownField,
    UnplacedNode,
)
from tests.support.flows import WrittenFlow, flow

if TYPE_CHECKING:
    from pathlib import Path

JOBS = """
w = Workflow("w", role="r")
a = w.add(SparkJob("a", script="s3://b/a.py"))
b = w.add(SparkJob("b-job", script="s3://b/b.py"))
c = w.add(Crawler("team/c", targets="s3://b/"))
"""


def only(written: WrittenFlow, kind: type[Fault]) -> Any:
    """Return the one fault of a flow, which is of this kind."""
    (fault,) = written.lowered.faults
    assert isinstance(fault, kind)
    return fault


def test_a_trigger_in_two_workflows(tmp_path: Path) -> None:
    """Both places are shown, and both workflows have the trigger."""
    written = flow(
        tmp_path,
        """
one, two = Workflow("one"), Workflow("two")
a = ExistingJob("a")
t = Trigger("t", when=a, start=a)
one.add(t)
two.add(
    t
)
""",
    )
    fault = only(written, SharedTrigger)

    assert (fault.trigger, fault.workflows) == ("t", ("one", "two"))
    assert [written.text_of(span) for span in fault.spans] == ["one.add(t)", "two.add(\n    t\n)"]
    assert [[t.name for t in w.triggers] for w in written.lowered.project.workflows] == [["t"], ["t"]]


def test_a_trigger_twice_in_one_workflow(tmp_path: Path) -> None:
    """It is the workflow's twice, and lowered once."""
    written = flow(tmp_path, JOBS + 't = Trigger("t", when=a, start=b)\nw.add(t); w.add(t)\n')
    fault = only(written, SharedTrigger)

    assert (fault.workflows, {written.text_of(span) for span in fault.spans}) == (("w", "w"), {"w.add(t)"})
    assert fault.spans[0] != fault.spans[1]
    assert [t.name for t in written.lowered.project.workflows[0].triggers] == ["w-start", "t"]


@pytest.mark.parametrize(
    ("after", "expression", "inner"),
    [
        ("any_of(all_of(a, b), c.failed)", None, "all_of(a, b)"),
        ("any_of(all_of(a, b), all_of(b, c))", None, "all_of(a, b)"),
        ("[a.timed_out, any_of(b.stopped, c.cancelled)]", None, "any_of(b.stopped, c.cancelled)"),
        ("all_of(a, b.unsuccessful)", None, "b.unsuccessful"),
        ("any_of([a, b], c)", None, "[a, b]"),
        ("all_of(all_of(any_of(a, b), c), a)", "all_of(any_of(a, b), c)", "any_of(a, b)"),
        ("all_of(a, inner)", None, "inner"),
        ("outer", "any_of(c, all_of(a, b))", "all_of(a, b)"),
    ],
)
def test_a_combination_in_a_combination(tmp_path: Path, after: str, expression: str | None, inner: str) -> None:
    """The first that one trigger cannot say, and what it stands in, as the author wrote them."""
    written = flow(
        tmp_path,
        JOBS + f'inner, outer = any_of(b, c), any_of(c, all_of(a, b))\nd = w.add(ExistingJob("d"), after={after})\n',
    )
    fault = only(written, NestedCondition)

    assert (fault.workflow, fault.waiting) == ("w", "job `d`")
    assert (fault.expression, fault.inner) == (expression or after, inner)
    assert (written.text_of(fault.span), written.text_of(fault.inner_span)) == (after, inner)


@pytest.mark.parametrize(
    ("after", "expression", "inner"),
    [
        (
            "all_of(*[a.stopped, any_of(b, c.cancelled)])",
            "all_of(a.stopped, any_of(b_job, c.cancelled))",
            "any_of(b_job, c.cancelled)",
        ),
        (
            "waited",
            "all_of(a.timed_out, any_of(b_job.failed, b_job.timed_out, b_job.stopped))",
            "any_of(b_job.failed, b_job.timed_out, b_job.stopped)",
        ),
    ],
)
def test_a_combination_that_is_not_written_out(tmp_path: Path, after: str, expression: str, inner: str) -> None:
    """Both as they could be written, with the names of nodes for variables."""
    written = flow(
        tmp_path, JOBS + f'waited = [a.timed_out, b.unsuccessful]\nd = w.add(ExistingJob("d"), after={after})\n'
    )
    fault = only(written, NestedCondition)

    assert (fault.expression, fault.inner) == (expression, inner)
    assert (written.text_of(fault.span), fault.inner_span) == (after, None)


def test_what_is_nested_is_lowered_flat(tmp_path: Path) -> None:
    """So that the rest of the workflow can still be checked."""
    written = flow(tmp_path, JOBS + 'w.add(Trigger("t", when=any_of(all_of(a, b), c), start=ExistingJob("d")))\n')

    assert only(written, NestedCondition).waiting == "trigger `t`"
    assert written.lowered.project.workflows[0].triggers[1].predicate == Predicate(
        logical="ANY",
        conditions=(
            Condition(job_name="a", state="SUCCEEDED"),
            Condition(job_name="b-job", state="SUCCEEDED"),
            Condition(crawler_name="team/c", crawl_state="SUCCEEDED"),
        ),
    )


@pytest.mark.parametrize(
    ("properties", "said", "span"),
    [
        ('{"env": "prod", "limit": 500}', ("limit", "500", "int"), "500"),
        ('{"env": "prod", "limit": None}', ("limit", "None", "NoneType"), "None"),
        ('dict(env="prod", limit=[1, 2])', ("limit", "[1, 2]", "list"), "[1, 2]"),
        ('{"env": "prod", 5: "five"}', ("5", "5", "int"), '{"env": "prod", 5: "five"}'),
        ('{"env": "prod", "x": "y" * 9 and {}}', ("x", "{}", "dict"), '"y" * 9 and {}'),
        (
            '{"env": "prod", "long": list(range(99))}',
            ("long", "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11...", "list"),
            "list(range(99))",
        ),
        ("given", ("limit", "5", "int"), "given"),
    ],
)
def test_properties_that_are_no_strings(tmp_path: Path, properties: str, said: tuple[str, str, str], span: str) -> None:
    """The value is pointed at, and left out; the others stay."""
    written = flow(tmp_path, f'given = {{"env": "prod", "limit": 5}}\nw = Workflow("w", properties={properties})\n')
    fault = only(written, NonStringProperty)

    assert (fault.workflow, (fault.key, fault.value, fault.type_name)) == ("w", said)
    assert written.text_of(fault.span) == span
    assert written.lowered.project.workflows[0].default_run_properties == {"env": "prod"}


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (
            'Workflow("x", extra={"Descripton": 1})',
            ("workflow `x`", "CreateWorkflow", "Descripton", ("Description",)),
        ),
        (
            'w.add(SparkJob("x", script="s3://b/", extra={"LogUrl": 1}))',
            ("job `x`", "CreateJob", "LogUrl", ("LogUri",)),
        ),
        ('w.add(Crawler("x", targets=[], extra={"zzz": None}))', ("crawler `x`", "CreateCrawler", "zzz", ())),
        (
            'w.add(Trigger("x", when=a, start=b, extra={"Nmae": 1}))',
            ("trigger `x`", "CreateTrigger", "Nmae", ("Name",)),
        ),
    ],
)
def test_members_that_the_api_does_not_have(tmp_path: Path, declared: str, said: tuple[object, ...]) -> None:
    """The key is pointed at, with the member that is near, and left out."""
    written = flow(tmp_path, JOBS + f"x = {declared}\n")
    fault = only(written, UnknownField)

    assert (fault.resource, fault.operation, fault.field, fault.suggestions) == said
    assert written.text_of(fault.span) == f'"{fault.field}"'


def test_jobs_that_no_workflow_has(tmp_path: Path) -> None:
    """Made at the top level, neither started nor waited for; what belongs to somebody else is no business of ours."""
    written = flow(
        tmp_path,
        JOBS
        + """
lost = SparkJob("lost", script="s3://b/l.py")
crawlers = [Crawler("stray", targets=[])]
elsewhere = ExistingJob("elsewhere")
watched = SparkJob("watched", script="s3://b/w.py")
w.add(ExistingJob("d"), after=any_of(watched.failed, a))
w.add(Trigger("t", when=[SparkJob("inline", script="s3://b/i.py"), b], start=SparkJob("s", script="s3://b/s.py")))
""",
    )

    assert [
        (fault.node, written.text_of(fault.span)) for fault in written.lowered.faults if isinstance(fault, UnplacedNode)
    ] == [
        ("job `lost`", 'SparkJob("lost", script="s3://b/l.py")'),
        ("crawler `stray`", 'Crawler("stray", targets=[])'),
    ]
    assert len(written.lowered.faults) == 2


@pytest.mark.parametrize(
    ("arguments", "path", "span"),
    [
        ('script="jobs/x.py"', "jobs/x.py", '"jobs/x.py"'),
        ('script="s3://b/x.py", libraries=["requests", "lib/"]', "lib/", '"lib/"'),
        ('script="s3://b/x.py", libraries=["requests", "x.whl"]', "x.whl", '"x.whl"'),
        ('script="s3://b/x.py", libraries=libraries', "../x.zip", "libraries"),
        ('**{"script": "x.py"}', "x.py", 'SparkJob("x", **{"script": "x.py"})'),
    ],
)
def test_files_that_are_not_there(tmp_path: Path, arguments: str, path: str, span: str) -> None:
    """The argument, or the element of a list, is pointed at, and where it was looked for is told."""
    written = flow(tmp_path, f'libraries = ["../x.zip"]\nw = Workflow("w")\nw.add(SparkJob("x", {arguments}))\n')
    fault = only(written, MissingFile)

    assert (fault.job, fault.path, fault.looked_at) == ("x", path, path.rstrip("/"))
    assert written.text_of(fault.span) == span


def test_a_flow_without_faults(tmp_path: Path) -> None:
    """Has none."""
    assert flow(tmp_path, JOBS).lowered.faults == ()
