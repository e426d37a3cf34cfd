"""Lengths of time as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gluedsl.engine.lengths import length_of_time


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90s", timedelta(seconds=90)),
        ("1h30m", timedelta(minutes=90)),
        ("250ms", timedelta(milliseconds=250)),
        ("1.5d", timedelta(hours=36)),
        ("999999999d999999999d", timedelta.max),
        ("90", None),
        ("", None),
        ("1h 30m", None),
        ("-5m", None),
    ],
)
def test_lengths(text: str, length: timedelta | None) -> None:
    """Numbers with units, one after another; anything else is none."""
    assert length_of_time(text) == length
