"""Create, read, change, start, stop and delete triggers.

What each type accepts and how it is activated: https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html and
https://docs.aws.amazon.com/glue/latest/dg/activate-triggers.html. A trigger changes its state at once here:
ACTIVATING and DEACTIVATING are never seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.local.service import answers, tags
from gluedsl.local.service.definitions import Definition
from gluedsl.local.service.failure import already_exists, invalid
from gluedsl.local.service.paging import named, page
from gluedsl.local.service.trigger_checks import check_trigger
from gluedsl.model import ACTIVATABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.local.service.context import Context, Operation


def _create_trigger(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    name = parameters["Name"]
    if name in context.definitions.triggers:
        raise already_exists(kind="Trigger", name=name)
    given_tags = tags.checked(parameters.pop("Tags", {}))
    starts = parameters.pop("StartOnCreation", False)
    if starts and not _can_be_activated(parameters):
        message = f"StartOnCreation is not supported for {parameters['Type']} triggers"
        raise invalid(message)
    check_trigger(context.definitions, parameters)
    now = context.clock()
    context.definitions.triggers[name] = Definition(
        payload=parameters,
        created_on=now,
        modified_on=now,
        tags=given_tags,
        state="ACTIVATED" if starts else "CREATED",
    )
    return {"Name": name}


def _update_trigger(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    # "Updates a trigger definition": what TriggerUpdate leaves out is gone afterwards
    # (https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateTrigger.html).
    definition = context.definitions.trigger(parameters["Name"])
    if definition.state == "ACTIVATED":
        raise _not_allowed_in(definition.state)
    kept = {member: definition.payload[member] for member in ("WorkflowName", "Type") if member in definition.payload}
    payload = parameters["TriggerUpdate"] | kept | {"Name": definition.name}
    payload.setdefault("Actions", [])
    check_trigger(context.definitions, payload)
    definition.payload = payload
    definition.modified_on = context.clock()
    return {"Trigger": answers.trigger(definition)}


def _start_trigger(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    definition = context.definitions.trigger(parameters["Name"])
    kind = definition.payload["Type"]
    if kind == "EVENT":
        # https://github.com/hashicorp/terraform-provider-aws/issues/49407
        message = "Trigger Type EVENT cannot be started"
        raise invalid(message)
    if kind == "ON_DEMAND":
        workflow_name = definition.payload.get("WorkflowName")
        if workflow_name is None:
            context.driver.fire_standalone(definition.name)
        else:
            context.driver.start_run(workflow_name, {}, trigger=definition.name)
    else:
        definition.state = "ACTIVATED"
    return {"Name": definition.name}


def _stop_trigger(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    definition = context.definitions.trigger(parameters["Name"])
    if definition.state == "CREATED":
        raise _not_allowed_in(definition.state)
    definition.state = "DEACTIVATED"
    return {"Name": definition.name}


def _delete_trigger(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    # "If the trigger is not found, no exception is thrown."
    # https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteTrigger.html
    context.definitions.triggers.pop(parameters["Name"], None)
    return {"Name": parameters["Name"]}


def _get_trigger(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    return {"Trigger": answers.trigger(context.definitions.trigger(parameters["Name"]))}


def _get_triggers(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    chosen, more = page(_for_job(context, parameters), parameters, lambda t: t.name)
    return {"Triggers": [answers.trigger(t) for t in chosen], **more}


def _batch_get_triggers(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    known, names = context.definitions.triggers, dict.fromkeys(parameters["TriggerNames"])
    return {
        "Triggers": [answers.trigger(known[n]) for n in names if n in known],
        "TriggersNotFound": [n for n in names if n not in known],
    }


def _list_triggers(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    wanted = parameters.get("Tags", {})
    names, more = named([t.name for t in _for_job(context, parameters) if tags.have(t, wanted)], parameters)
    return {"TriggerNames": names, **more}


def _for_job(context: Context, parameters: dict[str, Any]) -> list[Definition]:
    """Return the triggers that can start the job asked for, or all if none can: as AWS documents GetTriggers."""
    triggers = sorted(context.definitions.triggers.values(), key=lambda t: t.name)
    job = parameters.get("DependentJobName")
    starting = [t for t in triggers if any(action.get("JobName") == job for action in t.payload["Actions"])]
    return starting if job is not None and starting else triggers


def _can_be_activated(payload: Mapping[str, Any]) -> bool:
    return payload["Type"] in ACTIVATABLE


def _not_allowed_in(state: str) -> Exception:
    # https://github.com/hashicorp/terraform-provider-aws/issues/49408
    return invalid(f"The operation is not allowed when trigger is in state: {state}")


OPERATIONS: Mapping[str, Operation] = {
    "CreateTrigger": _create_trigger,
    "UpdateTrigger": _update_trigger,
    "StartTrigger": _start_trigger,
    "StopTrigger": _stop_trigger,
    "DeleteTrigger": _delete_trigger,
    "GetTrigger": _get_trigger,
    "GetTriggers": _get_triggers,
    "BatchGetTriggers": _batch_get_triggers,
    "ListTriggers": _list_triggers,
}
