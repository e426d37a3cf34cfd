"""Workflows and triggers as authors declare them."""

from __future__ import annotations

from typing import Any

import pytest

from gluedsl import (
    Crawler,
    ExistingJob,
    JobRun,
    PlainProperties,
    PythonShellJob,
    Trigger,
    Workflow,
    all_of,
    cron,
    on_demand,
)
from tests.support.misuse import Sales, refusal

OPERANDS = "jobs, crawlers, their outcomes, all_of() and any_of() of them"


def test_the_least_that_a_workflow_is() -> None:
    """A name; everything else has a default."""
    workflow = Workflow("w")

    assert vars(workflow) == {
        "name": "w",
        "description": None,
        "start": None,
        "properties": None,
        "max_concurrent_runs": None,
        "role": None,
        "tags": {},
        "allow": (),
        "extra": {},
        "placements": [],
        "site": workflow.site,
    }
    assert repr(workflow) == "<Workflow w>"


def test_all_that_a_workflow_takes() -> None:
    """Each argument is kept, mappings as copies."""
    start, tags, extra = cron("0 2 * * ? *"), {"team": "sales"}, {"Some": 1}
    workflow = Workflow(
        "w",
        description="d",
        start=start,
        properties=Sales,
        max_concurrent_runs=2,
        role="r",
        tags=tags,
        allow=["GR004"],
        extra=extra,
    )
    tags.clear()
    extra.clear()

    assert vars(workflow) == {
        "name": "w",
        "description": "d",
        "start": start,
        "properties": Sales,
        "max_concurrent_runs": 2,
        "role": "r",
        "tags": {"team": "sales"},
        "allow": ("GR004",),
        "extra": {"Some": 1},
        "placements": [],
        "site": workflow.site,
    }


def test_add_returns_what_it_places() -> None:
    """So that a job or crawler can be made, placed and named in one line."""
    workflow = Workflow("w")
    job = PythonShellJob("a", script="a.py")
    crawler = Crawler("c", targets=[])
    action = job.with_arguments({"--a": "b"})
    trigger = Trigger("t", when=job, start=crawler)

    assert workflow.add(job) is job
    assert workflow.add(crawler, after=job) is crawler
    assert workflow.add(action, after=[crawler]) is action
    assert workflow.add(trigger) is trigger
    assert [placement.added for placement in workflow.placements] == [job, crawler, action, trigger]


def test_names_of_function_jobs() -> None:
    """The workflow's name and the function's, with hyphens, unless the author gives another; the first keeps it."""
    sales, other = Workflow("nightly-sales"), Workflow("other")

    @sales.python_shell_job
    def load_all_orders(run: JobRun[PlainProperties]) -> None:
        pass

    @sales.python_shell_job(name="another/name")
    def load_customers(run: JobRun[PlainProperties]) -> None:
        pass

    other.add(load_all_orders)

    assert [load_all_orders.name, load_customers.name] == ["nightly-sales-load-all-orders", "another/name"]


def test_each_decorator_makes_its_kind() -> None:
    """With parentheses or without; the function of another module can be given directly."""
    workflow = Workflow("w")

    def load(run: JobRun[PlainProperties]) -> None:
        pass

    jobs = [
        workflow.spark_job(load),
        workflow.python_shell_job()(load),
        workflow.streaming_job(maintenance_window="Sun:1")(load),
        workflow.ray_job(load),
    ]

    assert [job.kind for job in jobs] == ["glueetl", "pythonshell", "gluestreaming", "glueray"]
    assert [placement.added for placement in workflow.placements] == jobs


def test_a_decorator_waits() -> None:
    """`after=` of a decorator is that of `add`."""
    workflow = Workflow("w")
    first = workflow.add(ExistingJob("first"))

    @workflow.spark_job(after=first.failed)
    def second(run: JobRun[PlainProperties]) -> None:
        pass

    waited = workflow.placements[1].after
    assert repr(waited) == "<first FAILED>"


def test_all_that_a_trigger_takes() -> None:
    """What fires it, what it starts, and what is said of it."""
    a, b = ExistingJob("a"), ExistingJob("b")
    when = all_of(a, b)
    tags = {"team": "sales"}
    trigger = Trigger(
        "t", when=when, start=[a, b], description="d", enabled=False, tags=tags, allow=("GR004",), extra={"Some": 1}
    )
    tags.clear()

    assert vars(trigger) == {
        "name": "t",
        "when": when,
        "start": (a, b),
        "description": "d",
        "enabled": False,
        "tags": {"team": "sales"},
        "allow": ("GR004",),
        "extra": {"Some": 1},
        "site": trigger.site,
    }
    assert repr(trigger) == "<Trigger t>"


def test_what_starts_a_trigger() -> None:
    """A start, an outcome, a combination, or a list; and it starts one thing or several."""
    a, start = ExistingJob("a"), on_demand()
    action = a.with_arguments({"--a": "b"})

    assert Trigger("t", when=start, start=a).when is start
    assert Trigger("t", when=a, start=action).start == (action,)
    assert repr(Trigger("t", when=[a, a.failed], start=(a,)).when) == "<all of 2>"
    assert Trigger("t", when=a, start=[]).start == ()


@pytest.mark.parametrize(
    ("misuse", "message", "hint"),
    [
        ("Workflow('')", "the name of a workflow is empty", ""),
        (
            r"Workflow('sales\ud800')",
            r"the name of a workflow takes text, and 'sales\ud800' has a code point that is none",
            "half of a surrogate pair: the text was decoded wrongly",
        ),
        ("Workflow(w)", "the name of a workflow takes a string, not <Workflow w> (Workflow)", ""),
        (
            "Workflow('x', start='cron(0 2 * * ? *)')",
            (
                "start= takes cron(...), daily(...), weekly(...), hourly(...), on_event() or on_demand(), "
                "not 'cron(0 2 * * ? *)' (str)"
            ),
            "",
        ),
        (
            "Workflow('x', start=on_demand)",
            (
                "start= takes cron(...), daily(...), weekly(...), hourly(...), on_event() or on_demand(), "
                "not <function on_demand> (function)"
            ),
            "",
        ),
        (
            "Workflow('x', properties=['env'])",
            "properties= takes a RunProperties class or a dict of strings, not ['env'] (list)",
            "",
        ),
        (
            "Workflow('x', properties='')",
            "properties= takes a RunProperties class or a dict of strings, not '' (str)",
            "",
        ),
        (
            "Workflow('x', properties=Sales(orders_rows=3))",
            (
                "properties= takes a RunProperties class or a dict of strings, "
                "not Sales(env='prod', orders_rows=3) (Sales)"
            ),
            "give the class itself: properties=Sales",
        ),
        ("Workflow('x', max_concurrent_runs='1')", "max_concurrent_runs= takes a whole number, not '1' (str)", ""),
        ("Workflow('x', description=5)", "description= takes a string, not 5 (int)", ""),
        ("Workflow('x', role=['r'])", "role= takes a string, not ['r'] (list)", ""),
        (
            "Workflow('x', extra=['Some'])",
            "extra= takes a dict of members of the API's request, not ['Some'] (list)",
            "",
        ),
        ("w.add('a')", "add() takes a job, a crawler or a trigger, not 'a' (str)", ""),
        ("w.add(w)", "add() takes a job, a crawler or a trigger, not <Workflow w> (Workflow)", ""),
        ("w.add(a.failed)", "add() takes a job, a crawler or a trigger, not <a FAILED> (Outcome)", ""),
        (
            "w.add([a, c])",
            "add() takes a job, a crawler or a trigger, not [<PythonShellJob a>, <Crawler c>] (list)",
            "",
        ),
        (
            "w.add(Trigger('t', when=a, start=c), after=a)",
            "trigger `t` is added with after=, but it says itself when it fires",
            "give the condition as when= of the trigger",
        ),
        ("w.add(c, after='a')", f"after= takes {OPERANDS}, not 'a' (str)", ""),
        ("w.add(c, after=[a, 'b'])", f"after= takes {OPERANDS}, not 'b' (str)", ""),
        ("w.add(c, after={a})", f"after= takes {OPERANDS}, not {{<PythonShellJob a>}} (set)", ""),
        (
            "w.add(c, after=a.with_arguments())",
            f"after= takes {OPERANDS}, not <PythonShellJob a>.with_arguments(...) (Action)",
            "",
        ),
        (
            "w.add(c, after=Trigger('t', when=a, start=c))",
            f"after= takes {OPERANDS}, not <Trigger t> (Trigger)",
            "",
        ),
        ("w.add(c, after=cron('0 2 * * ? *'))", f"after= takes {OPERANDS}, not <Schedule> (Schedule)", ""),
        ("w.add(c, after=all_of)", f"after= takes {OPERANDS}, not <function all_of> (function)", ""),
        (
            "def load(run): ...\nw.add(c, after=load)",
            f"after= takes {OPERANDS}, not <function load> (function)",
            "",
        ),
        (
            "w.add(c, after=[a, []])",
            "after= holds a combination of nothing",
            "leave it out, or give it an outcome",
        ),
        ("Trigger('', when=a, start=c)", "the name of a trigger is empty", ""),
        ("Trigger('t', when='a', start=c)", f"when= takes {OPERANDS}, not 'a' (str)", ""),
        ("Trigger('t', when=None, start=c)", f"when= takes {OPERANDS}, not None (NoneType)", ""),
        (
            "Trigger('t', when=a, start='c')",
            "start= takes jobs, crawlers, and jobs with_arguments(), not 'c' (str)",
            "",
        ),
        (
            "Trigger('t', when=a, start=[c.failed])",
            "start= takes jobs, crawlers, and jobs with_arguments(), not <c FAILED> (Outcome)",
            "",
        ),
        ("Trigger('t', when=a, start=c, enabled='no')", "enabled= takes True or False, not 'no' (str)", ""),
        ("Trigger('t', when=a, start=c, enabled=0)", "enabled= takes True or False, not 0 (int)", ""),
        (
            "Trigger('t', when=a, start=c, allow='GR004')",
            "allow= takes a list of codes or names of rules, not 'GR004' (str)",
            "",
        ),
        ("Workflow('x', allow=[4])", "allow= takes codes or names of rules, not 4 (int)", ""),
        ("Trigger('t', when=a, start=c, description=5)", "description= takes a string, not 5 (int)", ""),
    ],
)
def test_refusals(misuse: str, message: str, hint: str) -> None:
    """What no workflow or trigger can be made of."""
    assert refusal(misuse) == (message, hint)


def test_plain_properties_are_for_a_rule_to_judge() -> None:
    """A value that is no string is reported with all other findings, at its place, not refused alone."""
    given: dict[str, Any] = {"limit": 500}

    assert Workflow("w", properties=given).properties is given
