"""Custom resources: the two of the CDK's that buckets have, without any Lambda function; and all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cloudformation import job, trigger, workflow
from tests.support.local import client, until

if TYPE_CHECKING:
    from tests.support.cloudformation import Stacks

HANDLER = "arn:aws:lambda:us-east-1:123456789012:function:handler"
CLEARED = [{"Key": "aws-cdk:auto-delete-objects", "Value": "true"}]
"""What the CDK tags a bucket with that may be emptied."""
QUEUE, OTHER_QUEUE = (f"arn:aws:sqs:us-east-1:123456789012:{name}" for name in ("arrivals", "others"))


def bucket(**properties: Any) -> dict[str, Any]:
    """Return the bucket "lake"."""
    return {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "lake", **properties}}


def notifications(configuration: dict[str, Any], **properties: Any) -> dict[str, Any]:
    """Return what the CDK makes of the notifications of the bucket `Lake`."""
    named = {"ServiceToken": HANDLER, "BucketName": "lake", "NotificationConfiguration": configuration}
    return {"Type": "Custom::S3BucketNotifications", "DependsOn": "Lake", "Properties": named | properties}


def emptied() -> dict[str, Any]:
    """Return what the CDK makes of a bucket that goes with all that is in it."""
    properties = {"ServiceToken": HANDLER, "BucketName": {"Ref": "Lake"}}
    return {"Type": "Custom::S3AutoDeleteObjects", "Properties": properties}


def told(stacks: Stacks, name: str = "lake") -> dict[str, Any]:
    """Return whom a bucket tells of its events."""
    found: dict[str, Any] = client(stacks.local, "s3").get_bucket_notification_configuration(Bucket=name)
    return {kind: found[kind] for kind in found if kind != "ResponseMetadata"}


def test_a_bucket_that_tells_event_bridge(stacks: Stacks) -> None:
    """An object in the bucket starts the workflow that waits for it; with the stack, all of it is gone."""
    arn = {"Fn::Sub": "arn:aws:glue:${AWS::Region}:${AWS::AccountId}:workflow/${Nightly}"}
    pattern = {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"bucket": {"name": ["lake"]}}}
    rule = {"EventPattern": pattern, "Targets": [{"Id": "workflow", "Arn": arn, "RoleArn": "arn:aws:iam::1:role/r"}]}
    resources = {
        "Lake": bucket(),
        "Told": notifications({"EventBridgeConfiguration": {}}, Managed=True, SkipDestinationValidation=False),
        "Nightly": workflow(),
        "Load": job(),
        "Start": trigger(Type="EVENT"),
        "Rule": {"Type": "AWS::Events::Rule", "Properties": rule},
    }

    assert stacks.create(resources) == "CREATE_COMPLETE"

    s3 = client(stacks.local, "s3")
    assert told(stacks) == {"EventBridgeConfiguration": {}}
    s3.put_object(Bucket="lake", Key="orders.csv", Body=b"1")
    until(lambda: stacks.glue.get_workflow_runs(Name="nightly")["Runs"])
    s3.delete_object(Bucket="lake", Key="orders.csv")
    assert stacks.delete() == "DELETE_COMPLETE"
    assert s3.list_buckets()["Buckets"] == []


def test_notifications_that_change_and_go(stacks: Stacks) -> None:
    """What a stack says of the bucket's notifications is all there is of them; without it there are none."""
    rules = [{"Name": "Prefix", "Value": "raw/"}]
    queue = {"QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"], "Filter": {"Key": {"FilterRules": rules}}, "Id": "q"}
    stacks.create({"Lake": bucket(), "Told": notifications({"EventBridgeConfiguration": {}})})

    changed = {"Lake": bucket(), "Told": notifications({"QueueConfigurations": [queue]})}
    assert stacks.update(changed) == "UPDATE_COMPLETE"
    [found] = told(stacks)["QueueConfigurations"]
    assert "EventBridgeConfiguration" not in told(stacks)
    assert (found["Id"], found["QueueArn"], found["Events"]) == ("q", QUEUE, ["s3:ObjectCreated:*"])
    assert found["Filter"]["Key"]["FilterRules"] == [{"Name": "prefix", "Value": "raw/"}]

    assert stacks.update({"Lake": bucket()}) == "UPDATE_COMPLETE"
    assert told(stacks) == {}


def test_notifications_of_an_imported_bucket(stacks: Stacks) -> None:
    """What others have said of the bucket stays; that EventBridge is told stays, too, as with the CDK's own handler."""
    s3 = client(stacks.local, "s3")
    s3.create_bucket(Bucket="lake")
    other = {"Id": "other", "QueueArn": OTHER_QUEUE, "Events": ["s3:ObjectCreated:*"]}
    s3.put_bucket_notification_configuration(
        Bucket="lake", NotificationConfiguration={"QueueConfigurations": [other], "EventBridgeConfiguration": {}}
    )
    ours = {"QueueArn": QUEUE, "Events": ["s3:ObjectRemoved:*"]}
    made = notifications({"QueueConfigurations": [ours]}, Managed="false")
    del made["DependsOn"]

    assert stacks.create({"Told": made}) == "CREATE_COMPLETE"
    assert [each["QueueArn"] for each in told(stacks)["QueueConfigurations"]] == [OTHER_QUEUE, QUEUE]
    ours["Events"] = ["s3:ObjectCreated:*"]
    assert stacks.update({"Told": made}) == "UPDATE_COMPLETE"
    assert [each["QueueArn"] for each in told(stacks)["QueueConfigurations"]] == [OTHER_QUEUE, QUEUE]

    assert stacks.delete() == "DELETE_COMPLETE"
    assert [each["Id"] for each in told(stacks)["QueueConfigurations"]] == ["other"]
    assert told(stacks)["EventBridgeConfiguration"] == {}


def test_notifications_that_s3_refuses(stacks: Stacks) -> None:
    """The resource fails in S3's words, and the bucket tells whom it told before."""
    stacks.create({"Lake": bucket(), "Told": notifications({"EventBridgeConfiguration": {}})})
    far = {"QueueArn": QUEUE.replace("us-east-1", "eu-west-1"), "Events": ["s3:ObjectCreated:*"]}

    wrong = {"Lake": bucket(), "Told": notifications({"QueueConfigurations": [far]})}
    assert stacks.update(wrong) == "UPDATE_ROLLBACK_COMPLETE"

    assert stacks.reason("Told") == (
        "The notification destination service region is not valid for the bucket location constraint"
    )
    assert told(stacks) == {"EventBridgeConfiguration": {}}


def test_notifications_of_no_bucket(stacks: Stacks) -> None:
    """Without the bucket there is nothing to be told."""
    alone = notifications({"EventBridgeConfiguration": {}})
    del alone["DependsOn"]

    assert stacks.create({"Told": alone}) == "ROLLBACK_COMPLETE"

    assert stacks.reason("Told") == "The specified bucket does not exist"


def test_a_bucket_that_is_emptied(stacks: Stacks) -> None:
    """It goes with its stack and with all versions of what is in it; an update empties nothing."""
    s3 = client(stacks.local, "s3")
    resources = {"Lake": bucket(Tags=CLEARED), "Emptied": emptied()}
    assert stacks.create(resources) == "CREATE_COMPLETE"
    s3.put_object(Bucket="lake", Key="first", Body=b"1")
    s3.put_bucket_versioning(Bucket="lake", VersioningConfiguration={"Status": "Enabled"})
    for _ in range(2):
        s3.put_object(Bucket="lake", Key="second", Body=b"2")
    s3.delete_object(Bucket="lake", Key="second")
    again = {"Lake": bucket(Tags=CLEARED), "Emptied": emptied(), "Load": job()}
    again["Emptied"]["Properties"]["More"] = "1"

    assert stacks.update(again) == "UPDATE_COMPLETE"
    assert len(s3.list_object_versions(Bucket="lake")["Versions"]) == 3
    assert stacks.delete() == "DELETE_COMPLETE"

    assert s3.list_buckets()["Buckets"] == []


def test_a_bucket_that_is_renamed(stacks: Stacks) -> None:
    """The old one is emptied and goes once the new one is there."""
    stacks.create({"Lake": bucket(Tags=CLEARED), "Emptied": emptied()})
    s3 = client(stacks.local, "s3")
    s3.put_object(Bucket="lake", Key="first", Body=b"1")

    renamed = {"Lake": bucket(BucketName="sea", Tags=CLEARED), "Emptied": emptied()}
    assert stacks.update(renamed) == "UPDATE_COMPLETE"

    assert [each["Name"] for each in s3.list_buckets()["Buckets"]] == ["sea"]


def test_a_bucket_that_is_not_emptied(stacks: Stacks) -> None:
    """Without the tag nothing is taken away, and the stack stays with its bucket, as on AWS."""
    stacks.create({"Lake": bucket(), "Emptied": emptied()})
    s3 = client(stacks.local, "s3")
    s3.put_object(Bucket="lake", Key="first", Body=b"1")

    assert stacks.delete() == "DELETE_FAILED"
    assert stacks.reason("Lake") == (
        "The bucket you tried to delete is not empty (Service: Amazon S3; Status Code: 409; Error Code: BucketNotEmpty)"
    )

    s3.delete_object(Bucket="lake", Key="first")
    assert stacks.delete() == "DELETE_COMPLETE"


def test_a_bucket_that_is_gone(stacks: Stacks) -> None:
    """Somebody has deleted the bucket: the stack goes all the same."""
    stacks.create({"Lake": bucket(Tags=CLEARED), "Emptied": emptied()})
    client(stacks.local, "s3").delete_bucket(Bucket="lake")

    assert stacks.delete() == "DELETE_COMPLETE"


def test_a_bucket_without_a_name_that_gets_tags(stacks: Stacks) -> None:
    """A bucket whose name CloudFormation has made up is tagged in place."""
    stacks.create({"Lake": {"Type": "AWS::S3::Bucket", "Properties": {}}})
    s3 = client(stacks.local, "s3")
    [before] = s3.list_buckets()["Buckets"]

    lake = {"Type": "AWS::S3::Bucket", "Properties": {"Tags": CLEARED}}
    assert stacks.update({"Lake": lake, "Emptied": emptied()}) == "UPDATE_COMPLETE"

    assert s3.get_bucket_tagging(Bucket=before["Name"])["TagSet"] == CLEARED


@pytest.mark.parametrize("kind", ["Custom::Thing", "AWS::CloudFormation::CustomResource"])
def test_any_other_custom_resource(stacks: Stacks, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    """It fails at once and says why, whatever refers to it; the stack is rolled back, and nothing is waited for."""
    thing = {"Type": kind, "Properties": {"ServiceToken": HANDLER}}
    resources = {"Thing": thing, "Load": job(Description={"Fn::GetAtt": ["Thing", "Anything"]})}

    assert stacks.create(resources) == "ROLLBACK_COMPLETE"

    assert stacks.reason("Thing") == (
        "the local CloudFormation runs no Lambda functions: of custom resources it has "
        f"Custom::S3AutoDeleteObjects and Custom::S3BucketNotifications, not {kind}"
    )
    assert stacks.names()["jobs"] == []
    assert not [each for each in caplog.records if each.exc_info]
    stacks.delete()
    stacks.create({"Load": job()})
    assert stacks.update({"Load": job(), "Thing": thing}) == "UPDATE_ROLLBACK_COMPLETE"
