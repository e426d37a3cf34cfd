"""moto's IAM and S3, each asked by one thread at a time.

Comes in: requests for roles, buckets and objects, from any number of threads. Goes out: moto's answers. moto looks
through its roles, and through the versions of objects, while another thread adds or deletes one, and fails; a
deployment does several of them at once, and so do jobs.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def connect() -> Callable[[], None]:
    """Let requests wait for each other, until the function that is returned is called."""
    from moto.iam.responses import IamResponse  # noqa: PLC0415 -- moto is an extra
    from moto.s3.models import S3Backend  # noqa: PLC0415 -- as above
    from moto.s3.responses import S3Response  # noqa: PLC0415 -- as above

    undone = ExitStack()
    undone.callback(_in_turn(IamResponse, "call_action"))
    of_s3 = threading.RLock()
    for name in ("bucket_response", "key_response"):
        undone.callback(_in_turn(S3Response, name, of_s3))
    undone.callback(_with_steady_urls(S3Backend, of_s3))
    return undone.close


def _with_steady_urls(owner: type[Any], turn: Any) -> Callable[[], None]:
    """Let moto reload what its S3 listens to, which it does for each request, in turn; return what undoes it."""
    of_moto = vars(owner)["_url_module"]

    def reloaded(backend: Any) -> Any:
        with turn:
            return of_moto.fget(backend)

    def undo() -> None:
        owner._url_module = of_moto  # noqa: SLF001 -- moto's, and the only place

    owner._url_module = property(reloaded)  # noqa: SLF001 -- as above
    return undo


def _in_turn(owner: type[Any], name: str, turn: Any = None) -> Callable[[], None]:
    """Let calls of a method wait for each other; return what undoes it."""
    its_own = name in vars(owner)
    of_moto = getattr(owner, name)
    turn = turn or threading.RLock()

    def called(response: Any, *args: Any, **kwargs: Any) -> Any:
        with turn:
            return of_moto(response, *args, **kwargs)

    def undo() -> None:
        if its_own:
            setattr(owner, name, of_moto)
        else:
            delattr(owner, name)

    setattr(owner, name, called)
    return undo
