"""Which jobs of a workflow can run at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.graph.algorithms import startable
from gluedsl.graph.build import started_nodes
from gluedsl.rules.graph.blockage import can_fire
from gluedsl.rules.graph.exclusion import Necessity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.graph import Node
    from gluedsl.model import Workflow


@dataclass(frozen=True, slots=True)
class Overlap:
    """Pairs of nodes that one run can have under way at once.

    One that must have ended before the other starts never overlaps with it, nor does one that excludes the other.
    Where a trigger waits for any of several, none of them must have ended.
    """

    necessity: Necessity
    starts: Mapping[Node, tuple[int, ...]]
    """Positions of the triggers that can start a node."""

    @staticmethod
    def of(workflow: Workflow) -> Overlap:
        """Work it out from the triggers of a workflow."""
        possible = startable(workflow)
        firing = {
            index: trigger
            for index, trigger in enumerate(workflow.triggers)
            if can_fire(trigger, possible) and (trigger.is_start or trigger.enabled)
        }
        starts: dict[Node, tuple[int, ...]] = {}
        for index, trigger in firing.items():
            for node in started_nodes(trigger):
                starts[node] = (*starts.get(node, ()), index)
        return Overlap(Necessity.of(firing, possible), starts)

    def holds(self, first: Node, second: Node) -> bool:
        """Whether some run can have both under way at once."""
        return first != second and any(
            second not in self.necessity.by_trigger[one]
            and first not in self.necessity.by_trigger[other]
            and not self.necessity.exclude(one, other)
            for one in self.starts.get(first, ())
            for other in self.starts.get(second, ())
        )
