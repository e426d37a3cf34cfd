"""What a flow module declares at its top level."""

from __future__ import annotations

from typing import Any

import pytest

from gluedsl import Crawler, ExistingJob, FunctionJob, JobRun, PlainProperties, PythonShellJob, Trigger, Workflow
from gluedsl.dsl.modules import declared, function_job, function_jobs


def body(run: JobRun[PlainProperties]) -> None:
    """Do nothing."""


def test_declared_in_names_lists_tuples_and_dicts() -> None:
    """Workflows and nodes at any depth, in the order of the module, each once; nothing else."""
    a, b, c, d, e = (Workflow(name) for name in "abcde")
    job, crawler = ExistingJob("j"), Crawler("c", targets=[])
    namespace = {
        "a": a,
        "again": a,
        "several": [b, (c, job), {"k": [d]}],
        "sets_are_not_looked_into": {e},
        "number": 5,
        "_private": crawler,
        "__hidden__": [e],
    }

    assert list(declared(namespace)) == [a, b, c, job, d, crawler]


def test_declared_in_a_list_that_holds_itself() -> None:
    """It is looked into once."""
    workflow = Workflow("w")
    held: list[Any] = [workflow]
    held.append(held)

    assert list(declared({"held": held})) == [workflow]


def test_function_jobs_of_a_module() -> None:
    """By the names of the module, and through its workflows: placed, placed with arguments, or started by a trigger."""
    home, other = Workflow("home"), Workflow("other")
    named, placed, started, renamed = (home.python_shell_job(name=name)(body) for name in ("n", "p", "s", "r"))
    other.add(placed)
    other.add(renamed.with_arguments({"--a": "b"}))
    other.add(Trigger("t", when=placed, start=[PythonShellJob("x", script="x.py"), started.with_arguments()]))

    assert list(function_jobs({"named": named, "other": other, "x": 5})) == [named, placed, renamed, started]


def test_function_job_by_name() -> None:
    """The job that a worker is asked to run."""
    workflow = Workflow("w")
    job = workflow.spark_job(body)

    found: FunctionJob[Any] = function_job({"workflow": workflow}, "w-body")

    assert found is job


def test_a_function_job_that_is_not_there() -> None:
    """A worker says which one it looked for."""
    with pytest.raises(LookupError) as raised:
        function_job({"w": Workflow("w")}, "w-load")

    assert str(raised.value) == "this module has no function job `w-load`"
