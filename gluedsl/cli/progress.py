"""How a deployment goes on, on standard error: bars on a terminal, a line a step anywhere else."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gluedsl.cli import console
from gluedsl.diagnostics.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID

    from gluedsl.deploy import Observer, Plan, Step

_STOPPING = "stopping: what is under way is finished first; press Ctrl-C again not to wait for it"


@contextmanager
def progress(planned: Plan) -> Iterator[Observer]:
    """Yield who tells of the steps of a plan."""
    talk = console.talk()
    if not talk.is_terminal:
        yield Lines()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415 -- only on terminals

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[now]}"))
    with Progress(*columns, console=talk, transient=True) as bars:
        yield Bars(bars, planned)


class Lines:
    """A line for each step as it is done."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()

    def started(self, step: Step) -> None:
        """Say nothing: most steps take less time than reading about them."""

    def waiting(self, step: Step | None, reason: str, seconds: float) -> None:
        """Say why nothing happens."""
        self._say(_waiting(step, reason, seconds), "yellow")

    def finished(self, step: Step) -> None:
        """Say what was done."""
        from gluedsl.deploy.failure import told  # noqa: PLC0415 -- it loads boto3

        self._say(told(step), "dim")

    def stopping(self) -> None:
        """Say that nothing new begins."""
        self._say(_STOPPING, "yellow")

    def _say(self, text: str, style: str) -> None:
        with self._one_at_a_time:
            console.say(f"  {text}", style)


class Bars:
    """A bar for files and one for all else, with what is under way; lines only for what there is to know."""

    def __init__(self, bars: Progress, planned: Plan) -> None:
        files = sum(step.action == "upload" for step in planned.effective)
        rest = len(planned.effective) - files
        self._bars = bars
        self._files = bars.add_task("files", total=files, visible=files > 0, now="")
        self._rest = bars.add_task("steps", total=rest, visible=rest > 0, now="")

    def started(self, step: Step) -> None:
        """Show what is under way."""
        from gluedsl.deploy.failure import told  # noqa: PLC0415 -- it loads boto3

        self._bars.update(self._task(step), now=visible(told(step)))

    def waiting(self, step: Step | None, reason: str, seconds: float) -> None:
        """Say why nothing happens."""
        self._bars.console.print(visible(f"  {_waiting(step, reason, seconds)}"), style="yellow", soft_wrap=True)

    def finished(self, step: Step) -> None:
        """Move the bar on."""
        self._bars.update(self._task(step), advance=1, now="")

    def stopping(self) -> None:
        """Say that nothing new begins."""
        self._bars.console.print(f"  {_STOPPING}", style="yellow", soft_wrap=True)

    def _task(self, step: Step) -> TaskID:
        return self._files if step.action == "upload" else self._rest


def _waiting(step: Step | None, reason: str, seconds: float) -> str:
    from gluedsl.deploy.failure import told  # noqa: PLC0415 -- it loads boto3

    if step is None:
        return f"{reason}; waiting up to {seconds:.0f} s"
    return f"{told(step)}: {reason}; trying again in {seconds:.0f} s"
