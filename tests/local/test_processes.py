"""Commands as process groups: output, ends, and what they leave behind."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

from gluedsl.local import processes
from gluedsl.local.processes import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from gluedsl.local.processes import Stream


def play(folder: Path, source: str, timeout: float | None = 20) -> tuple[Exit, list[tuple[Stream, str]]]:
    """Run Python source; return how it ended and what it wrote."""
    lines: list[tuple[Stream, str]] = []
    end = processes.run(
        [sys.executable, "-u", "-c", source],
        folder=folder,
        environment=dict(os.environ),
        timeout_seconds=timeout,
        stop=threading.Event(),
        on_lines=lambda stream, texts: lines.extend((stream, text) for text in texts),
    )
    return end, lines


def test_output_comes_line_by_line(tmp_path: Path) -> None:
    """Both streams, lines of either kind of end, one without an end, bytes that are no text."""
    source = r"import os; os.write(1, b'a\nb\r\n\xff\nlast'); os.write(2, b'e\n')"

    end, lines = play(tmp_path, source)

    assert end == Exit("exited", 0)
    assert [text for stream, text in lines if stream == "stdout"] == ["a", "b", "\ufffd", "last"]
    assert [text for stream, text in lines if stream == "stderr"] == ["e"]


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    """It is handed on in parts."""
    _, lines = play(tmp_path, "import sys; sys.stdout.write('x' * 1_000_000)")

    assert sum(len(text) for _, text in lines) == 1_000_000
    assert max(len(text) for _, text in lines) < 200_000


def test_what_it_left_running_is_not_waited_for_and_is_killed(tmp_path: Path) -> None:
    """A grandchild that holds the output open ends with its parent."""
    source = (
        "import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid)"
    )
    began = time.monotonic()

    end, lines = play(tmp_path, source)

    assert end == Exit("exited", 0)
    assert time.monotonic() - began < 10
    pid = int(lines[0][1])
    deadline = time.monotonic() + 5
    while _runs(pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:  # noqa: PTH123 -- a file of the kernel
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_one_that_closes_its_output_is_waited_for(tmp_path: Path) -> None:
    """No output does not mean no work."""
    source = "import os, sys, time; os.close(1); os.close(2); time.sleep(0.4); os._exit(7)"

    assert play(tmp_path, source)[0] == Exit("exited", 7)


def test_one_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    """Also one that writes all the time."""
    end, lines = play(tmp_path, "import time\nwhile True: print('x'); time.sleep(0.01)", timeout=0.5)

    assert end.why == "timed out"
    assert lines
