"""The entry of a function job: called by the small script that Glue starts."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

from gluedsl.worker.properties import StoredProperties, bound
from gluedsl.worker.run import JobRun

if TYPE_CHECKING:
    from collections.abc import Sequence


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


def main(module: str, function: str, argv: Sequence[str] | None = None) -> None:
    """Call a function job with the run that it is part of."""
    given = arguments(sys.argv[1:] if argv is None else argv)
    job: Any = getattr(importlib.import_module(module), function)
    workflow, run_id = given.get("WORKFLOW_NAME"), given.get("WORKFLOW_RUN_ID")
    properties: Any = _NotInAWorkflow()
    if workflow and run_id:
        import boto3  # noqa: PLC0415 -- every Glue worker has it; a test of a function needs none

        stored = StoredProperties(workflow, run_id, boto3.client("glue"))
        typed = job.properties
        properties = stored if typed is None else bound(typed, stored)
    job(JobRun(properties=properties, arguments=given, workflow_name=workflow, run_id=run_id))


class _NotInAWorkflow:
    """Stands for the properties of a job that was started by itself: using them says so."""

    def __getattr__(self, name: str) -> Any:
        message = f"no run property `{name}`: this job run is not part of a workflow run"
        raise AttributeError(message)

    def __getitem__(self, key: str) -> str:
        message = f"no run property `{key}`: this job run is not part of a workflow run"
        raise KeyError(message)
