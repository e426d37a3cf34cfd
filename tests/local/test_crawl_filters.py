"""`ListCrawls` with filters: each field, each comparator, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gluedsl.local.service.crawl_filters import selected
from gluedsl.local.service.failure import ServiceError

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CRAWLS = [
    {"CrawlId": "running", "State": "RUNNING", "StartTime": NOON + timedelta(hours=2)},
    {
        "CrawlId": "second",
        "State": "FAILED",
        "StartTime": NOON + timedelta(hours=1),
        "EndTime": NOON + timedelta(hours=2),
    },
    {"CrawlId": "first", "State": "COMPLETED", "StartTime": NOON, "EndTime": NOON + timedelta(minutes=1)},
]
ONE = str(int((NOON + timedelta(hours=1)).timestamp() * 1000))


def given(field: str, comparator: str, value: str) -> dict[str, str]:
    """Return a filter."""
    return {"FieldName": field, "FilterOperator": comparator, "FieldValue": value}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([], ["running", "second", "first"]),
        ([given("STATE", "EQ", "COMPLETED")], ["first"]),
        ([given("STATE", "NE", "COMPLETED")], ["running", "second"]),
        ([given("CRAWL_ID", "EQ", "second")], ["second"]),
        ([given("START_TIME", "GE", ONE)], ["running", "second"]),
        ([given("START_TIME", "GT", ONE)], ["running"]),
        ([given("START_TIME", "LT", "2026-03-01T13:00:00")], ["first"]),
        ([given("START_TIME", "LE", "2026-03-01T14:00:00+01:00")], ["second", "first"]),
        ([given("END_TIME", "GT", ONE)], ["second"]),
        ([given("DPU_HOUR", "GT", "0")], []),
        ([given("DPU_HOUR", "EQ", "0.0"), given("STATE", "EQ", "FAILED")], ["second"]),
    ],
)
def test_all_filters_hold(filters: list[dict[str, str]], expected: list[str]) -> None:
    """A crawl is listed if every filter lets it through; one that goes on has no end to compare."""
    assert [crawl["CrawlId"] for crawl in selected(CRAWLS, filters)] == expected


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"FieldName": "CRAWL_ID", "FilterOperator": "NE"},
            "Invalid Filter Provided: FieldName: CRAWL_ID, FilterOperator: NE, FieldValue: null",
        ),
        (given("STATE", "GT", "FAILED"), "Only EQ or NE operator is allowed for field : STATE"),
        (given("START_TIME", "GT", "noon"), "FieldValue noon is no value of START_TIME"),
        (given("START_TIME", "GT", "9" * 30), f"FieldValue {'9' * 30} is no value of START_TIME"),
        (given("DPU_HOUR", "GT", "much"), "FieldValue much is no value of DPU_HOUR"),
    ],
)
def test_refusals(wrong: dict[str, Any], message: str) -> None:
    """A filter that says too little, or compares what has no order, is refused."""
    with pytest.raises(ServiceError) as caught:
        selected(CRAWLS, [wrong])

    assert (caught.value.code, caught.value.message) == ("InvalidInputException", message)
