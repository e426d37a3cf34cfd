"""What Glue answers for a field that nobody sent, so that its own defaults never look like a change.

A value that an author takes away goes back to the default here; where the default cannot be told (ANY), the value
that Glue has is left alone. Sources: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html and
https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-crawling.html; where these are silent, what the comment
at the field says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gluedsl.model import Crawler, Job, Trigger, Workflow

ANY = object()
"""Whatever Glue answers may be its default."""

_FIRST_WITH_SHORT_TIMEOUT = 5
"""From Glue 5.0 on a job's timeout is 480 minutes, before it 2,880."""


def of_job(job: Job, field: str) -> tuple[Any, ...]:
    """Return the values of a field that can be Glue's own; `job` is as the author wants it."""
    is_shell = job.kind == "pythonshell"
    has_capacity = is_shell or job.max_capacity is not None
    match field:
        case "glue_version":
            # CreateJob says 6.0, JobRun and the release notes 5.1, earlier texts 0.9. A Python shell job has no use
            # for it, and Glue answers what it likes.
            return (ANY,) if is_shell else ("0.9", "5.1", "6.0")
        case "python_version":
            # Of a Python shell job 2, 3 or 3.9, by its age.
            return (ANY,) if is_shell else ("2", "3")
        case "timeout_minutes":
            return _timeouts(job)
        case "max_capacity" if job.workers is not None:
            # Glue's own arithmetic: the workers' number times what one of them has.
            return (ANY,)
        case _:
            known = _JOB | (_WITH_CAPACITY if has_capacity else _WITH_WORKERS)
            return (0.0625,) if is_shell and field == "max_capacity" else known.get(field, ())


_WITH_CAPACITY: dict[str, tuple[Any, ...]] = {}
_WITH_WORKERS: dict[str, tuple[Any, ...]] = {
    # Of a Spark job that was told neither. AWS documents no default of workers but 10 DPUs; these are what its console
    # fills in, accepted so that they do not look like a change.
    "worker_type": ("G.1X", "Standard"),
    "workers": (10,),
    "max_capacity": (10.0,),
}
_JOB: dict[str, tuple[Any, ...]] = {
    "max_retries": (0,),
    "max_concurrent_runs": (1,),
    "execution_class": ("STANDARD",),
    "job_run_queuing_enabled": (False,),
    "JobMode": ("SCRIPT",),
    # Deprecated, and computed from the capacity.
    "AllocatedCapacity": (ANY,),
}


def _timeouts(job: Job) -> tuple[Any, ...]:
    if job.kind == "gluestreaming":
        # "Streaming jobs ... if left blank, restarted after 7 days": answered as 0, or as the batch default.
        return (0, 480, 2880)
    major = re.match(r"\d+", job.glue_version or "")
    if major is None or job.kind == "pythonshell":
        return (480, 2880)
    return (480,) if int(major.group()) >= _FIRST_WITH_SHORT_TIMEOUT else (2880,)


def of_crawler(crawler: Crawler, field: str) -> tuple[Any, ...]:  # noqa: ARG001 -- of one form with the others
    """Return the values of a field that can be Glue's own."""
    return _CRAWLER.get(field, ())


_CRAWLER: dict[str, tuple[Any, ...]] = {
    # The console's defaults (https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html), and those that
    # Terraform's schema gives the blocks that GetCrawler answers unasked
    # (https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/glue/crawler.go).
    "update_behavior": ("UPDATE_IN_DATABASE",),
    "delete_behavior": ("DEPRECATE_IN_DATABASE",),
    "recrawl_behavior": ("CRAWL_EVERYTHING",),
    "LineageConfiguration": ({"CrawlerLineageSettings": "DISABLE"},),
    "LakeFormationConfiguration": (
        {"UseLakeFormationCredentials": False, "AccountId": ""},
        {"UseLakeFormationCredentials": False},
    ),
    # "If none is supplied, the account ID is used by default", and an update without one preserves it.
    "CatalogId": (ANY,),
}

TARGETS: dict[str, Any] = {
    "scan_all": True,
    "write_manifest": False,
    "create_native_table": False,
    "maximum_traversal_depth": 10,
}
"""Of the fields of a crawler's targets."""


def of_trigger(trigger: Trigger, field: str) -> tuple[Any, ...]:
    """Return the values of a field that can be Glue's own."""
    if field == "event_batching" and trigger.type == "EVENT":
        return ({"batch_size": 1, "batch_window_seconds": 900},)
    return ()


def of_workflow(workflow: Workflow, field: str) -> tuple[Any, ...]:  # noqa: ARG001 -- of one form with the others
    """Return the values of a field that can be Glue's own."""
    return (0,) if field == "max_concurrent_runs" else ()
