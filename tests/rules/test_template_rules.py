"""Rules about what only a template can say: AC002, CN001, CN003, CN006, JB003, TL004, TR004-TR006, TR009-TR014.

gluedsl's own language leaves no room for most of it: each is a model, or a note of the reader of templates, here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gluedsl.model import Condition, Predicate, Trigger
from gluedsl.model.faults import IdleTrigger, MalformedTemplate, NeverActivated, StartedAtCreation, UnknownWorkflow
from gluedsl.source.span import Span
from tests.support.rules import after, job, project, says, start, told, workflow

LOAD = start("sales-start", "job load")
SPAN = Span("template.yaml", 900, 3)
ODD: Any = "ODD"
"""What a template can have in the place of one of few words."""


def with_conditions(*conditions: Condition, logical: Any = "AND") -> tuple[Trigger, Trigger]:
    """Return two triggers, the second of which waits for conditions."""
    waiting = after("after-load", ["job load"], "job publish")
    return LOAD, replace(waiting, predicate=Predicate(logical=logical, conditions=conditions))


def test_undefined_node() -> None:
    """What is started should be there; where a name is near to one that is, that is surely meant."""
    of = project(start("sales-start", "job load", "job lode", "crawler catalog"))
    near = replace(of, jobs=(job("load"),), crawlers=())

    assert told(near) == says("""
        AC002 warning at workflows.0.triggers.0.actions.1.job_name
          trigger `sales-start` starts job `lode`, which is not defined here
          help: did you mean `load`?
          help: refer to what the template defines by `Ref`
        AC002 info at workflows.0.triggers.0.actions.2.crawler_name
          trigger `sales-start` starts crawler `catalog`, which is not defined here
          help: refer to what the template defines by `Ref`
    """)


def test_what_exists_elsewhere_is_defined() -> None:
    """A job that is known to exist need not be defined."""
    assert "AC002" not in told(project(LOAD))


def test_ambiguous_condition() -> None:
    """A condition watches a job or a crawler: not both, not neither."""
    both = Condition(job_name="load", crawler_name="catalog", state="SUCCEEDED")
    neither = Condition(state="SUCCEEDED")

    assert told(project(*with_conditions(both, neither))) == says("""
        CN001 error at workflows.0.triggers.1.predicate.conditions.0
          a condition of trigger `after-load` names both job `load` and crawler `catalog`
          help: give each job and each crawler a condition of its own
        CN001 error at workflows.0.triggers.1.predicate.conditions.1
          a condition of trigger `after-load` names neither a job nor a crawler
          help: give each job and each crawler a condition of its own
    """)


def test_condition_without_operator() -> None:
    """There is one operator, and it has to be written."""
    none = Condition(job_name="load", state="SUCCEEDED", logical_operator=None)
    other = Condition(job_name="load", state="FAILED", logical_operator=ODD)

    assert told(project(*with_conditions(none, other, logical="ANY"))) == says("""
        CN003 error at workflows.0.triggers.1.predicate.conditions.0
          a condition of trigger `after-load` has no operator
          help: give it the operator `EQUALS`
        CN003 error at workflows.0.triggers.1.predicate.conditions.1.logical_operator
          a condition of trigger `after-load` has the operator `ODD`, and Glue knows `EQUALS`
          help: give it the operator `EQUALS`
    """)


def test_unjoined_conditions() -> None:
    """Of several conditions, it must be said whether one of them is enough."""
    conditions = (Condition(job_name="load", state="SUCCEEDED"), Condition(job_name="load", state="FAILED"))

    assert told(project(*with_conditions(*conditions, logical=None))) == says("""
        CN006 error at workflows.0.triggers.1.predicate
          trigger `after-load` has 2 conditions and no word that joins them
          help: write `AND` to wait for all of them, `ANY` to wait for one of them
    """)


def test_one_condition_needs_no_word() -> None:
    """One condition is joined with nothing."""
    assert told(project(*with_conditions(Condition(job_name="load", state="SUCCEEDED"), logical=None))) == ""


def test_unknown_job_kind() -> None:
    """A kind that is misspelt, one that is nothing like any, and none at all."""
    of = project(start("sales-start", "job load", "job clean", "job publish"))
    odd = replace(of, jobs=(job("load", kind="glueetll"), job("clean", kind=ODD), job("publish", kind="")))

    assert told(odd) == says("""
        JB003 error at jobs.0.kind
          job `load` is of kind `glueetll`, which Glue does not have
          help: did you mean `glueetl`?
          help: Glue has `glueetl`, `pythonshell`, `gluestreaming` and `glueray`
        JB003 error at jobs.1.kind
          job `clean` is of kind `ODD`, which Glue does not have
          help: Glue has `glueetl`, `pythonshell`, `gluestreaming` and `glueray`
        JB003 error at jobs.2.kind
          job `publish` has no kind
          help: Glue has `glueetl`, `pythonshell`, `gluestreaming` and `glueray`
    """)


def test_malformed_template() -> None:
    """What CloudFormation can make nothing of, with what else has to do with it and what to do."""
    fault = MalformedTemplate(
        problem="key `Load` stands twice in one map, which CloudFormation refuses",
        span=SPAN,
        related=((Span("template.yaml", 800, 3), "it stands here first"),),
        help="keep one of the two",
    )

    assert told(project(LOAD), fault, replace(fault, related=(), help="")) == says("""
        TL004 error at line 900
          key `Load` stands twice in one map, which CloudFormation refuses
          related line 800: it stands here first
          help: keep one of the two
        TL004 error at line 900
          key `Load` stands twice in one map, which CloudFormation refuses
    """)


def test_unknown_trigger_type() -> None:
    """A type that is misspelt, and one that is nothing like any."""
    near: Any = "ON_DEMAN"
    sales = workflow(start("sales-start", "job load", type=near))
    stock = workflow(start("stock-start", "job count", type=ODD), name="stock")

    assert told(project(sales, stock)) == says("""
        TR004 error at workflows.0.triggers.0.type
          `type` of trigger `sales-start` is `ON_DEMAN`, which Glue does not have
          help: did you mean `ON_DEMAND`?
          help: Glue has `SCHEDULED`, `CONDITIONAL`, `ON_DEMAND` or `EVENT`
        TR004 error at workflows.1.triggers.0.type
          `type` of trigger `stock-start` is `ODD`, which Glue does not have
          help: Glue has `SCHEDULED`, `CONDITIONAL`, `ON_DEMAND` or `EVENT`
    """)


def test_trigger_without_actions() -> None:
    """A template says so at the trigger itself."""
    assert told(project(LOAD), IdleTrigger(trigger="publish", span=SPAN)) == says("""
        TR005 error at line 900
          trigger `publish` starts nothing
          help: name what it starts, or leave it out
    """)


def test_trigger_of_undefined_workflow() -> None:
    """A workflow of another template may be meant, or one whose name is near."""
    fault = UnknownWorkflow(trigger="publish", workflow="sale", known=("sales", "stock"), span=SPAN)

    assert told(project(LOAD), fault, replace(fault, workflow="returns")) == says("""
        TR006 info at line 900
          trigger `publish` is put into workflow `returns`, which is not defined here
          help: refer to the workflow by `Ref`
        TR006 warning at line 900
          trigger `publish` is put into workflow `sale`, which is not defined here
          help: did you mean `sales`?
          help: refer to the workflow by `Ref`
    """)


def test_activated_start_triggers() -> None:
    """Neither a trigger on demand nor one on events is ever activated."""
    fault = StartedAtCreation(trigger="by-hand", type="ON_DEMAND", span=SPAN)

    assert told(project(LOAD), fault, replace(fault, trigger="uploads", type="EVENT")) == says("""
        TR009 error at line 900
          trigger `by-hand` is on demand, which cannot be activated on creation
          help: leave it out: the trigger fires when a run of its workflow is started
        TR010 error at line 900
          trigger `uploads` is on events, which cannot be activated on creation
          help: leave it out: the trigger waits for events as it is
    """)


def test_never_activated_trigger() -> None:
    """One that nobody thought of is an error; where a template says so, it may be meant."""
    fault = NeverActivated(trigger="nightly", type="SCHEDULED", is_said=False, span=SPAN)

    assert told(project(LOAD), fault, replace(fault, type="CONDITIONAL", is_said=True)) == says("""
        TR011 error at line 900
          trigger `nightly` is not activated, so it never fires
          note: a trigger of type `SCHEDULED` is created inactive
          help: write `StartOnCreation: true`
        TR011 warning at line 900
          trigger `nightly` is not activated, so it never fires
          note: a trigger of type `CONDITIONAL` is created inactive
          help: write `StartOnCreation: true`
    """)


def test_missing_or_misplaced_schedule() -> None:
    """A schedule belongs to a scheduled trigger, and to no other."""
    cron = "cron(0 2 * * ? *)"
    waiting = after("after-load", ["job load"], "job publish", schedule=cron)

    assert told(project(start("nightly", "job load", type="SCHEDULED"), waiting)) == says("""
        TR013 error at workflows.0.triggers.0
          trigger `nightly` is scheduled, and has no schedule
          help: give it a schedule, for example `cron(0 2 * * ? *)`
        TR013 warning at workflows.0.triggers.1.schedule
          trigger `after-load` has a schedule, and is of type `CONDITIONAL`
          help: leave it out, or let the trigger be of type `SCHEDULED`
    """)


def test_missing_or_misplaced_predicate() -> None:
    """A predicate belongs to a conditional trigger, and to no other."""
    predicate = Predicate(conditions=(Condition(job_name="publish", state="SUCCEEDED"),))
    by_hand = start("sales-start", "job load", "job publish")
    daily = start("stock-start", "job count", type="SCHEDULED", schedule="cron(0 2 * * ? *)", predicate=predicate)
    waiting = replace(after("after-load", ["job load"], "job clean"), predicate=None)

    assert told(project(workflow(by_hand, waiting), workflow(daily, name="stock"))) == says("""
        TR014 error at workflows.0.triggers.1
          trigger `after-load` is conditional, and has no predicate
          help: name what it waits for, or let the start trigger start its jobs and crawlers
        TR014 warning at workflows.1.triggers.0.predicate
          trigger `stock-start` has a predicate, and is of type `SCHEDULED`
          help: leave it out, or let the trigger be of type `CONDITIONAL`
    """)
