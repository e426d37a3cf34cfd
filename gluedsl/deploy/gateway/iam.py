"""The roles that a project makes."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from gluedsl.deploy.account import AwsError, ObservedRole
from gluedsl.deploy.gateway.singly import by_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from mypy_boto3_iam.type_defs import TagTypeDef

    from gluedsl.deploy.gateway.connection import Connection
    from gluedsl.deploy.resources import RoleDefinition

_POLICY = "gluedsl"
"""The name of the one inline policy of our roles."""
_MISSING = "NoSuchEntity"
_CLOSED = frozenset({"AccessDenied", "AccessDeniedException"})
_FEW = 20
"""Roles that are read by name: one takes two calls. A page of all of them has a few hundred roles at most."""
_LARGE_PAGE = 1000
"""The largest that there is
(https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html)."""


class Roles:
    """Reads and writes roles."""

    def __init__(self, connection: Connection) -> None:
        """Work over a connection."""
        self._connection = connection
        self._iam = connection.iam

    def roles(self, names: Collection[str]) -> dict[str, ObservedRole]:
        """Return the roles of these names, by name.

        IAM gives one role a call, or all of the account in pages. A few are asked for by name, several at once; many
        are picked out of the pages, if these credentials may see them.
        """
        if len(names) > _FEW:
            try:
                return self._listed(names)
            except AwsError as error:
                if error.code not in _CLOSED:
                    raise
        return by_name(names, self._role)

    def _listed(self, names: Collection[str]) -> dict[str, ObservedRole]:
        wanted = set(names)
        with self._connection.translated("iam"):
            pages = self._iam.get_paginator("get_account_authorization_details").paginate(
                Filter=["Role"], PaginationConfig={"PageSize": _LARGE_PAGE}
            )
            details = [role for page in pages for role in page["RoleDetailList"] if role["RoleName"] in wanted]
        return {
            role["RoleName"]: ObservedRole(
                name=role["RoleName"],
                trust=cast("Mapping[str, Any]", role.get("AssumeRolePolicyDocument", {})),
                policy=next(
                    (
                        cast("Mapping[str, Any]", policy["PolicyDocument"])
                        for policy in role.get("RolePolicyList", [])
                        if policy["PolicyName"] == _POLICY
                    ),
                    None,
                ),
                tags=_tags(role.get("Tags", [])),
            )
            for role in details
        }

    def _role(self, name: str) -> ObservedRole | None:
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
            tags=_tags(role.get("Tags", [])),
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
        for policy in self._listed_of(name, "list_role_policies", "PolicyNames"):
            self._away(partial(self._iam.delete_role_policy, RoleName=name, PolicyName=policy))
        for managed in self._listed_of(name, "list_attached_role_policies", "AttachedPolicies"):
            self._away(partial(self._iam.detach_role_policy, RoleName=name, PolicyArn=managed["PolicyArn"]))
        self._away(partial(self._iam.delete_role, RoleName=name))

    def _listed_of(self, role: str, operation: Any, member: str) -> list[Any]:
        """Return all of what an operation lists of a role; nothing, if there is no such role."""
        listed: list[Any] = []
        self._away(
            lambda: listed.extend(
                one for page in self._iam.get_paginator(operation).paginate(RoleName=role) for one in page[member]
            )
        )
        return listed

    def _away(self, call: Callable[[], object]) -> None:
        """Make one call; that what it is about is gone may be the work of its first try, whose answer was lost."""
        try:
            with self._connection.translated("iam"):
                call()
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


def _tags(listed: Sequence[TagTypeDef]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in listed}
