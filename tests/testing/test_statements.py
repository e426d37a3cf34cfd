"""Statements about all runs: those that hold, and what is told of those that do not."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl import ExistingCrawler, ExistingJob, PlainProperties, Workflow, all_of, any_of
from gluedsl.errors import DeclarationError, UsageError
from gluedsl.testing import cancelled, explore, failed, simulate, stopped, succeeded, timed_out
from tests.support.engine import ends, node, start_trigger, when_all, when_any, workflow
from tests.support.nightly_flow import load_orders, load_stock, nightly, page, publish, quality

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.testing import EveryRun, Sim

RUNS = explore(nightly)


def refuted(state: Callable[[], object]) -> str:
    """Return what is told of a statement that does not hold."""
    with pytest.raises(AssertionError) as caught:
        state()
    return str(caught.value)


def shown(text: str) -> str:
    """Return what is to be told."""
    return textwrap.dedent(text).lstrip("\n")


HOLDS: list[Callable[[], None]] = [
    lambda: RUNS.never_starts("publish", unless=all_of(load_orders, load_stock)),
    lambda: RUNS.never_starts(publish, unless=[load_orders, succeeded("load_stock"), quality]),
    lambda: RUNS.never_starts(publish, quality, unless="load_orders"),
    lambda: RUNS.never_starts("page", unless=any_of(load_orders.failed, failed("load_stock"))),
    lambda: RUNS.never_starts("page", unless=any_of(load_orders.unsuccessful, load_stock.failed)),
    lambda: RUNS.always_starts("load_orders", "load_stock"),
    lambda: RUNS.always_starts("page", when=failed("load_orders")),
    lambda: RUNS.always_starts("page", when=any_of(load_orders.failed, load_stock.failed)),
    lambda: RUNS.always_starts("page", when=[load_orders.failed, timed_out("load_stock")]),
    lambda: RUNS.always_starts("publish", when=all_of(load_orders, load_stock, quality)),
    lambda: RUNS.always_starts("page", when=all_of(quality, cancelled("catalog"), stopped("page"))),
    lambda: RUNS.starts_only_after("publish", "load_orders", quality, load_stock.succeeded),
    lambda: RUNS.starts_only_after("page", any_of(load_orders.failed, load_stock.failed)),
    lambda: RUNS.starts_only_after("publish", any_of(load_orders.finished, load_stock.finished)),
    lambda: RUNS.no_silent_failures("load_orders", load_stock, states="FAILED"),
    RUNS.every_node_starts_in_some_run,
    lambda: explore(nightly, given={"load_orders": "TIMEOUT"}).never_starts("publish"),
    lambda: explore(nightly, given={"load_orders": "SUCCEEDED", "load_stock": "SUCCEEDED"}).never_starts("page"),
]


@pytest.mark.parametrize("state", HOLDS, ids=range(len(HOLDS)))
def test_statements_that_hold(state: Callable[[], None]) -> None:
    """A statement that holds says nothing."""
    state()


def test_a_node_that_starts_though_it_should_not() -> None:
    """The shortest run in which it does is told, played through, with the line that plays it again."""
    assert refuted(lambda: RUNS.never_starts(page, unless=load_orders.failed)) == shown("""
        job `page` starts without load-orders FAILED:
        when load-stock FAILED, all else goes well
        to play it: sim.run(..., {'load-stock': 'FAILED'})

        nightly  run wr_0000000000000000000000000000000000000000000000000000000000000000
        COMPLETED, outcome FAILED: 1 action failed (watched for by the trigger of
        `page`); 2 actions never started: `catalog` and `publish`
        started 2000-01-01 00:00:00 UTC, took 2 m 00 s

        ▶ every day at 02:00 UTC  fired 00:00:00  cron(0 2 * * ? *)
        │ ✓ job load-orders  SUCCEEDED  1 m 00 s
        │ ✗ job load-stock   FAILED     1 m 00 s
        │     given outcome: FAILED
        ├─◆ when load-orders or load-stock FAILED  fired 00:01:00
        │   ✓ job page       SUCCEEDED  1 m 00 s
        ◇ when load-orders and load-stock both SUCCEEDED  did not fire
        │ · crawler catalog  not started
        ◇ when catalog SUCCEEDED  did not fire
          · job publish      not started

        Actions  5 total, 2 succeeded, 1 failed, 0 timed out,
                 0 stopped, 0 errored, 0 running, 0 waiting

        Run properties
          env   prod
          rows  0""")


REFUTED: list[tuple[Callable[[], None], str, str]] = [
    (lambda: RUNS.never_starts("publish"), "job `publish` starts:", "when all goes well"),
    (
        lambda: RUNS.never_starts("page", unless=any_of(load_orders.timed_out, load_stock.failed)),
        "job `page` starts without load-orders TIMEOUT or load-stock FAILED:",
        "when load-orders FAILED, all else goes well",
    ),
    (
        lambda: RUNS.never_starts("publish", unless=all_of(load_orders, page)),
        "job `publish` starts without page SUCCEEDED:",
        "when all goes well",
    ),
    (lambda: RUNS.always_starts("page"), "job `page` never starts:", "when all goes well"),
    (
        lambda: RUNS.always_starts("page", when=load_orders.unsuccessful),
        "job `page` never starts after load-orders TIMEOUT:",
        "when load-orders TIMEOUT, all else goes well",
    ),
    (
        lambda: RUNS.always_starts("publish", when=all_of(load_orders.failed, load_stock.failed)),
        "job `publish` never starts after load-orders FAILED and load-stock FAILED:",
        "when load-orders FAILED and load-stock FAILED, all else goes well",
    ),
    (
        lambda: RUNS.starts_only_after("page", load_orders),
        "job `page` starts without load-orders SUCCEEDED:",
        "when load-orders FAILED, all else goes well",
    ),
    (
        lambda: RUNS.starts_only_after("page", load_orders.finished),
        "job `page` starts while job `load-orders` is under way:",
        "when load-stock FAILED, all else goes well",
    ),
    (
        lambda: RUNS.starts_only_after("load_orders", load_stock.finished),
        "job `load-orders` starts while job `load-stock` is under way:",
        "when all goes well",
    ),
]


@pytest.mark.parametrize(("state", "what", "when"), REFUTED, ids=[what for _, what, _ in REFUTED])
def test_statements_that_do_not_hold(state: Callable[[], None], what: str, when: str) -> None:
    """What is the case instead, and the fewest bad ends that bring it about."""
    assert refuted(state).splitlines()[:2] == [what, when]


def test_conditions_are_those_of_flows() -> None:
    """What is neither a node nor an outcome is refused as in a flow file."""
    with pytest.raises(DeclarationError) as caught:
        RUNS.never_starts("publish", unless=42)  # type: ignore[arg-type]  # as authors may
    assert caught.value.message.startswith("a statement takes jobs, crawlers, their outcomes, ")


def test_silent_failures() -> None:
    """All that no trigger hears of, with what it takes to come about."""
    assert refuted(RUNS.no_silent_failures) == shown("""
        the run is COMPLETED, and no trigger hears of
          TIMEOUT or STOPPED of load-orders and load-stock
          FAILED or CANCELLED of catalog
          FAILED, TIMEOUT or STOPPED of publish
          FAILED, TIMEOUT or STOPPED of page, after load-orders FAILED""")
    assert refuted(lambda: RUNS.no_silent_failures("publish", page, states=["FAILED", "TIMEOUT"])) == shown("""
        the run is COMPLETED, and no trigger hears of
          FAILED or TIMEOUT of publish
          FAILED or TIMEOUT of page, after load-orders FAILED""")


def test_what_never_starts() -> None:
    """A branch that is off, or that the outcomes given rule out."""
    off = workflow(start_trigger("a"), when_all("off", ends("a"), then=("b", "crawl c"), enabled=False))

    assert refuted(explore(off).every_node_starts_in_some_run) == "no run starts job `b` or crawler `crawl c`"
    given = explore(nightly, given={load_orders: "TIMEOUT"})
    assert refuted(given.every_node_starts_in_some_run) == (
        "no run with the outcomes given starts crawler `nightly-catalog` or job `nightly-publish`"
    )


def tangled(width: int) -> Workflow[PlainProperties]:
    """Return a workflow whose parts all have to do with each other, but for a chain beside them."""
    flow = Workflow("tangled")
    loads = [flow.add(ExistingJob(f"load{i}")) for i in range(width)]
    for index, load in enumerate(loads):
        flow.add(ExistingJob(f"mend{index}"), after=any_of(load.failed, loads[index - 1].timed_out))
        flow.add(ExistingJob(f"clean{index}"), after=all_of(load, loads[index - 2]))
    return flow


def test_what_cannot_be_told() -> None:
    """A statement about too many runs to look at does not hold by silence: it says how far it has looked."""
    runs = explore(tangled(7), most_moments=60)

    assert not runs.is_complete
    text = refuted(lambda: runs.never_starts("clean1", unless="load1"))
    bad = text.split("at most ")[1].split(" bad")[0]
    assert text == (
        f"undecided: `tangled` has too many runs to look at all of them; it holds in those with at most {bad} bad "
        f"end{'' if bad == '1' else 's'}\nto be content with that: explore(..., at_most_bad_ends={bad}); to look at "
        "more: explore(..., most_moments=600)"
    )
    explore(tangled(7), most_moments=60, at_most_bad_ends=int(bad)).never_starts("clean1", unless="load1")
    explore(tangled(7)).never_starts("clean1", unless="load1")
    assert explore(tangled(7)).is_complete
    assert refuted(lambda: runs.never_starts("mend0")).startswith("job `mend0` starts:\nwhen load6 TIMEOUT, all")


def test_how_many_bad_ends_are_of_interest() -> None:
    """A statement about runs with few bad ends is not refuted by one with many."""
    both = workflow(start_trigger("a", "b"), when_all("t", ends("a", "FAILED"), ends("b", "FAILED"), then=("c",)))

    explore(both, at_most_bad_ends=1).never_starts("c")
    assert refuted(lambda: explore(both, at_most_bad_ends=2).never_starts("c")).startswith("job `c` starts:")


def test_a_job_that_two_triggers_start() -> None:
    """A run that timing makes another, as a limit on concurrent runs does, is told without a picture."""
    twice = workflow(
        start_trigger("a", "b"),
        when_all("x", ends("a"), then=("c",)),
        when_all("y", ends("b"), then=("c",)),
        when_any("z", ends("c"), then=("d",)),
    )

    assert refuted(lambda: explore(twice).never_starts("d")) == "job `d` starts:\nwhen all goes well"


def test_what_is_refused() -> None:
    """Names that are none, states in which nothing ends, and statements of nothing."""
    cases: list[tuple[Callable[[], Any], str, str]] = [
        (
            lambda: RUNS.never_starts("publis"),
            "workflow `nightly` has no job or crawler `publis`",
            "did you mean `publish`?",
        ),
        (
            lambda: RUNS.always_starts("page", when=failed("lod_orders")),
            "workflow `nightly` has no job or crawler `lod_orders`",
            "did you mean `load-orders`?",
        ),
        (
            lambda: RUNS.always_starts("page", when=timed_out("catalog")),
            "crawler `nightly-catalog` cannot end in TIMEOUT",
            "it ends in SUCCEEDED, FAILED, CANCELLED, ERROR",
        ),
        (RUNS.never_starts, "the statement names no job and no crawler", "name at least one"),
        (
            lambda: explore(nightly, policies={"multi_start": "skip"}),
            "all outcomes are explored with policy multi_start=start, not with skip",
            "with that policy a run depends on when things end; simulate one run at a time",
        ),
        (
            lambda: explore(nightly, given={"load_orders": ["FAILED", "SUCCEEDED"]}),  # type: ignore[dict-item]
            "job `nightly-load-orders` is given two ends",
            "all outcomes are explored by the last attempts; give one state",
        ),
    ]
    for ask, message, hint in cases:
        with pytest.raises(UsageError) as caught:
            ask()
        assert (caught.value.message, caught.value.hint) == (message, hint)


def test_what_was_looked_at(sim: Sim) -> None:
    """The exploration itself is there too, and prints as the command shows it."""
    runs: EveryRun = sim.explore("examples/02_three_steps")

    assert runs.is_complete
    assert runs.exploration.explored == 4
    assert str(runs).startswith("three-steps  every combination of outcomes\n4 combinations lead to 4 results\n")
    assert repr(runs) == "<every run of three-steps>"


def test_a_crawler_by_itself() -> None:
    """Outcomes of objects that name what others define are told apart by type."""
    flow = Workflow("mixed")
    crawler = flow.add(ExistingCrawler("x"))
    job = flow.add(ExistingJob("x"), after=crawler)

    runs = explore(flow)
    runs.starts_only_after(job, crawler)
    runs.never_starts(job, unless=crawler.succeeded)
    assert refuted(lambda: runs.never_starts(job, unless=crawler.cancelled)).startswith("job `x` starts without")
    assert node("crawl x").type == "CRAWLER"
    assert simulate(flow, {crawler: "CANCELLED"}).never_started(job)
