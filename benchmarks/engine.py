"""A workflow of fifty nodes, simulated in virtual time and explored in full, beside less work on the same workflow."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.flows import write_flow
from benchmarks.measuring import measured, table
from gluedsl.compiler import compile_path
from gluedsl.engine import BEGINNING, begin, explore, simulate, step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.engine import Simulation
    from gluedsl.model import Workflow

NODES = 50


def report() -> Iterator[str]:
    """Yield the tables."""
    with tempfile.TemporaryDirectory() as name:
        workflow = compile_path(str(write_flow(Path(name) / "flow", NODES))).project.workflows[0]
    played = simulate(workflow)
    yield table(
        f"Simulation of {NODES} nodes",
        "its events alone",
        "events",
        [
            measured(
                f"one scenario, {len(played.events)} events",
                lambda: simulate(workflow),
                lambda: _told(workflow, played),
                units=len(played.events),
                rounds=20,
            )
        ],
    )
    found = explore(workflow)
    looked_at = "completely" if found.is_complete else f"up to {found.most_bad_ends} bad ends"
    yield table(
        f"Exploration of {NODES} nodes, {looked_at}",
        "one scenario simulated",
        "",
        [
            measured(
                f"{found.explored:.3g} combinations, {len(found.scenarios)} results listed",
                lambda: explore(workflow),
                lambda: simulate(workflow),
            )
        ],
    )


def _told(workflow: Workflow, played: Simulation) -> None:
    state = begin(workflow, run_id=played.state.run_id, at=BEGINNING).state
    for event in played.events:
        state = step(state, event).state
