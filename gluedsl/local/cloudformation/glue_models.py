"""`AWS::Glue::Workflow`, `Trigger`, `Job` and `Crawler`: what a stack has of the service's.

Comes in: properties that `properties.checked` has passed. Goes out: calls of the service's own operations, so that a
stack is refused what any client is refused, in Glue's words. The classes answer what moto asks of its models.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Glue.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from gluedsl.local.cloudformation.places import service_of
from gluedsl.local.cloudformation.stack_model import StackModel
from gluedsl.local.service.failure import Code, ServiceError
from gluedsl.spelling import api_members
from gluedsl.spelling.dialects import cfn_to_api

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.local.service.glue import GlueService


class GlueModel(StackModel):
    """One resource of the service's in a stack; each type is a class below."""

    kind: ClassVar[str]
    """As it stands in ARNs."""
    delete_by: ClassVar[str] = "Name"
    """The parameter of its Delete operation."""

    def create(self) -> None:
        """Create it."""
        self.service.handle(f"Create{self.noun()}", self._members(self.properties))

    def update(self, properties: Mapping[str, Any]) -> None:
        """Change what differs."""
        before, members = self._members(self.properties), self._members(properties)
        if _untagged(members) != _untagged(before):
            self._change(members, before)
        self._tag(members.get("Tags", {}), before.get("Tags", {}))

    def delete(self, account_id: str, region_name: str) -> None:  # noqa: ARG002 -- moto's
        """Delete it; that it is gone already is as good.

        "The handler must return NotFound if the resource does not exist", which a deletion takes for its success:
        https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract.html
        """
        try:
            self.service.handle(f"Delete{self.noun()}", {self.delete_by: self.name})
        except ServiceError as error:
            if error.code != Code.ENTITY_NOT_FOUND:
                raise

    @classmethod
    def noun(cls) -> str:
        """Return what its operations call it."""
        return cls.kind.capitalize()

    @property
    def service(self) -> GlueService:
        """The service that has it."""
        return service_of(*self.place)

    def _members(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        """Return properties as the API spells them."""
        return {"Name": self.name} | cfn_to_api(self.cloudformation, properties)

    def _change(self, members: dict[str, Any], before: Mapping[str, Any]) -> None:
        raise NotImplementedError

    def _tag(self, tags: Mapping[str, str], before: Mapping[str, str]) -> None:
        arn = self.service.place.arn(self.kind, self.name)
        if gone := [key for key in before if key not in tags]:
            self.service.handle("UntagResource", {"ResourceArn": arn, "TagsToRemove": gone})
        if changed := {key: value for key, value in tags.items() if before.get(key) != value}:
            self.service.handle("TagResource", {"ResourceArn": arn, "TagsToAdd": changed})


class WorkflowModel(GlueModel):
    """An `AWS::Glue::Workflow`."""

    kind = "workflow"
    cloudformation = "AWS::Glue::Workflow"

    def _change(self, members: dict[str, Any], before: Mapping[str, Any]) -> None:  # noqa: ARG002 -- crawlers need it
        self.service.handle("UpdateWorkflow", _only("UpdateWorkflow", members))


class TriggerModel(GlueModel):
    """An `AWS::Glue::Trigger`."""

    kind = "trigger"
    cloudformation = "AWS::Glue::Trigger"

    def _change(self, members: dict[str, Any], before: Mapping[str, Any]) -> None:  # noqa: ARG002 -- crawlers need it
        # Glue updates no active trigger: https://github.com/hashicorp/terraform-provider-aws/issues/49408.
        name = {"Name": self.name}
        is_active = self.service.handle("GetTrigger", name)["Trigger"]["State"] == "ACTIVATED"
        if is_active:
            self.service.handle("StopTrigger", name)
        update = _only("UpdateTrigger", members)
        update.pop("Name", None)
        try:
            self.service.handle("UpdateTrigger", name | {"TriggerUpdate": update})
        finally:
            if is_active:
                self.service.handle("StartTrigger", name)


class JobModel(GlueModel):
    """An `AWS::Glue::Job`."""

    kind = "job"
    cloudformation = "AWS::Glue::Job"
    delete_by = "JobName"

    def _change(self, members: dict[str, Any], before: Mapping[str, Any]) -> None:  # noqa: ARG002 -- crawlers need it
        self.service.handle("UpdateJob", {"JobName": self.name, "JobUpdate": _only("UpdateJob", members)})


class CrawlerModel(GlueModel):
    """An `AWS::Glue::Crawler`."""

    kind = "crawler"
    cloudformation = "AWS::Glue::Crawler"

    def _change(self, members: dict[str, Any], before: Mapping[str, Any]) -> None:
        # What UpdateCrawler is not told stays as it is: what the template no longer has is set to what it was without.
        emptied = {name: _EMPTY_CRAWLER[name] for name in before if name not in members and name in _EMPTY_CRAWLER}
        self.service.handle("UpdateCrawler", emptied | _only("UpdateCrawler", members))


_EMPTY_CRAWLER: Mapping[str, Any] = {
    "Classifiers": [],
    "Configuration": '{"Version":1.0}',
    "CrawlerSecurityConfiguration": "",
    "DatabaseName": "",
    "Description": "",
    "RecrawlPolicy": {"RecrawlBehavior": "CRAWL_EVERYTHING"},
    "Schedule": "",
    "SchemaChangePolicy": {"UpdateBehavior": "UPDATE_IN_DATABASE", "DeleteBehavior": "DEPRECATE_IN_DATABASE"},
    "TablePrefix": "",
}
"""What Glue takes a crawler to have that says nothing:
https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-crawling.html."""

GLUE_MODELS: Mapping[str, type[GlueModel]] = {
    model.cloudformation: model for model in (CrawlerModel, JobModel, TriggerModel, WorkflowModel)
}


def _untagged(members: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an update is about: `StartOnCreation` is heeded when a trigger is created, and never again."""
    return {name: value for name, value in members.items() if name not in {"Tags", "StartOnCreation"}}


def _only(operation: str, members: Mapping[str, Any]) -> dict[str, Any]:
    allowed = api_members(operation)
    return {name: value for name, value in members.items() if name in allowed}
