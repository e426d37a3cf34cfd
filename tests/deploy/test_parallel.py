"""Steps that are done at the same time: what may, what may not, and how all of them come to an end."""

from __future__ import annotations

import signal
import threading
import time
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gluedsl.deploy import ApplyError, InterruptError, plan, report
from gluedsl.deploy.apply import apply
from gluedsl.deploy.halt import Halt
from gluedsl.model import Action, Project, Trigger, Workflow
from tests.support.account import FakeAccount, refuse
from tests.support.deploy import FILES, NAME, SALES, Watcher, after, job, start, told, with_crawler, with_trigger
from tests.support.local import until

if TYPE_CHECKING:
    from gluedsl.deploy.steps import Step

WIDE = Project(
    workflows=tuple(
        Workflow(
            name=name,
            triggers=(
                start(f"{name}-start", "a"),
                *(after(f"{name}-{n}", ("a",), Action(job_name="b")) for n in range(4)),
            ),
        )
        for name in ("one", "two", "three")
    ),
    jobs=tuple(job(name) for name in "abcdefghijkl"),
)


class Beside(Watcher):
    """An observer that knows what is under way, and that lets steps take their time."""

    def __init__(self, seconds: float = 0.002) -> None:
        super().__init__()
        self._seconds = seconds
        self._lock = threading.Lock()
        self.under_way: list[Step] = []
        self.most: dict[str, int] = defaultdict(int)
        """By kind of step: how many were under way at once."""
        self.together: set[tuple[str, str]] = set()
        """Triggers of one workflow that were under way at once; there must be none."""

    def started(self, step: Step) -> None:
        """Note what it is beside."""
        with self._lock:
            its = workflow_of(step)
            self.together |= {(told([step])[0], told([o])[0]) for o in self.under_way if its and workflow_of(o) == its}
            self.under_way.append(step)
            kind = told([step])[0].partition(" `")[0]
            self.most[kind] = max(self.most[kind], sum(told([o])[0].startswith(kind) for o in self.under_way))
        time.sleep(self._seconds)

    def finished(self, step: Step) -> None:
        """Note that it is over."""
        with self._lock:
            self.under_way.remove(step)


def workflow_of(step: Step) -> str | None:
    """Return the workflow of a step for a trigger."""
    definition = getattr(step, "definition", None)
    return getattr(definition, "workflow", None) or getattr(step, "workflow", None)


def test_independent_steps_are_done_at_once() -> None:
    """Jobs, and triggers of different workflows; never two triggers of one, and never more than is allowed."""
    account, watcher = FakeAccount(), Beside()
    apply(
        plan(WIDE, FILES, account, name=NAME), account, account, halt=Halt(watcher.sleep), observer=watcher, parallel=5
    )
    assert watcher.most["create job"] == 5
    assert watcher.most["create trigger"] == 3
    assert watcher.together == set()
    assert plan(WIDE, FILES, account, name=NAME).is_empty


def test_after_a_failure_nothing_begins_and_what_runs_is_finished() -> None:
    """Steps that were under way are done; all that failed, and all that was not done, is told."""
    account, watcher = FakeAccount(), Beside(0.05)

    def fault(_: int, when: str, what: str) -> None:
        if when == "before" and what in {"create job `a`", "create job `c`"}:
            refuse("CreateJob", "AccessDeniedException", f"not {what}")

    account.fault = fault
    planned = plan(WIDE, FILES, account, name=NAME)
    with pytest.raises(ApplyError) as error:
        apply(planned, account, account, halt=Halt(watcher.sleep), observer=watcher, parallel=4)
    lines = list(report(error.value))
    first = lines.index("not done:")
    assert lines[0] == f"done, {first - 1} of 33 steps:"
    assert {"  create job `b`", "  create job `d`"} <= set(lines[1:first])
    assert lines[first + 1 : first + 3] == [
        "  create job `a` (failed: AccessDeniedException: not create job `a`)",
        "  create job `c` (failed: AccessDeniedException: not create job `c`)",
    ]
    assert len(lines) == 1 + 33 + 1
    assert not [call for call in account.calls if "trigger" in call]


def test_a_step_that_waits_goes_on_waiting_when_another_fails() -> None:
    """A trigger that was stopped to be updated is updated and started, whatever became of another workflow."""
    account, watcher = FakeAccount(), Watcher()
    two = replace(SALES, workflows=(*SALES.workflows, Workflow(name="bad", triggers=(start("bad-start", "orders"),))))
    apply(plan(two, FILES, account, name=NAME), account, account, halt=Halt(watcher.sleep), observer=watcher)
    changed = replace(
        two, workflows=tuple(replace(w, triggers=tuple(_later(t) for t in w.triggers)) for w in two.workflows)
    )
    account.lag = 3
    failed = threading.Event()

    def fault(_: int, when: str, what: str) -> None:
        if when == "before" and what == "update trigger `bad-start`":
            failed.set()
            refuse("UpdateTrigger", "AccessDeniedException", "no")

    account.fault = fault

    def sleep(_: float) -> None:
        failed.wait(0.2)

    with pytest.raises(ApplyError):
        apply(plan(changed, FILES, account, name=NAME), account, account, halt=Halt(sleep), observer=watcher)
    account.lag = 0
    account.triggers(["sales-start", "bad-start"])
    assert account.state("sales-start") == account.state("bad-start") == "ACTIVATED"


def _later(trigger: Trigger) -> Trigger:
    return replace(trigger, schedule="cron(0 5 * * ? *)") if trigger.type == "SCHEDULED" else trigger


class PressesCtrlC(Watcher):
    """An observer that interrupts the main thread, as the terminal does, when some step begins to wait or begins."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self._at = at
        self._pressed = False

    def _press(self) -> None:
        if not self._pressed:
            self._pressed = True
            # To the main thread: which one a signal to the process is given to is the system's choice.
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    def started(self, step: Step) -> None:
        """Interrupt before the step does anything."""
        if told([step])[0] == self._at:
            self._press()
            until(lambda: "stopping" in self.heard)
        super().started(step)

    def waiting(self, step: Step | None, reason: str, seconds: float) -> None:
        """Interrupt while a step waits."""
        if reason == self._at:
            self._press()
        super().waiting(step, reason, seconds)


def test_ctrl_c_finishes_what_is_under_way() -> None:
    """The step that had begun is done, no other begins, and both are told; the next deployment does the rest."""
    account, watcher = FakeAccount(), PressesCtrlC("create job `orders`")
    planned = plan(SALES, FILES, account, name=NAME)
    with pytest.raises(InterruptError) as error:
        apply(planned, account, account, observer=watcher, parallel=1)
    assert (error.value.message, error.value.hint, error.value.exit_code) == (
        "interrupted",
        "repeat the command to go on from there",
        130,
    )
    lines = list(report(error.value))
    assert lines[0] == "done, 6 of 10 steps:"
    assert lines[6:9] == ["  create job `orders`", "not done:", "  create job `customers`"]
    assert "stopping" in watcher.heard
    apply(plan(SALES, FILES, account, name=NAME), account, account, observer=Watcher())
    assert plan(SALES, FILES, account, name=NAME).is_empty


def test_ctrl_c_ends_a_wait() -> None:
    """Nobody waits for a crawl to end any longer, though it may take a quarter of an hour."""
    account = FakeAccount()
    apply(plan(SALES, FILES, account, name=NAME), account, account, observer=Watcher())
    account.running_crawlers.add("sales-tables")
    changed = with_crawler(SALES, "sales-tables", table_prefix="s_")
    began = time.monotonic()
    with pytest.raises(InterruptError) as error:
        apply(
            plan(changed, FILES, account, name=NAME), account, account, observer=PressesCtrlC("the crawler is running")
        )
    assert time.monotonic() - began < 5
    assert list(report(error.value)) == ["done, 0 of 1 steps", "not done:", "  update crawler `sales-tables`"]


def test_ctrl_c_with_a_trigger_in_hand() -> None:
    """A trigger that is stopped to be updated is started again, which is waited for; the step is told as not done."""
    account, watcher = FakeAccount(), PressesCtrlC("trigger `sales-start` is DEACTIVATING")
    apply(plan(SALES, FILES, account, name=NAME), account, account, observer=Watcher())
    account.lag = 2
    later = with_trigger(SALES, "sales-start", schedule="cron(0 3 * * ? *)")
    with pytest.raises(InterruptError) as error:
        apply(plan(later, FILES, account, name=NAME), account, account, observer=watcher)
    assert list(report(error.value)) == ["done, 0 of 1 steps", "not done:", "  update trigger `sales-start`"]
    for _ in range(2):
        account.triggers(["sales-start"])
    assert account.state("sales-start") == "ACTIVATED"


def test_a_second_ctrl_c_waits_for_nothing() -> None:
    """Who presses it again has had enough: what would have been restored stays as it is."""
    account = FakeAccount()
    apply(plan(SALES, FILES, account, name=NAME), account, account, observer=Watcher())
    account.lag = 10**9
    later = with_trigger(SALES, "sales-start", schedule="cron(0 3 * * ? *)")

    class Impatient(PressesCtrlC):
        def stopping(self) -> None:
            self._pressed = False
            super().stopping()

        def waiting(self, step: Step | None, reason: str, seconds: float) -> None:
            if "stopping" in self.heard:
                threading.Timer(0.1, self._press).start()
            super().waiting(step, reason, seconds)

    began = time.monotonic()
    watcher = Impatient("trigger `sales-start` is DEACTIVATING")
    with pytest.raises(KeyboardInterrupt):
        apply(plan(later, FILES, account, name=NAME), account, account, observer=watcher)
    assert time.monotonic() - began < 5
