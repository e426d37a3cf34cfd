"""Limits that AWS states in prose alone."""

from __future__ import annotations


def is_outside(value: object, least: float, most: float = float("inf")) -> bool:
    """Whether a value is a number and out of range; that it is no number is TL009's to say."""
    return isinstance(value, int | float) and not isinstance(value, bool) and not least <= value <= most


def is_above(value: object, most: int) -> bool:
    """Whether a value is a whole number above another; what is none is somebody else's to say."""
    return isinstance(value, int) and not isinstance(value, bool) and value > most
