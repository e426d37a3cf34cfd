"""`gluedsl explain`: the page of a rule, the table of all, and what is no rule."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from gluedsl.rules.catalogue import entries
from gluedsl.rules.registry import all_rules
from tests.support.cli import ROOT, process

if TYPE_CHECKING:
    from tests.support.cli import Commands

GR006 = """\
warning[GR006]: unused-node
A job or crawler is in no workflow.
A lint: it warns, unless `[tool.gluedsl.rules]` or `allow=` say otherwise.

What it does
Reports jobs and crawlers that the project defines and no trigger starts.

Why is this bad
It deploys, or is left out, and in either case never runs. Usually it was made and then not added to
its workflow, or a start trigger of the author's own does not name it.

Example
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = PythonShellJob("publish", script="s3://scripts/publish.py")

Use instead
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = sales.add(PythonShellJob("publish", script="s3://scripts/publish.py"), after=load)

AWS
https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html
"""


@pytest.mark.parametrize("asked", ["GR006", "gr006", "unused-node", "Unused-Node", " gr006 "])
def test_a_rule_by_code_or_name(cli: Commands, asked: str) -> None:
    """Its page is its docstring, in plain text where there is no colour."""
    ended = cli.call("explain", asked)

    assert (ended.code, ended.out, ended.err) == (0, GR006, "")


def test_a_restriction(cli: Commands) -> None:
    """It says that nothing silences it."""
    ended = cli.call("explain", "WF006")

    assert ended.out.splitlines()[:3] == [
        "error[WF006]: second-start-trigger",
        "A workflow has more than one start trigger.",
        "A restriction: AWS refuses it, or it cannot work. Nothing silences it.",
    ]


def test_a_crash(cli: Commands) -> None:
    """It is neither a restriction of AWS's nor the workflow's fault."""
    ended = cli.call("explain", "TL001")

    assert ended.out.splitlines()[2] == "An error. Nothing silences it."


def test_a_lint_for_those_who_ask(cli: Commands) -> None:
    """It says that it is silent by itself."""
    ended = cli.call("explain", "CN016")

    assert ended.out.splitlines()[2] == (
        "A lint for those who ask for it: it tells where `[tool.gluedsl.rules]` names it."
    )


def test_gluedsls_own_rules_rest_on_no_page_of_aws(cli: Commands) -> None:
    """There is none to name."""
    assert "AWS\n" not in cli.call("explain", "TL007").out


def test_an_id_that_another_rule_stands_for(cli: Commands) -> None:
    """The rule that finds it is shown."""
    assert cli.call("explain", "WF009") == cli.call("explain", "GR001")


@pytest.mark.parametrize("code", ["WF017", "QT017"])
def test_an_id_without_a_rule(cli: Commands, code: str) -> None:
    """What must hold is shown, and why no rule looks for it."""
    entry = entries()[code]

    ended = cli.call("explain", code.lower())

    assert (ended.code, ended.err) == (0, "")
    assert f"{code}: {entry.title}. {entry.reason}" == " ".join(ended.out.split())


def test_every_rule_can_be_explained(cli: Commands) -> None:
    """No page breaks the command, and no line is wider than the terminal but for code and addresses."""
    for rule in all_rules():
        ended = cli.call("explain", rule.code)
        text = [line for line in ended.out.splitlines() if not line.startswith(("    ", "https://"))]
        assert (ended.code, ended.err, [line for line in text if len(line) > 100]) == (0, "", [])


def test_all_rules(cli: Commands) -> None:
    """Without a code, each rule has a row: code, severity, name, and what is bad."""
    ended = cli.call("explain")
    rows = [line for line in ended.out.splitlines() if not line.startswith(" ")]

    assert (ended.code, ended.err) == (0, "")
    assert [(rule.code, str(rule.severity), rule.name) for rule in all_rules()] == [
        tuple(row.split()[:3]) for row in rows
    ]


def test_all_rules_on_a_narrow_terminal(cli: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is bad stands below the name, and is no tower of words."""
    monkeypatch.setenv("COLUMNS", "80")

    assert cli.call("explain").out.startswith(
        "AC001  error    ambiguous-action\n"
        "                An action names both a job and a crawler, or neither.\n"
        "AC002  warning  undefined-node\n"
        "                A trigger starts a job or crawler that nothing defines.\n"
    )


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("GR06", "did you mean `GR006`?"),
        ("gr-6", "did you mean `GR006`?"),
        ("unused-job", "did you mean `unused-node`?"),
        ("zzz", "`gluedsl explain` lists all rules"),
    ],
)
def test_no_rule(cli: Commands, asked: str, hint: str) -> None:
    """What is no rule is refused, with the one that was probably meant."""
    ended = cli.call("explain", asked)

    assert (2, "", f"error: there is no rule `{asked}`\n  hint: {hint}\n") == (ended.code, ended.out, ended.err)


def test_code_has_colours_on_a_terminal() -> None:
    """Headings are bold, and code is coloured by its parts."""
    program = (
        "import sys; sys.stdout.isatty = lambda: True; from gluedsl.cli.app import main; main(['explain', 'GR006'])"
    )

    ended = process([sys.executable, "-c", program], folder=ROOT, TERM="xterm-256color", COLUMNS="100")

    assert "\x1b[1mWhat it does\x1b[0m" in ended.out
    assert "    from gluedsl import" not in ended.out
    assert "import\x1b[0m" in ended.out
