"""Rules of the graph on workflows of odd shapes: branches that part and join, and nodes that many triggers start.

Comes in: nothing. Goes out: a table. The floor is to build the graph of the same workflow, which every rule reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.measuring import Measured, measured, table
from gluedsl.graph import WorkflowGraph
from gluedsl.model import Action, Condition, Origins, Predicate, Project, Trigger, Workflow
from gluedsl.rules.conditions.impossible_join import ImpossibleJoin
from gluedsl.rules.graph.twice_started_node import TwiceStartedNode
from gluedsl.rules.graph.unreachable_node import UnreachableNode
from gluedsl.rules.rule import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (250, 1000, 4000)
RULES = (UnreachableNode(), TwiceStartedNode(), ImpossibleJoin())


def report() -> Iterator[str]:
    """Yield the table."""
    rows = [_measured(name, shape, size) for name, shape in SHAPES.items() for size in SIZES]
    yield table("Growth: what triggers can and cannot do", "the graph built", "nodes", rows)


def _measured(name: str, shape: Callable[[int], Iterator[Trigger]], size: int) -> Measured:
    start = Trigger(name="start", type="ON_DEMAND", actions=(Action(job_name="j0"),))
    workflow = Workflow(name="odd", triggers=(start, *shape(size)))
    project = Project(workflows=(workflow,))

    def judge() -> None:
        context = Context(project, Origins())
        for rule in RULES:
            list(rule.check(context))

    return measured(f"{name}, {size:,} nodes", judge, lambda: WorkflowGraph.of(workflow), units=size)


def _after(name: str, watched: dict[int, str], *started: int | str, logical: str = "AND") -> Trigger:
    conditions = tuple(Condition(job_name=f"j{number}", state=state) for number, state in watched.items())
    actions = tuple(Action(job_name=f"j{one}") for one in started)
    predicate = Predicate(logical=logical, conditions=conditions)
    return Trigger(name=name, type="CONDITIONAL", actions=actions, predicate=predicate)


def _chain(size: int) -> Iterator[Trigger]:
    for at in range(size - 1):
        yield _after(f"to-{at}", {at: "SUCCEEDED"}, at + 1)


def _diamonds(size: int) -> Iterator[Trigger]:
    for at in range(0, size - 3, 3):
        yield _after(f"part-{at}", {at: "SUCCEEDED"}, at + 1, at + 2)
        yield _after(f"join-{at}", {at + 1: "SUCCEEDED", at + 2: "SUCCEEDED"}, at + 3)


def _joined_failures(size: int) -> Iterator[Trigger]:
    for at in range(0, size - 3, 3):
        yield _after(f"well-{at}", {at: "SUCCEEDED"}, at + 1)
        yield _after(f"badly-{at}", {at: "FAILED"}, at + 2)
        yield _after(f"join-{at}", {at + 1: "SUCCEEDED", at + 2: "SUCCEEDED"}, at + 3, logical="ANY")


def _started_twice(size: int) -> Iterator[Trigger]:
    for at in range(0, size - 3, 3):
        yield _after(f"well-{at}", {at: "SUCCEEDED"}, at + 1)
        yield _after(f"badly-{at}", {at: "FAILED"}, at + 2)
        yield _after(f"one-{at}", {at + 1: "SUCCEEDED"}, at + 3)
        yield _after(f"other-{at}", {at + 2: "SUCCEEDED"}, at + 3)


def _alarmed_chain(size: int) -> Iterator[Trigger]:
    yield from _chain(size)
    for at in range(size):
        yield _after(f"alarm-{at}", {at: "FAILED"}, "alarm")


SHAPES = {
    "a chain": _chain,
    "diamonds": _diamonds,
    "branches of failure that join again": _joined_failures,
    "the same, joined by two triggers": _started_twice,
    "a chain whose every failure starts one job": _alarmed_chain,
}
