"""What `gluedsl run` tells while it goes on: in order, all of it, and at once; and what Ctrl-C leaves to see."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from gluedsl.cli.run_feed import Feed
from gluedsl.graph import Node
from gluedsl.local import LogLines
from tests.support.cli import ENVIRONMENT, start, steady

if TYPE_CHECKING:
    from pathlib import Path

FLOW = """\
from gluedsl import Crawler, PythonShellJob, Workflow

shop = Workflow("shop")
load = shop.add(PythonShellJob("load", script="job.py"))
tables = shop.add(Crawler("tables", database="shop", targets=["s3://shop-lake/in/"]), after=load)
given = shop.add(PythonShellJob("given", script="job.py"), after=tables)
shop.add(PythonShellJob("last", script="job.py"), after=given)
"""


def write(folder: Path, job: str) -> None:
    """Write the flow with a job."""
    (folder / "flow.py").write_text(FLOW, encoding="utf-8")
    (folder / "job.py").write_text(job, encoding="utf-8")


@pytest.mark.slow
def test_what_happens_is_told_in_the_order_of_the_engine(tmp_path: Path) -> None:
    """An end comes before the trigger that waited for it, that before what it starts, that before what this writes."""
    write(tmp_path, "print('first')\nprint('second')\n")

    ended = start("run", "--outcome", "given=SUCCEEDED", folder=tmp_path)

    assert ended.code == 0, ended.err
    assert ended.err.startswith("deployed shop to a local Glue: ")
    told = re.sub(r" in +<length>", "", steady(ended.err))
    assert told.partition("\n")[2] == (
        "<time> run <run> RUNNING\n"
        "<time> the trigger of `load` fired\n"
        "<time> job load RUNNING\n"
        "load | first\n"
        "load | second\n"
        "<time> job load SUCCEEDED\n"
        "<time> the trigger of `tables` fired\n"
        "<time> crawler tables RUNNING\n"
        "tables | BENCHMARK : Running Start Crawl for Crawler tables\n"
        "tables | WARN : s3://shop-lake/in/: no data there, so that there is no table.\n"
        "tables | BENCHMARK : Classification complete, writing results to database shop\n"
        "tables | INFO : Crawler configured with SchemaChangePolicy "
        '{"UpdateBehavior":"UPDATE_IN_DATABASE","DeleteBehavior":"DEPRECATE_IN_DATABASE"}.\n'
        "tables | BENCHMARK : Finished writing to Catalog\n"
        "tables | BENCHMARK : Crawler has finished running and is in state READY\n"
        "<time> crawler tables SUCCEEDED\n"
        "<time> the trigger of `given` fired\n"
        "<time> job given RUNNING\n"
        "<time> job given SUCCEEDED\n"
        "<time> the trigger of `last` fired\n"
        "<time> job last RUNNING\n"
        "last | first\n"
        "last | second\n"
        "<time> job last SUCCEEDED\n"
        "<time> run <run> COMPLETED\n"
    )


@pytest.mark.slow
def test_a_job_that_writes_much(tmp_path: Path) -> None:
    """Every line is shown, in order, as it was written, before the end of the job."""
    write(tmp_path, "for number in range(50_000):\n    print(number, '[b]é\\t')\n")
    ends = [word for name in ("tables", "given", "last") for word in ("--outcome", f"{name}=SUCCEEDED")]

    ended = start("run", *ends, folder=tmp_path)

    assert ended.code == 0, ended.err
    written = [line for line in ended.err.splitlines() if line.startswith("load | ")]
    assert written == [f"load | {number} [b]é\\t" for number in range(50_000)]
    assert ended.err.rindex("load | 49999 ") < ended.err.index("job load SUCCEEDED")


@pytest.mark.slow
def test_ctrl_c_stops_the_run_and_shows_it(tmp_path: Path) -> None:
    """What ended, what was stopped and what never started is shown as at the end of any run; the exit code is 130."""
    write(tmp_path, "import time\nprint('here')\ntime.sleep(600)\n")
    with subprocess.Popen(
        [sys.executable, "-m", "gluedsl", "run"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stderr is not None
        next(line for line in running.stderr if line == "load | here\n")
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)

    assert running.returncode == 130
    assert re.sub(r" in +<length>", "", steady(err)) == (
        "stopping what runs; Ctrl-C again kills it\n"
        "<time> run <run> STOPPING\n"
        "<time> job load STOPPING\n"
        "<time> job load STOPPED\n"
        "<time> run <run> STOPPED\n"
    )
    assert steady(out) == STOPPED


STOPPED = """
shop  run <run>
STOPPED, outcome FAILED: 1 action stopped (no trigger watches for it); 3 actions never started:
`tables`, `given` and `last`
started <moment> UTC, took <length>

▶ on demand  fired <time>
│ ✗ job load        STOPPED <length>
◇ when load SUCCEEDED  did not fire
│ · crawler tables  not started
◇ when tables SUCCEEDED  did not fire
│ · job given       not started
◇ when given SUCCEEDED  did not fire
  · job last        not started

Actions  4 total, 0 succeeded, 0 failed, 0 timed out, 1 stopped, 0 errored, 0 running, 0 waiting
"""


def test_who_writes_faster_than_can_be_shown_waits() -> None:
    """Lines do not pile up without an end; when nobody looks any more, they are dropped and nobody waits."""
    feed = Feed()
    lines = LogLines(source=Node("JOB", "load"), run_id="jr_1", stream="stdout", texts=("x",) * 15_000)
    written: list[int] = []

    def write_thrice() -> None:
        for number in range(3):
            feed.log(lines)
            written.append(number)

    writer = threading.Thread(target=write_thrice)
    with feed.listening(kill=lambda: None):
        writer.start()
        writer.join(0.2)
        assert written == [0, 1]
    writer.join(10)

    assert written == [0, 1, 2]
