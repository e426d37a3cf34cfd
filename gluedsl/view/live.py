"""A run while it goes on.

Comes in: what happens, as it happens: snapshots of the run, each newer than the last, and what its jobs write.
Goes out: on a terminal one picture that keeps changing, with the log running by above it; elsewhere, as in the log of a
build, one line for each change. Gives back the last snapshot; the caller draws what is to stay.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.live import Live
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from gluedsl.diagnostics.render.visible import visible
from gluedsl.graph import Node, WorkflowGraph
from gluedsl.runs.snapshot import ENDED_BADLY, UNDER_WAY
from gluedsl.view.names import Names
from gluedsl.view.scene import scene_of_run
from gluedsl.view.text import render, state_style
from gluedsl.view.words import counted, duration, elapsed, utc

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import datetime

    from rich.console import Console, ConsoleOptions, RenderResult

    from gluedsl.runs import ActionRun, RunSnapshot
    from gluedsl.view.scene import Scene, Stage, Step
    from gluedsl.view.tree import Placed

_REFRESHES_A_SECOND = 4
_LINE_ENDS = "\r\n"
_DIM = Style(dim=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLines:
    """Lines that a job or crawler wrote, one after the other."""

    node: Node
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """Something that is new in a snapshot."""

    at: datetime | None
    rank: int
    """Of what happens at one moment: an end comes before the trigger that waits for it, that before what it starts."""
    subject: str
    state: str
    remark: str = ""

    def text(self, *, ascii_only: bool) -> Text:
        time = f"{utc(self.at):%H:%M:%S} " if self.at is not None else "--:--:-- "
        parts = (self.subject, self.state, self.remark)
        subject, state, remark = (visible(part, ascii_only=ascii_only) for part in parts)
        return Text.assemble((time, "dim"), f"{subject} ", (state, state_style(self.state)), remark)


def follow(
    events: Iterable[RunSnapshot | LogLines],
    console: Console,
    *,
    now: Callable[[], datetime],
    unsaid: Collection[str] = (),
) -> RunSnapshot | None:
    """Show `events` until there are no more, and return the last snapshot.

    Args:
        events: What happens, in order.
        console: Where to.
        now: Tells how long things take so far.
        unsaid: States that get no line of their own.
    """
    picture = _Picture(now)
    if console.is_terminal and not console.is_dumb_terminal:
        with Live(picture, console=console, refresh_per_second=_REFRESHES_A_SECOND, transient=True) as live:
            for event in events:
                if isinstance(event, LogLines):
                    show_log(live.console, _label(event, picture.names), event.texts)
                else:
                    picture.show(event)
        return picture.snapshot
    for event in events:
        if isinstance(event, LogLines):
            show_log(console, _label(event, picture.names), event.texts)
        else:
            before = picture.snapshot
            picture.show(event)
            for line in changes(
                before, event, names=picture.names, unsaid=unsaid, ascii_only=console.options.ascii_only
            ):
                console.print(line, soft_wrap=True)
    return picture.snapshot


def changes(
    before: RunSnapshot | None,
    after: RunSnapshot,
    *,
    names: Names | None = None,
    unsaid: Collection[str] = (),
    ascii_only: bool = False,
) -> list[Text]:
    """Return a line for each thing that is new: `02:00:01 job load-orders RUNNING`; times are in UTC."""
    names = names or Names.of(WorkflowGraph.of(after.workflow))
    found = sorted(_changes(before, after, names), key=_moment)
    return [change.text(ascii_only=ascii_only) for change in found if change.state not in unsaid]


def show_log(console: Console, label: str, texts: Iterable[str]) -> None:
    """Show lines that a job or crawler wrote, many at once: what they look like is settled once for all of them."""
    ascii_only = console.options.ascii_only
    start = f"{visible(label, ascii_only=ascii_only)} | "
    if console.color_system is not None:
        start = _DIM.render(start)
    lines = (f"{start}{visible(text.rstrip(_LINE_ENDS), ascii_only=ascii_only)}\n" for text in texts)
    console.print(_AsItIs("".join(lines)), soft_wrap=True, end="")


@dataclass(frozen=True, slots=True)
class _AsItIs:
    """Text that rich need not look at, line by line."""

    text: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Segment(self.text)


def _moment(change: _Change) -> tuple[float, int]:
    """Return what to order by: time, then what leads to what; changes of unknown time come last."""
    return (utc(change.at).timestamp() if change.at is not None else math.inf, change.rank)


def _changes(before: RunSnapshot | None, after: RunSnapshot, names: Names) -> Iterator[_Change]:
    if before is None or before.status != after.status:
        at = after.completed_on if after.has_ended else after.started_on
        yield _Change(at=at, rank=9 if after.has_ended else 0, subject=f"run {after.run_id}", state=after.status)
    triggers = {trigger.name: trigger for trigger in after.workflow.triggers}
    fired = {t.name for t in before.triggers if t.fired_at is not None} if before is not None else set()
    for trigger in after.triggers:
        if trigger.fired_at is not None and trigger.name not in fired:
            whole = triggers.get(trigger.name)
            subject = names.trigger(whole) if whole is not None else f"trigger `{trigger.name}`"
            yield _Change(at=trigger.fired_at, rank=2, subject=subject, state="fired")
    earlier = {node.node: node.runs for node in before.nodes} if before is not None else {}
    for node in after.nodes:
        subject = f"{node.node.type.lower()} {names.label(node.node)}"
        runs = earlier.get(node.node, ())
        for index, run in enumerate(node.runs):
            if index >= len(runs) or runs[index].state != run.state:
                yield _change_of_run(subject, run)


def _change_of_run(subject: str, run: ActionRun) -> _Change:
    attempt = f", attempt {run.attempt + 1}" if run.attempt else ""
    if run.state in UNDER_WAY:
        return _Change(at=run.started_on, rank=3, subject=subject, state=run.state, remark=attempt)
    took = elapsed(run.started_on, run.completed_on)
    time = f" in {duration(took)}" if took is not None else ""
    error = f": {run.error.strip().partition(chr(10))[0]}" if run.error else ""
    return _Change(at=run.completed_on, rank=1, subject=subject, state=run.state, remark=time + attempt + error)


def _label(lines: LogLines, names: Names | None) -> str:
    return names.label(lines.node) if names is not None else lines.node.name


class _Picture:
    """The latest snapshot, drawn anew whenever the terminal asks, so that times go on."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.snapshot: RunSnapshot | None = None
        self.names: Names | None = None

    def show(self, snapshot: RunSnapshot) -> None:
        self.snapshot = snapshot
        self.names = self.names or Names.of(WorkflowGraph.of(snapshot.workflow))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self.snapshot is None:
            return
        scene = scene_of_run(self.snapshot, now=self._now())
        height = console.height - 1
        lines = self._lines(scene, options)
        if len(lines) > height:
            lines = self._lines(_of_the_moment(scene), options)
        if len(lines) > height:
            lines[height - 1 :] = [Text(f"and {counted(len(lines) - height + 1, 'more line')}", "dim")]
        yield Text("\n", no_wrap=True).join(lines)

    def _lines(self, scene: Scene, options: ConsoleOptions) -> list[Text]:
        drawn = render(scene, width=options.max_width, ascii_only=options.ascii_only)
        return list(drawn.split("\n"))


def _of_the_moment(scene: Scene) -> Scene:
    """Leave only what goes on or went wrong, where a terminal is too low for all."""
    stages = (replace(stage, placed=_alone(stage.placed), steps=_of_interest(stage)) for stage in scene.stages)
    return replace(scene, stages=tuple(stage for stage in stages if stage.steps))


def _of_interest(stage: Stage) -> tuple[Step, ...]:
    states = UNDER_WAY | ENDED_BADLY
    return tuple(step for step in stage.steps if step.progress is not None and step.progress.state in states)


def _alone(placed: Placed) -> Placed:
    return replace(placed, turn="root", rails=(), goes_on=False)
