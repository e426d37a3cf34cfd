"""boto3 clients of the testing room's own, made once a process: making one takes longer than most tests.

They serve only inside of a Glue under test, where moto takes every request, whatever client it comes from.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from gluedsl.deploy.gateway import Gateway, connect
from gluedsl.local.surroundings import surrounded

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

_AWAY: dict[str, str | None] = {
    "AWS_PROFILE": None,
    "AWS_DEFAULT_PROFILE": None,
    "AWS_ROLE_ARN": None,
    "AWS_WEB_IDENTITY_TOKEN_FILE": None,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


def away_from_the_machine() -> AbstractContextManager[None]:
    """Let clients not look at how this machine reaches AWS: a profile may ask somebody to log in."""
    return surrounded(_AWAY)


@cache
def client(service: str, region: str) -> Any:
    """Return a client of an AWS service."""
    import boto3  # noqa: PLC0415 -- a quarter of a second, for tests that need it

    return boto3.Session(region_name=region).client(service)  # type: ignore[call-overload]  # services by name


@cache
def gateway(region: str) -> Gateway:
    """Return the account as deployments see it."""
    return connect(region=region)
