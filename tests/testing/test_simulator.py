"""Runs in virtual time, as authors of tests ask for them and what they can be asked."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl import ExistingJob, Workflow, daily
from gluedsl.compiler import compile_workflows
from gluedsl.engine import Policies
from gluedsl.errors import UsageError
from gluedsl.testing import simulate
from tests.support.cli import EXAMPLES
from tests.support.engine import ends, start_trigger, when_all, workflow
from tests.support.nightly_flow import load_orders, load_stock, nightly, page, publish, quality

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gluedsl.testing import Sim


def test_all_goes_well() -> None:
    """Without a word of what happens, everything succeeds; a run tells what it came to."""
    run = simulate(nightly)

    assert (run.status, run.outcome) == ("COMPLETED", "SUCCEEDED")
    assert run.order == ["load-orders", "load-stock", "catalog", "publish"]
    assert run.states == {
        "load-orders": "SUCCEEDED",
        "load-stock": "SUCCEEDED",
        "catalog": "SUCCEEDED",
        "publish": "SUCCEEDED",
        "page": None,
    }
    assert run.properties == {"env": "prod", "rows": "0"}
    assert (run.statistics.total_actions, run.statistics.succeeded_actions) == (5, 4)
    assert run.took == timedelta(minutes=3)
    assert run.id.startswith("wr_")


def test_something_fails() -> None:
    """A job is named by itself, by its function, or by its name in Glue; a retry fails like its first attempt."""
    for name in (load_orders, "load_orders", "nightly-load-orders"):
        run = simulate(nightly, {name: "FAILED"})

        assert run.outcome == "FAILED"
        assert run.state(load_orders) == "FAILED"
        assert run.attempts("load_orders") == 2
        assert run.error("load_orders") == "given outcome: FAILED"
        assert run.started("page")
        assert run.succeeded(page)
        assert run.never_started(publish)
        assert not run.started("publish")
        assert not run.succeeded("publish")
        assert run.error("publish") is None


def test_attempts() -> None:
    """A list of states is one for each attempt."""
    run = simulate(nightly, {"load_orders": ["failed", "succeeded"]})

    assert (run.state("load_orders"), run.attempts("load_orders"), run.outcome) == ("SUCCEEDED", 2, "SUCCEEDED")


def test_triggers() -> None:
    """Triggers have their names in Glue, and those without the workflow's in front."""
    run = simulate(nightly, {quality: "FAILED"})

    assert run.fired("start")
    assert run.fired("nightly-after-load-orders-and-load-stock")
    assert not run.fired("after-catalog")
    assert run.fired_at("after-catalog") is None
    assert run.fired_at("start") == datetime(2000, 1, 1, tzinfo=UTC)
    assert run.firings == ["nightly-start", "nightly-after-load-orders-and-load-stock"]


def test_time() -> None:
    """How long things take is said as text or as a length; a job over its timeout ends in TIMEOUT."""
    run = simulate(nightly, durations={"load_orders": "1h", load_stock: timedelta(seconds=5)}, default_duration="10s")

    assert run.state("load_orders") == "TIMEOUT"
    assert run.took == timedelta(minutes=30)


def test_run_properties() -> None:
    """The start brings some, jobs put others before they end."""
    run = simulate(nightly, properties={"env": "test"}, puts={"load_orders": {"rows": "7"}})

    assert run.properties == {"env": "test", "rows": "7"}


def test_a_stop() -> None:
    """Somebody stops the run: it is STOPPED, and PARTIAL or FAILED by what had been started."""
    run = simulate(nightly, stop_after="30s")

    assert (run.status, run.state(load_orders)) == ("STOPPED", "STOPPED")
    assert run.never_started(publish)


def test_a_resumption() -> None:
    """A run is taken up from where it failed; what went well is not done again."""
    failed = simulate(nightly, {"catalog": "FAILED"}, puts={"load_orders": {"rows": "3"}})
    resumed = failed.resume("catalog")

    assert resumed.outcome == "SUCCEEDED"
    assert resumed.snapshot.previous_run_id == failed.id
    assert resumed.snapshot.started_on == failed.snapshot.completed_on
    assert resumed.properties["rows"] == "3"
    assert resumed.started(publish)
    assert resumed.order == ["load-orders", "load-stock", "catalog", "publish"]
    again = failed.resume("load_stock", outcomes={"publish": "FAILED"}, durations={"publish": "2m"}, stop_after="1h")
    assert (again.outcome, again.took) == ("FAILED", timedelta(minutes=4))


def test_what_glue_would_not_resume() -> None:
    """The reason is Glue's."""
    failed = simulate(nightly, {"catalog": "FAILED"})

    with pytest.raises(UsageError) as error:
        failed.resume("publish")
    assert error.value.message == (
        f"Run {failed.id} of workflow nightly cannot be resumed from job nightly-publish: it has no run attempt in it."
    )


def test_ways_to_name_a_flow(tmp_path: Path, sim: Sim) -> None:
    """A workflow, a path, a compilation, and a model are all the same run; relative paths begin at pytest's root."""
    (tmp_path / "flow.py").write_text(
        "from gluedsl import *\nfirst = Workflow('first')\nfirst.add(ExistingJob('a'))\nother = Workflow('other')\n"
        "other.add(ExistingJob('b'))\n"
    )
    compiled = compile_workflows(nightly)

    assert simulate(str(tmp_path), workflow="first").order == ["a"]
    assert simulate("flow.py", workflow="other", root=tmp_path).order == ["b"]
    assert sim.run(tmp_path / "flow.py", workflow="first").order == ["a"]
    assert simulate(compiled).order == simulate(nightly).order
    assert simulate(compiled.project).order == simulate(compiled.project.workflows[0]).order
    assert sim.run(str(EXAMPLES / "02_three_steps")).order == ["extract", "transform", "load"]


def test_a_flow_that_changes() -> None:
    """What was added since the last run is there in the next, and so are other settings."""
    flow = Workflow("growing")
    first = flow.add(ExistingJob("a"))
    assert simulate(flow).order == ["a"]

    flow.add(ExistingJob("b"), after=first)
    assert simulate(flow).order == ["a", "b"]
    flow.start = daily("03:00")
    assert simulate(flow).snapshot.triggers[0].type == "SCHEDULED"


def test_policies() -> None:
    """Where AWS is silent, a policy is chosen by its name."""
    twice = workflow(
        start_trigger("a", "b"), when_all("x", ends("a"), then=("c",)), when_all("y", ends("b"), then=("c",))
    )

    assert simulate(twice, policies={"multi_start": "skip"}).attempts("c") == 1
    assert simulate(twice, policies=Policies(), durations={"b": "5m"}).attempts("c") == 2
    assert simulate(twice, durations={"b": "5m"}).state("c") == "SUCCEEDED"


def test_determinism() -> None:
    """The same question has the same answer, to the id and the millisecond."""
    assert simulate(nightly).snapshot == simulate(nightly).snapshot


def test_how_a_run_is_shown() -> None:
    """In a line where there is one, as a tree where it is printed."""
    run = simulate(nightly, {"load_orders": ["FAILED", "SUCCEEDED"]})

    assert repr(run) == "<run of nightly: COMPLETED, outcome SUCCEEDED: 4 actions succeeded, 1 had no reason to start>"
    assert str(run) == textwrap.dedent("""\
        nightly  run wr_0000000000000000000000000000000000000000000000000000000000000000
        COMPLETED, outcome SUCCEEDED: 4 actions succeeded, 1 had no reason to start
        started 2000-01-01 00:00:00 UTC, took 4 m 00 s

        ▶ every day at 02:00 UTC  fired 00:00:00  cron(0 2 * * ? *)
        │ ✓ job load-orders  SUCCEEDED  2 m 00 s  after 2 attempts
        │ ✓ job load-stock   SUCCEEDED  1 m 00 s
        ├─◇ when load-orders or load-stock FAILED  did not fire
        │   · job page       not started
        ◆ when load-orders and load-stock both SUCCEEDED  fired 00:02:00
        │ ✓ crawler catalog  SUCCEEDED  1 m 00 s
        ◆ when catalog SUCCEEDED  fired 00:03:00
          ✓ job publish      SUCCEEDED  1 m 00 s

        Actions  5 total, 4 succeeded, 0 failed, 0 timed out,
                 0 stopped, 0 errored, 0 running, 0 waiting

        Run properties
          env   prod
          rows  0
        """)
    assert run.picture(ascii_only=True).isascii()


def test_claims_say_what_is_the_case() -> None:
    """What pytest shows of a claim that does not hold is what happened instead."""
    run = simulate(nightly, {"load_orders": "FAILED"})

    assert repr(run.started("publish")) == "<job `publish` never started>"
    assert repr(run.never_started("load_orders")) == "<job `load-orders` started, and is FAILED after 2 attempts>"
    assert repr(run.succeeded("catalog")) == "<crawler `catalog` never started>"
    assert repr(run.fired("start")) == "<trigger `start` fired at 00:00:00>"
    assert repr(run.fired("after-catalog")) == "<trigger `after-catalog` did not fire>"
    assert run.started("page") == True  # noqa: E712 -- claims compare like truth values
    assert run.started("page") == run.never_started("publish")
    assert run.started("page") != "yes"
    assert {run.started("page"), True} == {True}


NOT_IN_IT = "workflow `nightly` has no job or crawler `laod_orders`"
REFUSED: list[tuple[Callable[[], Any], str, str]] = [
    (lambda: simulate(nightly, {"laod_orders": "FAILED"}), NOT_IN_IT, "did you mean `load-orders`?"),
    (lambda: simulate(nightly).started("laod_orders"), NOT_IN_IT, "did you mean `load-orders`?"),
    (
        lambda: simulate(nightly, properties={"evn": "test"}),
        "workflow `nightly` has no run property `evn`: Sales does not declare it",
        "did you mean `env`?",
    ),
    (
        lambda: simulate(nightly, properties={"rows": 3}),  # type: ignore[dict-item]  # as authors may
        "run property `rows` of workflow `nightly` is given 3, and Glue stores strings",
        "give a text: a whole number, such as 42",
    ),
    (
        lambda: simulate(nightly).fired("after-catalogue"),
        "workflow `nightly` has no trigger `after-catalogue`",
        "did you mean `after-catalog`?",
    ),
    (
        lambda: simulate(nightly, {ExistingJob("other"): "FAILED"}),
        "workflow `nightly` has no job or crawler `other`",
        "it has `nightly-load-orders`, `nightly-load-stock`, `nightly-catalog`, `nightly-publish`, `nightly-page`",
    ),
    (
        lambda: simulate(nightly, {"load_orders": "CANCELLED"}),
        "job `nightly-load-orders` cannot end in CANCELLED",
        "it ends in SUCCEEDED, FAILED, TIMEOUT, STOPPED, ERROR, EXPIRED",
    ),
    (
        lambda: simulate(nightly, {"load_orders": []}),
        "job `nightly-load-orders` is to end in no state at all",
        "it ends in SUCCEEDED, FAILED, TIMEOUT, STOPPED, ERROR, EXPIRED",
    ),
    (
        lambda: simulate(nightly, durations={"load_orders": "soon"}),
        "`soon` is no length of time",
        "a number with ms, s, m, h or d: 90s, 1h30m; or a timedelta",
    ),
    (
        lambda: simulate(nightly, policies={"multi_strat": "skip"}),
        "there is no policy `multi_strat`",
        "did you mean `multi_start`?",
    ),
    (
        lambda: simulate(nightly, workflow="nihgtly"),
        "there is no workflow `nihgtly`",
        "there is `nightly`",
    ),
    (
        lambda: simulate(str(EXAMPLES)),
        "there are 3 workflows: `nightly-sales`, `three-steps`, `prices`",
        "name one with workflow=",
    ),
    (
        lambda: simulate(42),  # type: ignore[arg-type]  # as authors may
        "42 is no workflow",
        "give a Workflow, the path of a flow file, or the name of a module",
    ),
    (
        lambda: simulate(nightly, {42: "FAILED"}),
        "42 is no job or crawler",
        "give a job, a crawler, or the name of one",
    ),
]


@pytest.mark.parametrize(("ask", "message", "hint"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_refused(ask: Callable[[], object], message: str, hint: str) -> None:
    """A mistake of the test's is told in a line, with what to do beside it, and no frames of gluedsl."""
    with pytest.raises(UsageError) as caught:
        ask()

    assert (caught.value.message, caught.value.hint) == (message, hint)
    assert caught.value.__notes__ == [f"hint: {hint}"]
    assert len(caught.traceback) <= 3


def test_a_flow_with_errors() -> None:
    """The diagnostics of a flow that is wrong are told with the refusal."""
    wrong = Workflow("wrong")
    wrong.add(ExistingJob("a" * 300))

    with pytest.raises(UsageError) as caught:
        simulate(wrong)

    assert caught.value.message == "workflow `wrong`: 1 error"
    assert caught.value.__notes__[0].startswith("error[")
    assert "test_simulator.py" in caught.value.__notes__[0]
