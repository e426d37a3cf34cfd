"""The page of the local Glue: who gets it, what it says, and that nothing in it can run."""

from __future__ import annotations

import base64
import hashlib
import http.client
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from gluedsl.local import LocalGlue
from tests.support.local import Account, actions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def account() -> Iterator[Account]:
    """Return an account on a local Glue whose jobs fail or succeed without running."""
    with LocalGlue(version="1.2.3", outcomes={"load": "SUCCEEDED", "bad": "FAILED"}) as glue:
        yield Account(glue)


def get(account: Account, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    """Ask as a browser does; return status, headers and text."""
    connection = http.client.HTTPConnection(urlsplit(account.local.endpoint_url).netloc, timeout=10)
    try:
        connection.request(method, path, headers=BROWSER | headers)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode()
    finally:
        connection.close()


class Reader(HTMLParser):
    """What a page says: its text, and what it would load or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.loads: list[tuple[str, str | None]] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what it loads."""
        self.tags.add(tag)
        self.loads += [(name, value) for name, value in attrs if name in {"src", "href", "action"} or name[:2] == "on"]

    def handle_data(self, data: str) -> None:
        """Note its text."""
        self.texts.append(data)


def test_it_says_what_this_is(account: Account) -> None:
    """Name, version, place, and each line that leads a client here."""
    status, headers, text = get(account)
    page = Reader(text)

    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "gluedsl 1.2.3" in page.texts
    assert any("in account 123456789012, region us-east-1" in each for each in page.texts)
    for name, value in account.local.environment().items():
        assert f"export {name}={value}" in "".join(page.texts)
    assert page.texts.count("none yet") == 4


def test_it_shows_what_is_in_it(account: Account) -> None:
    """Workflows with how their last run went, triggers, jobs and crawlers."""
    for job in ("load", "bad"):
        account.shell_job(job)
        account.glue.create_workflow(Name=f"{job}-flow")
        account.start(f"{job}-go", job, workflow=f"{job}-flow")
        account.run(f"{job}-flow")
    account.glue.create_workflow(Name="idle")
    account.crawler("crawl")

    texts = Reader(get(account)[2]).texts
    rows = " ".join(each.strip() for each in texts)

    assert "bad-flow COMPLETED FAILED 20" in rows
    assert "0 of 1 succeeded" in rows
    assert "load-flow COMPLETED SUCCEEDED 20" in rows
    assert "1 of 1 succeeded" in rows
    assert "load-go ON_DEMAND CREATED load-flow" in rows
    assert "load pythonshell SUCCEEDED 20" in rows
    assert "crawl READY db" in rows
    assert "Workflows 3" in rows
    assert "idle" in texts


def test_what_is_stored_is_text(account: Account) -> None:
    """A name that is markup is shown as it is, and the page loads and runs nothing."""
    account.glue.create_workflow(Name=EVIL)
    account.shell_job("load")
    account.glue.create_trigger(Name=EVIL, Type="ON_DEMAND", WorkflowName=EVIL, Actions=actions_of(("load",)))

    _, headers, text = get(account)
    page = Reader(text)

    assert EVIL not in text
    assert page.texts.count(EVIL) == 3
    assert page.loads == [("href", "data:,")]
    assert page.tags.isdisjoint({"script", "img", "form", "iframe", "object", "a"})
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    assert headers["content-security-policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert 'style="' not in text


def test_many_are_counted(account: Account) -> None:
    """A table ends somewhere; what it leaves out is counted."""
    for number in range(203):
        account.glue.create_workflow(Name=f"flow-{number:03}")

    texts = Reader(get(account)[2]).texts

    assert "flow-199" in texts
    assert "flow-200" not in texts
    assert "and 3 more" in texts


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example:80"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/lake/secret.txt", "/?Action=CreateUser&UserName=x&Version=2010-05-08"])
def test_pages_of_others_get_nothing(account: Account, headers: dict[str, str], path: str) -> None:
    """Whatever a page of somebody else asks for, under whatever name it has found this server, is refused."""
    account.put("secret.txt", "secret")

    status, _, text = get(account, path, **headers)

    assert (status, text) == (403, "the local Glue answers AWS clients on loopback, not web pages")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "same-origin"}])
def test_the_address_bar_is_answered(account: Account, headers: dict[str, str]) -> None:
    """A person who types the address, or reloads, gets the page."""
    assert get(account, **headers)[2].startswith("<!doctype html>")


def test_aws_clients_get_what_they_ask_for(account: Account) -> None:
    """At the same address S3 lists buckets, to whoever signs; other methods and queries are moto's."""
    assert [bucket["Name"] for bucket in account.s3.list_buckets()["Buckets"]] == ["lake"]
    for path, method, headers in (
        ("/", "GET", {"Accept": "*/*"}),
        ("/?list-type=2", "GET", {}),
        ("/", "HEAD", {}),
        ("/lake", "GET", {}),
    ):
        assert "doctype" not in get(account, path, method, **headers)[2]
