"""The local Glue: requests a second, beside moto's own server, which stores and does not behave."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3

from benchmarks.measuring import Measured, measured, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REQUESTS = 200
JOB = {
    "Role": "arn:aws:iam::123456789012:role/GlueRole",
    "Command": {"Name": "pythonshell", "ScriptLocation": "s3://scripts/load.py", "PythonVersion": "3.9"},
}
GLUE = """\
import sys
from gluedsl.local import LocalGlue

with LocalGlue(outcomes={"load": "SUCCEEDED"}) as glue:
    print(glue.endpoint_url, flush=True)
    sys.stdin.read()
"""
"""Its job ends without being run: a process for each would be what is measured."""
MOTO = """\
import sys
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print("http://{}:{}".format(*server.get_host_and_port()), flush=True)
sys.stdin.read()
server.stop()
"""


def report() -> Iterator[str]:
    """Yield the table."""
    with _served(GLUE) as glue, _served(MOTO) as moto:
        yield table(
            "Local Glue",
            "moto's server",
            "requests",
            [
                _compared("GetJob", glue, moto, lambda client, _: client.get_job(JobName="load")),
                _compared("GetWorkflow", glue, moto, lambda client, _: client.get_workflow(Name="sales")),
                _compared("CreateJob", glue, moto, lambda client, name: client.create_job(Name=name, **JOB)),
                _compared("StartWorkflowRun", glue, moto, lambda client, _: client.start_workflow_run(Name="sales")),
            ],
        )


def _compared(name: str, glue: Any, moto: Any, call: Callable[[Any, str], object]) -> Measured:
    rounds = iter(range(1000))

    def asked(client: Any) -> Callable[[], None]:
        def ask() -> None:
            prefix = f"{name}-{next(rounds)}"
            for index in range(REQUESTS):
                call(client, f"{prefix}-{index}")

        return ask

    return measured(f"{name}, {REQUESTS} times", asked(glue), asked(moto), units=REQUESTS)


@contextmanager
def _served(program: str) -> Iterator[Any]:
    """Yield a client of a server that runs until it has no input any more."""
    with subprocess.Popen(  # noqa: S603 -- our own program
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None  # noqa: S101 -- both are pipes
        assert process.stdout is not None  # noqa: S101
        url = process.stdout.readline().decode().strip()
        client: Any = boto3.client(
            "glue",
            endpoint_url=url,
            region_name="us-east-1",
            aws_access_key_id="none",
            aws_secret_access_key="none",  # noqa: S106 -- no account takes it
        )
        client.create_workflow(Name="sales")
        client.create_job(Name="load", **JOB)
        client.create_trigger(Name="sales-start", Type="ON_DEMAND", WorkflowName="sales", Actions=[{"JobName": "load"}])
        try:
            yield client
        finally:
            process.stdin.close()
            process.wait(timeout=30)
