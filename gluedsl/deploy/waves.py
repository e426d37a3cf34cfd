"""Which steps of a plan may be done at the same time.

Comes in: steps, in the order of the plan. Goes out: waves, one after the other; of a wave its lanes, at the same time;
of a lane its steps, one after the other. Pure. Glue refuses changes of one workflow that happen at once, so the
triggers of a workflow are one lane; what else is of one kind does not depend on each other.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from gluedsl.deploy.resources import NOUNS, Bucket, PlacedTrigger
from gluedsl.deploy.steps import Activate, Create, Deactivate, Delete, Keep, Replace, Update, UploadFile, subject
from gluedsl.model import EventRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gluedsl.deploy.resources import Definition
    from gluedsl.deploy.steps import Step

Lane = tuple["Step", ...]
Wave = tuple[Lane, ...]


def waves(steps: Iterable[Step]) -> tuple[Wave, ...]:
    """Return the waves of a plan's steps; what is kept is no work."""
    work = [step for step in steps if not isinstance(step, Keep)]
    return tuple(_lanes(list(alike)) for _, alike in groupby(work, key=_kind))


def _kind(step: Step) -> str:
    resource, _ = subject(step)
    match resource:
        case "AWS::Glue::Trigger" | "AWS::Events::Rule":
            return "triggers"
        case "AWS::Glue::Job" | "AWS::Glue::Crawler":
            return "fewer nodes" if isinstance(step, Delete) else "nodes"
        case "AWS::Glue::Workflow":
            return "workflows"
        case "AWS::IAM::Role" | "AWS::S3::Object" | "AWS::S3::Bucket" if isinstance(step, Delete):
            return f"fewer {NOUNS[resource]}s"
        case _ if isinstance(step, (Create, Update)) and isinstance(step.definition, Bucket):
            return "bucket"
        case _:
            return "what nodes need"


def _lanes(steps: Sequence[Step]) -> Wave:
    """Return lanes in the order in which they begin; a trigger that leaves one workflow for another makes two one."""
    numbers: dict[object, int] = {}
    for number, step in enumerate(steps):
        keys = _keys(step)
        met = {numbers[key] for key in keys if key in numbers}
        lane = min(met, default=number)
        if len(met) > 1:
            numbers = {key: lane if its in met else its for key, its in numbers.items()}
        numbers |= dict.fromkeys(keys, lane)
    lanes: dict[int, list[Step]] = {}
    for step in steps:
        lanes.setdefault(numbers[subject(step)], []).append(step)
    return tuple(tuple(lane) for lane in lanes.values())


def _keys(step: Step) -> tuple[object, ...]:
    """Return what a step shares with those that it must not be done beside."""
    match step:
        case Delete(workflow=workflow) | Activate(workflow=workflow) | Deactivate(workflow=workflow):
            keys: tuple[str, ...] = (workflow,) if workflow else ()
        case Create(definition=definition) | Update(definition=definition) | Replace(definition=definition):
            keys = _workflow_of(definition)
        case UploadFile() | Keep():
            keys = ()
    return (subject(step), *keys)


def _workflow_of(definition: Definition) -> tuple[str, ...]:
    match definition:
        case PlacedTrigger(workflow=workflow):
            return (workflow,)
        case EventRule(workflow_name=workflow):
            return (workflow,)
        case _:
            return ()
