"""Triggers of the model."""

from __future__ import annotations

from typing import get_args

import pytest

from gluedsl.model import ACTIVATABLE, Trigger, TriggerType

TYPES: tuple[TriggerType, ...] = get_args(TriggerType)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("enabled", [True, False])
def test_what_is_activated(kind: TriggerType, *, enabled: bool) -> None:
    """A scheduled or conditional trigger can be active, and wants to be where it is enabled; no other can.

    https://docs.aws.amazon.com/glue/latest/dg/activate-triggers.html
    """
    trigger = Trigger(name="t", type=kind, enabled=enabled)

    assert trigger.can_be_active == (kind in {"SCHEDULED", "CONDITIONAL"}) == (kind in ACTIVATABLE)
    assert trigger.wants_activation == (trigger.can_be_active and enabled)
