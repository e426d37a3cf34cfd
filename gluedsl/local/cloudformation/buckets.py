"""Deleting an `AWS::S3::Bucket`: a function that stands in the place of a method of moto's `FakeBucket`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.s3.exceptions import MissingBucket
from moto.s3.models import s3_backends
from moto.utilities.utils import get_partition

from gluedsl.local.cloudformation.failure import ResourceError

if TYPE_CHECKING:
    from collections.abc import Mapping


def delete(
    resource_name: str,
    cloudformation_json: Mapping[str, object],
    account_id: str,
    region_name: str,
) -> None:
    """Delete a bucket, unless there is something in it; that it is gone already is as good."""
    del cloudformation_json
    try:
        deleted = s3_backends[account_id][get_partition(region_name)].delete_bucket(resource_name)
    except MissingBucket:
        return
    if deleted is None:
        # https://github.com/aws/aws-cdk/issues/21776
        service = "(Service: Amazon S3; Status Code: 409; Error Code: BucketNotEmpty)"
        message = f"The bucket you tried to delete is not empty {service}"
        raise ResourceError(message)
