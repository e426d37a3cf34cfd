"""Flow files of any size, such as people write them: layers of jobs and crawlers, each waiting for some of the last.

Comes in: how many nodes. Goes out: the text of a flow. No randomness: the same size is the same flow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LAYER = 5
"""Nodes that wait for the same layer: four jobs and a crawler."""

HEAD = """\
from gluedsl import Crawler, PythonShellJob, SparkJob, Workflow, any_of, cron

flow = Workflow(
    "{name}",
    description="Load, join and publish.",
    start=cron("0 2 * * ? *"),
    properties={{"env": "prod", "day": ""}},
    max_concurrent_runs=1,
    role="GlueJobRole",
)
"""
FUNCTION = """

@flow.python_shell_job(timeout_minutes=60{after})
def n{index}(run):
    print(run.properties)


"""
SHELL = """\
n{index} = flow.add(
    PythonShellJob("{name}-shell-{index}", script="s3://scripts/load.py", arguments={{"--part": "{index}"}}),{after}
)
"""
SPARK = """\
n{index} = flow.add(
    SparkJob("{name}-spark-{index}", script="s3://scripts/join.py", worker_type="G.1X", workers=4),{after}
)
"""
ALERT = """\
n{index} = flow.add(PythonShellJob("{name}-page-{index}", script="s3://scripts/page.py"),{after})
"""
CRAWLER = """\
n{index} = flow.add(
    Crawler("{name}-tables-{index}", database="sales", targets="s3://lake/{name}/{index}/"),{after}
)
"""


def flow_text(name: str, nodes: int) -> str:
    """Return a flow file of one workflow with this many nodes."""
    return HEAD.format(name=name) + "".join(_node(name, index) for index in range(nodes))


def _node(name: str, index: int) -> str:
    first = index - index % LAYER - LAYER  # of the layer before; none of the first layer waits
    match index % LAYER:
        case 0:
            form, after = SHELL, f"[n{first}, n{first + 1}]"
        case 1:
            form, after = SPARK, f"[n{first}, n{first + 1}]"
        case 2:
            form, after = FUNCTION, f"n{first + 1}"
        case 3:
            form, after = ALERT, f"any_of(n{first}.failed, n{first + 1}.timed_out)"
        case _:
            form, after = CRAWLER, f"n{first + 1}"
    given = f" after={after}" if first >= 0 else ""
    if form is FUNCTION:
        given = f",{given}" if given else ""
    return form.format(name=name, index=index, after=f"{given}," if given and form is not FUNCTION else given)


def write_repository(folder: Path, workflows: int, nodes: int) -> Path:
    """Write a folder of flow files, one workflow each; return it."""
    folder.mkdir()
    for index in range(workflows):
        (folder / f"flow_{index}.py").write_text(flow_text(f"flow-{index}", nodes), encoding="utf-8")
    return folder


def write_flow(folder: Path, nodes: int) -> Path:
    """Write one flow file of one workflow; return it."""
    folder.mkdir()
    file = folder / "flow.py"
    file.write_text(flow_text("flow", nodes), encoding="utf-8")
    return file
