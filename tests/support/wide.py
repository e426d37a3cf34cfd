"""One project that says everything CloudFormation can say: each kind of job, target, trigger and reference."""

from __future__ import annotations

from gluedsl.model import (
    Action,
    Condition,
    Crawler,
    EventBatching,
    ExistingCrawler,
    ExistingJob,
    Job,
    Predicate,
    Project,
    RemoteScript,
    Role,
    Statement,
    Trigger,
    Workflow,
)
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

ROLE = Role(
    name="nightly-sales-glue",
    statements=(
        Statement(
            sid="Scripts",
            actions=("s3:GetObject",),
            resources=("arn:${AWS::Partition}:s3:::${ScriptBucket}/gluedsl/*",),
        ),
        Statement(
            sid="Catalog",
            actions=("glue:GetDatabase", "glue:GetTable", "glue:CreateTable"),
            resources=("arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:catalog",),
        ),
    ),
)
OTHER_ROLE = "arn:aws:iam::123456789012:role/crawling"
QUEUE = "arn:aws:sqs:eu-west-1:123456789012:changes"

JOBS = (
    Job(
        name="load-orders",
        kind="pythonshell",
        code=RemoteScript(uri="s3://${ScriptBucket}/gluedsl/load-orders.py"),
        role=ROLE.name,
        description="Loads ${env} orders.",
        python_version="3.9",
        max_capacity=0.0625,
        timeout_minutes=60,
        max_retries=1,
        default_arguments={"--extra-py-files": "s3://${ScriptBucket}/gluedsl/lib.zip", "--env": "prod"},
    ),
    Job(
        name="load_customers",
        kind="glueetl",
        code=RemoteScript(uri="s3://${ScriptBucket}/gluedsl/load_customers.py"),
        role=ROLE.name,
        glue_version="5.0",
        python_version="3",
        worker_type="G.1X",
        workers=2,
        execution_class="FLEX",
        max_concurrent_runs=2,
        security_configuration="encrypted",
        notify_delay_after_minutes=30,
        connections=("warehouse",),
        non_overridable_arguments={"--job-language": "python"},
        tags={"team": "sales"},
        extra={"LogUri": "s3://logs/glue/", "JobMode": "SCRIPT"},
    ),
    Job(
        name="follow-clicks",
        kind="gluestreaming",
        code=RemoteScript(uri="s3://elsewhere/follow.py"),
        role="GlueStreamingRole",
        glue_version="5.0",
        python_version="3",
        worker_type="G.025X",
        workers=2,
        maintenance_window="Sun:3",
    ),
    Job(
        name="score",
        kind="glueray",
        code=RemoteScript(uri="s3://elsewhere/score.py"),
        role=OTHER_ROLE,
        glue_version="4.0",
        python_version="3.9",
        runtime="Ray2.4",
        worker_type="Z.2X",
        workers=5,
        job_run_queuing_enabled=True,
        max_retries=0,
    ),
)

CRAWLERS = (
    Crawler(
        name="sales-catalog",
        role=ROLE.name,
        targets=(
            S3Target(
                "s3://lake/sales/",
                exclusions=("**.tmp",),
                connection="network",
                sample_size=10,
                event_queue_arn=QUEUE,
                dlq_event_queue_arn=QUEUE,
            ),
            JdbcTarget("warehouse", "sales/public/%", exclusions=("audit_%",), additional_metadata=("COMMENTS",)),
            MongoDBTarget("crm", "crm/contacts"),
            DynamoDBTarget("events", scan_all=False, scan_rate=0.5),
            DeltaTarget(("s3://lake/delta/",), connection="network", write_manifest=False, create_native_table=True),
            IcebergTarget(("s3://lake/iceberg/",), exclusions=("tmp/**",), maximum_traversal_depth=5),
            HudiTarget(("s3://lake/hudi/",), connection="network", maximum_traversal_depth=5),
        ),
        database="sales",
        description="Everything about sales.",
        schedule="cron(0 4 * * ? *)",
        classifiers=("csv",),
        table_prefix="raw_",
        update_behavior="UPDATE_IN_DATABASE",
        delete_behavior="LOG",
        recrawl_behavior="CRAWL_EVERYTHING",
        configuration='{"Version": 1.0, "CreatePartitionIndex": true}',
        security_configuration="encrypted",
        tags={"team": "sales"},
        extra={"LakeFormationConfiguration": {"UseLakeFormationCredentials": True}},
    ),
    Crawler(
        name="sales-tables",
        role=OTHER_ROLE,
        targets=(CatalogTarget("sales", ("orders", "customers"), connection="network", event_queue_arn=QUEUE),),
        delete_behavior="LOG",
    ),
)

NIGHTLY = Workflow(
    name="nightly-sales",
    description="Load, publish and catalogue the day's sales.",
    default_run_properties={"env": "prod", "orders_rows": "0"},
    max_concurrent_runs=1,
    triggers=(
        Trigger(
            name="nightly-sales-start",
            type="SCHEDULED",
            schedule="cron(0 2 * * ? *)",
            actions=(
                Action(job_name="load-orders", arguments={"--mode": "full"}, timeout_minutes=30),
                Action(job_name="load_customers", security_configuration="encrypted", notify_delay_after_minutes=5),
            ),
            description="Every night.",
            tags={"team": "sales"},
        ),
        Trigger(
            name="after-loads",
            type="CONDITIONAL",
            predicate=Predicate(
                conditions=(
                    Condition(job_name="load-orders", state="SUCCEEDED"),
                    Condition(job_name="load_customers", state="SUCCEEDED"),
                )
            ),
            actions=(Action(crawler_name="sales-catalog"), Action(crawler_name="crawled-elsewhere")),
        ),
        Trigger(
            name="after-failures",
            type="CONDITIONAL",
            predicate=Predicate(
                logical="ANY",
                conditions=(
                    Condition(job_name="load-orders", state="FAILED"),
                    Condition(job_name="load_customers", state="TIMEOUT"),
                ),
            ),
            actions=(Action(job_name="page-on-call"),),
            enabled=False,
        ),
        Trigger(
            name="after-catalog",
            type="CONDITIONAL",
            predicate=Predicate(conditions=(Condition(crawler_name="sales-catalog", crawl_state="SUCCEEDED"),)),
            actions=(Action(job_name="score"),),
        ),
    ),
    tags={"team": "sales"},
)
ON_EVENTS = Workflow(
    name="clicks",
    triggers=(
        Trigger(
            name="clicks-start",
            type="EVENT",
            event_batching=EventBatching(batch_size=10, batch_window_seconds=300),
            actions=(Action(job_name="follow-clicks"),),
        ),
    ),
)
ON_DEMAND = Workflow(
    name="by-hand",
    triggers=(Trigger(name="by-hand-start", type="ON_DEMAND", actions=(Action(crawler_name="sales-tables"),)),),
)

WIDE = Project(
    workflows=(NIGHTLY, ON_EVENTS, ON_DEMAND),
    jobs=JOBS,
    crawlers=CRAWLERS,
    existing_jobs=(ExistingJob(name="page-on-call"),),
    existing_crawlers=(ExistingCrawler(name="crawled-elsewhere"),),
    roles=(ROLE,),
)
