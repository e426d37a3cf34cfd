"""Stacks inside of stacks: `AWS::CloudFormation::Stack`, made, changed in place and deleted with their parent.

Functions that stand in the place of methods of moto's `Stack`; and where templates are read from.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from moto.cloudformation import utils
from moto.cloudformation.exceptions import UnformattedGetAttTemplateException
from moto.cloudformation.models import cloudformation_backends
from moto.s3.models import s3_backends
from moto.utilities.utils import get_partition

from gluedsl.local.cloudformation import deployment, stacks
from gluedsl.local.cloudformation.failure import ResourceError, reason, refused
from gluedsl.local.cloudformation.ledger import ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

_PREFIX = "Outputs."
_text_from_s3_url = utils.get_stack_from_s3_url


def template_at(template_url: str, account_id: str, partition: str) -> str:
    """Return a template in S3: at a host that is a number, the bucket is the first part of the path."""
    parts = urlsplit(template_url)
    try:
        if not _is_number(parts.hostname or ""):
            text: str = _text_from_s3_url(template_url, account_id, partition)
            return text
        bucket, _, key = unquote(parts.path.lstrip("/")).partition("/")
        found = s3_backends[account_id][partition].get_object(bucket, key)
    except Exception as error:  # moto's S3 raises whatever comes to it
        message = f"S3 error: {reason(error)}"
        raise refused(message) from error
    if found is None:
        message = "S3 error: The specified key does not exist."
        raise refused(message)
    content: bytes = found.value
    return content.decode()


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def get_attribute(stack: Any, attribute_name: str) -> str:
    """Return an output of a stack to its parent."""
    for output in ledger(stack).outputs:
        if attribute_name == _PREFIX + output["OutputKey"]:
            return str(output["OutputValue"])
    raise UnformattedGetAttTemplateException


def physical_resource_id(stack: Any) -> str:
    """Return what `Ref` gives of a stack: its ARN."""
    return str(stack.stack_id)


def create(
    resource_name: str, cloudformation_json: Mapping[str, Any], account_id: str, region_name: str, **given: Any
) -> Any:
    """Create a stack for its parent; one that does not come to be is taken away again."""
    backend = cloudformation_backends[account_id][region_name]
    template, parameters, tags = _parts(cloudformation_json, account_id, region_name)
    stack = backend.create_stack(name=resource_name, template=template, parameters=parameters, tags=tags)
    parent = stacks.find(backend, given["StackId"])
    stack.parent_id = given["StackId"]
    stack.root_id = getattr(parent, "root_id", None) or given["StackId"]
    if stack.status != "CREATE_COMPLETE":
        why = _why(stack)
        backend.delete_stack(stack.stack_id)
        # https://github.com/serverless/serverless/issues/7593
        message = f"Embedded stack {stack.stack_id} was not successfully created: {why}"
        raise ResourceError(message)
    return stack


def update(
    original_resource: Any,
    new_resource_name: str,
    cloudformation_json: Mapping[str, Any],
    account_id: str,
    region_name: str,
) -> Any:
    """Change a stack for its parent."""
    del new_resource_name
    template, parameters, tags = _parts(cloudformation_json, account_id, region_name)
    stack = original_resource
    if stacks.is_same(stack, template, parameters, tags):
        return stack
    deployment.update(stack, template, parameters, tags)
    if stack.status != "UPDATE_COMPLETE":
        message = f"Embedded stack {stack.stack_id} was not successfully updated: {_why(stack)}"
        raise ResourceError(message)
    return stack


def _why(stack: Any) -> str:
    """Return what a stack says of its failure, and what the resource says that failed."""
    told = ""
    for event in reversed(stack.events):
        is_own = event.physical_resource_id == stack.stack_id
        if is_own and event.resource_status.endswith("ROLLBACK_IN_PROGRESS"):
            told = event.resource_status_reason.removesuffix(" Rollback requested by user.")
        elif told and not is_own and event.resource_status.endswith("_FAILED"):
            return f"{told} {event.resource_status_reason}"
    return told


def _parts(
    cloudformation_json: Mapping[str, Any], account_id: str, region_name: str
) -> tuple[str, dict[str, str], dict[str, str]]:
    properties = cloudformation_json["Properties"]
    template = template_at(properties["TemplateURL"], account_id, get_partition(region_name))
    parameters = {name: _text(value) for name, value in properties.get("Parameters", {}).items()}
    return template, parameters, {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}


def _text(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
