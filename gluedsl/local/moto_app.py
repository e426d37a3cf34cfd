"""moto: storage for all of AWS that is not the service's.

moto keeps one state for the process. So one local Glue uses it at a time, over HTTP or in the process.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, cast

from gluedsl.errors import UsageError
from gluedsl.local import bucket_events, bucket_tags, eventbridge, one_at_a_time, tag_index
from gluedsl.local.cloudformation import attached
from gluedsl.local.service.place import ACCOUNT
from gluedsl.local.service.shapes import service_model
from gluedsl.local.surroundings import surrounded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIApplication

    from gluedsl.local.service.glue import GlueService

_only_one = threading.Lock()


@contextmanager
def sole_use() -> Iterator[None]:
    """Have moto for oneself, or be refused."""
    if not _only_one.acquire(blocking=False):
        message = "a local Glue is running in this process already"
        raise UsageError(message, hint="stop it first: two of them would share one state")
    try:
        yield
    finally:
        _only_one.release()


@contextmanager
def joined(service: GlueService) -> Iterator[None]:
    """Let those services of moto that reach Glue's resources reach this service, for as long as it runs."""
    with ExitStack() as connected:
        connected.callback(eventbridge.connect(service))
        connected.callback(tag_index.connect(service))
        connected.callback(bucket_events.connect())
        connected.callback(bucket_tags.connect())
        connected.callback(one_at_a_time.connect())
        connected.enter_context(attached(service))
        yield


def fresh_application() -> WSGIApplication:
    """Return moto's application, with nothing stored: moto's state is the process's, and is emptied here."""
    # moto takes a second to import, and is an extra: whoever does not start a local Glue needs neither.
    from moto.server import DomainDispatcherApplication, create_backend_app  # noqa: PLC0415
    from werkzeug.test import Client  # noqa: PLC0415

    _learn_regions()
    application = DomainDispatcherApplication(create_backend_app)
    # http://docs.getmoto.org/en/latest/docs/server_mode.html, "Reset API"
    answer = Client(application).post("/moto-api/reset")
    answer.close()
    return cast("WSGIApplication", application)


def moto_answers(operation: str) -> bool:
    """Whether an operation of Glue's is one that moto has."""
    from moto.core.utils import camelcase_to_underscores, method_names_from_class  # noqa: PLC0415 -- as above
    from moto.glue.responses import GlueResponse  # noqa: PLC0415 -- as above

    is_glues = operation in service_model().operation_names
    return is_glues and camelcase_to_underscores(operation) in method_names_from_class(GlueResponse)


def _learn_regions() -> None:
    """Let moto read what regions there are, once, before a profile that this machine does not have gets in its way."""
    from moto.backends import get_backend  # noqa: PLC0415 -- with moto

    with surrounded({"AWS_PROFILE": None, "AWS_DEFAULT_PROFILE": None}):
        get_backend("sts")[ACCOUNT]["aws"]
