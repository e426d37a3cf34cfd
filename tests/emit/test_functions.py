"""Maps that CloudFormation would take for functions of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl import Crawler, SparkJob, Trigger, Workflow, on_demand, on_event
from gluedsl.compiler import compile_workflows
from gluedsl.emit.cloudformation import template
from gluedsl.emit.terraform import terraform
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

RENAME = "rename it, or put another key beside it; `gluedsl plan` and `gluedsl deploy` can write it"


def flow(*, job: dict[str, Any] | None = None, **options: Any) -> Workflow[Any]:
    """Return a workflow of one job, both with options."""
    made: Workflow[Any] = Workflow("nightly", role="GlueRole", **options)
    made.add(SparkJob("load", script="s3://scripts/load.py", **(job or {})))
    return made


def with_trigger() -> Workflow[Any]:
    """Return a workflow one of whose triggers starts its job with such an argument."""
    made: Workflow[Any] = Workflow("nightly", role="GlueRole")
    load = SparkJob("load", script="s3://scripts/load.py")
    made.add(Trigger("start", when=on_demand(), start=[load.with_arguments({"Fn::GetAtt": "x"})]))
    return made


def with_crawler() -> Workflow[Any]:
    """Return a workflow whose crawler has such a tag."""
    made: Workflow[Any] = Workflow("nightly", role="GlueRole")
    made.add(Crawler("catalog", database="sales", targets="s3://lake/", tags={"Ref": "x"}))
    return made


@pytest.mark.parametrize(
    ("make", "key", "place"),
    [
        (lambda: flow(tags={"Ref": "JIRA-12"}), "Ref", "`Tags` of workflow `nightly`"),
        (lambda: flow(properties={"Fn::Sub": "x"}), "Fn::Sub", "`DefaultRunProperties` of workflow `nightly`"),
        (lambda: flow(job={"arguments": {"Ref": "x"}}), "Ref", "`DefaultArguments` of job `load`"),
        (lambda: flow(job={"tags": {"Fn::Anything": "x"}}), "Fn::Anything", "`Tags` of job `load`"),
        (
            lambda: flow(start=on_event(pattern={"detail": {"Ref": ["main"]}})),
            "Ref",
            "`EventPattern.detail` of event rule `gluedsl-nightly`",
        ),
        (with_trigger, "Fn::GetAtt", "`Actions.Arguments` of trigger `start`"),
        (with_crawler, "Ref", "`Tags` of crawler `catalog`"),
    ],
)
def test_the_only_key(make: Callable[[], Workflow[Any]], key: str, place: str) -> None:
    """A map whose only key is a function's is refused; CloudFormation has no other way to write it."""
    with pytest.raises(UsageError) as caught:
        template(compile_workflows(make()).project)
    assert caught.value.message == f"CloudFormation cannot write the key `{key}` in {place}: there it is a function"
    assert caught.value.hint == RENAME


def test_with_a_key_beside_it() -> None:
    """Beside another key it is a key like any; but for transforms, which may stand anywhere."""
    emitted = template(compile_workflows(flow(tags={"Ref": "JIRA-12", "team": "data"})).project)

    assert emitted["Resources"]["NightlyWorkflow"]["Properties"]["Tags"] == {"Ref": "JIRA-12", "team": "data"}
    with pytest.raises(UsageError) as caught:
        template(compile_workflows(flow(tags={"Fn::Transform": "x", "team": "data"})).project)
    assert caught.value.hint == "rename it; `gluedsl plan` and `gluedsl deploy` can write it"


def test_of_another_route() -> None:
    """Terraform writes such a map as it is."""
    made = terraform(compile_workflows(flow(tags={"Ref": "JIRA-12"})).project)

    assert '"Ref": "JIRA-12"' in str(made).replace("'", '"')
