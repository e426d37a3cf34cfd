"""Modules of function jobs: TL018, TL019, TL020. How they are found is for `tests/compiler/test_workers.py`."""

from __future__ import annotations

from gluedsl.model.faults import AbsentImport, ShadowingModule, SparkOfOtherJob
from gluedsl.source.span import Span
from tests.support.rules import project, says, start, told

LOAD = start("sales-start", "job load")


def test_module_called_as_a_library_is_refused() -> None:
    """One of the two is not to be had."""
    fault = ShadowingModule(job="load", module="json", span=Span("json.py", 900))

    assert told(project(LOAD), fault) == says("""
        TL018 error at line 900
          module of job `load` is called `json`, as one that the job itself needs is
          help: give the file another name
    """)


def test_import_that_no_worker_can_do_is_refused() -> None:
    """The job would end there."""
    fault = AbsentImport(job="load", module="aws_cdk", span=Span("flow.py", 900))

    assert told(project(LOAD), fault) == says("""
        TL019 error at line 900
          module of job `load` imports `aws_cdk`, which no worker has
          help: put the jobs into a module of their own, or import it inside of a function
    """)


def test_spark_of_a_python_shell_job_is_a_warning() -> None:
    """Its workers have no pyspark."""
    fault = SparkOfOtherJob(job="load", kind="pythonshell", span=Span("flow.py", 900))

    assert told(project(LOAD), fault) == says("""
        TL020 warning at line 900
          job `load` asks for `run.spark`, and a job of kind `pythonshell` has no Spark
          help: make it a Spark job: `@workflow.spark_job`
    """)
