"""The index of all tags of an account: the one way to have the tags of many resources in one call.

https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html. It lags
behind what it is an index of, by how much AWS does not say: so nothing follows from what it leaves out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.deploy.account import AwsError
from gluedsl.deploy.gateway.definitions import KINDS
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.deploy.gateway.connection import Connection
    from gluedsl.deploy.resources import ResourceType

_MOST = 100
"""Resources in one page, the most that there can be."""
_TYPES: dict[str, ResourceType] = {kind: resource for resource, kind in KINDS.items()}


class TagIndex:
    """Reads the index."""

    def __init__(self, connection: Connection) -> None:
        """Work over a connection."""
        self._connection = connection

    def resources(self, wanted: Mapping[str, str]) -> dict[tuple[ResourceType, str], Mapping[str, str]]:
        """Return everything of Glue's with these tags, each with all of its tags; nothing if the index is closed."""
        found: dict[tuple[ResourceType, str], Mapping[str, str]] = {}
        try:
            with self._connection.translated("tag"):
                pages = self._connection.tagging.get_paginator("get_resources").paginate(
                    TagFilters=[{"Key": key, "Values": [value]} for key, value in wanted.items()],
                    ResourceTypeFilters=[f"glue:{kind}" for kind in KINDS.values()],
                    PaginationConfig={"PageSize": _MOST},
                )
                for page in pages:
                    for resource in page["ResourceTagMappingList"]:
                        kind, _, name = resource["ResourceARN"].split(":", 5)[5].partition("/")
                        if kind in _TYPES:
                            found[_TYPES[kind], name] = {tag["Key"]: tag["Value"] for tag in resource["Tags"]}
        except (AwsError, UsageError):
            # Who may not ask, or cannot reach it (it has an endpoint of its own), asks for tags one by one.
            return {}
        return found
