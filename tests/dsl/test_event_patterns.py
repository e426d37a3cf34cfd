"""Which events start a workflow."""

from __future__ import annotations

from typing import Any

import pytest

from gluedsl import on_event
from gluedsl.dsl.event_patterns import LONGEST
from tests.support.misuse import refusal


def created(detail: dict[str, Any]) -> dict[str, Any]:
    """Return the pattern of objects that come into being."""
    return {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": detail}


def bucket(*names: str, prefixes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what an event of these buckets has, for keys with one of the prefixes."""
    keys: dict[str, Any] = {"object": {"key": [{"prefix": prefix} for prefix in prefixes]}} if prefixes else {}
    return {"bucket": {"name": list(names)}, **keys}


@pytest.mark.parametrize(
    ("s3", "detail"),
    [
        ("s3://lake", bucket("lake")),
        ("s3://lake/", bucket("lake")),
        ("s3://lake/raw/", bucket("lake", prefixes=("raw/",))),
        ("s3://lake/raw/é ${x}", bucket("lake", prefixes=("raw/é ${x}",))),
        (["s3://lake/b", "s3://lake/a", "s3://lake/b"], bucket("lake", prefixes=("a", "b"))),
        (["s3://lake/raw/", "s3://lake/raw/orders/", "s3://lake/rawer"], bucket("lake", prefixes=("raw/", "rawer"))),
        (["s3://lake/raw/", "s3://lake"], bucket("lake")),
        (("s3://two", "s3://one"), bucket("one", "two")),
        (["s3://two/x", "s3://one/x"], bucket("one", "two", prefixes=("x",))),
        (
            ["s3://two/y", "s3://one/x", "s3://three"],
            {"$or": [bucket("one", prefixes=("x",)), bucket("three"), bucket("two", prefixes=("y",))]},
        ),
    ],
)
def test_objects_that_come_into_being(s3: Any, detail: dict[str, Any]) -> None:
    """One pattern says the union of all places, and no more than it."""
    start = on_event(s3=s3, batch_size=5)

    assert (start.pattern, start.said_by, start.batch_size) == (created(detail), "s3", 5)


def test_a_pattern_of_the_authors() -> None:
    """It is kept as it is, in a copy that later changes do not reach; tuples are lists."""
    given: dict[str, Any] = {
        "source": ("our.shop",),
        "detail": {
            "$or": [{"total": [{"numeric": [">", 10, "<=", 99.5]}]}, {"kind": ["express", None, True, 7]}],
            "name": [{"anything-but": {"prefix": "test-"}}, {"exists": False}],
        },
    }
    start = on_event(pattern=given, role="EventsRole")
    given["detail"]["name"].append("later")

    assert start.pattern == {
        "source": ["our.shop"],
        "detail": {
            "$or": [{"total": [{"numeric": [">", 10, "<=", 99.5]}]}, {"kind": ["express", None, True, 7]}],
            "name": [{"anything-but": {"prefix": "test-"}}, {"exists": False}],
        },
    }
    assert (start.said_by, start.role) == ("pattern", "EventsRole")


def test_events_that_somebody_else_sends() -> None:
    """Without either, the start has no pattern."""
    assert (on_event().pattern, on_event().role) == (None, None)


EXAMPLE = 'for example: {"source": ["our.shop"]}'
OPERATORS = "one of anything-but, cidr, equals-ignore-case, exists, numeric, prefix, suffix, wildcard"
BUCKET = "a bucket has 3 to 63 lower-case letters, digits, dots and hyphens"


@pytest.mark.parametrize(
    ("misuse", "message", "hint"),
    [
        (
            "on_event(s3='s3://b-1', pattern={'source': ['x']})",
            "on_event() takes s3= or pattern=, not both",
            "say in pattern= what s3= says, with `$or` for the other events",
        ),
        (
            "on_event(role='r')",
            "on_event() takes role= with s3= or pattern= only",
            "whoever makes the EventBridge rule gives it its role",
        ),
        ("on_event(s3='s3://lake', role='')", "role= of on_event() is empty", "leave it out, and a role is made"),
        ("on_event(s3='s3://lake', role=5)", "role= takes the name or ARN of a role, not 5 (int)", ""),
        ("on_event(s3=[])", "s3= is an empty list", "name a place: s3://bucket/prefix"),
        ("on_event(s3=5)", "s3= takes a place such as s3://bucket/prefix, or a list of them, not 5 (int)", ""),
        ("on_event(s3='lake/raw')", "s3= takes a place such as s3://bucket/prefix, not 'lake/raw'", ""),
        ("on_event(s3='s3://')", "s3= takes a place such as s3://bucket/prefix, not 's3://'", BUCKET),
        ("on_event(s3='s3://Lake/x')", "s3= takes a place such as s3://bucket/prefix, not 's3://Lake/x'", BUCKET),
        (
            "on_event(s3='s3://lake/*.csv')",
            "s3= takes a prefix as it stands, and 's3://lake/*.csv' has a wildcard",
            'leave it out, or write pattern= with {"wildcard": ...} for the key',
        ),
        ("on_event(pattern=5)", "pattern= takes an event pattern, which is a dict, not 5 (int)", ""),
        ("on_event(pattern={})", "pattern= is empty, and EventBridge takes no pattern without a field", EXAMPLE),
        (
            "on_event(pattern={'detail': {'a': {}}})",
            "`detail.a` in pattern= is empty, and EventBridge takes no pattern without a field",
            EXAMPLE,
        ),
        ("on_event(pattern={5: ['x']})", "pattern= takes strings as keys, not 5 (int)", ""),
        (
            "on_event(pattern={'source': 'our.shop'})",
            "`source` in pattern= is 'our.shop' (str), and EventBridge takes a list of values",
            'write it as a list: ["our.shop"]',
        ),
        (
            "on_event(pattern={'source': None})",
            "`source` in pattern= is a NoneType, and EventBridge takes a list of values",
            "",
        ),
        (
            "on_event(pattern={'source': []})",
            "`source` in pattern= is an empty list, which no event matches",
            "name a value, or leave the field out",
        ),
        (
            "on_event(pattern={'detail': {'$or': [{'a': [1]}]}})",
            "`detail.$or` in pattern= takes a list of two patterns or more",
            "write a single pattern without `$or`",
        ),
        (
            "on_event(pattern={'detail': {'$or': [{'a': [1]}, {'b': 2}]}})",
            "`detail.$or[1].b` in pattern= is 2 (int), and EventBridge takes a list of values",
            "write it as a list: [2]",
        ),
        (
            "on_event(pattern={'a': [{'prefx': 'x'}]})",
            "`a` in pattern= compares by 'prefx'",
            "did you mean `prefix`?",
        ),
        ("on_event(pattern={'a': [{}]})", "`a` in pattern= compares by nothing", OPERATORS),
        (
            "on_event(pattern={'a': [{'prefix': 'x', 'suffix': 'y'}]})",
            "`a` in pattern= compares by 'prefix' and 'suffix'",
            OPERATORS,
        ),
        (
            "on_event(pattern={'a': [['x']]})",
            "`a` in pattern= has a list in its list of values",
            "put the values into one list",
        ),
        (
            "on_event(pattern={'a': [{1, 2}]})",
            "`a` in pattern= holds a set, which JSON has no word for",
            "",
        ),
        (
            "on_event(pattern={'a': [{'numeric': ['>', float('nan')]}]})",
            "`a` in pattern= holds nan (float), which JSON has no word for",
            "",
        ),
        (
            "on_event(pattern={'a': ['x' * 5000]})",
            f"pattern= is 5011 characters long as JSON, and EventBridge takes {LONGEST}",
            "make it match more, or split the workflow",
        ),
        (
            "on_event(s3=[f's3://lake/{n:0100}' for n in range(50)])",
            f"the event pattern of s3= is 5920 characters long as JSON, and EventBridge takes {LONGEST}",
            "make it match more, or split the workflow",
        ),
    ],
)
def test_refusals(misuse: str, message: str, hint: str) -> None:
    """What EventBridge would refuse at the end of a deployment is refused where it is written."""
    assert refusal(misuse) == (message, hint)
