"""What the script of a function job calls."""

from __future__ import annotations

import importlib
import sys
from typing import Any

from gluedsl.dsl.modules import function_job
from gluedsl.worker.main import run_job


def main(module: str, job: str) -> None:
    """Import the author's module and run the body of its function job with this name."""
    found = function_job(vars(importlib.import_module(module)), job)
    run_job(found, found.properties, sys.argv[1:], glue_client)


def glue_client() -> Any:
    """Return the client of Glue that the worker is set up for."""
    import boto3  # noqa: PLC0415 -- every Glue worker has it; a test of a function needs none

    return boto3.client("glue")
