"""The engine: events of a run a second, beside a walk over the same graph that keeps nothing."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.flows import write_flow
from benchmarks.measuring import Measured, measured, table
from gluedsl.compiler import compile_path
from gluedsl.engine import BEGINNING, begin, simulate, snapshot, step
from gluedsl.graph.build import started_nodes, watched_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.graph import Node
    from gluedsl.model import Workflow

SIZES = (50, 500, 1000, 2000)


def report() -> Iterator[str]:
    """Yield the table."""
    with tempfile.TemporaryDirectory() as name:
        rows = [_run(str(write_flow(Path(name) / f"flow-{size}", size)), size) for size in SIZES]
    yield table("Engine: a run to its end", "a walk over the graph", "events", rows)


def _run(path: str, nodes: int) -> Measured:
    workflow = compile_path(path).project.workflows[0]
    simulation = simulate(workflow)

    def run() -> None:
        state = begin(workflow, run_id=simulation.state.run_id, at=BEGINNING).state
        for event in simulation.events:
            state = step(state, event).state
        snapshot(state)

    name = f"a run of {nodes:,} nodes, {len(simulation.events):,} events"
    return measured(name, run, lambda: _walk(workflow), units=len(simulation.events))


def _walk(workflow: Workflow) -> int:
    """Start what can start when all goes well, with one counter a trigger."""
    watchers: dict[Node, list[int]] = defaultdict(list)
    missing: Counter[int] = Counter()
    for index, trigger in enumerate(workflow.triggers):
        for node in watched_nodes(trigger):
            watchers[node].append(index)
            missing[index] += 1
    ready = [index for index, trigger in enumerate(workflow.triggers) if trigger.is_start]
    started = 0
    while ready:
        for node in started_nodes(workflow.triggers[ready.pop()]):
            started += 1
            for index in watchers[node]:
                missing[index] -= 1
                if missing[index] == 0:
                    ready.append(index)
    return started
