"""Move the counts to where the table of that name lives."""

import sys

import boto3
from awsglue.utils import getResolvedOptions

argument = getResolvedOptions(sys.argv, ["WORKFLOW_NAME", "WORKFLOW_RUN_ID", "table"])
run = {"Name": argument["WORKFLOW_NAME"], "RunId": argument["WORKFLOW_RUN_ID"]}
properties = boto3.client("glue").get_workflow_run_properties(**run)["RunProperties"]
s3, bucket = boto3.client("s3"), properties["bucket"]

counts = s3.get_object(Bucket=bucket, Key="counts.csv")["Body"].read()
if len(counts.splitlines()) != int(properties["words"]):
    raise ValueError("the counts are not those of this run")
s3.put_object(Bucket=bucket, Key=f"{argument['table']}/counts.csv", Body=counts)
print(f"loaded {properties['words']} words")
