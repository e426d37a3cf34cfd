"""The CDK's own objects, L1 and L2, in the place of names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl import CatalogTarget, Crawler, ExistingCrawler, ExistingJob, JdbcTarget, PythonShellJob, Workflow
from gluedsl.errors import DeclarationError, UsageError
from tests.support.cdk import application, needs_node, stack_of, synthesised

if TYPE_CHECKING:
    from pathlib import Path

    from aws_cdk import Stack

pytestmark = [pytest.mark.slow, needs_node]


@pytest.fixture
def stack() -> Stack:
    """Return an empty stack."""
    return stack_of(application())


def nightly(folder: Path) -> Workflow[Any]:
    """Return a workflow of a job whose script is to be uploaded."""
    (folder / "load.py").write_text("print('loaded')\n", encoding="utf-8")
    flow: Workflow[Any] = Workflow("nightly")
    flow.add(PythonShellJob("load", script=str(folder / "load.py")))
    return flow


def test_role_and_bucket_of_level_one(stack: Stack, tmp_path: Path) -> None:
    """A CfnRole is the role of the jobs, may read the scripts, and can be granted more; a CfnBucket has them."""
    from aws_cdk import aws_iam, aws_s3  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    role = aws_iam.CfnRole(stack, "Role", assume_role_policy_document={})
    made = GlueWorkflow(stack, "Nightly", nightly(tmp_path), role=role, script_bucket=aws_s3.CfnBucket(stack, "Bucket"))
    aws_s3.Bucket(stack, "Lake").grant_read(made.role)

    resources = synthesised(stack)["Resources"]
    job = resources["LoadJob"]["Properties"]
    assert job["Role"] == {"Fn::GetAtt": ["Role", "Arn"]}
    assert job["Command"]["ScriptLocation"]["Fn::Join"][1][:2] == ["s3://", {"Ref": "Bucket"}]
    (policy,) = [one["Properties"] for one in resources.values() if one["Type"] == "AWS::IAM::Policy"]
    scripts, lake = policy["PolicyDocument"]["Statement"]
    assert policy["Roles"] == [{"Ref": "Role"}]
    assert scripts["Action"] == "s3:GetObject"
    assert scripts["Resource"]["Fn::Join"][1][-2:] == [{"Ref": "Bucket"}, "/gluedsl/*"]
    assert "s3:GetObject*" in lake["Action"]


def test_what_is_no_role_and_no_bucket(stack: Stack, tmp_path: Path) -> None:
    """Anything else is refused in a line."""
    from aws_cdk import aws_iam, aws_s3  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    role = aws_iam.CfnRole(stack, "Role", assume_role_policy_document={})
    bucket, flow = aws_s3.CfnBucket(stack, "Bucket"), nightly(tmp_path)
    for index, (given, name) in enumerate(((bucket, "CfnBucket"), (5, "int"))):
        with pytest.raises(UsageError) as caught:
            GlueWorkflow(stack, f"Role{index}", flow, role=given)  # type: ignore[arg-type]  # what is wrong
        assert caught.value.message == f"role= takes a role of the CDK's, or the name or ARN of one, not {name}"
        assert caught.value.hint == "for example: aws_iam.Role.from_role_name(...)"
    for index, (other, name) in enumerate(((role, "CfnRole"), (5, "int"))):
        with pytest.raises(UsageError) as caught:
            GlueWorkflow(stack, f"Bucket{index}", flow, script_bucket=other)  # type: ignore[arg-type]  # what is wrong
        assert caught.value.message == f"script_bucket= takes a bucket of the CDK's, or the name of one, not {name}"
        assert caught.value.hint == "for example: aws_s3.Bucket.from_bucket_name(...)"


def test_in_the_flow(stack: Stack) -> None:
    """Targets take a connection and a database of the CDK's; a job is no crawler, and a crawler no job."""
    from aws_cdk import aws_glue  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    connection = {"connectionType": "JDBC", "name": "warehouse"}
    warehouse = aws_glue.CfnConnection(stack, "Warehouse", catalog_id="1", connection_input=connection)
    sales = aws_glue.CfnDatabase(stack, "Sales", catalog_id="1", database_input={"name": "sales"})
    crawler = aws_glue.CfnCrawler(stack, "Old", role="GlueRole", targets={"s3Targets": [{"path": "s3://lake/"}]})
    job = aws_glue.CfnJob(stack, "Job", role="GlueRole", command={"name": "glueetl", "scriptLocation": "s3://a/b.py"})
    flow = Workflow("nightly", role="GlueRole")
    first = flow.add(Crawler("first", database="sales", targets=JdbcTarget(warehouse, "sales/%")))
    second = flow.add(Crawler("second", targets=CatalogTarget(sales, ("orders",)), delete_behavior="LOG"), after=first)
    flow.add(ExistingJob(job), after=flow.add(ExistingCrawler(crawler), after=second))
    GlueWorkflow(stack, "Nightly", flow)

    resources = synthesised(stack)["Resources"]
    (jdbc,) = resources["FirstCrawler"]["Properties"]["Targets"]["JdbcTargets"]
    (catalog,) = resources["SecondCrawler"]["Properties"]["Targets"]["CatalogTargets"]
    assert jdbc == {"ConnectionName": {"Ref": "Warehouse"}, "Path": "sales/%"}
    assert catalog == {"DatabaseName": {"Ref": "Sales"}, "Tables": ["orders"]}
    with pytest.raises(DeclarationError, match=r"^the name of a job takes a string, not .*\(CfnCrawler\)$"):
        ExistingJob(crawler)
    with pytest.raises(DeclarationError, match=r"^the name of a crawler takes a string, not .*\(CfnJob\)$"):
        ExistingCrawler(job)


def test_a_key_that_a_template_cannot_have(stack: Stack) -> None:
    """The error says the token in a name as the CDK does."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    flow = Workflow(f"nightly-{stack.region}", role="GlueRole", tags={"Ref": "JIRA-12"})
    flow.add(PythonShellJob("load", script="s3://scripts/load.py"))
    with pytest.raises(UsageError) as caught:
        GlueWorkflow(stack, "Nightly", flow)
    owner = "workflow `nightly-${AWS.Region}`"
    assert (
        caught.value.message
        == f"CloudFormation cannot write the key `Ref` in `Tags` of {owner}: there it is a function"
    )


def test_managed_policies(stack: Stack, tmp_path: Path) -> None:
    """The role that is made takes managed policies by its handle."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    made = GlueWorkflow(stack, "Nightly", nightly(tmp_path), script_bucket="scripts")
    policy = "arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole"
    made.roles["gluedsl-nightly"].managed_policy_arns = [policy]

    assert synthesised(stack)["Resources"]["GluedslNightlyRole"]["Properties"]["ManagedPolicyArns"] == [policy]
