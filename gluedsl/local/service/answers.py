"""How a definition looks in an answer of the API, with the defaults that Glue fills in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.spelling import trigger_from_api, workflow_from_api

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.local.service.definitions import Definition, Definitions
    from gluedsl.model import Trigger, Workflow

_TARGETS = (
    "S3Targets", "JdbcTargets", "MongoDBTargets", "DynamoDBTargets", "CatalogTargets", "DeltaTargets",
    "IcebergTargets", "HudiTargets",
)  # fmt: skip


def workflow(definition: Definition) -> dict[str, Any]:
    """Return the members of `Workflow` that do not depend on runs."""
    return definition.payload | {"CreatedOn": definition.created_on, "LastModifiedOn": definition.modified_on}


def trigger(definition: Definition) -> dict[str, Any]:
    """Return a `Trigger`."""
    return definition.payload | {"State": definition.state}


def job(definition: Definition) -> dict[str, Any]:
    """Return a `Job`."""
    return definition.payload | {"CreatedOn": definition.created_on, "LastModifiedOn": definition.modified_on}


def with_job_defaults(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a job's payload with what Glue fills in and documents.

    https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html. A default `GlueVersion` is not among it:
    AWS's pages name different ones.
    """
    filled: dict[str, Any] = {"JobMode": "SCRIPT", "ExecutionProperty": {"MaxConcurrentRuns": 1}, "MaxRetries": 0}
    kind = payload["Command"]["Name"]
    if kind != "gluestreaming":
        filled["Timeout"] = 480 if _is_glue_5(payload) and kind != "pythonshell" else 2880
    if kind == "pythonshell":
        filled["MaxCapacity"] = 0.0625
    return filled | dict(payload)


def _is_glue_5(payload: Mapping[str, Any]) -> bool:
    major = payload.get("GlueVersion", "").partition(".")[0]
    return major == "auto" or (major.isdigit() and int(major) >= 5)  # noqa: PLR2004 -- Glue 5 lowered the default


def with_crawler_defaults(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a crawler's payload with what Glue fills in and documents.

    https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-crawling.html.
    """
    filled: dict[str, Any] = {
        "Classifiers": [],
        "RecrawlPolicy": {"RecrawlBehavior": "CRAWL_EVERYTHING"},
        "SchemaChangePolicy": {"UpdateBehavior": "UPDATE_IN_DATABASE", "DeleteBehavior": "DEPRECATE_IN_DATABASE"},
        "LineageConfiguration": {"CrawlerLineageSettings": "DISABLE"},
    }
    for member, default in filled.items():
        given = payload.get(member)
        filled[member] = default | given if isinstance(default, dict) and isinstance(given, dict) else given or default
    return dict(payload) | filled


def crawler(definition: Definition) -> dict[str, Any]:
    """Return the members of `Crawler` that do not depend on crawls."""
    answer = definition.payload | {
        "CreationTime": definition.created_on,
        "LastUpdated": definition.modified_on,
        "Version": definition.version,
        "Targets": {member: definition.payload["Targets"].get(member, []) for member in _TARGETS},
    }
    if "Schedule" in answer:
        answer["Schedule"] = {"ScheduleExpression": answer["Schedule"], "State": definition.state}
    return answer


def design(definitions: Definitions, workflow_name: str) -> Workflow:
    """Return a workflow as it stands now, with its triggers, the activated ones enabled."""
    triggers = tuple(trigger_from_api(trigger(t)) for t in definitions.triggers_of(workflow_name))
    return workflow_from_api(definitions.workflow(workflow_name).payload, triggers)


def standalone_triggers(definitions: Definitions) -> tuple[Trigger, ...]:
    """Return the triggers that belong to no workflow."""
    return tuple(trigger_from_api(trigger(t)) for t in definitions.triggers_of(None))
