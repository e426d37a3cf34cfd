"""IAM documents."""

from __future__ import annotations

from gluedsl import spelling
from gluedsl.model import Role, Statement, StatementCondition

ROLE = Role(
    name="SalesGlue",
    statements=(
        Statement(
            sid="Scripts",
            actions=("s3:GetObject",),
            resources=("arn:${AWS::Partition}:s3:::${ScriptBucket}/*",),
        ),
    ),
)
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "Scripts",
            "Effect": "Allow",
            "Action": ["s3:GetObject"],
            "Resource": ["arn:${AWS::Partition}:s3:::${ScriptBucket}/*"],
        }
    ],
}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "glue.amazonaws.com"}, "Action": "sts:AssumeRole"},
    ],
}


def test_what_a_role_may_do() -> None:
    """Each statement of a role allows its actions, and placeholders stay for whoever deploys."""
    assert spelling.role_policy(ROLE) == POLICY


def test_what_a_role_may_do_on_conditions() -> None:
    """Conditions stand by operator and key.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
    """
    conditions = (
        StatementCondition(operator="StringEquals", key="cloudwatch:namespace", values=("Glue",)),
        StatementCondition(operator="StringEquals", key="aws:ResourceTag/a", values=("b", "c")),
        StatementCondition(operator="ForAllValues:StringEquals", key="aws:TagKeys", values=("d",)),
    )
    statement = Statement(sid="All", actions=("a:B",), resources=("*",), conditions=conditions)

    (written,) = spelling.role_policy(Role(name="r", statements=(statement,)))["Statement"]

    assert written["Condition"] == {
        "StringEquals": {"cloudwatch:namespace": ["Glue"], "aws:ResourceTag/a": ["b", "c"]},
        "ForAllValues:StringEquals": {"aws:TagKeys": ["d"]},
    }


def test_who_may_be_a_role() -> None:
    """Glue, and nobody else."""
    assert spelling.trust_policy(ROLE) == TRUST


def test_a_role_of_a_template() -> None:
    """A role has its name, its trust, and one inline policy if it may do anything."""
    assert spelling.role_to_cfn(ROLE) == {
        "RoleName": "SalesGlue",
        "AssumeRolePolicyDocument": TRUST,
        "Policies": [{"PolicyName": "gluedsl", "PolicyDocument": POLICY}],
    }
    assert spelling.role_to_cfn(Role(name="Idle", statements=())) == {
        "RoleName": "Idle",
        "AssumeRolePolicyDocument": TRUST,
    }
