"""Create, read, change and delete workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.local.service import answers, tags
from gluedsl.local.service.definitions import Definition
from gluedsl.local.service.failure import already_exists, invalid
from gluedsl.local.service.paging import named
from gluedsl.local.service.run_answers import run_answer
from gluedsl.spelling import graph_to_api

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.local.service.context import Context, Operation

_MOST_NAMES = 25
"""In one answer: https://docs.aws.amazon.com/glue/latest/webapi/API_ListWorkflows.html."""


def _create_workflow(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    name = parameters["Name"]
    if name in context.definitions.workflows:
        raise already_exists(kind="Workflow", name=name)
    given_tags = tags.checked(parameters.pop("Tags", {}))
    now = context.clock()
    context.definitions.workflows[name] = Definition(
        payload=_checked(parameters), created_on=now, modified_on=now, tags=given_tags
    )
    return {"Name": name}


def _update_workflow(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    # A member that is left out is cleared, as a blank MaxConcurrentRuns removes the limit.
    definition = context.definitions.workflow(parameters["Name"])
    definition.payload = _checked(parameters)
    definition.modified_on = context.clock()
    return {"Name": definition.name}


def _checked(parameters: dict[str, Any]) -> dict[str, Any]:
    most = parameters.get("MaxConcurrentRuns")
    if most is not None and most < 1:
        message = f"MaxConcurrentRuns is at least 1, not {most}"
        raise invalid(message)
    return parameters


def _delete_workflow(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    # Deleting what is not there is no error: DeleteWorkflow lists no EntityNotFoundException
    # (https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteWorkflow.html).
    name = parameters["Name"]
    context.driver.check_deletable(name)
    if context.definitions.workflows.pop(name, None) is not None:
        context.driver.forget_workflow(name)
    return {"Name": name}


def _get_workflow(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    definition = context.definitions.workflow(parameters["Name"])
    return {"Workflow": _answer(context, definition, include_graph=parameters.get("IncludeGraph", False))}


def _batch_get_workflows(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    known, include_graph = context.definitions.workflows, parameters.get("IncludeGraph", False)
    names = dict.fromkeys(parameters["Names"])
    return {
        "Workflows": [_answer(context, known[n], include_graph=include_graph) for n in names if n in known],
        "MissingWorkflows": [n for n in names if n not in known],
    }


def _list_workflows(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    names, more = named(tuple(context.definitions.workflows), parameters, most=_MOST_NAMES)
    return {"Workflows": names, **more}


def _answer(context: Context, definition: Definition, *, include_graph: bool) -> dict[str, Any]:
    answer = answers.workflow(definition)
    runs = context.driver.runs(definition.name)
    if runs:
        answer["LastRun"] = run_answer(context.place, runs[0], include_graph=include_graph)
    if include_graph:
        workflow = answers.design(context.definitions, definition.name)
        states = {t.name: t.state for t in context.definitions.triggers_of(definition.name)}
        answer["Graph"] = graph_to_api(
            workflow, account=context.place.account, region=context.place.region, trigger_states=states
        )
    return answer


OPERATIONS: Mapping[str, Operation] = {
    "CreateWorkflow": _create_workflow,
    "UpdateWorkflow": _update_workflow,
    "DeleteWorkflow": _delete_workflow,
    "GetWorkflow": _get_workflow,
    "BatchGetWorkflows": _batch_get_workflows,
    "ListWorkflows": _list_workflows,
}
