"""moto's Resource Groups Tagging API, told of the tags of workflows, triggers, jobs and crawlers.

Comes in: a question of moto's for all that is tagged of Glue's. Goes out: what is moto's, then what is the service's.
On AWS the index that answers lags behind; here it is always up to date.
https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gluedsl.local.service.glue import GlueService


def connect(service: GlueService) -> Callable[[], None]:
    """Let moto's index know the service's resources, until the function that is returned is called."""
    from moto.core.resource_tagging import TaggedResource  # noqa: PLC0415 -- moto is an extra
    from moto.glue.models import GlueBackend, glue_backends  # noqa: PLC0415

    glue_backends[service.place.account][service.place.region]  # moto asks no backend that nobody has used yet
    of_moto = GlueBackend.iter_tagged_resources

    def iter_tagged_resources(backend: Any) -> Iterator[Any]:
        yield from of_moto(backend)
        if (backend.account_id, backend.region_name) == (service.place.account, service.place.region):
            for kind, name, tags in service.tagged():
                yield TaggedResource(
                    arn=service.place.arn(kind, name), tags=tags, resource_type=f"glue:{kind}", extra={}
                )

    def disconnect() -> None:
        GlueBackend.iter_tagged_resources = of_moto

    GlueBackend.iter_tagged_resources = iter_tagged_resources
    return disconnect
