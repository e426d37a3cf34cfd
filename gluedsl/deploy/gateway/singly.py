"""What AWS gives one by one, for want of a batch: several are asked for at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from gluedsl.deploy.account import PARALLEL

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

Item = TypeVar("Item")


def by_name(names: Collection[str], read: Callable[[str], Item | None]) -> dict[str, Item]:
    """Return what is read of each name; what is None is not there, and left out."""
    with ThreadPoolExecutor(PARALLEL) as pool:
        found = zip(names, pool.map(read, names), strict=True)
        return {name: item for name, item in found if item is not None}
