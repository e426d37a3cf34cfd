"""Rules about triggers: TR002, TR003, TR005, TR016, TR017."""

from __future__ import annotations

from gluedsl.model.faults import SharedTrigger
from gluedsl.source.span import Span
from tests.support.rules import after, project, says, start, told, workflow

LOAD = start("sales-start", "job load")


def test_trigger_names_are_unique_across_workflows() -> None:
    """The later one is wrong, and the first is shown."""
    orders = workflow(start("go", "job load"), name="orders")
    customers = workflow(start("go", "job other"), name="customers")

    assert told(project(orders, customers)) == says("""
        TR002 error at workflows.1.triggers.0.name
          trigger `go` is defined twice
          related workflows.0.triggers.0.name: first defined here
          help: give one of the two another name: trigger names are unique across workflows
    """)


def test_trigger_names_are_unique_within_a_workflow() -> None:
    """What a graph cannot tell apart is not judged further."""
    first = after("again", ["job load"], "job a")
    second = after("again", ["job nowhere"], "job b")

    assert told(project(LOAD, first, second)) == says("""
        TR002 error at workflows.0.triggers.2.name
          trigger `again` is defined twice
          related workflows.0.triggers.1.name: first defined here
          help: give one of the two another name: trigger names are unique across workflows
    """)


def test_trigger_in_two_workflows_is_refused_with_both_places() -> None:
    """It is the same trigger, so that its name is not taken twice."""
    shared = after("after-load", ["job load"], "job publish")
    orders = workflow(start("orders-start", "job load"), shared, name="orders")
    returns = workflow(start("returns-start", "job load"), shared, name="returns")
    fault = SharedTrigger(
        trigger="after-load", workflows=("orders", "returns"), spans=(Span("flow.py", 800), Span("flow.py", 900))
    )

    assert told(project(orders, returns), fault) == says("""
        TR003 error at line 900
          trigger `after-load` belongs to two workflows, `orders` and `returns`
          related line 800: first added to workflow `orders` here
          help: make a trigger of its own, with another name, for workflow `returns`
    """)


def test_trigger_added_twice_to_one_workflow_is_refused() -> None:
    """Where the source of the first place is unknown, it is left out."""
    fault = SharedTrigger(trigger="after-load", workflows=("sales", "sales"), spans=(None, Span("flow.py", 900)))

    assert told(project(LOAD), fault) == says("""
        TR003 error at line 900
          trigger `after-load` is added to workflow `sales` twice
          help: add it once
    """)


def test_trigger_that_starts_nothing_is_refused() -> None:
    """Be it one that waits, or the only start of a workflow."""
    assert told(project(LOAD, after("idle", ["job load"]))) == says("""
        TR005 error at workflows.0.triggers.1.actions
          trigger `idle` starts nothing
          help: name what it starts, or leave it out
    """)
    assert told(project(start("sales-start"))) == says("""
        TR005 error at workflows.0.triggers.0.actions
          trigger `sales-start` starts nothing
          help: name what it starts, or leave it out
    """)


def test_idle_start_is_not_reported_where_a_wait_is_the_reason() -> None:
    """A job that waits for what no workflow starts leaves the start trigger without work."""
    assert told(project(start("sales-start"), after("t", ["job nowhere"], "job publish"))).startswith("GR001")
    assert "TR005" not in told(project(start("sales-start"), after("t", ["job nowhere"], "job publish")))


def test_third_crawler_of_a_trigger_is_refused() -> None:
    """The number is told, and the limit, at the first crawler that is too many."""
    trigger = start("sales-start", "crawler a", "job load", "crawler b", "crawler c", "crawler d")

    assert told(project(trigger)) == says("""
        TR016 error at workflows.0.triggers.0.actions.3
          trigger `sales-start` starts 4 crawlers, and Glue allows 2
          label: one too many
          help: give one crawler several targets, or start a crawler after another
    """)


def test_two_crawlers_of_a_trigger_are_allowed() -> None:
    """Two is the limit."""
    assert told(project(start("sales-start", "crawler a", "crawler b"))) == ""


def test_fifty_first_job_of_a_trigger_is_refused() -> None:
    """Fifty is the quota that every account has."""
    fifty = [f"job load-{number}" for number in range(50)]

    assert told(project(start("sales-start", *fifty))) == ""
    assert told(project(start("sales-start", *fifty, "job one-more"))) == says("""
        TR017 error at workflows.0.triggers.0.actions.50
          trigger `sales-start` starts 51 jobs, and Glue allows 50
          label: one too many
          note: the limit is a quota that AWS can raise for an account
          help: let some of the jobs wait for others
    """)
