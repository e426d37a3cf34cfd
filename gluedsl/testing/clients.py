"""boto3 clients of the testing room's own, made once a process: making one takes longer than most tests.

They serve only inside of a Glue under test, where moto takes every request, whatever client it comes from.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from gluedsl.deploy.gateway import Gateway, connect

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF_THE_MACHINE = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE")
_NOTHING = {
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


@contextmanager
def away_from_the_machine() -> Iterator[None]:
    """Let clients not look at how this machine reaches AWS: a profile may ask somebody to log in."""
    before = {name: os.environ.get(name) for name in (*_OF_THE_MACHINE, *_NOTHING)}
    for name in _OF_THE_MACHINE:
        os.environ.pop(name, None)
    os.environ.update(_NOTHING)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@cache
def client(service: str, region: str) -> Any:
    """Return a client of an AWS service."""
    import boto3  # noqa: PLC0415 -- a quarter of a second, for tests that need it

    return boto3.Session(region_name=region).client(service)  # type: ignore[call-overload]  # services by name


@cache
def gateway(region: str) -> Gateway:
    """Return the account as deployments see it."""
    return connect(region=region)
