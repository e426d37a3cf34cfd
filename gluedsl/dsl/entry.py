"""What the script of a function job calls."""

from __future__ import annotations

import importlib

from gluedsl.dsl.modules import function_job
from gluedsl.worker.main import run_job


def main(module: str, job: str) -> None:
    """Import the author's module and run the body of its function job with this name."""
    found = function_job(vars(importlib.import_module(module)), job)
    run_job(found, found.properties)
