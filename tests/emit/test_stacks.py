"""Projects that are shared out among stacks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from gluedsl.emit.stacks import ROOM, Stack, has_room, resource_count, stack_name, stacks
from gluedsl.errors import UsageError
from gluedsl.model import Action, Crawler, EventRule, Job, Project, RemoteScript, Role, Trigger, Workflow
from gluedsl.targets import S3Target
from tests.support.models import projects

if TYPE_CHECKING:
    from collections.abc import Callable


def job(name: str, role: str = "GlueJobRole") -> Job:
    """Return a job."""
    return Job(name=name, kind="glueetl", code=RemoteScript(uri="s3://code/x.py"), role=role)


def workflow(name: str, *jobs: str, triggers: int = 1) -> Workflow:
    """Return a workflow whose triggers start the jobs in turn."""
    return Workflow(
        name=name,
        triggers=tuple(
            Trigger(
                name=f"{name}-{index}",
                type="ON_DEMAND",
                actions=tuple(Action(job_name=each) for each in jobs[index::triggers]),
            )
            for index in range(triggers)
        ),
    )


def shown(found: tuple[Stack, ...]) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return the number of resources of each stack, and what it waits for."""
    return {stack.name: (resource_count(stack.project), stack.depends_on) for stack in found}


def at_most(limit: int) -> Callable[[Project], bool]:
    """Return a smaller limit than CloudFormation's."""
    return lambda project: resource_count(project) <= limit


def test_workflows_that_share_nothing_are_stacks_of_their_own() -> None:
    """A family is a stack, with its jobs, crawlers, roles and rules."""
    crawler = Crawler(name="c", role="crawling", targets=(S3Target("s3://x/"),))
    start = Trigger(name="b-start", type="EVENT", actions=(Action(crawler_name="c"),))
    rule = EventRule(name="new-files", workflow_name="b", pattern={"source": ["aws.s3"]}, role="notifying")
    project = Project(
        workflows=(workflow("a", "one"), Workflow(name="b", triggers=(start,))),
        jobs=(job("one"),),
        crawlers=(crawler,),
        roles=(Role(name="crawling", statements=()), Role(name="notifying", statements=())),
        event_rules=(rule,),
    )

    assert shown(stacks(project)) == {"a": (3, ()), "b": (6, ())}


@pytest.mark.parametrize(
    "project",
    [
        Project(workflows=(workflow("a", "one", "two"), workflow("b", "two")), jobs=(job("one"), job("two"))),
        Project(
            workflows=(workflow("a", "one"), workflow("b", "two")),
            jobs=(job("one", "made"), job("two", "made")),
            roles=(Role(name="made", statements=()),),
        ),
    ],
)
def test_workflows_that_share_something_are_one_stack(project: Project) -> None:
    """A job or a role in common makes a family, which is named after the first of its workflows."""
    assert [stack.name for stack in stacks(project)] == ["a"]
    assert stacks(project)[0].project == project


def test_a_family_that_is_too_large() -> None:
    """What several workflows use, and roles, come first; each workflow follows with what is its own."""
    project = Project(
        workflows=(workflow("a", "one", "both"), workflow("b", "two", "both")),
        jobs=(job("one", "made"), job("two"), job("both")),
        roles=(Role(name="made", statements=()),),
    )

    assert shown(stacks(project, at_most(7))) == {
        "a--roles": (1, ()),
        "a--shared": (1, ()),
        "b": (3, ("a--shared",)),
        "a": (3, ("a--roles", "a--shared")),
    }


def test_a_workflow_that_is_too_large() -> None:
    """Its jobs lie in numbered stacks, the workflow and its triggers in one that waits for them."""
    names = [f"job-{number}" for number in range(20)]
    project = Project(workflows=(workflow("a", *names, triggers=5),), jobs=tuple(map(job, names)))

    found = stacks(project, at_most(8))

    assert found[-1].name == "a"
    assert resource_count(found[-1].project) == 6
    assert sum(resource_count(stack.project) for stack in found) == resource_count(project)
    assert set(found[-1].depends_on) == {stack.name for stack in found[:-1]} <= {f"a--{n}" for n in range(1, 9)}
    # One more job moves none of the others, as long as it fits.
    more = replace(project, jobs=(*project.jobs, job("job-x")), workflows=(workflow("a", *names, "job-x", triggers=5),))
    homes = {each.name: stack.name for stack in found for each in stack.project.jobs}
    assert homes.items() <= {each.name: s.name for s in stacks(more, at_most(9)) for each in s.project.jobs}.items()


def test_a_workflow_whose_triggers_alone_are_too_many() -> None:
    """It cannot be taken apart."""
    project = Project(workflows=(workflow("a", "one", triggers=ROOM),), jobs=(job("one"),))

    with pytest.raises(UsageError) as refused:
        stacks(project)

    assert refused.value.message == "workflow `a` is too large for a stack of CloudFormation"
    assert refused.value.hint == "use `gluedsl deploy`, which has no such limit"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nightly-sales", "nightly-sales"),
        ("nightly_sales", "nightly-sales-75f5013d"),
        ("a--b", "a-b-90827a2e"),
        ("2024", "gluedsl-2024-6557739a"),
        ("élan vital", "lan-vital-1cdb816e"),
        ("x" * 101, "x" * 100 + "-c675a2e6"),
    ],
)
def test_names_of_stacks(name: str, expected: str) -> None:
    """A name that CloudFormation does not take gets digits of its own, so that no two names make the same stack."""
    assert stack_name(name) == expected


@given(projects())
@settings(max_examples=40)
def test_every_resource_is_in_one_stack(project: Project) -> None:
    """However small the stacks are, nothing is lost or doubled, and each stack comes after those it waits for."""
    for fits in (has_room, at_most(12)):
        try:
            found = stacks(project, fits)
        except UsageError:
            continue
        parts = [stack.project for stack in found]
        for field in ("workflows", "jobs", "crawlers", "roles", "event_rules"):
            whole = [each.name for each in getattr(project, field)]
            assert sorted(each.name for part in parts for each in getattr(part, field)) == sorted(whole)
        assert all(map(fits, parts))
        names = [stack.name for stack in found]
        assert len({*names}) == len(names)
        assert all(set(stack.depends_on) <= {*names[:index]} for index, stack in enumerate(found))
