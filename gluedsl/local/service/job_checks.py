"""What Glue refuses of a job, beyond the shapes of its model.

Texts with a source are Glue's own; the others are ours, for refusals that AWS documents without their text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.local.service.failure import invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS = ("glueetl", "pythonshell", "gluestreaming", "glueray")
_MOST_RETRIES = 10
"""https://docs.aws.amazon.com/glue/latest/dg/add-job.html"""
_MINUTES = 10_080
"""A timeout is shorter than seven days: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html."""
_SHELL_CAPACITIES = (0.0625, 1)
_FEWEST_G1X = 2


def check_job(payload: Mapping[str, Any]) -> None:
    """Raise unless Glue would keep this job."""
    command = payload.get("Command", {})
    kind = command.get("Name")
    if not kind:
        # https://github.com/cloud-custodian/cloud-custodian/issues/5691
        message = "Command name should not be null or empty."
        raise invalid(message)
    if kind not in _KINDS:
        message = f"Command name {kind} is none of [{', '.join(_KINDS)}]"
        raise invalid(message)
    if not command.get("ScriptLocation"):
        message = "ScriptLocation cannot be null or empty"
        raise invalid(message)
    if not payload.get("Role"):
        message = "Role should not be null or empty"
        raise invalid(message)
    _check_capacity(kind, payload)
    _check_numbers(payload)


def check_timeout(minutes: int | None) -> None:
    """Raise unless Glue would let a job run have this timeout."""
    if minutes is not None and minutes >= _MINUTES:
        message = f"Timeout is less than {_MINUTES} minutes, not {minutes}"
        raise invalid(message)


def _check_capacity(kind: str, payload: Mapping[str, Any]) -> None:
    worker_type, workers = payload.get("WorkerType"), payload.get("NumberOfWorkers")
    capacity = payload.get("MaxCapacity")
    if kind == "pythonshell" and worker_type is not None:
        # https://github.com/cloudposse/terraform-aws-glue/issues/42
        message = "Worker Type is not supported for Job Command pythonshell"
        raise invalid(message)
    if (worker_type is None) != (workers is None):
        # https://github.com/aws/aws-cdk/issues/26241
        message = "Please set both Worker Type and Number of Workers."
        raise invalid(message)
    if worker_type is not None and capacity is not None:
        message = "Please do not set Max Capacity if using Worker Type and Number of Workers."
        raise invalid(message)
    if kind == "pythonshell" and capacity is not None and capacity not in _SHELL_CAPACITIES:
        message = f"Max Capacity of a Python shell job is 0.0625 or 1, not {capacity}"
        raise invalid(message)
    if worker_type == "G.1X" and workers is not None and workers < _FEWEST_G1X:
        # https://github.com/aws-samples/cql-replicator/issues/181
        message = "To use Worker Type G.1X, minimum allowed value of Number of Workers is 2."
        raise invalid(message)


def _check_numbers(payload: Mapping[str, Any]) -> None:
    check_timeout(payload.get("Timeout"))
    retries = payload.get("MaxRetries", 0)
    if not 0 <= retries <= _MOST_RETRIES:
        message = f"MaxRetries is between 0 and {_MOST_RETRIES}, not {retries}"
        raise invalid(message)
    most = payload.get("ExecutionProperty", {}).get("MaxConcurrentRuns", 1)
    if most < 1:
        message = f"MaxConcurrentRuns is at least 1, not {most}"
        raise invalid(message)
    if payload.get("JobRunQueuingEnabled") and retries:
        # https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_glue.PySparkEtlJob.html, jobRunQueuingEnabled
        message = "MaxRetries must be 0 when job run queuing is enabled"
        raise invalid(message)
