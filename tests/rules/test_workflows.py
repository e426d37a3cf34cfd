"""Rules about workflows: WF002, WF004, WF006, WF007."""

from __future__ import annotations

from gluedsl.model.faults import NonStringProperty
from gluedsl.source.span import Span
from tests.support.rules import after, job, project, says, start, told, workflow

LOAD = start("sales-start", "job load")


def test_second_workflow_of_a_name_is_refused() -> None:
    """The later workflow is wrong, and the first is shown."""
    orders = workflow(start("orders-start", "job load"), name="nightly")
    customers = workflow(start("customers-start", "job other"), name="nightly")

    assert told(project(orders, customers)) == says("""
        WF002 error at workflows.1.name
          workflow `nightly` is defined twice
          related workflows.0.name: first defined here
          help: give one of the two another name
    """)


def test_names_derived_from_a_repeated_workflow_are_not_reported_again() -> None:
    """Triggers and jobs that carry the repeated name follow from it."""
    orders = workflow(start("nightly-start", "job nightly-load"), name="nightly")
    customers = workflow(start("nightly-start", "job nightly-load"), name="nightly")

    assert told(project(orders, customers, job("nightly-load"), job("nightly-load"))) == says("""
        WF002 error at workflows.1.name
          workflow `nightly` is defined twice
          related workflows.0.name: first defined here
          help: give one of the two another name
    """)


def test_workflow_names_that_differ_in_case_are_two() -> None:
    """Glue tells names apart by every character."""
    upper = workflow(start("upper-start", "job load"), name="Nightly")
    lower = workflow(start("lower-start", "job load"), name="nightly")

    assert told(project(upper, lower)) == ""


def test_run_property_that_is_no_string_is_refused() -> None:
    """The value is shown, and its type, where it was written."""
    fault = NonStringProperty(workflow="sales", key="limit", value="500", type_name="int", span=Span("flow.py", 900))

    assert told(project(LOAD), fault) == says("""
        WF004 error at line 900
          run property `limit` of workflow `sales` is `500`, of type `int`, and Glue stores strings
          help: write it as a string, or declare it in a class of `RunProperties`
    """)


def test_every_start_trigger_after_the_first_is_refused() -> None:
    """Each is shown with the first, whatever kind it is of."""
    second = start("sales-second", "job second", type="SCHEDULED", schedule="cron(0 2 * * ? *)")
    third = start("sales-third", "job third", type="EVENT")

    assert told(project(LOAD, after("sales-after-load", ["job load"], "job publish"), second, third)) == says("""
        WF006 error at workflows.0.triggers.2.type
          workflow `sales` has a second start trigger, `sales-second`
          label: begins runs as well
          related workflows.0.triggers.0.type: the first, `sales-start`
          help: keep one, and move what the other starts to a workflow of its own
        WF006 error at workflows.0.triggers.3.type
          workflow `sales` has a second start trigger, `sales-third`
          label: begins runs as well
          related workflows.0.triggers.0.type: the first, `sales-start`
          help: keep one, and move what the other starts to a workflow of its own
    """)


def test_two_start_triggers_of_one_job_are_one_mistake() -> None:
    """That one run could start the job twice is not said as well, nor that one of the two starts nothing."""
    again = start("sales-again", "job load")
    idle = start("sales-idle")

    assert told(project(LOAD, again, idle)) == says("""
        WF006 error at workflows.0.triggers.1.type
          workflow `sales` has a second start trigger, `sales-again`
          label: begins runs as well
          related workflows.0.triggers.0.type: the first, `sales-start`
          help: keep one, and move what the other starts to a workflow of its own
        WF006 error at workflows.0.triggers.2.type
          workflow `sales` has a second start trigger, `sales-idle`
          label: begins runs as well
          related workflows.0.triggers.0.type: the first, `sales-start`
          help: keep one, and move what the other starts to a workflow of its own
    """)


def test_start_triggers_of_two_workflows_are_one_each() -> None:
    """Each workflow has its own."""
    sales = workflow(start("sales-start", "job load"), name="sales")
    returns = workflow(start("returns-start", "job load"), name="returns")

    assert told(project(sales, returns)) == ""


def test_workflow_without_anything_to_start_is_refused() -> None:
    """Nothing in it could run."""
    assert told(project(workflow())) == says("""
        WF007 error at workflows.0
          workflow `sales` has no triggers, so nothing in it ever runs
          help: add a job or a crawler to it
    """)


def test_workflow_whose_triggers_all_wait_is_refused() -> None:
    """A job of the project that nothing starts is what the missing trigger would start: said once."""
    waits = after("sales-after-load", ["job load"], "job publish")

    assert told(project(job("load"), waits)) == says("""
        WF007 error at workflows.0
          workflow `sales` has no start trigger, so nothing in it ever runs
          help: add a trigger that starts on demand, on a schedule or on an event
    """)


def test_missing_start_is_not_said_where_a_wait_is_the_reason() -> None:
    """What waits for another workflow's job, in a circle, for nothing, or for itself, leaves nothing to begin with."""
    other = workflow(start("other-start", "job load"), name="other")
    elsewhere = project(other, workflow(after("t", ["job load"], "job publish")))
    circle = project(after("t1", ["job a"], "job b"), after("t2", ["job b"], "job a"))
    nothing = project(after("t", [], "job a"))
    itself = project(after("t", ["job a"], "job a"))

    codes = [told(each).split()[0] for each in (elsewhere, circle, nothing, itself)]

    assert codes == ["GR001", "GR002", "CN009", "CN010"]
    assert all("WF007" not in told(each) for each in (elsewhere, circle, nothing, itself))
