"""Custom resources, `AWS::CloudFormation::CustomResource` and `Custom::*`: two of the CDK's; all others are refused.

Comes in: the properties of a custom resource. Goes out: what the function behind it would do to a bucket, done to
moto's; or a `ResourceError`. Behind a custom resource is a Lambda function, or whoever hears an SNS topic, and a stack
waits an hour for its answer: nothing here runs one, and no stack waits for it.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from moto.s3.exceptions import MissingBucket
from moto.s3.models import NotificationConfiguration, s3_backends
from moto.utilities.utils import get_partition

from gluedsl.local.cloudformation.failure import ResourceError
from gluedsl.local.cloudformation.stack_model import StackModel

if TYPE_CHECKING:
    from collections.abc import Mapping

_DESTINATIONS = (
    ("topic", "Topic", "TopicConfigurations", "TopicArn"),
    ("queue", "Queue", "QueueConfigurations", "QueueArn"),
    ("cloud_function", "CloudFunction", "LambdaFunctionConfigurations", "LambdaFunctionArn"),
)
"""For each kind of destination: moto's attribute, the noun of the XML that moto reads, and boto3's names."""
_EVENT_BRIDGE = "EventBridgeConfiguration"
_CLEARED_BY = "aws-cdk:auto-delete-objects"
"""The tag of a bucket that may be emptied."""


def is_custom(resource_type: str) -> bool:
    """Tell whether resources of a type are made by whom their template names."""
    return resource_type == "AWS::CloudFormation::CustomResource" or resource_type.startswith("Custom::")


class BucketModel(StackModel):
    """A custom resource that does something to the bucket that it names."""

    @property
    def s3(self) -> Any:
        """The backend that has the bucket."""
        account, region = self.place
        return s3_backends[account][get_partition(region)]


class BucketNotificationsModel(BucketModel):
    """The CDK's `Custom::S3BucketNotifications`: whom a bucket tells of its events, EventBridge above all.

    The notifications of a bucket that the CDK has made are the resource's alone; those of an imported one are kept.
    https://github.com/aws/aws-cdk/tree/main/packages/@aws-cdk/custom-resource-handlers/lib/aws-s3/notifications-resource-handler
    """

    cloudformation = "Custom::S3BucketNotifications"

    def create(self) -> None:
        """Let the bucket tell."""
        self.update(self.properties)

    def update(self, properties: Mapping[str, Any]) -> None:
        """Let the bucket tell what is wanted now."""
        self._put(properties, properties["NotificationConfiguration"])

    def delete(self, account_id: str, region_name: str) -> None:  # noqa: ARG002 -- moto's
        """Let the bucket tell nothing more."""
        self._put(self.properties, {})

    def _put(self, properties: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
        is_managed = str(properties.get("Managed", "true")).lower() == "true"
        bucket = self.s3.get_bucket(properties["BucketName"])
        before = bucket.notification_configuration
        try:
            bucket.set_notification_configuration(self._as_moto_reads_it(wanted, is_managed=is_managed))
        except Exception:
            # moto stores what it refuses.
            bucket.notification_configuration = before
            raise
        if not is_managed and before is not None:
            self._keep_others(before, bucket.notification_configuration)

    def _as_moto_reads_it(self, wanted: Mapping[str, Any], *, is_managed: bool) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for _, noun, configurations, arn in _DESTINATIONS:
            found[f"{noun}Configuration"] = [
                {
                    noun: each[arn],
                    "Event": each["Events"],
                    "Filter": _filter(each.get("Filter", {}).get("Key", {}).get("FilterRules", [])),
                    "Id": each.get("Id") if is_managed else f"{self.name}-{noun}-{number}",
                }
                for number, each in enumerate(wanted.get(configurations, []))
            ]
        return found | ({_EVENT_BRIDGE: {}} if _EVENT_BRIDGE in wanted else {})

    def _keep_others(self, before: NotificationConfiguration, after: NotificationConfiguration) -> None:
        """Add what is not of this resource; that EventBridge is told may be another's wish, and stays."""
        for kind, *_ in _DESTINATIONS:
            others = [each for each in getattr(before, kind) if not each.id.startswith(f"{self.name}-")]
            getattr(after, kind)[:0] = others
        if after.event_bridge is None:
            after.event_bridge = before.event_bridge


class AutoDeleteObjectsModel(BucketModel):
    """The CDK's `Custom::S3AutoDeleteObjects`: a bucket that is emptied when its stack lets it go.

    https://github.com/aws/aws-cdk/tree/main/packages/@aws-cdk/custom-resource-handlers/lib/aws-s3/auto-delete-objects-handler
    """

    cloudformation = "Custom::S3AutoDeleteObjects"

    def create(self) -> None:
        """Do nothing yet."""

    def update(self, properties: Mapping[str, Any]) -> None:
        """Do nothing: another bucket makes another resource of it, and all else means nothing."""

    def delete(self, account_id: str, region_name: str) -> None:  # noqa: ARG002 -- moto's
        """Take all versions of all objects away, if the bucket is there and its tag says that they may go."""
        try:
            bucket = self.s3.get_bucket(self.properties["BucketName"])
        except MissingBucket:
            return
        if self.s3.tagger.get_tag_dict_for_resource(bucket.arn).get(_CLEARED_BY) != "true":
            return
        for name in tuple(bucket.keys):
            for each in tuple(bucket.keys.getlist(name)):
                self.s3.delete_object(bucket.name, name, each.version_id if bucket.is_versioned else None)


class FunctionModel(StackModel):
    """Any other custom resource."""

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,  # noqa: ARG003 -- moto's
        cloudformation_json: Mapping[str, Any],
        account_id: str,  # noqa: ARG003 -- moto's
        region_name: str,  # noqa: ARG003 -- moto's
        **_: Any,
    ) -> Self:
        """Refuse."""
        known = " and ".join(sorted(CUSTOM_MODELS))
        message = (
            f"the local CloudFormation runs no Lambda functions: of custom resources it has {known}, "
            f"not {cloudformation_json['Type']}"
        )
        raise ResourceError(message)

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:  # noqa: ARG003 -- moto's
        """Whether `Fn::GetAtt` may ask for this: a template that is good on AWS is no bad one here."""
        return True


CUSTOM_MODELS: Mapping[str, type[StackModel]] = {
    model.cloudformation: model for model in (AutoDeleteObjectsModel, BucketNotificationsModel)
}


def _filter(rules: list[Mapping[str, str]]) -> dict[str, Any]:
    return {"S3Key": {"FilterRule": [{"Name": rule["Name"].lower(), "Value": rule["Value"]} for rule in rules]}}
