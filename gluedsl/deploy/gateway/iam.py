"""The roles that a project makes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from gluedsl.deploy.account import AwsError, ObservedRole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gluedsl.deploy.gateway.connection import Connection
    from gluedsl.deploy.resources import RoleDefinition

_POLICY = "gluedsl"
"""The name of the one inline policy of our roles."""
_MISSING = "NoSuchEntity"


class Roles:
    """Reads and writes roles."""

    def __init__(self, connection: Connection) -> None:
        """Work over a connection."""
        self._connection = connection
        self._iam = connection.iam

    def role(self, name: str) -> ObservedRole | None:
        """Return a role with its documents and tags."""
        try:
            with self._connection.translated("iam"):
                role = self._iam.get_role(RoleName=name)["Role"]
        except AwsError as error:
            if error.code == _MISSING:
                return None
            raise
        return ObservedRole(
            name=name,
            trust=cast("Mapping[str, Any]", role.get("AssumeRolePolicyDocument", {})),
            policy=self._policy(name),
            tags={tag["Key"]: tag["Value"] for tag in role.get("Tags", [])},
        )

    def _policy(self, name: str) -> Mapping[str, Any] | None:
        try:
            with self._connection.translated("iam"):
                answer = self._iam.get_role_policy(RoleName=name, PolicyName=_POLICY)
        except AwsError as error:
            if error.code == _MISSING:
                return None
            raise
        return cast("Mapping[str, Any]", answer["PolicyDocument"])

    def create(self, role: RoleDefinition) -> None:
        """Create a role, then give it its policy."""
        with self._connection.translated("iam"):
            self._iam.create_role(
                RoleName=role.name,
                AssumeRolePolicyDocument=json.dumps(role.trust),
                Tags=[{"Key": key, "Value": value} for key, value in role.tags.items()],
            )
        self._put_policy(role)

    def update(self, role: RoleDefinition) -> None:
        """Overwrite both documents of a role."""
        with self._connection.translated("iam"):
            self._iam.update_assume_role_policy(RoleName=role.name, PolicyDocument=json.dumps(role.trust))
        self._put_policy(role)

    def _put_policy(self, role: RoleDefinition) -> None:
        if role.policy is not None:
            document = json.dumps(role.policy)
            with self._connection.translated("iam"):
                self._iam.put_role_policy(RoleName=role.name, PolicyName=_POLICY, PolicyDocument=document)
        elif self._policy(role.name) is not None:
            with self._connection.translated("iam"):
                self._iam.delete_role_policy(RoleName=role.name, PolicyName=_POLICY)

    def delete(self, name: str) -> None:
        """Delete a role with what hangs on it: IAM refuses to delete one that has policies."""
        try:
            with self._connection.translated("iam"):
                for names in self._iam.get_paginator("list_role_policies").paginate(RoleName=name):
                    for policy in names["PolicyNames"]:
                        self._iam.delete_role_policy(RoleName=name, PolicyName=policy)
                for attached in self._iam.get_paginator("list_attached_role_policies").paginate(RoleName=name):
                    for managed in attached["AttachedPolicies"]:
                        self._iam.detach_role_policy(RoleName=name, PolicyArn=managed["PolicyArn"])
                self._iam.delete_role(RoleName=name)
        except AwsError as error:
            if error.code != _MISSING:
                raise

    def tag(self, name: str, tags: Mapping[str, str]) -> None:
        """Add tags."""
        with self._connection.translated("iam"):
            self._iam.tag_role(RoleName=name, Tags=[{"Key": key, "Value": value} for key, value in tags.items()])

    def untag(self, name: str, keys: Sequence[str]) -> None:
        """Take tags away."""
        with self._connection.translated("iam"):
            self._iam.untag_role(RoleName=name, TagKeys=keys)
