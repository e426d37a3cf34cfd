"""EventBridge rules."""

from __future__ import annotations

from typing import Any

import pytest

from gluedsl.model.events import buckets_of


@pytest.mark.parametrize(
    ("pattern", "buckets"),
    [
        ({"source": ["aws.s3"], "detail": {"bucket": {"name": ["lake", "crm", "lake"]}}}, ("crm", "lake")),
        (
            {"source": ["aws.s3"], "detail": {"$or": [{"bucket": {"name": ["b"]}}, {"bucket": {"name": ["a"]}}]}},
            ("a", "b"),
        ),
        ({"source": ["aws.s3"], "detail": {"bucket": {"name": [{"prefix": "raw-"}, "a"]}}}, ("a",)),
        ({"source": ["aws.s3"], "detail": {"requestParameters": {"bucketName": ["lake"]}}}, ()),
        ({"source": ["our.shop"], "detail": {"bucket": {"name": ["lake"]}}}, ()),
        ({"detail": {"bucket": {"name": ["lake"]}}}, ()),
        ({}, ()),
    ],
)
def test_buckets_that_must_send_their_events(pattern: dict[str, Any], buckets: tuple[str, ...]) -> None:
    """Those that a pattern of S3's own events names, each once."""
    assert buckets_of(pattern) == buckets
