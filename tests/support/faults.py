"""boto3 with faults in front of it: calls that kill, that are refused, that are counted."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from gluedsl.deploy.gateway import Gateway
from gluedsl.deploy.gateway.connection import Connection
from tests.support.account import Killed

if TYPE_CHECKING:
    from collections.abc import Callable

Fault = "Callable[[str, dict[str, Any]], tuple[str, str] | None]"

READS = ("Get", "List", "BatchGet", "Head", "Describe")
"""How the names of operations begin that change nothing."""


_PREFIXES = {"glue": "glue", "iam": "iam", "s3": "s3", "events": "events", "resourcegroupstaggingapi": "tag"}


class _Refused:
    """What botocore asks of an answer over HTTP."""

    status_code = 400


class _Answered:
    """The same of one that is no error."""

    status_code = 200


class Wire:
    """What goes over the wire: every call of a gateway, one at a time."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.operations: set[tuple[str, str]] = set()
        """Service, as permissions call it, and operation."""
        self.refuse: Callable[[str, dict[str, Any]], tuple[str, str] | None] = lambda _operation, _request: None
        """Returns code and text of the error that a call is answered with; None: it goes through."""
        self.answers: dict[str, Any] = {}
        """By operation: what it is answered with, instead of being asked."""
        self.last: int | None = None
        """The number of the last call that is made at all, from 0; None: all are."""
        self.is_answered = True
        """Whether the last call is still answered, or killed before it is made."""
        self._lock = threading.Lock()

    def gateway(self) -> Gateway:
        """Return a gateway over this wire, to wherever the environment leads."""
        connection = Connection(profile=None, region=None, endpoint_url=None)
        s3 = (connection.s3, connection.s3_brief)
        for client in (connection.glue, connection.iam, *s3, connection.events, connection.tagging):
            client.meta.events.register("before-call", self._before)
            client.meta.events.register("after-call", self._after)
        return Gateway(connection)

    def _before(self, model: Any, params: dict[str, Any], context: dict[str, Any], **_: object) -> Any:
        with self._lock:
            number = len(self.calls)
            if self.last is not None and (number > self.last or (number == self.last and not self.is_answered)):
                raise Killed
            self.calls.append(model.name)
            self.operations.add((_PREFIXES[model.service_model.service_name], model.name))
            context["number"] = number
            error = self.refuse(model.name, params)
        if model.name in self.answers:
            return _Answered(), self.answers[model.name]
        if error is None:
            return None
        code, text = error
        return _Refused(), {"Error": {"Code": code, "Message": text}, "ResponseMetadata": {"RetryAttempts": 0}}

    def _after(self, context: dict[str, Any], **_: object) -> None:
        if self.last is not None and context["number"] >= self.last:
            raise Killed

    @property
    def writes(self) -> list[str]:
        """The calls that change something."""
        return [name for name in self.calls if not name.startswith(READS)]


def contents(session: Any) -> dict[str, Any]:
    """Return everything that a deployment makes, to be compared: without times, and without what a stop leaves.

    Of buckets with every version that they keep.
    """
    glue, iam, events = session.client("glue"), session.client("iam"), session.client("events")
    names = glue.list_workflows()["Workflows"]
    found: dict[str, Any] = {
        f"{kind} {its['Name']}": _lasting(its)
        for kind, those in (
            ("workflow", glue.batch_get_workflows(Names=names)["Workflows"] if names else []),
            ("trigger", glue.get_triggers()["Triggers"]),
            ("job", glue.get_jobs()["Jobs"]),
            ("crawler", glue.get_crawlers()["Crawlers"]),
        )
        for its in those
    }
    pages = session.client("resourcegroupstaggingapi").get_paginator("get_resources").paginate()
    for resource in (one for page in pages for one in page["ResourceTagMappingList"]):
        if ":glue:" in resource["ResourceARN"] or ":events:" in resource["ResourceARN"]:
            found[resource["ResourceARN"]] = {tag["Key"]: tag["Value"] for tag in resource["Tags"]}
    for role in iam.list_roles()["Roles"]:
        name = role["RoleName"]
        policies = iam.list_role_policies(RoleName=name)["PolicyNames"]
        documents = [iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"] for policy in policies]
        found[f"role {name}"] = (role["AssumeRolePolicyDocument"], documents, iam.list_role_tags(RoleName=name)["Tags"])
    for rule in events.list_rules()["Rules"]:
        found[f"rule {rule['Name']}"] = (rule, events.list_targets_by_rule(Rule=rule["Name"])["Targets"])
    return found | _stored(session.client("s3"))


def _stored(s3: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for bucket in s3.list_buckets()["Buckets"]:
        name = bucket["Name"]
        found[f"bucket {name}"] = s3.get_bucket_versioning(Bucket=name).get("Status")
        page = s3.list_object_versions(Bucket=name)
        assert not page["IsTruncated"]
        for its in (*page.get("Versions", []), *page.get("DeleteMarkers", [])):
            found.setdefault(f"file {its['Key']}", []).append(its.get("ETag", "deleted"))
    return found


def _lasting(its: dict[str, Any]) -> dict[str, Any]:
    plain = {member: value for member, value in its.items() if member not in _PASSING}
    return plain | ({"State": "CREATED"} if plain.get("State") == "DEACTIVATED" else {})


def runs(session: Any) -> list[str]:
    """Return the runs that were started, by whatever."""
    glue = session.client("glue")
    workflows = glue.list_workflows()["Workflows"]
    return [run["WorkflowRunId"] for name in workflows for run in glue.get_workflow_runs(Name=name)["Runs"]]


_PASSING = {"CreatedOn", "LastModifiedOn", "CreationTime", "LastUpdated", "Version", "LastRun", "MaxCapacity"}
