"""What moto does right is done here too, where the operation is answered here."""

from __future__ import annotations

from typing import Any

import boto3

from gluedsl.local import InProcessGlue
from tests.support.local import ROLE, refusal, shell_job, until


def test_crawls_are_listed_by_filters() -> None:
    """`ListCrawls` takes filters, and refuses those that say nothing."""
    with InProcessGlue():
        glue: Any = boto3.client("glue")
        targets = {"S3Targets": [{"Path": "s3://lake/"}]}
        glue.create_crawler(Name="crawler", Role=ROLE, DatabaseName="db", Targets=targets)
        glue.start_crawler(Name="crawler")
        ended = {"FieldName": "STATE", "FilterOperator": "EQ", "FieldValue": "COMPLETED"}
        running = {"FieldName": "STATE", "FilterOperator": "EQ", "FieldValue": "RUNNING"}
        until(lambda: glue.list_crawls(CrawlerName="crawler", Filters=[ended])["Crawls"])

        assert glue.list_crawls(CrawlerName="crawler", Filters=[running])["Crawls"] == []
        assert refusal(glue.list_crawls, CrawlerName="crawler", Filters=[{"FieldName": "STATE"}]) == (
            "InvalidInputException",
            "Invalid Filter Provided: FieldName: STATE, FilterOperator: null, FieldValue: null",
        )


def test_the_older_name_of_capacity_is_known() -> None:
    """`AllocatedCapacity` is shown on the run as it was given, and goes with no `MaxCapacity`."""
    with InProcessGlue():
        glue: Any = boto3.client("glue")
        glue.create_job(**shell_job("job"))
        run_id = glue.start_job_run(JobName="job", AllocatedCapacity=5)["JobRunId"]

        assert glue.get_job_run(JobName="job", RunId=run_id)["JobRun"]["AllocatedCapacity"] == 5
        until(lambda: "CompletedOn" in glue.get_job_run(JobName="job", RunId=run_id)["JobRun"])
        assert refusal(glue.start_job_run, JobName="job", AllocatedCapacity=2, MaxCapacity=1.0) == (
            "InvalidInputException",
            "Please set only Allocated Capacity or Max Capacity",
        )
