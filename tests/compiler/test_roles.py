"""The role of a workflow whose author names none: what its jobs and crawlers need, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.model import Role, Statement, StatementCondition
from tests.support.flows import flow

if TYPE_CHECKING:
    from pathlib import Path

GLUE = "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:"
S3 = "arn:${AWS::Partition}:s3:::"
LOGS = Statement(
    sid="Logs",
    actions=("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"),
    resources=("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws-glue/*",),
)
SCRIPTS = Statement(sid="Scripts", actions=("s3:GetObject",), resources=(S3 + "${ScriptBucket}/gluedsl/*",))
CATALOG_WRITES = (
    "glue:BatchCreatePartition",
    "glue:BatchDeletePartition",
    "glue:BatchDeleteTable",
    "glue:BatchGetPartition",
    "glue:BatchUpdatePartition",
    "glue:CreatePartitionIndex",
    "glue:CreateTable",
    "glue:DeleteTable",
    "glue:GetDatabase",
    "glue:GetPartition",
    "glue:GetPartitionIndexes",
    "glue:GetPartitions",
    "glue:GetTable",
    "glue:GetTables",
    "glue:UpdatePartition",
    "glue:UpdateTable",
)


EC2 = "arn:${AWS::Partition}:ec2:${AWS::Region}:"
NETWORK = {
    "Network": Statement(
        sid="Network",
        actions=(
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcAttribute",
            "ec2:DescribeVpcEndpoints",
        ),
        resources=("*",),
    ),
    "NetworkInterfaces": Statement(
        sid="NetworkInterfaces",
        actions=("ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"),
        resources=(
            f"{EC2}${{AWS::AccountId}}:network-interface/*",
            f"{EC2}*:security-group/*",
            f"{EC2}*:subnet/*",
        ),
    ),
    "NetworkTags": Statement(
        sid="NetworkTags",
        actions=("ec2:CreateTags", "ec2:DeleteTags"),
        resources=(f"{EC2}${{AWS::AccountId}}:network-interface/*",),
        conditions=(
            StatementCondition(
                operator="ForAllValues:StringEquals", key="aws:TagKeys", values=("aws-glue-service-resource",)
            ),
        ),
    ),
}
"""What a connection may need, of AWSGlueServiceRole
(https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSGlueServiceRole.html)."""


def roles(folder: Path, body: str) -> tuple[Role, ...]:
    """Return the roles that a flow's project makes."""
    return flow(folder, body).lowered.project.roles


def statements(folder: Path, body: str) -> dict[str, Statement]:
    """Return the statements of the one role of a flow, by sid."""
    (role,) = roles(folder, body)
    return {statement.sid: statement for statement in role.statements}


def run_properties(*workflows: str) -> Statement:
    """Return what lets a job read and write run properties."""
    return Statement(
        sid="RunProperties",
        actions=("glue:GetWorkflowRun", "glue:GetWorkflowRunProperties", "glue:PutWorkflowRunProperties"),
        resources=tuple(f"{GLUE}workflow/{name}" for name in workflows),
    )


def data(*places: str, written: tuple[str, ...] = ()) -> dict[str, Statement]:
    """Return what lets a job or crawler read below places, and write below some of them."""
    buckets = dict.fromkeys(place.partition("/")[0] for place in places)
    found = [
        Statement(
            sid="ListData",
            actions=("s3:ListBucket", "s3:GetBucketLocation"),
            resources=tuple(S3 + bucket for bucket in buckets),
        ),
        Statement(sid="ReadData", actions=("s3:GetObject",), resources=tuple(f"{S3}{place}*" for place in places)),
        Statement(
            sid="WriteData",
            actions=("s3:PutObject", "s3:DeleteObject"),
            resources=tuple(f"{S3}{place}*" for place in written),
        ),
    ]
    return {statement.sid: statement for statement in found if statement.resources}


def test_a_job_that_says_nothing(tmp_path: Path) -> None:
    """It logs, reads its script, and has the run properties of its workflow."""
    (tmp_path / "a.py").write_text("", encoding="utf-8")
    found = roles(tmp_path, 'w = Workflow("w")\nw.add(SparkJob("a", script="a.py"))\n')

    assert found == (Role(name="gluedsl-w", statements=(LOGS, SCRIPTS, run_properties("w"))),)


def test_files_that_are_only_read(tmp_path: Path) -> None:
    """Scripts and libraries in S3 are read and not written, each of several that stand in one argument."""
    found = statements(
        tmp_path,
        """
w = Workflow("w")
a = w.add(SparkJob("a", script="s3://scripts/a.py", libraries=["s3://wheels/a.whl", "six==1.16"], arguments={
    "--extra-jars": "s3://jars/a.jar,s3://jars/b.jar", "--extra-files": "s3://files/a.json",
    "--additional-python-modules": "s3://wheels/b.whl,six==1.16.0",
    "--TempDir": "s3://temp/", "--spark-event-logs-path": "s3://events/",
    "--conf": "spark.sql.catalog.c.warehouse=s3://ice/house/ --conf spark.x=1",
}))
w.add(a.with_arguments({"--extra-py-files": "s3://wheels/c.zip"}), after=a.failed)
""",
    )

    assert {sid: found[sid] for sid in ("ListData", "ReadData", "WriteData")} == data(
        "events/",
        "files/a.json",
        "ice/house/",
        "jars/a.jar",
        "jars/b.jar",
        "scripts/a.py",
        "temp/",
        "wheels/a.whl",
        "wheels/b.whl",
        "wheels/c.zip",
        written=("events/", "ice/house/", "temp/"),
    )


def test_what_other_jobs_are_given(tmp_path: Path) -> None:
    """Arguments of a job with a role of its own are not this role's."""
    found = statements(
        tmp_path,
        """
w = Workflow("w")
a = w.add(SparkJob("a", script="s3://scripts/a.py"))
w.add(SparkJob("b", script="s3://theirs/b.py", role="r").with_arguments({"--in": "s3://theirs/"}), after=a)
""",
    )

    assert found["ReadData"].resources == (f"{S3}scripts/a.py*",)


def test_extra_members(tmp_path: Path) -> None:
    """What `extra=` spells out counts as well."""
    found = statements(
        tmp_path,
        'w = Workflow("w")\nw.add(SparkJob("a", script="s3://b/a.py", extra={"LogUri": "s3://logs/x/"}))\n',
    )

    assert found["WriteData"].resources == (f"{S3}logs/x/*",)


def test_paths_that_a_function_spells_out(tmp_path: Path) -> None:
    """The module of a job is read for `s3://` URIs; what varies is left to a wildcard."""
    found = statements(
        tmp_path,
        """
LAKE = "s3a://lake/clean"
w = Workflow("w")

@w.spark_job(arguments={"--in": "s3://raw/in/{day}/", "--n": "5"})
def load(run):
    run.spark.read.csv(f"s3://raw/sales/{run}/x.csv").write.parquet(LAKE)
""",
    )

    places = ("lake/clean", "raw/in/", "raw/sales/")
    assert found == {
        "Logs": LOGS,
        "Scripts": SCRIPTS,
        "RunProperties": run_properties("w"),
        **data(*places, written=places),
    }


def test_paths_of_a_script_its_properties_and_its_triggers(tmp_path: Path) -> None:
    """All that an author spells out for a job counts."""
    (tmp_path / "a.py").write_text("print('s3://of-script/x/')\n", encoding="utf-8")
    found = statements(
        tmp_path,
        """
w = Workflow("w", properties={"where": "s3://of-property", "n": "5"})
a = w.add(SparkJob("a", script="a.py", non_overridable_arguments={"--fixed": "s3://of-job/"}))
w.add(a.with_arguments({"--mode": "s3://of-trigger/y"}), after=a.failed)
""",
    )

    places = ("of-job/", "of-property/", "of-script/x/", "of-trigger/y")
    assert {sid: found[sid] for sid in ("ListData", "ReadData", "WriteData")} == data(*places, written=places)


def test_a_function_in_another_file(tmp_path: Path) -> None:
    """The file that the function stands in is read, also below a decorator; other modules are not."""
    (tmp_path / "unrelated.py").write_text("X = 's3://unrelated/'\n", encoding="utf-8")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").write_text(
        """
import functools, unrelated

def load(run): return "s3://of-package/"

@functools.wraps(load)
def wrapped(run): return load(run)
""",
        encoding="utf-8",
    )

    found = statements(tmp_path, 'from package import wrapped\nw = Workflow("w")\nw.python_shell_job(wrapped)\n')

    assert found["ReadData"].resources == (f"{S3}of-package/*",)


def test_a_script_that_is_not_there(tmp_path: Path) -> None:
    """Others report it; the role is made of what is known."""
    (tmp_path / "broken.py").write_text("def (\n", encoding="utf-8")
    found = statements(
        tmp_path,
        'w = Workflow("w")\nw.add(SparkJob("a", script="gone.py"))\nw.add(SparkJob("b", script="broken.py"))\n',
    )

    assert list(found) == ["Logs", "Scripts", "RunProperties"]


def test_crawlers(tmp_path: Path) -> None:
    """They read their paths, write their tables, and use their connections; they need no scripts."""
    found = statements(
        tmp_path,
        """
w = Workflow("w")
w.add(Crawler("c", database="sales", targets=[
    "s3://lake/b/", S3Target("s3://lake/a", connection="net"), DeltaTarget(["s3://delta/t/"]),
    IcebergTarget(("s3://ice/",)), HudiTarget(("s3://hudi/",)),
    JdbcTarget("warehouse", "db/%"), MongoDBTarget("documents", "db/c"),
    DynamoDBTarget("orders"), DynamoDBTarget("customers"), CatalogTarget("old", ("t",)),
]))
w.add(Crawler("d", targets=[]))
""",
    )

    assert found == {
        "Logs": LOGS,
        **data("delta/t/", "hudi/", "ice/", "lake/a", "lake/b/"),
        **NETWORK,
        "WriteDelta": Statement(sid="WriteDelta", actions=("s3:PutObject",), resources=(f"{S3}delta/t/*",)),
        "Catalog": Statement(
            sid="Catalog",
            actions=CATALOG_WRITES,
            resources=(
                f"{GLUE}catalog",
                f"{GLUE}database/old",
                f"{GLUE}table/old/*",
                f"{GLUE}database/sales",
                f"{GLUE}table/sales/*",
            ),
        ),
        "DynamoDB": Statement(
            sid="DynamoDB",
            actions=("dynamodb:DescribeTable", "dynamodb:Scan"),
            resources=tuple(
                f"arn:${{AWS::Partition}}:dynamodb:${{AWS::Region}}:${{AWS::AccountId}}:table/{table}"
                for table in ("customers", "orders")
            ),
        ),
        "Connections": Statement(
            sid="Connections",
            actions=("glue:GetConnection",),
            resources=(
                f"{GLUE}catalog",
                *(f"{GLUE}connection/{name}" for name in ("documents", "net", "warehouse")),
            ),
        ),
    }


def test_connections_of_jobs(tmp_path: Path) -> None:
    """A job may use those that it names."""
    found = statements(tmp_path, 'w = Workflow("w")\nw.add(RayJob("a", script="s3://b/a.py", connections=["c"]))\n')

    assert found["Connections"].resources == (f"{GLUE}catalog", f"{GLUE}connection/c")
    assert {sid: found[sid] for sid in NETWORK} == NETWORK


def test_queues_of_crawlers(tmp_path: Path) -> None:
    """A crawler that crawls by events reads its queue.

    https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-event-notifications.html
    """
    arn = "arn:aws:sqs:eu-west-1:123456789012:"
    found = statements(
        tmp_path,
        f"""
w = Workflow("w")
w.add(Crawler("c", database="d", recrawl_behavior="CRAWL_EVENT_MODE",
              targets=[S3Target("s3://lake/", event_queue_arn="{arn}q", dlq_event_queue_arn="{arn}dead")]))
w.add(Crawler("d", targets=[CatalogTarget("d", ("t",), event_queue_arn="{arn}other")]))
""",
    )

    assert found["Queues"] == Statement(
        sid="Queues",
        actions=(
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl",
            "sqs:ListDeadLetterSourceQueues",
            "sqs:ListQueueTags",
            "sqs:PurgeQueue",
            "sqs:ReceiveMessage",
            "sqs:SetQueueAttributes",
        ),
        resources=(f"{arn}dead", f"{arn}other", f"{arn}q"),
    )


def test_groups_of_logs(tmp_path: Path) -> None:
    """Log groups of the author's are written; a security configuration has its own, and the key of each is set.

    https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html
    """
    found = statements(
        tmp_path,
        """
w = Workflow("w")
a = w.add(SparkJob("a", script="s3://b/a.py", security_configuration="safe",
                   arguments={"--custom-logGroup-prefix": "/ours", "--continuous-log-logGroup": "theirs"}))
w.add(Crawler("c", database="d", targets=["s3://lake/"], security_configuration="safer"))
""",
    )
    groups = (
        "/aws-glue/*",
        "theirs",
        "theirs:*",
        "theirs-safe",
        "theirs-safe:*",
        "theirs-safer",
        "theirs-safer:*",
        "/ours/*",
    )

    assert found["Logs"] == Statement(
        sid="Logs",
        actions=("logs:AssociateKmsKey", *LOGS.actions),
        resources=tuple(
            f"arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:{g}" for g in groups
        ),
    )
    assert found["SecurityConfigurations"] == Statement(
        sid="SecurityConfigurations", actions=("glue:GetSecurityConfiguration",), resources=("*",)
    )


def test_metrics(tmp_path: Path) -> None:
    """A job that measures itself publishes in Glue's own namespace, and one that does not publishes nothing."""
    body = 'w = Workflow("w")\nw.add(SparkJob("a", script="s3://b/a.py", arguments={{"--enable-metrics": "{}"}}))\n'

    assert statements(tmp_path, body.format("true"))["Metrics"] == Statement(
        sid="Metrics",
        actions=("cloudwatch:PutMetricData",),
        resources=("*",),
        conditions=(StatementCondition(operator="StringEquals", key="cloudwatch:namespace", values=("Glue",)),),
    )
    assert "Metrics" not in statements(tmp_path, body.format("false"))


@pytest.mark.parametrize(
    "node",
    [
        'Crawler("c", targets=[], extra={"LakeFormationConfiguration": {"UseLakeFormationCredentials": True}})',
        'SparkJob("a", script="s3://b/a.py", arguments={"--enable-lakeformation-fine-grained-access": "true"})',
    ],
)
def test_lake_formation(tmp_path: Path, node: str) -> None:
    """What is to read by the credentials of Lake Formation may ask for them."""
    found = statements(tmp_path, f'w = Workflow("w")\nw.add({node})\n')

    assert found["LakeFormation"] == Statement(
        sid="LakeFormation", actions=("lakeformation:GetDataAccess",), resources=("*",)
    )


def test_tables_that_code_names(tmp_path: Path) -> None:
    """Tables of the Data Catalog that a script reads may be looked up, those that it changes also changed."""
    (tmp_path / "a.py").write_text(
        """
DATABASE = "sales"
TABLE: str = "orders"
glue.create_dynamic_frame.from_catalog(database=DATABASE, table_name=TABLE)
glue.create_data_frame_from_catalog("raw", args["table"])
glue.write_dynamic_frame.from_catalog(frame, "clean", "orders")
glue.write_dynamic_frame_from_catalog(frame, "clean", "lines", additional_options={"enableUpdateCatalog": True})
glue.getSink(connection_type="s3").setCatalogInfo(catalogDatabase="out", catalogTableName="t")
glue.create_dynamic_frame.from_catalog(database=args["database"], table_name="unknown")
glue.create_dynamic_frame.from_catalog("theirs", "t", catalog_id="210987654321")
glue.create_dynamic_frame.from_options("s3", {})
""",
        encoding="utf-8",
    )
    found = statements(tmp_path, 'w = Workflow("w")\nw.add(SparkJob("a", script="a.py"))\n')

    def tables(*names: str) -> tuple[str, ...]:
        pairs = [(f"{GLUE}database/{name.partition('/')[0]}", f"{GLUE}table/{name}") for name in names]
        return tuple(dict.fromkeys([f"{GLUE}catalog", *(arn for pair in pairs for arn in pair)]))

    reads = ("BatchGetPartition", "GetDatabase", "GetPartition", "GetPartitions", "GetTable", "GetTables")
    writes = ("BatchCreatePartition", "BatchUpdatePartition", "CreateTable", "UpdatePartition", "UpdateTable")
    assert found["ReadTables"] == Statement(
        sid="ReadTables",
        actions=tuple(f"glue:{action}" for action in reads),
        resources=tables("clean/lines", "clean/orders", "out/t", "raw/*", "sales/orders"),
    )
    assert found["WriteTables"] == Statement(
        sid="WriteTables",
        actions=tuple(f"glue:{action}" for action in writes),
        resources=tables("clean/lines", "out/t"),
    )


def test_each_workflow_has_its_own(tmp_path: Path) -> None:
    """A job of two workflows has the role of the first, which lets it have the properties of both."""
    (tmp_path / "a.py").write_text("", encoding="utf-8")
    found = roles(
        tmp_path,
        """
first, second = Workflow("first"), Workflow("second")
a = first.add(SparkJob("a", script="a.py"))
second.add(a)
second.add(SparkJob("b", script="a.py"))
""",
    )

    assert found == (
        Role(name="gluedsl-first", statements=(LOGS, SCRIPTS, run_properties("first", "second"))),
        Role(name="gluedsl-second", statements=(LOGS, SCRIPTS, run_properties("second"))),
    )


@pytest.mark.parametrize(
    "body",
    [
        'w = Workflow("w", role="r")\nw.add(SparkJob("a", script="s3://b/a.py"))\n',
        'w = Workflow("w")\nw.add(SparkJob("a", script="s3://b/a.py", role="r"))\n',
        'w = Workflow("w")\nw.add(ExistingJob("a"))\nw.add(ExistingCrawler("c"))\n',
        'w = Workflow("w")\n',
    ],
)
def test_none_where_none_is_needed(tmp_path: Path, body: str) -> None:
    """A role is made only for a job or crawler that has none."""
    assert roles(tmp_path, body) == ()


@pytest.mark.parametrize(
    ("workflow", "role"),
    [
        ("nightly-sales", "gluedsl-nightly-sales"),
        ("a" * 56, "gluedsl-" + "a" * 56),
        ("a" * 57, "gluedsl-" + "a" * 47 + "-f13b2d72"),
        ("night sales/größe", "gluedsl-night-sales-gr--e-b0ddb172"),
        ("ok_+=,.@-", "gluedsl-ok_+=,.@-"),
    ],
)
def test_names(tmp_path: Path, workflow: str, role: str) -> None:
    """What IAM takes: 64 characters of a few kinds; a digest tells apart what would look alike."""
    found = roles(tmp_path, f'w = Workflow("{workflow}")\nw.add(RayJob("a", script="s3://b/a.py"))\n')

    assert [made.name for made in found] == [role]
    assert len(role) <= 64
