"""What of moto is replaced while a local Glue runs, by what, and why. Written for moto 5.2.5.

Imports moto's CloudFormation, and with it thirty services: nothing imports this before somebody asks for it.
"""

from __future__ import annotations

from typing import Any

from moto.cloudformation import models, parsing, responses

from gluedsl.local.cloudformation import (
    buckets,
    change_sets,
    deployment,
    looking,
    nested,
    parameters,
    requests,
    roles,
    stacks,
    template,
)
from gluedsl.local.cloudformation.patching import Patch

_MODELS, _PARSING, _RESPONSES = models.__name__, parsing.__name__, responses.__name__
_STACK, _CHANGE_SET = f"{_MODELS}:{models.Stack.__name__}", f"{_MODELS}:{models.ChangeSet.__name__}"
_BACKEND, _RESPONSE = f"{_MODELS}:{models.CloudFormationBackend.__name__}", f"{_RESPONSES}:CloudFormationResponse"
_ROLE, _PARAMETER = "moto.iam.models:Role", "moto.ssm.models:Parameter"


def _classmethod(function: Any) -> Any:
    """Return a class method that does not ask of which class it is."""
    return classmethod(lambda _, *args, **kwargs: function(*args, **kwargs))


_CREATES = "cls resource_name cloudformation_json account_id region_name kwargs"
_UPDATES = "cls original_resource new_resource_name cloudformation_json account_id region_name"

PATCHES = (
    # Templates
    Patch(
        owner=_STACK,
        name="parse_template",
        takes="template",
        by=staticmethod(template.parse),
        why="moto reads JSON as YAML, which takes a hundred times as long, and tells of no fault",
    ),
    Patch(
        owner=_CHANGE_SET,
        name="_parse_template",
        takes="self",
        by=change_sets.parsed,
        why="the same, of change sets",
    ),
    Patch(
        owner=f"{_PARSING}:ResourceMap",
        name="validate_outputs",
        takes="self",
        by=template.validate,
        why="moto lets pass what CloudFormation refuses: types and names that do not exist, circles, attributes",
    ),
    Patch(
        owner=_MODELS,
        name="get_stack_from_s3_url",
        takes="template_url account_id partition",
        by=nested.template_at,
        why="moto takes the first number of http://127.0.0.1/bucket/key for the bucket",
    ),
    Patch(
        owner=_RESPONSES,
        name="get_stack_from_s3_url",
        takes="template_url account_id partition",
        by=nested.template_at,
        why="the same, where requests name a template",
    ),
    # Resource types
    Patch(
        owner=_PARSING,
        name="resource_class_from_type",
        takes="resource_type",
        by=looking.resource_class_from_type,
        why="moto has none of Glue's types, and lets a custom resource wait for a function that Docker runs",
    ),
    Patch(
        owner=_ROLE,
        name="create_from_cloudformation_json",
        takes=_CREATES,
        by=_classmethod(roles.create),
        why="moto leaves managed policies out",
    ),
    Patch(
        owner=_ROLE,
        name="update_from_cloudformation_json",
        takes=_UPDATES,
        by=_classmethod(roles.update),
        why="moto changes a role's description alone",
    ),
    Patch(
        owner=_ROLE,
        name="delete_from_cloudformation_json",
        takes="cls resource_name cloudformation_json account_id region_name",
        by=_classmethod(roles.delete),
        why="moto refuses to delete a role that has managed policies",
    ),
    Patch(
        owner="moto.s3.models:FakeBucket",
        name="delete_from_cloudformation_json",
        takes="cls resource_name cloudformation_json account_id region_name",
        by=_classmethod(buckets.delete),
        why="moto leaves a bucket that is not empty, and says that it is gone",
    ),
    Patch(
        owner=_PARAMETER,
        name="has_cfn_attr",
        takes=None,
        new=True,
        by=staticmethod(parameters.has_attribute),
        why="moto's parameters have no attributes",
    ),
    Patch(
        owner=_PARAMETER,
        name="get_cfn_attribute",
        takes=None,
        new=True,
        by=parameters.get_attribute,
        why="the same",
    ),
    Patch(
        owner=_STACK,
        name="create_from_cloudformation_json",
        takes=_CREATES,
        by=_classmethod(nested.create),
        why="moto takes a nested stack that has failed for one that was made",
    ),
    Patch(
        owner=_STACK,
        name="update_from_cloudformation_json",
        takes=_UPDATES,
        by=_classmethod(nested.update),
        why="moto deletes a nested stack and makes it anew",
    ),
    Patch(
        owner=_STACK,
        name="get_cfn_attribute",
        takes=None,
        new=True,
        by=nested.get_attribute,
        why="moto's nested stacks have no Outputs",
    ),
    Patch(
        owner=_STACK,
        name="physical_resource_id",
        takes="self",
        by=property(nested.physical_resource_id),
        why="Ref of a nested stack is its ARN, moto's its name",
    ),
    # What a stack does
    Patch(
        owner=_STACK,
        name="create_resources",
        takes="self",
        by=deployment.create,
        why="moto has no events of resources, and leaves what a failure interrupted",
    ),
    Patch(
        owner=_STACK,
        name="delete",
        takes="self",
        by=deployment.delete,
        why="moto deletes in any order, and forgets a stack that could not be deleted",
    ),
    Patch(
        owner=_BACKEND,
        name="create_stack",
        takes="self name template parameters notification_arns tags role_arn enable_termination_protection "
        "timeout_in_mins stack_policy_body",
        by=stacks.create_stack,
        why="moto makes what an export names before the stack has begun, and answers with an error where one fails",
    ),
    Patch(
        owner=_BACKEND,
        name="update_stack",
        takes="self name template role_arn parameters tags",
        by=stacks.update_stack,
        why="moto deletes before it creates, replaces nothing that refers to what is replaced, and rolls nothing back",
    ),
    Patch(
        owner=_BACKEND,
        name="delete_stack",
        takes="self name_or_stack_id",
        by=stacks.delete_stack,
        why="moto heeds no termination protection and no imports",
    ),
    Patch(
        owner=_BACKEND,
        name="_resolve_update_parameters",
        takes="self instance incoming_params",
        by=looking.resolve_update_parameters,
        why="moto ends in a KeyError where the previous value of a parameter is its default",
    ),
    # Change sets
    Patch(
        owner=_BACKEND,
        name="create_change_set",
        takes="self stack_name change_set_name template parameters description change_set_type notification_arns tags "
        "role_arn",
        by=change_sets.create_change_set,
        why="moto makes a second stack of a name, and knows changes by their text alone",
    ),
    Patch(
        owner=_CHANGE_SET,
        name="diff",
        takes="self",
        by=change_sets.differing,
        why="moto's changes say nothing of parameters, tags and replacements",
    ),
    Patch(
        owner=_RESPONSE,
        name="describe_change_set",
        takes="self",
        by=requests.describe_change_set,
        why="moto finds change sets by name alone, and the CDK gives all of them one name",
    ),
    Patch(
        owner=_RESPONSE,
        name="delete_change_set",
        takes="self",
        by=requests.delete_change_set,
        why="the same; and moto ends in an UnboundLocalError where there is none",
    ),
    Patch(
        owner=_RESPONSE,
        name="execute_change_set",
        takes="self",
        by=requests.execute_change_set,
        why="the same; and moto has no outputs, no rollback and no status of failure afterwards",
    ),
    Patch(
        owner=_RESPONSE,
        name="list_change_sets",
        takes="self",
        by=requests.list_change_sets,
        why="moto lists those of all stacks",
    ),
    # What is shown
    Patch(
        owner=_RESPONSE,
        name="validate_template",
        takes="self",
        by=requests.validate_template,
        why="moto asks cfn-lint, which is not installed, and reads JSON as YAML",
    ),
    Patch(
        owner=_RESPONSE,
        name="get_template_summary",
        takes="self",
        by=requests.get_template_summary,
        why="moto reads JSON as YAML, and knows no capabilities",
    ),
    Patch(
        owner=f"{_PARSING}:ResourceMap",
        name="__getitem__",
        takes="self key",
        by=looking.get_item,
        why="moto makes a resource where somebody looks at it",
    ),
    Patch(
        owner=_STACK,
        name="stack_resources",
        takes="self",
        by=property(looking.stack_resources),
        why="moto shows what the template has, made or not",
    ),
    Patch(
        owner=_STACK,
        name="outputs",
        takes="self",
        by=property(looking.stack_outputs),
        why="moto finds the export of an output by its value, one that is not its own where two are equal",
    ),
    Patch(
        owner=_STACK,
        name="stack_parameters",
        takes="self",
        by=property(looking.stack_parameters),
        why="moto resolves the previous value of an SSM parameter twice",
    ),
    Patch(
        owner=_STACK,
        name="parameter_list",
        takes="self",
        by=property(looking.parameter_list),
        why="moto shows parameters with NoEcho, and the values of SSM parameters in place of their names",
    ),
    Patch(
        owner=_RESPONSES,
        name="StackResourceDTO",
        takes="stack resource",
        by=requests.described_resource,
        why="moto gives every resource the status of its stack",
    ),
    Patch(
        owner=_RESPONSE,
        name="list_stack_resources",
        takes="self",
        by=requests.list_stack_resources,
        why="moto calls every resource CREATE_COMPLETE",
    ),
    Patch(
        owner=_RESPONSE,
        name="_validate_different_update",
        takes="self incoming_params stack_body old_stack",
        by=requests.is_different,
        why="moto looks for a difference only where there are parameters",
    ),
    Patch(
        owner=_RESPONSE,
        name="update_termination_protection",
        takes=None,
        new=True,
        by=requests.update_termination_protection,
        why="moto does not know the operation",
    ),
    Patch(
        owner=_RESPONSE,
        name="call_action",
        takes=None,
        new=True,
        by=requests.call_action,
        why="moto's backend knows no threads, and drops what a request says of failures",
    ),
)
