"""`gluedsl start`: which workflow is meant, what is written, and how a run that is watched ends the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.cli import Ended
from tests.support.operated import ENDLESS, FAILING, FLOW, NAME, told

if TYPE_CHECKING:
    from tests.support.cli import Commands
    from tests.support.operated import Operated


def test_the_id_is_the_only_data(deployed: Operated) -> None:
    """Standard output is the id of the run, for a script; standard error says how to go on."""
    ended = deployed.call("start", NAME, "--property", "day=2026-03-01", "--property", "env=a=b")

    assert (ended.code, told(ended.out)) == (0, "<run>\n")
    assert told(ended.err) == f"started; what shows it: gluedsl watch {NAME} <short>\n"
    run = deployed.account.get(ended.out.strip(), NAME)
    assert run["WorkflowRunProperties"] == {"day": "2026-03-01", "env": "a=b"}


def test_a_watched_run_is_shown_to_its_end(deployed: Operated) -> None:
    """With --watch what happens is told as it happens, and the whole run is drawn at its end."""
    ended = deployed.call("start", NAME, "--watch")

    assert ended.code == 0
    assert told(ended.err).endswith("<time> run <run> COMPLETED\n")
    assert told(ended.out) == (
        f"{NAME}  run <run>\n"
        "COMPLETED, outcome SUCCEEDED: 2 actions succeeded, 1 had no reason to start\n"
        "started <moment> UTC, took <length>\n"
        "\n"
        "▶ on demand  fired <time>\n"
        "│ ✓ job load-orders  SUCCEEDED <length>\n"
        "├─◆ when load-orders SUCCEEDED  fired <time>  publish-trigger\n"
        "│   ✓ job publish    SUCCEEDED <length>\n"
        "└─◇ when load-orders FAILED  did not fire  page-trigger\n"
        "    · job page       not started\n"
        "\n"
        "Actions  3 total, 2 succeeded, 0 failed, 0 timed out, 0 stopped, 0 errored, 0 running, 0 waiting\n"
    )


def test_a_run_that_fails_exits_with_one(deployed: Operated) -> None:
    """A watched run that did not succeed is an exit code of 1, and its document says what it came to."""
    ended = deployed.call("start", FAILING, "--watch", "--format", "json")

    assert ended.code == 1
    document = ended.json()
    assert (document["version"], document["workflow"], document["outcome"]) == (1, FAILING, "FAILED")
    assert [node["name"] for node in document["nodes"] if node["runs"]] == [f"{FAILING}-load-orders", f"{FAILING}-page"]


def test_a_path_names_its_workflow(deployed: Operated) -> None:
    """A flow file, its folder, and no argument at all mean the workflow that is written there."""
    (deployed.cli.folder / "flow.py").write_text(FLOW, encoding="utf-8")

    for arguments in (["flow.py"], [str(deployed.cli.folder)], ["--workflow", NAME]):
        ended = deployed.call("start", *arguments)
        assert (ended.code, told(ended.out)) == (0, "<run>\n"), (arguments, ended.err)


REFUSED = {
    "start nightly-sale": ("workflow `nightly-sale` is not deployed", f"did you mean `{NAME}`?"),
    "start zzz": ("workflow `zzz` is not deployed", "deploy it first: gluedsl deploy"),
    "start flow.py": ("workflow `elsewhere` is not deployed", "deploy it first: gluedsl deploy"),
    f"start {NAME} --property month": (
        "--property month: not of the form KEY=VALUE",
        "for example: --property env=test",
    ),
    f"start {NAME} --workflow {NAME}": (
        f"--workflow {NAME}: `{NAME}` is a name already, and not the path of a flow",
        "give one of the two",
    ),
    f"start {NAME} --format json": (
        "--format json: what is written is the id of the run alone",
        "give --watch as well",
    ),
}


@pytest.mark.parametrize("command", REFUSED)
def test_refusal(deployed: Operated, command: str) -> None:
    """What cannot be meant is one line with what could be."""
    flow = "from gluedsl import Workflow\n\nflow = Workflow('elsewhere')\n"
    (deployed.cli.folder / "flow.py").write_text(flow, encoding="utf-8")
    message, hint = REFUSED[command]

    ended = deployed.call(*command.split())

    assert (ended.code, ended.out, ended.err) == (2, "", f"error: {message}\n  hint: {hint}\n")


def test_a_start_that_glue_refuses(deployed: Operated) -> None:
    """Glue's own refusal is told with its code, and the exit code is that of AWS's refusals."""
    deployed.account.glue.update_workflow(Name=ENDLESS, MaxConcurrentRuns=1)
    deployed.begin()

    ended = deployed.call("start", ENDLESS)

    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("error: StartWorkflowRun: ConcurrentRunsExceededException: ")


def test_no_flow_here(deployed: Operated) -> None:
    """Without an argument and without a flow the hint says what to give."""
    ended = deployed.call("start")

    assert (ended.code, ended.out, ended.err) == (
        2,
        "",
        "error: no flow file in .\n  hint: name a deployed workflow, or go to the folder of its flow\n",
    )


def test_without_credentials(cli: Commands) -> None:
    """Whoever cannot reach AWS is told so in one line."""
    ended = cli.call("start", NAME)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "error: there is no AWS region\n  hint: set AWS_DEFAULT_REGION, or `region` in [tool.gluedsl]\n"
    )


UNREADABLE = """\
error[TL017]: ValueError: invalid literal for int() with base 10: 'many'
 --> flow.py:3:9
  |
3 | count = int("many")
  |         ^^^^^^^^^^^
  |
  = explain: gluedsl explain TL017

1 error
"""


@pytest.mark.parametrize("command", ["start", "runs", "watch", "stop", "resume --from load"])
def test_a_flow_that_cannot_be_read_is_shown_as_check_shows_it(command: str, deployed: Operated) -> None:
    """At the text that ends its import, on standard error, whichever command asks for its workflow."""
    flow = deployed.cli.folder / "flow.py"
    flow.write_text(FLOW.replace("\n\n", '\n\ncount = int("many")\n', 1), encoding="utf-8")
    name, *options = command.split()

    assert deployed.call(name, "flow.py", *options) == Ended(2, "", UNREADABLE)
    assert deployed.call("check", "flow.py") == Ended(2, UNREADABLE, "")
