"""What is written is what is read back, in both dialects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings

from gluedsl import spelling
from tests.support.botocore_witness import violations
from tests.support.models import projects
from tests.support.resources import crawlers, jobs

if TYPE_CHECKING:
    from gluedsl.model import Crawler, Job, Project


@settings(deadline=None)
@given(job=jobs())
def test_a_job_comes_back_from_its_request(job: Job) -> None:
    """Any job is itself again after `CreateJob`'s arguments, which botocore and Glue's model take."""
    request = spelling.job_to_api(job)

    assert violations("CreateJob", request) == []
    assert spelling.job_from_api(request) == job
    assert spelling.job_to_api(spelling.job_from_api(request)) == request


@settings(deadline=None)
@given(crawler=crawlers(only_api=True))
def test_a_crawler_comes_back_from_its_request(crawler: Crawler) -> None:
    """Any crawler is itself again after `CreateCrawler`'s arguments, which botocore and Glue's model take."""
    request = spelling.crawler_to_api(crawler)

    assert violations("CreateCrawler", request) == []
    assert spelling.crawler_from_api(request) == crawler


@settings(deadline=None, max_examples=50)
@given(project=projects())
def test_workflows_and_triggers_come_back_from_their_requests(project: Project) -> None:
    """Any workflow is itself again, triggers and all, after requests that botocore and Glue's model take."""
    for workflow in project.workflows:
        request = spelling.workflow_to_api(workflow)
        requests = [spelling.trigger_to_api(trigger, workflow.name) for trigger in workflow.triggers]

        assert violations("CreateWorkflow", request) == []
        assert [v for each in requests for v in violations("CreateTrigger", each)] == []
        assert spelling.workflow_from_api(request, map(spelling.trigger_from_api, requests)) == workflow


@settings(deadline=None, max_examples=50)
@given(project=projects())
def test_updates_are_requests_too(project: Project) -> None:
    """What updates a resource is taken by botocore and Glue's model as well."""
    found = [
        *(v for each in project.jobs for v in violations("UpdateJob", spelling.job_update_to_api(each))),
        *(v for each in project.crawlers for v in violations("UpdateCrawler", spelling.crawler_update_to_api(each))),
        *(v for each in project.workflows for v in violations("UpdateWorkflow", spelling.workflow_update_to_api(each))),
        *(
            v
            for workflow in project.workflows
            for each in workflow.triggers
            for v in violations("UpdateTrigger", spelling.trigger_update_to_api(each))
        ),
    ]

    assert found == []


@settings(deadline=None, max_examples=50)
@given(project=projects())
def test_a_project_comes_back_from_its_properties(project: Project) -> None:
    """Any project that CloudFormation can say is itself again after its resources' properties."""
    jobs_back = tuple(spelling.job_from_cfn(spelling.job_to_cfn(job)) for job in project.jobs)
    crawlers_back = tuple(spelling.crawler_from_cfn(spelling.crawler_to_cfn(each)) for each in project.crawlers)
    workflows_back = tuple(
        spelling.workflow_from_cfn(
            spelling.workflow_to_cfn(workflow),
            [spelling.trigger_from_cfn(spelling.trigger_to_cfn(each, workflow.name)) for each in workflow.triggers],
        )
        for workflow in project.workflows
    )

    assert (jobs_back, crawlers_back, workflows_back) == (project.jobs, project.crawlers, project.workflows)
