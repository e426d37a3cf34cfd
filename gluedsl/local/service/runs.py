"""Start, watch and stop: runs of workflows, runs of jobs, crawls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.local.service.crawl_answers import history_answer
from gluedsl.local.service.crawl_filters import selected
from gluedsl.local.service.failure import Code, ServiceError, invalid, not_found
from gluedsl.local.service.job_checks import check_timeout
from gluedsl.local.service.paging import page
from gluedsl.local.service.run_answers import job_run_answer, node_ids, run_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.local.driven_runs import DrivenRun
    from gluedsl.local.service.context import Context, Operation


def _start_workflow_run(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    run_id = context.driver.start_run(parameters["Name"], parameters.get("RunProperties", {}))
    return {} if run_id is None else {"RunId": run_id}


def _get_workflow_run(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    run = _run(context, parameters)
    return {"Run": run_answer(context.place, run, include_graph=parameters.get("IncludeGraph", False))}


def _get_workflow_runs(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    name = context.definitions.workflow(parameters["Name"]).name
    runs, more = page(context.driver.runs(name), parameters, lambda run: run.run_id)
    include_graph = parameters.get("IncludeGraph", False)
    return {"Runs": [run_answer(context.place, run, include_graph=include_graph) for run in runs], **more}


def _stop_workflow_run(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    context.driver.stop_run(_run(context, parameters))
    return {}


def _resume_workflow_run(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    run = _run(context, parameters)
    known = node_ids(context.place, run)
    nodes = []
    for node_id in parameters["NodeIds"]:
        if node_id not in known:
            message = f"Run {run.run_id} of workflow {run.state.workflow.name} has no node {node_id}."
            raise invalid(message)
        nodes.append(known[node_id])
    ids = {node: node_id for node_id, node in known.items()}
    run_id, restarted = context.driver.resume_run(run, nodes)
    return {"RunId": run_id, "NodeIds": [ids[node] for node in restarted]}


def _get_workflow_run_properties(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    return {"RunProperties": dict(_run(context, parameters).state.properties)}


def _put_workflow_run_properties(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    context.driver.put_properties(_run(context, parameters), parameters["RunProperties"])
    return {}


def _run(context: Context, parameters: Mapping[str, Any]) -> DrivenRun:
    name = context.definitions.workflow(parameters["Name"]).name
    run = context.driver.run(name, parameters["RunId"])
    if run is None:
        raise not_found(kind="Workflow run", name=parameters["RunId"])
    return run


def _start_job_run(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    check_timeout(parameters.get("Timeout"))
    if "AllocatedCapacity" in parameters and "MaxCapacity" in parameters:
        # MaxCapacity stands instead of AllocatedCapacity, which is deprecated:
        # https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-runs.html
        message = "Please set only Allocated Capacity or Max Capacity"
        raise invalid(message)
    if (parameters.get("WorkerType") is None) != (parameters.get("NumberOfWorkers") is None):
        # https://github.com/aws/aws-cdk/issues/26241
        message = "Please set both Worker Type and Number of Workers."
        raise invalid(message)
    name = context.definitions.job(parameters.pop("JobName")).name
    return {"JobRunId": context.driver.start_job_run(name, parameters)}


def _get_job_run(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    name = context.definitions.job(parameters["JobName"]).name
    run = context.driver.job_run(name, parameters["RunId"])
    if run is None:
        raise not_found(kind="Job run", name=parameters["RunId"])
    return {"JobRun": job_run_answer(run)}


def _get_job_runs(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    name = context.definitions.job(parameters["JobName"]).name
    runs, more = page(context.driver.job_runs(name), parameters, lambda run: run.id)
    return {"JobRuns": [job_run_answer(run) for run in runs], **more}


def _batch_stop_job_run(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    name = parameters["JobName"]
    stopped, errors = [], []
    for run_id in dict.fromkeys(parameters["JobRunIds"]):
        run = context.driver.job_run(name, run_id)
        if run is None:
            errors.append(
                _stop_error(name, run_id, "EntityNotFoundException", f"Job run with name: {run_id} not found.")
            )
        elif not run.is_under_way:
            message = f"Job run {run_id} has already ended: {run.state}"
            errors.append(_stop_error(name, run_id, "InvalidInputException", message))
        else:
            context.driver.stop_action(run_id)
            stopped.append({"JobName": name, "JobRunId": run_id})
    return {"SuccessfulSubmissions": stopped, "Errors": errors}


def _stop_error(job_name: str, run_id: str, code: str, message: str) -> dict[str, Any]:
    detail = {"ErrorCode": code, "ErrorMessage": message}
    return {"JobName": job_name, "JobRunId": run_id, "ErrorDetail": detail}


def _start_crawler(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    name = parameters["Name"]
    if name not in context.definitions.crawlers:
        # https://github.com/awslabs/aws-customer-churn-pipeline/issues/15
        raise ServiceError(Code.ENTITY_NOT_FOUND, f"Crawler with name {name} does not exist")
    if context.driver.crawler_state(name) != "READY":
        raise ServiceError(Code.CRAWLER_RUNNING, f"Crawler with name {name} has already started")
    context.driver.start_crawl(name)
    return {}


def _stop_crawler(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    name = context.definitions.crawler(parameters["Name"]).name
    match context.driver.crawler_state(name):
        case "READY":
            raise ServiceError(Code.CRAWLER_NOT_RUNNING, f"Crawler with name {name} is not running")
        case "STOPPING":
            raise ServiceError(Code.CRAWLER_STOPPING, f"Crawler with name {name} is already stopping")
        case _:
            # The newest may be one that was asked for meanwhile, and refused.
            crawl = next(crawl for crawl in context.driver.crawls(name) if crawl.is_under_way)
            context.driver.stop_action(crawl.id)
    return {}


def _list_crawls(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    name = context.definitions.crawler(parameters["CrawlerName"]).name
    crawls = selected([history_answer(crawl) for crawl in context.driver.crawls(name)], parameters.get("Filters", []))
    chosen, more = page(crawls, parameters, lambda crawl: str(crawl["CrawlId"]))
    return {"Crawls": chosen, **more}


OPERATIONS: Mapping[str, Operation] = {
    "StartWorkflowRun": _start_workflow_run,
    "GetWorkflowRun": _get_workflow_run,
    "GetWorkflowRuns": _get_workflow_runs,
    "StopWorkflowRun": _stop_workflow_run,
    "ResumeWorkflowRun": _resume_workflow_run,
    "GetWorkflowRunProperties": _get_workflow_run_properties,
    "PutWorkflowRunProperties": _put_workflow_run_properties,
    "StartJobRun": _start_job_run,
    "GetJobRun": _get_job_run,
    "GetJobRuns": _get_job_runs,
    "BatchStopJobRun": _batch_stop_job_run,
    "StartCrawler": _start_crawler,
    "StopCrawler": _stop_crawler,
    "ListCrawls": _list_crawls,
}
