"""The tables: for each class of the model, what AWS calls its attributes.

Sources: the service model of Glue (https://docs.aws.amazon.com/glue/latest/webapi/API_Operations.html) and the
CloudFormation registry schemas of `AWS::Glue::*`
(https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Glue.html).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gluedsl.errors import InternalError
from gluedsl.model import Action, Condition, Crawler, EventBatching, Job, Predicate, RemoteScript, Trigger, Workflow
from gluedsl.spelling.codec import ByClass, Many, Reference, Shape, TextMap, Texts, spell
from gluedsl.targets import (
    CatalogTarget,
    DeltaTarget,
    DynamoDBTarget,
    HudiTarget,
    IcebergTarget,
    JdbcTarget,
    MongoDBTarget,
    S3Target,
)

if TYPE_CHECKING:
    from gluedsl.spelling.codec import Dialect


@dataclass(frozen=True, slots=True)
class Script:
    """A job's code, which AWS knows only as an object in S3."""

    def encode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return the object's URI."""
        match value:
            case RemoteScript(uri=uri):
                return uri
            case _:
                message = f"a job is spelled before its code is in S3: {value}"
                raise InternalError(message)

    def decode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return the script."""
        return RemoteScript(uri=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """What a trigger says in a template beside its definition."""

    workflow_name: str | None = None
    start_on_creation: bool | None = None


@dataclass(frozen=True, slots=True)
class CronText:
    """A crawler's schedule; `GetCrawler` answers with a structure where `CreateCrawler` takes a text."""

    def encode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return the text."""
        return value

    def decode(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- the protocol's
        """Return the text."""
        return value.get("ScheduleExpression") if isinstance(value, dict) else value


TEXTS = Texts()
TEXT_MAP = TextMap()

WORKFLOW = Shape(
    Workflow,
    (
        spell("name", "Name", missing=""),
        spell("description", "Description"),
        spell("default_run_properties", "DefaultRunProperties", TEXT_MAP),
        spell("max_concurrent_runs", "MaxConcurrentRuns"),
        spell("tags", "Tags", TEXT_MAP),
    ),
)

ACTION = Shape(
    Action,
    (
        spell("job_name", "JobName", Reference("job")),
        spell("crawler_name", "CrawlerName", Reference("crawler")),
        spell("arguments", "Arguments", TEXT_MAP),
        spell("timeout_minutes", "Timeout"),
        spell("security_configuration", "SecurityConfiguration"),
        spell("notify_delay_after_minutes", "NotificationProperty.NotifyDelayAfter"),
    ),
)

CONDITION = Shape(
    Condition,
    (
        # Optional in the API's model, yet refused when absent: "Logical operator cannot be null or empty"
        # (https://github.com/aws/aws-cdk/issues/34652).
        spell("logical_operator", "LogicalOperator", unset="EQUALS", missing=None),
        spell("job_name", "JobName", Reference("job")),
        spell("state", "State"),
        spell("crawler_name", "CrawlerName", Reference("crawler")),
        spell("crawl_state", "CrawlState"),
    ),
)

PREDICATE = Shape(
    Predicate,
    (
        # Required with several conditions, harmless with one.
        spell("logical", "Logical", unset="AND", missing=None),
        spell("conditions", "Conditions", Many(CONDITION), required=True),
    ),
)

EVENT_BATCHING = Shape(
    EventBatching,
    (
        spell("batch_size", "BatchSize"),
        spell("batch_window_seconds", "BatchWindow"),
    ),
)

# `enabled` is not here: what becomes of it hangs on the trigger's type (`Trigger.wants_activation`).
TRIGGER = Shape(
    Trigger,
    (
        spell("name", "Name", missing=""),
        spell("type", "Type", missing=""),
        spell("description", "Description"),
        spell("schedule", "Schedule"),
        spell("predicate", "Predicate", PREDICATE),
        spell("event_batching", "EventBatchingCondition", EVENT_BATCHING),
        spell("actions", "Actions", Many(ACTION), required=True),
        spell("tags", "Tags", TEXT_MAP),
    ),
)

PLACEMENT = Shape(
    Placement,
    (
        spell("workflow_name", "WorkflowName", Reference("workflow")),
        spell("start_on_creation", "StartOnCreation"),
    ),
)

JOB = Shape(
    Job,
    (
        spell("name", "Name", missing=""),
        spell("description", "Description"),
        spell("role", "Role", Reference("role"), missing=None),
        spell("kind", "Command.Name", missing=""),
        spell("code", "Command.ScriptLocation", Script(), missing=RemoteScript(uri="")),
        spell("python_version", "Command.PythonVersion"),
        spell("runtime", "Command.Runtime"),
        spell("glue_version", "GlueVersion"),
        spell("worker_type", "WorkerType"),
        spell("workers", "NumberOfWorkers"),
        spell("max_capacity", "MaxCapacity"),
        spell("timeout_minutes", "Timeout"),
        spell("max_retries", "MaxRetries"),
        spell("max_concurrent_runs", "ExecutionProperty.MaxConcurrentRuns"),
        spell("execution_class", "ExecutionClass"),
        spell("job_run_queuing_enabled", "JobRunQueuingEnabled"),
        spell("maintenance_window", "MaintenanceWindow"),
        spell("security_configuration", "SecurityConfiguration"),
        spell("notify_delay_after_minutes", "NotificationProperty.NotifyDelayAfter"),
        spell("connections", "Connections.Connections", TEXTS),
        spell("default_arguments", "DefaultArguments", TEXT_MAP),
        spell("non_overridable_arguments", "NonOverridableArguments", TEXT_MAP),
        spell("tags", "Tags", TEXT_MAP),
    ),
)

S3_TARGET = Shape(
    S3Target,
    (
        spell("path", "Path", missing=""),
        spell("exclusions", "Exclusions", TEXTS),
        spell("connection", "ConnectionName"),
        spell("sample_size", "SampleSize"),
        spell("event_queue_arn", "EventQueueArn"),
        spell("dlq_event_queue_arn", "DlqEventQueueArn"),
    ),
)

JDBC_TARGET = Shape(
    JdbcTarget,
    (
        spell("connection", "ConnectionName", missing=""),
        spell("path", "Path", missing=""),
        spell("exclusions", "Exclusions", TEXTS),
        spell("additional_metadata", "EnableAdditionalMetadata", TEXTS),
    ),
)

MONGODB_TARGET = Shape(
    MongoDBTarget,
    (
        spell("connection", "ConnectionName", missing=""),
        spell("path", "Path", missing=""),
        spell("scan_all", "ScanAll", cfn=None),
    ),
)

DYNAMODB_TARGET = Shape(
    DynamoDBTarget,
    (
        spell("table", "Path", missing=""),
        spell("scan_all", "scanAll", cfn="ScanAll"),
        spell("scan_rate", "scanRate", cfn="ScanRate"),
    ),
)

CATALOG_TARGET = Shape(
    CatalogTarget,
    (
        spell("database", "DatabaseName", missing=""),
        spell("tables", "Tables", TEXTS, required=True, missing=()),
        spell("connection", "ConnectionName"),
        spell("event_queue_arn", "EventQueueArn"),
        spell("dlq_event_queue_arn", "DlqEventQueueArn"),
    ),
)

DELTA_TARGET = Shape(
    DeltaTarget,
    (
        spell("tables", "DeltaTables", TEXTS, missing=()),
        spell("connection", "ConnectionName"),
        spell("write_manifest", "WriteManifest"),
        spell("create_native_table", "CreateNativeDeltaTable"),
    ),
)

ICEBERG_TARGET = Shape(
    IcebergTarget,
    (
        spell("paths", "Paths", TEXTS, missing=()),
        spell("connection", "ConnectionName"),
        spell("exclusions", "Exclusions", TEXTS),
        spell("maximum_traversal_depth", "MaximumTraversalDepth"),
    ),
)

HUDI_TARGET = Shape(
    HudiTarget,
    (
        spell("paths", "Paths", TEXTS, missing=()),
        spell("connection", "ConnectionName"),
        spell("exclusions", "Exclusions", TEXTS),
        spell("maximum_traversal_depth", "MaximumTraversalDepth"),
    ),
)

TARGETS = ByClass(
    {
        "S3Targets": S3_TARGET,
        "JdbcTargets": JDBC_TARGET,
        "MongoDBTargets": MONGODB_TARGET,
        "DynamoDBTargets": DYNAMODB_TARGET,
        "CatalogTargets": CATALOG_TARGET,
        "DeltaTargets": DELTA_TARGET,
        "IcebergTargets": ICEBERG_TARGET,
        "HudiTargets": HUDI_TARGET,
    }
)

CRAWLER = Shape(
    Crawler,
    (
        spell("name", "Name", missing=""),
        spell("description", "Description"),
        spell("role", "Role", Reference("role"), missing=None),
        spell("targets", "Targets", TARGETS, required=True, missing=()),
        spell("database", "DatabaseName"),
        spell("schedule", "Schedule", CronText(), cfn="Schedule.ScheduleExpression"),
        spell("classifiers", "Classifiers", TEXTS),
        spell("table_prefix", "TablePrefix"),
        spell("update_behavior", "SchemaChangePolicy.UpdateBehavior"),
        spell("delete_behavior", "SchemaChangePolicy.DeleteBehavior"),
        spell("recrawl_behavior", "RecrawlPolicy.RecrawlBehavior"),
        spell("configuration", "Configuration"),
        spell("security_configuration", "CrawlerSecurityConfiguration"),
        spell("tags", "Tags", TEXT_MAP),
    ),
)
