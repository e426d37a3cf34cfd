"""Create, read, change, schedule and delete crawlers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.local.service import answers, tags
from gluedsl.local.service.crawl_answers import crawler_answer
from gluedsl.local.service.crawler_checks import check_crawler
from gluedsl.local.service.definitions import Definition
from gluedsl.local.service.failure import Code, ServiceError, already_exists
from gluedsl.local.service.paging import named, page
from gluedsl.local.service.schedules import check_schedule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.local.service.context import Context, Operation

_CLEARED_BY_EMPTY = ("Schedule", "Description", "TablePrefix", "CrawlerSecurityConfiguration", "DatabaseName")
"""Members that an update with an empty text takes away."""


def _create_crawler(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    name = parameters["Name"]
    if name in context.definitions.crawlers:
        raise already_exists(kind="Crawler", name=name)
    given_tags = tags.checked(parameters.pop("Tags", {}))
    check_crawler(parameters)
    now = context.clock()
    context.definitions.crawlers[name] = Definition(
        payload=answers.with_crawler_defaults(parameters),
        created_on=now,
        modified_on=now,
        tags=given_tags,
        state="SCHEDULED" if "Schedule" in parameters else "",
    )
    return {}


def _update_crawler(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    # A member that is left out stays as it is.
    definition = context.definitions.crawler(parameters["Name"])
    if context.driver.crawler_state(definition.name) != "READY":
        # https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/817
        message = "Cannot update Crawler while running. Please stop crawl or wait until it completes to update."
        raise ServiceError(Code.CRAWLER_RUNNING, message)
    payload = definition.payload | parameters
    for member in _CLEARED_BY_EMPTY:
        if payload.get(member) == "":
            del payload[member]
    check_crawler(payload)
    if payload.get("Schedule") != definition.payload.get("Schedule"):
        definition.state = "SCHEDULED" if "Schedule" in payload else ""
    _changed(context, definition, answers.with_crawler_defaults(payload))
    return {}


def _changed(context: Context, definition: Definition, payload: dict[str, Any]) -> None:
    definition.payload = payload
    definition.modified_on = context.clock()
    definition.version += 1


def _delete_crawler(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    definition = context.definitions.crawler(parameters["Name"])
    if context.driver.crawler_state(definition.name) != "READY":
        # After https://github.com/aws/aws-sdk-java/issues/1549
        message = f"Cannot delete crawler {definition.name} while it's running"
        raise ServiceError(Code.CRAWLER_RUNNING, message)
    del context.definitions.crawlers[definition.name]
    context.driver.forget_crawler(definition.name)
    return {}


def _get_crawler(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    return {"Crawler": crawler_answer(context, context.definitions.crawler(parameters["Name"]))}


def _get_crawlers(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    crawlers = sorted(context.definitions.crawlers.values(), key=lambda c: c.name)
    chosen, more = page(crawlers, parameters, lambda c: c.name)
    return {"Crawlers": [crawler_answer(context, c) for c in chosen], **more}


def _batch_get_crawlers(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    known, names = context.definitions.crawlers, dict.fromkeys(parameters["CrawlerNames"])
    return {
        "Crawlers": [crawler_answer(context, known[n]) for n in names if n in known],
        "CrawlersNotFound": [n for n in names if n not in known],
    }


def _list_crawlers(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    wanted = parameters.get("Tags", {})
    names, more = named([n for n, c in context.definitions.crawlers.items() if tags.have(c, wanted)], parameters)
    return {"CrawlerNames": names, **more}


def _update_crawler_schedule(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    definition = context.definitions.crawler(parameters["CrawlerName"])
    check_schedule(parameters.get("Schedule", ""))
    definition.state = "SCHEDULED"
    _changed(context, definition, definition.payload | {"Schedule": parameters["Schedule"]})
    return {}


def _start_crawler_schedule(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    definition = context.definitions.crawler(parameters["CrawlerName"])
    if "Schedule" not in definition.payload:
        raise ServiceError(Code.NO_SCHEDULE, f"Crawler {definition.name} has no schedule")
    if definition.state == "SCHEDULED":
        raise ServiceError(Code.SCHEDULER_RUNNING, f"The schedule of crawler {definition.name} is already active")
    definition.state = "SCHEDULED"
    return {}


def _stop_crawler_schedule(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    definition = context.definitions.crawler(parameters["CrawlerName"])
    if definition.state != "SCHEDULED":
        raise ServiceError(Code.SCHEDULER_NOT_RUNNING, f"The schedule of crawler {definition.name} is not active")
    definition.state = "NOT_SCHEDULED"
    return {}


OPERATIONS: Mapping[str, Operation] = {
    "CreateCrawler": _create_crawler,
    "UpdateCrawler": _update_crawler,
    "DeleteCrawler": _delete_crawler,
    "GetCrawler": _get_crawler,
    "GetCrawlers": _get_crawlers,
    "BatchGetCrawlers": _batch_get_crawlers,
    "ListCrawlers": _list_crawlers,
    "UpdateCrawlerSchedule": _update_crawler_schedule,
    "StartCrawlerSchedule": _start_crawler_schedule,
    "StopCrawlerSchedule": _stop_crawler_schedule,
}
