"""Every combination of outcomes, by example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.engine import Policies, explore
from gluedsl.errors import UsageError
from tests.support.engine import ends, node, start_trigger, when_all, when_any, workflow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gluedsl.engine import Exploration, Unheeded
    from gluedsl.graph import Node
    from gluedsl.model import Workflow

CHAIN = workflow(start_trigger("a"), when_all("t", ends("a"), then=("b",)))
GUARDED = workflow(
    start_trigger("load", "crawl"),
    when_all("good", ends("load"), ends("crawl"), then=("publish",)),
    when_any("bad", ends("load", "FAILED"), ends("crawl", "FAILED"), then=("page",)),
)


def fan_out(width: int) -> Workflow:
    """Return a workflow with `width` jobs side by side, and a job behind each."""
    return workflow(
        start_trigger(*(f"load{i}" for i in range(width))),
        *(when_all(f"t{i}", ends(f"load{i}"), then=(f"clean{i}",)) for i in range(width)),
    )


def layers(width: int, depth: int) -> Workflow:
    """Return a workflow in layers, each job of which waits for two of the layer above."""
    return workflow(
        start_trigger(*(f"0-{i}" for i in range(width))),
        *(
            when_all(f"t{d}-{i}", ends(f"{d - 1}-{i}"), ends(f"{d - 1}-{(i + 1) % width}"), then=(f"{d}-{i}",))
            for d in range(1, depth)
            for i in range(width)
        ),
    )


def called(nodes: Iterable[Node]) -> list[str]:
    """Return names."""
    return [found.name for found in nodes]


def scenarios(exploration: Exploration) -> list[tuple[str, dict[str, str], list[str]]]:
    """Return what each scenario comes to, the ends in it, and what never started."""
    return [
        (s.outcome, {found.name: state for found, state in s.outcomes.items()}, called(s.never_started))
        for s in exploration.scenarios
    ]


def unheeded(found: Iterable[Unheeded]) -> list[tuple[str, tuple[str, ...], dict[str, str]]]:
    """Return names, states, and what else must end badly."""
    return [(one.node.name, one.states, {n.name: state for n, state in one.after.items()}) for one in found]


def test_a_chain() -> None:
    """Three combinations: all is well, the second fails, or the first does and the second never starts."""
    exploration = explore(CHAIN)
    assert exploration.explored == 3
    assert scenarios(exploration) == [
        ("SUCCEEDED", {"a": "SUCCEEDED", "b": "SUCCEEDED"}, []),
        ("FAILED", {"a": "FAILED"}, ["b"]),
        ("FAILED", {"a": "SUCCEEDED", "b": "FAILED"}, []),
    ]
    assert exploration.same_ends[node("a")] == (("SUCCEEDED",), ("FAILED", "TIMEOUT", "STOPPED"))
    assert exploration.never_started_in_any == ()
    assert exploration.never_fired_in_any == ()
    assert (exploration.is_complete, exploration.all_listed_below) == (True, None)


def test_silent_failures_and_dead_ends() -> None:
    """What fails unheard is silent; what fails with nothing after it, though something was to follow, is a dead end."""
    exploration = explore(GUARDED)
    assert unheeded(exploration.silent_failures) == [
        ("load", ("TIMEOUT", "STOPPED"), {}),
        ("crawl", ("CANCELLED",), {}),
        ("publish", ("FAILED", "TIMEOUT", "STOPPED"), {}),
        ("page", ("FAILED", "TIMEOUT", "STOPPED"), {"load": "FAILED"}),
    ]
    assert unheeded(exploration.dead_ends) == [("load", ("TIMEOUT", "STOPPED"), {}), ("crawl", ("CANCELLED",), {})]
    assert [(called(s.bad), called(s.silent)) for s in exploration.scenarios] == [
        ([], []),
        (["load"], []),
        (["load"], ["load"]),
        (["publish"], ["publish"]),
    ]


def test_results_are_merged() -> None:
    """Whichever of the two jobs fails, page starts and publish does not: one result, with the earliest job."""
    exploration = explore(GUARDED)
    assert scenarios(exploration) == [
        ("SUCCEEDED", {"load": "SUCCEEDED", "crawl": "SUCCEEDED", "publish": "SUCCEEDED"}, ["page"]),
        ("FAILED", {"load": "FAILED", "crawl": "SUCCEEDED", "page": "SUCCEEDED"}, ["publish"]),
        ("FAILED", {"load": "TIMEOUT", "crawl": "SUCCEEDED"}, ["publish", "page"]),
        ("FAILED", {"load": "SUCCEEDED", "crawl": "SUCCEEDED", "publish": "FAILED"}, ["page"]),
    ]
    assert exploration.explored == 15


def test_a_failure_that_is_heard_only_together_with_another() -> None:
    """A trigger that waits for two failures hears of neither if it comes alone."""
    design = workflow(
        start_trigger("a", "b"), when_all("both", ends("a", "FAILED"), ends("b", "FAILED"), then=("page",))
    )
    silent = unheeded(explore(design).silent_failures)
    assert silent[:2] == [("a", ("FAILED", "TIMEOUT", "STOPPED"), {}), ("b", ("FAILED", "TIMEOUT", "STOPPED"), {})]


def test_a_failure_that_is_always_heard_together_with_another() -> None:
    """Where the other condition is met before, the failure cannot come alone."""
    design = workflow(
        start_trigger("a"),
        when_all("next", ends("a"), then=("b",)),
        when_all("both", ends("a"), ends("b", "FAILED"), then=("page",)),
    )
    assert ("b", ("TIMEOUT", "STOPPED"), {}) in unheeded(explore(design).silent_failures)
    assert explore(design).same_ends[node("b")] == (("SUCCEEDED",), ("FAILED",), ("TIMEOUT", "STOPPED"))


def test_what_can_never_be() -> None:
    """A job cannot both succeed and fail, so that a trigger that waits for both never fires."""
    design = workflow(
        start_trigger("a"),
        when_all("odd", ends("a"), ends("a", "FAILED"), then=("never",)),
        when_all("then", ends("never"), then=("never either",)),
        when_any("ear", ends("a", "ERROR"), then=("deaf",)),
    )
    exploration = explore(design)
    assert called(exploration.never_started_in_any) == ["never", "never either", "deaf"]
    assert exploration.never_fired_in_any == ("odd", "then", "ear")
    assert unheeded(exploration.dead_ends) == [("a", ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED"), {})]


def test_a_job_that_two_triggers_start() -> None:
    """Each start ends in its own way, so that the job may both succeed and fail in one run; the bad end is shown."""
    design = workflow(
        start_trigger("a", "b"),
        when_all("after a", ends("a"), then=("shared",)),
        when_all("after b", ends("b"), then=("shared",)),
        when_all("odd", ends("shared"), ends("shared", "FAILED"), then=("possible",)),
    )
    exploration = explore(design)
    assert exploration.never_started_in_any == ()
    (odd,) = (s for s in exploration.scenarios if s.outcome == "FAILED" and not s.never_started)
    assert odd.outcomes[node("shared")] == "FAILED"
    assert [(start.trigger, state) for start, state in odd.ends if start.node == node("shared")] == [
        ("after a", "FAILED"),
        ("after b", "SUCCEEDED"),
    ]


def test_a_crawler_that_two_triggers_start() -> None:
    """It may be busy: then its second crawl is in ERROR, which nothing hears."""
    ear = when_any("ear", ends("crawl", "FAILED"), ends("crawl", "CANCELLED"), then=("page",))
    once = explore(workflow(start_trigger("crawl"), ear))
    assert unheeded(once.silent_failures) == [("page", ("FAILED", "TIMEOUT", "STOPPED"), {"crawl": "FAILED"})]
    twice = explore(workflow(start_trigger("crawl", "crawl"), ear))
    assert unheeded(twice.silent_failures)[0] == ("crawl", ("ERROR",), {})


def test_a_branch_that_is_switched_off() -> None:
    """With nothing ended badly and something missing, a run is PARTIAL; the switched off trigger never fires."""
    design = workflow(start_trigger("a"), when_all("off", ends("a"), then=("b",), enabled=False))
    exploration = explore(design)
    assert scenarios(exploration) == [("PARTIAL", {"a": "SUCCEEDED"}, ["b"]), ("FAILED", {"a": "FAILED"}, ["b"])]
    assert exploration.never_fired_in_any == ("off",)
    assert unheeded(exploration.dead_ends) == [("a", ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED"), {})]
    assert explore(design, policies=Policies(inactive_trigger="fires")).never_fired_in_any == ()


def test_a_schedule_that_is_switched_off() -> None:
    """Nothing happens: one combination, of nothing."""
    exploration = explore(workflow(start_trigger("a", type="SCHEDULED", enabled=False)))
    assert exploration.explored == 1
    assert scenarios(exploration) == [("PARTIAL", {}, ["a"])]
    assert called(exploration.never_started_in_any) == ["a"]
    assert exploration.never_fired_in_any == ("start",)


def test_a_cycle() -> None:
    """A trigger fires once a run, so that the runs of a cycle are as finite as others."""
    circle = workflow(
        start_trigger("a"), when_all("forth", ends("a"), then=("b",)), when_all("back", ends("b"), then=("a",))
    )
    exploration = explore(circle)
    assert exploration.explored == 4
    assert scenarios(exploration) == [
        ("SUCCEEDED", {"a": "SUCCEEDED", "b": "SUCCEEDED"}, []),
        ("FAILED", {"a": "FAILED"}, ["b"]),
        ("FAILED", {"a": "SUCCEEDED", "b": "FAILED"}, []),
    ]


def test_given_outcomes() -> None:
    """Of the runs in which load fails, none starts publish, and all start page."""
    exploration = explore(GUARDED, given={node("load"): "FAILED"})
    assert called(exploration.never_started_in_any) == ["publish"]
    assert [s.outcome for s in exploration.scenarios] == ["FAILED"]
    assert all(node("page") in s.outcomes for s in exploration.scenarios)


def test_thirty_jobs_side_by_side() -> None:
    """What has nothing to do with each other is not multiplied out: all of 3 to the power of 30 are accounted for."""
    exploration = explore(fan_out(30), most_results=500)
    assert exploration.explored == 3**30
    assert exploration.is_complete
    assert exploration.never_started_in_any == ()
    assert len(exploration.scenarios) == 500
    assert exploration.all_listed_below == 3
    by_size = [len(s.bad) for s in exploration.scenarios]
    assert [by_size.count(size) for size in (0, 1, 2)] == [1, 31, 435]


def test_thirty_jobs_that_meet_again() -> None:
    """A join of thirty, and what follows it: four results, all of them listed."""
    names = [f"load{i}" for i in range(30)]
    design = workflow(
        start_trigger("prepare"),
        when_all("go", ends("prepare"), then=tuple(names)),
        when_all("join", *(ends(name) for name in names), then=("publish",)),
    )
    exploration = explore(design)
    assert exploration.explored == 2**30 + 1 + 1
    assert [(s.outcome, len(s.never_started)) for s in exploration.scenarios] == [
        ("SUCCEEDED", 0),
        ("FAILED", 31),
        ("FAILED", 1),
        ("FAILED", 0),
    ]
    assert (exploration.is_complete, exploration.all_listed_below) == (True, None)


@pytest.mark.parametrize(("width", "depth", "count"), [(5, 10, 1126), (10, 5, 216256)])
def test_fifty_nodes_in_layers(width: int, depth: int, count: int) -> None:
    """Everything is explored, by reduction and without sampling."""
    exploration = explore(layers(width, depth), most_results=50)
    assert exploration.explored == count
    assert exploration.is_complete
    assert len(exploration.silent_failures) == 50


def test_too_many_to_explore() -> None:
    """Then runs with few bad ends are explored, all of them, and it is said how few."""
    exploration = explore(layers(5, 4), most_moments=100)
    assert not exploration.is_complete
    assert exploration.most_bad_ends == 1
    assert exploration.explored == 1 + 20
    assert max(len(s.bad) for s in exploration.scenarios) == 1
    none = explore(layers(5, 4), most_moments=1)
    assert (none.most_bad_ends, none.explored) == (0, 1)
    assert called(none.never_started_in_any) == []


@pytest.mark.parametrize(
    ("policies", "message"),
    [
        (Policies(trigger_fires="again"), "all outcomes are explored with policy trigger_fires=once, not with again"),
        (Policies(multi_start="skip"), "all outcomes are explored with policy multi_start=start, not with skip"),
    ],
)
def test_policies_that_make_order_matter(policies: Policies, message: str) -> None:
    """Where what a run comes to depends on when things end, the explorer says so."""
    with pytest.raises(UsageError) as error:
        explore(CHAIN, policies=policies)
    assert error.value.message == message
    assert error.value.hint == "with that policy a run depends on when things end; simulate one run at a time"


def test_a_workflow_that_cannot_begin() -> None:
    """The explorer refuses what the engine refuses."""
    with pytest.raises(UsageError) as error:
        explore(workflow(when_all("t", ends("a"), then=("b",))))
    assert error.value.message == "workflow `nightly` has no start trigger"
