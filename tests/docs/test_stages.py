"""The pages on stages and on starts by events say what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gluedsl.compiler import Compilation, compile_path
from gluedsl.errors import UsageError

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "stages.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")


def samples(page: str, language: str) -> list[str]:
    """Return the samples of a page in one language."""
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    """Return the page's flow, beside its settings."""
    (tmp_path / "flow.py").write_text("\n".join(samples(PAGE, "python")), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("\n".join(samples(PAGE, "toml")), encoding="utf-8")
    return tmp_path / "flow.py"


def names(compilation: Compilation) -> list[str]:
    """Return what a project makes in Glue, and its roles."""
    project = compilation.project
    made = (project.workflows, project.jobs, project.crawlers, project.event_rules, project.roles)
    return [each.name for kind in made for each in kind]


def test_the_stages_of_the_page(flow: Path) -> None:
    """Each is clean, and is what the page says of it."""
    dev, prod, test = (compile_path(str(flow), stage) for stage in ("dev", "prod", "test"))

    assert [c.report.diagnostics for c in (dev, prod, test)] == [(), (), ()]
    assert names(dev) == [
        "dev-nightly-sales",
        "dev-nightly-sales-load-orders",
        "dev-dedupe",
        "dev-sales-catalog",
        "gluedsl-dev-nightly-sales",
    ]
    assert names(prod) == ["nightly-sales", "nightly-sales-load-orders", "dedupe", "sales-catalog"]
    assert (prod.settings.region, prod.settings.script_bucket) == ("eu-west-1", "sales-prod-scripts")
    assert prod.project.workflows[0].default_run_properties == {"lake": "s3://sales-prod", "keep_days": "365"}
    assert [c.project.workflows[0].triggers[0].type for c in (dev, prod, test)] == [
        "ON_DEMAND",
        "SCHEDULED",
        "ON_DEMAND",
    ]


def test_the_refusal_of_the_page(flow: Path) -> None:
    """It is what a misspelt name is told."""
    settings = flow.with_name("pyproject.toml")
    settings.write_text(settings.read_text(encoding="utf-8").replace("dedupe = {", "dedup = {"), encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        compile_path(str(flow), "prod")

    said = f"error: {raised.value.message}\n  hint: {raised.value.hint}\n"
    assert said.replace(str(flow.parent), "/sales") in PAGE


def test_starts_by_events_in_the_guide(tmp_path: Path) -> None:
    """Each of them has a rule and a role of its own."""
    (sample,) = (each for each in samples(GUIDE, "python") if each.startswith("orders = Workflow"))
    job = '.add(PythonShellJob("load", script="s3://our-code/load.py", role="GlueJobRole"))'
    text = f"from gluedsl import PythonShellJob, Workflow, on_event\n{sample}shop.add(orders{job})\n"
    (tmp_path / "flow.py").write_text(text, encoding="utf-8")
    compilation = compile_path(str(tmp_path / "flow.py"))

    assert compilation.report.diagnostics == ()
    assert [(rule.name, rule.buckets) for rule in compilation.project.event_rules] == [
        ("gluedsl-orders", ("lake",)),
        ("gluedsl-shop", ()),
    ]
    assert [role.name for role in compilation.project.roles] == ["gluedsl-orders-events", "gluedsl-shop-events"]
