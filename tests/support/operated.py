"""The command line in front of a local Glue with workflows on it: what operating deployed workflows starts from."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gluedsl.local import LocalGlue
from tests.support.cli import steady
from tests.support.local import Account, predicate, shell_job

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.engine import EndState
    from tests.support.cli import Commands, Ended

NAME = "nightly-sales"
"""Of a workflow whose jobs succeed."""
FAILING = "weekly-report"
"""Of one whose first job fails."""
ENDLESS = "endless"
"""Of one whose job goes on until it is stopped."""
STUBBORN = "stubborn"
"""Of one whose job does not listen to what asks it to stop, and is killed in the end."""
FLOW = f"""\
from gluedsl import Workflow

sales = Workflow("{NAME}")

@sales.python_shell_job
def load_orders(run): ...

@sales.python_shell_job(after=load_orders)
def publish(run): ...

@sales.python_shell_job(after=load_orders.failed)
def page(run): ...
"""
"""The first of them, as it is written."""
_JOBS = ("load-orders", "publish", "page")
_ID = re.compile(r"wr_[0-9a-f]{12}\b")


@contextmanager
def operated() -> Iterator[Account]:
    """Yield an account with two workflows of two steps and a failure branch, and an endless one."""
    ends: dict[str, EndState] = {f"{NAME}-{job}": "SUCCEEDED" for job in _JOBS}
    ends |= {f"{FAILING}-load-orders": "FAILED", f"{FAILING}-publish": "SUCCEEDED", f"{FAILING}-page": "SUCCEEDED"}
    with LocalGlue(outcomes=ends) as glue:
        account = Account(glue)
        for name in (NAME, FAILING):
            _deploy(account, name)
        deaf = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('deaf')\ntime.sleep(600)\n"
        for name, job, source in ((ENDLESS, "sleep", "import time\ntime.sleep(600)\n"), (STUBBORN, "deaf", deaf)):
            uri = account.script(f"{job}.py", source)
            account.glue.create_job(**shell_job(job, uri), ExecutionProperty={"MaxConcurrentRuns": 9})
            account.glue.create_workflow(Name=name)
            account.start(f"{name}-start", job, workflow=name)
        yield account


def _deploy(account: Account, name: str) -> None:
    load, publish, page = (f"{name}-{job}" for job in _JOBS)
    account.glue.create_workflow(Name=name)
    for job in (load, publish, page):
        account.glue.create_job(**shell_job(job))
    account.start(f"{name}-start", load, workflow=name)
    for job, state in ((publish, "SUCCEEDED"), (page, "FAILED")):
        account.glue.create_trigger(
            Name=f"{job}-trigger",
            Type="CONDITIONAL",
            WorkflowName=name,
            StartOnCreation=True,
            Predicate=predicate({load: state}),
            Actions=[{"JobName": job}],
        )


class Operated:
    """Deployed workflows, and the commands."""

    def __init__(self, account: Account, cli: Commands) -> None:
        self.account = account
        self.cli = cli

    def call(self, *arguments: str) -> Ended:
        """Run a command."""
        return self.cli.call(*arguments)

    def begin(self, name: str = ENDLESS) -> str:
        """Start a run that goes on until it is stopped; return its id."""
        run_id: str = self.account.glue.start_workflow_run(Name=name)["RunId"]
        return run_id

    def end_all(self) -> None:
        """Stop the runs that go on."""
        for name in (ENDLESS, STUBBORN):
            for run in self.account.glue.get_workflow_runs(Name=name)["Runs"]:
                if run["Status"] == "RUNNING":
                    self.account.glue.stop_workflow_run(Name=name, RunId=run["WorkflowRunId"])
                self.account.ended(run["WorkflowRunId"], name)

    def run(self, name: str = NAME) -> dict[str, Any]:
        """Run a workflow to its end."""
        return self.account.run(name)


def told(text: str) -> str:
    """Return what a command wrote, without what differs from run to run; ids may be short."""
    return _ID.sub("<short>", steady(text))
