"""Resources of a construct by name, as the CDK's own objects.

Comes in: the names of what was placed, with what returns it. Goes out: a mapping that finds a resource by its name in
Glue, or by the shorter one of the flow file, and says which there are where it finds none. A resource is asked for only
when it is wanted: each costs a call to Node.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from gluedsl.errors import UsageError
from gluedsl.graph.build import Node
from gluedsl.graph.named import named_among

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ResourceT = TypeVar("ResourceT")


class NoSuchResourceError(UsageError, KeyError):
    """A construct has no resource of a name."""

    def __str__(self) -> str:
        return f"{self.message}: {self.hint}" if self.hint else self.message


class Handles(Mapping[str, ResourceT]):
    """Resources of one kind by name."""

    def __init__(
        self, what: str, getters: Mapping[str, Callable[[], Any]], *, place: str, left_out: Sequence[str] = ()
    ) -> None:
        """Keep what is needed to find them.

        Args:
            what: they are, for messages.
            getters: what returns each, by name.
            place: the construct, for messages.
            left_out: what names may be given without: a stage's prefix, and workflows' names before a hyphen.
        """
        self._what, self._getters, self._place, self._left_out = what, getters, place, left_out

    def __getitem__(self, name: str) -> ResourceT:
        found: ResourceT = self._getters[self._named(name)]()
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._getters)

    def __len__(self) -> int:
        return len(self._getters)

    def __repr__(self) -> str:
        return f"<{self._what}s of {self._place}: {', '.join(self._getters) or 'none'}>"

    def _named(self, name: str) -> str:
        if name in self._getters:
            return name
        nodes = [Node("JOB", each) for each in self._getters]
        prefix, *workflows = self._left_out or ("",)
        try:
            return named_among(
                nodes, name, workflows=workflows, place=f"`{self._place}`", what=self._what, prefix=prefix
            ).name
        except UsageError as error:
            raise NoSuchResourceError(error.message, hint=error.hint) from None
