"""A Glue in the test's own process: what is deployed to it, started, told to happen, and asked."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError

from gluedsl import ExistingJob, JobRun, PythonShellJob, Workflow
from gluedsl.errors import UsageError
from gluedsl.testing import FakeGlue
from tests.support.local import shell_job
from tests.support.nightly_flow import (
    LAKE,
    Sales,
    arrivals,
    load_orders,
    load_stock,
    nightly,
    page,
    publish,
    quality,
    unpack,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gluedsl import PlainProperties


def test_all_goes_well(glue: FakeGlue) -> None:
    """A flow is deployed and run; unless the test says otherwise, jobs and crawlers succeed without running."""
    glue.deploy(nightly)
    run = glue.run("nightly", {"env": "test"})

    assert (run.status, run.outcome) == ("COMPLETED", "SUCCEEDED")
    assert run.order == ["load-orders", "load-stock", "catalog", "publish"]
    assert run.never_started(page)
    assert run.properties == {"env": "test", "rows": "0"}
    assert run.took == timedelta()


def test_any_client_reaches_it(glue: FakeGlue) -> None:
    """What code under test does with clients of its own, happens here; what is not Glue is moto's."""
    glue.deploy(nightly)
    client = boto3.client("glue", region_name="us-east-1")
    run_id = client.start_workflow_run(Name="nightly")["RunId"]

    assert client.get_workflow_run(Name="nightly", RunId=run_id)["Run"]["Status"] == "COMPLETED"
    assert glue.wait(run_id).outcome == "SUCCEEDED"
    assert [run.id for run in glue.runs(nightly)] == [run_id]
    assert client.get_job(JobName="nightly-publish")["Job"]["Role"] == "gluedsl-nightly"
    assert boto3.client("sts").get_caller_identity()["Account"] == "123456789012"


def test_nothing_happens_before_somebody_looks(glue: FakeGlue) -> None:
    """Between a start and the next look, a run can be changed or stopped: it has only begun."""
    glue.deploy(nightly)
    client = glue.client("glue")
    run_id = glue.start()
    client.put_workflow_run_properties(Name="nightly", RunId=run_id, RunProperties={"rows": "9"})
    client.stop_workflow_run(Name="nightly", RunId=run_id)

    run = glue.wait(run_id)

    assert (run.status, run.outcome, run.properties["rows"]) == ("STOPPED", "FAILED", "9")
    assert run.states["load-orders"] == "STOPPED"


def test_outcomes(glue: FakeGlue) -> None:
    """How jobs and crawlers end is said by any of their names, before or after the deployment."""
    glue.outcomes["load_orders"] = ["FAILED", "SUCCEEDED"]
    glue.deploy(nightly)
    glue.outcomes[quality] = "cancelled"
    run = glue.run()

    assert (run.state(load_orders), run.attempts(load_orders)) == ("SUCCEEDED", 2)
    assert run.state("nightly-catalog") == "CANCELLED"
    assert run.error(quality) == "given outcome: CANCELLED"
    glue.outcomes["load_orders"] = "FAILED"
    assert glue.run().started("page")
    assert dict(glue.outcomes) == {"load_orders": ("FAILED",), quality: ("CANCELLED",)}
    del glue.outcomes["load_orders"]
    assert len(glue.outcomes) == 1
    assert glue.run().state("load_orders") == "SUCCEEDED"


def test_durations(glue: FakeGlue) -> None:
    """What takes its time ends when the clock has come so far, and not before; nothing really waits."""
    glue.deploy(nightly)
    glue.durations["load_orders"] = "15m"
    glue.durations[publish] = timedelta(hours=2)
    run_id = glue.start()

    glue.clock.advance(minutes=14, seconds=59)
    assert glue.runs()[0].states["load-orders"] == "RUNNING"
    glue.clock.advance(seconds=1)
    assert glue.runs()[0].states == {
        "load-orders": "SUCCEEDED",
        "load-stock": "SUCCEEDED",
        "catalog": "SUCCEEDED",
        "publish": "RUNNING",
        "page": None,
    }
    run = glue.wait(run_id)
    assert run.took == timedelta(hours=2, minutes=15)
    assert glue.clock.now == datetime(2026, 1, 1, 2, 15, tzinfo=UTC)


def test_timeouts(glue: FakeGlue) -> None:
    """A job that takes longer than its timeout ends in TIMEOUT, when its time is over."""
    glue.deploy(nightly)
    glue.durations["load_orders"] = "1h"
    run = glue.run()

    assert (run.state("load_orders"), run.error("load_orders")) == ("TIMEOUT", "Job has timed out")
    assert run.took == timedelta(minutes=30)
    assert run.never_started("page")


def test_schedules(glue: FakeGlue) -> None:
    """Schedules fire as the clock is moved, each at its own time; a run over the limit is in ERROR, as in Glue."""
    glue.deploy(nightly)
    glue.durations["load_stock"] = "30h"
    glue.clock.advance(days=2)
    runs = glue.runs()

    assert [run.snapshot.started_on for run in runs] == [
        datetime(2026, 1, 1, 2, tzinfo=UTC),
        datetime(2026, 1, 2, 2, tzinfo=UTC),
    ]
    assert [run.status for run in runs] == ["COMPLETED", "ERROR"]
    assert runs[1].snapshot.error == "Concurrent runs exceeded for workflow: nightly."
    glue.clock.advance_to(datetime(2026, 1, 3, 3))  # noqa: DTZ001 -- a moment without a zone is in UTC
    assert len(glue.runs()) == 3


def test_events(glue: FakeGlue) -> None:
    """Events gather in a batch, until there are enough or its window has passed."""
    glue.deploy(arrivals)
    glue.notify("arrivals", "e-1", "e-2")
    glue.notify(arrivals, "e-3")
    assert len(glue.runs()) == 1
    glue.clock.advance(seconds=300)
    first, second = glue.runs()

    assert json.loads(first.properties["aws:eventIds"]) == ["e-1", "e-2"]
    assert json.loads(second.properties["aws:eventIds"]) == ["e-3"]
    assert second.snapshot.started_on == datetime(2026, 1, 1, 0, 5, tzinfo=UTC)


def test_functions_that_stand_for_jobs(glue: FakeGlue) -> None:
    """A function is called with the job's run: its properties have their types, and it fails the job by raising."""
    glue.deploy(nightly)
    seen: list[Any] = []

    @glue.job("load_orders")
    def some_rows(run: JobRun[Sales]) -> None:
        run.properties.rows = 5
        seen.extend([run.workflow_name, run.run_id, run.arguments["WORKFLOW_NAME"]])

    @glue.job(load_stock)
    def broken(run: JobRun[Sales]) -> None:
        message = f"no stock in {run.properties.env}"
        raise LookupError(message)

    run = glue.run()
    assert run.properties["rows"] == "5"
    assert seen == ["nightly", run.id, "nightly"]
    assert (run.state(load_stock), run.error(load_stock)) == ("FAILED", "LookupError: no stock in prod")
    assert run.started(page)


def test_an_assertion_in_such_a_function(glue: FakeGlue) -> None:
    """It is the test's own, and fails the test where it waits."""
    glue.deploy(nightly)

    @glue.job("load_orders")
    def check(run: JobRun[Sales]) -> None:
        assert run.properties.env == "test", "which environment"

    with pytest.raises(AssertionError, match="which environment"):
        glue.run()


def unseen() -> None:
    """Let a function of the test's own fail an assertion, and look at Glue alone."""
    with FakeGlue() as glue:
        glue.deploy(nightly)

        @glue.job("load_orders")
        def check(run: JobRun[Sales]) -> None:
            assert run.properties.env == "test", "never"

        glue.client("glue").start_workflow_run(Name="nightly")
        glue.client("glue").get_workflow(Name="nightly")


def test_an_assertion_that_nobody_waited_for() -> None:
    """It fails the test at its end."""
    with pytest.raises(AssertionError, match="never"):
        unseen()


@pytest.mark.parametrize(
    ("code", "state", "error"),
    [(None, "SUCCEEDED", None), (0, "SUCCEEDED", None), (2, "FAILED", "2"), ("no input", "FAILED", "no input")],
)
def test_functions_that_exit(glue: FakeGlue, code: object, state: str, error: str | None) -> None:
    """`sys.exit` ends a job as it does in Glue: well with nothing or 0, badly with anything else."""
    glue.deploy(nightly)

    @glue.job("load_stock")
    def leave(run: JobRun[Sales]) -> None:
        raise SystemExit(code)

    run = glue.run()
    assert (run.state("load_stock"), run.error("load_stock")) == (state, error)


def test_real_bodies(glue: FakeGlue, capsys: pytest.CaptureFixture[str]) -> None:
    """The bodies of function jobs run in this process, with the test's S3; what they raise fails them."""
    glue.deploy(nightly)
    glue.lake.put(f"s3://{LAKE}/raw/orders.csv", "id,amount\n1,10\n2,20\n")
    glue.run_for_real(load_orders, publish)
    run = glue.run(properties={"env": "test"})

    assert run.outcome == "SUCCEEDED"
    assert run.properties["rows"] == "2"
    assert glue.lake.uris(f"s3://{LAKE}/clean/") == [f"s3://{LAKE}/clean/test/orders.csv"]
    glue.lake.put(f"s3://{LAKE}/raw/orders.csv", b"id,amount\n")
    run = glue.run()
    assert run.error(publish) == "ValueError: there is nothing to publish"
    assert 'raise ValueError("there is nothing to publish")' in capsys.readouterr().err


def test_real_crawls(glue: FakeGlue) -> None:
    """A crawler that runs for real writes tables to the Data Catalog."""
    glue.deploy(nightly)
    glue.lake.put(f"s3://{LAKE}/clean/orders/orders.csv", "id,amount\n1,10\n2,20\n")
    glue.run_for_real("catalog")

    assert glue.run().state(quality) == "SUCCEEDED"
    tables = glue.client("glue").get_tables(DatabaseName="nightly")["TableList"]
    assert [table["Name"] for table in tables] == ["clean"]


def test_plain_properties_and_jobs_of_others(glue: FakeGlue) -> None:
    """A body with plain properties runs as well; a job that others define succeeds, or does what the test says."""
    glue.deploy(arrivals)
    glue.run_for_real(unpack)

    @glue.job("everybodys-report")
    def report(run: JobRun[PlainProperties]) -> None:
        run.properties["report"] = run.properties["seen"]

    run = glue.run("arrivals")
    assert run.properties["report"] == LAKE


def test_data_of_the_project(glue: FakeGlue) -> None:
    """What the settings name for local runs is in S3, where that is asked for."""
    glue.deploy("examples/01_nightly_sales", with_data=True)

    assert len(glue.lake.uris("s3://sales-lake/raw/sales/")) == 12
    assert glue.lake.read("s3://sales-lake/raw/sales/2014-06.csv").startswith("city,")


def test_the_same_test_sees_the_same_history() -> None:
    """Ids and times are those of the last time, whatever the machine does."""

    def history() -> Any:
        with FakeGlue(now=datetime(2026, 5, 1, tzinfo=UTC)) as glue:
            glue.deploy(nightly)
            glue.durations["load_orders"] = "3m"
            glue.run()
            return glue.run().snapshot

    assert history() == history()


def test_policies() -> None:
    """Where AWS is silent, a policy is chosen by its name."""
    with FakeGlue(policies={"total_actions": "started"}) as glue:
        glue.deploy(nightly)
        assert glue.run().statistics.total_actions == 4


def test_another_region() -> None:
    """A test may be in another region, with everything that it deploys."""
    with FakeGlue(region="eu-west-1") as glue:
        glue.deploy(nightly)
        glue.lake.put("s3://far-away/a", "x")
        assert glue.run().outcome == "SUCCEEDED"
        assert boto3.client("glue").meta.region_name == "eu-west-1"


def test_the_configuration_of_the_machine_does_not_matter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A profile that the environment names, and that nobody has logged in to, is not looked at."""
    (tmp_path / "config").write_text("[default]\nregion = mars-1\n")
    monkeypatch.setenv("AWS_PROFILE", "somebodys")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.delenv("AWS_REGION")
    with FakeGlue() as glue:
        glue.deploy(arrivals)
        assert boto3.client("glue").list_workflows()["Workflows"] == ["arrivals"]
    assert os.environ["AWS_PROFILE"] == "somebodys"


def test_a_stage(tmp_path: Path) -> None:
    """With a stage's prefix, names are those of the flow still."""
    (tmp_path / "pyproject.toml").write_text('[tool.gluedsl.stages.dev]\nprefix = "dev-"\n')
    (tmp_path / "flow.py").write_text(
        "from gluedsl import *\nw = Workflow('w')\n@w.python_shell_job\ndef load(run): pass\n"
    )
    with FakeGlue(root=tmp_path) as glue:
        glue.deploy("flow.py", stage="dev")
        glue.outcomes["load"] = "FAILED"
        run = glue.run("w")
        assert run.snapshot.workflow.name == "dev-w"
        assert (run.state("load"), run.state("dev-w-load")) == ("FAILED", "FAILED")


def test_glue_refuses_what_glue_refuses(glue: FakeGlue) -> None:
    """Errors of the service are boto3's own."""
    glue.deploy(nightly)
    glue.durations["load_orders"] = "5m"
    glue.start()

    with pytest.raises(ClientError) as caught:
        glue.start()
    assert caught.value.response["Error"]["Code"] == "ConcurrentRunsExceededException"


def waiting_for_ever(glue: FakeGlue) -> object:
    """Wait for a run that a policy keeps from ending."""
    glue.deploy(nightly)
    return glue.run()


def test_a_run_that_does_not_end() -> None:
    """Waiting for it says so, with what has become of it."""
    with (
        FakeGlue(policies={"completion": "all_ended"}) as glue,
        pytest.raises(AssertionError, match="the run of `nightly` does not end: nothing of it is under way\n\nnightly"),
    ):
        waiting_for_ever(glue)


def test_a_clock_does_not_go_back(glue: FakeGlue) -> None:
    """Time goes one way; sleeping is moving the clock."""
    glue.clock.sleep(90)
    assert repr(glue.clock) == "<clock at 2026-01-01 00:01:30 UTC>"
    with pytest.raises(ValueError, match="a clock does not go back"):
        glue.clock.advance(minutes=-1)


REFUSED: list[tuple[Callable[[FakeGlue], object], str, str]] = [
    (lambda glue: glue.start(), "there is no workflow", "deploy one first: glue.deploy(flow)"),
    (
        lambda glue: (glue.deploy(nightly), glue.run("nightl")),
        "there is no workflow `nightl`",
        "did you mean `nightly`?",
    ),
    (
        lambda glue: (glue.deploy(nightly), glue.deploy(arrivals), glue.run()),
        "there are 2 workflows: `arrivals`, `nightly`",
        "name one",
    ),
    (
        lambda glue: (glue.deploy(nightly), glue.outcomes.__setitem__("laod_orders", "FAILED")),
        "the account has no job or crawler `laod_orders`",
        "did you mean `load-orders`?",
    ),
    (
        lambda glue: (glue.durations.__setitem__("laod_orders", "5m"), glue.deploy(nightly), glue.run()),
        "the account has no job or crawler `laod_orders`",
        "did you mean `load-orders`?",
    ),
    (
        lambda glue: glue.outcomes.__setitem__("load_orders", "BROKEN"),
        "`load_orders` cannot end in BROKEN",
        "it ends in SUCCEEDED, FAILED, TIMEOUT, STOPPED, ERROR, EXPIRED, CANCELLED",
    ),
    (
        lambda glue: glue.outcomes.__setitem__(quality, "TIMEOUT"),
        "`nightly-catalog` cannot end in TIMEOUT",
        "it ends in SUCCEEDED, FAILED, CANCELLED, ERROR",
    ),
    (
        lambda glue: (glue.deploy(nightly), glue.outcomes.__setitem__("catalog", "TIMEOUT"), glue.run()),
        "crawler `nightly-catalog` cannot end in TIMEOUT",
        "it ends in SUCCEEDED, FAILED, CANCELLED, ERROR",
    ),
    (
        lambda glue: glue.durations.__setitem__("load_orders", 5),  # type: ignore[assignment]  # as authors may
        "`load_orders` cannot take 5",
        "a number with ms, s, m, h or d: 90s, 1h30m; or a timedelta",
    ),
    (
        lambda glue: glue.job("load_orders")(42),  # type: ignore[type-var]  # as authors may
        "42 cannot stand for `load_orders`",
        "give a function of one argument, the run",
    ),
    (
        lambda glue: (glue.deploy(nightly), glue.run_for_real("load_orders")),
        "job `nightly-load-orders` is named, and the function that it runs is not",
        "give the job itself, imported from the flow; or use @glue.job",
    ),
    (
        lambda glue: glue.run_for_real(PythonShellJob("load-stock", script="load_stock.py")),
        "job `load-stock` runs a script, and only functions run in the process of a test",
        "let a function stand for it with @glue.job; scripts run with the fixture local_glue and `gluedsl run`",
    ),
    (
        lambda glue: (glue.client("glue").create_job(**shell_job("load-stock")), glue.run_for_real("load-stock")),
        "job `load-stock` runs a script, and only functions run in the process of a test",
        "let a function stand for it with @glue.job; scripts run with the fixture local_glue and `gluedsl run`",
    ),
    (
        lambda glue: (glue.deploy(nightly), glue.run(nightly, {"row": "3"})),
        "workflow `nightly` has no run property `row`: Sales does not declare it",
        "did you mean `rows`?",
    ),
    (
        lambda glue: (glue.deploy(nightly), glue.start("nightly", {"rows": "many"})),
        "run property `rows` of workflow `nightly` takes int, not 'many'",
        "give a whole number, such as 42",
    ),
    (lambda glue: glue.wait("wr_0"), "there is no run `wr_0`", "give the id that the start returned"),
    (
        lambda glue: glue.lake.read("s3://nowhere/x"),
        "there is no object s3://nowhere/x",
        "the bucket is empty, or there is none",
    ),
    (
        lambda glue: (glue.lake.put("s3://some/where", "x"), glue.lake.read("s3://some/here")),
        "there is no object s3://some/here",
        "there is s3://some/where",
    ),
    (lambda glue: glue.lake.put("some/where", "x"), "some/where names no object", "an object is s3://bucket/key"),
    (
        lambda glue: glue.deploy(Workflow("empty").add(ExistingJob("a"))),  # type: ignore[arg-type]
        "<ExistingJob a> is no workflow",
        "give a Workflow, the path of a flow file, or the name of a module",
    ),
]


@pytest.mark.parametrize(("ask", "message", "hint"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_refused(glue: FakeGlue, ask: Callable[[FakeGlue], object], message: str, hint: str) -> None:
    """A mistake of the test's is told in a line, with what to do."""
    with pytest.raises(UsageError) as caught:
        ask(glue)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_outside_of_a_with() -> None:
    """A Glue that was not entered says so."""
    with pytest.raises(UsageError) as caught:
        FakeGlue().run("nightly")
    assert caught.value.message == "the Glue under test has not been entered"


def test_a_model() -> None:
    """A model is not enough to deploy."""
    from gluedsl.compiler import compile_workflows  # noqa: PLC0415

    with FakeGlue() as glue, pytest.raises(UsageError) as caught:
        glue.deploy(compile_workflows(nightly).project)
    assert caught.value.hint == "give the flow that it was made from"
