"""What is right with a workflow has no finding, however it is put together."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from gluedsl.diagnostics import Severity
from gluedsl.graph.build import condition_node, started_nodes
from gluedsl.model import Origins, Project
from gluedsl.rules.check import check
from tests.support.models import projects
from tests.support.rules import after, project, start, told, workflow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.graph import Node
    from gluedsl.model import Trigger, Workflow

STATES = {"job": ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED"), "crawler": ("SUCCEEDED", "FAILED", "CANCELLED")}
DOUBTFUL = {"AC010", "CN020", "CR016", "EV006", "GR006", "JB040", "WF010", "WF011", "WF012"}
"""Lints that made-up projects bring about: legal, and not what a good engineer would leave so."""


@st.composite
def trees(draw: st.DrawFn, *, most: int = 12, logicals: tuple[str, ...] = ("AND", "ANY")) -> Project:
    """Make up workflows in which every node but the first waits for the end of an earlier one, or of several."""
    flows = []
    for name in draw(st.lists(st.sampled_from(("orders", "returns", "stock")), min_size=1, unique=True)):
        kinds = draw(st.lists(st.sampled_from(("job", "crawler")), max_size=most))
        nodes = [f"job {name}-0", *(f"{kind} {name}-{index}" for index, kind in enumerate(kinds, start=1))]
        triggers = [start(f"{name}-start", nodes[0])]
        for index, node in enumerate(nodes[1:], start=1):
            watched = draw(st.lists(st.sampled_from(nodes[:index]), min_size=1, max_size=3, unique=True))
            conditions = [f"{one} {draw(st.sampled_from(STATES[one.split()[0]]))}" for one in watched]
            logical = draw(st.sampled_from(logicals))
            triggers.append(after(f"{name}-to-{index}", conditions, node, logical=logical))
        flows.append(workflow(*triggers, name=name))
    return project(*flows)


def never_firing(of: Workflow) -> dict[str, bool]:
    """Return the triggers that fire whatever ends are tried, by name; whether one of those before them does."""
    nodes = list(dict.fromkeys(node for trigger in of.triggers for node in started_nodes(trigger)))
    fired: set[str] = set()
    for ends in product(*(STATES[node.type.lower()] for node in nodes)):
        fired |= set(_fired(of, dict(zip(nodes, ends, strict=True))))
    idle = {trigger.name for trigger in of.triggers} - fired
    behind = {node for trigger in of.triggers if trigger.name in idle for node in started_nodes(trigger)}
    return {t.name: not behind.isdisjoint(_watched(t)) for t in of.triggers if t.name in idle}


def _watched(trigger: Trigger) -> Iterator[Node]:
    for condition in trigger.predicate.conditions if trigger.predicate else ():
        if (node := condition_node(condition)) is not None:
            yield node


def _fired(of: Workflow, ends: Mapping[Node, str]) -> Iterator[str]:
    """Yield the triggers that fire when nodes, if they start, end so; each follows those that it waits for."""
    started: set[Node] = set()
    for trigger in of.triggers:
        conditions = trigger.predicate.conditions if trigger.predicate else ()
        reached = {node: state for node, state in ends.items() if node in started}
        hold = [
            node is not None and reached.get(node) == (one.state or one.crawl_state)
            for one in conditions
            for node in (condition_node(one),)
        ]
        is_any = trigger.predicate is not None and trigger.predicate.logical == "ANY"
        if any(hold) if is_any else all(hold):
            started.update(started_nodes(trigger))
            yield trigger.name


def impossible(of: Project) -> set[str]:
    """Return the triggers that are said to be unable to fire; nothing else may be said."""
    findings = check(of, Origins()).diagnostics
    assert {found.code for found in findings} <= {"CN012"}
    return {found.message.split("`")[1] for found in findings}


@given(trees())
@settings(deadline=None)
def test_trees_have_no_other_finding(tree: Project) -> None:
    """Whatever outcomes they branch on: at most, two branches exclude each other and are joined again."""
    assert impossible(tree) <= {trigger.name for one in tree.workflows for trigger in one.triggers}


@given(trees(most=3))
@settings(deadline=None)
def test_what_is_said_never_to_fire_never_fires(tree: Project) -> None:
    """Every end of every node is tried."""
    idle = {name: behind for one in tree.workflows for name, behind in never_firing(one).items()}

    assert impossible(tree) <= idle.keys()


@given(trees(most=3, logicals=("AND",)))
@settings(deadline=None)
def test_all_joins_that_never_fire_are_told(tree: Project) -> None:
    """Where triggers wait for all, each is found whose own wait is the first that cannot be."""
    idle = {name: behind for one in tree.workflows for name, behind in never_firing(one).items()}

    assert {name for name, behind in idle.items() if not behind} == impossible(tree)


@given(projects())
@settings(deadline=None, max_examples=50)
def test_projects_that_glue_takes_have_no_error(made_up: Project) -> None:
    """With every kind of start, job and crawler, and every setting."""
    findings = check(made_up, Origins()).diagnostics

    assert {found.code for found in findings if found.severity is Severity.ERROR} <= {"CN012"}
    assert {found.code for found in findings} - {"CN012"} <= DOUBTFUL


def test_plain_tree_has_no_finding() -> None:
    """As a whole, in words."""
    failed = after("failed", ["job load FAILED"], "job repair")

    assert told(project(start("go", "job load"), after("then", ["job load"], "job publish"), failed)) == ""
