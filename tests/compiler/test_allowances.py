"""What `allow=` of each object comes to, beside the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.compiler import compile_path
from gluedsl.errors import LoadError
from tests.support.flows import flow, write

if TYPE_CHECKING:
    from pathlib import Path

EVERYWHERE = """
sales = Workflow("sales", role="R", allow=["GR004"])
file = SparkJob("file", script="s3://code/file.py", allow=["a", "b"])
catalog = Crawler("catalog", targets="s3://lake/", allow=("c",))
idle = PythonShellJob("idle", script="s3://code/idle.py", allow=["d"])
rules = ["e"]

@sales.python_shell_job(allow=rules)
def load(run): ...

sales.add(Trigger("own", when=load, start=[file, catalog], allow=["f"]))
"""


def test_where_they_stand(tmp_path: Path) -> None:
    """Each entry knows its object and its own text, or what stands for it."""
    written = flow(tmp_path, EVERYWHERE)

    told = [(one.owner, one.path, one.rule, written.text_of(one.span)) for one in written.lowered.allowances]

    assert told == [
        ("workflow `sales`", ("workflows", 0), "GR004", '"GR004"'),
        ("job `sales-load`", ("jobs", 0), "e", "rules"),
        ("job `file`", ("jobs", 1), "a", '"a"'),
        ("job `file`", ("jobs", 1), "b", '"b"'),
        ("crawler `catalog`", ("crawlers", 0), "c", '"c"'),
        ("trigger `own`", ("workflows", 0, "triggers", 1), "f", '"f"'),
        ("job `idle`", ("unplaced", 0), "d", '"d"'),
    ]


def test_the_model_does_not_know(tmp_path: Path) -> None:
    """With and without them it is the same project."""
    with_allow = flow(tmp_path, 'w = Workflow("w", allow=["GR004"])\n@w.spark_job(allow=["x"])\ndef a(run): ...\n')
    without = flow(tmp_path, 'w = Workflow("w")\n@w.spark_job\ndef a(run): ...\n')

    assert with_allow.lowered.project == without.lowered.project
    assert without.lowered.allowances == ()


def _findings(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    monkeypatch.chdir(path.parent)
    return [(found.code, str(found.severity)) for found in compile_path(path.name).report.diagnostics]


IDLE = """
w = Workflow("w", role="R")
a = w.add(PythonShellJob("a", script="s3://code/a.py"))
idle = PythonShellJob("idle", script="s3://code/idle.py"{})
"""


def test_a_node_of_no_workflow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is in no model, and yet it can be meant."""
    assert _findings(write(tmp_path, IDLE.format("")), monkeypatch) == [("GR006", "warning")]
    assert _findings(write(tmp_path, IDLE.format(', allow=["GR006"]')), monkeypatch) == []


def test_levels_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`[tool.gluedsl.rules]` beside the flow holds for all of it."""
    file = write(tmp_path, IDLE.format(""))
    levels = tmp_path / "pyproject.toml"

    levels.write_text('[tool.gluedsl.rules]\nunused-node = "error"\n')
    assert _findings(file, monkeypatch) == [("GR006", "error")]
    levels.write_text('[tool.gluedsl.rules]\nGR006 = "off"\n')
    assert _findings(file, monkeypatch) == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('Workflow("w", allow="GR004")', "allow= takes a list of codes or names of rules, not 'GR004' (str)"),
        ('Workflow("w", allow=[4])', "allow= takes codes or names of rules, not 4 (int)"),
        (
            'Crawler("c", targets="s3://x/", allow={"GR004"})',
            "allow= takes a list of codes or names of rules, not {'GR004'} (set)",
        ),
        (
            'SparkJob("c", script="s3://x/", allow={})',
            "allow= takes a list of codes or names of rules, not {} (dict)",
        ),
        (
            'Trigger("c", when=cron("x"), start=[], allow=b"")',
            "allow= takes a list of codes or names of rules, not b'' (bytes)",
        ),
    ],
)
def test_what_is_refused(tmp_path: Path, line: str, message: str) -> None:
    """A value that is no list of strings is refused where it is given."""
    file = write(tmp_path, line)

    with pytest.raises(LoadError) as refused:
        compile_path(str(file))

    assert refused.value.message == f"{file}:2: {message}"
