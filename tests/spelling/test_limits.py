"""What the API's own model says of values, beside what botocore says of the same request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gluedsl.model import Action, Condition, EventBatching, Predicate, Project, RemoteScript, Trigger, Workflow
from gluedsl.spelling import crawler_to_api, job_to_api, trigger_to_api, workflow_to_api
from gluedsl.spelling.limits import violations
from gluedsl.targets import CatalogTarget, JdbcTarget, S3Target
from tests.support import botocore_witness
from tests.support.models import projects
from tests.support.rules import crawler, job

if TYPE_CHECKING:
    from gluedsl.model import Crawler, Job

TEXTS = ("", "x", "x" * 12, "x" * 13, "x" * 128, "x" * 129, "é" * 127, "é" * 128, "x" * 2_049, "a\nb", "a\x00b", "auto")


def witnessed(project: Project) -> int:
    """Return how many values botocore, and what it leaves to the service, find wrong in the project's requests."""
    requests: list[tuple[str, dict[str, Any]]] = [
        ("CreateWorkflow", workflow_to_api(workflow)) for workflow in project.workflows
    ]
    for workflow in project.workflows:
        requests += [("CreateTrigger", trigger_to_api(trigger, workflow.name or "x")) for trigger in workflow.triggers]
    requests += [("CreateJob", job_to_api(job)) for job in project.jobs]
    requests += [("CreateCrawler", crawler_to_api(crawler)) for crawler in project.crawlers]
    return sum(bool(botocore_witness.violations(operation, request)) for operation, request in requests)


def told(project: Project) -> int:
    """Return how many of its resources have a value that is said to be wrong."""
    return len({one.owner for one in violations(project)})


@given(projects(only_api=True))
@settings(deadline=None, max_examples=40)
def test_projects_that_glue_takes_have_no_violation(made_up: Project) -> None:
    """Nor does botocore find any."""
    assert violations(made_up) == ()
    assert witnessed(made_up) == 0


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "field",
    [
        "name",
        "description",
        "glue_version",
        "python_version",
        "maintenance_window",
        "execution_class",
        "worker_type",
        "security_configuration",
        "runtime",
    ],
)
def test_texts_of_a_job_are_judged_as_botocore_judges_them(field: str, text: str) -> None:
    """Too long, too short, of another form, or none of those that there are."""
    setting: dict[str, Any] = {field: text}
    changed = replace(job("load"), **setting)

    assert told(Project(jobs=(changed,))) == witnessed(Project(jobs=(changed,)))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "field", ["name", "description", "table_prefix", "security_configuration", "update_behavior", "recrawl_behavior"]
)
def test_texts_of_a_crawler_are_judged_as_botocore_judges_them(field: str, text: str) -> None:
    """As a job's."""
    setting: dict[str, Any] = {field: text}
    changed = replace(crawler("catalog"), **setting)

    assert told(Project(crawlers=(changed,))) == witnessed(Project(crawlers=(changed,)))


WRONG: dict[str, Job | Crawler | Trigger | Workflow] = {
    "too many connections": job("load", connections=("warehouse",) * 1_001),
    "a key of a tag": job("load", tags={"x" * 129: ""}),
    "a value of a tag": crawler("catalog", tags={"x": "y" * 257}),
    "too many tags": job("load", tags={f"key-{number}": "" for number in range(51)}),
    "a script location": job("load", code=RemoteScript(uri="s3://" + "x" * 400_000)),
    "a delay": job("load", notify_delay_after_minutes=0),
    "a timeout": job("load", timeout_minutes=0),
    "a number for a text": job("load", default_arguments={"--a": 1}),
    "a text for a number": job("load", workers="2"),
    "a fraction for a whole number": job("load", max_retries=1.5),
    "a choice inside of extra": job("load", extra={"SourceControlDetails": {"Provider": "SVN"}}),
    "a list for a structure": job("load", extra={"SourceControlDetails": []}),
    "a node without its inputs": job(
        "load", extra={"CodeGenConfigurationNodes": {"n": {"ApplyMapping": {"Name": "m"}}}}
    ),
    "tables of no database": crawler("catalog", targets=(CatalogTarget("", ("orders",)),)),
    "no tables": crawler("catalog", targets=(CatalogTarget("sales", ()),)),
    "unknown metadata": crawler("catalog", targets=(JdbcTarget("w", "a/b", additional_metadata=("X",)),)),
    "a sample of words": crawler("catalog", targets=(S3Target("s3://lake/", sample_size="ten"),)),  # type: ignore[arg-type]
    "a classifier": crawler("catalog", classifiers=("",)),
    "a property": Workflow(name="sales", default_run_properties={"": "x"}),
    "a fraction of a run": Workflow(name="sales", max_concurrent_runs=1.5),  # type: ignore[arg-type]
    "a description": Trigger(name="t", type="ON_DEMAND", description="x" * 2_049),
    "a batch": Trigger(name="t", type="EVENT", event_batching=EventBatching(batch_size=101)),
    "an action's timeout": Trigger(name="t", type="ON_DEMAND", actions=(Action(job_name="load", timeout_minutes=0),)),
    "a state": Trigger(
        name="t",
        type="CONDITIONAL",
        predicate=Predicate(conditions=(Condition(job_name="load", state="DONE"),)),
    ),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_what_botocore_refuses_is_a_violation(wrong: Job | Crawler | Trigger | Workflow) -> None:
    """One for one, with the place of the value in the project."""
    match wrong:
        case Workflow():
            project = Project(workflows=(wrong,))
        case Trigger():
            project = Project(workflows=(Workflow(name="sales", triggers=(wrong,)),))
        case _:
            is_job = hasattr(wrong, "kind")
            project = Project(jobs=(wrong,)) if is_job else Project(crawlers=(wrong,))  # type: ignore[arg-type]

    assert witnessed(project) == 1
    assert told(project) == 1
    for one in violations(project):
        holder: Any = project
        for part in one.path:
            holder = getattr(holder, str(part)) if hasattr(holder, str(part)) else holder[part]


@given(st.text(min_size=1, max_size=6))
def test_characters_of_names_are_judged_as_botocore_judges_them(name: str) -> None:
    """Whatever plane they are of."""
    project = Project(workflows=(Workflow(name=name),))

    assert told(project) == witnessed(project)
