"""Roles of a workflow whose author names none: what its jobs and crawlers need, and what its events need; no more.

What a job touches in S3 is told by the `s3://` URIs that its code, its arguments and the run properties spell out.
Code that builds them from parts needs `role=`.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gluedsl.compiler.names import made_for
from gluedsl.model import FunctionCode, Role, ScriptFile, Statement
from gluedsl.spelling import workflow_arn
from gluedsl.targets import CatalogTarget, DeltaTarget, DynamoDBTarget, HudiTarget, IcebergTarget, S3Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gluedsl.model import Crawler, Job, Project, Workflow
    from gluedsl.targets import Target

_LONGEST_NAME = 64
"""Characters of a role's name (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html)."""
_EVENTS = "-events"
"""At the end of the name of a role for events; a workflow's own role whose name would end so has a digest behind it."""
_URI = re.compile(r"s3[an]?://([a-z0-9][a-z0-9.-]+)(/[^\s'\"{}*?]*)?")

_CATALOG_WRITES = (
    "glue:BatchCreatePartition",
    "glue:BatchDeleteTable",
    "glue:BatchGetPartition",
    "glue:BatchUpdatePartition",
    "glue:CreateTable",
    "glue:DeleteTable",
    "glue:GetDatabase",
    "glue:GetPartition",
    "glue:GetPartitions",
    "glue:GetTable",
    "glue:GetTables",
    "glue:UpdatePartition",
    "glue:UpdateTable",
)


@dataclass
class RoleMaker:
    """Names the roles that a project asks for, and makes them once its jobs and crawlers are known."""

    workflows: dict[str, str] = field(default_factory=dict)
    """Names of workflows by the role that is made for them."""
    notifiers: set[str] = field(default_factory=set)
    """Roles that are made for events."""
    bodies: dict[str, Path] = field(default_factory=dict)
    """Files that the functions of jobs stand in, by the job's name."""

    def name_for(self, workflow: str) -> str:
        """Return the name of the role of a workflow."""
        name = _role_name(workflow, is_told_apart=workflow.endswith(_EVENTS))
        self.workflows.setdefault(name, workflow)
        return name

    def name_for_events(self, workflow: str) -> str:
        """Return the name of the role that EventBridge assumes to start a workflow."""
        name = _role_name(workflow + _EVENTS)
        self.notifiers.add(name)
        return name

    def with_roles(self, project: Project) -> Project:
        """Return the project with the roles that its jobs, crawlers and rules name and nobody else defines."""
        used = {job.role for job in project.jobs} | {crawler.role for crawler in project.crawlers}
        roles = [_role(name, project, self.bodies) for name in self.workflows if name in used]
        roles += [
            _events_role(rule.role, rule.workflow_name)
            for rule in project.event_rules
            if rule.role is not None and rule.role in self.notifiers
        ]
        return replace(project, roles=tuple(roles))


def _role_name(text: str, *, is_told_apart: bool = False) -> str:
    """Return the name of a role after a text; a digest stands for what a name cannot hold."""
    return made_for(text, r"[^\w+=,.@-]", longest=_LONGEST_NAME, is_told_apart=is_told_apart)


def _events_role(name: str, workflow: str) -> Role:
    """https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html."""
    notify = _statement("NotifyWorkflow", ("glue:notifyEvent",), (workflow_arn(workflow),))
    return Role(name=name, statements=(notify,), service="events.amazonaws.com")


def _role(name: str, project: Project, bodies: Mapping[str, Path]) -> Role:
    jobs = [job for job in project.jobs if job.role == name]
    crawlers = [crawler for crawler in project.crawlers if crawler.role == name]
    statements = [
        _statement("Logs", ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"), _logs()),
        *(_job_statements(jobs, project) if jobs else ()),
        *_data_statements(_spelled_out(jobs, project, bodies), crawlers),
        *_crawler_statements(crawlers),
        *_connection_statements(jobs, crawlers),
    ]
    return Role(name=name, statements=tuple(statements))


def _statement(sid: str, actions: Iterable[str], resources: Iterable[str]) -> Statement:
    return Statement(sid=sid, actions=tuple(actions), resources=tuple(dict.fromkeys(resources)))


def _glue(resource: str) -> str:
    return f"arn:${{AWS::Partition}}:glue:${{AWS::Region}}:${{AWS::AccountId}}:{resource}"


def _s3(resource: str) -> str:
    return f"arn:${{AWS::Partition}}:s3:::{resource}"


def _logs() -> tuple[str, ...]:
    return ("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws-glue/*",)


def _serving(jobs: Iterable[Job], project: Project) -> Iterator[Workflow]:
    names = {job.name for job in jobs}
    for workflow in project.workflows:
        if any(action.job_name in names for trigger in workflow.triggers for action in trigger.actions):
            yield workflow


def _job_statements(jobs: list[Job], project: Project) -> Iterator[Statement]:
    yield _statement("Scripts", ("s3:GetObject",), (_s3("${ScriptBucket}/gluedsl/*"),))
    workflows = [_glue(f"workflow/{workflow.name}") for workflow in _serving(jobs, project)]
    if workflows:
        actions = ("glue:GetWorkflowRun", "glue:GetWorkflowRunProperties", "glue:PutWorkflowRunProperties")
        yield _statement("RunProperties", actions, workflows)


def _data_statements(texts: Iterable[str], crawlers: list[Crawler]) -> Iterator[Statement]:
    spelled = set(texts)
    crawled = {uri for crawler in crawlers for target in crawler.targets for uri in _paths(target)}
    places = sorted(dict.fromkeys(_places(spelled | crawled)))
    if not places:
        return
    yield _statement("ListData", ("s3:ListBucket", "s3:GetBucketLocation"), (_s3(bucket) for bucket, _ in places))
    yield _statement("ReadData", ("s3:GetObject",), (_s3(f"{bucket}{prefix}*") for bucket, prefix in places))
    if written := sorted(dict.fromkeys(_places(spelled))):
        actions = ("s3:PutObject", "s3:DeleteObject")
        yield _statement("WriteData", actions, (_s3(f"{bucket}{prefix}*") for bucket, prefix in written))


def _places(uris: Iterable[str]) -> Iterator[tuple[str, str]]:
    for uri in uris:
        for match in _URI.finditer(uri):
            yield match[1], match[2] or "/"


def _paths(target: Target) -> tuple[str, ...]:
    match target:
        case S3Target(path=path):
            return (path,)
        case DeltaTarget(tables=paths) | IcebergTarget(paths=paths) | HudiTarget(paths=paths):
            return paths
        case _:
            return ()


def _crawler_statements(crawlers: list[Crawler]) -> Iterator[Statement]:
    databases = {c.database for c in crawlers if c.database}
    databases |= {t.database for c in crawlers for t in c.targets if isinstance(t, CatalogTarget)}
    if databases:
        resources = [_glue("catalog")]
        for database in sorted(databases):
            resources += [_glue(f"database/{database}"), _glue(f"table/{database}/*")]
        yield _statement("Catalog", _CATALOG_WRITES, resources)
    tables = sorted({t.table for c in crawlers for t in c.targets if isinstance(t, DynamoDBTarget)})
    if tables:
        arns = (f"arn:${{AWS::Partition}}:dynamodb:${{AWS::Region}}:${{AWS::AccountId}}:table/{t}" for t in tables)
        yield _statement("DynamoDB", ("dynamodb:DescribeTable", "dynamodb:Scan"), arns)


def _connection_statements(jobs: list[Job], crawlers: list[Crawler]) -> Iterator[Statement]:
    names = {name for job in jobs for name in job.connections}
    names |= {
        name for c in crawlers for target in c.targets if (name := getattr(target, "connection", None)) is not None
    }
    if names:
        resources = [_glue("catalog"), *(_glue(f"connection/{name}") for name in sorted(names))]
        yield _statement("Connections", ("glue:GetConnection",), resources)


def _spelled_out(jobs: list[Job], project: Project, bodies: Mapping[str, Path]) -> Iterator[str]:
    """Yield every text of the author's that may hold an S3 URI for these jobs."""
    for job in jobs:
        yield from job.default_arguments.values()
        yield from job.non_overridable_arguments.values()
        match job.code:
            case ScriptFile(path=path):
                yield from _literals(Path(path))
            case FunctionCode():
                yield from _literals(bodies[job.name])
            case _:
                pass
    for workflow in _serving(jobs, project):
        yield from workflow.default_run_properties.values()
        for trigger in workflow.triggers:
            for action in trigger.actions:
                yield from action.arguments.values()


def _literals(path: Path) -> Iterator[str]:
    """Yield the string literals of a Python file; of none that is missing or no Python, which others report."""
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
