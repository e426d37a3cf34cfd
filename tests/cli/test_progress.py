"""How a deployment goes on, on standard error: lines, or bars on a terminal."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from gluedsl.cli.progress import Bars, Lines, progress
from gluedsl.deploy import Plan, Upload
from gluedsl.deploy.resources import Bucket
from gluedsl.deploy.steps import Create, UploadFile
from tests.support.deploy import job

if TYPE_CHECKING:
    import pytest

UPLOAD = UploadFile(
    bucket=Bucket(name="scripts", account="1", managed=True), upload=Upload(key="gluedsl/1/a.py", content=b"")
)
CREATE = Create(definition=job("orders\x1b[31m"))
PLAN = Plan(steps=(UPLOAD, CREATE))
STOPPING = "  stopping: what is under way is finished first; press Ctrl-C again not to wait for it\n"


def test_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing when a step begins, a line when it waits and when it is done; what could steer a terminal is shown."""
    with progress(PLAN) as observer:
        assert isinstance(observer, Lines)
        observer.started(CREATE)
        observer.waiting(CREATE, "a new role is not known everywhere yet", 4)
        observer.waiting(None, "ana may be gone", 30)
        observer.finished(CREATE)
        observer.finished(UPLOAD)
        observer.stopping()
    assert capsys.readouterr().err == (
        "  create job `orders\\x1b[31m`: a new role is not known everywhere yet; trying again in 4 s\n"
        "  ana may be gone; waiting up to 30 s\n"
        "  create job `orders\\x1b[31m`\n"
        "  upload file `gluedsl/1/a.py`\n" + STOPPING
    )


def test_bars() -> None:
    """One for files and one for all else, each with what is under way; why something waits is a line above them."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=120, color_system=None)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[now]}"))
    with Progress(*columns, console=console, auto_refresh=False) as bars:
        observer = Bars(bars, PLAN)
        observer.started(UPLOAD)
        observer.finished(UPLOAD)
        observer.started(CREATE)
        bars.refresh()
        observer.waiting(CREATE, "AWS asks for fewer requests a second", 2)
        observer.stopping()
        observer.finished(CREATE)
        bars.refresh()
    text = re.sub(r"\x1b\[[0-9?]*[A-Za-z]|[━╸╺]", "", out.getvalue())
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "files 1/1" in lines
    assert "steps 0/1 create job `orders\\x1b[31m`" in lines
    assert "create job `orders\\x1b[31m`: AWS asks for fewer requests a second; trying again in 2 s" in lines
    assert STOPPING.strip() in lines
    assert lines[-1] == "steps 1/1"


def test_nothing_but_files() -> None:
    """A bar of which there is nothing is not shown."""
    out = io.StringIO()
    with Progress(console=Console(file=out, force_terminal=True, width=120), auto_refresh=False) as bars:
        Bars(bars, Plan(steps=(UPLOAD,)))
        assert [task.visible for task in bars.tasks] == [True, False]
