"""Every combination of outcomes in the terminal: what there is to know of them all first, then the shortest of them.

Comes in: an exploration, the width, and whether there is only ASCII. Goes out: one `Text`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from gluedsl.diagnostics.render.visible import visible, wrapped
from gluedsl.graph import Node, WorkflowGraph
from gluedsl.view.names import Names
from gluedsl.view.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gluedsl.engine import Exploration, Explored, Unheeded

_MOST_SCENARIOS = 12
"""Scenarios that are shown; a program is given all that are listed."""
_MOST_NAMES = 16
"""Names in one list; beyond them a number stands for the rest."""
_MOST_FEW_NAMES = 6
"""The same, of one scenario."""
_EXACT = 10**12
"""Larger numbers are rounded."""
_INDENT = 6
_QUIET = "dim"


def render(exploration: Exploration, *, width: int = 80, ascii_only: bool = False) -> Text:
    """Describe all that the runs of a workflow can come to."""
    return _Page(exploration, width, ascii_only=ascii_only).text()


class _Page:
    def __init__(self, exploration: Exploration, width: int, *, ascii_only: bool) -> None:
        self._all = exploration
        self._width = width
        self._ascii_only = ascii_only
        self._names = Names.of(WorkflowGraph.of(exploration.workflow))
        self._good = next((scenario for scenario in exploration.scenarios if not scenario.bad), None)

    def text(self) -> Text:
        rows = [*self._head(), *self._well(), *self._never(), *self._silent(), *self._dead(), *self._scenarios()]
        for row in rows:
            row.rstrip()
        return Text("\n").join([*rows, Text()])

    def _head(self) -> Iterator[Text]:
        yield Text.assemble((self._visible(self._all.workflow.name), "bold"), "  every combination of outcomes")
        count, results = self._all.explored, len(self._all.scenarios)
        number = f"{count:,}".replace(",", " ") if count < _EXACT else f"about {count:.1e}".replace("e+", "e")
        many = "more than " if self._all.all_listed_below is not None else ""
        lead = "leads" if count == 1 else "lead"
        text = f"{number} combination{'' if count == 1 else 's'} {lead} to {many}{counted(results, 'result')}"
        if self._names.prefix:
            text += f"; names that begin with `{self._names.prefix}` are shown without it"
        yield from self._paragraph(text, _QUIET)
        if self._all.most_bad_ends is not None:
            limit = counted(self._all.most_bad_ends, "bad end")
            text = f"left out, because there are too many: runs with more than {limit}"
            yield from self._paragraph(text, "yellow")

    def _well(self) -> Iterator[Text]:
        yield Text()
        if self._good is None:
            yield from self._section("When all goes well", "not among these runs")
            return
        nodes = len(self._all.same_ends)
        started = nodes - len(self._good.never_started)
        text = f"{self._good.outcome}: {started} of {counted(nodes, 'action')} started"
        style = "green" if self._good.outcome == "SUCCEEDED" else "yellow"
        yield from self._section("When all goes well", text, style)

    def _never(self) -> Iterator[Text]:
        never = self._all.never_started_in_any
        if not never:
            yield from self._section("Never started", "nothing: each action starts in some run", "green")
            return
        where = "in any run" if self._all.is_complete else "in any of these runs"
        yield from self._section("Never started", f"{self._called(never, _MOST_NAMES)} {where}", "yellow")

    def _silent(self) -> Iterator[Text]:
        silent = self._all.silent_failures
        if not silent:
            yield from self._section("Silent failures", "none: some trigger hears of every bad end", "green")
            return
        nodes = len({unheeded.node for unheeded in silent})
        text = f"of {counted(nodes, 'action')}: the run is COMPLETED, and no trigger hears of"
        yield from self._section("Silent failures", text, "yellow")
        yield from self._unheeded(silent)

    def _dead(self) -> Iterator[Text]:
        dead = self._all.dead_ends
        if not dead:
            yield from self._section("Dead ends", "none: whatever is to be followed is followed", "green")
            return
        text = f"of {counted(len(dead), 'action')}: something was to follow, and nothing does"
        yield from self._section("Dead ends", text, "yellow")
        yield from self._unheeded(dead)

    def _unheeded(self, found: Iterable[Unheeded]) -> Iterator[Text]:
        """Yield a line for all that share their ends, and one for each that needs more to come about."""
        shared: dict[tuple[str, ...], list[Node]] = {}
        for unheeded in found:
            if not unheeded.after:
                shared.setdefault(unheeded.states, []).append(unheeded.node)
        for states, nodes in shared.items():
            yield from self._item(f"{listed(states, 'or')} of ", self._called(nodes, _MOST_NAMES))
        only_after: dict[tuple[tuple[str, ...], tuple[tuple[Node, str], ...]], list[Node]] = {}
        for unheeded in found:
            if unheeded.after:
                key = (unheeded.states, tuple(unheeded.after.items()))
                only_after.setdefault(key, []).append(unheeded.node)
        rest = list(only_after.items())
        for (states, after), nodes in rest[:_MOST_SCENARIOS]:
            text = f"{self._called(nodes, _MOST_NAMES)}, after {self._ends(dict(after))}"
            yield from self._item(f"{listed(states, 'or')} of ", text)
        if len(rest) > _MOST_SCENARIOS:
            yield Text(" " * _INDENT + f"and {len(rest) - _MOST_SCENARIOS} more, after other bad ends", _QUIET)

    def _scenarios(self) -> Iterator[Text]:
        shown = self._all.scenarios[:_MOST_SCENARIOS]
        yield Text()
        yield from self._paragraph("Results, each with the fewest bad ends that lead to it", "bold")
        for number, scenario in enumerate(shown, 1):
            yield from self._scenario(number, scenario)
        left = len(self._all.scenarios) - len(shown)
        if left:
            yield from self._paragraph(f"{'':{_INDENT}}and {left} more, which --format json lists", _QUIET)
        if self._all.all_listed_below is not None:
            below = counted(self._all.all_listed_below, "bad end")
            text = f"Not all results are listed; all that take fewer than {below} are. --limit lists more."
            yield from self._paragraph(text, _QUIET)

    def _scenario(self, number: int, scenario: Explored) -> Iterator[Text]:
        lead = Text(f"{number:>{_INDENT - 2}}  ", _QUIET)
        style = {"SUCCEEDED": "green", "FAILED": "red", "PARTIAL": "yellow"}[scenario.outcome]
        head = f"if {self._ends(scenario.bad)}" if scenario.bad else "all goes well"
        yield from self._behind(lead, Text.assemble((scenario.outcome, style), f"  {head}"))
        for text in self._consequences(scenario):
            yield from self._behind(Text(" " * _INDENT), Text(text, _QUIET))

    def _consequences(self, scenario: Explored) -> Iterator[str]:
        """Say how a run differs from the one in which all goes well."""
        usual = set(self._good.never_started) if self._good is not None else set(scenario.never_started)
        missing = [node for node in scenario.never_started if node not in usual or scenario is self._good]
        if self._good is None:
            missing = list(scenario.never_started)
        extra = [node for node, _ in scenario.outcomes.items() if node in usual]
        if missing:
            yield f"not started: {self._called(missing, _MOST_FEW_NAMES)}"
        if extra:
            yield f"started: {self._called(extra, _MOST_FEW_NAMES)}"
        if scenario.silent:
            yield f"no trigger hears of {self._called(scenario.silent, _MOST_FEW_NAMES)}"

    def _ends(self, ends: Mapping[Node, str]) -> str:
        parts = [f"{self._visible(self._names.called(node))} {state}" for node, state in ends.items()]
        if len(parts) > _MOST_FEW_NAMES:
            parts[_MOST_FEW_NAMES - 1 :] = [f"{len(parts) - _MOST_FEW_NAMES + 1} more bad ends"]
        return listed(parts, "and")

    def _called(self, nodes: Sequence[Node], most: int) -> str:
        names = [self._visible(self._names.called(node)) for node in nodes]
        if len(names) > most:
            names[most - 1 :] = [f"{len(names) - most + 1} more"]
        return listed(names, "and")

    def _section(self, title: str, text: str, style: str = "") -> Iterator[Text]:
        yield from self._behind(Text(f"{title:<20}", "bold"), Text(text, style))

    def _item(self, lead: str, text: str) -> Iterator[Text]:
        yield from self._behind(Text(" " * _INDENT), Text.assemble((lead, _QUIET), text))

    def _behind(self, lead: Text, text: Text) -> Iterator[Text]:
        """Yield text behind a lead, wrapped to the same column."""
        for number, line in enumerate(wrapped(text, max(self._width - len(lead), 24))):
            yield Text.assemble(Text(" " * len(lead)) if number else lead, line)

    def _paragraph(self, text: str, style: str = "") -> list[Text]:
        return wrapped(Text(text, style), self._width)

    def _visible(self, text: str) -> str:
        return visible(text, ascii_only=self._ascii_only)
