"""A scene in the terminal: a tree of triggers in words, and what each starts.

Comes in: a scene, the width, and whether there is only ASCII. Goes out: one `Text`; `.plain` is what a file gets, a
rich console prints it in colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from gluedsl.diagnostics.render.visible import cells, visible, wrapped
from gluedsl.runs.snapshot import ENDED_BADLY, UNDER_WAY
from gluedsl.view.words import counted, duration, firing_words, listed, utc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gluedsl.runs import Statistics
    from gluedsl.view.scene import RunScene, Scene, Stage, Step
    from gluedsl.view.tree import Placed

_LEAST_ROOM = 24
"""Cells that text keeps however deep it stands."""
_ERROR_LINES = 8
"""Of an error's text; beyond them a number stands for the rest."""
_QUIET = "dim"
OUTCOME_STYLES = {"SUCCEEDED": "bold green", "FAILED": "bold red", "PARTIAL": "bold yellow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    """What lines and states are drawn with."""

    rail: str
    branch: str
    last_branch: str
    start: str
    waits: str
    fired: str
    good: str
    bad: str
    under_way: str
    idle: str


_UNICODE = _Signs(
    rail="│", branch="├─", last_branch="└─", start="▶", waits="◇", fired="◆", good="✓", bad="✗", under_way="●", idle="·"
)
_ASCII = _Signs(
    rail="|", branch="|-", last_branch="`-", start=">", waits="o", fired="*", good="+", bad="x", under_way="~", idle="."
)


def render(scene: Scene, *, width: int = 80, ascii_only: bool = False) -> Text:
    """Draw a workflow; where the scene shows a run, also what each node and the run as a whole came to."""
    return _Drawing(scene, width, ascii_only=ascii_only).text()


def state_style(state: str | None) -> str:
    """Return the style of the state of a job run or crawl."""
    if state == "SUCCEEDED":
        return "green"
    if state in ENDED_BADLY:
        return "red"
    return "cyan" if state in UNDER_WAY else _QUIET


class _Drawing:
    def __init__(self, scene: Scene, width: int, *, ascii_only: bool) -> None:
        self._scene = scene
        self._width = width
        self._ascii_only = ascii_only
        self._signs = _ASCII if ascii_only else _UNICODE
        steps = [(stage.placed, step) for stage in scene.stages for step in stage.steps]
        self._state_width = max((cells(self._state(s)) for _, s in steps if self._took(s)), default=0)
        self._took_width = max((cells(self._took(s)) for _, s in steps), default=0)
        widest = max((cells(self._lead(p, s).plain) + cells(self._node(s).plain) for p, s in steps), default=0)
        needed = max((cells(self._result(s).plain) for _, s in steps), default=0)
        self._column = max(min(widest + 2, width - needed), 0)
        """Where states stand, so that they can be read downwards."""

    def text(self) -> Text:
        rows = [*self._head()]
        for stage in self._scene.stages:
            if stage.placed.turn == "root":
                rows.append(Text())
            rows += self._stage(stage)
        if self._scene.run is not None:
            rows += self._foot(self._scene.run)
        for row in rows:
            row.rstrip()
        return Text("\n").join([*rows, Text()])

    def _head(self) -> Iterator[Text]:
        scene, run = self._scene, self._scene.run
        title = Text(self._visible(scene.workflow), "bold")
        if run is None:
            yield title
            if scene.description:
                yield from self._paragraph(scene.description)
            yield from self._paragraph(self._census(), _QUIET)
            return
        yield Text.assemble(title, f"  run {self._visible(run.run_id)}")
        verdict = Text(self._visible(run.verdict))
        verdict.highlight_words([f"outcome {run.outcome}"], OUTCOME_STYLES[run.outcome])
        yield from wrapped(verdict, self._width)
        yield from self._paragraph(self._when(run), _QUIET)

    def _census(self) -> str:
        scene = self._scene
        types = ("JOB", "job"), ("CRAWLER", "crawler"), ("TRIGGER", "trigger")
        counts = [counted(count, noun) for kind, noun in types if (count := scene.count(kind))]
        text = listed(counts, "and") or "no triggers"
        if scene.names.prefix:
            text += f"; names that begin with `{scene.names.prefix}` are shown without it"
        return text

    def _when(self, run: RunScene) -> str:
        parts = []
        if run.started_on is not None:
            parts.append(f"started {utc(run.started_on):%Y-%m-%d %H:%M:%S} UTC")
        if run.took is not None:
            parts.append(f"{'took' if run.has_ended else 'for'} {duration(run.took)}")
        if run.previous_run_id is not None:
            parts.append(f"resumes run {run.previous_run_id}")
        return ", ".join(parts)

    def _paragraph(self, text: str, style: str = "") -> list[Text]:
        return wrapped(Text(self._visible(text), style), self._width) if text else []

    def _stage(self, stage: Stage) -> Iterator[Text]:
        first, rest = self._trigger_leads(stage)
        for number, line in enumerate(self._trigger(stage, self._room(rest))):
            yield Text.assemble(rest if number else first, line)
        for step in stage.steps:
            lead = self._lead(stage.placed, step)
            rest = Text.assemble(self._rails(stage.placed), "     ")
            yield from self._entry(lead, rest, self._node(step), self._result(step))
            if step.progress is not None and step.progress.error:
                for line in self._error(step.progress.error):
                    yield from self._entry(rest, rest, line)

    def _trigger_leads(self, stage: Stage) -> tuple[Text, Text]:
        signs, place = self._signs, stage.placed
        if stage.placed.trigger.is_start:
            sign = signs.start
        elif self._scene.run is not None and stage.fired_at is None:
            sign = signs.waits
        else:
            sign = signs.fired
        rails = "".join(f"{signs.rail} " if runs_on else "  " for runs_on in place.rails)
        turn = ""
        if place.turn in {"branch", "last branch"}:
            rails = rails[:-2]
            turn = signs.branch if place.turn == "branch" else signs.last_branch
        first = Text.assemble((rails + turn, _QUIET), (sign, "magenta"), " ")
        return first, Text.assemble(self._rails(place), " ")

    def _rails(self, place: Placed) -> Text:
        """Return the lines beside and below a trigger."""
        rail = self._signs.rail
        columns = [*place.rails, place.goes_on]
        return Text("".join(f"{rail} " if runs_on else "  " for runs_on in columns)[:-1], _QUIET)

    def _trigger(self, stage: Stage, room: int) -> list[Text]:
        lines = wrapped(Text(self._visible(stage.words)), room)
        remarks = (Text(self._visible(text), _QUIET) for text in (stage.label, stage.schedule))
        for remark in (self._firing(stage), *remarks):
            if not remark:
                continue
            if cells(lines[-1].plain) + 2 + cells(remark.plain) <= room:
                lines[-1] = Text.assemble(lines[-1], "  ", remark)
            else:
                lines.append(remark)
        if stage.firings is not None:
            lines += wrapped(Text(firing_words(stage.firings), _QUIET), room)
        return lines

    def _firing(self, stage: Stage) -> Text:
        if not stage.is_active:
            return Text("not activated", "yellow")
        if self._scene.run is None:
            return Text()
        if stage.fired_at is not None:
            return Text(f"fired {utc(stage.fired_at):%H:%M:%S}", "magenta")
        return Text("did not fire" if self._scene.run.has_ended else "", _QUIET)

    def _lead(self, place: Placed, step: Step) -> Text:
        if step.progress is None:
            return Text.assemble(self._rails(place), "   ")
        state = step.progress.state
        return Text.assemble(self._rails(place), " ", (self._sign(state), state_style(state)), " ")

    def _sign(self, state: str | None) -> str:
        if state == "SUCCEEDED":
            return self._signs.good
        if state in ENDED_BADLY:
            return self._signs.bad
        return self._signs.under_way if state in UNDER_WAY else self._signs.idle

    def _node(self, step: Step) -> Text:
        again = "  (again)" if step.is_again else ""
        return Text.assemble((f"{step.node.type.lower()} ", _QUIET), self._visible(step.label), (again, _QUIET))

    def _state(self, step: Step) -> str:
        if step.progress is None:
            return "" if step.can_start else "can never start"
        if step.progress.state is None:
            return "not started" if self._scene.run is not None and self._scene.run.has_ended else ""
        return self._visible(step.progress.state)

    def _took(self, step: Step) -> str:
        return "" if step.progress is None or step.progress.took is None else duration(step.progress.took)

    def _result(self, step: Step) -> Text:
        progress = step.progress
        if progress is None:
            return Text(self._state(step), "yellow")
        text = Text(f"{self._state(step):<{self._state_width}}", state_style(progress.state))
        if took := self._took(step):
            text.append(f"  {took:>{self._took_width}}", "")
        if progress.attempts > 1:
            is_under_way = progress.state in UNDER_WAY
            text.append(f"  attempt {progress.attempts}" if is_under_way else f"  after {progress.attempts} attempts")
        text.rstrip()
        return text

    def _error(self, error: str) -> Iterator[Text]:
        lines = error.strip().split("\n")
        for line in lines[:_ERROR_LINES]:
            yield Text(self._visible(line.rstrip()), "red")
        if len(lines) > _ERROR_LINES:
            yield Text(f"({counted(len(lines) - _ERROR_LINES, 'more line')})", _QUIET)

    def _entry(self, lead: Text, rest: Text, left: Text, right: Text | None = None) -> Iterator[Text]:
        """Yield text behind the lines of the tree, wrapped, with what belongs in the column of states."""
        lines = wrapped(left, self._room(rest))
        rows = [Text.assemble(rest if number else lead, line) for number, line in enumerate(lines)]
        if right:
            used, needed = cells(rows[-1].plain), cells(right.plain)
            if used + 2 <= self._column:
                rows[-1] = Text.assemble(rows[-1], " " * (self._column - used), right)
            elif used + 2 + needed <= self._width:
                rows[-1] = Text.assemble(rows[-1], "  ", right)
            else:
                behind = min(self._column, self._width - needed) - cells(rest.plain)
                rows.append(Text.assemble(rest, " " * max(behind, 0), right))
        yield from rows

    def _room(self, lead: Text) -> int:
        return max(self._width - cells(lead.plain), _LEAST_ROOM)

    def _foot(self, run: RunScene) -> Iterator[Text]:
        yield Text()
        lead = Text.assemble(("Actions", "bold"), "  ")
        for counts in _rows(_counters(run.statistics), self._width - len(lead)):
            yield Text.assemble(lead, counts)
            lead = Text(" " * len(lead))
        if run.properties:
            yield Text()
            yield Text("Run properties", "bold")
            yield from self._table(run.properties)

    def _table(self, values: Mapping[str, str]) -> Iterator[Text]:
        rows = [(self._visible(key), Text(self._visible(value))) for key, value in sorted(values.items())]
        indent = min(max(cells(key) for key, _ in rows), self._width // 2) + 4
        for key, value in rows:
            yield from self._entry(Text(f"  {key}" + " " * max(indent - cells(key) - 2, 2)), Text(" " * indent), value)

    def _visible(self, text: str) -> str:
        return visible(text, ascii_only=self._ascii_only)


def _rows(counters: Sequence[str], room: int) -> list[str]:
    """Return the counters in rows of equal length, as few as fit."""
    for size in (len(counters), 4, 3, 2, 1):
        rows = [", ".join(counters[first : first + size]) + "," for first in range(0, len(counters), size)]
        rows[-1] = rows[-1].removesuffix(",")
        if max(map(len, rows)) <= room:
            break
    return rows


def _counters(statistics: Statistics) -> tuple[str, ...]:
    """Return Glue's eight counters in words."""
    return (
        f"{statistics.total_actions} total",
        f"{statistics.succeeded_actions} succeeded",
        f"{statistics.failed_actions} failed",
        f"{statistics.timeout_actions} timed out",
        f"{statistics.stopped_actions} stopped",
        f"{statistics.errored_actions} errored",
        f"{statistics.running_actions} running",
        f"{statistics.waiting_actions} waiting",
    )
