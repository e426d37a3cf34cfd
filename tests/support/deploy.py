"""A project to deploy, the changes that tests make of it, and what they ask of a plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gluedsl.deploy import Owner, Scope, Upload
from gluedsl.deploy.failure import told as in_words
from gluedsl.model import (
    Action,
    Condition,
    Crawler,
    Job,
    Predicate,
    Project,
    RemoteScript,
    Role,
    Statement,
    Trigger,
    Workflow,
)
from gluedsl.targets import S3Target
from tests.support.account import ACCOUNT, REGION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gluedsl.deploy import Step

BUCKET = f"gluedsl-{ACCOUNT}-{REGION}"
NAME = "lakehouse"
"""Of the project."""
FOLDER = f"gluedsl/{NAME}/files"
"""Where the files of its jobs are."""


class Watcher:
    """An observer that writes everything down, and sleeps at once."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.slept: list[float] = []

    def started(self, step: Step) -> None:
        """Write it down."""
        self.heard.append(f"started {step.action}")

    def waiting(self, step: Step | None, reason: str, seconds: float) -> None:  # noqa: ARG002 -- as the protocol has it
        """Write it down."""
        self.heard.append(f"waiting {seconds:g} s: {reason}")

    def stopping(self) -> None:
        """Write it down."""
        self.heard.append("stopping")

    def finished(self, step: Step) -> None:
        """Write it down."""
        self.heard.append(f"finished {step.action}")

    def sleep(self, seconds: float) -> None:
        """Write it down, and do not sleep."""
        self.slept.append(seconds)


def job(name: str, **fields: Any) -> Job:
    """Make a Python shell job whose code is in the script bucket."""
    its: dict[str, Any] = {
        "kind": "pythonshell",
        "python_version": "3.9",
        "code": RemoteScript(uri=f"s3://{BUCKET}/{FOLDER}/0123456789abcdef/{name}.py"),
        "role": "sales-role",
    }
    return Job(name=name, **its | fields)


def crawler(name: str, **fields: Any) -> Crawler:
    """Make a crawler of one path."""
    its: dict[str, Any] = {"role": "sales-role", "database": "sales", "targets": (S3Target("s3://lake/sales/"),)}
    return Crawler(name=name, **its | fields)


def start(name: str = "sales-start", *jobs: str, **fields: Any) -> Trigger:
    """Make a scheduled start trigger."""
    its: dict[str, Any] = {"type": "SCHEDULED", "schedule": "cron(0 2 * * ? *)"}
    return Trigger(
        name=name, actions=tuple(Action(job_name=each) for each in jobs or ("orders", "customers")), **its | fields
    )


def after(name: str, watched: Sequence[str], *started: Action, **fields: Any) -> Trigger:
    """Make a trigger that waits until all of some jobs have succeeded."""
    predicate = Predicate(conditions=tuple(Condition(job_name=each, state="SUCCEEDED") for each in watched))
    return Trigger(name=name, type="CONDITIONAL", predicate=predicate, actions=started, **fields)


ROLE = Role(
    name="sales-role",
    statements=(
        Statement(
            sid="RunProperties",
            actions=("glue:GetWorkflowRunProperties", "glue:PutWorkflowRunProperties"),
            resources=("arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:workflow/sales",),
        ),
        Statement(
            sid="Scripts", actions=("s3:GetObject",), resources=("arn:${AWS::Partition}:s3:::${ScriptBucket}/*",)
        ),
    ),
)

WORKFLOW = Workflow(
    name="sales",
    description="Load and catalogue the day's sales.",
    default_run_properties={"env": "prod"},
    triggers=(
        start(),
        after("sales-catalog", ("orders", "customers"), Action(crawler_name="sales-tables")),
    ),
)

SALES = Project(
    workflows=(WORKFLOW,),
    jobs=(job("orders"), job("customers")),
    crawlers=(crawler("sales-tables"),),
    roles=(ROLE,),
)
"""A schedule starts two jobs; when both succeed, a crawler."""

FILES = (
    Upload(key=f"{FOLDER}/0123456789abcdef/customers.py", content=b"print('customers')"),
    Upload(key=f"{FOLDER}/0123456789abcdef/orders.py", content=b"print('orders')"),
)


def files_of(project: Project) -> tuple[Upload, ...]:
    """Return the files in the project's folder that its jobs name."""
    start = f"s3://{BUCKET}/"
    uris = {each.code.uri for each in project.jobs if isinstance(each.code, RemoteScript)}
    keys = sorted(uri.removeprefix(start) for uri in uris if uri.startswith(f"{start}{FOLDER}/"))
    return tuple(Upload(key=key, content=key.encode()) for key in keys)


def files_for(stage: str | None, name: str = NAME) -> tuple[Upload, ...]:
    """Return files where another stage or project has them."""
    folder = Owner(project=name, stage=stage).files
    return tuple(replace(file, key=file.key.replace(FOLDER, folder)) for file in FILES)


def with_job(project: Project, name: str, **fields: Any) -> Project:
    """Return the project with fields of a job changed."""
    return replace(project, jobs=tuple(replace(j, **fields) if j.name == name else j for j in project.jobs))


def with_crawler(project: Project, name: str, **fields: Any) -> Project:
    """Return the project with fields of a crawler changed."""
    return replace(project, crawlers=tuple(replace(c, **fields) if c.name == name else c for c in project.crawlers))


def with_workflow(project: Project, **fields: Any) -> Project:
    """Return the project with fields of its first workflow changed."""
    return replace(project, workflows=(replace(project.workflows[0], **fields), *project.workflows[1:]))


def with_trigger(project: Project, name: str, **fields: Any) -> Project:
    """Return the project with fields of a trigger of its first workflow changed."""
    triggers = project.workflows[0].triggers
    return with_workflow(project, triggers=tuple(replace(t, **fields) if t.name == name else t for t in triggers))


def whole_file(project: Project, file: str = "flow.py") -> Scope:
    """Return the scope of a command that was given the flow file of all of a project's workflows."""
    return Scope(covers=file, flows={workflow.name: file for workflow in project.workflows})


def told(steps: Sequence[Step]) -> list[str]:
    """Return what steps do, in short."""
    return [in_words(step) for step in steps]
