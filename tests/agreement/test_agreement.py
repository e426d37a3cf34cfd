"""All back ends describe the same resources: what each writes is read back into the model and compared.

The differences that must be, once and for all:

- A cloud assembly keeps scripts in the bucket of the bootstrap, where other routes have `${ScriptBucket}`.
- Terraform's provider wants to be told two values that Glue has defaults for: the depth of Iceberg and Hudi targets,
  and whether a Delta target writes a manifest. They are told as Glue has them.
- Terraform has no word for where a job writes its Spark logs (`LogUri`), and wants a crawler to have a database: such a
  project is refused, with the way on.
- A role's name and its ARN are the same role.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from gluedsl.bundle import bundle
from gluedsl.compiler import compile_path
from gluedsl.emit import template, to_json
from gluedsl.emit.assembly import assembly
from gluedsl.emit.terraform import terraform
from gluedsl.errors import UsageError
from gluedsl.targets import DeltaTarget, HudiTarget, IcebergTarget
from tests.support.cli import EXAMPLES
from tests.support.models import projects_with_rules
from tests.support.read_back import from_templates, from_terraform, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gluedsl.model import Project
    from gluedsl.targets import Target

BOOTSTRAP_BUCKET = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"
FLOWS = sorted(path.name for path in EXAMPLES.iterdir() if (path / "flow.py").is_file())


def by_template(project: Project) -> Project:
    """Return the project by way of CloudFormation's text."""
    return from_templates(json.loads(to_json(template(project))))


def by_assembly(project: Project) -> Project:
    """Return the project by way of a cloud assembly."""
    files = assembly(project, {})
    templates: Iterable[Any] = (json.loads(files[name]) for name in files if name.endswith(".template.json"))
    return from_templates(*templates, texts={BOOTSTRAP_BUCKET: "${ScriptBucket}"})


def by_terraform(project: Project) -> Project:
    """Return the project by way of Terraform's text."""
    return from_terraform(json.loads(json.dumps(terraform(project))))


def told(project: Project) -> Project:
    """Return the project with the values that Terraform's provider wants to be told."""
    return replace(
        project,
        crawlers=tuple(replace(crawler, targets=tuple(map(_told, crawler.targets))) for crawler in project.crawlers),
    )


def _told(target: Target) -> Target:
    match target:
        case DeltaTarget(write_manifest=None):
            return replace(target, write_manifest=False)
        case IcebergTarget(maximum_traversal_depth=None) | HudiTarget(maximum_traversal_depth=None):
            return replace(target, maximum_traversal_depth=10)
        case _:
            return target


@pytest.mark.parametrize("name", FLOWS)
def test_examples(name: str) -> None:
    """Every example is the same project by every route."""
    project = in_order(bundle(compile_path(str(EXAMPLES / name)).project, bucket="${ScriptBucket}").project)
    stored = replace(project, jobs=tuple(replace(job, property_reads=(), property_writes=()) for job in project.jobs))

    assert by_template(project) == stored
    assert by_assembly(project) == stored
    assert by_terraform(project) == told(stored)


@given(projects_with_rules())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_generated_projects(project: Project) -> None:
    """So is any project that Glue takes."""
    wanted = in_order(project)

    assert by_template(project) == wanted
    assert by_assembly(project) == wanted
    try:
        by_way_of_terraform = by_terraform(project)
    except UsageError as refused:
        assert refused.message.startswith(("Terraform cannot set `LogUri` of job", "Terraform wants `database_name`"))  # noqa: PT017 -- only some are refused
    else:
        assert by_way_of_terraform == told(wanted)
