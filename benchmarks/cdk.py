"""Synthesis of CDK applications: `gluedsl.cdk.GlueWorkflow` beside the CDK's own constructs of the same resources.

The floor is what a team writes without gluedsl: one L1 construct for each resource, in Python. Both sides make the same
template, which a test holds. The subject begins with workflows as authors declare them, so its time has the check of
every rule in it. Each round is a process of its own, since nothing that jsii has made is ever given back; the CDK's own
validation of templates, which would take seconds on both sides, is off.

`python -m benchmarks.cdk SIDE WORKFLOWS NODES` is one round: it writes the seconds that it took to build and
synthesise, and those since its start.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

from benchmarks.measuring import Measured, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aws_cdk import App, Stack

SIZES = ((10, 50, 5), (100, 50, 3))
"""Workflows, nodes of each, and rounds."""
FLOOR = "L1 constructs by hand"
SCHEDULE = "cron(0 2 * * ? *)"
ROLE, SCRIPT = "GlueJobRole", "s3://scripts/join.py"
_PER_STACK = 4
"""Workflows: four of 101 resources fit into a stack."""


def report() -> Iterator[str]:
    """Yield the table."""
    rows = []
    for workflows, nodes, rounds in SIZES:
        taken = [(_round("construct", workflows, nodes), _round("by-hand", workflows, nodes)) for _ in range(rounds)]
        name, units = f"{workflows} workflows of {nodes} nodes", workflows * (2 * nodes + 1)
        for index, what in enumerate((name, f"{name}, with the start of Python and Node")):
            subject, floor = (min(pair[side][index] for pair in taken) for side in (0, 1))
            rows.append(Measured(name=what, seconds=subject, floor=floor, units=units))
    yield table("Synthesis of a CDK application", FLOOR, "resources", rows)


def _round(side: str, workflows: int, nodes: int) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.cdk", side, str(workflows), str(nodes)]
    environment = {**os.environ, "CDK_VALIDATION": "false", "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 -- our own
    build, whole = done.stdout.split()
    return float(build), float(whole)


def main() -> None:
    """Take one round."""
    began = time.perf_counter()
    side, workflows, nodes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    from aws_cdk import App, Stack, aws_glue  # noqa: F401, PLC0415 -- the start of Node is measured

    if side == "construct":
        import gluedsl.cdk  # noqa: F401, PLC0415 -- of this side alone
    with tempfile.TemporaryDirectory() as folder:
        app = App(outdir=folder)
        Stack(app, "First")
        ready = time.perf_counter()
        build(app, side, workflows, nodes)
        app.synth()
        done = time.perf_counter()
    sys.stdout.write(f"{done - ready} {done - began}\n")


def build(app: App, side: str, workflows: int, nodes: int) -> None:
    """Make the stacks of one side."""
    from aws_cdk import Stack  # noqa: PLC0415 -- the start of Node is measured

    make = _construct if side == "construct" else _by_hand
    stack: Stack | None = None
    for index in range(workflows):
        if stack is None or index % _PER_STACK == 0:
            stack = Stack(app, f"Flows{index // _PER_STACK}")
        make(stack, f"flow-{index}", nodes)


def _construct(stack: Stack, name: str, nodes: int) -> None:
    from gluedsl import SparkJob, Workflow, cron  # noqa: PLC0415 -- of this side alone
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- of this side alone

    flow = Workflow(name, start=cron(SCHEDULE), role=ROLE)
    before: SparkJob | None = None
    for index in range(nodes):
        job = SparkJob(
            f"{name}-{_letters(index)}",
            script=SCRIPT,
            worker_type="G.1X",
            workers=4,
            arguments={"--part": str(index)},
        )
        before = flow.add(job, after=before)
    GlueWorkflow(stack, name, flow)


def _by_hand(stack: Stack, name: str, nodes: int) -> None:
    from aws_cdk import aws_glue as glue  # noqa: PLC0415 -- of this side alone

    jobs = [
        glue.CfnJob(
            stack,
            _identity(f"{name}-{_letters(index)}", "Job"),
            name=f"{name}-{_letters(index)}",
            role=ROLE,
            command=glue.CfnJob.JobCommandProperty(name="glueetl", python_version="3", script_location=SCRIPT),
            default_arguments={"--part": str(index)},
            glue_version="5.0",
            worker_type="G.1X",
            number_of_workers=4,
        )
        for index in range(nodes)
    ]
    flow = glue.CfnWorkflow(stack, _identity(name, "Workflow"), name=name)
    before: glue.CfnTrigger | None = None
    for index in range(1, nodes + 1):
        is_start = index == nodes  # which comes last, so that no run begins on half a graph
        started = jobs[0] if is_start else jobs[index]
        title = f"{name}-start" if is_start else f"{name}-after-{_letters(index - 1)}"
        trigger = glue.CfnTrigger(
            stack,
            _identity(title, "Trigger"),
            name=title,
            type="SCHEDULED" if is_start else "CONDITIONAL",
            workflow_name=flow.ref,
            start_on_creation=True,
            actions=[glue.CfnTrigger.ActionProperty(job_name=started.ref)],
            **({"schedule": SCHEDULE} if is_start else {"predicate": _succeeded(glue, jobs[index - 1])}),
        )
        if before is not None:
            trigger.node.add_dependency(before)
        before = trigger


def _succeeded(glue: Any, job: Any) -> Any:
    condition = glue.CfnTrigger.ConditionProperty(job_name=job.ref, state="SUCCEEDED", logical_operator="EQUALS")
    return glue.CfnTrigger.PredicateProperty(conditions=[condition], logical="AND")


def _letters(index: int) -> str:
    return f"part-{index}"


def _identity(name: str, kind: str) -> str:
    from gluedsl.emit import logical_id  # noqa: PLC0415 -- of this side alone

    return logical_id(kind, name)  # type: ignore[arg-type]  # one of its kinds


if __name__ == "__main__":
    main()
