"""How moto's stacks and maps show what there is: they look it up, and make nothing on the way.

Functions and properties that stand in the place of moto's `Stack` and `ResourceMap`.
"""

from __future__ import annotations

from typing import Any

from moto.cloudformation import parsing

from gluedsl.local.cloudformation import resource_types
from gluedsl.local.cloudformation.catalog_models import CATALOG_MODELS
from gluedsl.local.cloudformation.custom_models import CUSTOM_MODELS, FunctionModel, is_custom
from gluedsl.local.cloudformation.glue_models import GLUE_MODELS
from gluedsl.local.cloudformation.ledger import ledger

_HIDDEN = "****"
"""What is shown of a parameter with `NoEcho`."""
_class_from_type = parsing.resource_class_from_type


def resource_class_from_type(resource_type: str) -> Any:
    """Return the model of a type: of Glue's, only ours; None: nothing is made of it, as the events will tell."""
    if resource_type.startswith(resource_types.GLUE):
        return GLUE_MODELS.get(resource_type) or CATALOG_MODELS.get(resource_type)
    if is_custom(resource_type):
        return CUSTOM_MODELS.get(resource_type, FunctionModel)
    return _class_from_type(resource_type) if resource_type in parsing.get_model_map() else None


def get_item(resource_map: Any, key: str) -> Any:
    """Return what a map has under a name; None for a resource that is not there, and is not made now."""
    if key in resource_map._parsed_resources:  # noqa: SLF001 -- moto has no other way
        return resource_map._parsed_resources[key]  # noqa: SLF001 -- as above
    if key in resource_map._resource_json_map:  # noqa: SLF001 -- as above
        return None
    raise KeyError(key)


def stack_resources(stack: Any) -> list[Any]:
    """Return the resources of a stack."""
    return list(ledger(stack).resources.values())


def stack_outputs(stack: Any) -> list[dict[str, Any]] | None:
    """Return the outputs of a stack, each with its own export."""
    return ledger(stack).outputs or None


def stack_parameters(stack: Any) -> dict[str, Any]:
    """Return the parameters of a stack as they were given, or their defaults: what `UsePreviousValue` means.

    moto has the resolved ones, and resolves the value of an SSM parameter a second time.
    """
    slots = stack.template_dict.get("Parameters", {})
    defaults = {name: slot["Default"] for name, slot in slots.items() if "Default" in slot}
    return {name: value for name, value in (defaults | stack.parameters).items() if name in slots}


def parameter_list(stack: Any) -> list[dict[str, Any]]:
    """Return the parameters of a stack as a description shows them."""
    slots, resolved = stack.template_dict.get("Parameters", {}), stack.resource_map.resolved_parameters
    shown = []
    for name, value in stack_parameters(stack).items():
        parameter = {"ParameterKey": name, "ParameterValue": str(value)}
        if str(slots[name].get("NoEcho", False)).lower() == "true":
            parameter["ParameterValue"] = _HIDDEN
        elif str(slots[name]["Type"]).startswith("AWS::SSM::Parameter::"):
            parameter["ResolvedValue"] = str(resolved.get(name, ""))
        shown.append(parameter)
    return shown


def resolve_update_parameters(backend: Any, instance: Any, incoming_params: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the parameters of an update, the previous value where that is asked for."""
    del backend
    previous = instance.stack_parameters if hasattr(instance, "stack_parameters") else instance.parameters
    return {
        each["ParameterKey"]: (
            previous.get(each["ParameterKey"]) if each.get("UsePreviousValue") else each["ParameterValue"]
        )
        for each in incoming_params
    }
