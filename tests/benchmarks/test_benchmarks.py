"""That what is measured is what it is said to be; never how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.__main__ import PARTS
from benchmarks.flows import write_flow, write_repository
from benchmarks.measuring import Measured, measured, table
from gluedsl.compiler import compile_path
from gluedsl.engine import simulate

if TYPE_CHECKING:
    from pathlib import Path


def test_a_flow_is_as_large_as_it_says(tmp_path: Path) -> None:
    """Nothing is wrong with it, and it has as many jobs and crawlers as were asked for."""
    compilation = compile_path(str(write_flow(tmp_path / "flow", 50)))

    assert not compilation.report.has_errors
    assert (len(compilation.project.jobs), len(compilation.project.crawlers)) == (40, 10)


def test_a_run_of_it_starts_what_succeeding_starts(tmp_path: Path) -> None:
    """All but the jobs that wait for failures: the graph is in one piece."""
    workflow = compile_path(str(write_flow(tmp_path / "flow", 50))).project.workflows[0]

    assert len({action.node for action in simulate(workflow).state.actions.values()}) == 41


def test_a_repository_is_as_large_as_it_says(tmp_path: Path) -> None:
    """Each of its files is a workflow, and none has the names of another."""
    compilation = compile_path(str(write_repository(tmp_path / "repository", 3, 10)))

    assert not compilation.report.has_errors
    assert [workflow.name for workflow in compilation.project.workflows] == ["flow-0", "flow-1", "flow-2"]
    assert len(compilation.project.jobs) + len(compilation.project.crawlers) == 30


def test_subject_and_floor_take_turns() -> None:
    """So that both meet the machine in the same mood."""
    done: list[str] = []

    row = measured("both", lambda: done.append("subject"), lambda: done.append("floor"), rounds=2)

    assert done == ["subject", "floor", "subject", "floor"]
    assert row.seconds >= 0


def test_a_table() -> None:
    """Times, their ratio, and how many units that is in a second."""
    rows = [
        Measured(name="check", seconds=0.25, floor=0.01, units=50),
        Measured(name="emit all", seconds=2.0, floor=1.0, units=4000),
    ]

    assert table("Compiling", "plain dicts", "nodes", rows) == (
        "Compiling\n"
        "=========\n"
        "                best  floor: plain dicts  ratio  µs per node  nodes/s\n"
        "check       250.0 ms             10.0 ms  25.00        5,000      200\n"
        "emit all  2,000.0 ms          1,000.0 ms   2.00          500    2,000\n"
    )


def test_a_table_without_units() -> None:
    """Whole processes do one thing each."""
    assert table("Start", "nothing", "", [Measured(name="a", seconds=0.25, floor=0.01)]) == (
        "Start\n=====\n       best  floor: nothing  ratio\na  250.0 ms         10.0 ms  25.00\n"
    )


def test_every_part_can_be_named() -> None:
    """The parts are those that the documentation speaks of."""
    assert list(PARTS) == ["compile", "start", "engine", "local", "deploy", "cdk"]
