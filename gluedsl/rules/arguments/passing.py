"""What the code of jobs asks for, against what they are passed whenever a trigger starts them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.graph import Node
from gluedsl.model import walk
from gluedsl.rules.duplicates import ambiguous_nodes
from gluedsl.rules.jobs.kinds import SPARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.contract import Mention
    from gluedsl.model import Job, Path, Project
    from gluedsl.rules.rule import Context

INJECTED = frozenset({"WORKFLOW_NAME", "WORKFLOW_RUN_ID"})
"""What Glue passes to every job that a workflow starts
(https://docs.aws.amazon.com/glue/latest/dg/workflow-run-properties-code.html)."""
INJECTED_IN_SPARK = frozenset({"JOB_NAME", "JOB_ID", "JOB_RUN_ID"})
"""What it passes to Spark jobs besides. Whether jobs of other kinds are told their name, AWS does not say."""
_OPTIONAL = frozenset(
    {
        *INJECTED_IN_SPARK,
        "RedshiftTempDir",
        "SECURITY_CONFIGURATION",
        "TempDir",
        "continuation-option",
        "encryption-type",
        "job-bookmark-from",
        "job-bookmark-option",
        "job-bookmark-to",
    }
)
"""Names that `getResolvedOptions` treats in ways of its own
(https://github.com/awslabs/aws-glue-libs/blob/master/awsglue/utils.py)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One action that starts a job, with the names of all arguments that the job is passed then."""

    trigger: str
    path: Path
    """Of the action."""
    passed: Mapping[str, Path]
    """Without their dashes, by the place that gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpassed:
    """An option that a job asks for and is not passed by some of those that start it."""

    path: Path
    job: Job
    option: Mention
    starts: tuple[Start, ...]
    """All that start the job."""
    without: tuple[Start, ...]
    """Those that do not pass it."""


def starts_of(project: Project) -> Mapping[str, tuple[Start, ...]]:
    """Return who starts each job of the project, by the job's name."""
    ambiguous = ambiguous_nodes(project)
    own = {job.name: _own(path, job) for path, job in walk.jobs(project) if Node("JOB", job.name) not in ambiguous}
    found: dict[str, tuple[Start, ...]] = dict.fromkeys(own, ())
    for path, _, trigger in walk.triggers(project):
        for place, action in walk.actions(path, trigger):
            if action.job_name in own:
                given = {_bare(key): (*place, "arguments", key) for key in action.arguments}
                start = Start(trigger=trigger.name, path=place, passed=own[action.job_name] | given)
                found[action.job_name] += (start,)
    return found


def _own(path: Path, job: Job) -> dict[str, Path]:
    given = {_bare(key): (*path, "default_arguments", key) for key in job.default_arguments}
    return given | {_bare(key): (*path, "non_overridable_arguments", key) for key in job.non_overridable_arguments}


def _bare(key: str) -> str:
    # A key without dashes is meant to be an option, too: AC005 says that it is none.
    return key.removeprefix("--")


def asked_by(context: Context, job: Job) -> Mapping[str, Mention]:
    """Return the options without which the code of a job fails for certain, by name."""
    contract = context.contract(job)
    found: dict[str, Mention] = {}
    for request in contract.requests:
        for option in request.options:
            if option.is_sure:
                found.setdefault(option.name, option)
    for argument in contract.arguments:
        if argument.is_sure and argument.is_needed:
            found.setdefault(argument.name, argument)
    return found


def unpassed(context: Context) -> Iterator[Unpassed]:
    """Yield what jobs ask for and are not passed, or not whenever they are started."""
    starts = context.once(starts_of, context.project)
    for path, job in walk.jobs(context.project):
        for option in asked_by(context, job).values():
            is_injected = option.name in INJECTED or (job.kind in SPARK and option.name in INJECTED_IN_SPARK)
            without = tuple(one for one in starts.get(job.name, ()) if option.name not in one.passed)
            if without and not is_injected and option.name not in _OPTIONAL:
                yield Unpassed(path=path, job=job, option=option, starts=starts[job.name], without=without)


def run_properties_of(context: Context, job: Job) -> frozenset[str]:
    """Return the run properties of the workflows that start a job: their defaults, and what jobs declare or write."""
    node = Node("JOB", job.name)
    found: set[str] = set()
    for graph in context.graphs:
        if node in graph.nodes:
            found |= graph.workflow.default_run_properties.keys()
            names = {one.name for one in graph.nodes if one.type == "JOB"}
            for _, other in walk.jobs(context.project):
                if other.name in names:
                    found |= {*other.property_writes, *(one.name for one in context.contract(other).writes)}
    return frozenset(found)
