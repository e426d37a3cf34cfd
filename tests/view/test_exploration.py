"""Every combination of outcomes, as people and programs see it, exactly."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from hypothesis import given

from gluedsl.engine import Exploration, explore
from gluedsl.graph import Node
from gluedsl.model import Action, Condition, Predicate, Trigger, Workflow
from gluedsl.view.exploration import render
from gluedsl.view.exploration_json import exploration_document
from tests.support.engine import ends, node, start_trigger, when_all, workflow
from tests.support.generated import workflows
from tests.support.scenes import SALES


def shown(text: str) -> str:
    """Return what is to be drawn."""
    return textwrap.dedent(text).lstrip("\n")


def fan_out(width: int) -> Workflow:
    """Return a workflow with `width` jobs side by side, and a job behind each."""
    return workflow(
        start_trigger(*(f"load{i}" for i in range(width))),
        *(when_all(f"t{i}", ends(f"load{i}"), then=(f"clean{i}",)) for i in range(width)),
    )


def test_a_workflow() -> None:
    """What there is to know of all runs first, then each result with the shortest way to it."""
    assert render(explore(SALES)).plain == shown("""
        nightly-sales  every combination of outcomes
        16 combinations lead to 5 results; names that begin with `nightly-sales-` are
        shown without it

        When all goes well  SUCCEEDED: 4 of 5 actions started
        Never started       nothing: each action starts in some run
        Silent failures     of 5 actions: the run is COMPLETED, and no trigger hears of
              TIMEOUT or STOPPED of load-orders and load-customers
              FAILED or CANCELLED of sales-catalog
              FAILED, TIMEOUT or STOPPED of publish-summary
              FAILED, TIMEOUT or STOPPED of page-on-call, after load-orders FAILED
        Dead ends           of 3 actions: something was to follow, and nothing does
              TIMEOUT or STOPPED of load-orders and load-customers
              FAILED or CANCELLED of sales-catalog

        Results, each with the fewest bad ends that lead to it
           1  SUCCEEDED  all goes well
              not started: page-on-call
           2  FAILED  if load-orders FAILED
              not started: sales-catalog and publish-summary
              started: page-on-call
           3  FAILED  if load-orders TIMEOUT
              not started: sales-catalog and publish-summary
              no trigger hears of load-orders
           4  FAILED  if sales-catalog FAILED
              not started: publish-summary
              no trigger hears of sales-catalog
           5  FAILED  if publish-summary FAILED
              no trigger hears of publish-summary
    """)


def test_a_workflow_without_a_flaw() -> None:
    """A workflow that starts one crawler, watched for every end by triggers that start nothing."""
    ear = Trigger(
        name="ear",
        type="CONDITIONAL",
        predicate=Predicate(logical="ANY", conditions=(ends("crawl", "FAILED"), ends("crawl", "CANCELLED"))),
    )
    assert render(explore(workflow(start_trigger("crawl"), ear))).plain == shown("""
        nightly  every combination of outcomes
        3 combinations lead to 2 results

        When all goes well  SUCCEEDED: 1 of 1 action started
        Never started       nothing: each action starts in some run
        Silent failures     none: some trigger hears of every bad end
        Dead ends           none: whatever is to be followed is followed

        Results, each with the fewest bad ends that lead to it
           1  SUCCEEDED  all goes well
           2  FAILED  if crawl FAILED
    """)


def test_a_large_workflow() -> None:
    """Lists are cut short, large numbers rounded, and what is not listed is told."""
    text = render(explore(fan_out(30), most_results=40)).plain
    head, _, tail = text.partition("\nResults")
    assert head == shown("""
        nightly  every combination of outcomes
        about 2.1e14 combinations lead to more than 40 results

        When all goes well  SUCCEEDED: 60 of 60 actions started
        Never started       nothing: each action starts in some run
        Silent failures     of 60 actions: the run is COMPLETED, and no trigger hears of
              FAILED, TIMEOUT or STOPPED of load0, load1, load2, load3, load4, load5,
              load6, load7, load8, load9, load10, load11, load12, load13, load14 and 45
              more
        Dead ends           of 30 actions: something was to follow, and nothing does
              FAILED, TIMEOUT or STOPPED of load0, load1, load2, load3, load4, load5,
              load6, load7, load8, load9, load10, load11, load12, load13, load14 and 15
              more
    """)
    assert tail.splitlines()[:4] == [
        ", each with the fewest bad ends that lead to it",
        "   1  SUCCEEDED  all goes well",
        "   2  FAILED  if load0 FAILED",
        "      not started: clean0",
    ]
    assert tail.splitlines()[-3:] == [
        "      and 28 more, which --format json lists",
        "Not all results are listed; all that take fewer than 2 bad ends are. --limit",
        "lists more.",
    ]


def test_what_was_left_out() -> None:
    """An exploration that gave up says of what."""
    limited = replace(explore(fan_out(2)), most_bad_ends=1)
    assert render(limited).plain.splitlines()[1:3] == [
        "9 combinations lead to 5 results",
        "left out, because there are too many: runs with more than 1 bad end",
    ]
    fewer = replace(limited, never_started_in_any=(node("clean0"),))
    assert "Never started       clean0 in any of these runs" in render(fewer).plain.splitlines()


def test_given_outcomes() -> None:
    """Where a bad end is given, no run goes well, and each is told by what it starts and does not."""
    design = workflow(
        start_trigger("a"), when_all("t", ends("a"), then=("b",)), when_all("bad", ends("a", "FAILED"), then=("c",))
    )
    assert render(explore(design, given={node("a"): "FAILED"})).plain == shown("""
        nightly  every combination of outcomes
        2 combinations lead to 1 result

        When all goes well  not among these runs
        Never started       b in any run
        Silent failures     of 1 action: the run is COMPLETED, and no trigger hears of
              FAILED, TIMEOUT or STOPPED of c, after a FAILED
        Dead ends           none: whatever is to be followed is followed

        Results, each with the fewest bad ends that lead to it
           1  FAILED  if a FAILED
              not started: b
    """)


def test_something_that_never_starts() -> None:
    """A branch that is switched off never starts, and a run in which all goes well is PARTIAL."""
    design = workflow(start_trigger("a"), when_all("off", ends("a"), then=("b",), enabled=False))
    assert render(explore(design)).plain == shown("""
        nightly  every combination of outcomes
        2 combinations lead to 2 results

        When all goes well  PARTIAL: 1 of 2 actions started
        Never started       b in any run
        Silent failures     of 1 action: the run is COMPLETED, and no trigger hears of
              FAILED, TIMEOUT or STOPPED of a
        Dead ends           of 1 action: something was to follow, and nothing does
              SUCCEEDED, FAILED, TIMEOUT or STOPPED of a

        Results, each with the fewest bad ends that lead to it
           1  PARTIAL  all goes well
              not started: b
           2  FAILED  if a FAILED
              no trigger hears of a
    """)


def test_many_failures_behind_failures() -> None:
    """Beyond a dozen, those that take other bad ends are counted."""
    design = workflow(
        start_trigger(*(f"load{i:02}" for i in range(14))),
        *(when_all(f"t{i:02}", ends(f"load{i:02}", "FAILED"), then=(f"page{i:02}",)) for i in range(14)),
    )
    lines = render(explore(design, most_results=20)).plain.splitlines()
    start = lines.index("      FAILED, TIMEOUT or STOPPED of page11, after load11 FAILED")
    assert lines[start + 1] == "      and 2 more, after other bad ends"


def test_names_are_data() -> None:
    """What a terminal would obey is spelled out, and there is ASCII for terminals that have no more."""
    design = Workflow(
        name="w\x1b[31m",
        triggers=(Trigger(name="s", type="ON_DEMAND", actions=(Action(job_name="é\n"), Action(crawler_name="é\n"))),),
    )
    text = render(explore(design), ascii_only=True).plain
    assert text.isascii()
    assert text.splitlines()[0] == "w\\x1b[31m  every combination of outcomes"
    assert text.splitlines()[-2] == "   2  FAILED  if job \\xe9\\n FAILED"


@given(workflows())
def test_any_workflow_is_shown_within_eighty_columns(design: Workflow) -> None:
    """Whatever the workflow, no line is wider than asked for, none ends in a space, and the document is whole."""
    exploration: Exploration = explore(design, most_results=30)
    lines = render(exploration, width=80).plain.split("\n")
    assert max(len(line) for line in lines) <= 80
    assert all(line == line.rstrip() for line in lines)
    assert lines[-1] == ""
    document = exploration_document(exploration)
    assert len(document["scenarios"]) == len(exploration.scenarios)


def test_the_document() -> None:
    """For programs: documented, versioned, with whole names."""
    design = workflow(
        start_trigger("load"),
        when_all("good", ends("load"), then=("crawl",)),
        when_all("bad", ends("load", "FAILED"), then=("page",)),
    )
    assert exploration_document(explore(design)) == {
        "version": 1,
        "workflow": "nightly",
        "explored": 5,
        "complete": True,
        "most_bad_ends": None,
        "all_listed_below": None,
        "scenarios": [
            {
                "outcomes": {"load": "SUCCEEDED", "crawl": "SUCCEEDED"},
                "never_started": ["page"],
                "outcome": "SUCCEEDED",
                "silent": [],
            },
            {
                "outcomes": {"load": "FAILED", "page": "SUCCEEDED"},
                "never_started": ["crawl"],
                "outcome": "FAILED",
                "silent": [],
            },
            {
                "outcomes": {"load": "TIMEOUT"},
                "never_started": ["crawl", "page"],
                "outcome": "FAILED",
                "silent": ["load"],
            },
            {
                "outcomes": {"load": "SUCCEEDED", "crawl": "FAILED"},
                "never_started": ["page"],
                "outcome": "FAILED",
                "silent": ["crawl"],
            },
        ],
        "never_started_in_any": [],
        "never_fired_in_any": [],
        "silent_failures": [
            {"name": "load", "states": ["TIMEOUT", "STOPPED"], "after": {}},
            {"name": "crawl", "states": ["FAILED", "CANCELLED"], "after": {}},
            {"name": "page", "states": ["FAILED", "TIMEOUT", "STOPPED"], "after": {"load": "FAILED"}},
        ],
        "dead_ends": [{"name": "load", "states": ["TIMEOUT", "STOPPED"], "after": {}}],
        "same_ends": {
            "load": [["SUCCEEDED"], ["FAILED"], ["TIMEOUT", "STOPPED"]],
            "crawl": [["SUCCEEDED"], ["FAILED", "CANCELLED"]],
            "page": [["SUCCEEDED"], ["FAILED", "TIMEOUT", "STOPPED"]],
        },
    }


def test_a_job_and_a_crawler_of_one_name() -> None:
    """They are told apart by what they are."""
    condition = Condition(job_name="x", state="SUCCEEDED")
    design = Workflow(
        name="w",
        triggers=(
            Trigger(name="s", type="ON_DEMAND", actions=(Action(job_name="x"),)),
            Trigger(
                name="t",
                type="CONDITIONAL",
                predicate=Predicate(conditions=(condition,)),
                actions=(Action(crawler_name="x"),),
            ),
        ),
    )
    exploration = explore(design)
    assert exploration_document(exploration)["scenarios"][0]["outcomes"] == {
        "job:x": "SUCCEEDED",
        "crawler:x": "SUCCEEDED",
    }
    assert Node("CRAWLER", "x") in exploration.same_ends
