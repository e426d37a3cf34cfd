"""What is no flow: one message that says where and what, exit code 2, and never a traceback."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import start

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
    expected: str

    def write(self, folder: Path) -> None:
        """Write the file."""
        if self.content is not None:
            content = self.content.encode() if isinstance(self.content, str) else self.content
            (folder / "flow.py").write_bytes(content)


UNREADABLE = [
    Unreadable(
        what="a syntax error",
        content='from gluedsl import Workflow\n\nsales = Workflow("sales"\n',
        expected="error: flow.py:3:17: '(' was never closed\n",
    ),
    Unreadable(
        what="an indentation error",
        content="import gluedsl\n  x = 1\n",
        expected="error: flow.py:2:2: unexpected indent\n",
    ),
    Unreadable(
        what="null bytes",
        content=b"\0\0\0",
        expected="error: flow.py: source code string cannot contain null bytes\n",
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
        expected="error: flow.py:2: ModuleNotFoundError: No module named 'no_such_library'\n",
    ),
    Unreadable(
        what="an error of the author's own",
        content="def tables():\n    raise ValueError('no tables\\nat all')\n\nnames = tables()\n",
        expected="error: flow.py:2: ValueError: no tables at all\n",
    ),
    Unreadable(
        what="an error without a text",
        content="raise RuntimeError\n",
        expected="error: flow.py:1: RuntimeError\n",
    ),
    Unreadable(
        what="a recursion without end",
        content="def f(): f()\nf()\n",
        expected="error: flow.py:1: RecursionError: maximum recursion depth exceeded\n",
    ),
    Unreadable(
        what="an exit",
        content="import sys\nsys.exit(3)\n",
        expected="error: flow.py:2: the module exits when it is imported (status 3)\n",
    ),
    Unreadable(
        what="a value that gluedsl cannot take",
        content='from gluedsl import Workflow\nsales = Workflow("sales", start="0 2 * * *")\n',
        expected="error: flow.py:2: start= takes cron(...), daily(...), weekly(...), hourly(...), on_event() or "
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
    """One message says where and what, nothing is written to standard output, and the exit code is 2."""
    folder = cli.folder / "folder"
    folder.mkdir()
    (folder / "notes.txt").write_text("none", encoding="utf-8")
    case.write(folder)
    monkeypatch.chdir(folder)
    if case.given == "..":
        (folder / "notes.txt").unlink()

    ended = cli.call("check", case.given)

    assert (ended.code, ended.out, ended.err) == (2, "", case.expected)


def test_text_in_another_encoding(cli: Commands) -> None:
    """A file that is no UTF-8 is told with the line; Pythons differ in how they count bytes."""
    (cli.folder / "flow.py").write_bytes(b'from gluedsl import Workflow\nsales = Workflow("s\xff")\n')

    ended = cli.call("check", "flow.py")

    expected = (
        r"error: flow\.py:2:\d+: \(unicode error\) 'utf-8' codec can't decode byte 0xff in .*: invalid start byte\n"
    )
    assert (ended.code, ended.out) == (2, "")
    assert re.fullmatch(expected, ended.err)


@pytest.mark.parametrize(
    "command", ["check", "graph", "synth", "plan", "deploy", "destroy", "run", "check --format json"]
)
def test_every_command_says_it(cli: Commands, command: str) -> None:
    """What stops one command stops each of them, with the same words."""
    UNREADABLE[0].write(cli.folder)

    ended = cli.call(*command.split(), "flow.py")

    assert (ended.code, ended.out, ended.err) == (2, "", UNREADABLE[0].expected)


def test_in_a_process_of_its_own(tmp_path: Path) -> None:
    """A person sees the same."""
    UNREADABLE[0].write(tmp_path)

    ended = start("check", folder=tmp_path)

    assert (ended.code, ended.out, ended.err) == (2, "", UNREADABLE[0].expected)
