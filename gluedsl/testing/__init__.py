"""Tests of Glue workflows, with pytest or without.

The pytest plugin comes with the installation and offers the fixtures `sim`, `glue` and `local_glue`. What they are made
of is here: `simulate` plays one run in virtual time, `explore` makes statements about all of them, `job_run` makes the
run that a job's body is called with, and `FakeGlue` is a Glue in the test's own process.

Importing this package loads nothing else: each name is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gluedsl.testing.claims import Claim
    from gluedsl.testing.conditions import cancelled, failed, stopped, succeeded, timed_out
    from gluedsl.testing.fake_glue import FakeGlue
    from gluedsl.testing.job_runs import job_run
    from gluedsl.testing.run import Run
    from gluedsl.testing.sim import Sim
    from gluedsl.testing.simulator import SimulatedRun, simulate
    from gluedsl.testing.statements import EveryRun, explore

__all__ = [
    "Claim",
    "EveryRun",
    "FakeGlue",
    "Run",
    "Sim",
    "SimulatedRun",
    "cancelled",
    "explore",
    "failed",
    "job_run",
    "simulate",
    "stopped",
    "succeeded",
    "timed_out",
]

_HOMES = {
    "claims": ("Claim",),
    "conditions": ("cancelled", "failed", "stopped", "succeeded", "timed_out"),
    "fake_glue": ("FakeGlue",),
    "job_runs": ("job_run",),
    "run": ("Run",),
    "sim": ("Sim",),
    "simulator": ("SimulatedRun", "simulate"),
    "statements": ("EveryRun", "explore"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
