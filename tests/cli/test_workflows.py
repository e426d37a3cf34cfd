"""Which workflow is meant, and what a run can be asked for: refusals come before anything starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.cli import start

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cli import Commands

FLOW = """\
from gluedsl import Crawler, ExistingCrawler, ExistingJob, Workflow, all_of

alpha = Workflow("alpha")

@alpha.python_shell_job
def load_orders(run): ...

@alpha.python_shell_job(after=load_orders)
def load_orders_again(run): ...

alpha.add(Crawler("tables", database="sales", targets=["s3://lake/sales/"]), after=load_orders)

beta = Workflow("beta")

@beta.spark_job
def crunch(run): ...

@beta.streaming_job(after=crunch)
def follow(run): ...

@beta.ray_job(after=crunch)
def score(run): ...

gamma = Workflow("gamma")
theirs = gamma.add(ExistingJob("theirs"))
gamma.add(ExistingCrawler("crawled"), after=theirs)

delta = Workflow("delta")
job = delta.add(ExistingJob("same"))
delta.add(ExistingCrawler("same"), after=job)
"""
NAMES = "`alpha`, `beta`, `gamma`, `delta`"
STATES = "SUCCEEDED, FAILED, TIMEOUT, STOPPED"

REFUSED = {
    "run": (f"there are 4 workflows: {NAMES}", "name one with --workflow"),
    "run --workflow epsilon": ("there is no workflow `epsilon`", f"there is {NAMES}"),
    "graph --format json": (f"there are 4 workflows: {NAMES}", "name one with --workflow"),
    "graph --workflow Alpha": ("there is no workflow `Alpha`", f"there is {NAMES}"),
    "run --workflow alpha --property month": (
        "--property month: not of the form KEY=VALUE",
        "for example: --property env=test",
    ),
    "run --workflow alpha --property =7": (
        "--property =7: not of the form KEY=VALUE",
        "for example: --property env=test",
    ),
    "run --workflow alpha --outcome load_orders": (
        "--outcome load_orders: not of the form NODE=STATE",
        "for example: --outcome load_orders=FAILED",
    ),
    "run --workflow alpha --outcome load_orders=CANCELLED": (
        "--outcome load_orders=CANCELLED: a job cannot end in CANCELLED",
        f"it ends in {STATES}",
    ),
    "run --workflow alpha --outcome tables=timeout": (
        "--outcome tables=timeout: a crawler cannot end in TIMEOUT",
        "it ends in SUCCEEDED, FAILED, CANCELLED",
    ),
    "run --workflow alpha --outcome load_orders=": (
        "--outcome load_orders=: no state is given",
        f"it ends in {STATES}",
    ),
    "run --workflow alpha --outcome load_orders=FAILED,SUCCEEDED": (
        "--outcome load_orders=FAILED,SUCCEEDED: what runs here ends in one state, whatever the attempt",
        "only `gluedsl simulate` takes a list, with a state for each attempt",
    ),
    "run --workflow alpha --outcome load_order=FAILED": (
        "workflow `alpha` has no job or crawler `load_order`",
        "did you mean `load-orders`?",
    ),
    "run --workflow alpha --from nowhere": (
        "workflow `alpha` has no job or crawler `nowhere`",
        "it has `alpha-load-orders`, `alpha-load-orders-again`, `tables`",
    ),
    "run --workflow beta": (
        "job `beta-crunch` is a Spark job, and the local Glue runs Python shell jobs",
        "say how it ends: --outcome beta-crunch=SUCCEEDED",
    ),
    "run --workflow beta --outcome crunch=SUCCEEDED": (
        "job `beta-follow` is a streaming job, and the local Glue runs Python shell jobs",
        "say how it ends: --outcome beta-follow=SUCCEEDED",
    ),
    "run --workflow beta --from score": (
        "job `beta-score` is a Ray job, and the local Glue runs Python shell jobs",
        "say how it ends: --outcome beta-score=SUCCEEDED",
    ),
    "run --workflow gamma": (
        "job `theirs` is defined elsewhere, so there is nothing to run here",
        "say how it ends: --outcome theirs=SUCCEEDED",
    ),
    "run --workflow gamma --outcome theirs=SUCCEEDED": (
        "crawler `crawled` is defined elsewhere, so there is nothing to run here",
        "say how it ends: --outcome crawled=SUCCEEDED",
    ),
    "run --workflow delta --outcome same=FAILED": (
        "`same` is the name of a job and of a crawler",
        "give one of the two another name",
    ),
}


@pytest.mark.parametrize("command", REFUSED)
def test_refusal(cli: Commands, command: str) -> None:
    """A name, an option or a job that cannot be meant is refused with what could be."""
    (cli.folder / "flow.py").write_text(FLOW, encoding="utf-8")
    message, hint = REFUSED[command]

    ended = cli.call(*command.split())

    assert (ended.code, ended.out, ended.err) == (2, "", f"error: {message}\n  hint: {hint}\n")


TYPED = """\
from datetime import date, datetime

from gluedsl import RunProperties, Workflow

class Day(RunProperties):
    day: date = date(2026, 1, 1)
    env: str = "prod"
    sandbox: bool = False
    share: float
    rows: list
    until: datetime

shop = Workflow("shop", properties=Day)

@shop.python_shell_job(reads=[Day.day])
def load(run):
    print(run.properties.day)
"""


@pytest.mark.parametrize("command", ["run", "simulate"])
@pytest.mark.parametrize(
    ("given", "message", "hint"),
    [
        ("dya=x", "workflow `shop` has no run property `dya`: Day does not declare it", "did you mean `day`?"),
        (
            "zzz=x",
            "workflow `shop` has no run property `zzz`: Day does not declare it",
            "it declares `day`, `env`, `sandbox`, `share`, `rows`, `until`",
        ),
        (
            "day=yesterday",
            "run property `day` of workflow `shop` takes date, not 'yesterday'",
            "give a day, such as 2026-01-31",
        ),
        (
            "sandbox=True",
            "run property `sandbox` of workflow `shop` takes bool, not 'True'",
            "give true or false",
        ),
        ("share=half", "run property `share` of workflow `shop` takes float, not 'half'", "give a number, such as 0.5"),
        ("rows={}", "run property `rows` of workflow `shop` takes list, not '{}'", 'give JSON, such as ["a", "b"]'),
        (
            "until=now",
            "run property `until` of workflow `shop` takes datetime, not 'now'",
            "give a moment, such as 2026-01-31T02:00:00+00:00",
        ),
    ],
)
def test_run_properties_with_types(cli: Commands, command: str, given: str, message: str, hint: str) -> None:
    """A class of run properties says which there are, and what they can be; nothing starts before that is so."""
    (cli.folder / "flow.py").write_text(TYPED, encoding="utf-8")

    ended = cli.call(command, "flow.py", "--property", "env=test", "--property", given)

    assert (ended.code, ended.out, ended.err) == (2, "", f"error: {message}\n  hint: {hint}\n")


def test_run_properties_that_fit(cli: Commands) -> None:
    """What the class takes is taken, and so is what Glue itself gives a run; without a class, anything."""
    (cli.folder / "flow.py").write_text(TYPED, encoding="utf-8")
    (cli.folder / "plain.py").write_text(TYPED.replace("properties=Day", "properties={'a': 'b'}"), encoding="utf-8")

    typed = cli.call("simulate", "flow.py", "--property", "day=2026-02-01", "--property", "aws:eventIds=1")
    plain = cli.call("simulate", "plain.py", "--property", "dya=yesterday")

    assert (typed.code, plain.code) == (0, 0), typed.err + plain.err


def test_all_workflows_are_drawn_one_after_the_other(cli: Commands) -> None:
    """Without a name the text shows each workflow, and with one that alone."""
    (cli.folder / "flow.py").write_text(FLOW, encoding="utf-8")

    ended = cli.call("graph", "flow.py")

    one_by_one = [cli.call("graph", "--workflow", name).out for name in ("alpha", "beta", "gamma", "delta")]
    assert (ended.code, ended.out, ended.err) == (0, "\n".join(one_by_one), "")


def test_outcomes_stand_in_for_runs(tmp_path: Path) -> None:
    """What is defined elsewhere, or cannot run here, ends as asked; a function's name, in any case, is name enough."""
    (tmp_path / "flow.py").write_text(FLOW, encoding="utf-8")
    options = ("--outcome", "theirs=succeeded", "--outcome", "crawled=FAILED", "--format", "json")

    ended = start("run", "--workflow", "gamma", *options, folder=tmp_path)

    assert ended.code == 1, ended.err
    run = ended.json()
    assert run["outcome"] == "FAILED"
    assert {node["name"]: [each["state"] for each in node["runs"]] for node in run["nodes"]} == {
        "theirs": ["SUCCEEDED"],
        "crawled": ["FAILED"],
    }


def test_run_from_a_node_on(tmp_path: Path) -> None:
    """What comes before the node is taken to have succeeded and does not run; the node and what follows does."""
    (tmp_path / "flow.py").write_text(
        "from gluedsl import Workflow\n\nchain = Workflow('chain')\n\n"
        "@chain.python_shell_job\ndef first(run):\n    raise RuntimeError('this must not run')\n\n"
        "@chain.python_shell_job(after=first)\ndef second(run):\n    run.properties['second'] = 'ran'\n",
        encoding="utf-8",
    )

    ended = start("run", "--from", "second", "--property", "a=b=c", "--format", "json", folder=tmp_path)

    assert ended.code == 0, ended.err
    run = ended.json()
    assert run["outcome"] == "SUCCEEDED"
    assert run["properties"] == {"a": "b=c", "second": "ran"}
