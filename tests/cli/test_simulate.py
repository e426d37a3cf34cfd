"""`gluedsl simulate`: what a person sees, what a program reads, and what is refused."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import ROOT
from tests.support.flows import write

if TYPE_CHECKING:
    from tests.support.cli import Commands

FLOW = """
    daily_sales = Workflow("daily", start=cron("0 2 * * ? *"), role="GlueJobRole")
    load = daily_sales.add(PythonShellJob("load", script="load.py", max_retries=1, timeout_minutes=30))
    crawl = daily_sales.add(Crawler("crawl", database="sales", targets=[S3Target("s3://lake/sales/")]))
    publish = daily_sales.add(PythonShellJob("daily-publish", script="load.py"), after=all_of(load, crawl))
    daily_sales.add(PythonShellJob("page", script="load.py"), after=crawl.failed)
"""


@pytest.fixture
def flow(cli: Commands) -> Commands:
    """Return the command line in a folder with FLOW."""
    (cli.folder / "load.py").write_text("print('never printed')\n")
    write(cli.folder, FLOW)
    return cli


def shown(text: str) -> str:
    """Return what the command is to write."""
    return textwrap.dedent(text).lstrip("\n")


def test_all_goes_well(flow: Commands) -> None:
    """Without a word of what happens, everything succeeds, in virtual time that begins at midnight."""
    done = flow.call("simulate", "flow.py")
    assert done.out == shown("""
        daily  run wr_0000000000000000000000000000000000000000000000000000000000000000
        COMPLETED, outcome SUCCEEDED: 3 actions succeeded, 1 had no reason to start
        started 2000-01-01 00:00:00 UTC, took 2 m 00 s

        ▶ every day at 02:00 UTC  fired 00:00:00  cron(0 2 * * ? *)
        │ ✓ job load       SUCCEEDED  1 m 00 s
        │ ✓ crawler crawl  SUCCEEDED  1 m 00 s
        ├─◆ when load and crawl both SUCCEEDED  fired 00:01:00
        │   ✓ job publish  SUCCEEDED  1 m 00 s
        └─◇ when crawl FAILED  did not fire
            · job page     not started

        Actions  4 total, 3 succeeded, 0 failed, 0 timed out, 0 stopped, 0 errored, 0 running, 0 waiting
    """)
    assert done.code == 0


def test_something_fails(flow: Commands) -> None:
    """A job that fails is retried as the job says, a branch for failures starts, and the exit code is 1."""
    done = flow.call("simulate", "flow.py", "--outcome", "load=failed", "--outcome", "crawl=FAILED")
    assert done.out == shown("""
        daily  run wr_0000000000000000000000000000000000000000000000000000000000000000
        COMPLETED, outcome FAILED: 2 actions failed (1 of them watched for by the trigger of `page`); 1
        action never started: `publish`
        started 2000-01-01 00:00:00 UTC, took 2 m 00 s

        ▶ every day at 02:00 UTC  fired 00:00:00  cron(0 2 * * ? *)
        │ ✗ job load       FAILED     2 m 00 s  after 2 attempts
        │     given outcome: FAILED
        │ ✗ crawler crawl  FAILED     1 m 00 s
        │     given outcome: FAILED
        ├─◇ when load and crawl both SUCCEEDED  did not fire
        │   · job publish  not started
        └─◆ when crawl FAILED  fired 00:01:00
            ✓ job page     SUCCEEDED  1 m 00 s

        Actions  4 total, 1 succeeded, 2 failed, 0 timed out, 0 stopped, 0 errored, 0 running, 0 waiting
    """)
    assert done.code == 1


def test_something_takes_too_long(flow: Commands) -> None:
    """A job that takes longer than its timeout ends in TIMEOUT; a time without a name is everybody else's."""
    done = flow.call("simulate", "flow.py", "--duration", "load=1h30s", "--duration", "5m")
    assert done.out == shown("""
        daily  run wr_0000000000000000000000000000000000000000000000000000000000000000
        COMPLETED, outcome FAILED: 1 action timed out (no trigger watches for it); 1 action never started:
        `publish`
        started 2000-01-01 00:00:00 UTC, took 30 m 00 s

        ▶ every day at 02:00 UTC  fired 00:00:00  cron(0 2 * * ? *)
        │ ✗ job load       TIMEOUT    30 m 00 s
        │     Job has timed out
        │ ✓ crawler crawl  SUCCEEDED   5 m 00 s
        ├─◇ when load and crawl both SUCCEEDED  did not fire
        │   · job publish  not started
        └─◇ when crawl FAILED  did not fire
            · job page     not started

        Actions  4 total, 1 succeeded, 0 failed, 1 timed out, 0 stopped, 0 errored, 0 running, 0 waiting
    """)
    assert done.code == 1


def test_for_programs(flow: Commands) -> None:
    """The shape is that of `run`; the second of two outcomes is the retry's."""
    done = flow.call("simulate", "flow.py", "--outcome", "load=FAILED,SUCCEEDED", "--format", "json")
    document = done.json()
    assert done.code == 0
    assert {key: document[key] for key in ("version", "workflow", "run_id", "status", "outcome")} == {
        "version": 1,
        "workflow": "daily",
        "run_id": "wr_" + "0" * 64,
        "status": "COMPLETED",
        "outcome": "SUCCEEDED",
    }
    assert [(run["attempt"], run["state"], run["started_on"]) for run in document["nodes"][0]["runs"]] == [
        (0, "FAILED", "2000-01-01T00:00:00.000Z"),
        (1, "SUCCEEDED", "2000-01-01T00:01:00.000Z"),
    ]
    assert [(node["name"], len(node["runs"])) for node in document["nodes"]] == [
        ("load", 2),
        ("crawl", 1),
        ("daily-publish", 1),
        ("page", 0),
    ]
    assert flow.call("simulate", "flow.py", "--outcome", "load=FAILED,SUCCEEDED", "--format", "json") == done


def test_run_properties(flow: Commands) -> None:
    """What the start brings wins over the defaults; a value may have an equals sign in it."""
    source = flow.folder.joinpath("flow.py")
    source.write_text(
        source.read_text().replace('role="GlueJobRole"', 'role="R", properties={"env": "prod", "a": "1"}')
    )
    done = flow.call("simulate", "flow.py", "--property", "env=x=y", "--property", "b=", "--format", "json")
    assert done.json()["properties"] == {"env": "x=y", "a": "1", "b": ""}
    assert done.code == 0


def test_policies(flow: Commands) -> None:
    """A policy of the engine is overridden by its name, with hyphens or underscores."""
    flow.folder.joinpath("flow.py").write_text(flow.folder.joinpath("flow.py").read_text().replace("crawl.f", "load.f"))
    done = flow.call(
        "simulate", "flow.py", "--outcome", "load=FAILED,SUCCEEDED", "--policy", "retry-visibility=every",
        "--format", "json",
    )  # fmt: skip
    fired = {trigger["name"]: trigger["fired_at"] for trigger in done.json()["triggers"]}
    assert fired["daily-after-load-failed"] == "2000-01-01T00:01:00.000Z"


def test_every_combination(flow: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--all` explores every run, and is content where everything can start."""
    monkeypatch.setenv("COLUMNS", "80")
    done = flow.call("simulate", "flow.py", "--all")
    assert done.out == shown("""
        daily  every combination of outcomes
        9 combinations lead to 4 results; names that begin with `daily-` are shown
        without it

        When all goes well  SUCCEEDED: 3 of 4 actions started
        Never started       nothing: each action starts in some run
        Silent failures     of 4 actions: the run is COMPLETED, and no trigger hears of
              FAILED, TIMEOUT or STOPPED of load and publish
              CANCELLED of crawl
              FAILED, TIMEOUT or STOPPED of page, after crawl FAILED
        Dead ends           of 2 actions: something was to follow, and nothing does
              FAILED, TIMEOUT or STOPPED of load
              CANCELLED of crawl

        Results, each with the fewest bad ends that lead to it
           1  SUCCEEDED  all goes well
              not started: page
           2  FAILED  if load FAILED
              not started: publish
              no trigger hears of load
           3  FAILED  if crawl FAILED
              not started: publish
              started: page
           4  FAILED  if publish FAILED
              no trigger hears of publish
    """)
    assert done.code == 0


def test_every_combination_for_programs(flow: Commands) -> None:
    """The document has every result, or as many as were asked for."""
    done = flow.call("simulate", "flow.py", "--all", "--format", "json")
    assert (done.json()["explored"], len(done.json()["scenarios"]), done.json()["complete"]) == (9, 4, True)
    few = flow.call("simulate", "flow.py", "--all", "--limit", "2", "--format", "json").json()
    assert (few["explored"], len(few["scenarios"]), few["all_listed_below"]) == (9, 2, 1)


def test_every_combination_with_some_ends_given(flow: Commands) -> None:
    """What is given is the same in all runs; something that starts in none of them makes the exit code 1."""
    done = flow.call("simulate", "flow.py", "--all", "--outcome", "load=FAILED", "--format", "json")
    assert {scenario["outcomes"]["load"] for scenario in done.json()["scenarios"]} == {"FAILED"}
    assert done.json()["never_started_in_any"] == ["daily-publish"]
    assert done.code == 1


def configure(flow: Commands, settings: str) -> None:
    """Write settings beside the flow."""
    flow.folder.joinpath("pyproject.toml").write_text(f"[tool.gluedsl.simulate]\n{settings}\n", encoding="utf-8")


def test_settings_say_how_a_run_goes(flow: Commands) -> None:
    """What the project declares holds unless the command says otherwise; exploring looks at every end all the same."""
    configure(flow, 'durations = { load = "3m", daily-publish = "2m" }\noutcomes = { publish = "FAILED" }')

    declared = flow.call("simulate", "flow.py").out
    assert "│ ✓ job load       SUCCEEDED  3 m 00 s" in declared
    assert "│   ✗ job publish  FAILED     2 m 00 s" in declared
    said = flow.call("simulate", "flow.py", "--duration", "load=1m", "--outcome", "daily-publish=SUCCEEDED")
    assert "│   ✓ job publish  SUCCEEDED  2 m 00 s" in said.out
    assert "took 3 m 00 s" in said.out
    assert flow.call("simulate", "flow.py", "--all", "--format", "json").json()["explored"] == 9


def test_settings_of_another_workflow(flow: Commands) -> None:
    """One project's settings serve all its workflows."""
    with flow.folder.joinpath("flow.py").open("a", encoding="utf-8") as source:
        source.write(
            'other = Workflow("other", role="R")\nother.add(PythonShellJob("away", script="load.py"), after=None)\n'
        )
    configure(flow, 'durations = { away = "3m" }')

    assert "took 3 m 00 s" in flow.call("simulate", "flow.py", "--workflow", "other").out
    assert "took 2 m 00 s" in flow.call("simulate", "flow.py", "--workflow", "daily").out


@pytest.mark.parametrize(
    ("settings", "message", "hint"),
    [
        (
            'durations = { lod = "3m" }',
            "`durations.lod` in [tool.gluedsl.simulate]: workflow `daily` has no job or crawler `lod`",
            "did you mean `load`?",
        ),
        (
            'durations = { load = "3" }',
            "`durations.load` in [tool.gluedsl.simulate]: `3` is no length of time",
            "a number with ms, s, m, h or d: 90s, 1h30m",
        ),
        (
            'outcomes = { crawl = "STOPPED" }',
            "`outcomes.crawl` in [tool.gluedsl.simulate]: a crawler cannot end in STOPPED",
            "it ends in SUCCEEDED, FAILED, CANCELLED, ERROR",
        ),
    ],
)
def test_settings_that_are_refused(flow: Commands, settings: str, message: str, hint: str) -> None:
    """What the project declares is read as carefully as what the command says, and told at its file."""
    configure(flow, settings)

    done = flow.call("simulate", "flow.py")

    assert done.err == f"error: {flow.folder / 'pyproject.toml'}: {message}\n  hint: {hint}\n"
    assert (done.code, done.out) == (2, "")


LENGTHS = "a number with ms, s, m, h or d: 90s, 1h30m"
REFUSED = [
    (("--outcome", "load"), "--outcome load: not of the form NODE=STATE", "for example: --outcome load_orders=FAILED"),
    (
        ("--outcome", "crawl=STOPPED"),
        "--outcome crawl=STOPPED: a crawler cannot end in STOPPED",
        "it ends in SUCCEEDED, FAILED, CANCELLED, ERROR",
    ),
    (
        ("--outcome", "load=FAILED,"),
        "--outcome load=FAILED,: a job cannot end in nothing",
        "it ends in SUCCEEDED, FAILED, TIMEOUT, STOPPED, ERROR, EXPIRED",
    ),
    (("--outcome", "lod=FAILED"), "workflow `daily` has no job or crawler `lod`", "did you mean `load`?"),
    (("--duration", "load=90"), "--duration load=90: `90` is no length of time", LENGTHS),
    (("--duration", "-5m"), "--duration -5m: `-5m` is no length of time", LENGTHS),
    (("--duration", "=5m"), "--duration =5m: not of the form NODE=TIME", "for example: --duration load_orders=90s"),
    (
        ("--duration", "367d"),
        "--duration 367d: `367d` is too long",
        "Glue lets a job run for seven days at most",
    ),
    (
        ("--all", "--duration", "5m"),
        "--duration says nothing with --all",
        "what runs can come to does not depend on how long they take",
    ),
    (
        ("--property", "env"),
        "--property env: not of the form KEY=VALUE",
        "for example: --property env=test",
    ),
    (
        ("--all", "--property", "env=test"),
        "--property says nothing with --all",
        "what runs can come to does not depend on run properties",
    ),
    (("--limit", "5"), "--limit says nothing without --all", "one run has one result"),
    (
        ("--all", "--outcome", "load=FAILED,SUCCEEDED"),
        "job `load` is to end in FAILED and SUCCEEDED, and --all counts last attempts only",
        "give one state",
    ),
    (
        ("--all", "--policy", "multi_start=skip"),
        "all outcomes are explored with policy multi_start=start, not with skip",
        "with that policy a run depends on when things end; simulate one run at a time",
    ),
    (("--policy", "queues=always"), "there is no policy `queues`", "did you mean `queue`?"),
    (
        ("--policy", "queue=sometimes"),
        "policy queue cannot be `sometimes`",
        "it is as_configured or always or never",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "message", "hint"), REFUSED, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_what_is_refused(flow: Commands, options: tuple[str, ...], message: str, hint: str) -> None:
    """An option that cannot be read, or names nothing, is told in a line with a hint, and nothing is simulated."""
    done = flow.call("simulate", "flow.py", *options)
    assert done.out == ""
    assert done.err.endswith(f"error: {message}\n  hint: {hint}\n")
    assert done.code == 2


def test_a_policy_that_is_like_no_other(flow: Commands) -> None:
    """Where no name is near, all are told."""
    done = flow.call("simulate", "flow.py", "--policy", "xyz=every")
    assert "error: there is no policy `xyz`\n  hint: there are trigger_fires, any_semantics, " in done.err
    assert done.code == 2


def documented() -> list[tuple[str, str]]:
    """Return the commands that the documentation shows, with what they write."""
    text = (ROOT / "docs" / "simulate.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n\$ gluedsl (.*?)\n(.*?)```", text, re.DOTALL)
    return [(command, output) for command, output in blocks]


@pytest.mark.parametrize(("command", "output"), documented())
def test_the_documentation_shows_what_happens(
    cli: Commands, monkeypatch: pytest.MonkeyPatch, command: str, output: str
) -> None:
    """What the page shows is what the commands write."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    assert cli.call(*command.split()).out == output
