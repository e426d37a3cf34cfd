"""The page of the local Glue: what it is, how clients find it, what is in it.

Comes in: `GET /` of a browser. Goes out: one HTML document that needs nothing else and that no script can be smuggled
into: what is stored is text. It only reads. S3 lists buckets at the same address: a request that is signed, or that
does not ask for HTML, is not meant for this page.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC
from html import escape
from typing import TYPE_CHECKING, Any

from gluedsl.local.service.failure import ServiceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from gluedsl.local.service.glue import GlueService

_MOST = 200
"""Rows of a table; beyond them a number stands for the rest."""
_STYLE = """
:root { color-scheme: light dark; --quiet: #59636e; --line: #d1d9e0; --raised: #f6f8fa;
  --good: #1a7f37; --bad: #cf222e; --busy: #0969da; --part: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --quiet: #9198a1; --line: #3d444d; --raised: #151b23;
  --good: #3fb950; --bad: #f85149; --busy: #4493f8; --part: #d29922; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; } .quiet { color: var(--quiet); }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .75rem 1rem;
  overflow-x: auto; font: 14px/1.5 ui-monospace, monospace; }
div.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem 1rem .35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--quiet); white-space: nowrap; } td { overflow-wrap: anywhere; }
td:first-child { min-width: 10rem; }
td.steady { white-space: nowrap; } .good { color: var(--good); } .bad { color: var(--bad); }
.busy { color: var(--busy); } .part { color: var(--part); }
"""
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing but this page's own style is loaded or run, whatever a name contains."""
_HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)
_COLOURS = {
    **dict.fromkeys(("SUCCEEDED", "ACTIVATED", "SCHEDULED"), "good"),
    **dict.fromkeys(("FAILED", "TIMEOUT", "ERROR", "EXPIRED", "CANCELLED"), "bad"),
    **dict.fromkeys(("RUNNING", "STARTING", "STOPPING", "WAITING", "CANCELLING"), "busy"),
    **dict.fromkeys(("PARTIAL", "STOPPED"), "part"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the page says of the server itself."""

    version: str
    """Of gluedsl; empty: it is not told."""
    environment: Mapping[str, str]
    """What leads AWS clients here."""


def with_page(application: WSGIApplication, service: GlueService, about: About) -> WSGIApplication:
    """Return an application that has the page in front."""

    def paged(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _is_meant(environ):
            return application(environ, start_response)
        body = document(service, about).encode(errors="replace")
        start_response("200 OK", [*_HEADERS, ("Content-Length", str(len(body)))])
        return [body]

    return paged


def _is_meant(environ: WSGIEnvironment) -> bool:
    return (
        environ.get("REQUEST_METHOD") == "GET"
        and environ.get("PATH_INFO", "") in {"", "/"}
        and not environ.get("QUERY_STRING")
        and "HTTP_AUTHORIZATION" not in environ
        and "text/html" in environ.get("HTTP_ACCEPT", "")
    )


def document(service: GlueService, about: About) -> str:
    """Return the page as it is now."""
    place = service.place
    lines = "\n".join(f"export {name}={value}" for name, value in about.environment.items())
    body = "".join(
        (
            f"<h1>gluedsl {_text(about.version)}</h1>" if about.version else "<h1>gluedsl</h1>",
            f"<p>A Glue on this machine, in account {_text(place.account)}, region {_text(place.region)}. ",
            "S3, IAM, STS and the Data Catalog are here too. What is stored ends with the process.</p>",
            "<h2>Lead AWS clients here</h2>",
            f"<pre>{_text(lines)}</pre>",
            *(_table(service, kind) for kind in _KINDS),
        )
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,"><title>gluedsl: a Glue on this machine</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>\n"
    )


def _workflow(service: GlueService, name: str) -> Sequence[str]:
    run = service.handle("GetWorkflow", {"Name": name})["Workflow"].get("LastRun")
    if run is None:
        return "", "", "", ""
    snapshot = service.snapshot(name, run["WorkflowRunId"])
    outcome = snapshot.outcome if snapshot is not None and snapshot.has_ended else ""
    counted = run["Statistics"]
    actions = f"{counted['SucceededActions']} of {counted['TotalActions']} succeeded"
    return run["Status"], outcome, _moment(run.get("StartedOn")), actions


def _trigger(service: GlueService, name: str) -> Sequence[str]:
    trigger = service.handle("GetTrigger", {"Name": name})["Trigger"]
    return trigger["Type"], trigger["State"], trigger.get("WorkflowName", "")


def _job(service: GlueService, name: str) -> Sequence[str]:
    kind = service.handle("GetJob", {"JobName": name})["Job"]["Command"]["Name"]
    runs = service.handle("GetJobRuns", {"JobName": name, "MaxResults": 1})["JobRuns"]
    last = runs[0] if runs else {}
    return kind, last.get("JobRunState", ""), _moment(last.get("StartedOn"))


def _crawler(service: GlueService, name: str) -> Sequence[str]:
    crawler = service.handle("GetCrawler", {"Name": name})["Crawler"]
    return crawler["State"], crawler.get("LastCrawl", {}).get("Status", ""), crawler.get("DatabaseName", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """One table: what lists the names, and what a row says beside its name."""

    title: str
    operation: str
    member: str
    head: tuple[str, ...]
    row: Callable[[GlueService, str], Sequence[str]]


_KINDS = (
    _Kind(
        title="Workflows",
        operation="ListWorkflows",
        member="Workflows",
        head=("Name", "Last run", "Outcome", "Started", "Actions"),
        row=_workflow,
    ),
    _Kind(
        title="Triggers",
        operation="ListTriggers",
        member="TriggerNames",
        head=("Name", "Type", "State", "Workflow"),
        row=_trigger,
    ),
    _Kind(
        title="Jobs",
        operation="ListJobs",
        member="JobNames",
        head=("Name", "Kind", "Last run", "Started"),
        row=_job,
    ),
    _Kind(
        title="Crawlers",
        operation="ListCrawlers",
        member="CrawlerNames",
        head=("Name", "State", "Last crawl", "Database"),
        row=_crawler,
    ),
)


def _table(service: GlueService, kind: _Kind) -> str:
    names = _names(service, kind)
    if not names:
        return f"<h2>{kind.title}</h2><p class=quiet>none yet</p>"
    heads = "".join(f"<th>{each}</th>" for each in kind.head)
    rows = "".join(_row(service, kind, name) for name in names[:_MOST])
    more = f"<p class=quiet>and {len(names) - _MOST} more</p>" if len(names) > _MOST else ""
    table = f"<div class=wide><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    return f"<h2>{kind.title} <span class=quiet>{len(names)}</span></h2>{table}{more}"


def _names(service: GlueService, kind: _Kind) -> list[str]:
    names: list[str] = []
    token: dict[str, Any] = {}
    while True:
        answer = service.handle(kind.operation, token)
        names += answer[kind.member]
        if "NextToken" not in answer:
            return names
        token = {"NextToken": answer["NextToken"]}


def _row(service: GlueService, kind: _Kind, name: str) -> str:
    try:
        cells = kind.row(service, name)
    except ServiceError:
        return ""  # deleted while the page was made
    others = "".join(f"<td class=steady>{_state(cell)}</td>" for cell in cells)
    return f"<tr><td>{_text(name)}</td>{others}</tr>"


def _state(text: str) -> str:
    colour = _COLOURS.get(text)
    return f"<span class={colour}>{text}</span>" if colour else _text(text)


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _text(text: str) -> str:
    return escape(text, quote=True)
