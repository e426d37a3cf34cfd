"""Deployment: calls of AWS's API, beside the least that the API takes; and how long they take where each takes 50 ms.

The account is a Glue inside the process, so that what is measured is the calls and their order, not this machine.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gluedsl import deploy as route
from gluedsl.cli.deploy import planned_deployment
from gluedsl.compiler import compile_path
from gluedsl.deploy.gateway import Gateway
from gluedsl.deploy.gateway.connection import Connection
from gluedsl.local import InProcessGlue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gluedsl.compiler import Compilation

WORKFLOWS, NODES = 3, 20
SECONDS_A_CALL = 0.05
READS = ("Get", "List", "BatchGet", "Head", "Describe")
FLOW = """\
from gluedsl import PythonShellJob, Workflow, cron

{name} = Workflow("{name}", start=cron("0 2 * * ? *"))
n0 = {name}.add(PythonShellJob("{name}-0", script="jobs/{name}_0.py"))
"""
NODE = """\
n{index} = {name}.add(PythonShellJob("{name}-{index}", script="jobs/{name}_{index}.py"), after={after})
"""


def report() -> Iterator[str]:
    """Yield the table."""
    with tempfile.TemporaryDirectory() as folder, InProcessGlue(region="us-east-1"), _credentials():
        root = _write(Path(folder))
        rows = [
            _measured("first deployment", root, lambda: None, least=_least_first()),
            _measured("no change", root, lambda: None, least=0),
            # An upload and an update of the job.
            _measured("one script", root, lambda: _change(root / "jobs" / "flow_0_7.py"), least=2),
            # Stop the schedule, delete, create, start the schedule: a trigger's name cannot be changed.
            _measured("one renamed trigger", root, lambda: _rename(root / "flow_1.py"), least=5),
        ]
    yield _table(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One deployment."""

    name: str
    reads: int
    writes: int
    least: int
    """Writes that the API takes for it, whoever makes them, without the lock."""
    seconds: float


def _least_first() -> int:
    bucket, role = 5, 2  # create, public access, encryption, versioning, tag; create, policy
    return bucket + WORKFLOWS * (1 + role + NODES * 2 + NODES)  # workflow, role, files and jobs, a trigger a node


def _measured(name: str, root: Path, change: Callable[[], None], *, least: int) -> Row:
    change()
    compilation = compile_path(str(root))
    calls: list[str] = []
    gateway = _counted(calls)
    before = time.perf_counter()
    _deploy(compilation, gateway)
    seconds = time.perf_counter() - before
    reads = sum(call.startswith(READS) for call in calls)
    return Row(name=name, reads=reads, writes=len(calls) - reads, least=least, seconds=seconds)


def _deploy(compilation: Compilation, gateway: Gateway) -> None:
    """Deploy as the command does: plan, show, take the lock, look again, apply."""
    settings = compilation.settings
    lock = route.Lock(
        place=gateway.locks,
        bucket=route.script_bucket(settings.script_bucket, gateway.identity()),
        owner=route.Owner(project=settings.project),
    )
    shown = planned_deployment(compilation, gateway)
    route.carry_out(
        shown,
        lambda: planned_deployment(compilation, gateway),
        gateway,
        gateway,
        lock=lock,
        observer=route.Silence(),
    )


def _counted(calls: list[str]) -> Gateway:
    """Return a gateway whose calls take their time and are written down."""
    lock = threading.Lock()

    def wait(model: Any, **_: object) -> None:
        with lock:
            calls.append(model.name)
        time.sleep(SECONDS_A_CALL)

    connection = Connection(profile=None, region=None, endpoint_url=None)
    for client in (connection.glue, connection.iam, connection.s3, connection.s3_brief, connection.tagging):
        client.meta.events.register("before-call", wait)
    return Gateway(connection)


def _write(folder: Path) -> Path:
    (folder / "jobs").mkdir()
    (folder / "pyproject.toml").write_text('[project]\nname = "benchmark"\nversion = "1"\n', encoding="utf-8")
    for number in range(WORKFLOWS):
        name = f"flow_{number}"
        text = FLOW.format(name=name)
        for index in range(NODES):
            script = folder / "jobs" / f"{name}_{index}.py"
            script.write_text(f"print('{name} {index}')\n", encoding="utf-8")
            if index:
                text += NODE.format(name=name, index=index, after=f"n{index - 1}")
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


def _change(script: Path) -> None:
    script.write_text("print('another')\n", encoding="utf-8")


def _rename(flow: Path) -> None:
    """Let the last trigger of a workflow have another name: it is derived from what it waits for."""
    text = flow.read_text(encoding="utf-8")
    last = f"after=n{NODES - 2})"
    flow.write_text(text.replace(last, f"after=n{NODES - 2}.failed)"), encoding="utf-8")


def _table(rows: list[Row]) -> str:
    head = ["", "reads", "writes", "least writes", "seconds", "one after the other", "times faster"]
    cells = [head]
    for row in rows:
        alone = (row.reads + row.writes) * SECONDS_A_CALL
        cells.append(
            [
                row.name,
                str(row.reads),
                str(row.writes),
                str(row.least),
                f"{row.seconds:.1f}",
                f"{alone:.1f}",
                f"{alone / row.seconds:.1f}",
            ]
        )
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    lines = [
        "  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(line, widths, strict=True)))
        for line in cells
    ]
    title = f"Deployment of {WORKFLOWS} workflows of {NODES} nodes, {SECONDS_A_CALL * 1000:.0f} ms a call"
    return "\n".join([title, "=" * len(title), *(line.rstrip() for line in lines)]) + "\n"


@contextmanager
def _credentials() -> Iterator[None]:
    """Let boto3 find some: nobody looks at them."""
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "none"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
