"""What tests of the local Glue start from: an account on a server, and a service whose jobs the test holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.local import LocalGlue
from gluedsl.local.service.failure import ServiceError
from gluedsl.local.service.glue import OPERATIONS, GlueService
from tests.support.local import Account, Api, errors_of, violations_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.local.service.failure import Code


@pytest.fixture(autouse=True)
def _witness(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look at every answer of every service, whoever asks and by whatever way: against AWS's own model.

    An answer that the model has no shape for, or an error that the operation does not have, fails the test.
    """
    handle = GlueService.handle
    faults: list[str] = []

    def witnessed(service: GlueService, operation: str, parameters: Any) -> dict[str, Any]:
        try:
            answer = handle(service, operation, parameters)
        except ServiceError as error:
            faults.extend(_foreign(operation, error.code))
            raise
        faults.extend(f"{operation}: {fault}" for fault in violations_of(operation, answer))
        return answer

    monkeypatch.setattr(GlueService, "handle", witnessed)
    yield
    assert faults == []


def _foreign(operation: str, code: Code) -> Iterator[str]:
    if operation in OPERATIONS and code not in errors_of(operation):
        yield f"{operation}: {code} is no error of it"


@pytest.fixture
def account() -> Iterator[Account]:
    """Return an account on a local Glue, reached over HTTP; a minute of a job's timeout is a fifth of a second."""
    with LocalGlue(seconds_per_minute=0.2) as glue:
        yield Account(glue)


@pytest.fixture
def api() -> Iterator[Api]:
    """Return a service without HTTP, whose jobs and crawls the test ends."""
    made = Api()
    yield made
    made.executor.is_deaf = False
    made.service.close()
