"""The local Glue as a WSGI application, in front of moto's.

Comes in: a request. Goes out: the service's answer, if the operation is the service's; otherwise moto's. An operation
of Glue's that neither has is refused here: moto's answer is an HTML page, which clients ask for again and again.
"""

from __future__ import annotations

import io
import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from gluedsl.local.moto_app import moto_answers
from gluedsl.local.protocol import TARGET, Answer, answered, refused, unknown, unreadable
from gluedsl.local.service.failure import ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from gluedsl.local.service.glue import GlueService

_LONGEST_BODY = 16 * 1024 * 1024
"""Bytes of a request of ours; Glue's own limit is lower and not documented."""
_SCOPE = re.compile(r"Credential=[^/,\s]+/\d{8}/([^/]+)/")
"""Where a signature is for: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html."""
_TRAIL = "CloudTrail_20131101.LookupEvents"
"""The CDK's command line asks for it after a failed deployment, and for twenty seconds again where it is refused.
Some clients put more before it."""
_NO_EVENTS = Answer(status=HTTPStatus.OK, body=b'{"Events": []}')
"""Nothing is recorded here."""


class GlueApplication:
    """A WSGI application: the service first, moto behind it."""

    def __init__(self, service: GlueService, moto: WSGIApplication) -> None:
        self._service = service
        self._moto = moto

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        target: str = environ.get("HTTP_X_AMZ_TARGET", "")
        if target.endswith(_TRAIL):
            return _respond(start_response, _NO_EVENTS)
        if not target.startswith(TARGET):
            return self._moto(environ, start_response)
        try:
            body = _read(environ)
        except ServiceError as error:
            return _respond(start_response, refused(error))
        operation = target.removeprefix(TARGET)
        answer = answered(self._service, operation, body, region=_region(environ))
        if answer is None and not moto_answers(operation):
            answer = unknown(operation)
        if answer is None:
            environ["wsgi.input"] = io.BytesIO(body)
            environ["CONTENT_LENGTH"] = str(len(body))
            return self._moto(environ, start_response)
        return _respond(start_response, answer)


def _region(environ: WSGIEnvironment) -> str | None:
    scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    return scope.group(1) if scope else None


def _read(environ: WSGIEnvironment) -> bytes:
    length = environ.get("CONTENT_LENGTH") or None
    if length is None and environ.get("wsgi.input_terminated"):
        body: bytes = environ["wsgi.input"].read(_LONGEST_BODY + 1)
    elif (length or "0").isdecimal():
        wanted = int(length or "0")
        body = environ["wsgi.input"].read(min(wanted, _LONGEST_BODY + 1))
    else:
        message = f"Content-Length {length!r} is no number"
        raise unreadable(message)
    if len(body) > _LONGEST_BODY:
        message = f"a request has at most {_LONGEST_BODY} bytes"
        raise unreadable(message)
    return body


def _respond(start_response: StartResponse, answer: Answer) -> Iterable[bytes]:
    start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", list(answer.headers.items()))
    return [answer.body]
