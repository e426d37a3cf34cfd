"""Data on standard output, talk on standard error; widths, colours, encodings, and readers that go away."""

from __future__ import annotations

import errno
import json
import os
import pty
import signal
import subprocess
import sys
import textwrap
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import ENVIRONMENT, Ended, process, start, steady

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cli import Commands

FLOW = """\
from gluedsl import PythonShellJob, Workflow

sales = Workflow("größe 日本", description="Täglich", properties={"wo": "Köln"})
print("said while it is imported")

@sales.python_shell_job
def load(run):
    raise ValueError("schön\\x1b[31m")
"""
MISTAKE = 'from gluedsl import Workflow\n\nsales = Workflow("größe 日本")\n'
COLOUR = "\x1b["


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a flow that has letters of many alphabets, and one with a mistake."""
    (tmp_path / "flow.py").write_text(FLOW, encoding="utf-8")
    (tmp_path / "mistake.py").write_text(MISTAKE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "command", ["check --format json", "graph --format json", "synth"], ids=lambda command: command.split()[0]
)
def test_standard_output_is_data_alone(folder: Path, cli: Commands, command: str) -> None:
    """What a flow prints while it is imported is talk, so that data can be read by programs."""
    ended = cli.call(*command.split(), "flow.py")

    assert ended.code == 0
    json.loads(ended.out)
    assert ended.err == "said while it is imported\n"


ASCII_GRAPH = """\
gr\\xf6\\xdfe \\u65e5\\u672c
T\\xe4glich
1 job and 1 trigger; names that begin with `gr\\xf6\\xdfe \\u65e5\\u672c-` are shown without it

> on demand
    job load
"""
ASCII_MISTAKE = """\
error[WF007]: workflow `gr\\xf6\\xdfe \\u65e5\\u672c` has no triggers, so nothing in it ever runs
 --> mistake.py:3:9
  |
3 | sales = Workflow("gr\\xf6\\xdfe \\u65e5\\u672c")
  |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: add a job or a crawler to it
  = see: https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html
  = explain: gluedsl explain WF007

1 error
"""
ASCII_RUN = """
gr\\xf6\\xdfe \\u65e5\\u672c  run <run>
COMPLETED, outcome FAILED: 1 action failed (no trigger watches for it)
started <moment> UTC, took <length>

> on demand  fired <time>
  x job load  FAILED <length>
      ValueError: sch\\xf6n\\x1b[31m

Actions  1 total, 0 succeeded, 1 failed, 0 timed out, 0 stopped, 0 errored, 0 running, 0 waiting

Run properties
  wo  K\\xf6ln
"""


def test_ascii(folder: Path) -> None:
    """Where the terminal has only ASCII, other letters are spelled out, and lines are drawn without box characters."""
    graph = start("graph", "flow.py", folder=folder, PYTHONIOENCODING="ascii")
    assert (graph.code, graph.out) == (0, ASCII_GRAPH)

    check = start("check", "mistake.py", folder=folder, PYTHONIOENCODING="ascii")
    assert (check.code, check.out, check.err) == (1, ASCII_MISTAKE, "")

    run = start("run", "flow.py", folder=folder, PYTHONIOENCODING="ascii")
    assert (run.code, steady(run.out)) == (1, ASCII_RUN)
    assert run.err.isascii()


def test_data_is_utf_8_where_ascii_has_no_letter_for_it(folder: Path, cli: Commands) -> None:
    """A file that is read by programs is the same file under any locale."""
    for command in ("synth", "graph --format dot"):
        plain = cli.call(*command.split(), "flow.py")
        ascii_only = start(*command.split(), "flow.py", folder=folder, PYTHONIOENCODING="ascii")

        assert (ascii_only.code, ascii_only.out) == (0, plain.out), command
        assert "日本" in plain.out


def test_width(folder: Path, cli: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are as long as COLUMNS says; without it, and without a terminal, at most 100."""
    widths = {}
    for columns in ("40", "60", "", "none", "0"):
        monkeypatch.setenv("COLUMNS", columns)
        widths[columns] = cli.call("check", "mistake.py").out.splitlines()[:2]

    whole = ["error[WF007]: workflow `größe 日本` has no triggers, so nothing in it ever runs", " --> mistake.py:3:9"]
    assert widths == {
        "40": ["error[WF007]: workflow `größe 日本`", "  has no triggers, so nothing in it ever"],
        "60": ["error[WF007]: workflow `größe 日本` has no triggers, so", "  nothing in it ever runs"],
        "": whole,
        "none": whole,
        "0": whole,
    }


def test_no_escapes_without_a_terminal(folder: Path) -> None:
    """What is piped away has no colours, whatever the terminal's name is."""
    for command in ("check mistake.py", "graph flow.py"):
        ended = start(*command.split(), folder=folder, TERM="xterm-256color", COLORTERM="truecolor")

        assert COLOUR not in ended.out + ended.err, command


def test_colours_on_a_terminal_unless_they_are_unwanted(folder: Path) -> None:
    """A terminal gets colours; with NO_COLOR it gets none (https://no-color.org)."""
    assert "\x1b[1;31merror[WF007]" in on_terminal("check", "mistake.py", folder=folder)

    plain = on_terminal("check", "mistake.py", folder=folder, NO_COLOR="1")

    assert "31m" not in plain
    assert "error[WF007]" in plain


def on_terminal(*arguments: str, folder: Path, **environment: str) -> str:
    """Return what a command shows on a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "gluedsl", *arguments],
        cwd=folder,
        env=ENVIRONMENT | {"TERM": "xterm", "COLUMNS": "80"} | environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as running:
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
        running.wait(timeout=60)
    os.close(ours)
    return shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux: the other side is closed
        return b""


DATA = ("synth flow.py", "graph flow.py", "check mistake.py", "simulate flow.py", "explain", "--help", "--version")


@pytest.mark.parametrize("command", [*DATA, "check nothing.py 2>&1", "graph flow.py --format yaml 2>&1"])
def test_nobody_reads_on(folder: Path, command: str) -> None:
    """A reader that goes away ends the command as SIGPIPE would: silently, and not with the exit code of findings."""
    gluedsl = f"{sys.executable} -m gluedsl {command}"
    script = f"set -o pipefail; {gluedsl} | true"
    # What is written must meet a closed pipe: the command waits until the reader is gone.
    waiting = textwrap.dedent("""\
        import sys, time
        from gluedsl.cli.app import main
        time.sleep(0.3)
        main()
        """)
    script = script.replace(f"{sys.executable} -m gluedsl", f"{sys.executable} -c '{waiting}'")

    ended = process(["bash", "-c", script], folder=folder)

    assert (ended.code, ended.out, ended.err.replace("said while it is imported\n", "")) == (141, "", "")


UNWRITTEN = """\
error: standard output cannot be written: No space left on device
  hint: what is there is not the whole of it
"""
CLOSED = """\
error: standard output is closed, and results are written there
  hint: where nobody is to read them: > /dev/null
"""


@pytest.mark.parametrize("buffering", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("command", DATA)
def test_a_full_disk(folder: Path, command: str, buffering: str) -> None:
    """Data that cannot be written is an error of one line; what there is to say of it is not lost in findings."""
    ended = shell(f"{command} > /dev/full", folder, PYTHONUNBUFFERED=buffering)

    assert (ended.code, ended.err) == (2, UNWRITTEN)


@pytest.mark.parametrize("command", DATA)
def test_closed_output(folder: Path, command: str) -> None:
    """A command that could not tell its result does not begin: with a run or a deployment least of all."""
    assert (shell(f"{command} >&-", folder)) == Ended(2, "", CLOSED)
    assert shell(f"{command} >&- 2>&-", folder) == Ended(2, "", "")


@pytest.mark.parametrize("talk", ["2>&-", "2> /dev/full", "2>&- <&-"])
def test_talk_that_nobody_can_write(folder: Path, talk: str) -> None:
    """It is lost, and changes neither the data nor the exit code."""
    for command in ("synth flow.py", "check flow.py", "check mistake.py", "synth mistake.py", "graph nothing.py"):
        plain, without = shell(command, folder), shell(f"{command} {talk}", folder)

        assert (without.code, without.out, without.err) == (plain.code, plain.out, ""), command


def test_jobs_do_not_meet_closed_streams(folder: Path) -> None:
    """A file or connection never gets the number of a closed stream, to which a job would then write."""
    text = FLOW.replace('raise ValueError("schön\\x1b[31m")', 'import os; print("hey"); os.write(2, b"ho")')
    (folder / "flow.py").write_text(text, encoding="utf-8")

    ended = shell("run flow.py <&- 2>&-", folder)

    assert ended.code == 0
    assert "outcome SUCCEEDED" in ended.out


@pytest.mark.parametrize("file", ["/srv/lake.json", None])
def test_trouble_of_the_machine(cli: Commands, monkeypatch: pytest.MonkeyPatch, file: str | None) -> None:
    """A full disk is no bug of gluedsl, wherever it is met."""

    def full(_path: str, _stage: str | None) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", file)

    monkeypatch.setattr("gluedsl.cli.check.compile_path", full)

    ended = cli.call("check")

    where = f"{file}: " if file else ""
    hint = "  hint: the system refuses it, whatever gluedsl does"
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"error: {where}No space left on device\n{hint}\n"


def shell(command: str, folder: Path, **environment: str) -> Ended:
    """Run a command with what the shell does to its streams; a flow's own words are left out."""
    ended = process(["bash", "-c", f"{sys.executable} -m gluedsl {command}"], folder=folder, **environment)
    return Ended(ended.code, ended.out, ended.err.replace("said while it is imported\n", ""))


def test_interrupted(tmp_path: Path) -> None:
    """A second Ctrl-C ends a run at once, and the jobs with it, with the exit code that shells expect."""
    (tmp_path / "flow.py").write_text(
        "from gluedsl import Workflow\n\nlong = Workflow('long')\n\n"
        "@long.python_shell_job\ndef nap(run):\n"
        "    import os, signal, time\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "    print('pid', os.getpid())\n    time.sleep(600)\n",
        encoding="utf-8",
    )
    with subprocess.Popen(
        [sys.executable, "-m", "gluedsl", "run"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stderr is not None
        job = next(int(line.split()[-1]) for line in running.stderr if line.startswith("nap | pid "))
        running.send_signal(signal.SIGINT)
        assert next(running.stderr) == "stopping what runs; Ctrl-C again kills it\n"
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=60)

    assert (running.returncode, out) == (130, "")
    for _ in range(100):
        if not _is_alive(job):
            break
        time.sleep(0.1)
    assert not _is_alive(job)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
