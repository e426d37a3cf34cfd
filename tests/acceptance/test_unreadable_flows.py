"""What is no flow: one message that says where and what, exit code 2, and never a traceback."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import start
from tests.support.sarif_witness import complaints

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cli import Commands

_WHAT_A_FLOW_HAS = '  hint: a flow file has a `Workflow("name")` at its top level\n'


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """Something that is given as a flow, and the message that it must lead to."""

    what: str
    given: str = "flow.py"
    content: str | bytes | None = None
    """Of `flow.py`; None: there is none."""
    found: str = ""
    """As one line; empty: it is no finding."""
    expected: str = ""
    """The message, where nothing was found."""

    def write(self, folder: Path) -> None:
        """Write the file."""
        if self.content is not None:
            content = self.content.encode() if isinstance(self.content, str) else self.content
            (folder / "flow.py").write_bytes(content)


UNREADABLE = [
    Unreadable(
        what="a syntax error",
        content='from gluedsl import Workflow\n\nsales = Workflow("sales"\n',
        found="flow.py:3:17: error[TL017] '(' was never closed\n",
    ),
    Unreadable(
        what="an indentation error",
        content="import gluedsl\n  x = 1\n",
        found="flow.py:2:2: error[TL017] unexpected indent\n",
    ),
    Unreadable(
        what="null bytes",
        content=b"\0\0\0",
        found="flow.py:1:1: error[TL017] source code string cannot contain null bytes\n",
    ),
    Unreadable(what="a missing file", given="sales.py", expected="error: no file, folder or module sales.py\n"),
    Unreadable(what="a missing module", given="flows.sales", expected="error: no file, folder or module flows.sales\n"),
    Unreadable(
        what="a name for a terminal",
        given="\x1b]0;mine\x07.py",
        expected="error: no file, folder or module \\x1b]0;mine\\x07.py\n",
    ),
    Unreadable(
        what="an import that fails",
        content="import gluedsl\nimport no_such_library\n",
        found="flow.py:2:1: error[TL017] ModuleNotFoundError: No module named 'no_such_library'\n",
    ),
    Unreadable(
        what="an error of the author's own",
        content="def tables():\n    raise ValueError('no tables\\nat all')\n\nnames = tables()\n",
        found="flow.py:2:5: error[TL017] ValueError: no tables at all\n",
    ),
    Unreadable(
        what="an error without a text",
        content="raise RuntimeError\n",
        found="flow.py:1:1: error[TL017] RuntimeError\n",
    ),
    Unreadable(
        what="a recursion without end",
        content="def f(): f()\nf()\n",
        found="flow.py:1:10: error[TL017] RecursionError: maximum recursion depth exceeded\n",
    ),
    Unreadable(
        what="an exit",
        content="import sys\nsys.exit(3)\n",
        found="flow.py:2:1: error[TL017] the module exits when it is imported (status 3)\n",
    ),
    Unreadable(
        what="a value that gluedsl cannot take",
        content='from gluedsl import Workflow\nsales = Workflow("sales", start="0 2 * * *")\n',
        found="flow.py:2:33: error[TL017] start= takes cron(...), daily(...), weekly(...), hourly(...), on_event() or "
        "on_demand(), not '0 2 * * *' (str)\n",
    ),
    Unreadable(what="an empty module", content="", expected=f"error: flow.py defines no workflow\n{_WHAT_A_FLOW_HAS}"),
    Unreadable(
        what="a module without a workflow",
        content="from gluedsl import Workflow\n",
        expected=f"error: flow.py defines no workflow\n{_WHAT_A_FLOW_HAS}",
    ),
    Unreadable(
        what="an empty folder",
        given="..",
        expected="error: no flow file in ..\n"
        '  hint: a flow file imports gluedsl and has a `Workflow("name")` at its top level\n',
    ),
    Unreadable(what="a text", given="notes.txt", expected="error: notes.txt is not a Python file\n"),
]


@pytest.mark.parametrize("case", UNREADABLE, ids=lambda case: case.what.replace(" ", "-"))
def test_one_clear_message(cli: Commands, case: Unreadable, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one finding, or where there is no file to find something in one message; the exit code is 2."""
    folder = cli.folder / "folder"
    folder.mkdir()
    (folder / "notes.txt").write_text("none", encoding="utf-8")
    case.write(folder)
    monkeypatch.chdir(folder)
    if case.given == "..":
        (folder / "notes.txt").unlink()

    ended = cli.call("check", case.given, "--format", "concise")

    assert (ended.code, ended.out, ended.err) == (2, case.found, case.expected)


def test_text_in_another_encoding(cli: Commands) -> None:
    """A file that is no UTF-8 is told with the line; Pythons differ in how they count bytes."""
    (cli.folder / "flow.py").write_bytes(b'from gluedsl import Workflow\nsales = Workflow("s\xff")\n')

    ended = cli.call("check", "flow.py", "--format", "concise")

    expected = (
        r"flow\.py:2:\d+: error\[TL017\] \(unicode error\) 'utf-8' codec can't decode byte 0xff in .*: "
        r"invalid start byte\n"
    )
    assert (ended.code, ended.err) == (2, "")
    assert re.fullmatch(expected, ended.out)


IN_FULL = """\
error[TL017]: '(' was never closed
 --> flow.py:3:17
  |
3 | sales = Workflow("sales"
  |                 ^
  |
  = explain: gluedsl explain TL017

1 error
"""


@pytest.mark.parametrize("command", ["graph", "synth", "plan", "deploy", "destroy", "run", "simulate"])
def test_every_command_says_it(cli: Commands, command: str) -> None:
    """What stops one command stops each of them, with the same words; nothing is written to standard output."""
    UNREADABLE[0].write(cli.folder)

    ended = cli.call(command, "flow.py")

    assert (ended.code, ended.out, ended.err) == (2, "", IN_FULL)


def test_in_a_process_of_its_own(tmp_path: Path) -> None:
    """A person sees the same; for `check`, findings are the data."""
    UNREADABLE[0].write(tmp_path)

    ended = start("check", folder=tmp_path)

    assert (ended.code, ended.out, ended.err) == (2, IN_FULL, "")


MISUSED = """\
from gluedsl import SparkJob, Workflow

sales = Workflow("sales")
load = sales.add(
    SparkJob(
        "load",
        script="s3://scripts/load.py",
        worker=2,
    )
)
"""


def test_for_programs(cli: Commands) -> None:
    """A document has one finding, with the argument that ended the import."""
    (cli.folder / "flow.py").write_text(MISUSED, encoding="utf-8")

    ended = cli.call("check", "flow.py", "--format", "json")

    assert (ended.code, ended.err) == (2, "")
    (found,) = ended.json()["diagnostics"]
    assert found == {
        "code": "TL017",
        "name": "unreadable-flow",
        "severity": "error",
        "message": "SparkJob takes no argument `worker`",
        "file": "flow.py",
        "line": 8,
        "column": 9,
        "end_line": 8,
        "end_column": 17,
        "label": None,
        "notes": [],
        "help": ["did you mean `workers`?"],
        "related": [],
        "url": None,
    }
    assert ended.json()["summary"] == {"errors": 1, "warnings": 0, "infos": 0}


def test_for_code_scanning(cli: Commands) -> None:
    """The log is a valid one."""
    (cli.folder / "flow.py").write_text(MISUSED, encoding="utf-8")

    ended = cli.call("check", "flow.py", "--format", "sarif")

    assert (ended.code, ended.err) == (2, "")
    assert list(complaints(ended.json())) == []
    (result,) = ended.json()["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("TL017", "error")
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 8


def test_for_a_pull_request(cli: Commands) -> None:
    """GitHub shows it beside the line."""
    (cli.folder / "flow.py").write_text(MISUSED, encoding="utf-8")

    ended = cli.call("check", "flow.py", "--format", "github")

    assert (ended.code, ended.err) == (2, "")
    assert ended.out == (
        "::error file=flow.py,line=8,endLine=8,col=9,endColumn=17,title=TL017 unreadable-flow::"
        "SparkJob takes no argument `worker`%0Ahelp: did you mean `workers`?\n"
    )


def test_all_files_of_a_folder(cli: Commands) -> None:
    """What is wrong with one file hides nothing of another."""
    (cli.folder / "a.py").write_text("from gluedsl import Workflow\nWorkflow()\n", encoding="utf-8")
    (cli.folder / "b.py").write_text(MISUSED, encoding="utf-8")
    (cli.folder / "c.py").write_text("from gluedsl import Workflow\nw = Workflow(\n", encoding="utf-8")

    ended = cli.call("check", ".", "--format", "concise")

    assert (ended.code, ended.err) == (2, "")
    assert ended.out.splitlines() == [
        "a.py:2:1: error[TL017] Workflow needs `name`",
        "b.py:8:9: error[TL017] SparkJob takes no argument `worker`",
        "c.py:2:13: error[TL017] '(' was never closed",
    ]


def test_a_secret_is_not_shown(cli: Commands) -> None:
    """A line that seems to hold one is told by its place alone."""
    text = 'from gluedsl import *\nSparkJob("x", script="x.py", arguments={"--db-password": "opal"}, workers="3")\n'
    (cli.folder / "flow.py").write_text(text, encoding="utf-8")

    ended = cli.call("check", "flow.py")

    assert ended.out == (
        "error[TL017]: workers= takes a whole number, not '3' (str)\n"
        " --> flow.py:2:75\n"
        "  = explain: gluedsl explain TL017\n\n1 error\n"
    )
