"""Policy `event_ids`: how a run property names the events that began a run.

Why: AWS speaks of a list, and run properties are texts: JSON is a list that every language reads.
"""

from __future__ import annotations

import json

from gluedsl.engine import EVENT_IDS, BatchFiring, Policies
from tests.support.engine import MIDNIGHT

FIRING = BatchFiring(ids=("e-1", "e-2"), at=MIDNIGHT, by="SIZE")


def test_a_json_list() -> None:
    """Run properties are texts, and AWS speaks of a list: so a text that any JSON reader makes a list of."""
    assert FIRING.properties() == {"aws:eventIds": '["e-1", "e-2"]'}
    odd = BatchFiring(ids=('a"b', "c,d"), at=MIDNIGHT, by="WINDOW")
    assert json.loads(odd.properties()[EVENT_IDS]) == ['a"b', "c,d"]


def test_event_ids_overridden() -> None:
    """`comma` puts commas between them."""
    assert FIRING.properties(Policies(event_ids="comma")) == {"aws:eventIds": "e-1,e-2"}
