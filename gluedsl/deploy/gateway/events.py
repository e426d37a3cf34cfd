"""EventBridge rules that start workflows, and the buckets whose events they wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from gluedsl import spelling
from gluedsl.deploy.account import AwsError, ObservedRule
from gluedsl.deploy.gateway.singly import by_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gluedsl.deploy.account import SourceState
    from gluedsl.deploy.gateway.connection import Connection
    from gluedsl.model import EventRule

_MISSING = "ResourceNotFoundException"
_NO_BUCKET = frozenset({"NoSuchBucket", "404"})
_CLOSED = frozenset({"AccessDenied", "403", "301", "PermanentRedirect"})


class Rules:
    """Reads and writes rules of the default bus."""

    def __init__(self, connection: Connection) -> None:
        """Work over a connection."""
        self._connection = connection

    def rules(self, names: Collection[str]) -> dict[str, ObservedRule]:
        """Return the rules of these names with their targets and tags, by name; EventBridge gives them one by one."""
        return by_name(names, self._rule)

    def _rule(self, name: str) -> ObservedRule | None:
        events = self._connection.events
        try:
            with self._connection.translated("events"):
                rule = events.describe_rule(Name=name)
                targets = events.list_targets_by_rule(Rule=name)
                tags = events.list_tags_for_resource(ResourceARN=rule["Arn"])["Tags"]
        except AwsError as error:
            if error.code == _MISSING:
                return None
            raise
        return ObservedRule(
            rule=spelling.event_rule_from_api(rule, targets),
            is_enabled=rule.get("State", "ENABLED") != "DISABLED",
            tags={tag["Key"]: tag["Value"] for tag in tags},
        )

    def create(self, rule: EventRule) -> None:
        """Create a rule, then give it its target."""
        self._put(rule, Tags=[{"Key": key, "Value": value} for key, value in rule.tags.items()])

    def update(self, rule: EventRule) -> None:
        """Overwrite a rule and its target."""
        self._put(rule)

    def _put(self, rule: EventRule, **tags: Any) -> None:
        events, workflow = self._connection.events, self._connection.arn("workflow", rule.workflow_name)
        with self._connection.translated("events"):
            events.put_rule(**spelling.event_rule_to_api(rule), **tags)
            answer = events.put_targets(**spelling.event_targets_to_api(rule, workflow=workflow, role=rule.role or ""))
        require_all("PutTargets", answer)

    def delete(self, name: str) -> None:
        """Delete a rule with its targets: EventBridge refuses to delete one that has some."""
        events = self._connection.events
        try:
            with self._connection.translated("events"):
                targets = [target["Id"] for target in events.list_targets_by_rule(Rule=name)["Targets"]]
                if targets:
                    require_all("RemoveTargets", events.remove_targets(Rule=name, Ids=targets))
                events.delete_rule(Name=name)
        except AwsError as error:
            if error.code != _MISSING:
                raise

    def tag(self, name: str, tags: Mapping[str, str]) -> None:
        """Add tags."""
        with self._connection.translated("events"):
            self._connection.events.tag_resource(
                ResourceARN=self._arn(name), Tags=[{"Key": key, "Value": value} for key, value in tags.items()]
            )

    def untag(self, name: str, keys: Sequence[str]) -> None:
        """Take tags away."""
        with self._connection.translated("events"):
            self._connection.events.untag_resource(ResourceARN=self._arn(name), TagKeys=keys)

    def _arn(self, name: str) -> str:
        it = self._connection.identity
        return f"arn:{it.partition}:events:{it.region}:{it.account}:rule/{name}"


def require_all(operation: str, answer: Any) -> None:
    """Refuse an answer that says, without being an error, that not all was done."""
    for failure in answer.get("FailedEntries", []):
        raise AwsError(operation, str(failure.get("ErrorCode", "Unknown")), str(failure.get("ErrorMessage", "")))


class Sources:
    """Reads and writes one setting of buckets: whether their events go to EventBridge."""

    def __init__(self, connection: Connection) -> None:
        """Work over a connection."""
        self._connection = connection

    def state(self, bucket: str) -> SourceState:
        """Say whether a bucket sends its events."""
        try:
            settings = self._settings(bucket)
        except AwsError as error:
            if error.code in _NO_BUCKET:
                return "missing"
            if error.code in _CLOSED:
                return "closed"
            raise
        return "sending" if "EventBridgeConfiguration" in settings else "silent"

    def send(self, bucket: str) -> None:
        """Let a bucket send its events to EventBridge as well.

        S3 takes all settings at once, so those that are there are read right before, and sent back with this one
        (https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html).
        """
        settings = self._settings(bucket) | {"EventBridgeConfiguration": {}}
        with self._connection.translated("s3"):
            self._connection.s3.put_bucket_notification_configuration(
                Bucket=bucket,
                NotificationConfiguration=cast("Any", settings),
                SkipDestinationValidation=True,  # of receivers that were there before, and are not gluedsl's to test
            )

    def _settings(self, bucket: str) -> dict[str, Any]:
        with self._connection.translated("s3"):
            answer: Any = self._connection.s3.get_bucket_notification_configuration(Bucket=bucket)
        return {name: value for name, value in answer.items() if name != "ResponseMetadata"}
