"""Projects for hypothesis to make up, all of them such as Glue takes and could run to the end."""

from __future__ import annotations

from dataclasses import replace
from itertools import count, repeat
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from gluedsl.model import (
    Action,
    Condition,
    Crawler,
    EventBatching,
    EventRule,
    ExistingCrawler,
    ExistingJob,
    Job,
    Predicate,
    Project,
    Role,
    Statement,
    StatementCondition,
    Trigger,
    Workflow,
)
from gluedsl.model.events import buckets_of
from tests.support.resources import CRONS, crawlers, jobs, maybe, names, roles_by_arn, string_maps, tags, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

Startable = Job | ExistingJob | Crawler | ExistingCrawler

JOB_STATES = ("SUCCEEDED", "FAILED", "STOPPED", "TIMEOUT")
CRAWL_STATES = ("SUCCEEDED", "FAILED", "CANCELLED")


@st.composite
def _start_triggers(draw: DrawFn, name: str, actions: tuple[Action, ...]) -> Trigger:
    kind = draw(st.sampled_from(("ON_DEMAND", "SCHEDULED", "EVENT")))
    trigger = Trigger(name=name, type="ON_DEMAND", actions=actions, description=draw(maybe(texts())), tags=draw(tags()))
    match kind:
        case "SCHEDULED":
            return replace(
                trigger, type="SCHEDULED", schedule=draw(st.sampled_from(CRONS)), enabled=draw(st.booleans())
            )
        case "EVENT":
            batching = st.builds(
                EventBatching, batch_size=st.integers(1, 100), batch_window_seconds=st.integers(1, 900)
            )
            return replace(trigger, type="EVENT", event_batching=draw(maybe(batching)))
        case _:
            return trigger


@st.composite
def _actions(draw: DrawFn, nodes: Sequence[Startable]) -> tuple[Action, ...]:
    return tuple(
        Action(
            job_name=node.name,
            arguments=draw(string_maps("--")),
            timeout_minutes=draw(maybe(st.integers(1, 10079))),
            security_configuration=draw(maybe(st.just("encrypted"))),
            notify_delay_after_minutes=draw(maybe(st.integers(1, 60))),
        )
        if isinstance(node, Job | ExistingJob)
        else Action(crawler_name=node.name)
        for node in nodes
    )


@st.composite
def _predicates(draw: DrawFn, watched: Sequence[Startable]) -> Predicate:
    chosen = draw(
        st.lists(st.sampled_from(watched), min_size=1, max_size=3, unique_by=lambda node: (type(node), node.name))
    )
    conditions = tuple(
        Condition(job_name=node.name, state=draw(st.sampled_from(JOB_STATES)))
        if isinstance(node, Job | ExistingJob)
        else Condition(crawler_name=node.name, crawl_state=draw(st.sampled_from(CRAWL_STATES)))
        for node in chosen
    )
    return Predicate(logical=draw(st.sampled_from(("AND", "ANY"))), conditions=conditions)


def _shared_out(draw: DrawFn, nodes: Sequence[Startable]) -> list[list[Startable]]:
    """Share nodes out among triggers: one trigger takes what another does not, and two crawlers at most."""
    groups: list[list[Startable]] = [[]]
    for node in nodes:
        crawling = sum(isinstance(each, Crawler | ExistingCrawler) for each in groups[-1])
        full = crawling == 2 and isinstance(node, Crawler | ExistingCrawler)
        if groups[-1] and (full or draw(st.booleans())):
            groups.append([])
        groups[-1].append(node)
    return groups


@st.composite
def _workflows(
    draw: DrawFn,
    name: str,
    nodes: Sequence[Startable],
    trigger_names: Sequence[str],
) -> Workflow:
    groups = _shared_out(draw, nodes)
    triggers = [draw(_start_triggers(trigger_names[0], draw(_actions(groups[0]))))]
    started = list(groups[0])
    for trigger_name, group in zip(trigger_names[1:], groups[1:], strict=False):
        triggers.append(
            Trigger(
                name=trigger_name,
                type="CONDITIONAL",
                actions=draw(_actions(group)),
                predicate=draw(_predicates(started)),
                description=draw(maybe(texts())),
                tags=draw(tags()),
            )
        )
        started += group
    return Workflow(
        name=name,
        description=draw(maybe(texts())),
        default_run_properties=draw(string_maps()),
        max_concurrent_runs=draw(maybe(st.integers(1, 5))),
        triggers=tuple(triggers),
        tags=draw(tags()),
    )


def statements() -> SearchStrategy[Statement]:
    """Make statements as the compiler makes them, with placeholders."""
    only = StatementCondition(operator="StringEquals", key="cloudwatch:namespace", values=("Glue",))
    return st.builds(
        Statement,
        sid=st.sampled_from(("Scripts", "Catalog")),
        actions=st.lists(st.sampled_from(("s3:GetObject", "glue:GetTable")), min_size=1, unique=True).map(tuple),
        resources=st.lists(
            st.sampled_from(
                (
                    "arn:${AWS::Partition}:s3:::${ScriptBucket}/*",
                    "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:catalog",
                    "*",
                )
            ),
            min_size=1,
            unique=True,
        ).map(tuple),
        conditions=st.sampled_from(((), (only,))),
    )


@st.composite
def projects(draw: DrawFn, *, max_workflows: int = 3, only_api: bool = False) -> Project:
    """Make a project: names are unique by kind, every node of a workflow follows from its one start trigger.

    Workflows share jobs and crawlers; a workflow starts each of its nodes once; no trigger watches what it starts.
    """
    role_names = draw(st.lists(st.sampled_from(("SalesGlue", "hr-glue", "glue.crm")), max_size=2, unique=True))
    roles = tuple(
        Role(name=name, statements=tuple(draw(st.lists(statements(), max_size=2, unique_by=lambda each: each.sid))))
        for name in role_names
    )
    role = st.one_of(roles_by_arn(), *(st.just(each.name) for each in roles))
    job_names = draw(st.lists(names(), min_size=1, max_size=6, unique=True))
    crawler_names = draw(st.lists(names(), max_size=3, unique=True))
    own_jobs = tuple(draw(jobs(st.just(name), role)) for name in job_names[1:])
    own_crawlers = tuple(
        draw(crawlers(st.just(name), role, scheduled=False, only_api=only_api)) for name in crawler_names
    )
    existing = (ExistingJob(name=job_names[0]),)
    nodes: tuple[Startable, ...] = (*own_jobs, *own_crawlers, *existing)
    workflow_names = draw(st.lists(names(), min_size=1, max_size=max_workflows, unique=True))
    trigger_names = map("{}-{}".format, repeat(draw(names())), count())
    workflows = []
    for workflow_name in workflow_names:
        chosen = draw(st.permutations(nodes).flatmap(lambda mixed: st.integers(1, len(mixed)).map(lambda n: mixed[:n])))
        workflows.append(draw(_workflows(workflow_name, chosen, [next(trigger_names) for _ in chosen])))
    return Project(
        workflows=tuple(workflows), jobs=own_jobs, crawlers=own_crawlers, existing_jobs=existing, roles=roles
    )


@st.composite
def projects_with_rules(draw: DrawFn) -> Project:
    """Make projects whose workflows may be started by rules, with roles that the project makes or has."""
    project = draw(projects())
    waiting = [each.name for each in project.workflows if each.triggers and each.triggers[0].type == "EVENT"]
    chosen = draw(st.lists(st.sampled_from(waiting), unique=True)) if waiting else []
    patterns = st.sampled_from(
        (
            {"source": ["our.${shop}"], "detail": {"state": [{"anything-but": ["%{new}"]}]}},
            {"source": ["aws.s3"], "detail": {"bucket": {"name": ["lake"]}}},
        )
    )
    rules = [
        EventRule(
            name=f"rule-{index}",
            workflow_name=name,
            pattern=(pattern := draw(patterns)),
            role=draw(st.sampled_from(("made-for-events", "other", "arn:aws:iam::123456789012:role/x", None))),
            buckets=buckets_of(pattern),
            tags=draw(tags()),
        )
        for index, name in enumerate(chosen)
    ]
    statement = Statement(sid="Notify", actions=("glue:notifyEvent",), resources=("arn:${AWS::Partition}:glue:::x",))
    role = Role(name="made-for-events", service="events.amazonaws.com", statements=(statement,))
    return replace(project, event_rules=tuple(rules), roles=(*project.roles, role))
