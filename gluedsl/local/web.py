"""A WSGI application on loopback, in threads: one for the server, one for each connection."""

from __future__ import annotations

import logging
import os
import socket
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from werkzeug.serving import BaseWSGIServer

LOOPBACK = "127.0.0.1"
_LAST_PORT = 65_535
_LOOK_SECONDS = 0.02
"""How often the server looks whether it is to stop."""
_NO_PAGES = b"the local Glue answers AWS clients on loopback, not web pages"
_OWN_SITES = frozenset({"none", "same-origin"})
"""What `Sec-Fetch-Site` says of a request that no page of somebody else has made."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WebServer:
    """A server that serves until it is stopped."""

    server: BaseWSGIServer
    thread: threading.Thread

    @property
    def url(self) -> str:
        """Where it serves."""
        return f"http://{LOOPBACK}:{self.server.port}"

    def stop(self) -> None:
        """Serve no more."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def bound_socket(port: int) -> socket.socket:
    """Return a socket that listens on a port of loopback; 0: a free one."""
    hint = "choose another port, or 0 for a free one"
    if not 0 <= port <= _LAST_PORT:
        message = f"{port} is no port: they are 1 to {_LAST_PORT}"
        raise UsageError(message, hint=hint)
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        message = f"the local Glue cannot listen on {LOOPBACK}:{port}: {reason}"
        raise UsageError(message, hint=hint) from error


def refuse_pages(application: WSGIApplication) -> WSGIApplication:
    """Return an application that answers no web page.

    A page that somebody has open could otherwise reach this server, and with it run code: browsers add `Origin` or
    `Sec-Fetch-Site` to what a page sends, and keep the name by which a page has found loopback as `Host`. AWS clients
    do neither. What a person asks for at the address bar is nobody's page.
    """

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", LOOPBACK).rpartition(":")[0] or environ.get("HTTP_HOST", LOOPBACK)
        from_a_page = "HTTP_ORIGIN" in environ or environ.get("HTTP_SEC_FETCH_SITE", "none") not in _OWN_SITES
        if not from_a_page and (host in {LOOPBACK, "localhost"} or host.endswith(".localhost")):
            return application(environ, start_response)
        start_response("403 Forbidden", [("Content-Type", "text/plain"), ("Content-Length", str(len(_NO_PAGES)))])
        return [_NO_PAGES]

    return guarded


def _note(kind: str, message: str, *args: object) -> None:
    """Take note of a fault behind a request: what it was, such as an operation that moto lacks; not where it was."""
    text = message % args if args else message
    if kind == "error":
        log.warning("a request was not answered: %s", text.strip().rpartition("\n")[2])
    log.debug("%s", text)


def serve(application: WSGIApplication, listener: socket.socket) -> WebServer:
    """Serve an application on a socket that listens; the socket is the server's from here on."""
    # werkzeug comes with moto, which is an extra.
    from moto.moto_server.werkzeug_app import MotoRequestHandler  # noqa: PLC0415 -- it keeps S3's header names
    from werkzeug.serving import make_server  # noqa: PLC0415

    class Handler(MotoRequestHandler):  # type: ignore[misc]  # moto has no types
        """Says nothing of requests, and of faults only to the log."""

        def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002, ARG002 -- werkzeug's names
            log.debug(message, *args)

    server: Any = make_server(LOOPBACK, 0, application, threaded=True, request_handler=Handler, fd=listener.fileno())
    server.log = _note
    listener.close()
    thread = threading.Thread(target=server.serve_forever, args=(_LOOK_SECONDS,), name="gluedsl-server", daemon=True)
    thread.start()
    return WebServer(server, thread)
