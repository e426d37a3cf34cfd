"""Put a text into the lake."""

import sys

import boto3
from awsglue.utils import getResolvedOptions

argument = getResolvedOptions(sys.argv, ["WORKFLOW_NAME", "WORKFLOW_RUN_ID"])
run = {"Name": argument["WORKFLOW_NAME"], "RunId": argument["WORKFLOW_RUN_ID"]}
bucket = boto3.client("glue").get_workflow_run_properties(**run)["RunProperties"]["bucket"]

boto3.client("s3").put_object(Bucket=bucket, Key="text.txt", Body=b"to be or not to be that is the question")
print("extracted")
