"""Which errors pass, and how the waiting for them goes."""

from __future__ import annotations

import pytest

from gluedsl.deploy.account import AwsError
from gluedsl.deploy.patience import patience_with, patiently, pauses


@pytest.mark.parametrize(
    ("code", "text", "seconds"),
    [
        ("ThrottlingException", "Rate exceeded", 120),
        ("ConcurrentModificationException", "Workflow W was modified while adding trigger T to it", 180),
        ("OperationTimeoutException", "late", 120),
        ("CrawlerRunningException", "running", 900),
        ("SchedulerTransitioningException", "changing", 120),
        ("InvalidInputException", "Service is unable to assume role arn:aws:iam::1:role/r.", 120),
        ("InvalidInputException", "Role arn:aws:iam::1:role/r should be given assume role permissions", 120),
    ],
)
def test_errors_that_pass(code: str, text: str, seconds: int) -> None:
    """Each has its bound."""
    patience = patience_with(AwsError("Any", code, text))
    assert patience is not None
    assert patience.seconds == seconds


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("InvalidInputException", "Please set both Worker Type and Number of Workers."),
        ("AccessDeniedException", "is not authorized to perform: sts:AssumeRole"),
        ("AlreadyExistsException", "exists"),
        ("ResourceNumberLimitExceededException", "too many"),
    ],
)
def test_errors_that_stay(code: str, text: str) -> None:
    """What no waiting mends is not waited for."""
    assert patience_with(AwsError("Any", code, text)) is None


def test_pauses_grow_and_end() -> None:
    """They double up to fifteen seconds, and come to the bound together."""
    assert list(pauses(40)) == [1, 2, 4, 8, 15, 10]


def test_each_reason_has_its_own_bound() -> None:
    """Waiting for one thing takes nothing from the waiting for another."""
    errors = [
        *[AwsError("Any", "ThrottlingException", "slow")] * 3,
        AwsError("Any", "OperationTimeoutException", "late"),
    ]
    heard = []

    def call() -> None:
        if errors:
            raise errors.pop()

    patiently(call, lambda reason, seconds: heard.append((reason, seconds)))
    assert heard == [
        ("AWS could not finish in time", 1),
        ("AWS asks for fewer requests a second", 1),
        ("AWS asks for fewer requests a second", 2),
        ("AWS asks for fewer requests a second", 4),
    ]
