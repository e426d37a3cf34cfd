"""Glue's JSON protocol over WSGI, in front of moto's application.

Comes in: a request. Goes out: the service's answer, if the operation is the service's; otherwise moto's.
A request that cannot be read gets an error as its answer.
The protocol: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
"""

from __future__ import annotations

import io
import json
import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gluedsl.local.service.failure import Code, ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from gluedsl.local.service.glue import GlueService

log = logging.getLogger(__name__)

_TARGET = "AWSGlue."
_LONGEST_BODY = 16 * 1024 * 1024
"""Bytes of a request of ours; Glue's own limit is lower and not documented."""


class GlueApplication:
    """A WSGI application: the service first, moto behind it."""

    def __init__(self, service: GlueService, moto: WSGIApplication) -> None:
        self._service = service
        self._moto = moto

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        target: str = environ.get("HTTP_X_AMZ_TARGET", "")
        if not target.startswith(_TARGET):
            return self._moto(environ, start_response)
        operation = target.removeprefix(_TARGET)
        try:
            body = _read(environ)
            parameters = _parsed(body)
            if not self._service.handles(operation, parameters):
                environ["wsgi.input"] = io.BytesIO(body)
                environ["CONTENT_LENGTH"] = str(len(body))
                return self._moto(environ, start_response)
            return _respond(start_response, "200 OK", self._service.handle(operation, parameters))
        except ServiceError as error:
            return _refuse(start_response, "400 Bad Request", error.code, error.message)
        except Exception as error:  # a fault of ours must not look like a broken connection
            log.exception("%s failed", operation)
            message = f"the local Glue failed: {type(error).__name__}: {error}"
            return _refuse(start_response, "500 Internal Server Error", Code.INTERNAL_SERVICE, message)


def _read(environ: WSGIEnvironment) -> bytes:
    length = environ.get("CONTENT_LENGTH") or None
    if length is None and environ.get("wsgi.input_terminated"):
        body: bytes = environ["wsgi.input"].read(_LONGEST_BODY + 1)
    elif (length or "0").isdecimal():
        wanted = int(length or "0")
        body = environ["wsgi.input"].read(min(wanted, _LONGEST_BODY + 1))
    else:
        message = f"Content-Length {length!r} is no number"
        raise _unreadable(message)
    if len(body) > _LONGEST_BODY:
        message = f"a request has at most {_LONGEST_BODY} bytes"
        raise _unreadable(message)
    return body


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        message = f"the body is not JSON: {error}"
        raise _unreadable(message) from error


def _unreadable(message: str) -> ServiceError:
    return ServiceError(Code.SERIALIZATION, message)


def _refuse(start_response: StartResponse, status: str, code: str, message: str) -> Iterable[bytes]:
    return _respond(start_response, status, {"__type": code, "message": message})


def _respond(start_response: StartResponse, status: str, members: dict[str, Any]) -> Iterable[bytes]:
    body = json.dumps(members, default=_epoch).encode()
    start_response(status, [("Content-Type", "application/x-amz-json-1.1"), ("Content-Length", str(len(body)))])
    return [body]


def _epoch(value: object) -> float:
    """Return a time as the protocol has it: seconds, with milliseconds as Glue gives them."""
    if isinstance(value, datetime):
        return round(value.timestamp(), 3)
    message = f"{value!r} is no member of an answer"
    raise TypeError(message)
