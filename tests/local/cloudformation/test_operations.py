"""What is done to a stack, told apart by its events; and why it failed, told by its status."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tests.support.cloudformation import job

if TYPE_CHECKING:
    from tests.support.cloudformation import Stacks

BAD = job("bad", Command={"Name": "bash", "ScriptLocation": "s3://lake/x"})
"""A job that Glue refuses."""


def operations(stacks: Stacks, name: str = "app") -> list[list[str]]:
    """Return the events of each operation, the first one first."""
    events = reversed(stacks.cloudformation.describe_stack_events(StackName=name)["StackEvents"])
    told = [(each["OperationId"], f"{each['LogicalResourceId']} {each['ResourceStatus']}") for each in events]
    assert len({one for one, _ in told}) == len(list(groupby(told, key=lambda each: each[0])))
    return [[event for _, event in group] for _, group in groupby(told, key=lambda each: each[0])]


def test_each_operation_has_an_id(stacks: Stacks) -> None:
    """A creation, an update that fails, the way back and a deletion: all events of each have its id, and no other."""
    stacks.create({"Load": job()})
    for _ in range(2):
        stacks.update({"Load": job(), "Bad": BAD})
    identity = stacks.stack()["StackId"]
    stacks.delete()

    failed = ["app UPDATE_IN_PROGRESS", "Bad CREATE_IN_PROGRESS", "Bad CREATE_FAILED"]
    undone = ["ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "ROLLBACK_COMPLETE"]
    created = ["Load CREATE_IN_PROGRESS", "Load CREATE_IN_PROGRESS", "Load CREATE_COMPLETE"]
    assert operations(stacks, identity) == [
        ["app CREATE_IN_PROGRESS", *created, "app CREATE_COMPLETE"],
        *[failed, [f"app UPDATE_{status}" for status in undone]] * 2,
        ["app DELETE_IN_PROGRESS", "Load DELETE_IN_PROGRESS", "Load DELETE_COMPLETE", "app DELETE_COMPLETE"],
    ]


def test_a_review_and_what_follows(stacks: Stacks) -> None:
    """The change set that is to create a stack is an operation, its execution another, and the way back a third."""
    stacks.change_set({"Bad": BAD}, "CREATE")
    stacks.execute()

    assert operations(stacks) == [
        ["app REVIEW_IN_PROGRESS"],
        ["app CREATE_IN_PROGRESS", "Bad CREATE_IN_PROGRESS", "Bad CREATE_FAILED"],
        ["app ROLLBACK_IN_PROGRESS", "app ROLLBACK_COMPLETE"],
    ]


def test_a_stack_that_was_rolled_back_says_why(stacks: Stacks) -> None:
    """The reason is the stack's, too, and not only that of an event; the next success takes it away."""
    told = {"Told": {"Value": {"Fn::ImportValue": "nobody"}}}
    stacks.create({"Load": job()}, Outputs=told)
    assert stacks.stack()["StackStatusReason"] == "No export named nobody found. Rollback requested by user."
    stacks.delete()

    stacks.create({"Load": job()})
    stacks.update({"Load": job(), "Bad": BAD})
    assert stacks.stack()["StackStatusReason"] == "The following resource(s) failed to create: [Bad]."
    stacks.update({"Load": job(Timeout=5)}, Outputs=told)
    assert stacks.stack()["StackStatusReason"] == "No export named nobody found."

    stacks.update({"Load": job(Timeout=6)})
    assert "StackStatusReason" not in stacks.stack()


def test_an_attribute_that_moto_cannot_tell(stacks: Stacks) -> None:
    """It is said of which resource, and of what type, an attribute was asked."""
    policy = {"PolicyName": "p", "Roles": [], "PolicyDocument": {"Version": "2012-10-17", "Statement": []}}
    asked = {"Policy": {"Type": "AWS::IAM::Policy", "Properties": policy}}

    stacks.create(asked, Outputs={"Id": {"Value": {"Fn::GetAtt": ["Policy", "Id"]}}})

    assert stacks.stack()["StackStatusReason"] == (
        "moto has no attributes of AWS::IAM::Policy: Fn::GetAtt of Policy fails here. Rollback requested by user."
    )
