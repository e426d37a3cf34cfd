"""The same flow gives the same bytes, wherever and whenever it is made."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings

from gluedsl.bundle import bundle
from gluedsl.emit import template, to_json
from tests.support.checked_flows import checked, written
from tests.support.cli import start
from tests.support.generated_flows import flows
from tests.support.written_nodes import SCRIPT

if TYPE_CHECKING:
    from tests.support.generated_flows import GeneratedFlow

FLOW = """\
from lake import paths


class Sales(RunProperties):
    env: str = "prod"
    rows: int = 0


sales = Workflow("sales", start=daily("02:00"), properties=Sales, tags={"team": "sales", "cost": "7", "area": "eu"})


@sales.python_shell_job(writes=[Sales.rows], libraries=["lake"], arguments={"--z": "1", "--a": "2", "--m": "3"})
def load_orders(run):
    run.properties.rows = len(paths.RAW)


@sales.spark_job(reads=[Sales.env], connections=["warehouse", "crm"])
def load_customers(run):
    run.spark.read.csv(paths.RAW)


merge = sales.add(SparkJob("merge", script="job.py"), after=[load_customers, load_orders])
sales.add(PythonShellJob("page", script="job.py"), after=any_of(merge.unsuccessful, load_orders.timed_out))
for name in ("orders", "customers", "returns"):
    targets = [f"s3://lake/{name}/", "s3://lake/all/"]
    sales.add(Crawler(f"{name}-tables", database="sales", targets=targets), after=merge)

family = {
    region: Workflow(f"stock-{region}", start=on_event(batch_size=5), properties={"region": region, "env": "prod"})
    for region in ("eu", "us", "ap")
}
for each in family.values():
    each.add(load_orders.with_arguments({"--b": "1", "--a": "2"}) if each.name == "stock-eu" else load_orders)
    each.add(merge, after=load_orders)
"""


def test_a_template_is_the_same_anywhere(tmp_path: Path) -> None:
    """Two hash seeds, two working directories, two ways to name the file: one template, to the byte."""
    file = written(tmp_path, FLOW)
    (tmp_path / SCRIPT).write_text("print('done')\n", encoding="utf-8")
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "lake" / "paths.py").write_text("RAW = 's3://lake/raw/'\n", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    here = start("synth", "flow.py", folder=tmp_path, PYTHONHASHSEED="1")
    there = start("synth", str(file), folder=elsewhere, PYTHONHASHSEED="4242")

    assert (here.code, there.code) == (0, 0), here.err + there.err
    assert here.out.startswith('{\n  "AWSTemplateFormatVersion"')
    assert here.out == there.out


@settings(max_examples=settings().max_examples // 4)
@given(flow=flows())
def test_any_flow_makes_the_same_files(flow: GeneratedFlow) -> None:
    """Written to two folders, a flow makes one template, and the same files to upload."""
    assert made(flow) == made(flow)


def made(flow: GeneratedFlow) -> tuple[str, tuple[tuple[str, bytes], ...]]:
    """Return the template of a flow in a folder of its own, and its files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / SCRIPT).write_text("print('done')\n", encoding="utf-8")
        bundled = bundle(checked(folder, flow.text).compilation.project, bucket="${ScriptBucket}")
        return to_json(template(bundled.project)), tuple((file.key, file.content) for file in bundled.files)
