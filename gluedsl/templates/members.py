"""Which members a structure of a resource has: by the tables of `gluedsl.spelling`, and by CloudFormation's schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.spelling.shapes import cfn_members, cfn_properties

if TYPE_CHECKING:
    from gluedsl.spelling.codec import Shape

_NAMED: dict[int, dict[tuple[str, ...], frozenset[str]]] = {}
_KNOWN: dict[tuple[str, int, tuple[str, ...]], frozenset[str]] = {}


def named_members(table: Shape) -> dict[tuple[str, ...], frozenset[str]]:
    """Return the members that a table names, by the structure that they are in; tables are few, and live for ever."""
    if id(table) not in _NAMED:
        ways = [each.cfn for each in table.fields if each.cfn]
        levels = sorted({(), *(way[:depth] for way in ways for depth in range(len(way)))})
        _NAMED[id(table)] = {
            level: frozenset(way[len(level)] for way in ways if way[: len(level)] == level and len(way) > len(level))
            for level in levels
        }
    return _NAMED[id(table)]


def known_members(resource_type: str, table: Shape, level: tuple[str, ...]) -> frozenset[str]:
    """Return the members of a resource, or of a structure in it: of its table, and of CloudFormation's schema."""
    key = resource_type, id(table), level
    if key not in _KNOWN:
        further = cfn_members(resource_type, level[0]) if level else cfn_properties(resource_type)
        _KNOWN[key] = named_members(table)[level].union(further)
    return _KNOWN[key]


def member(table: Shape, attribute: str) -> str:
    """Return the member that holds an attribute, or the structure around it."""
    return next(each.cfn[0] for each in table.fields if each.attribute == attribute)
