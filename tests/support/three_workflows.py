"""Three workflows of twenty nodes, such as a team deploys at once: one by schedule, one on demand, one by events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from gluedsl.deploy import Upload
from gluedsl.model import (
    Action,
    Condition,
    EventRule,
    Predicate,
    Project,
    RemoteScript,
    Role,
    Statement,
    Trigger,
    Workflow,
)
from tests.support.deploy import crawler, job

if TYPE_CHECKING:
    from gluedsl.model import Crawler, Job

NAME = "estate"
FOLDER = f"gluedsl/{NAME}/files"
_DIGEST = "0123456789abcdef"
LAYERS = 4
LAYER = 5
"""Nodes of a layer: four jobs and a crawler, each layer after the one before."""
SOURCE = "arrivals-lake"


def project(bucket: str, *, digest: str = _DIGEST) -> Project:
    """Return the project, with scripts of some digest in a bucket."""
    its = [_workflow("nightly", "SCHEDULED"), _workflow("by-hand", "ON_DEMAND"), _workflow("arrivals", "EVENT")]
    return Project(
        workflows=tuple(its),
        jobs=tuple(each for workflow in its for each in _jobs(workflow.name, bucket, digest)),
        crawlers=tuple(each for workflow in its for each in _crawlers(workflow.name)),
        roles=(*(_role(w.name, "glue:GetJobRun") for w in its), _notifier()),
        event_rules=(
            EventRule(
                name="arrivals-rule",
                workflow_name="arrivals",
                pattern={"source": ["aws.s3"], "detail": {"bucket": {"name": [SOURCE]}}},
                role="arrivals-events",
                buckets=(SOURCE,),
            ),
        ),
    )


def files(digest: str = _DIGEST) -> tuple[Upload, ...]:
    """Return the files of the project: a script for each workflow."""
    names = ("nightly", "by-hand", "arrivals")
    return tuple(Upload(key=f"{FOLDER}/{digest}/{name}.py", content=f"print({name!r})".encode()) for name in names)


def changed(its: Project) -> Project:
    """Return the project with something of every kind changed: in place, stopped meanwhile, replaced, gone and new."""
    nightly, by_hand, arrivals = its.workflows
    return replace(
        its,
        workflows=(
            replace(
                nightly,
                description="changed",
                triggers=(replace(nightly.triggers[0], schedule="cron(0 3 * * ? *)"), *nightly.triggers[2:]),
            ),
            replace(
                by_hand,
                triggers=(
                    replace(by_hand.triggers[0], type="SCHEDULED", schedule="cron(0 4 * * ? *)"),
                    *by_hand.triggers[1:],
                ),
            ),
            arrivals,
        ),
        jobs=tuple(replace(each, timeout_minutes=30) if each.name.endswith("-0") else each for each in its.jobs),
        crawlers=tuple(replace(each, table_prefix="x_") if "nightly" in each.name else each for each in its.crawlers),
    )


def _workflow(name: str, kind: Literal["SCHEDULED", "ON_DEMAND", "EVENT"]) -> Workflow:
    start = Trigger(
        name=f"{name}-start",
        type=kind,
        actions=_actions(name, 0),
        schedule="cron(0 2 * * ? *)" if kind == "SCHEDULED" else None,
    )
    return Workflow(name=name, triggers=(start, *(t for layer in range(1, LAYERS) for t in _after(name, layer))))


def _after(name: str, layer: int) -> tuple[Trigger, ...]:
    """Return the triggers of a layer: one for most of it, one for what a failure starts."""
    before = f"{name}-job-{(layer - 1) * LAYER}"
    actions = _actions(name, layer)
    return (
        _when(f"{name}-after-{layer}", before, "SUCCEEDED", actions[:3]),
        _when(f"{name}-failed-{layer}", before, "FAILED", actions[3:]),
    )


def _when(name: str, watched: str, state: str, actions: tuple[Action, ...]) -> Trigger:
    predicate = Predicate(conditions=(Condition(job_name=watched, state=state),))
    return Trigger(name=name, type="CONDITIONAL", predicate=predicate, actions=actions)


def _actions(name: str, layer: int) -> tuple[Action, ...]:
    first = layer * LAYER
    return (
        *(Action(job_name=f"{name}-job-{number}") for number in range(first, first + LAYER - 1)),
        Action(crawler_name=f"{name}-tables-{layer}"),
    )


def _jobs(name: str, bucket: str, digest: str) -> tuple[Job, ...]:
    numbers = (layer * LAYER + index for layer in range(LAYERS) for index in range(LAYER - 1))
    code = RemoteScript(uri=f"s3://{bucket}/{FOLDER}/{digest}/{name}.py")
    return tuple(job(f"{name}-job-{number}", role=f"{name}-role", code=code) for number in numbers)


def _crawlers(name: str) -> tuple[Crawler, ...]:
    return tuple(crawler(f"{name}-tables-{layer}", role=f"{name}-role") for layer in range(LAYERS))


def _role(name: str, action: str) -> Role:
    return Role(name=f"{name}-role", statements=(Statement(sid="Its", actions=(action,), resources=("*",)),))


def _notifier() -> Role:
    statement = Statement(sid="Notify", actions=("glue:notifyEvent",), resources=("*",))
    return Role(name="arrivals-events", statements=(statement,), service="events.amazonaws.com")
