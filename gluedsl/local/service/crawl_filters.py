"""Which crawls `ListCrawls` is asked for.

Comes in: `CrawlerHistory` structures, and filters. Goes out: those that all filters let through.
The fields: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-crawling.html, CrawlsFilter. A time is in
milliseconds since 1970 there; as text it is taken too.
"""

from __future__ import annotations

import operator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from gluedsl.local.service.failure import invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_COMPARATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "GT": operator.gt,
    "GE": operator.ge,
    "LT": operator.lt,
    "LE": operator.le,
    "EQ": operator.eq,
    "NE": operator.ne,
}
_MEMBERS = {
    "CRAWL_ID": "CrawlId",
    "STATE": "State",
    "START_TIME": "StartTime",
    "END_TIME": "EndTime",
    "DPU_HOUR": "DPUHour",
}
_UNORDERED = ("CRAWL_ID", "STATE")


def selected(crawls: Sequence[dict[str, Any]], filters: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return the crawls that every filter lets through."""
    conditions = [_condition(each) for each in filters]
    return [crawl for crawl in crawls if all(holds(crawl) for holds in conditions)]


def _condition(given: Mapping[str, str]) -> Callable[[dict[str, Any]], bool]:
    field, comparator, text = (given.get(name) for name in ("FieldName", "FilterOperator", "FieldValue"))
    if not field or not comparator or not text:
        parts = {"FieldName": field, "FilterOperator": comparator, "FieldValue": text}
        told = ", ".join(f"{name}: {part or 'null'}" for name, part in parts.items())
        message = f"Invalid Filter Provided: {told}"
        raise invalid(message)
    if field in _UNORDERED and comparator not in {"EQ", "NE"}:
        message = f"Only EQ or NE operator is allowed for field : {field}"
        raise invalid(message)
    wanted, compare = _value(field, text), _COMPARATORS[comparator]

    def holds(crawl: dict[str, Any]) -> bool:
        # What no crawl here has cost, and when one that goes on ends, is not known.
        found = crawl.get(_MEMBERS[field], 0.0 if field == "DPU_HOUR" else None)
        return found is not None and compare(found, wanted)

    return holds


def _value(field: str, text: str) -> Any:
    try:
        match field:
            case "DPU_HOUR":
                return float(text)
            case "START_TIME" | "END_TIME" if text.isdecimal():
                return datetime.fromtimestamp(int(text) / 1000, UTC)
            case "START_TIME" | "END_TIME":
                moment = datetime.fromisoformat(text)
                return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
            case _:
                return text
    except (ValueError, OverflowError, OSError):
        message = f"FieldValue {text} is no value of {field}"
        raise invalid(message) from None
