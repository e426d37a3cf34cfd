"""Count its words, and tell the next job how many there are."""

import sys

import boto3
from awsglue.utils import getResolvedOptions

argument = getResolvedOptions(sys.argv, ["WORKFLOW_NAME", "WORKFLOW_RUN_ID"])
run = {"Name": argument["WORKFLOW_NAME"], "RunId": argument["WORKFLOW_RUN_ID"]}
glue, s3 = boto3.client("glue"), boto3.client("s3")
bucket = glue.get_workflow_run_properties(**run)["RunProperties"]["bucket"]

words = s3.get_object(Bucket=bucket, Key="text.txt")["Body"].read().decode().split()
counts = {word: words.count(word) for word in sorted(set(words))}
s3.put_object(Bucket=bucket, Key="counts.csv", Body="".join(f"{w},{n}\n" for w, n in counts.items()).encode())
glue.put_workflow_run_properties(**run, RunProperties={"words": str(len(counts))})
print(f"{len(counts)} words")
