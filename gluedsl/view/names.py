"""What the nodes of a workflow are called in a picture: their names without the workflow's own in front."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.graph import Node
from gluedsl.graph.build import started_nodes
from gluedsl.view.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gluedsl.graph import WorkflowGraph
    from gluedsl.model import Trigger

_SUFFIX = re.compile(r"(-[0-9a-f]{8})?(-[0-9]+)?$")
"""What tells a derived name of a trigger apart from another that would be the same."""
_LONG = 100
"""Characters from which a derived name may be cut short."""
_SHOWN = 5
"""Names in a list; beyond them a number stands for the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Short names of one workflow's nodes."""

    workflow: str
    prefix: str
    """What was left out of names that began with it; empty if nothing was."""
    labels: Mapping[Node, str]
    doubtful: frozenset[str]
    """Labels that a job and a crawler share."""

    @staticmethod
    def of(graph: WorkflowGraph) -> Names:
        """Shorten each name that stays unlike the others when it is short."""
        prefix = f"{graph.workflow.name}-"
        triggers = [node for node in graph.nodes if node.type == "TRIGGER"]
        actions = [node for node in graph.nodes if node.type != "TRIGGER"]
        labels = _shortened(triggers, prefix) | _shortened(actions, prefix)
        counts = Counter(labels[node] for node in actions)
        return Names(
            workflow=graph.workflow.name,
            prefix=prefix if any(labels[node] != node.name for node in actions) else "",
            labels=labels,
            doubtful=frozenset(label for label, count in counts.items() if count > 1),
        )

    def label(self, node: Node) -> str:
        """Return the short name."""
        return self.labels.get(node, node.name)

    def called(self, node: Node) -> str:
        """Return the short name, with what it is where that is in doubt."""
        label = self.label(node)
        return f"{node.type.lower()} {label}" if label in self.doubtful else label

    def is_derived(self, trigger: Trigger) -> bool:
        """Return whether a trigger's name only repeats when it fires, as names do that nobody chose."""
        if trigger.is_start:
            return self.label(Node("TRIGGER", trigger.name)) == "start"
        full = f"{self.workflow}-after-{self._outcomes(trigger)}"
        stem = _SUFFIX.sub("", trigger.name)
        return full in {trigger.name, stem} or (len(stem) >= _LONG and full.startswith(stem))

    def _outcomes(self, trigger: Trigger) -> str:
        conditions = trigger.predicate.conditions if trigger.predicate is not None else ()
        parts = set()
        for condition in conditions:
            name = (condition.job_name or condition.crawler_name or "").removeprefix(f"{self.workflow}-")
            state = condition.state or condition.crawl_state or ""
            parts.add(name if state == "SUCCEEDED" else f"{name}-{state.lower()}")
        is_any = trigger.predicate is not None and trigger.predicate.logical == "ANY"
        return ("-or-" if is_any else "-and-").join(sorted(parts))

    def trigger(self, trigger: Trigger) -> str:
        """Return how sentences call a trigger: by its name, or by what it starts where the name says nothing."""
        started = started_nodes(trigger)
        if self.is_derived(trigger) and started:
            return f"the trigger of {named(tuple(map(self.called, started)))}"
        return f"trigger {named((self.label(Node('TRIGGER', trigger.name)),))}"


def named(labels: Sequence[str]) -> str:
    """Join labels in backticks, the first few."""
    quoted = [f"`{label}`" for label in labels]
    if len(quoted) > _SHOWN:
        quoted[_SHOWN - 1 :] = [f"{len(quoted) - _SHOWN + 1} more"]
    return listed(quoted, "and")


def _shortened(nodes: Iterable[Node], prefix: str) -> dict[Node, str]:
    nodes = tuple(nodes)
    full = {node.name for node in nodes}
    labels = {}
    for node in nodes:
        short = node.name.removeprefix(prefix)
        labels[node] = node.name if not short or short in full else short
    return labels
