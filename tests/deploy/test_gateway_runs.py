"""Starts of runs whose answer is lost: nobody knows whether one began, and nobody makes it two."""

from __future__ import annotations

import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from gluedsl.deploy.account import NoAnswerError
from gluedsl.deploy.gateway.connection import Connection
from gluedsl.deploy.gateway.runs import Runs
from gluedsl.deploy.runs import start
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Silent(ThreadingHTTPServer):
    """Somebody who takes each request and hangs up."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _HangsUp)
        self.asked: Counter[str] = Counter()


class _HangsUp(BaseHTTPRequestHandler):
    server: Silent

    def do_POST(self) -> None:
        """Take the request, and hang up."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked[self.headers["X-Amz-Target"].rpartition(".")[2]] += 1
        self.close_connection = True


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[Silent]:
    """A Glue that never answers."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")
    with Silent() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def runs(silent: Silent) -> tuple[Runs, str]:
    """Return the runs of that Glue, and where it is."""
    where = f"http://127.0.0.1:{silent.server_port}"
    return Runs(Connection(profile=None, region="us-east-1", endpoint_url=where)), where


def test_a_start_is_asked_for_once(silent: Silent) -> None:
    """Asked again, Glue would start another; what to do is said."""
    writer, where = runs(silent)
    with pytest.raises(UsageError) as error:
        start(writer, "sales")
    assert (error.value.message, error.value.hint) == (
        f"AWS does not answer at {where}/; whether a run of workflow `sales` has begun is not known",
        "gluedsl runs sales",
    )
    assert silent.asked == {"StartWorkflowRun": 1}


def test_a_resumption_is_asked_for_once(silent: Silent) -> None:
    """As a start."""
    writer, _ = runs(silent)
    with pytest.raises(NoAnswerError):
        writer.resume_run("sales", "wr_1", ["node_1"])
    assert silent.asked == {"ResumeWorkflowRun": 1}
