"""The run that a job's body is called with in a test of its own."""

from __future__ import annotations

from typing import Any

import pytest

from gluedsl import JobRun, Workflow
from gluedsl.errors import UsageError
from gluedsl.testing import FakeGlue, job_run
from tests.support.nightly_flow import LAKE, Sales, load_orders, publish, unpack


def test_typed_properties() -> None:
    """Properties have the defaults of their class, and the types; what the body writes stays in the run."""
    run = job_run(load_orders, properties={"rows": 3})

    assert (run.properties.rows, run.properties.env) == (3, "prod")
    run.properties.rows = 4
    assert run.properties == Sales(rows=4)
    assert job_run(load_orders).properties == Sales()
    assert job_run(load_orders, properties=Sales(env="test")).properties.env == "test"


def test_plain_properties() -> None:
    """Plain properties are a dict of strings."""
    run = job_run(unpack, properties={"bucket": "somewhere"})
    unpack(run)

    assert run.properties == {"bucket": "somewhere", "seen": "somewhere"}
    assert job_run(unpack).properties == {}


def test_the_rest_of_a_run() -> None:
    """Arguments are found with hyphens in front and without, and a run knows of which workflow it is."""
    session = object()
    run = job_run(load_orders, arguments={"--mode": "full", "day": "1"}, workflow_name="nightly", spark=session)

    assert run.arguments == {"mode": "full", "day": "1"}
    assert (run.arguments["--mode"], run.arguments.get("--day")) == ("full", "1")
    assert (run.workflow_name, run.run_id) == ("nightly", "wr_" + "0" * 64)
    assert run.spark is session
    assert job_run(load_orders, workflow_name=None, run_id=None).run_id is None


def test_a_body(glue: FakeGlue) -> None:
    """A body is called like any function, with S3 under it."""
    glue.lake.put(f"s3://{LAKE}/raw/orders.csv", "id\n1\n2\n3\n")
    run = job_run(load_orders, properties={"env": "test"})
    load_orders(run)

    assert run.properties.rows == 3
    with pytest.raises(ValueError, match="there is nothing to publish"):
        publish(job_run(publish))


@pytest.mark.parametrize(
    ("job", "properties", "message"),
    [
        (load_orders, {"row": 3}, "Sales declares no run property `row`; did you mean `rows`?"),
        (load_orders, {"rows": "3"}, "run property `rows` takes int, not '3' (str)"),
        (unpack, {"bucket": 3}, "the run properties of `arrivals-unpack` are plain: a string for each name"),
        (unpack, Sales(), "the run properties of `arrivals-unpack` are plain: a string for each name"),
    ],
    ids=range(4),
)
def test_what_is_refused(job: Any, properties: Any, message: str) -> None:
    """Run properties that the workflow cannot have are refused in a line."""
    with pytest.raises(UsageError) as caught:
        job_run(job, properties=properties)
    assert caught.value.message == message


def test_types_follow_the_job() -> None:
    """The run has the type of properties that the job's workflow has."""
    flow = Workflow("typed", properties=Sales)

    @flow.python_shell_job
    def body(run: JobRun[Sales]) -> None:
        run.properties.rows += 1

    run = job_run(body)
    body(run)
    assert run.properties.rows == 1
