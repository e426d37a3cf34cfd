"""`AWS::IAM::Role` in full: moto creates one without its managed policies, and changes only its description.

Functions that stand in the place of methods of moto's `Role`, around what moto does.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy, Role, iam_backends
from moto.utilities.utils import get_partition

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_create = Role.create_from_cloudformation_json
_delete = Role.delete_from_cloudformation_json
_AWS_OWN = "arn:aws:iam::aws:policy"


def create(
    resource_name: str, cloudformation_json: Mapping[str, Any], account_id: str, region_name: str, **given: Any
) -> Any:
    """Create a role with all its policies."""
    properties = cloudformation_json["Properties"]
    role = _create(resource_name, cloudformation_json, account_id, region_name, **given)
    try:
        _set_policies(role, properties)
        _attach(role, properties.get("ManagedPolicyArns", []), account_id, region_name)
    except BaseException:
        delete(resource_name, cloudformation_json, account_id, region_name)
        raise
    return role


def update(
    original_resource: Any,
    new_resource_name: str,  # noqa: ARG001 -- moto's; a role keeps its name until it is replaced
    cloudformation_json: Mapping[str, Any],
    account_id: str,
    region_name: str,
) -> Any:
    """Change a role in place: who may assume it, what it may do, how it is described."""
    role, properties = original_resource, cloudformation_json["Properties"]
    wanted = properties.get("ManagedPolicyArns", [])
    _attach(role, wanted, account_id, region_name)
    _detach(role, set(role.managed_policies) - set(wanted), account_id, region_name)
    role.assume_role_policy_document = _text(properties["AssumeRolePolicyDocument"])
    role.description = properties.get("Description", "")
    role.max_session_duration = properties.get("MaxSessionDuration", 3600)
    role.permissions_boundary_arn = properties.get("PermissionsBoundary", "")
    role.tags = list(properties.get("Tags", []))
    _set_policies(role, properties)
    return role


def delete(resource_name: str, cloudformation_json: Mapping[str, Any], account_id: str, region_name: str) -> None:
    """Delete a role with its policies."""
    role = iam_backends[account_id][get_partition(region_name)].get_role(resource_name)
    _detach(role, tuple(role.managed_policies), account_id, region_name)
    _delete(resource_name, cloudformation_json, account_id, region_name)


def _set_policies(role: Any, properties: Mapping[str, Any]) -> None:
    """Give a role the policies of its template, as texts; those that an `AWS::IAM::Policy` has given it stay."""
    own = {policy["PolicyName"]: _text(policy["PolicyDocument"]) for policy in properties.get("Policies", [])}
    before: frozenset[str] = getattr(role, "of_template", frozenset())
    gone = before - own.keys()
    role.policies = {name: text for name, text in role.policies.items() if name not in gone} | own
    role.of_template = frozenset(own)


def _text(document: Any) -> str:
    return document if isinstance(document, str) else json.dumps(document)


def _attach(role: Any, arns: Iterable[str], account_id: str, region_name: str) -> None:
    backend = iam_backends[account_id][get_partition(region_name)]
    for arn in arns:
        if arn not in role.managed_policies:
            _know(backend, arn)
            backend.attach_role_policy(arn, role.name)


def _detach(role: Any, arns: Iterable[str], account_id: str, region_name: str) -> None:
    backend = iam_backends[account_id][get_partition(region_name)]
    for arn in tuple(arns):
        backend.detach_role_policy(arn, role.name)


def _know(backend: Any, arn: str) -> None:
    """Let moto know one of AWS's own policies: it has their text, and leaves them out unless told otherwise."""
    if arn.startswith(_AWS_OWN) and arn not in backend.managed_policies:
        name = arn.rpartition("/")[2]
        found = _aws_policies().get(name)
        if found is not None and f"{_AWS_OWN}{found['Path']}{name}" == arn:
            policy = AWSManagedPolicy.from_data(name, backend.account_id, backend.region_name, found)
            backend.managed_policies[arn] = policy


@cache
def _aws_policies() -> dict[str, Any]:
    policies: dict[str, Any] = json.loads(aws_managed_policies_data)
    return policies
