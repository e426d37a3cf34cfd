"""The words that authors type: adding one is a decision, renaming one needs an ADR."""

from __future__ import annotations

import gluedsl

WORDS = """
CatalogTarget Crawler DeltaTarget DynamoDBTarget ExistingCrawler ExistingJob FunctionJob HudiTarget IcebergTarget
JdbcTarget JobRun MongoDBTarget PlainProperties PythonShellJob RayJob RunProperties S3Target
SparkJob StreamingJob Trigger Workflow all_of any_of cron daily hourly on_demand on_event weekly
"""


def test_words_of_authors() -> None:
    """The package offers these names and no other."""
    assert WORDS.split() == gluedsl.__all__
