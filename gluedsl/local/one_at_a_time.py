"""moto's IAM, asked by one thread at a time.

Comes in: requests for roles and policies, from any number of threads. Goes out: moto's answers. moto looks through its
roles while another thread adds one, and fails; a deployment makes several roles at once.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def connect() -> Callable[[], None]:
    """Let requests wait for each other, until the function that is returned is called."""
    from moto.iam.responses import IamResponse  # noqa: PLC0415 -- moto is an extra

    of_moto = IamResponse.call_action
    turn = threading.RLock()

    def call_action(response: Any) -> Any:
        with turn:
            return of_moto(response)

    def disconnect() -> None:
        del IamResponse.call_action

    IamResponse.call_action = call_action
    return disconnect
