"""moto's server as a WSGI application: storage for all of AWS that is not the service's."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


def fresh_application() -> WSGIApplication:
    """Return moto's application, with nothing stored: moto's state is the process's, and is emptied here."""
    # moto takes a second to import, and is an extra: whoever does not start a local Glue needs neither.
    from moto.server import DomainDispatcherApplication, create_backend_app  # noqa: PLC0415
    from werkzeug.test import Client  # noqa: PLC0415

    application = DomainDispatcherApplication(create_backend_app)
    # http://docs.getmoto.org/en/latest/docs/server_mode.html, "Reset API"
    answer = Client(application).post("/moto-api/reset")
    answer.close()
    return cast("WSGIApplication", application)
