"""The account through real boto3: against a local Glue over HTTP, and against nobody."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import ANY

import boto3
import pytest

from gluedsl.deploy import Silence, Upload, apply, plan, plan_removal, start, watch
from gluedsl.deploy.account import AwsError
from gluedsl.deploy.gateway import Gateway, connect
from gluedsl.deploy.gateway.connection import Connection
from gluedsl.deploy.halt import Halt
from gluedsl.errors import UsageError
from gluedsl.local import LocalGlue
from gluedsl.model import Action, Project, RemoteScript
from tests.support.account import ACCOUNT
from tests.support.deploy import (
    NAME,
    SALES,
    after,
    crawler,
    job,
    told,
    with_crawler,
    with_job,
    with_trigger,
    with_workflow,
)
from tests.support.deploy import (
    start as start_trigger,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

REGION = "us-east-1"
BUCKET = f"gluedsl-{ACCOUNT}-{REGION}"
FILES = (
    Upload(key="gluedsl/lakehouse/files/0123456789abcdef/customers.py", content=b"print('customers')"),
    Upload(key="gluedsl/lakehouse/files/0123456789abcdef/orders.py", content=b"print('orders')"),
)
HERE = replace(
    SALES,
    jobs=tuple(
        replace(each, code=RemoteScript(uri=f"s3://{BUCKET}/gluedsl/lakehouse/files/0123456789abcdef/{each.name}.py"))
        for each in SALES.jobs
    ),
)
"""The project, in the region of the local Glue."""


@pytest.fixture(scope="module")
def local() -> Iterator[LocalGlue]:
    """A local Glue for the tests of this file, each of which leaves nothing of its own behind."""
    with LocalGlue() as glue:
        yield glue


@pytest.fixture
def gateway(local: LocalGlue, monkeypatch: pytest.MonkeyPatch) -> Gateway:
    """An account in the local Glue, reached as every AWS tool reaches it: by the environment."""
    for name, value in local.environment().items():
        monkeypatch.setenv(name, value)
    return connect()


def deploy(project: Project, gateway: Gateway, **options: Any) -> list[str]:
    """Plan and apply; return what was done."""
    planned = plan(project, FILES, gateway, name=NAME, **options)
    return told(apply(planned, gateway, gateway, halt=Halt(lambda _: None), observer=Silence()))


def destroy(project: Project, gateway: Gateway) -> list[str]:
    """Plan the removal and apply it; return what was done."""
    planned = plan_removal(project, gateway, name=NAME)
    return told(apply(planned, gateway, gateway, halt=Halt(lambda _: None), observer=Silence()))


def test_the_life_of_a_deployment(gateway: Gateway, local: LocalGlue) -> None:
    """Deployed, deployed again to no effect, changed, reshaped, destroyed; what is somebody else's stays as it is."""
    glue = boto3.client("glue", **local.client_settings())  # type: ignore[call-overload]  # settings by name
    role = f"arn:aws:iam::{ACCOUNT}:role/theirs"
    glue.create_job(Name="theirs", Role=role, Command={"Name": "glueetl", "ScriptLocation": "s3://x/y.py"})
    glue.create_workflow(Name="theirs", Tags={"team": "theirs"})
    before = glue.get_job(JobName="theirs")["Job"]

    assert deploy(HERE, gateway) == [
        f"create bucket `{BUCKET}`",
        "create workflow `sales`",
        "upload file `gluedsl/lakehouse/files/0123456789abcdef/customers.py`",
        "upload file `gluedsl/lakehouse/files/0123456789abcdef/orders.py`",
        "create role `sales-role`",
        "create job `orders`",
        "create job `customers`",
        "create crawler `sales-tables`",
        "create trigger `sales-catalog`",
        "create trigger `sales-start`",
    ]
    assert glue.get_trigger(Name="sales-start")["Trigger"]["State"] == "ACTIVATED"
    assert plan(HERE, FILES, gateway, name=NAME).is_empty
    assert deploy(HERE, gateway) == []

    changed = with_job(HERE, "orders", timeout_minutes=30, tags={"team": "sales"})
    changed = with_crawler(changed, "sales-tables", recrawl_behavior="CRAWL_EVERYTHING", table_prefix="s_")
    changed = with_trigger(changed, "sales-start", schedule="cron(0 3 * * ? *)")
    changed = with_workflow(changed, max_concurrent_runs=1, default_run_properties={})
    assert deploy(changed, gateway) == [
        "update workflow `sales`",
        "update job `orders`",
        "update crawler `sales-tables`",
        "update trigger `sales-start`",
    ]
    assert glue.get_trigger(Name="sales-start")["Trigger"]["State"] == "ACTIVATED"
    assert plan(changed, FILES, gateway, name=NAME).is_empty
    assert deploy(HERE, gateway) != []
    assert plan(HERE, FILES, gateway, name=NAME).is_empty

    reshaped = with_workflow(
        replace(HERE, jobs=(*HERE.jobs[:1], job("publish")), crawlers=(crawler("sales-views"),)),
        triggers=(
            start_trigger("sales-begin", "orders", type="ON_DEMAND", schedule=None),
            after("sales-catalog", ("orders",), Action(job_name="publish"), Action(crawler_name="sales-views")),
        ),
    )
    assert deploy(reshaped, gateway) == [
        "create job `publish`",
        "create crawler `sales-views`",
        "delete trigger `sales-start`",
        "update trigger `sales-catalog`",
        "create trigger `sales-begin`",
        "delete crawler `sales-tables`",
        "delete job `customers`",
    ]
    assert plan(reshaped, FILES, gateway, name=NAME).is_empty

    assert destroy(reshaped, gateway) == [
        "delete trigger `sales-begin`",
        "delete trigger `sales-catalog`",
        "delete crawler `sales-views`",
        "delete job `orders`",
        "delete job `publish`",
        "delete role `sales-role`",
        "delete workflow `sales`",
        "delete file `gluedsl/lakehouse/files/0123456789abcdef/customers.py`",
        "delete file `gluedsl/lakehouse/files/0123456789abcdef/orders.py`",
        f"delete bucket `{BUCKET}`",
    ]
    assert destroy(reshaped, gateway) == []
    assert glue.list_jobs()["JobNames"] == ["theirs"]
    assert glue.list_workflows()["Workflows"] == ["theirs"]
    assert glue.list_triggers()["TriggerNames"] == []
    assert glue.list_crawlers()["CrawlerNames"] == []
    assert glue.get_job(JobName="theirs")["Job"] == before
    glue.delete_job(JobName="theirs")
    glue.delete_workflow(Name="theirs")


def test_the_script_bucket_is_set_up(gateway: Gateway, local: LocalGlue) -> None:
    """It is private, encrypted and versioned; one that was left half done is finished, its own tags kept."""
    s3 = boto3.client("s3", **local.client_settings())  # type: ignore[call-overload]  # settings by name
    deploy(HERE, gateway)
    assert s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"] == {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": True,
    }
    rules = s3.get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rules[0]["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    assert s3.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"
    assert (
        s3.get_object(Bucket=BUCKET, Key="gluedsl/lakehouse/files/0123456789abcdef/orders.py")["Body"].read()
        == b"print('orders')"
    )

    s3.put_bucket_tagging(Bucket=BUCKET, Tagging={"TagSet": [{"Key": "team", "Value": "sales"}]})
    s3.delete_public_access_block(Bucket=BUCKET)
    assert deploy(HERE, gateway) == [f"update bucket `{BUCKET}`"]
    assert s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"]["BlockPublicAcls"] is True
    tags = s3.get_bucket_tagging(Bucket=BUCKET)["TagSet"]
    assert {tag["Key"]: tag["Value"] for tag in tags} == {"team": "sales", "gluedsl:bucket": "ready"}
    destroy(HERE, gateway)


def test_a_bucket_of_the_authors_own(gateway: Gateway, local: LocalGlue) -> None:
    """It is used as it is; one that does not exist is not made."""
    s3 = boto3.client("s3", **local.client_settings())  # type: ignore[call-overload]  # settings by name
    (refusal,) = plan(HERE, FILES, gateway, name=NAME, bucket="own-scripts").refusals
    assert (refusal.message, refusal.hint) == (
        "bucket `own-scripts` does not exist",
        "create it, or configure none: then gluedsl makes one of its own",
    )
    s3.create_bucket(Bucket="own-scripts")
    assert deploy(HERE, gateway, bucket="own-scripts")[1:3] == [
        "upload file `gluedsl/lakehouse/files/0123456789abcdef/customers.py`",
        "upload file `gluedsl/lakehouse/files/0123456789abcdef/orders.py`",
    ]
    assert s3.get_bucket_versioning(Bucket="own-scripts").get("Status") is None
    destroy(HERE, gateway)


def test_the_role_is_what_the_project_says(gateway: Gateway, local: LocalGlue) -> None:
    """Its documents have no placeholder left, and are mended where they were changed by hand."""
    iam = boto3.client("iam", **local.client_settings())  # type: ignore[call-overload]  # settings by name
    deploy(HERE, gateway)
    role = iam.get_role(RoleName="sales-role")["Role"]
    assert role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"Service": "glue.amazonaws.com"}
    assert {tag["Key"]: tag["Value"] for tag in role["Tags"]} == {
        "gluedsl:project": NAME,
        "gluedsl:workflow": "sales",
        "gluedsl:region": REGION,
        "gluedsl:content": ANY,
    }
    policy = iam.get_role_policy(RoleName="sales-role", PolicyName="gluedsl")["PolicyDocument"]
    assert [statement["Resource"] for statement in policy["Statement"]] == [
        [f"arn:aws:glue:{REGION}:{ACCOUNT}:workflow/sales"],
        [f"arn:aws:s3:::{BUCKET}/*"],
    ]

    iam.delete_role_policy(RoleName="sales-role", PolicyName="gluedsl")
    assert deploy(HERE, gateway) == ["update role `sales-role`"]
    assert iam.get_role_policy(RoleName="sales-role", PolicyName="gluedsl")["PolicyDocument"] == policy
    destroy(HERE, gateway)


def test_reads_are_batched(gateway: Gateway, local: LocalGlue) -> None:
    """A deployment that changes nothing reads in batches, but the role and the bucket, and writes nothing."""
    jobs = tuple(job(f"job-{number:03}") for number in range(120))
    many = Project(
        workflows=(
            replace(
                SALES.workflows[0],
                triggers=(start_trigger("begin", *(each.name for each in jobs[:50]), type="ON_DEMAND", schedule=None),),
            ),
        ),
        jobs=jobs,
        roles=SALES.roles,
    )
    deploy(many, gateway)
    calls: Counter[str] = Counter()
    connection = Connection(profile=None, region=None, endpoint_url=None)
    for client in (connection.glue, connection.iam, connection.s3, connection.tagging):
        client.meta.events.register("before-call", lambda model, **_: calls.update([model.name]))
    assert deploy(many, Gateway(connection)) == []
    assert calls == {
        "ListJobs": 1,
        "ListCrawlers": 1,
        "ListTriggers": 1,
        "BatchGetWorkflows": 1,
        "BatchGetJobs": 2,
        "BatchGetTriggers": 1,
        "GetResources": 4,  # a page of moto's has a hundred tags; one of AWS's, a hundred resources
        "GetRole": 1,
        "GetRolePolicy": 1,
        "HeadBucket": 1,
        "GetBucketTagging": 1,
        "ListObjectVersions": 1,
    }
    destroy(many, gateway)


def test_a_run_is_started_and_watched(gateway: Gateway, local: LocalGlue) -> None:
    """A deployed workflow runs to its end under the eyes of the watcher, and the run tells its graph."""
    once = with_workflow(HERE, triggers=(start_trigger("once", type="ON_DEMAND", schedule=None),))
    deploy(replace(once, crawlers=()), gateway)
    run_id = start(gateway, "sales", {"env": "test"})
    snapshots = list(watch(gateway, "sales", run_id, sleep=time.sleep, interval_seconds=0.05))
    last = snapshots[-1]
    assert last.has_ended
    assert last.run_id == run_id
    assert last.properties["env"] == "test"
    assert [node.node.name for node in last.nodes] == ["orders", "customers"]
    destroy(once, gateway)


def test_a_run_of_nothing(gateway: Gateway) -> None:
    """A workflow that is not deployed, and a run that is not there, are said to be so."""
    with pytest.raises(UsageError) as error:
        start(gateway, "nowhere")
    assert (error.value.message, error.value.hint) == (
        "workflow `nowhere` is not deployed",
        "deploy it first: gluedsl deploy",
    )
    with pytest.raises(UsageError) as error:
        next(watch(gateway, "nowhere", "wr_0", sleep=lambda _: None))
    assert (error.value.message, error.value.hint) == (
        "workflow `nowhere` has no run `wr_0`",
        "Glue keeps runs for 90 days; `gluedsl runs` lists them",
    )


def test_what_aws_refuses_is_told_with_its_code(gateway: Gateway) -> None:
    """An error of AWS's is an error of ours, with operation, code and text."""
    with pytest.raises(AwsError) as error:
        gateway.start_trigger("nowhere")
    assert error.value.message == ("StartTrigger: EntityNotFoundException: Trigger with name: nowhere not found.")
    assert (error.value.code, error.value.exit_code) == ("EntityNotFoundException", 3)
