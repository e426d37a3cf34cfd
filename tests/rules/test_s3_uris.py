"""Places in S3: CR026, and what other rules say of a URI."""

from __future__ import annotations

import pytest

from gluedsl.rules.s3 import s3_fault
from gluedsl.targets import DeltaTarget, HudiTarget, IcebergTarget, JdbcTarget, S3Target
from tests.support.rules import crawler, project, says, start, told

CRAWL = start("sales-start", "crawler catalog")


def test_targets_outside_of_s3_are_refused() -> None:
    """Each path is told where it stands."""
    targets = (
        S3Target("s3://lake/x/"),
        S3Target("/data"),
        DeltaTarget(("s3://lake/d/", "s3:/typo/x")),
        IcebergTarget(("hdfs://x",)),
        HudiTarget(("s3://b/x",)),
        JdbcTarget("warehouse", "db/%"),
    )

    assert told(project(CRAWL, crawler("catalog", targets=targets))) == says("""
        CR026 error at crawlers.0.targets.1.path
          target `/data` of crawler `catalog` is not in S3
          help: write `s3://bucket/prefix/`
        CR026 error at crawlers.0.targets.2.tables.1
          target `s3:/typo/x` of crawler `catalog` is not in S3
          help: write `s3://bucket/prefix/`
        CR026 error at crawlers.0.targets.3.paths.0
          target `hdfs://x` of crawler `catalog` is not in S3
          help: write `s3://bucket/prefix/`
        CR026 error at crawlers.0.targets.4.paths.0
          target `s3://b/x` of crawler `catalog` names the bucket `b`, and the name of a bucket has 3 to 63 characters
          help: write `s3://bucket/prefix/`
    """)


@pytest.mark.parametrize(
    ("uri", "fault"),
    [
        ("s3://lake/x", ""),
        ("s3a://lake/x", ""),
        ("s3://lake", ""),
        ("s3://Old_Bucket.of-2010/x", ""),
        ("s3://${Bucket}/x", ""),
        ("${Uri}", ""),
        ("{{resolve:ssm:/uri}}", ""),
        ("s3://%/x", ""),
        ("s3://arn:aws:s3:eu-west-1:123456789012:accesspoint/mine/x", ""),
        ("", "is not in S3"),
        ("s3:/lake/x", "is not in S3"),
        ("S3://lake/x", "is not in S3"),
        ("https://lake.s3.amazonaws.com/x", "is not in S3"),
        ("s3://", "names no bucket"),
        ("s3:///x", "names no bucket"),
        ("s3://la ke/x", "names the bucket `la ke`, and no bucket is called so"),
        ("s3://la/x", "names the bucket `la`, and the name of a bucket has 3 to 63 characters"),
    ],
)
def test_what_is_wrong_with_a_uri(uri: str, fault: str) -> None:
    """Only what S3 never had is wrong: buckets of before 2018 have names that no new one can have."""
    assert s3_fault(uri) == fault


@pytest.mark.parametrize("uri", ["s3://lake", "s3://lake/", "s3://${Bucket}"])
def test_a_file_needs_a_key(uri: str) -> None:
    """A bucket alone is none."""
    assert s3_fault(uri, needs_key=True) == "names a bucket, and no file in it"
