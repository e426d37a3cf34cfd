"""Workflows, jobs, crawlers and triggers through Glue's API, and their tags."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from gluedsl import spelling
from gluedsl.deploy.account import PARALLEL, AwsError, ObservedTrigger
from gluedsl.deploy.gateway.singly import by_name
from gluedsl.deploy.resources import PlacedTrigger
from gluedsl.errors import InternalError
from gluedsl.model import Crawler, Job, Workflow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from mypy_boto3_glue.type_defs import (
        CrawlerTypeDef,
        JobTypeDef,
        PaginatorConfigTypeDef,
        TriggerTypeDef,
        WorkflowTypeDef,
    )

    from gluedsl.deploy.gateway.connection import Connection
    from gluedsl.deploy.resources import ResourceType

Item = TypeVar("Item")

_WORKFLOWS_AT_ONCE = 25
_AT_ONCE = 100
"""Names in one batch: 25 workflows and 100 crawlers are what the API's model allows
(https://docs.aws.amazon.com/glue/latest/webapi/API_BatchGetCrawlers.html); of jobs and triggers it names no limit."""

_LARGE_PAGE = 1000
_LARGE_PAGES: PaginatorConfigTypeDef = {"PageSize": _LARGE_PAGE}
_PAGES: PaginatorConfigTypeDef = {"PageSize": 200}
"""The largest pages: of jobs and crawlers, and of triggers
(https://docs.aws.amazon.com/glue/latest/webapi/API_ListTriggers.html)."""

KINDS: dict[ResourceType, str] = {
    "AWS::Glue::Workflow": "workflow",
    "AWS::Glue::Trigger": "trigger",
    "AWS::Glue::Job": "job",
    "AWS::Glue::Crawler": "crawler",
}
"""In ARNs."""

GlueDefinition = Workflow | Job | Crawler | PlacedTrigger


class GlueDefinitions:
    """Reads and writes definitions."""

    def __init__(self, connection: Connection) -> None:
        """Work over a connection."""
        self._connection = connection
        self._glue = connection.glue

    def workflows(self, names: Collection[str]) -> list[Workflow]:
        """Return the workflows of these names."""

        def get(batch: list[str]) -> list[WorkflowTypeDef]:
            return self._glue.batch_get_workflows(Names=batch)["Workflows"]

        return [spelling.workflow_from_api(data) for data in self._in_batches(names, _WORKFLOWS_AT_ONCE, get)]

    def jobs(self, names: Collection[str]) -> list[Job]:
        """Return the jobs of these names."""

        def get(batch: list[str]) -> list[JobTypeDef]:
            return self._glue.batch_get_jobs(JobNames=batch)["Jobs"]

        return [spelling.job_from_api(data) for data in self._in_batches(names, _AT_ONCE, get)]

    def crawlers(self, names: Collection[str]) -> list[Crawler]:
        """Return the crawlers of these names."""

        def get(batch: list[str]) -> list[CrawlerTypeDef]:
            return self._glue.batch_get_crawlers(CrawlerNames=batch)["Crawlers"]

        return [spelling.crawler_from_api(data) for data in self._in_batches(names, _AT_ONCE, get)]

    def triggers(self, names: Collection[str]) -> list[ObservedTrigger]:
        """Return the triggers of these names."""

        def get(batch: list[str]) -> list[TriggerTypeDef]:
            return self._glue.batch_get_triggers(TriggerNames=batch)["Triggers"]

        return [_observed(data) for data in self._in_batches(names, _AT_ONCE, get)]

    def _in_batches(self, names: Collection[str], size: int, get: Callable[[list[str]], list[Item]]) -> list[Item]:
        """Return what is got of names, in batches; several batches at once."""
        rest = sorted(names)
        batches = [rest[first : first + size] for first in range(0, len(rest), size)]

        def translated(batch: list[str]) -> list[Item]:
            with self._connection.translated("glue"):
                return get(batch)

        if len(batches) <= 1:
            return [item for batch in batches for item in translated(batch)]
        with ThreadPoolExecutor(PARALLEL) as pool:
            return [item for found in pool.map(translated, batches) for item in found]

    def every_trigger(self) -> list[ObservedTrigger]:
        """Return all triggers."""
        with self._connection.translated("glue"):
            pages = list(self._glue.get_paginator("get_triggers").paginate(PaginationConfig=_PAGES))
        return [_observed(data) for page in pages for data in page["Triggers"]]

    def tagged(self, resource: ResourceType, wanted: Mapping[str, str]) -> list[str]:
        """Return the names of what has these tags."""
        with self._connection.translated("glue"):
            match resource:
                case "AWS::Glue::Job":
                    jobs = self._glue.get_paginator("list_jobs").paginate(Tags=wanted, PaginationConfig=_LARGE_PAGES)
                    return [name for page in jobs for name in page["JobNames"]]
                case "AWS::Glue::Trigger":
                    triggers = self._glue.get_paginator("list_triggers").paginate(Tags=wanted, PaginationConfig=_PAGES)
                    return [name for page in triggers for name in page["TriggerNames"]]
                case "AWS::Glue::Crawler":
                    return list(self._crawlers_tagged(wanted))
                case _:
                    message = f"{resource} cannot be found by its tags"
                    raise InternalError(message)

    def _crawlers_tagged(self, wanted: Mapping[str, str]) -> Iterator[str]:
        answer = self._glue.list_crawlers(Tags=wanted, MaxResults=_LARGE_PAGE)
        yield from answer.get("CrawlerNames", [])
        while token := answer.get("NextToken"):
            answer = self._glue.list_crawlers(Tags=wanted, MaxResults=_LARGE_PAGE, NextToken=token)
            yield from answer.get("CrawlerNames", [])

    def tags(self, resource: ResourceType, names: Collection[str]) -> dict[str, Mapping[str, str]]:
        """Return the tags of each. Glue has no batch for this, so several are asked for at once."""
        return by_name(names, lambda name: self._tags(self._arn(resource, name)))

    def _tags(self, arn: str) -> Mapping[str, str]:
        try:
            with self._connection.translated("glue"):
                return self._glue.get_tags(ResourceArn=arn)["Tags"]
        except AwsError as error:
            if error.code == "EntityNotFoundException":  # gone since it was seen
                return {}
            raise

    def _arn(self, resource: ResourceType, name: str) -> str:
        return self._connection.arn(KINDS[resource], name)

    def create(self, definition: GlueDefinition) -> None:
        """Create it, with its tags."""
        with self._connection.translated("glue"):
            match definition:
                case Workflow():
                    self._glue.create_workflow(**spelling.workflow_to_api(definition))
                case Job():
                    self._glue.create_job(**spelling.job_to_api(definition))
                case Crawler():
                    self._glue.create_crawler(**spelling.crawler_to_api(definition))
                case PlacedTrigger():
                    self._glue.create_trigger(**spelling.trigger_to_api(definition.trigger, definition.workflow))

    def update(self, definition: GlueDefinition) -> None:
        """Overwrite it."""
        with self._connection.translated("glue"):
            match definition:
                case Workflow():
                    self._glue.update_workflow(**spelling.workflow_update_to_api(definition))
                case Job():
                    self._glue.update_job(**spelling.job_update_to_api(definition))
                case Crawler():
                    self._glue.update_crawler(**spelling.crawler_update_to_api(definition))
                case PlacedTrigger():
                    self._glue.update_trigger(**spelling.trigger_update_to_api(definition.trigger))

    def delete(self, resource: ResourceType, name: str) -> None:
        """Delete it; fine if it is gone."""
        try:
            self._delete(resource, name)
        except AwsError as error:
            if error.code != "EntityNotFoundException":
                raise

    def _delete(self, resource: ResourceType, name: str) -> None:
        with self._connection.translated("glue"):
            match resource:
                case "AWS::Glue::Workflow":
                    self._glue.delete_workflow(Name=name)
                case "AWS::Glue::Job":
                    self._glue.delete_job(JobName=name)
                case "AWS::Glue::Crawler":
                    self._glue.delete_crawler(Name=name)
                case "AWS::Glue::Trigger":
                    self._glue.delete_trigger(Name=name)
                case _:
                    message = f"{resource} is not Glue's to delete"
                    raise InternalError(message)

    def tag(self, resource: ResourceType, name: str, tags: Mapping[str, str]) -> None:
        """Add tags."""
        with self._connection.translated("glue"):
            self._glue.tag_resource(ResourceArn=self._arn(resource, name), TagsToAdd=tags)

    def untag(self, resource: ResourceType, name: str, keys: Sequence[str]) -> None:
        """Take tags away."""
        with self._connection.translated("glue"):
            self._glue.untag_resource(ResourceArn=self._arn(resource, name), TagsToRemove=keys)

    def start_trigger(self, name: str) -> None:
        """Activate a trigger."""
        with self._connection.translated("glue"):
            self._glue.start_trigger(Name=name)

    def stop_trigger(self, name: str) -> None:
        """Deactivate a trigger."""
        with self._connection.translated("glue"):
            self._glue.stop_trigger(Name=name)


def _observed(data: TriggerTypeDef) -> ObservedTrigger:
    return ObservedTrigger(
        trigger=spelling.trigger_from_api(data), workflow=data.get("WorkflowName"), state=data.get("State", "CREATED")
    )
