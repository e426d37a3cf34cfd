"""What is said of a call, or of a name, that gluedsl does not have: in its own words, at the text that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.compiler.load import UnreadableFlowError, load
from gluedsl.source.locate import Locator
from tests.support.checked_flows import text_of, written

if TYPE_CHECKING:
    from pathlib import Path

HEADER = """
w = Workflow("w")
a = w.add(PythonShellJob("a", script="s3://lake/a.py"))
c = w.add(Crawler("c", database="d", targets="s3://lake/x/"))
class Sales(RunProperties):
    orders: int = 0
"""


def told(folder: Path, body: str) -> tuple[str, str, str]:
    """Return message, hint and underlined text of what ends the import of a flow."""
    file = written(folder, HEADER + body)
    with pytest.raises(UnreadableFlowError) as raised:
        load(str(file), Locator(folder / "elsewhere"))
    (mistake,) = raised.value.mistakes
    assert raised.value.hint == mistake.hint
    return mistake.message, mistake.hint, text_of(mistake.span)


@pytest.mark.parametrize(
    ("body", "message", "hint", "text"),
    [
        ('Workflow("x", strat=cron("x"))', "Workflow takes no argument `strat`", "start", 'strat=cron("x")'),
        ('Trigger("x", wen=a, start=a)', "Trigger takes no argument `wen`", "when", "wen=a"),
        ("on_event(bach_size=3)", "on_event() takes no argument `bach_size`", "batch_size", "bach_size=3"),
        ("w.add(c, aftr=a)", "add() takes no argument `aftr`", "after", "aftr=a"),
        ('PythonShellJob(\n  "b",\n  scrpt="x.py",\n)', "PythonShellJob takes no argument `scrpt`", "script", None),
        ('Crawler("x", target="s3://lake/")', "Crawler takes no argument `target`", "targets", 'target="s3://lake/"'),
        ('S3Target(pth="s3://lake/")', "S3Target takes no argument `pth`", "path", 'pth="s3://lake/"'),
        ('Workflow(**{"name": "x", "strat": 1})', "Workflow takes no argument `strat`", "start", None),
        (
            "a.with_arguments({}, timeout_minuts=5)",
            "with_arguments() takes no argument `timeout_minuts`",
            "timeout_minutes",
            "timeout_minuts=5",
        ),
        (
            "@w.python_shell_job(afer=a)\ndef b(run): ...",
            "@python_shell_job takes no argument `afer`",
            "after",
            "afer=a",
        ),
        ('PythonShellJob("b", script="b.py", tag={})', "PythonShellJob takes no argument `tag`", "tags", "tag={}"),
        ("w.add(c, after=a.suceeded)", "job `a` has no `suceeded`", "succeeded", "a.suceeded"),
        ("a.with_argumnts({})", "job `a` has no `with_argumnts`", "with_arguments", "a.with_argumnts"),
        ("w.python_shel_job", "workflow `w` has no `python_shel_job`", "python_shell_job", "w.python_shel_job"),
        ("from gluedsl import PythonShelJob", "gluedsl has no `PythonShelJob`", "PythonShellJob", "PythonShelJob"),
        ("import gluedsl\ngluedsl.Workflw", "gluedsl has no `Workflw`", "Workflow", "gluedsl.Workflw"),
        (
            "from gluedsl.testing import glue_workd",
            "gluedsl.testing has no `glue_workd`",
            None,
            "glue_workd",
        ),
        ("Sales.ordrs", "Sales declares no run property `ordrs`", "orders", "Sales.ordrs"),
        ("w.add(c, after=aa)", "NameError: name 'aa' is not defined", None, "aa"),
        ("wokflow = 1\nworkflow", "NameError: name 'workflow' is not defined", "wokflow", "workflow"),
    ],
)
def test_names_that_are_nearly_right(
    tmp_path: Path, body: str, message: str, hint: str | None, text: str | None
) -> None:
    """The one that was meant is told."""
    said, advice, underlined = told(tmp_path, body)

    assert said == message
    if hint is not None:
        assert advice == f"did you mean `{hint}`?"
    if text is not None:
        assert underlined == text


@pytest.mark.parametrize(
    ("body", "message", "hint"),
    [
        (
            'PythonShellJob("b")',
            "PythonShellJob needs `script=`",
            'give the path of a file, script="jobs/load.py"; a function becomes a job by @workflow.python_shell_job',
        ),
        ("Workflow()", "Workflow needs `name`", ""),
        ("Trigger()", "Trigger needs `name`", ""),
        ('Trigger("t")', "Trigger needs `when=` and `start=`", ""),
        (
            'Workflow("x", "for the day")',
            "Workflow takes no argument by its place but `name`",
            (
                "give the others by name: allow=, description=, extra=, max_concurrent_runs=, properties=, role=, "
                "start=, tags="
            ),
        ),
        ("hourly(5)", "hourly() takes no argument by its place", "give the others by name: minute="),
        ('cron("x", "y")', "cron() takes no argument by its place but `expression`", ""),
        (
            'Workflow("x", name="y")',
            "Workflow is given `name` twice: by its place and by its name",
            "leave one of them out",
        ),
        (
            "w.add(a, after=c.timed_out)",
            "crawler `c` has no `timed_out`",
            "its outcomes are cancelled, failed, finished, succeeded, unsuccessful",
        ),
        (
            "w.add(c, after=a.cancelled)",
            "job `a` has no `cancelled`",
            "its outcomes are failed, finished, stopped, succeeded, timed_out, unsuccessful",
        ),
        ("all_of(a, b=c)", "all_of() takes no argument `b`", ""),
        ("Sales.zzz", "Sales declares no run property `zzz`", "it declares orders"),
        ("del all_of\nall_of(a)", "NameError: name 'all_of' is not defined", "write `from gluedsl import all_of`"),
    ],
)
def test_calls_that_do_not_fit(tmp_path: Path, body: str, message: str, hint: str) -> None:
    """What is needed, or what there is instead, is told."""
    assert told(tmp_path, body)[:2] == (message, hint)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "class Workflow:\n    def __init__(self): ...\nWorkflow(x=1)",
            "TypeError: Workflow.__init__() got an unexpected keyword argument 'x'",
        ),
        ("def add(x): ...\nadd()", "TypeError: add() missing 1 required positional argument: 'x'"),
        ("5 + 'a'", "TypeError: unsupported operand type(s) for +: 'int' and 'str'"),
        ("w()", "TypeError: 'Workflow' object is not callable"),
        ("'x'.nothing", "AttributeError: 'str' object has no attribute 'nothing'"),
        ("raise AttributeError('of mine')", "AttributeError: of mine"),
        ("raise ImportError('of mine')", "ImportError: of mine"),
        ("raise NameError('of mine')", "NameError: of mine"),
        ("import gluedsl.nothing", "ModuleNotFoundError: No module named 'gluedsl.nothing'"),
    ],
)
def test_what_is_not_about_gluedsl(tmp_path: Path, body: str, message: str) -> None:
    """Python says it."""
    assert told(tmp_path, body)[:2] == (message, "")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('SparkJob("x", script="x.py", workers="three")', '"three"'),
        ('Workflow("x", start="daily")', '"daily"'),
        ('w.add("a")', 'w.add("a")'),
        ('x = {"ä": 1}; y = {"ä": x["ü"]}', 'x["ü"]'),
        ("def f():\n    raise RuntimeError('no')\nf()", "raise RuntimeError('no')"),
        ("x = (1 +\n     None)", "1 + None"),
    ],
)
def test_the_smallest_text(tmp_path: Path, body: str, text: str) -> None:
    """An argument where one is to blame, else what was done there."""
    assert told(tmp_path, body)[2] == text


def test_a_file_that_was_changed_since(tmp_path: Path) -> None:
    """Text that is no longer there is not pointed at."""
    body = "import pathlib\npathlib.Path(__file__).write_text('# gone')\nraise RuntimeError"
    file = written(tmp_path, HEADER + body)

    with pytest.raises(UnreadableFlowError) as raised:
        load(str(file), Locator(tmp_path))

    (mistake,) = raised.value.mistakes
    assert (mistake.span.line, mistake.span.is_line_only) == (9, True)
