"""What is right with a workflow has no finding, however it is put together."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gluedsl.model import Origins, Project
from gluedsl.rules.check import check
from tests.support.models import projects
from tests.support.rules import after, project, start, told, workflow

STATES = {"job": ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED"), "crawler": ("SUCCEEDED", "FAILED", "CANCELLED")}


@st.composite
def trees(draw: st.DrawFn) -> Project:
    """Make up workflows in which every node but the first waits for the end of an earlier one, or of several."""
    flows = []
    for name in draw(st.lists(st.sampled_from(("orders", "returns", "stock")), min_size=1, unique=True)):
        kinds = draw(st.lists(st.sampled_from(("job", "crawler")), max_size=12))
        nodes = [f"job {name}-0", *(f"{kind} {name}-{index}" for index, kind in enumerate(kinds, start=1))]
        triggers = [start(f"{name}-start", nodes[0])]
        for index, node in enumerate(nodes[1:], start=1):
            watched = draw(st.lists(st.sampled_from(nodes[:index]), min_size=1, max_size=3, unique=True))
            conditions = [f"{one} {draw(st.sampled_from(STATES[one.split()[0]]))}" for one in watched]
            logical = draw(st.sampled_from(("AND", "ANY")))
            triggers.append(after(f"{name}-to-{index}", conditions, node, logical=logical))
        flows.append(workflow(*triggers, name=name))
    return project(*flows)


@given(trees())
@settings(deadline=None)
def test_trees_have_no_finding(tree: Project) -> None:
    """Whatever outcomes they branch on."""
    assert told(tree) == ""


@given(projects())
@settings(deadline=None, max_examples=50)
def test_projects_that_glue_takes_have_no_error(made_up: Project) -> None:
    """With every kind of start, job and crawler, and every setting; jobs that nothing starts are doubtful at most."""
    findings = check(made_up, Origins()).diagnostics

    assert {found.code for found in findings} <= {"GR006"}
