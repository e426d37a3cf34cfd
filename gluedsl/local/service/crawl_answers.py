"""Crawls as the API shows them: on their crawler, and one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.local.service import answers

if TYPE_CHECKING:
    from gluedsl.local.action_runs import ActionRun
    from gluedsl.local.service.context import Context
    from gluedsl.local.service.definitions import Definition

LOG_GROUP = "/aws-glue/crawlers"
_LAST_STATUS = {"SUCCEEDED": "SUCCEEDED", "CANCELLED": "CANCELLED", "FAILED": "FAILED", "ERROR": "FAILED"}
_HISTORY_STATE = {"SUCCEEDED": "COMPLETED", "CANCELLED": "STOPPED", "FAILED": "FAILED", "ERROR": "FAILED"}


def crawler_answer(context: Context, definition: Definition) -> dict[str, Any]:
    """Return a `Crawler`, with its state and its last crawl."""
    answer = answers.crawler(definition) | {
        "State": context.driver.crawler_state(definition.name),
        "CrawlElapsedTime": 0,
    }
    crawls = context.driver.crawls(definition.name)
    # Not always the newest, which may be one that was asked for meanwhile, and refused.
    running = next((crawl for crawl in crawls if crawl.is_under_way), None)
    if running is not None:
        elapsed = context.clock() - running.started_on
        answer["CrawlElapsedTime"] = int(elapsed.total_seconds() * 1000)
    ended = next((crawl for crawl in crawls if not crawl.is_under_way), None)
    if ended is not None:
        answer["LastCrawl"] = {"Status": _LAST_STATUS[ended.state], "StartTime": ended.started_on, **_log(ended)}
    return answer


def history_answer(crawl: ActionRun) -> dict[str, Any]:
    """Return a `CrawlerHistory`."""
    answer = {
        "CrawlId": crawl.id,
        "State": _HISTORY_STATE.get(crawl.state, "RUNNING"),
        "StartTime": crawl.started_on,
        **_log(crawl),
    }
    if crawl.completed_on is not None:
        answer["EndTime"] = crawl.completed_on
    return answer


def _log(crawl: ActionRun) -> dict[str, Any]:
    members = {"LogGroup": LOG_GROUP, "LogStream": crawl.name.replace(":", "_").replace("*", "_")}
    return members if crawl.error is None else members | {"ErrorMessage": crawl.error[:2048]}
