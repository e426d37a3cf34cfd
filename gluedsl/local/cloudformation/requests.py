"""What requests ask of stacks and change sets: methods that stand in the place of moto's `CloudFormationResponse`.

Comes in: a response object of moto's, which has read a request. Goes out: what moto writes as the answer.
"""

from __future__ import annotations

import logging
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from moto.cloudformation.exceptions import CloudFormationError
from moto.core.responses import ActionResult, BaseResponse, EmptyResult

from gluedsl.local.cloudformation import change_sets
from gluedsl.local.cloudformation.asked import ASKED, Asked
from gluedsl.local.cloudformation.failure import refused
from gluedsl.local.cloudformation.ledger import ledger
from gluedsl.local.cloudformation.stacks import IN_REVIEW, find
from gluedsl.local.cloudformation.template import PSEUDO_PARAMETERS, capabilities, parse, validate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.local.cloudformation.asked import OnFailure
    from gluedsl.local.cloudformation.ledger import Resource

log = logging.getLogger(__name__)

_LONGEST_BODY = 51_200
"""https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"""
_one_at_a_time = threading.RLock()
"""moto's backend knows no threads; what a request does to a stack is done before the next one looks."""


def call_action(response: Any) -> Any:
    """Answer a request, no other at the same time, and as it wants failures to be dealt with."""
    with _one_at_a_time:
        token = ASKED.set(Asked())
        try:
            ASKED.set(_asked_for(response))
            _require_size(response)
            return BaseResponse.call_action(response)
        except CloudFormationError as error:
            return response.serialized(ActionResult(error))
        except NotImplementedError:
            message = f"the local Glue has no {response._get_action()} in its CloudFormation"  # noqa: SLF001 -- as moto asks
            return response.serialized(ActionResult(refused(message)))
        except Exception as error:  # moto stumbles over much that is no template; a client must not try again for that
            log.exception("%s failed", response._get_action())  # noqa: SLF001 -- as above
            message = f"the local Glue cannot make sense of this request: {type(error).__name__}: {error}"
            return response.serialized(ActionResult(refused(message)))
        finally:
            ASKED.reset(token)


def _asked_for(response: Any) -> Asked:
    wanted = response._get_param("OnFailure")  # noqa: SLF001 -- how moto's own methods ask
    disabled = response._get_bool_param("DisableRollback", if_none=False)  # noqa: SLF001 -- as above
    on_failure: OnFailure = "DO_NOTHING" if disabled else "ROLLBACK"
    if wanted in {"DELETE", "DO_NOTHING"}:
        on_failure = wanted
    acknowledged = frozenset(response._get_param("Capabilities", []))  # noqa: SLF001 -- as above
    is_heeded = response._get_action() in {"CreateStack", "UpdateStack", "CreateChangeSet"}  # noqa: SLF001 -- as above
    return Asked(on_failure=on_failure, capabilities=acknowledged if is_heeded else None)


def _require_size(response: Any) -> None:
    """Refuse a template that only S3 could hand over."""
    text = response._get_param("TemplateBody") or ""  # noqa: SLF001 -- as above
    if len(text.encode("utf-8", "surrogatepass")) > _LONGEST_BODY:
        constraint = f"failed to satisfy constraint: Member must have length less than or equal to {_LONGEST_BODY}"
        message = f"1 validation error detected: Value at 'templateBody' {constraint}"
        raise refused(message)


def _asked(response: Any) -> tuple[Any, str, str | None]:
    get = response._get_param  # noqa: SLF001 -- as above
    return response.cloudformation_backend, get("ChangeSetName"), get("StackName")


def describe_change_set(response: Any) -> Any:
    """Answer DescribeChangeSet."""
    return ActionResult(change_sets.found(*_asked(response)))


def delete_change_set(response: Any) -> Any:
    """Answer DeleteChangeSet."""
    change_sets.forget(*_asked(response))
    return EmptyResult()


def execute_change_set(response: Any) -> Any:
    """Answer ExecuteChangeSet."""
    change_sets.execute(*_asked(response))
    return EmptyResult()


def list_change_sets(response: Any) -> Any:
    """Answer ListChangeSets."""
    backend, _, stack_name = _asked(response)
    return ActionResult({"Summaries": change_sets.of_stack(backend, stack_name)})


def update_termination_protection(response: Any) -> Any:
    """Answer UpdateTerminationProtection, which moto does not know."""
    backend, _, stack_name = _asked(response)
    stack = find(backend, stack_name or "")
    if stack is None:
        message = f"Stack [{stack_name}] does not exist"
        raise refused(message)
    wanted = response._get_bool_param("EnableTerminationProtection", if_none=False)  # noqa: SLF001 -- as above
    stack.enable_termination_protection = wanted
    return ActionResult({"StackId": stack.stack_id})


def list_stack_resources(response: Any) -> Any:
    """Answer ListStackResources."""
    backend, _, stack_name = _asked(response)
    stack = backend.get_stack(stack_name)
    return ActionResult({"StackResourceSummaries": [_summary(each) for each in ledger(stack).resources.values()]})


def described_resource(stack: Any, resource: Resource) -> Any:
    """Return a resource as DescribeStackResources shows it; in place of moto's `StackResourceDTO`."""
    return SimpleNamespace(
        stack_id=stack.stack_id,
        stack_name=stack.name,
        timestamp=resource.timestamp,
        last_updated_timestamp=resource.timestamp,
        **_identity(resource),
    )


def is_different(response: Any, incoming_params: Any, stack_body: Any, old_stack: Any) -> None:
    """Refuse nothing: whether there is anything to update is looked at where that is known.

    In place of moto's `_validate_different_update`, which resolves previous values its own way.
    """


def validate_template(response: Any) -> Any:
    """Answer ValidateTemplate."""
    whole = parse(_template_of(response))
    nowhere = SimpleNamespace(
        _template=whole,
        _resource_json_map=whole.get("Resources"),
        _parsed_resources=dict.fromkeys([*PSEUDO_PARAMETERS, *whole.get("Parameters", {}), *whole.get("Mappings", {})]),
        lazy_condition_map=dict.fromkeys(whole.get("Conditions", {}), True),
    )
    validate(nowhere)
    return ActionResult(_told(whole))


def get_template_summary(response: Any) -> Any:
    """Answer GetTemplateSummary."""
    whole = parse(_template_of(response))
    types = [body["Type"] for body in whole.get("Resources", {}).values()]
    version = {"Version": str(whole["AWSTemplateFormatVersion"])} if "AWSTemplateFormatVersion" in whole else {}
    return ActionResult(_told(whole) | {"ResourceTypes": types} | version)


def _template_of(response: Any) -> str:
    backend, _, stack_name = _asked(response)
    url, body = response._get_param("TemplateURL"), response._get_param("TemplateBody")  # noqa: SLF001 -- as above
    if stack_name is not None:
        stack = backend.get_stack(stack_name)
        if stack.status == IN_REVIEW:
            message = f"{response._get_action()} cannot be called on {IN_REVIEW} stacks."  # noqa: SLF001 -- as above
            raise refused(message)
        body = stack.template
    elif url:
        body = response._get_stack_from_s3_url(url)  # noqa: SLF001 -- as above
    return str(body or "")


def _told(whole: Mapping[str, Any]) -> dict[str, Any]:
    parameters = []
    for name, slot in whole.get("Parameters", {}).items():
        told = {"ParameterKey": name, "NoEcho": str(slot.get("NoEcho", False)).lower() == "true"}
        told |= {"ParameterType": slot.get("Type", "String"), "ParameterConstraints": {}}
        told |= {"Description": slot["Description"]} if "Description" in slot else {}
        if "AllowedValues" in slot:
            told["ParameterConstraints"] = {"AllowedValues": list(map(str, slot["AllowedValues"]))}
        parameters.append(told | ({"DefaultValue": str(slot["Default"])} if "Default" in slot else {}))
    described = {"Description": whole["Description"]} if "Description" in whole else {}
    return {"Parameters": parameters, "Capabilities": capabilities(whole), **described}


def _summary(resource: Resource) -> Mapping[str, Any]:
    return {
        "LogicalResourceId": resource.logical_resource_id,
        "PhysicalResourceId": resource.physical_resource_id,
        "ResourceType": resource.cf_resource_type,
        "ResourceStatus": resource.resource_status,
        "ResourceStatusReason": resource.resource_status_reason,
        "LastUpdatedTimestamp": resource.timestamp,
    }


def _identity(resource: Resource) -> dict[str, Any]:
    return {
        "logical_resource_id": resource.logical_resource_id,
        "physical_resource_id": resource.physical_resource_id,
        "resource_type": resource.cf_resource_type,
        "resource_status": resource.resource_status,
        "resource_status_reason": resource.resource_status_reason,
    }
