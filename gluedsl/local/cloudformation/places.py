"""Which service is meant: the one in the account and region that a stack is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.local.cloudformation.failure import ResourceError

if TYPE_CHECKING:
    from gluedsl.local.service.glue import GlueService

SERVICES: list[GlueService] = []
"""Those that are attached: one at a time, for moto has one state for the process."""


def service_of(account: str, region: str) -> GlueService:
    """Return the service of an account and region."""
    for service in SERVICES:
        if (service.place.account, service.place.region) == (account, region):
            return service
    has = " and ".join(f"{service.place.region} of account {service.place.account}" for service in SERVICES)
    message = f"the local Glue is in {has or 'no region'}, and the stack in {region} of account {account}"
    raise ResourceError(message)
