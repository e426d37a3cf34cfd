"""The run that a function job's body is called with, made by hand.

Comes in: a function job, and what its run has. Goes out: a `JobRun`; what the body writes to `run.properties` stays
there, for the test to look at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from gluedsl.errors import UsageError
from gluedsl.testing.told import told
from gluedsl.worker.run import JobRun

if TYPE_CHECKING:
    from gluedsl.dsl.nodes import FunctionJob

PropertiesT = TypeVar("PropertiesT")


@told
def job_run(
    job: FunctionJob[PropertiesT],
    *,
    properties: Mapping[str, Any] | PropertiesT | None = None,
    arguments: Mapping[str, str] | None = None,
    workflow_name: str | None = "test",
    run_id: str | None = "wr_" + "0" * 64,
    spark: Any = None,
) -> JobRun[PropertiesT]:
    """Return a run to call a function job's body with: `load(job_run(load, properties={"month": "2014-06"}))`.

    Args:
        job: The job.
        properties: Run properties by name, with the types that their class declares; those that are missing have
            their defaults. Or an instance of the class.
        arguments: The job's arguments; a name may have its leading `--` or not, as in a real run.
        workflow_name: The workflow's name.
        run_id: The id of the workflow's run.
        spark: What `run.spark` is; None: a real session, made when it is asked for.

    Raises:
        UsageError: there is no such run property.
    """
    return JobRun(
        properties=_properties(job, properties),
        arguments=arguments,
        workflow_name=workflow_name,
        run_id=run_id,
        spark=spark,
    )


def _properties(job: FunctionJob[PropertiesT], given: Mapping[str, Any] | PropertiesT | None) -> PropertiesT:
    if job.properties is None:
        values = {} if given is None else given
        if isinstance(values, Mapping) and all(isinstance(value, str) for value in values.values()):
            return cast("PropertiesT", dict(values))
        message = f"the run properties of `{job.name}` are plain: a string for each name"
        raise UsageError(message, hint="Glue stores strings; a RunProperties class gives them types")
    if given is None or isinstance(given, Mapping):
        try:
            return cast("PropertiesT", job.properties(**(given or {})))
        except (AttributeError, TypeError) as error:
            raise UsageError(str(error)) from None
    return given
