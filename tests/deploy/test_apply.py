"""Doing the steps: waiting for what passes, restoring what was stopped, and saying what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.deploy import ApplyError, plan, plan_removal, report
from gluedsl.deploy.account import AwsError
from gluedsl.deploy.apply import apply
from gluedsl.deploy.halt import Halt
from gluedsl.errors import UsageError
from gluedsl.model import Action
from tests.support.account import FakeAccount, Killed, refuse
from tests.support.deploy import (
    FILES,
    NAME,
    SALES,
    Watcher,
    after,
    told,
    with_crawler,
    with_job,
    with_trigger,
    with_workflow,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.model import Project

LATER = with_trigger(SALES, "sales-start", schedule="cron(0 3 * * ? *)")
TOGETHER = with_trigger(SALES, "sales-catalog", description="Both are in.")
"""A change of an inner trigger, for which the schedule is paused."""


AGAIN = "repeat the command to go on from there"
STUCK = "trigger `sales-start` was active and is left deactivated"


def deployed(project: Project, account: FakeAccount, watcher: Watcher | None = None) -> list[str]:
    """Plan and apply; return what was done."""
    watcher = watcher or Watcher()
    steps = plan(project, FILES, account, name=NAME)
    # One after the other, so that what was done before a failure is the same each time.
    return told(apply(steps, account, account, halt=Halt(watcher.sleep), observer=watcher, parallel=1))


def failing(what: str, *errors: Exception | type[BaseException]) -> Callable[[int, str, str], None]:
    """Return a fault that refuses a call with these errors, one a try; the last one for ever."""
    left = list(errors)

    def fault(_: int, when: str, call: str) -> None:
        if when == "before" and call == what and left:
            raise left.pop(0) if len(left) > 1 else left[0]

    return fault


def passing(what: str, error: Exception, times: int) -> Callable[[int, str, str], None]:
    """Return a fault that refuses a call so many times."""
    left = [error] * times

    def fault(_: int, when: str, call: str) -> None:
        if when == "before" and call == what and left:
            raise left.pop()

    return fault


def ready() -> FakeAccount:
    """An account with the project deployed, and nothing written down."""
    account = FakeAccount()
    deployed(SALES, account)
    account.calls.clear()
    return account


def test_an_error_that_passes_is_waited_for() -> None:
    """The observer hears why and how long; the pauses grow."""
    account, watcher = FakeAccount(), Watcher()
    text = "Service is unable to assume provided role. Please verify role's TrustPolicy"
    account.fault = passing(
        "create crawler `sales-tables`", AwsError("CreateCrawler", "InvalidInputException", text), 3
    )
    deployed(SALES, account, watcher)
    assert watcher.slept == [1, 2, 4]
    begin = watcher.heard.index("waiting 1 s: a new role is not known everywhere yet")
    assert watcher.heard[begin - 1 : begin + 4] == [
        "started create",
        "waiting 1 s: a new role is not known everywhere yet",
        "waiting 2 s: a new role is not known everywhere yet",
        "waiting 4 s: a new role is not known everywhere yet",
        "finished create",
    ]


def test_a_running_crawler_is_waited_for_up_to_a_bound() -> None:
    """An update waits for the crawl; after a quarter of an hour it says so."""
    account, watcher = ready(), Watcher()
    account.running_crawlers.add("sales-tables")
    with pytest.raises(ApplyError) as error:
        deployed(with_crawler(SALES, "sales-tables", table_prefix="s_"), account, watcher)
    assert sum(watcher.slept) == 900
    assert set(watcher.heard[1:]) == {
        f"waiting {pause} s: the crawler is running" for pause in ("1", "2", "4", "8", "15")
    }
    assert (error.value.message, error.value.hint, error.value.exit_code) == (
        (
            "could not update crawler `sales-tables`: CrawlerRunningException: Cannot update Crawler while running. "
            "Please stop crawl or wait until it completes to update. (waited 900 seconds for it to pass)"
        ),
        AGAIN,
        3,
    )
    assert list(report(error.value)) == [
        "done, 0 of 1 steps",
        "not done:",
        f"  update crawler `sales-tables` (failed: {error.value.message.partition(': ')[2]})",
    ]


def test_an_error_that_does_not_pass_says_what_was_done() -> None:
    """The step, AWS's code and text, its hint, and the steps before it."""
    account = FakeAccount()
    denied = AwsError(
        "CreateJob", "AccessDeniedException", "not yours", hint="allow these credentials `glue:CreateJob`"
    )
    account.fault = failing("create job `customers`", denied)
    with pytest.raises(ApplyError) as error:
        deployed(SALES, account)
    assert (error.value.message, error.value.hint) == (
        "could not create job `customers`: AccessDeniedException: not yours",
        "allow these credentials `glue:CreateJob`; repeat the command to go on from there",
    )
    assert list(report(error.value)) == [
        "done, 6 of 10 steps:",
        "  create bucket `gluedsl-123456789012-eu-west-1`",
        "  create workflow `sales`",
        "  upload file `gluedsl/lakehouse/files/0123456789abcdef/customers.py`",
        "  upload file `gluedsl/lakehouse/files/0123456789abcdef/orders.py`",
        "  create role `sales-role`",
        "  create job `orders`",
        "not done:",
        "  create job `customers` (failed: AccessDeniedException: not yours)",
        "  create crawler `sales-tables`",
        "  create trigger `sales-catalog`",
        "  create trigger `sales-start`",
    ]


def test_an_account_out_of_reach_in_the_middle() -> None:
    """What is no answer of AWS's ends the deployment as well, in the same words."""
    account = FakeAccount()
    gone = UsageError("AWS does not answer at x", hint="check the network")
    account.fault = failing("create workflow `sales`", gone)
    with pytest.raises(ApplyError) as error:
        deployed(SALES, account)
    assert error.value.message == "could not create workflow `sales`: AWS does not answer at x"
    assert error.value.hint == "check the network; repeat the command to go on from there"
    assert next(report(error.value)) == "done, 1 of 10 steps:"


@pytest.mark.parametrize("broken", [AwsError("UpdateTrigger", "InvalidInputException", "bad cron"), KeyboardInterrupt])
def test_activation_is_restored_when_an_update_fails(broken: Any) -> None:
    """An active trigger whose update is refused, or interrupted, is active again, as it was."""
    account = ready()
    account.fault = failing("update trigger `sales-start`", broken)
    with pytest.raises((ApplyError, KeyboardInterrupt)):
        deployed(LATER, account)
    assert account.calls == [
        "stop trigger `sales-start`",
        "update trigger `sales-start`",
        "start trigger `sales-start`",
    ]
    assert account.state("sales-start") == "ACTIVATED"


def test_a_trigger_that_cannot_be_restored_is_named() -> None:
    """The error of the update is the one that is told; that the trigger stays deactivated is added."""
    account = ready()

    def fault(_: int, when: str, call: str) -> None:
        if when == "before" and call in {"update trigger `sales-start`", "start trigger `sales-start`"}:
            refuse("Any", "AccessDeniedException", f"not {call}")

    account.fault = fault
    with pytest.raises(ApplyError) as error:
        deployed(LATER, account)
    assert (error.value.message, error.value.hint) == (
        "could not update trigger `sales-start`: AccessDeniedException: not update trigger `sales-start`",
        AGAIN,
    )
    assert list(report(error.value))[-1] == STUCK
    account.fault = None
    deployed(LATER, account)
    assert account.state("sales-start") == "ACTIVATED"


def test_a_paused_schedule_goes_on_if_nothing_was_changed() -> None:
    """A failure before the first change of the graph leaves the schedule as it was: active."""
    account = ready()
    account.fault = failing("update trigger `sales-catalog`", AwsError("UpdateTrigger", "AccessDeniedException", "no"))
    with pytest.raises(ApplyError) as error:
        deployed(TOGETHER, account)
    assert account.state("sales-start") == account.state("sales-catalog") == "ACTIVATED"
    assert list(report(error.value)) == [
        "done, 1 of 3 steps:",
        "  deactivate trigger `sales-start`",
        "not done:",
        "  update trigger `sales-catalog` (failed: AccessDeniedException: no)",
        "  activate trigger `sales-start`",
    ]


def test_a_paused_schedule_stays_paused_if_the_graph_is_half_changed() -> None:
    """A failure between two changes of the graph leaves the schedule deactivated, and says so."""
    account = ready()
    changed = with_workflow(
        SALES,
        triggers=(
            *with_trigger(SALES, "sales-catalog", description="Both are in.").workflows[0].triggers,
            after("sales-more", ("orders",), Action(job_name="customers")),
        ),
    )
    account.fault = failing("create trigger `sales-more`", AwsError("CreateTrigger", "InvalidInputException", "no"))
    with pytest.raises(ApplyError) as error:
        deployed(changed, account)
    assert account.state("sales-start") == "DEACTIVATED"
    assert list(report(error.value)) == [
        "done, 2 of 4 steps:",
        "  deactivate trigger `sales-start`",
        "  update trigger `sales-catalog`",
        "not done:",
        "  create trigger `sales-more` (failed: InvalidInputException: no)",
        "  activate trigger `sales-start`",
        STUCK,
    ]
    account.fault = None
    deployed(changed, account)
    assert account.state("sales-start") == "ACTIVATED"


def test_a_trigger_that_was_changed_and_cannot_be_started() -> None:
    """It is named, and so is the schedule: the graph is not what it was."""
    account = ready()
    account.fault = failing("start trigger `sales-catalog`", AwsError("StartTrigger", "AccessDeniedException", "no"))
    with pytest.raises(ApplyError) as error:
        deployed(TOGETHER, account)
    assert account.state("sales-start") == account.state("sales-catalog") == "DEACTIVATED"
    assert list(report(error.value)) == [
        "done, 1 of 3 steps:",
        "  deactivate trigger `sales-start`",
        "not done:",
        "  update trigger `sales-catalog` (failed: AccessDeniedException: no)",
        "  activate trigger `sales-start`",
        "trigger `sales-catalog` was active and is left deactivated",
        STUCK,
    ]
    account.fault = None
    deployed(TOGETHER, account)
    assert account.state("sales-start") == account.state("sales-catalog") == "ACTIVATED"


def test_an_update_whose_answer_was_lost() -> None:
    """Whether it was done is not known, so the schedule of its workflow stays paused."""
    account = ready()
    lost = AwsError("UpdateTrigger", "InternalServiceException", "no", retried=True)
    account.fault = failing("update trigger `sales-catalog`", lost)
    with pytest.raises(ApplyError):
        deployed(TOGETHER, account)
    assert account.state("sales-start") == "DEACTIVATED"


def test_states_are_waited_for() -> None:
    """Stopping takes effect later: the update waits for it, and says what for."""
    account, watcher = FakeAccount(lag=3), Watcher()
    deployed(SALES, account)
    deployed(LATER, account, watcher)
    assert watcher.heard == [
        "started update",
        "waiting 1 s: trigger `sales-start` is DEACTIVATING",
        "waiting 2 s: trigger `sales-start` is DEACTIVATING",
        "finished update",
    ]


def test_a_trigger_that_never_rests() -> None:
    """A change of state that does not end is given up after five minutes."""
    account, watcher = ready(), Watcher()
    account.lag = 10**9
    with pytest.raises(ApplyError) as error:
        deployed(LATER, account, watcher)
    assert error.value.message == (
        "could not update trigger `sales-start`: trigger `sales-start` has not come to rest in 300 seconds"
    )
    assert list(report(error.value))[-1] == STUCK


def test_a_trigger_that_is_never_gone() -> None:
    """A workflow is not deleted while Glue still deletes its triggers; that too has a bound."""
    account, watcher = ready(), Watcher()
    with_lag = with_trigger(SALES, "sales-start", type="ON_DEMAND", schedule=None)
    deployed(with_lag, account)
    account.definitions["AWS::Glue::Trigger"]["sales-catalog"]["State"] = "DEACTIVATED"
    account.lag = 10**9
    steps = plan_removal(SALES, account, name=NAME)
    with pytest.raises(ApplyError) as error:
        apply(steps, account, account, halt=Halt(watcher.sleep), observer=watcher)
    assert error.value.message == (
        "could not delete workflow `sales`: trigger `sales-catalog` is still there 600 seconds after it was deleted"
    )
    assert "waiting 15 s: Glue is deleting triggers" in watcher.heard


def test_an_answer_that_was_lost() -> None:
    """A create that did its work before it was refused is known by our tags when it is tried again."""
    account = FakeAccount()
    lost = [AwsError("CreateJob", "OperationTimeoutException", "late")]

    def fault(_: int, when: str, call: str) -> None:
        if when == "after" and call == "create job `orders`" and lost:
            raise lost.pop()

    account.fault = fault
    deployed(SALES, account)
    assert account.calls.count("create job `orders`") == 2
    assert plan(SALES, FILES, account, name=NAME).is_empty


def test_somebody_was_faster() -> None:
    """What appeared since the plan was made is not taken for ours."""
    account = FakeAccount()
    steps = plan(SALES, FILES, account, name=NAME)
    account.create(SALES.jobs[0])
    with pytest.raises(ApplyError) as error:
        apply(steps, account, account, halt=Halt(lambda _: None), observer=Watcher())
    assert error.value.message == (
        "could not create job `orders`: AlreadyExistsException: Job with name orders already exists"
    )


def test_an_interrupt_is_not_swallowed() -> None:
    """Whatever is no error of ours goes through, and the next deployment finishes the work."""
    account = FakeAccount()
    account.fault = failing("create workflow `sales`", Killed)
    with pytest.raises(Killed):
        deployed(SALES, account)
    account.fault = None
    assert deployed(with_job(SALES, "orders", max_retries=1), account) == [
        "create workflow `sales`",
        "upload file `gluedsl/lakehouse/files/0123456789abcdef/customers.py`",
        "upload file `gluedsl/lakehouse/files/0123456789abcdef/orders.py`",
        "create role `sales-role`",
        "create job `orders`",
        "create job `customers`",
        "create crawler `sales-tables`",
        "create trigger `sales-catalog`",
        "create trigger `sales-start`",
    ]
