"""Flows made up at random, from the text that an author writes to what AWS is sent, before witnesses from outside.

cfn-lint judges templates; botocore and what it leaves to the service judge requests; and both are read back.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings

from gluedsl import spelling
from gluedsl.bundle import bundle
from gluedsl.emit import template, to_json
from tests.support.botocore_witness import violations
from tests.support.cfn_witness import findings
from tests.support.checked_flows import checked
from tests.support.generated_flows import flows
from tests.support.written_nodes import SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.model import Crawler, Project
    from tests.support.generated_flows import GeneratedFlow


@contextmanager
def project_of(flow: GeneratedFlow) -> Iterator[Project]:
    """Yield the project of a flow that checks clean, with its code in a bucket."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / SCRIPT).write_text("print('done')\n", encoding="utf-8")
        written = checked(folder, flow.text)
        assert written.errors == (), flow.text
        yield bundle(written.compilation.project, bucket="${ScriptBucket}").project


@settings(max_examples=settings().max_examples // 2)
@given(flow=flows())
def test_requests_are_such_as_the_service_takes(flow: GeneratedFlow) -> None:
    """Every request, to create and to update, passes botocore and the enums, lengths and patterns of its model."""
    with project_of(flow) as project:
        found = [violation for operation, request in requests(project) for violation in violations(operation, request)]

    assert found == []


def requests(project: Project) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each call that deploying a project can make, with its arguments."""
    for job in project.jobs:
        yield "CreateJob", spelling.job_to_api(job)
        yield "UpdateJob", spelling.job_update_to_api(job)
    for crawler in project.crawlers:
        yield "CreateCrawler", spelling.crawler_to_api(crawler)
        yield "UpdateCrawler", spelling.crawler_update_to_api(crawler)
    for workflow in project.workflows:
        yield "CreateWorkflow", spelling.workflow_to_api(workflow)
        yield "UpdateWorkflow", spelling.workflow_update_to_api(workflow)
        for trigger in workflow.triggers:
            yield "CreateTrigger", spelling.trigger_to_api(trigger, workflow.name)
            yield "UpdateTrigger", spelling.trigger_update_to_api(trigger)


@settings(max_examples=settings().max_examples // 2)
@given(flow=flows())
def test_both_dialects_say_the_same_resources(flow: GeneratedFlow) -> None:
    """What stands in the template and what is sent to the API are the project, each when it is read back."""
    with project_of(flow) as project:
        own = defined(project)
        from_template, from_requests = read_template(project), read_requests(project)

    assert from_template == own
    assert from_requests == own


def by_kind(crawler: Crawler) -> Crawler:
    """Return a crawler with its targets in the order of their kinds: AWS keeps a list for each."""
    return replace(crawler, targets=tuple(sorted(crawler.targets, key=lambda target: type(target).__name__)))


def defined(project: Project) -> dict[str, Any]:
    """Return what AWS is told of a project, by kind: all but what jobs say to gluedsl alone."""
    return {
        "jobs": [replace(job, property_reads=(), property_writes=()) for job in project.jobs],
        "crawlers": [by_kind(crawler) for crawler in project.crawlers],
        "workflows": list(project.workflows),
    }


def read_requests(project: Project) -> dict[str, Any]:
    """Read back the requests that create a project."""
    return {
        "jobs": [spelling.job_from_api(spelling.job_to_api(job)) for job in project.jobs],
        "crawlers": [by_kind(spelling.crawler_from_api(spelling.crawler_to_api(each))) for each in project.crawlers],
        "workflows": [
            spelling.workflow_from_api(
                spelling.workflow_to_api(workflow),
                [spelling.trigger_from_api(spelling.trigger_to_api(each, workflow.name)) for each in workflow.triggers],
            )
            for workflow in project.workflows
        ],
    }


def read_template(project: Project) -> dict[str, Any]:
    """Read back the template of a project, with its references resolved."""
    resources = template(project)["Resources"]
    by_type: dict[str, list[dict[str, Any]]] = {}
    for resource in resources.values():
        by_type.setdefault(resource["Type"], []).append(resolved(resource["Properties"], resources))
    triggers = by_type.get("AWS::Glue::Trigger", [])
    return {
        "jobs": [spelling.job_from_cfn(each) for each in by_type.get("AWS::Glue::Job", [])],
        "crawlers": [by_kind(spelling.crawler_from_cfn(each)) for each in by_type.get("AWS::Glue::Crawler", [])],
        "workflows": [
            spelling.workflow_from_cfn(
                each, [spelling.trigger_from_cfn(one) for one in triggers if one["WorkflowName"] == each["Name"]]
            )
            for each in by_type.get("AWS::Glue::Workflow", [])
        ],
    }


def resolved(value: Any, resources: Mapping[str, Any]) -> Any:
    """Return a value of a template as CloudFormation would pass it on, but for the bucket's name."""
    match value:
        case {"Ref": identity}:
            return resources[identity]["Properties"]["Name"]
        case {"Fn::GetAtt": [identity, "Arn"]}:
            return resources[identity]["Properties"]["RoleName"]
        case {"Fn::Sub": str(text)}:
            return text.replace("${!", "${")
        case dict():
            return {key: resolved(inner, resources) for key, inner in value.items()}
        case list():
            return [resolved(inner, resources) for inner in value]
        case _:
            return value


@settings(max_examples=settings().max_examples // 8)
@given(flow=flows())
def test_templates_are_fine(flow: GeneratedFlow) -> None:
    """cfn-lint has nothing to say about the template of any flow."""
    with project_of(flow) as project:
        assert findings(to_json(template(project))) == []
