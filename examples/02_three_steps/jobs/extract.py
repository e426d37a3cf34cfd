"""Put a text into the lake."""

import sys

import boto3

argument = dict(zip(sys.argv[1::2], sys.argv[2::2]))
run = {"Name": argument["--WORKFLOW_NAME"], "RunId": argument["--WORKFLOW_RUN_ID"]}
bucket = boto3.client("glue").get_workflow_run_properties(**run)["RunProperties"]["bucket"]

boto3.client("s3").put_object(Bucket=bucket, Key="text.txt", Body=b"to be or not to be that is the question")
print("extracted")
