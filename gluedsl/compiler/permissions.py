"""What the jobs and crawlers of one role need, as statements of a policy; no more.

Comes in: jobs, crawlers, and what their author spells out. Goes out: statements that name what they allow wherever its
name is known. What cannot be known stays out: code that builds its paths from parts needs a role of its author's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gluedsl.compiler.spelled import actions, arguments, serving, spelled_out
from gluedsl.model import Statement, StatementCondition
from gluedsl.targets import CatalogTarget, DeltaTarget, DynamoDBTarget, HudiTarget, IcebergTarget, S3Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from gluedsl.compiler.spelled import Spelled, Table
    from gluedsl.model import Crawler, Job, Project
    from gluedsl.targets import Target

_URI = re.compile(r"s3[an]?://([a-z0-9][a-z0-9.-]+)(/[^\s'\"{}*?,;]*)?")
"""A comma or semicolon may be in a key, or stand before the next URI: what comes behind it is left to a wildcard."""

_TABLE_READS = (
    "glue:BatchGetPartition",
    "glue:GetDatabase",
    "glue:GetPartition",
    "glue:GetPartitions",
    "glue:GetTable",
    "glue:GetTables",
)
_TABLE_WRITES = (
    "glue:BatchCreatePartition",
    "glue:BatchUpdatePartition",
    "glue:CreateTable",
    "glue:UpdatePartition",
    "glue:UpdateTable",
)
_CRAWLER_WRITES = (
    "glue:BatchDeletePartition",
    "glue:BatchDeleteTable",
    "glue:DeleteTable",
    # https://docs.aws.amazon.com/glue/latest/dg/crawler-configure-partition-indexes.html: unless it is told otherwise.
    "glue:CreatePartitionIndex",
    "glue:GetPartitionIndexes",
)
_QUEUE_ACTIONS = (
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ListDeadLetterSourceQueues",
    "sqs:ListQueueTags",
    "sqs:PurgeQueue",
    "sqs:ReceiveMessage",
    "sqs:SetQueueAttributes",
)
"""https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-event-notifications.html"""
_NETWORK_READS = (
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcAttribute",
    "ec2:DescribeVpcEndpoints",
)
_METRICS = ("--enable-metrics", "--enable-observability-metrics")
_LAKE_FORMATION = "--enable-lakeformation-fine-grained-access"


def permissions(
    jobs: list[Job], crawlers: list[Crawler], project: Project, bodies: Mapping[str, Path]
) -> tuple[Statement, ...]:
    """Return what jobs and crawlers of one role need; `bodies` has the files of functions, by the job's name."""
    spelled = spelled_out(jobs, project, bodies)
    given = tuple(arguments(jobs, project))
    named = {job.security_configuration for job in jobs}
    named |= {action.security_configuration for action in actions(jobs, project)}
    named |= {crawler.security_configuration for crawler in crawlers}
    configurations = sorted(name for name in named if name)
    return (
        _logs(given, configurations),
        *(_job_statements(jobs, project) if jobs else ()),
        *_data_statements(spelled, crawlers),
        *_catalog_statements(spelled, crawlers),
        *_dynamodb_statements(crawlers),
        *_connection_statements(jobs, crawlers),
        *_queue_statements(crawlers),
        *_switched_statements(given, crawlers),
        *_security_statements(has_configurations=bool(configurations)),
    )


def statement(
    sid: str, allowed: Iterable[str], resources: Iterable[str], conditions: tuple[StatementCondition, ...] = ()
) -> Statement:
    """Return a statement; what is named twice is in it once."""
    return Statement(sid=sid, actions=tuple(allowed), resources=tuple(dict.fromkeys(resources)), conditions=conditions)


def _of(service: str, resource: str) -> str:
    return f"arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}"


def _glue(resource: str) -> str:
    return _of("glue", resource)


def _s3(resource: str) -> str:
    return f"arn:${{AWS::Partition}}:s3:::{resource}"


def _logs(given: Iterable[tuple[str, str]], configurations: list[str]) -> Statement:
    """https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html.

    https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging-enable.html, for Glue 4.0 and before.
    """
    groups = ["/aws-glue/*"]
    for key, value in sorted(given):
        if key == "--custom-logGroup-prefix":
            groups.append(f"{value}/*")
        elif key == "--continuous-log-logGroup":
            for group in (value, *(f"{value}-{name}" for name in configurations)):
                groups += [group, f"{group}:*"]
    allowed = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    if configurations:
        allowed.insert(0, "logs:AssociateKmsKey")
    return statement("Logs", allowed, (_of("logs", f"log-group:{group}") for group in groups))


def _job_statements(jobs: list[Job], project: Project) -> Iterator[Statement]:
    yield statement("Scripts", ("s3:GetObject",), (_s3("${ScriptBucket}/gluedsl/*"),))
    workflows = [_glue(f"workflow/{workflow.name}") for workflow in serving(jobs, project)]
    if workflows:
        allowed = ("glue:GetWorkflowRun", "glue:GetWorkflowRunProperties", "glue:PutWorkflowRunProperties")
        yield statement("RunProperties", allowed, workflows)


def _data_statements(spelled: Spelled, crawlers: list[Crawler]) -> Iterator[Statement]:
    crawled = {uri for crawler in crawlers for target in crawler.targets for uri in _paths(target)}
    places = _places(spelled.data | spelled.files | crawled)
    if not places:
        return
    yield statement("ListData", ("s3:ListBucket", "s3:GetBucketLocation"), (_s3(bucket) for bucket, _ in places))
    yield statement("ReadData", ("s3:GetObject",), map(_below, places))
    if written := _places(spelled.data):
        yield statement("WriteData", ("s3:PutObject", "s3:DeleteObject"), map(_below, written))
    # "you must have Read/Write permissions": https://docs.aws.amazon.com/glue/latest/dg/crawler-prereqs.html
    delta = {uri for crawler in crawlers for t in crawler.targets if isinstance(t, DeltaTarget) for uri in t.tables}
    if delta:
        yield statement("WriteDelta", ("s3:PutObject",), map(_below, _places(delta)))


def _below(place: tuple[str, str]) -> str:
    return _s3(f"{place[0]}{place[1]}*")


def _places(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return bucket and prefix of every URI in texts, each once."""
    return sorted({(match[1], match[2] or "/") for text in texts for match in _URI.finditer(text)})


def _paths(target: Target) -> tuple[str, ...]:
    match target:
        case S3Target(path=path):
            return (path,)
        case DeltaTarget(tables=paths) | IcebergTarget(paths=paths) | HudiTarget(paths=paths):
            return paths
        case _:
            return ()


def _catalog_statements(spelled: Spelled, crawlers: list[Crawler]) -> Iterator[Statement]:
    databases = {c.database for c in crawlers if c.database}
    databases |= {t.database for c in crawlers for t in c.targets if isinstance(t, CatalogTarget)}
    if databases:
        resources = [_glue("catalog")]
        for database in sorted(databases):
            resources += [_glue(f"database/{database}"), _glue(f"table/{database}/*")]
        yield statement("Catalog", sorted((*_TABLE_READS, *_TABLE_WRITES, *_CRAWLER_WRITES)), resources)
    if spelled.tables:
        yield statement("ReadTables", _TABLE_READS, _tables(spelled.tables))
    if spelled.written_tables:
        yield statement("WriteTables", _TABLE_WRITES, _tables(spelled.written_tables))


def _tables(tables: Iterable[Table]) -> Iterator[str]:
    yield _glue("catalog")
    for table in sorted(tables):
        yield _glue(f"database/{table.database}")
        yield _glue(f"table/{table.database}/{table.name}")


def _dynamodb_statements(crawlers: list[Crawler]) -> Iterator[Statement]:
    tables = sorted({t.table for c in crawlers for t in c.targets if isinstance(t, DynamoDBTarget)})
    if tables:
        arns = (_of("dynamodb", f"table/{table}") for table in tables)
        yield statement("DynamoDB", ("dynamodb:DescribeTable", "dynamodb:Scan"), arns)


def _connection_statements(jobs: list[Job], crawlers: list[Crawler]) -> Iterator[Statement]:
    """What a connection is of is not known here: it may be of a network, in which Glue then makes interfaces.

    The actions are those of AWS's own policy for the role of a job or crawler, which allows them with everything:
    https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSGlueServiceRole.html
    """
    names = {name for job in jobs for name in job.connections}
    names |= {
        name for c in crawlers for target in c.targets if (name := getattr(target, "connection", None)) is not None
    }
    if not names:
        return
    resources = [_glue("catalog"), *(_glue(f"connection/{name}") for name in sorted(names))]
    yield statement("Connections", ("glue:GetConnection",), resources)
    # IAM knows no resources for these:
    # https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
    yield statement("Network", _NETWORK_READS, ("*",))
    interfaces = _of("ec2", "network-interface/*")
    # Subnets and security groups of a VPC that is shared are in its owner's account.
    shared = (f"arn:${{AWS::Partition}}:ec2:${{AWS::Region}}:*:{kind}/*" for kind in ("security-group", "subnet"))
    allowed = ("ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface")
    yield statement("NetworkInterfaces", allowed, (interfaces, *shared))
    only = StatementCondition(
        operator="ForAllValues:StringEquals", key="aws:TagKeys", values=("aws-glue-service-resource",)
    )
    yield statement("NetworkTags", ("ec2:CreateTags", "ec2:DeleteTags"), (interfaces,), (only,))


def _queue_statements(crawlers: list[Crawler]) -> Iterator[Statement]:
    targets = [target for c in crawlers for target in c.targets if isinstance(target, (S3Target, CatalogTarget))]
    queues = {arn for target in targets for arn in (target.event_queue_arn, target.dlq_event_queue_arn) if arn}
    if queues:
        yield statement("Queues", _QUEUE_ACTIONS, sorted(queues))


def _switched_statements(given: Iterable[tuple[str, str]], crawlers: list[Crawler]) -> Iterator[Statement]:
    """What is asked for by a switch; an action that IAM knows no resources for is allowed with all."""
    switched = {key for key, value in given if value.lower() != "false"}
    if not switched.isdisjoint(_METRICS):
        # https://docs.aws.amazon.com/glue/latest/dg/monitoring-awsglue-with-cloudwatch-metrics.html
        only = StatementCondition(operator="StringEquals", key="cloudwatch:namespace", values=("Glue",))
        yield statement("Metrics", ("cloudwatch:PutMetricData",), ("*",), (only,))
    # https://docs.aws.amazon.com/glue/latest/dg/security-lf-enable.html
    is_governed = _LAKE_FORMATION in switched
    # https://docs.aws.amazon.com/glue/latest/dg/crawler-lf-integ.html
    settings = [crawler.extra.get("LakeFormationConfiguration") for crawler in crawlers]
    is_governed |= any(isinstance(each, dict) and each.get("UseLakeFormationCredentials") is True for each in settings)
    if is_governed:
        yield statement("LakeFormation", ("lakeformation:GetDataAccess",), ("*",))


def _security_statements(*, has_configurations: bool) -> Iterator[Statement]:
    if has_configurations:
        # https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsglue.html: it has no resources.
        yield statement("SecurityConfigurations", ("glue:GetSecurityConfiguration",), ("*",))
