"""What Glue refuses of a trigger, beyond the shapes of its model.

Texts with a source are Glue's own; the others are ours, for refusals that AWS documents without their text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.local.service.failure import Code, ServiceError, invalid
from gluedsl.local.service.schedules import check_schedule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.local.service.definitions import Definitions

_JOB_STATES = ("SUCCEEDED", "STOPPED", "FAILED", "TIMEOUT")
_CRAWL_STATES = ("SUCCEEDED", "FAILED", "CANCELLED")
_MOST_CRAWLERS = 2
"""A trigger can activate only two crawlers: https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html."""
_MOST_JOBS = 50
"""Jobs per trigger: https://docs.aws.amazon.com/general/latest/gr/glue.html."""


def check_trigger(definitions: Definitions, payload: Mapping[str, Any]) -> None:
    """Raise unless Glue would keep this trigger."""
    kind = payload["Type"]
    if kind == "SCHEDULED":
        if not payload.get("Schedule"):
            message = "Schedule is required for SCHEDULED triggers"
            raise invalid(message)
        check_schedule(payload["Schedule"])
    conditions = payload.get("Predicate", {}).get("Conditions", [])
    if kind == "CONDITIONAL" and not conditions:
        message = "Predicate with at least one condition is required for CONDITIONAL triggers"
        raise invalid(message)
    _check_actions(payload["Actions"])
    _check_conditions(payload.get("Predicate", {}), conditions)
    _check_not_both(payload["Actions"], conditions)
    # After that: what is wrong in itself is told before what is missing.
    _check_workflow(definitions, payload)
    for each in (*payload["Actions"], *conditions):
        _check_exists(definitions, each)


def _check_workflow(definitions: Definitions, payload: Mapping[str, Any]) -> None:
    name = payload.get("WorkflowName")
    if name is None:
        return
    definitions.workflow(name)
    if payload["Type"] == "CONDITIONAL":
        return
    for other in definitions.triggers_of(name):
        if other.payload["Type"] != "CONDITIONAL" and other.name != payload["Name"]:
            # "only one starting trigger": https://docs.aws.amazon.com/glue/latest/dg/blueprint_workflow_restrictions.html
            message = f"Workflow {name} already has the start trigger {other.name}; a workflow can have only one"
            raise invalid(message)


def _check_actions(actions: list[Mapping[str, Any]]) -> None:
    if not actions:
        message = "Actions cannot be empty"
        raise invalid(message)
    for action in actions:
        _check_names_one(action, "An action")
    crawlers = sum(1 for action in actions if "CrawlerName" in action)
    if crawlers > _MOST_CRAWLERS:
        message = f"A trigger can start at most {_MOST_CRAWLERS} crawlers, not {crawlers}"
        raise invalid(message)
    jobs = len(actions) - crawlers
    if jobs > _MOST_JOBS:
        message = f"A trigger can start at most {_MOST_JOBS} jobs, not {jobs}"
        raise ServiceError(Code.RESOURCE_NUMBER_LIMIT_EXCEEDED, message)


def _check_conditions(predicate: Mapping[str, Any], conditions: list[Mapping[str, Any]]) -> None:
    if len(conditions) > 1 and "Logical" not in predicate:
        message = "Logical is required in a predicate with several conditions"
        raise invalid(message)
    for condition in conditions:
        if "LogicalOperator" not in condition:
            # https://github.com/aws/aws-cdk/issues/34652
            message = "Logical operator cannot be null or empty"
            raise invalid(message)
        _check_names_one(condition, "A condition")
        if "JobName" in condition:
            _check_state(condition.get("State"), "job", _JOB_STATES)
        else:
            _check_state(condition.get("CrawlState"), "crawler", _CRAWL_STATES)


def _check_state(state: str | None, kind: str, allowed: tuple[str, ...]) -> None:
    if state not in allowed:
        # Of a crawler: https://github.com/aws/aws-cdk/issues/24575
        choice = f"choose from one of the following {kind} state: [{', '.join(allowed)}]"
        message = f"State cannot be null or empty, {choice}" if state is None else f"State {state} is invalid, {choice}"
        raise invalid(message)


def _check_names_one(what: Mapping[str, Any], called: str) -> None:
    if ("JobName" in what) == ("CrawlerName" in what):
        message = f"{called} names either a JobName or a CrawlerName"
        raise invalid(message)


def _check_exists(definitions: Definitions, what: Mapping[str, Any]) -> None:
    if "JobName" in what:
        definitions.job(what["JobName"])
    else:
        definitions.crawler(what["CrawlerName"])


def _check_not_both(actions: list[Mapping[str, Any]], conditions: list[Mapping[str, Any]]) -> None:
    for member, kind in (("JobName", "Job"), ("CrawlerName", "Crawler")):
        if {c[member] for c in conditions if member in c} & {a[member] for a in actions if member in a}:
            # Of a job: https://github.com/hashicorp/terraform-provider-aws/issues/39571
            message = f"{kind} cannot be a Predicate and Action for Conditional Trigger."
            raise invalid(message)
