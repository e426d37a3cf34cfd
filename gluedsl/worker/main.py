"""From the words on the command line of a job's script to its `JobRun`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from gluedsl.worker.properties import StoredProperties, bound
from gluedsl.worker.run import JobRun

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gluedsl.worker.properties import RunProperties


def arguments(argv: Sequence[str]) -> dict[str, str]:
    """Return `--name value` and `--name=value` pairs by name; a name without a value has the empty string.

    Glue passes every argument as two words (https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html).
    """
    found: dict[str, str] = {}
    words: list[str] = list(argv)
    while words:
        word = words.pop(0)
        if not word.startswith("--"):
            continue
        name, separator, value = word[2:].partition("=")
        if not separator and words and not words[0].startswith("--"):
            value = words.pop(0)
        found[name] = value
    return found


def run_job(body: Callable[[JobRun[Any]], object], properties: type[RunProperties] | None) -> None:
    """Call the body of a function job with the run that this process is.

    Args:
        body: the job.
        properties: the class of the workflow's run properties; None where they are plain.
    """
    given = arguments(sys.argv[1:])
    workflow, run_id = given.get("WORKFLOW_NAME"), given.get("WORKFLOW_RUN_ID")
    seen: Any = _NotInAWorkflow()
    if workflow and run_id:
        import boto3  # noqa: PLC0415 -- every Glue worker has it; a test of a function needs none

        stored = StoredProperties(workflow, run_id, boto3.client("glue"))
        seen = stored if properties is None else bound(properties, stored)
    body(JobRun(properties=seen, arguments=given, workflow_name=workflow, run_id=run_id))


class _NotInAWorkflow:
    """Stands for the properties of a job that was started by itself: using them says so."""

    def __getattr__(self, name: str) -> Any:
        message = f"no run property `{name}`: this job run is not part of a workflow run"
        raise AttributeError(message)

    def __getitem__(self, key: str) -> str:
        message = f"no run property `{key}`: this job run is not part of a workflow run"
        raise KeyError(message)
