"""Rules over templates: what stands whatever the unknown turns out to be.

Comes in: stacks. Goes out: one report. The stacks are read in several worlds, each of which decides everything that the
templates leave open in another way; every rule is asked in the first of them, and a finding is kept if it is in every
world that has the place it is about. So rules know nothing of what is unknown, and what is unknown silences just those
that would have to know it. Most templates are clean, or leave nothing open: they are read once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from gluedsl.diagnostics import Report, Severity
from gluedsl.rules.check import check as check_project
from gluedsl.rules.registry import all_rules
from gluedsl.rules.tool.rule_crashed import RuleCrashed
from gluedsl.rules.words import TEMPLATE
from gluedsl.templates.node import span_of
from gluedsl.templates.reading import read_world
from gluedsl.templates.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.levels import Levels
    from gluedsl.rules.rule import Rule
    from gluedsl.source.span import Span
    from gluedsl.templates.definition import Definition, Library
    from gluedsl.templates.reading import WorldReading
    from gluedsl.templates.stack import Resource

FIRST_WORLDS = 6
"""How many are looked at with every rule where a condition that nobody knows hides parts of a template."""
LEAST_WORLDS, MOST_WORLDS = 16, 40


Found = dict[tuple[str, "Span"], list["Diagnostic"]]
"""What rules find in one world, by code and place."""
_NAME = re.compile("`([^`]*)`")


class _Key(NamedTuple):
    """What makes two findings of different worlds the same."""

    code: str
    span: Span
    names: frozenset[str]
    """Of a lint, what its message names: what one node gives rise to is another finding with other nodes. An error at a
    place is the same error, whatever its message counts or names besides; where some world has a warning there, it is
    that warning."""


@dataclass(slots=True)
class _Candidate:
    """A finding that no world has refuted so far."""

    found: list[Diagnostic]
    owner: Resource | None
    """The resource that it is in."""
    home: tuple[int, int] | None
    """The value that it is about, by its place; None where that is always there."""
    truth_row: int
    """Of the first world that had it."""


def check_stacks(library: Library, *, levels: Levels | None = None) -> Report:
    """Return what rules find in stacks that are deployed together."""
    judge = _Judge(library, levels)
    judge.look()
    return Report.of(judge.shown(one) for one in judge.standing())


@dataclass(slots=True)
class _Judge:
    library: Library
    levels: Levels | None
    candidates: dict[_Key, _Candidate] = field(default_factory=dict)
    crashes: dict[Diagnostic, None] = field(default_factory=dict)
    resources: dict[str, list[tuple[tuple[int, int], Resource]]] = field(default_factory=dict)
    """By file, in the order of their lines, each with where it begins."""

    def __post_init__(self) -> None:
        for stack in self.library.stacks:
            starts = [(span_of(one.key), one) for one in stack.resources.values()]
            self.resources[stack.file] = sorted(
                (((span.line, span.column), one) for span, one in starts), key=lambda pair: pair[0]
            )

    def look(self) -> None:
        """Look at as many worlds as it takes."""
        world = World(0, 0)
        reading = read_world(self.library, world)
        first = [(reading, self._found(reading))]
        self._propose(0, *first[0])
        if reading.is_certain:
            return
        # Without conditions, what stands is in the first world too: the second only says it without what was made up.
        rules = None if world.has_conditions else self._rules()
        for row in range(1, FIRST_WORLDS if world.has_conditions else 2):
            further = read_world(self.library, World(row, row))
            first.append((further, self._found(further, rules)))
            self._propose(row, *first[-1])
        for seen, found in first:
            self._refute(seen, found)
        count = min(max(LEAST_WORLDS, 2 * world.most_options), MOST_WORLDS)
        self._vary([(row, row) for row in range(len(first), count)])
        if world.has_conditions:
            # What only some conditions bring to light is judged by what else can be while these hold.
            for truth_row in range(FIRST_WORLDS):
                if any(one.truth_row == truth_row for one in self.candidates.values()):
                    self._vary([(row, truth_row) for row in range(count) if row != truth_row])

    def _vary(self, rows: Iterable[tuple[int, int]]) -> None:
        for row, truth_row in rows:
            if not self.candidates:
                return
            reading = read_world(self.library, World(row, truth_row))
            self._refute(reading, self._found(reading, self._rules()))

    def _rules(self) -> list[Rule]:
        """Return the rules that have found something."""
        codes = {key.code for key in self.candidates}
        return [rule for rule in all_rules() if rule.code in codes]

    def standing(self) -> Iterable[Diagnostic]:
        """Return what no world has refuted."""
        return (*self.crashes, *(one for candidate in self.candidates.values() for one in candidate.found))

    def shown(self, finding: Diagnostic) -> Diagnostic:
        """Return a finding as its reader knows things: by their names in the template, and by their constructs."""
        show = self.library.stand_ins.show
        owner = self._owner(finding.span) if finding.span is not None else None
        construct = (f"construct `{owner.construct}`",) if owner is not None and owner.construct else ()
        return replace(
            finding,
            message=show(finding.message),
            label=show(finding.label),
            related=tuple(replace(one, message=show(one.message)) for one in finding.related),
            notes=(*map(show, finding.notes), *construct),
            help=tuple(map(show, finding.help)),
        )

    def _found(self, reading: WorldReading, rules: Iterable[Rule] | None = None) -> Found:
        report = check_project(
            reading.project, reading.origins, reading.faults, levels=self.levels, rules=rules, words=TEMPLATE
        )
        found: Found = {}
        for one in report.diagnostics:
            if one.code == RuleCrashed.code:
                self.crashes[one] = None
            elif one.span is not None:
                # What is nowhere in a template is about something that was made up to read it.
                found.setdefault((one.code, one.span), []).append(one)
        return found

    def _propose(self, row: int, reading: WorldReading, found: Found) -> None:
        proposed: dict[_Key, list[Diagnostic]] = {}
        for (code, span), diagnostics in found.items():
            for one in diagnostics:
                proposed.setdefault(_Key(code, span, _names(one)), []).append(one)
        for key, diagnostics in proposed.items():
            if key in self.candidates:
                self.candidates[key].found = diagnostics
                continue
            owner = self._owner(key.span)
            definition = reading.definitions.get(owner) if owner is not None else None
            home = _home(definition, key.span) if definition is not None else None
            self.candidates[key] = _Candidate(diagnostics, owner, home, row)

    def _refute(self, reading: WorldReading, found: Found) -> None:
        for key in [*self.candidates]:
            candidate = self.candidates[key]
            alike = [one for one in found.get((key.code, key.span), ()) if key.names <= _names(one)]
            if alike:
                if not any(one.severity is Severity.ERROR for one in alike):
                    candidate.found = alike
                continue
            if self._is_there(reading, candidate) and not _is_doubted(reading, candidate.owner, key):
                del self.candidates[key]

    def _is_there(self, reading: WorldReading, candidate: _Candidate) -> bool:
        """Whether a world has what a finding is about, so that the finding would be there if it stood."""
        if candidate.owner is None:
            return True
        definition = reading.definitions.get(candidate.owner)
        if definition is None:
            return False
        return candidate.home is None or candidate.home in _values(definition)

    def _owner(self, span: Span) -> Resource | None:
        resources = self.resources.get(span.file, [])
        index = bisect_right(resources, (span.line, span.column), key=lambda pair: pair[0]) - 1
        if index < 0:
            return None
        resource = resources[index][1]
        end = span_of(resource.body)
        return resource if (span.line, span.column) <= (end.end_line, end.end_column) else None


def _names(finding: Diagnostic) -> frozenset[str]:
    return frozenset() if finding.severity is Severity.ERROR else frozenset(_NAME.findall(finding.message))


def _home(definition: Definition, span: Span) -> tuple[int, int] | None:
    """Return the smallest value around a place; None for the whole resource."""
    around = [
        (node.end - node.start, (node.start, node.end))
        for node in definition.reading.places.values()
        if node is not definition.resource.key and _contains(span_of(node), span)
    ]
    return min(around)[1] if around else None


def _values(definition: Definition) -> frozenset[tuple[int, int]]:
    return frozenset((node.start, node.end) for node in definition.reading.places.values())


def _is_doubted(reading: WorldReading, owner: Resource | None, key: _Key) -> bool:
    """Whether a world has another value in the place of what a finding is about."""
    return any(
        _contains(span_of(node), key.span)
        for doubt in (reading.doubts.get(owner, ()) if owner is not None else ())
        if key.code in doubt.codes
        for node in doubt.nodes
    )


def _contains(outer: Span, inner: Span) -> bool:
    return (
        outer.file == inner.file
        and (outer.line, outer.column) <= (inner.line, inner.column)
        and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
    )
