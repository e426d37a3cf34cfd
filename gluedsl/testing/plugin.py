"""The pytest plugin: fixtures, and pictures of runs under tests that fail.

pytest imports this module at its start, in every project that has gluedsl installed: so it imports nothing but pytest,
and each fixture imports what it needs when a test asks for it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from gluedsl.local import LocalGlue
    from gluedsl.testing.fake_glue import FakeGlue
    from gluedsl.testing.run import Run
    from gluedsl.testing.sim import Sim

pytest.register_assert_rewrite("gluedsl.testing.conformance")

_SEEN: pytest.StashKey[list[Run]] = pytest.StashKey()
"""The runs that a test has looked at."""
_MOST_SHOWN = 3


@pytest.fixture
def sim(request: pytest.FixtureRequest) -> Sim:
    """A simulator: `sim.run(flow, {"load": "FAILED"})` plays a run, `sim.explore(flow)` speaks of all of them."""
    from gluedsl.testing.sim import Sim  # noqa: PLC0415 -- only for tests that ask for it

    seen = request.node.stash.setdefault(_SEEN, [])
    return Sim(request.config.rootpath, seen.append)


@pytest.fixture
def glue(request: pytest.FixtureRequest) -> Generator[FakeGlue]:
    """A Glue in this process, which every boto3 client reaches: `glue.deploy(flow)`, `glue.run("nightly-sales")`."""
    from gluedsl.testing.fake_glue import FakeGlue  # noqa: PLC0415 -- only for tests that ask for it

    seen = request.node.stash.setdefault(_SEEN, [])
    with FakeGlue(root=request.config.rootpath, seen=seen.append) as fake:
        yield fake


@pytest.fixture
def local_glue(monkeypatch: pytest.MonkeyPatch) -> Generator[LocalGlue]:
    """A Glue behind HTTP on loopback, where jobs really run; boto3 and the environment of subprocesses lead to it."""
    import boto3  # noqa: PLC0415 -- only for tests that ask for it

    from gluedsl.local import LocalGlue  # noqa: PLC0415 -- likewise

    with LocalGlue() as local:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            monkeypatch.delenv(name)
        for name, value in local.environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
        yield local


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show, under a test that fails, the last runs that it has looked at."""
    report = yield
    if call.when == "call" and report.failed:
        for run in item.stash.get(_SEEN, [])[-_MOST_SHOWN:]:
            report.sections.append((f"run of {run.snapshot.workflow.name}", run.picture()))
    return report
