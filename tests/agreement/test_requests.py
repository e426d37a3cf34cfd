"""The direct route describes the same resources: its requests to boto3 are read back into the model.

What differs must: AWS is told the names of this account, region and bucket, where templates have placeholders;
files lie in a folder of the project's own;
every resource carries the tags that tell whose it is; and a role is told by its name or its ARN, which are the same.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from botocore import handlers
from hypothesis import HealthCheck, given, settings

from gluedsl.bundle import bundle
from gluedsl.compiler import compile_path
from gluedsl.deploy import Owner, Silence, Upload, apply, plan
from gluedsl.deploy.gateway import connect
from gluedsl.deploy.halt import Halt
from gluedsl.local import InProcessGlue
from gluedsl.local.seed import seed
from tests.support.cli import EXAMPLES
from tests.support.models import projects
from tests.support.read_back import from_requests, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.model import Project

ACCOUNT, REGION = "123456789012", "us-east-1"
BUCKET = f"gluedsl-{ACCOUNT}-{REGION}"
OWNER = Owner(project="agreement")
PLACE = {
    BUCKET: "${ScriptBucket}",
    f"{OWNER.files}/": "gluedsl/",
    f"arn:aws:iam::{ACCOUNT}:": "arn:${AWS::Partition}:iam::${AWS::AccountId}:",
    f":{REGION}:{ACCOUNT}:": ":${AWS::Region}:${AWS::AccountId}:",
    '"arn:aws:': '"arn:${AWS::Partition}:',
}
FLOWS = sorted(path.name for path in EXAMPLES.iterdir() if (path / "flow.py").is_file())


@contextmanager
def recorded() -> Iterator[list[tuple[str, Any]]]:
    """Write down what every client made from here on is asked for."""
    requests: list[tuple[str, Any]] = []

    def record(params: Any, model: Any, **_: Any) -> None:
        requests.append((model.name, params))

    handlers.BUILTIN_HANDLERS.append(("provide-client-params", record))
    try:
        yield requests
    finally:
        handlers.BUILTIN_HANDLERS.remove(("provide-client-params", record))


def by_requests(project: Project) -> Project:
    """Return the project by way of a deployment."""
    with InProcessGlue(region=REGION):
        seed(project, data={})
        bundled = bundle(project, bucket=BUCKET, folder=OWNER.files)
        files = [Upload(key=file.key, content=file.content) for file in bundled.files]
        with recorded() as requests:
            gateway = connect(region=REGION)
            planned = plan(bundled.project, files, gateway, name=OWNER.project)
            assert planned.refusals == ()
            apply(planned, gateway, gateway, halt=Halt(lambda _: None), observer=Silence(), parallel=1)
    return from_requests(requests, PLACE)


def placed(project: Project) -> Project:
    """Return a project whose roles by ARN are told as requests are read: the account is the one of the local Glue."""

    def role(text: str | None) -> str | None:
        return text and text.replace(f"arn:aws:iam::{ACCOUNT}:", "arn:${AWS::Partition}:iam::${AWS::AccountId}:")

    return replace(
        project,
        jobs=tuple(replace(job, role=role(job.role)) for job in project.jobs),
        crawlers=tuple(replace(crawler, role=role(crawler.role)) for crawler in project.crawlers),
    )


@pytest.mark.parametrize("name", FLOWS)
def test_examples(name: str) -> None:
    """Every example is deployed as its template says."""
    project = compile_path(str(EXAMPLES / name)).project

    wanted = in_order(bundle(project, bucket="${ScriptBucket}").project)

    assert by_requests(project) == replace(
        wanted, jobs=tuple(replace(job, property_reads=(), property_writes=()) for job in wanted.jobs)
    )


@given(projects())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_generated_projects(project: Project) -> None:
    """So is any project that Glue takes."""
    assert by_requests(project) == placed(in_order(project))
