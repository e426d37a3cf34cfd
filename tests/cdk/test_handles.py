"""Handles: each resource is at hand by its name, as the CDK's own type."""

from __future__ import annotations

import pytest

from gluedsl import Crawler, PythonShellJob, Workflow, cron
from gluedsl.errors import UsageError
from tests.support.cdk import application, needs_node, stack_of, synthesised

pytestmark = [pytest.mark.slow, needs_node]


def sales(role: str | None = None) -> Workflow:  # type: ignore[type-arg]  # whatever its properties
    """Return a workflow with names that begin with its own."""
    flow = Workflow("nightly-sales", start=cron("0 2 * * ? *"), role=role)
    load = flow.add(PythonShellJob("nightly-sales-load-orders", script="s3://scripts/load.py"))
    flow.add(Crawler("sales-catalog", database="sales", targets="s3://lake/sales/"), after=load)
    return flow


def test_by_name() -> None:
    """A resource is found by its name in Glue, or without the workflow's name; its type is the CDK's."""
    from aws_cdk import aws_glue, aws_iam  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    made = GlueWorkflow(stack_of(application()), "Sales", sales())

    assert list(made.jobs) == ["nightly-sales-load-orders"]
    assert isinstance(made.jobs["nightly-sales-load-orders"], aws_glue.CfnJob)
    assert made.jobs["load-orders"] is made.jobs["load_orders"]
    assert isinstance(made.crawlers["sales-catalog"], aws_glue.CfnCrawler)
    assert isinstance(made.triggers["start"], aws_glue.CfnTrigger)
    assert isinstance(made.workflow, aws_glue.CfnWorkflow)
    assert isinstance(made.roles["gluedsl-nightly-sales"], aws_iam.CfnRole)
    assert list(made.workflows) == ["nightly-sales"]
    assert (len(made.triggers), list(made.event_rules)) == (2, [])
    assert repr(made.crawlers) == "<crawlers of Test/Sales: sales-catalog>"


def test_no_such_name() -> None:
    """A name that is not there is a KeyError that names the nearest one."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    made = GlueWorkflow(stack_of(application()), "Sales", sales())

    with pytest.raises(KeyError) as caught:
        made.jobs["load-order"]
    assert str(caught.value) == "`Test/Sales` has no job `load-order`: did you mean `load-orders`?"
    with pytest.raises(KeyError) as caught:
        made.crawlers["x"]
    assert str(caught.value) == "`Test/Sales` has no crawler `x`: it has `sales-catalog`"
    assert made.jobs.get("x") is None


def test_the_role() -> None:
    """The role that is made takes grants; where none is made, there is nothing to grant to."""
    from aws_cdk import aws_s3  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    stack = stack_of(application())
    made = GlueWorkflow(stack, "Sales", sales())
    aws_s3.Bucket(stack, "Lake").grant_read(made.role)

    policy = next(one for one in synthesised(stack)["Resources"].values() if one["Type"] == "AWS::IAM::Policy")
    assert policy["Properties"]["Roles"] == [{"Ref": "GluedslNightlySalesRole"}]
    assert made.role is made.role
    other = GlueWorkflow(stack_of(application(), "Other"), "Sales", sales("GlueRole"))
    with pytest.raises(UsageError) as caught:
        _ = other.role
    assert (
        caught.value.message
        == "`.role` is the one role that `Other/Sales` makes for jobs and crawlers, and it makes none"
    )
    assert caught.value.hint == "name roles that exist with aws_iam.Role.from_role_name"
