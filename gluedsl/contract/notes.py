"""What is found while code is followed, until it is a contract."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gluedsl.contract.contract import Contract, Deletion, Mention, WholeMapPut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gluedsl.contract.contract import Mistyping, Refusal, Request
    from gluedsl.source.span import Span


@dataclass
class Notes:
    """Collects mentions; one place may be come by several times."""

    requests: dict[Span, Request] = field(default_factory=dict)
    """By the place of the call."""
    arguments: list[Mention] = field(default_factory=list)
    lookups: list[Mention] = field(default_factory=list)
    added_options: set[str] = field(default_factory=set)
    """Names that the code itself puts into what `getResolvedOptions` returned: there from then on."""
    has_all_added_options: bool = True
    reads: list[Mention] = field(default_factory=list)
    writes: list[Mention] = field(default_factory=list)
    puts: dict[Span, WholeMapPut] = field(default_factory=dict)
    deletions: dict[Span, Deletion] = field(default_factory=dict)
    unencoded: list[Mention] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    mistypings: dict[Span, Mistyping] = field(default_factory=dict)
    attributes_asked_for: set[str] = field(default_factory=set)
    """Names that the code looks for with `hasattr` before it uses them."""
    has_all_reads: bool = True
    has_all_writes: bool = True

    def lose_properties(self) -> None:
        """Note that something out of sight can reach the run properties."""
        self.has_all_reads = self.has_all_writes = False

    def contract(self) -> Contract:
        """Return what was found."""
        return Contract(
            requests=tuple(request for _, request in sorted(self.requests.items())),
            arguments=_strictest(self.arguments),
            lookups=_strictest(self.lookups),
            reads=_strictest(self.reads),
            has_all_reads=self.has_all_reads,
            writes=_strictest(self.writes),
            has_all_writes=self.has_all_writes,
            whole_map_puts=tuple(put for _, put in sorted(self.puts.items())),
            deletions=tuple(deletion for _, deletion in sorted(self.deletions.items())),
            unencoded=_strictest(self.unencoded),
            refusals=self._first_refusals(),
            mistypings=tuple(mistyping for _, mistyping in sorted(self.mistypings.items())),
        )

    def _first_refusals(self) -> tuple[Refusal, ...]:
        """Return one refusal of each name and kind, in the order of the code."""
        first: dict[tuple[str, bool], Refusal] = {}
        for one in sorted(self.refusals, key=lambda refusal: refusal.span):
            if one.is_item or one.name not in self.attributes_asked_for:
                first.setdefault((one.name, one.is_item), one)
        return tuple(first.values())


def _strictest(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return one mention of each name, in the order of the code.

    Of several, the first that is sure and needed, or the first that is needed, or the first.
    One place that is come by in several ways is as strict as the strictest of them.
    """
    by_place: dict[tuple[str, Span], Mention] = {}
    for mention in mentions:
        place = (mention.name, mention.span)
        known = by_place.get(place, mention)
        by_place[place] = replace(
            mention,
            is_sure=mention.is_sure or known.is_sure,
            is_needed=mention.is_needed or known.is_needed,
        )
    chosen: dict[str, Mention] = {}
    for mention in sorted(by_place.values(), key=lambda one: (_laxity(one), one.span)):
        chosen.setdefault(mention.name, mention)
    return tuple(sorted(chosen.values(), key=lambda one: one.span))


def _laxity(mention: Mention) -> int:
    if not mention.is_needed:
        return 2
    return 0 if mention.is_sure else 1
