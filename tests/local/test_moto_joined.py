"""What of moto is other than moto alone: the index of tags, what buckets say, and roles that are made at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from gluedsl.local import LocalGlue
from tests.support.local import client, shell_job

if TYPE_CHECKING:
    from collections.abc import Iterator


POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'


@pytest.fixture(scope="module")
def glue() -> Iterator[LocalGlue]:
    """A local Glue."""
    with LocalGlue() as local:
        yield local


def resources(glue: LocalGlue, types: list[str], **tags: str) -> dict[str, dict[str, str]]:
    """Return the ARNs and tags of what has these tags."""
    index: Any = client(glue, "resourcegroupstaggingapi")
    filters = [{"Key": key, "Values": [value]} for key, value in tags.items()]
    pages = index.get_paginator("get_resources").paginate(TagFilters=filters, ResourceTypeFilters=types)
    found = [one for page in pages for one in page["ResourceTagMappingList"]]
    return {one["ResourceARN"]: {tag["Key"]: tag["Value"] for tag in one["Tags"]} for one in found}


def test_resources_are_found_by_their_tags(glue: LocalGlue) -> None:
    """Workflows, triggers, jobs and crawlers, as they are now; with what moto itself has of Glue's."""
    aws = client(glue)
    aws.create_workflow(Name="flow", Tags={"team": "a", "tier": "1"})
    aws.create_job(**shell_job("load"), Tags={"team": "a"})
    aws.create_job(**shell_job("other"), Tags={"team": "b"})
    aws.create_trigger(
        Name="start", Type="ON_DEMAND", WorkflowName="flow", Actions=[{"JobName": "load"}], Tags={"team": "a"}
    )
    arn = "arn:aws:glue:us-east-1:123456789012:"
    assert resources(glue, ["glue"], team="a") == {
        f"{arn}workflow/flow": {"team": "a", "tier": "1"},
        f"{arn}trigger/start": {"team": "a"},
        f"{arn}job/load": {"team": "a"},
    }
    aws.tag_resource(ResourceArn=f"{arn}job/load", TagsToAdd={"team": "c"})
    assert resources(glue, ["glue:job"], team="c") == {f"{arn}job/load": {"team": "c"}}
    assert resources(glue, ["s3"], team="a") == {}


def test_a_bucket_says_that_it_sends_its_events(glue: LocalGlue) -> None:
    """And says nothing of it where it does not."""
    s3 = client(glue, "s3")
    s3.create_bucket(Bucket="sending")
    s3.create_bucket(Bucket="silent")
    s3.put_bucket_notification_configuration(
        Bucket="sending", NotificationConfiguration={"EventBridgeConfiguration": {}}
    )
    settings = s3.get_bucket_notification_configuration(Bucket="sending")
    assert settings["EventBridgeConfiguration"] == {}
    assert "EventBridgeConfiguration" not in s3.get_bucket_notification_configuration(Bucket="silent")


def test_a_bucket_takes_its_tags_along(glue: LocalGlue) -> None:
    """One that is made again under the same name has none; one that is not empty is not deleted, and keeps them."""
    s3 = client(glue, "s3")
    tags = [{"Key": "team", "Value": "sales"}]
    s3.create_bucket(Bucket="tagged")
    s3.put_bucket_tagging(Bucket="tagged", Tagging={"TagSet": tags})
    s3.put_object(Bucket="tagged", Key="x", Body=b"")
    with pytest.raises(ClientError, match="BucketNotEmpty"):
        s3.delete_bucket(Bucket="tagged")
    assert s3.get_bucket_tagging(Bucket="tagged")["TagSet"] == tags
    s3.delete_object(Bucket="tagged", Key="x")
    s3.delete_bucket(Bucket="tagged")
    s3.create_bucket(Bucket="tagged")
    with pytest.raises(ClientError, match="NoSuchTagSet"):
        s3.get_bucket_tagging(Bucket="tagged")


def test_versions_are_listed_while_others_are_deleted(glue: LocalGlue) -> None:
    """Several threads look for versions and delete them, and none of them fails."""
    s3 = client(glue, "s3")
    s3.create_bucket(Bucket="busy")
    s3.put_bucket_versioning(Bucket="busy", VersioningConfiguration={"Status": "Enabled"})

    def come_and_go(number: int) -> int:
        key = f"{number}.py"
        s3.put_object(Bucket="busy", Key=key, Body=b"x")
        versions = s3.list_object_versions(Bucket="busy", Prefix=key)["Versions"]
        s3.delete_object(Bucket="busy", Key=key, VersionId=versions[0]["VersionId"])
        return len(versions)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(come_and_go, range(100, 200))) == {1}
    assert "Versions" not in s3.list_object_versions(Bucket="busy")


def test_roles_are_made_at_once(glue: LocalGlue) -> None:
    """Several threads make roles and look for them, and none of them fails."""
    iam = client(glue, "iam")

    def make(number: int) -> str:
        name = f"role-{number}"
        iam.create_role(RoleName=name, AssumeRolePolicyDocument="{}")
        iam.put_role_policy(RoleName=name, PolicyName="its", PolicyDocument=POLICY)
        return str(iam.get_role(RoleName=name)["Role"]["RoleName"])

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(make, range(40))) == sorted(f"role-{number}" for number in range(40))
