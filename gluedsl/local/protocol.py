"""Glue's JSON protocol, whatever carries it: HTTP on loopback, or moto inside a process.

Comes in: an operation, the body of a request, and the region and account that it was signed for. Goes out: status and
body of the answer, or nothing where the operation is moto's. A request that cannot be read gets an error as its answer.
The protocol: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
"""

from __future__ import annotations

import itertools
import json
import logging
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gluedsl.local.service.failure import Code, ServiceError, invalid

if TYPE_CHECKING:
    from gluedsl.local.service.glue import GlueService
    from gluedsl.local.service.place import Place

log = logging.getLogger(__name__)

TARGET = "AWSGlue."
"""What `X-Amz-Target` begins with; the name of the operation follows."""
CONTENT_TYPE = "application/x-amz-json-1.1"
_REQUESTS = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back to the client."""

    status: int
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        """The headers: clients log the id of a request, and count on it."""
        return {
            "Content-Type": CONTENT_TYPE,
            "Content-Length": str(len(self.body)),
            "x-amzn-RequestId": str(uuid.uuid5(uuid.NAMESPACE_OID, str(next(_REQUESTS)))),
        }


def answered(
    service: GlueService, operation: str, body: bytes, *, region: str | None = None, account: str | None = None
) -> Answer | None:
    """Return the service's answer; None: the operation is moto's. A region that is None is not told by the client."""
    try:
        parameters = _parsed(body)
        if not service.handles(operation, parameters):
            return None
        _check_place(service.place, region, account)
        return _answer(200, service.handle(operation, parameters))
    except ServiceError as error:
        return refused(error)
    except Exception as error:  # a fault of ours must not look like a broken connection
        log.exception("%s failed", operation)
        message = f"the local Glue failed: {type(error).__name__}: {error}"
        return _answer(500, {"__type": Code.INTERNAL_SERVICE, "message": message})


def refused(error: ServiceError) -> Answer:
    """Return an error as an answer."""
    return _answer(400, {"__type": error.code, "message": error.message})


def unknown(operation: str) -> Answer:
    """Return the refusal of an operation that neither the service nor moto has."""
    message = f"the local Glue does not have this operation: {operation or '(none)'}"
    log.warning("a request was not answered: %s", message)
    return refused(invalid(message))


def unreadable(message: str) -> ServiceError:
    """Return the refusal of a request that cannot be read."""
    return ServiceError(Code.SERIALIZATION, message)


def _check_place(place: Place, region: str | None, account: str | None) -> None:
    """Refuse who looks elsewhere: workflows that another region does not show would be missed for no visible reason."""
    if region is not None and region != place.region:
        message = f"this Glue is in {place.region}, and the request is for {region}: start it with the region {region}"
        raise invalid(message)
    if account is not None and account != place.account:
        message = f"this Glue is in account {place.account}, and the request is for {account}"
        raise invalid(message)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        message = f"the body is not JSON: {error}"
        raise unreadable(message) from error


def _answer(status: int, members: dict[str, Any]) -> Answer:
    return Answer(status=status, body=json.dumps(members, default=_epoch).encode())


def _epoch(value: object) -> float:
    """Return a time as the protocol has it: seconds, with milliseconds as Glue gives them."""
    if isinstance(value, datetime):
        return round(value.timestamp(), 3)
    message = f"{value!r} is no member of an answer"
    raise TypeError(message)
