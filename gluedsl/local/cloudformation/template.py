"""Templates: reading them, and what CloudFormation refuses of one before anything is made.

Texts of refusals are CloudFormation's own, as users quote them; each with where it can be read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml
from moto.cloudformation import parsing
from moto.cloudformation.utils import yaml_tag_constructor

from gluedsl.local.cloudformation import resource_types
from gluedsl.local.cloudformation.asked import ASKED
from gluedsl.local.cloudformation.failure import refused
from gluedsl.local.cloudformation.references import Reference, dependencies, in_order, references
from gluedsl.local.cloudformation.structure import fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MOST_RESOURCES = 500
"""https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"""

PSEUDO_PARAMETERS = (
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
)
_IAM, _NAMED_IAM = "AWS::IAM::", "CAPABILITY_NAMED_IAM"
_IAM_NAMES = ("RoleName", "UserName", "GroupName", "ManagedPolicyName", "InstanceProfileName")


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # yaml has no types
    """Reads short forms such as `!Ref`, and leaves dates as the texts that they are in a template."""


_Loader.add_multi_constructor("", yaml_tag_constructor)
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse(template: str | None) -> dict[str, Any]:
    """Return a template as JSON would have it. JSON is read as JSON: as YAML it takes a hundred times as long."""
    text = template or ""
    try:
        found = json.loads(text) if text.lstrip().startswith("{") else yaml.load(text, Loader=_Loader)  # noqa: S506 -- a SafeLoader
    except (ValueError, RecursionError):
        raise refused(_format("JSON not well-formed.")) from None
    except yaml.YAMLError:
        # https://github.com/aws-samples/csv-to-dynamodb/issues/6
        raise refused(_format("YAML not well-formed.")) from None
    if not isinstance(found, dict):
        # https://github.com/keaeriksson/hugo-s3-cloudfront/issues/1
        raise refused(_format("unsupported structure."))
    if (wrong := fault(found)) is not None:
        raise refused(_format(wrong))
    return found


def _format(fault: str) -> str:
    return f"Template format error: {fault}"


def require_acknowledged(template: Mapping[str, Any]) -> None:
    """Refuse a template that makes what belongs to IAM, unless the client has said that it may.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html, Capabilities.
    """
    given, wanted = ASKED.get().capabilities, capabilities(template)
    if given is not None and wanted and not given & {*wanted, _NAMED_IAM}:
        message = f"Requires capabilities : [{wanted[0]}]"
        raise refused(message, code="InsufficientCapabilitiesException")


def capabilities(template: Mapping[str, Any]) -> list[str]:
    """Return what a client has to acknowledge of a template."""
    bodies = [each for each in template.get("Resources", {}).values() if each.get("Type", "").startswith(_IAM)]
    if any(name in each.get("Properties", {}) for each in bodies for name in _IAM_NAMES):
        return [_NAMED_IAM]
    return ["CAPABILITY_IAM"] if bodies else []


def active(resource_map: Any) -> dict[str, dict[str, Any]]:
    """Return the resources of a map whose conditions hold."""
    conditions = resource_map.lazy_condition_map
    return {
        logical_id: body
        for logical_id, body in resource_map._resource_json_map.items()  # noqa: SLF001 -- moto has no other way
        if "Condition" not in body or conditions.get(body["Condition"])
    }


def needs(resource_map: Any) -> dict[str, frozenset[str]]:
    """Return what each active resource cannot be made without."""
    bodies, conditions = active(resource_map), resource_map.lazy_condition_map
    return {name: dependencies(body, conditions) & bodies.keys() for name, body in bodies.items()}


def validate(resource_map: Any) -> None:
    """Refuse a template that CloudFormation would refuse; in place of moto's check of outputs."""
    template: dict[str, Any] = resource_map._template  # noqa: SLF001 -- moto has no other way
    if template == {}:
        return
    resources = template.get("Resources")
    _require_types(resources)
    known = resource_map._parsed_resources.keys()  # noqa: SLF001 -- moto has no other way
    bodies, conditions = active(resource_map), resource_map.lazy_condition_map
    for body in bodies.values():
        needed = dependencies(body, conditions)
        _require_known((Reference(name) for name in sorted(needed)), bodies, known, "Resources")
        _require_attributes(references(body.get("Properties", {}), conditions), bodies)
    outputs = template.get("Outputs") or {}
    shown = [o for o in outputs.values() if "Condition" not in o or conditions.get(o["Condition"])]
    _require_known(references(shown, conditions), bodies, known, "Outputs")
    _require_attributes(references(shown, conditions), bodies)
    in_order(needs(resource_map))


def _require_types(resources: Any) -> None:
    if not isinstance(resources, dict) or not resources:
        # https://github.com/JulieElkinsAWS/CFtemplates/issues/1
        raise refused(_format("At least one Resources member must be defined."))
    if len(resources) > _MOST_RESOURCES:
        count = f"Number of resources, {len(resources)}, is greater than maximum allowed, {_MOST_RESOURCES}"
        # https://github.com/serverless/serverless/issues/6803
        raise refused(_format(count))
    known = resource_types.glue_types()
    unknown = sorted({b["Type"] for b in resources.values() if b["Type"].startswith(resource_types.GLUE)} - {*known})
    if unknown:
        has = ", ".join(name.removeprefix(resource_types.GLUE) for name in known)
        message = f"Unrecognized resource types: [{', '.join(unknown)}]"
        # The first sentence: https://github.com/awsdocs/aws-cloudformation-user-guide/issues/1144
        raise refused(_format(f"{message}. Of {resource_types.GLUE}*, the local Glue has {has}"))


def _require_known(found: Iterable[Reference], bodies: Mapping[str, Any], known: Iterable[str], block: str) -> None:
    missing = sorted({each.name for each in found} - {*bodies, *known})
    if missing:
        # https://github.com/serverless/serverless/issues/4745
        message = f"Unresolved resource dependencies [{', '.join(missing)}] in the {block} block of the template"
        raise refused(_format(message))


def _require_attributes(found: Iterator[Reference], bodies: Mapping[str, dict[str, Any]]) -> None:
    for each in found:
        body = bodies.get(each.name)
        if body is None or each.attribute is None:
            continue
        model = parsing.resource_class_from_type(body["Type"])
        if model is not None and not model.has_cfn_attr(each.attribute):
            # https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1628
            no_such = f"resource {each.name} does not support attribute type {each.attribute} in Fn::GetAtt"
            message = f"Template error: {no_such}"
            raise refused(message)
