"""What workflows have placed in the stacks of an application: nothing of it twice, and no more than a stack takes.

Comes in: a construct, and the template of what it places. Goes out: nothing, or an error that says what is in the way.
Whatever is asked of a construct is a call to Node.js, so what each place in an application answers is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from aws_cdk import Stack

from gluedsl.cdk.placed import WORKFLOW
from gluedsl.emit.cloudformation import RESOURCE_LIMIT, to_json
from gluedsl.emit.room import TEXT_LIMIT
from gluedsl.errors import UsageError
from gluedsl.source.locate import Locator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs import IConstruct

_SEVERAL = "gluedsl.cdk.GlueStacks makes as many stacks as it takes"


@dataclass(slots=True)
class Contents:
    """What the constructs of this package have placed in one stack."""

    locator: Locator
    """What finds the lines of the application's workflows: one for all of its stacks, so that no file is read twice."""
    _by: dict[str, IConstruct] = field(default_factory=dict)
    """Which construct has placed something, by its logical id."""
    _size: int = 0
    """Bytes of the templates, without indentation."""

    @staticmethod
    def around(scope: IConstruct) -> Contents:
        """Return what is placed in the stack around a construct, or in the construct that is a stack."""
        if scope not in _by_scope:
            locator = _locators.setdefault(scope.node.root, Locator(Path.cwd()))
            _by_scope[scope] = _by_stack.setdefault(Stack.of(scope), Contents(locator))
        return _by_scope[scope]

    def require_room(self, construct: IConstruct, count: int) -> None:
        """See to it that a construct can place so many resources.

        Raises:
            UsageError: the stack would have too many.
        """
        _require(construct, len(self._by) + count, RESOURCE_LIMIT, "resources")

    def add(self, construct: IConstruct, template: Mapping[str, Any]) -> None:
        """Note what a construct is about to place.

        Raises:
            UsageError: the stack has too much then, or has some of it already.
        """
        resources = template["Resources"]
        twice = [logical_id for logical_id in resources if logical_id in self._by]
        for logical_id in sorted(twice, key=lambda each: resources[each]["Type"] != WORKFLOW):
            what, hint = f"`{logical_id}`", "place workflows that share jobs or crawlers with one GlueWorkflows"
            if resources[logical_id]["Type"] == WORKFLOW:
                what, hint = f"workflow `{resources[logical_id]['Properties']['Name']}`", "place it once"
            by, stack = self._by[logical_id].node.path, Stack.of(construct).node.path
            message = f"{what} is in stack `{stack}` already, placed by `{by}`"
            raise UsageError(message, hint=hint)
        size = self._size + len(to_json(template, indent=None).encode())
        _require(construct, size, TEXT_LIMIT, "bytes")
        self._by |= dict.fromkeys(resources, construct)
        self._size = size


_by_stack: WeakKeyDictionary[Stack, Contents] = WeakKeyDictionary()
_by_scope: WeakKeyDictionary[IConstruct, Contents] = WeakKeyDictionary()
_locators: WeakKeyDictionary[IConstruct, Locator] = WeakKeyDictionary()
"""By the root of an application."""


def _require(construct: IConstruct, amount: int, limit: int, unit: str) -> None:
    if amount > limit:
        path = Stack.of(construct).node.path
        message = f"stack `{path}` would have {amount:,} {unit} of workflows; one takes {limit:,}"
        raise UsageError(message, hint=_SEVERAL)
