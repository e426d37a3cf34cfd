"""How resources are called inside a template."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gluedsl.emit.logical_ids import logical_id, logical_ids
from gluedsl.errors import UsageError
from tests.support.resources import names

if TYPE_CHECKING:
    from gluedsl.emit.logical_ids import Kind


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("Job", "nightly-sales-load-orders", "NightlySalesLoadOrdersJob"),
        ("Workflow", "nightly-sales", "NightlySalesWorkflow"),
        ("Crawler", "v2-tables", "V2TablesCrawler"),
        ("Trigger", "load_orders", "LoadOrders0FFE24Trigger"),
        ("Role", "GlueJobRole", "GlueJobRole5FFFA7Role"),
        ("EventRule", "gluedsl-nightly-sales", "GluedslNightlySalesEventRule"),
        ("Job", "step-1", "Step1FEC07DJob"),
        ("Job", "2nd", "2ndC21365Job"),
        ("Job", "données", "DonnEsA08317Job"),
        ("Job", "数据", "5440F7Job"),
        ("Job", "x" * 255, f"X{'x' * 199}D22609Job"),
    ],
)
def test_an_id_reads_like_the_name(kind: Kind, name: str, expected: str) -> None:
    """Words of small letters keep their words; any other name has digits of its own, and long ones are cut."""
    assert logical_id(kind, name) == expected


@given(name=names())
def test_cloudformation_takes_the_id(name: str) -> None:
    """Whatever the name, its id is of letters and digits, and short enough."""
    assert re.fullmatch(r"[A-Za-z0-9]{1,255}", logical_id("Trigger", name))


@given(st.sets(st.from_regex(r"[a-z][a-z0-9]{0,2}([-_][a-z0-9]{1,2}){0,3}", fullmatch=True), max_size=20))
def test_ids_are_unique_and_hang_on_nothing_else(chosen: set[str]) -> None:
    """Names that read alike have different ids, and each has the id that it has alone."""
    resources: list[tuple[Kind, str]] = [("Job", name) for name in sorted(chosen)]

    ids = logical_ids(resources)

    assert len(set(ids.values())) == len(chosen)
    assert ids == {(kind, name): logical_id(kind, name) for kind, name in resources}


def test_names_that_read_alike() -> None:
    """The same words written in three ways are three ids."""
    ids = logical_ids(
        [("Job", "load-orders"), ("Job", "load_orders"), ("Job", "LoadOrders"), ("Trigger", "load-orders")]
    )

    assert list(ids.values()) == [
        "LoadOrdersJob",
        "LoadOrders0FFE24Job",
        "LoadOrders70BA84Job",
        "LoadOrdersTrigger",
    ]


def test_two_resources_of_one_name() -> None:
    """Two jobs of one name cannot be in one template."""
    with pytest.raises(UsageError) as caught:
        logical_ids([("Job", "load"), ("Crawler", "load"), ("Job", "load")])

    assert caught.value.message == "two jobs are named `load`"
    assert caught.value.hint == "a template, like an AWS account, can hold only one; rename the other"


def test_two_event_rules_of_one_name() -> None:
    """Nor can two event rules."""
    with pytest.raises(UsageError) as caught:
        logical_ids([("EventRule", "load"), ("EventRule", "load")])

    assert caught.value.message == "two event rules are named `load`"


def test_a_name_made_to_look_like_anothers_digits() -> None:
    """A name whose words spell the digits of another is refused, not mixed up with it."""
    with pytest.raises(UsageError) as caught:
        logical_ids([("Job", "load_orders"), ("Job", "load-orders0-f-f-e24")])

    assert caught.value.message == (
        "job `load_orders` and job `load-orders0-f-f-e24` would have one logical id in the template, "
        "`LoadOrders0FFE24Job`"
    )
    assert caught.value.hint == "rename one of them"
