"""IAM documents of the roles that a project makes.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gluedsl.model import Role, StatementCondition

_VERSION = "2012-10-17"
"""Of IAM's policy language."""
POLICY_NAME = "gluedsl"
"""Of the one inline policy that a role has."""


def role_to_cfn(role: Role) -> dict[str, Any]:
    """Return the properties of an `AWS::IAM::Role`; a role that may do nothing has no policy."""
    properties: dict[str, Any] = {"RoleName": role.name, "AssumeRolePolicyDocument": trust_policy(role)}
    if role.statements:
        properties["Policies"] = [{"PolicyName": POLICY_NAME, "PolicyDocument": role_policy(role)}]
    return properties


def role_policy(role: Role) -> dict[str, Any]:
    """Return what the role may do; placeholders such as `${AWS::Region}` are left in for whoever deploys it."""
    return {
        "Version": _VERSION,
        "Statement": [
            {
                "Sid": statement.sid,
                "Effect": "Allow",
                "Action": list(statement.actions),
                "Resource": list(statement.resources),
                **({"Condition": _conditions(statement.conditions)} if statement.conditions else {}),
            }
            for statement in role.statements
        ],
    }


def _conditions(conditions: Iterable[StatementCondition]) -> dict[str, dict[str, list[str]]]:
    written: dict[str, dict[str, list[str]]] = {}
    for condition in conditions:
        written.setdefault(condition.operator, {})[condition.key] = list(condition.values)
    return written


def trust_policy(role: Role) -> dict[str, Any]:
    """Return the document that lets the role's service, and nobody else, assume it."""
    return {
        "Version": _VERSION,
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": role.service}, "Action": "sts:AssumeRole"},
        ],
    }
