"""Tests of three scripts in a row: that the workflow is right needs none of them to run."""

from __future__ import annotations

import pytest
from flow import extract, load, steps, transform

from gluedsl.testing import Sim


def test_a_failure_ends_the_chain(sim: Sim) -> None:
    """What comes after a step that failed never starts."""
    run = sim.run(steps, {transform: "FAILED"})

    assert run.order == ["extract", "transform"]
    assert run.never_started(load)
    assert run.resume(transform).outcome == "SUCCEEDED"


def test_the_order_of_steps(sim: Sim) -> None:
    """However long each takes, and however it ends."""
    runs = sim.explore(steps)

    runs.starts_only_after(transform, extract)
    runs.starts_only_after(load, transform)


def test_nobody_hears_of_failures(sim: Sim) -> None:
    """The least that a workflow is has no branch for failures: Glue would call such a run COMPLETED."""
    with pytest.raises(AssertionError, match="no trigger hears of"):
        sim.explore(steps).no_silent_failures()
