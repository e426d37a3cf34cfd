"""The examples, as the README has people run them: checked, drawn, emitted, and run for real on the local Glue.

What they draw and emit is in `expected/` beside each; `make accept` renews it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cfn_witness import findings
from tests.support.cli import EXAMPLES, Commands, digested, start, steady
from tests.support.golden import golden

if TYPE_CHECKING:
    from collections.abc import Mapping

_COUNTERS = ("Total", "Succeeded", "Failed", "Timeout", "Stopped", "Errored", "Running", "Waiting")


@dataclass(frozen=True, kw_only=True)
class Example:
    """An example, and what a run of it comes to."""

    folder: str
    workflow: str
    succeeded: Mapping[str, str]
    """Jobs and crawlers that run, with the trigger that starts them."""
    properties: Mapping[str, str]
    idle: Mapping[str, str] = field(default_factory=dict)
    """Those that have no reason to start, with the trigger that waits."""

    def statistics(self) -> dict[str, int]:
        """Return Glue's counters."""
        counts = {"Total": len(self.succeeded) + len(self.idle), "Succeeded": len(self.succeeded)}
        return {f"{name}Actions": counts.get(name, 0) for name in _COUNTERS}

    def nodes(self) -> dict[str, list[tuple[str, int, str, None]]]:
        """Return the runs of each node: state, attempt, trigger and error."""
        ran = {name: [("SUCCEEDED", 0, trigger, None)] for name, trigger in self.succeeded.items()}
        return {**ran, **{name: [] for name in self.idle}}

    def fired(self) -> dict[str, bool]:
        """Return which triggers fire."""
        return {**dict.fromkeys(self.succeeded.values(), True), **dict.fromkeys(self.idle.values(), False)}


NIGHTLY_SALES = Example(
    folder="01_nightly_sales",
    workflow="nightly-sales",
    succeeded={
        "nightly-sales-load-sales": "nightly-sales-start",
        "nightly-sales-load-listings": "nightly-sales-start",
        "sales-catalog": "nightly-sales-after-load-listings-and-load-sales",
        "nightly-sales-publish-summary": "nightly-sales-after-sales-catalog",
    },
    idle={"nightly-sales-page-on-call": "nightly-sales-after-load-listings-failed-or-load-sales-failed"},
    properties={"month": "2014-06", "homes_sold": "35766", "homes_listed": "100769", "volume": "9177866638"},
)
ALL = [
    NIGHTLY_SALES,
    Example(
        folder="02_three_steps",
        workflow="three-steps",
        succeeded={
            "extract": "three-steps-start",
            "transform": "three-steps-after-extract",
            "load": "three-steps-after-transform",
        },
        properties={"bucket": "three-steps-lake", "words": "8"},
    ),
    Example(
        folder="03_first_feed_wins",
        workflow="prices",
        succeeded={
            "prices-main-feed": "prices-start",
            "prices-mirror-feed": "prices-start",
            "prices-publish": "prices-after-main-feed-or-mirror-feed",
        },
        idle={"prices-call-the-exchange": "prices-after-main-feed-failed-and-mirror-feed-failed"},
        properties={"currency": "EUR", "main_price": "101.5", "mirror_price": "101.4"},
    ),
]
every_example = pytest.mark.parametrize("example", ALL, ids=lambda example: example.folder)


def test_every_example_is_tested() -> None:
    """A folder of examples without a test is no example."""
    folders = sorted(place.name for place in EXAMPLES.iterdir() if (place / "flow.py").exists())

    assert folders == [example.folder for example in ALL]


@every_example
def test_check(example: Example, cli: Commands) -> None:
    """Nothing is wrong with an example, and one line says so."""
    ended = cli.call("check", example.folder)

    assert (ended.code, ended.out, ended.err) == (0, "", f"workflow `{example.workflow}`: nothing wrong\n")


@every_example
def test_graph(example: Example, cli: Commands) -> None:
    """The static view is the one that somebody has looked at."""
    ended = cli.call("graph", example.folder, "--format", "text")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == golden(EXAMPLES / example.folder / "expected" / "graph.txt", ended.out)


@every_example
def test_synth(example: Example, cli: Commands) -> None:
    """The template is the one that somebody has looked at, and cfn-lint finds nothing in it."""
    ended = cli.call("synth", example.folder)

    assert (ended.code, ended.err) == (0, "")
    written = digested(ended.out)
    assert written == golden(EXAMPLES / example.folder / "expected" / "template.json", written)
    assert findings(ended.out) == []


@every_example
def test_run(example: Example) -> None:
    """A run on the local Glue runs every job and crawler for real, and the failure branch not at all."""
    ended = start("run", "--format", "json", example.folder, folder=EXAMPLES)

    assert ended.code == 0, ended.err
    run = ended.json()
    assert _fixed(run) == {
        "version": 1,
        "workflow": example.workflow,
        "status": "COMPLETED",
        "outcome": "SUCCEEDED",
        "error": None,
        "previous_run_id": None,
        "statistics": example.statistics(),
        "properties": example.properties,
    }
    assert _runs(run) == example.nodes()
    assert {trigger["name"]: trigger["fired_at"] is not None for trigger in run["triggers"]} == example.fired()


def test_dynamic_view() -> None:
    """The run of AWS's own example ends with the graph, the result of each step, and the crawled tables."""
    ended = start("run", "01_nightly_sales", folder=EXAMPLES)

    assert ended.code == 0, ended.err
    written = steady(ended.out)
    assert written == golden(EXAMPLES / "01_nightly_sales" / "expected" / "run.txt", written)


def _fixed(run: dict[str, Any]) -> dict[str, Any]:
    """Return what is the same in each run and is no list."""
    unsteady = ("run_id", "started_on", "completed_on", "nodes", "triggers")
    return {name: value for name, value in run.items() if name not in unsteady}


def _runs(run: dict[str, Any]) -> dict[str, list[tuple[Any, ...]]]:
    return {
        node["name"]: [tuple(each[name] for name in ("state", "attempt", "trigger", "error")) for each in node["runs"]]
        for node in run["nodes"]
    }
