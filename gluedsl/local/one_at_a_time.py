"""moto's IAM and S3, each asked by one thread at a time.

Comes in: requests for roles, buckets and objects, from any number of threads. Goes out: moto's answers. moto looks
through its roles, and through the versions of objects, while another thread adds or deletes one, and fails; a
deployment does several of them at once, and so do jobs.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from gluedsl.local.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager


def connect() -> Callable[[], None]:
    """Let requests wait for each other, until the function that is returned is called."""
    from moto.iam.responses import IamResponse  # noqa: PLC0415 -- moto is an extra
    from moto.s3.models import S3Backend  # noqa: PLC0415 -- as above
    from moto.s3.responses import S3Response  # noqa: PLC0415 -- as above

    undone = ExitStack()
    undone.enter_context(_in_turn(IamResponse, "call_action", threading.RLock()))
    of_s3 = threading.RLock()
    for name in ("bucket_response", "key_response"):
        undone.enter_context(_in_turn(S3Response, name, of_s3))
    undone.enter_context(_with_steady_urls(S3Backend, of_s3))
    return undone.close


def _with_steady_urls(owner: type[Any], turn: threading.RLock) -> AbstractContextManager[None]:
    """Let moto reload what its S3 listens to, which it does for each request, in turn."""
    name = "_url_module"
    of_moto = vars(owner)[name]

    def reloaded(backend: Any) -> Any:
        with turn:
            return of_moto.fget(backend)

    return replaced(owner, name, property(reloaded))


def _in_turn(owner: type[Any], name: str, turn: threading.RLock) -> AbstractContextManager[None]:
    """Let calls of a method wait for each other."""
    of_moto = getattr(owner, name)

    def called(response: Any, *args: Any, **kwargs: Any) -> Any:
        with turn:
            return of_moto(response, *args, **kwargs)

    return replaced(owner, name, called)
