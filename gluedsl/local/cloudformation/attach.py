"""Where CloudFormation meets the rest of the local Glue.

Comes in: the service. Goes out: for as long as it runs, a CloudFormation that makes workflows in it. moto's
CloudFormation imports thirty services, which takes two seconds: that is left until the first request for it.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from gluedsl.local.cloudformation.patching import Patch, patched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gluedsl.local.service.glue import GlueService

_NAME = "cloudformation"


@contextmanager
def attached(service: GlueService) -> Iterator[None]:
    """Let CloudFormation make its resources in this service."""
    import moto.backends  # noqa: PLC0415 -- an extra

    waiting = _Waiting(service, moto.backends.get_backend)
    asked = Patch(
        owner="moto.backends",
        name="get_backend",
        takes="name",
        by=waiting.get_backend,
        why="it is where every request for a service comes by",
    )
    with patched((asked,)), waiting:
        yield


class _Waiting(ExitStack):
    """Joins CloudFormation and the service once somebody asks for CloudFormation; and parts them at the end."""

    def __init__(self, service: GlueService, get_backend: Callable[[str], Any]) -> None:
        super().__init__()
        self._service = service
        self._get_backend = get_backend
        self._lock = threading.Lock()
        self._is_joined = False

    def get_backend(self, name: str) -> Any:
        """Return the backend of a service."""
        if name == _NAME:
            with self._lock:
                if not self._is_joined:
                    self._join()
        return self._get_backend(name)

    def _join(self) -> None:
        from gluedsl.local.cloudformation.patches import PATCHES  # noqa: PLC0415 -- loads moto's CloudFormation
        from gluedsl.local.cloudformation.places import SERVICES  # noqa: PLC0415 -- as above

        self.enter_context(patched(PATCHES))
        SERVICES.append(self._service)
        self.callback(SERVICES.remove, self._service)
        self._is_joined = True
