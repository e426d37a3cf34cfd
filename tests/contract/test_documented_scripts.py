"""Scripts as data teams write them, after AWS's own documentation: read to the end, and nothing wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from gluedsl.compiler import compile_path
from tests.support.contracts import script, shown

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Case:
    """A script, the flow that runs it, and its contract."""

    code: str
    flow: str
    contract: str


CASES = {
    # https://docs.aws.amazon.com/glue/latest/dg/workflow-run-properties-code.html
    "a job that changes the properties of its run": Case(
        code="""
            import sys

            import boto3
            from awsglue.context import GlueContext
            from awsglue.job import Job
            from awsglue.transforms import *
            from awsglue.utils import getResolvedOptions
            from pyspark.context import SparkContext

            args = getResolvedOptions(sys.argv, ["JOB_NAME", "WORKFLOW_NAME", "WORKFLOW_RUN_ID"])
            context = GlueContext(SparkContext.getOrCreate())
            job = Job(context)
            job.init(args["JOB_NAME"], args)

            glue = boto3.client("glue")
            name, run_id = args["WORKFLOW_NAME"], args["WORKFLOW_RUN_ID"]
            params = glue.get_workflow_run_properties(Name=name, RunId=run_id)["RunProperties"]
            database = params["target_database"]
            frame = context.create_dynamic_frame.from_catalog(database=database, table_name="orders")
            mapped = ApplyMapping.apply(frame=frame, mappings=[("id", "long", "order_id", "long")])
            context.write_dynamic_frame.from_options(
                frame=mapped,
                connection_type="s3",
                connection_options={"path": params["target_s3_location"]},
                format="parquet",
            )
            params["rows"] = str(mapped.count())
            glue.put_workflow_run_properties(Name=name, RunId=run_id, RunProperties=params)
            job.commit()
        """,
        flow="""
            defaults = {"target_database": "sales", "target_s3_location": "s3://lake/orders/"}
            flow = Workflow("sales", properties=defaults, role="GlueJobRole")
            load = flow.add(SparkJob("load", script="job.py", writes=["rows"]))
        """,
        contract="""
            option JOB_NAME 10 "JOB_NAME"
            option WORKFLOW_NAME 10 "WORKFLOW_NAME"
            option WORKFLOW_RUN_ID 10 "WORKFLOW_RUN_ID"
            lookup JOB_NAME 13 "JOB_NAME"
            lookup WORKFLOW_NAME 16 "WORKFLOW_NAME"
            lookup WORKFLOW_RUN_ID 16 "WORKFLOW_RUN_ID"
            read target_database 18 "target_database"
            read target_s3_location 24 "target_s3_location"
            write rows 27 "rows"
            puts all 28 params rows
        """,
    ),
    # https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-pyspark-extensions-get-resolved-options.html
    "a job with options, some of which may be missing": Case(
        code="""
            import sys
            from datetime import datetime, timezone

            from awsglue.utils import getResolvedOptions

            REQUIRED = ["day-partition-key", "bucket"]
            OPTIONAL = {"strategy": "append", "limit": "0"}


            def options():
                given = [name for name in OPTIONAL if f"--{name}" in sys.argv]
                return {**OPTIONAL, **getResolvedOptions(sys.argv, REQUIRED + given)}


            args = options()
            partition = args["day_partition_key"]
            print(f"{args['bucket']}/{partition}={datetime.now(timezone.utc):%Y-%m-%d} {args['strategy']}")
        """,
        flow="""
            flow = Workflow("sales", role="GlueJobRole")
            arguments = {"--day-partition-key": "day", "--bucket": "lake", "--strategy": "overwrite"}
            load = flow.add(PythonShellJob("load", script="job.py", arguments=arguments))
        """,
        contract="""
            option day-partition-key 6 "day-partition-key"
            option bucket 6 "bucket"
            option strategy 7 "strategy" perhaps
            option limit 7 "limit" perhaps
            more options
        """,
    ),
    # https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html
    "a job that reads the events that started it": Case(
        code="""
            import json
            import logging
            import sys

            import boto3
            from awsglue.utils import getResolvedOptions

            logging.basicConfig(level=logging.INFO)
            log = logging.getLogger(__name__)
            glue, trail = boto3.client("glue"), boto3.client("cloudtrail")


            def event_ids(name, run_id):
                properties = glue.get_workflow_run_properties(Name=name, RunId=run_id)["RunProperties"]
                return properties["aws:eventIds"][1:-1].split(",")


            def main():
                args = getResolvedOptions(sys.argv, ["WORKFLOW_NAME", "WORKFLOW_RUN_ID"])
                log.info("run %s of %s", args["WORKFLOW_RUN_ID"], args["WORKFLOW_NAME"])
                for event_id in event_ids(args["WORKFLOW_NAME"], args["WORKFLOW_RUN_ID"]):
                    found = trail.lookup_events(
                        LookupAttributes=[{"AttributeKey": "EventId", "AttributeValue": event_id}]
                    )["Events"]
                    for event in found:
                        log.info("object %s", json.loads(event["CloudTrailEvent"])["requestParameters"]["key"])


            if __name__ == "__main__":
                main()
        """,
        flow="""
            flow = Workflow("uploads", start=on_event(batch_size=5), role="GlueJobRole")
            load = flow.add(PythonShellJob("load", script="job.py"))
        """,
        contract="""
            option WORKFLOW_NAME 19 "WORKFLOW_NAME"
            option WORKFLOW_RUN_ID 19 "WORKFLOW_RUN_ID"
            lookup WORKFLOW_RUN_ID 20 "WORKFLOW_RUN_ID"
            lookup WORKFLOW_NAME 20 "WORKFLOW_NAME"
            read aws:eventIds 15 "aws:eventIds"
        """,
    ),
    # https://docs.aws.amazon.com/glue/latest/dg/add-job-python.html
    "a Python shell job with a class of its own": Case(
        code="""
            import json
            import sys
            import time

            import awswrangler as wr
            import boto3
            import pandas as pd
            from awsglue.utils import GlueArgumentError, getResolvedOptions
            from botocore.exceptions import ClientError


            class RunState:
                def __init__(self, client, name, run_id):
                    self.client = client
                    self.key = {"Name": name, "RunId": run_id}

                def read(self):
                    return self.client.get_workflow_run_properties(**self.key)["RunProperties"]

                def write(self, **changes):
                    for attempt in range(5):
                        try:
                            self.client.put_workflow_run_properties(**self.key, RunProperties=changes)
                            return
                        except ClientError as error:
                            if error.response["Error"]["Code"] != "ConcurrentModificationException":
                                raise
                            time.sleep(2**attempt)
                    raise RuntimeError("the run is busy")


            try:
                args = getResolvedOptions(sys.argv, ["WORKFLOW_NAME", "WORKFLOW_RUN_ID", "source"])
            except GlueArgumentError as error:
                print(f"cannot run: {error}", file=sys.stderr)
                sys.exit(2)

            state = RunState(boto3.client("glue"), args["WORKFLOW_NAME"], args["WORKFLOW_RUN_ID"])
            frame: pd.DataFrame = wr.s3.read_csv(args["source"])
            cut = state.read().get("cut", "0")
            frame = frame[frame["amount"] > int(cut)]
            wr.s3.to_parquet(frame, path=state.read()["target"], dataset=True)
            state.write(rows=str(len(frame)), columns=json.dumps(list(frame.columns)))
        """,
        flow="""
            flow = Workflow("sales", properties={"target": "s3://lake/orders/"}, role="GlueJobRole")
            load = flow.add(
                PythonShellJob(
                    "load", script="job.py", arguments={"--source": "s3://lake/raw/"}, writes=["rows", "columns"]
                )
            )
        """,
        contract="""
            option WORKFLOW_NAME 33 "WORKFLOW_NAME"
            option WORKFLOW_RUN_ID 33 "WORKFLOW_RUN_ID"
            option source 33 "source"
            lookup WORKFLOW_NAME 38 "WORKFLOW_NAME"
            lookup WORKFLOW_RUN_ID 38 "WORKFLOW_RUN_ID"
            lookup source 39 "source"
            read cut 40 "cut" optional
            read target 42 "target"
            write rows 43 state.write(rows=str(len(frame)), columns=json.dumps(list(frame.columns))) perhaps
            write columns 43 state.write(rows=str(len(frame)), columns=json.dumps(list(frame.columns))) perhaps
        """,
    ),
    # https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
    "a Spark job whose names are constants": Case(
        code="""
            import sys

            from awsglue.context import GlueContext
            from awsglue.job import Job
            from awsglue.utils import getResolvedOptions
            from pyspark.context import SparkContext
            from pyspark.sql import functions as F

            PARAMETERS = ("JOB_NAME", "database", "table", "TempDir")


            def read(context, options):
                return context.spark_session.table(f"{options['database']}.{options['table']}")


            def main(argv):
                options = getResolvedOptions(argv, list(PARAMETERS))
                context = GlueContext(SparkContext())
                job = Job(context)
                job.init(options["JOB_NAME"], options)
                rows = read(context, options).withColumn("loaded_by", F.lit(options["JOB_NAME"]))
                rows.write.mode("overwrite").parquet(options["TempDir"])
                job.commit()


            main(sys.argv)
        """,
        flow="""
            flow = Workflow("sales", role="GlueJobRole")
            arguments = {"--database": "sales", "--table": "orders", "--enable-metrics": "true"}
            load = flow.add(SparkJob("load", script="job.py", arguments=arguments))
        """,
        contract="""
            option JOB_NAME 9 "JOB_NAME"
            option database 9 "database"
            option table 9 "table"
            option TempDir 9 "TempDir"
            lookup database 13 'database'
            lookup table 13 'table'
            lookup JOB_NAME 20 "JOB_NAME"
            lookup TempDir 22 "TempDir"
        """,
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_contract_of_a_real_script(case: Case, tmp_path: Path) -> None:
    """Every option and every run property, at its place."""
    assert shown(script(tmp_path, case.code), tmp_path) == dedent(case.contract).strip()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_real_script_has_no_finding(case: Case, tmp_path: Path) -> None:
    """In a flow that gives it what it asks for."""
    (tmp_path / "job.py").write_text(dedent(case.code).lstrip("\n"))
    words = "PythonShellJob, SparkJob, Workflow, on_event"
    (tmp_path / "flow.py").write_text(f"from gluedsl import {words}\n{dedent(case.flow)}")

    assert compile_path(str(tmp_path / "flow.py")).report.diagnostics == ()
