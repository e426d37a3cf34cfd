"""Rules about what can start at all: GR001, GR006."""

from __future__ import annotations

import pytest

from gluedsl.model import ExistingCrawler, ExistingJob, Trigger
from gluedsl.model.faults import UnplacedNode
from gluedsl.source.span import Span
from tests.support.rules import after, crawler, job, project, says, start, told, workflow

LOAD = start("sales-start", "job load")
NEVER = "which nothing in workflow `sales` starts"
NOTE = "triggers fire on runs that their own workflow started, and on no others"


def test_what_waits_for_a_job_of_no_workflow_can_never_start() -> None:
    """The wait is pointed at, with what it holds up."""
    publish = after("sales-publish", ["job load", "job nowhere"], "job publish")

    assert told(project(LOAD, publish)) == says(f"""
        GR001 error at workflows.0.triggers.1.predicate.conditions.1
          job `publish` can never start: it waits for job `nowhere`, which nothing in workflow `sales` starts
          label: never started here
          related workflows.0.triggers.1.actions.0: job `publish` is started here
          note: {NOTE}
          help: add job `nowhere` to workflow `sales`, or wait for something that the workflow starts
    """)


def test_another_workflow_starting_it_does_not_help() -> None:
    """Nor does that the project defines it."""
    other = workflow(start("other-start", "crawler catalog"), name="other")
    sales = workflow(LOAD, after("sales-publish", ["crawler catalog"], "job publish"))

    assert told(project(other, sales)) == says(f"""
        GR001 error at workflows.1.triggers.1.predicate.conditions.0
          job `publish` can never start: it waits for crawler `catalog`, which nothing in workflow `sales` starts
          label: never started here
          related workflows.1.triggers.1.actions.0: job `publish` is started here
          note: {NOTE}
          help: add crawler `catalog` to workflow `sales`, or wait for something that the workflow starts
    """)


def test_near_name_is_suggested() -> None:
    """Of what the workflow does start."""
    assert told(
        project(start("sales-start", "job load-orders"), after("t", ["job load_orders"], "job publish"))
    ) == says(f"""
        GR001 error at workflows.0.triggers.1.predicate.conditions.0
          job `publish` can never start: it waits for job `load_orders`, which nothing in workflow `sales` starts
          label: never started here
          related workflows.0.triggers.1.actions.0: job `publish` is started here
          note: {NOTE}
          help: did you mean `load-orders`?
          help: add job `load_orders` to workflow `sales`, or wait for something that the workflow starts
    """)


def test_one_cause_is_told_once_with_all_that_it_holds_up() -> None:
    """What waits further down follows from it."""
    first = after("first", ["job x"], "job a", "crawler b")
    second = after("second", ["job load", "job x FAILED"], "job c", "job load")
    further = after("further", ["job a", "job c"], "job d")

    assert told(project(LOAD, first, second, further)) == says(f"""
        GR001 error at workflows.0.triggers.1.predicate.conditions.0
          job `a`, crawler `b` and job `c` can never start: they wait for job `x`, {NEVER}
          label: never started here
          related workflows.0.triggers.2.predicate.conditions.1: waits for it as well
          related workflows.0.triggers.1.actions.0: job `a` is started here
          related workflows.0.triggers.1.actions.1: crawler `b` is started here
          related workflows.0.triggers.2.actions.0: job `c` is started here
          note: {NOTE}
          help: add job `x` to workflow `sales`, or wait for something that the workflow starts
        CN010 error at workflows.0.triggers.2.actions.1
          trigger `second` starts job `load`, for which it waits
          related workflows.0.triggers.2.predicate.conditions.0: waits for job `load` here
          help: let it try again by itself with `max_retries`, or start another job
    """)


def test_two_causes_are_two_findings() -> None:
    """Each at its own wait."""
    both = after("both", ["job here", "job there"], "job publish")

    assert [line for line in told(project(LOAD, both)).splitlines() if "never start:" in line] == [
        "  job `publish` can never start: it waits for job `here`, which nothing in workflow `sales` starts",
        "  job `publish` can never start: it waits for job `there`, which nothing in workflow `sales` starts",
    ]


def test_one_of_several_is_enough_for_any() -> None:
    """A trigger that waits for any can fire if one of them can end; the others are waited for in vain."""
    first = after("t", ["job nowhere", "job load"], "job publish", logical="ANY")
    second = after("u", ["job publish", "job nowhere FAILED"], "job report", logical="ANY")

    assert told(project(LOAD, first, second)) == says(f"""
        GR001 warning at workflows.0.triggers.1.predicate.conditions.0
          trigger `t` waits for job `nowhere` in vain: nothing in workflow `sales` starts it
          label: never started here
          related workflows.0.triggers.2.predicate.conditions.1: waits for it as well
          note: {NOTE}
          help: add job `nowhere` to workflow `sales`, or wait for something that the workflow starts
    """)


def test_near_name_is_suggested_where_one_of_several_is_enough() -> None:
    """A name that is misspelt is one that nothing starts."""
    publish = after("t", ["job load_orders FAILED", "job load-orders FAILED"], "job publish", logical="ANY")

    assert "\n  help: did you mean `load-orders`?\n" in told(project(start("s", "job load-orders"), publish))


def test_conditions_that_nobody_looks_at_wait_in_vain_for_nothing() -> None:
    """Those of a trigger that is disabled, or of a workflow that only lacks its start."""
    off = after("t", ["job nowhere", "job load"], "job publish", logical="ANY", enabled=False)
    assert "in vain" not in told(project(LOAD, off))

    unstarted = after("t", ["job a", "job b"], "job publish", logical="ANY")
    assert "GR001" not in told(project(job("a"), job("b"), unstarted))


def test_none_of_several_is_one_cause() -> None:
    """All of what it waits for is told."""
    publish = after("t", ["job x", "job y", "crawler c"], "job publish", logical="ANY")

    assert told(project(LOAD, publish)) == says(f"""
        GR001 error at workflows.0.triggers.1.predicate.conditions.0
          job `publish` can never start: it waits for job `x`, job `y` or crawler `c`, {NEVER}
          label: never started here
          related workflows.0.triggers.1.predicate.conditions.1: waits for it as well
          related workflows.0.triggers.1.predicate.conditions.2: waits for it as well
          related workflows.0.triggers.1.actions.0: job `publish` is started here
          note: {NOTE}
          help: add job `x` to workflow `sales`, or wait for something that the workflow starts
    """)


def test_any_of_what_is_missing_and_what_follows_is_told_by_the_first() -> None:
    """It could fire if what follows could start."""
    first = after("first", ["job nowhere"], "job a")
    second = after("second", ["job elsewhere", "job a"], "job b", logical="ANY")

    assert [line for line in told(project(LOAD, first, second)).splitlines() if "starts" in line] == [
        "  job `a` can never start: it waits for job `nowhere`, which nothing in workflow `sales` starts",
        "  help: add job `nowhere` to workflow `sales`, or wait for something that the workflow starts",
        "  trigger `second` waits for job `elsewhere` in vain: nothing in workflow `sales` starts it",
        "  help: add job `elsewhere` to workflow `sales`, or wait for something that the workflow starts",
    ]


def test_trigger_in_vain_is_told_by_name_where_another_starts_its_nodes() -> None:
    """What it starts does start, by the other."""
    vain = after("vain", ["job nowhere"], "job load")

    assert told(project(LOAD, vain)) == says(f"""
        GR001 error at workflows.0.triggers.1.predicate.conditions.0
          trigger `vain` can never fire: it waits for job `nowhere`, which nothing in workflow `sales` starts
          label: never started here
          note: {NOTE}
          help: add job `nowhere` to workflow `sales`, or wait for something that the workflow starts
    """)


def test_long_lists_of_nodes_are_cut_short() -> None:
    """All of them stand in the places."""
    many = after("many", ["job nowhere"], *(f"job j{number}" for number in range(5)))
    text = told(project(LOAD, many))

    assert "job `j0`, job `j1` and 3 others can never start: they wait for job `nowhere`" in text
    assert "job `j4` is started here" in text


def test_disabled_trigger_is_a_warning() -> None:
    """What it alone starts, and what follows, rests as long as it does: said once, where it is disabled."""
    off = after("off", ["job load"], "job publish", enabled=False)
    further = after("further", ["job publish"], "job notify")

    assert told(project(LOAD, off, further)) == says("""
        GR001 warning at workflows.0.triggers.1.enabled
          job `publish` cannot start while trigger `off` is disabled
          help: enable trigger `off`, or leave out what it starts
    """)


@pytest.mark.parametrize(
    "off",
    [
        after("off", ["job load"], "job other", enabled=False),
        after("off", ["job nowhere"], "job publish", enabled=False),
        start("nightly", "job load", type="SCHEDULED", schedule="cron(0 2 * * ? *)", enabled=False),
    ],
)
def test_disabled_trigger_that_cuts_nothing_off_is_not_mentioned(off: Trigger) -> None:
    """It would not start anything more, could not fire anyway, or begins runs, which can begin by hand as well."""
    triggers = (off,) if off.is_start else (start("sales-start", "job load", "job other"), off)

    assert told(project(*triggers)) == ""


@pytest.mark.parametrize("shown", ["job load", "crawler catalog"])
def test_what_somebody_else_defines_can_be_started_and_watched(shown: str) -> None:
    """It only has to be started by the workflow."""
    flow = workflow(start("sales-start", shown), after("t", [shown], "job publish"))
    existing = {"existing_jobs": (ExistingJob(name="load"),), "existing_crawlers": (ExistingCrawler(name="catalog"),)}

    assert told(project(flow, **existing)) == ""


def test_node_that_no_workflow_was_given_is_doubtful() -> None:
    """As lowering found it."""
    fault = UnplacedNode(node="job `publish`", span=Span("flow.py", 900))

    assert told(project(LOAD), fault) == says("""
        GR006 warning at line 900
          job `publish` is in no workflow
          help: add it to a workflow, or leave it out
    """)


def test_node_that_no_trigger_starts_is_doubtful() -> None:
    """A job, or a crawler; one that lowering reports already is not reported again."""
    fault = UnplacedNode(node="job `again`", span=Span("flow.py", 900))

    assert told(project(LOAD, job("rest"), job("again"), crawler("catalog")), fault) == says("""
        GR006 warning at jobs.0
          job `rest` is started by no trigger
          help: name it in a trigger that starts it, or leave it out
        GR006 warning at crawlers.0
          crawler `catalog` is started by no trigger
          help: name it in a trigger that starts it, or leave it out
        GR006 warning at line 900
          job `again` is in no workflow
          help: add it to a workflow, or leave it out
    """)


def test_node_that_is_waited_for_in_vain_is_reported_there() -> None:
    """Not as unused as well."""
    rest = job("rest")

    alone = after("t", ["job rest"], "job publish")
    one_of_two = after("t", ["job rest", "job load"], "job publish", logical="ANY")
    for trigger, severity in ((alone, "error"), (one_of_two, "warning")):
        assert [line for line in told(project(LOAD, rest, trigger)).splitlines() if line.startswith("G")] == [
            f"GR001 {severity} at workflows.0.triggers.1.predicate.conditions.0"
        ]


def test_project_without_workflows_has_no_unused_nodes() -> None:
    """Its jobs are there for something else."""
    assert told(project(job("load"), crawler("catalog"))) == ""
