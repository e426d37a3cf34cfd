"""What a template leaves open: it silences the rules that would have to know it, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gluedsl.emit import template as emitted
from gluedsl.model import Origins
from gluedsl.rules.check import check
from gluedsl.templates.check import check_stacks
from gluedsl.templates.definition import Library
from gluedsl.templates.document import Document
from gluedsl.templates.json_text import parse_json
from gluedsl.templates.node import Mapping, TextSource, plain
from gluedsl.templates.stack import read_stack
from gluedsl.templates.world import StandIns
from gluedsl.templates.yaml_text import parse_yaml
from tests.support.models import projects
from tests.support.templates import SALES, as_json, changed, found, report, yaml
from tests.support.unknown import KINDS, hidden, ways
from tests.support.wide import WIDE

if TYPE_CHECKING:
    from pathlib import Path

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Project


def judged(whole: Any) -> tuple[Diagnostic, ...]:
    """Return what is said of a template."""
    text = as_json(whole)
    root, _ = parse_json(text, TextSource("template.json", text))
    assert isinstance(root, Mapping)
    return check_stacks(Library.of((read_stack(Document("template.json", root)),), StandIns())).diagnostics


def codes(whole: Any) -> set[str]:
    """Return which rules have something to say of a template."""
    return {one.code for one in judged(whole)}


RIGHT: list[Any] = [plain(parse_yaml(SALES, TextSource("", SALES))[0]), emitted(WIDE, script_bucket="scripts")]
STEPS = (1, 1) if settings().max_examples > 100 else (2, 9)
"""Of all ways in which a value can be unknown, in each of the templates: which are tried. Every kind has its share."""
EACH = [
    (index, way, kind)
    for index, step in enumerate(STEPS)
    for way, kind in [(way, kind) for way in ways(RIGHT[index]) for kind in KINDS][::step]
]
SHARES = 4


@pytest.mark.parametrize("share", range(SHARES))
def test_one_unknown_value_is_no_mistake(share: int) -> None:
    """Whatever value of a right template is not known, in whatever way: nothing is said that was not said before."""
    before = [codes(whole) for whole in RIGHT]

    wrong = [
        (way, kind, sorted(further))
        for index, way, kind in EACH[share::SHARES]
        if (further := codes(hidden(RIGHT[index], [(way, kind)])) - before[index])
    ]

    assert wrong == []


@given(projects(), st.data())
@settings(max_examples=settings().max_examples // 4, suppress_health_check=[HealthCheck.too_slow])
def test_unknown_values_are_no_mistakes(project: Project, data: st.DataObject) -> None:
    """Nor are many of them at once, in any template that is right."""
    whole = emitted(project)
    choice = st.tuples(st.sampled_from(ways(whole)), st.sampled_from(KINDS))

    chosen = data.draw(st.lists(choice, min_size=1, max_size=25))

    true = codes(whole) | {one.code for one in check(project, Origins()).diagnostics}
    assert codes(hidden(whole, chosen)) - true == set()


UNKNOWN = "!ImportValue elsewhere"
STILL = {
    "the name of the workflow": ("Name: nightly-sales", f"Name: {UNKNOWN}"),
    "the name of the job": ("Name: load\n", f"Name: {UNKNOWN}\n"),
    "the name of the trigger": ("Name: after-load", f"Name: {UNKNOWN}"),
    "what is started": ("        - CrawlerName: !Ref Catalog\n", f"        - CrawlerName: {UNKNOWN}\n"),
    "the kind of another job": ("Name: pythonshell", f"Name: {UNKNOWN}"),
    "whether it is activated": (
        "StartOnCreation: true\n      Predicate:\n        Log",
        f"StartOnCreation: {UNKNOWN}\n      Predicate:\n        Log",
    ),
}


@pytest.mark.parametrize("change", STILL.values(), ids=STILL)
def test_other_rules_still_speak(change: tuple[str, str], tmp_path: Path) -> None:
    """What has nothing to do with the unknown is found as ever."""
    text = changed(("            State: SUCCEEDED", "            State: RUNNING"), change)

    assert found(tmp_path, text) == ["CN004 57: RUNNING"]


def test_too_many_whatever_the_unknown_one_is(tmp_path: Path) -> None:
    """Three crawlers are too many, whether the fourth action is one or not."""
    crawls = "".join(f"        - CrawlerName: {name}\n" for name in ("a", "b", "c"))
    text = changed(("        - CrawlerName: !Ref Catalog\n", f"{crawls}        - {UNKNOWN}\n"))

    assert "TR016 61: CrawlerName: c" in found(tmp_path, text)


BRANCHES = """\
Parameters:
  Stage: {Type: String}
  Given: {Type: String, Default: given}
  Looked: {Type: "AWS::SSM::Parameter::Value<String>", Default: given}
Conditions:
  Never: !Equals [a, b]
  IsProd: !Equals [!Ref Stage, prod]
  Asked: CONDITION
Resources:
  After:
    Type: AWS::Glue::Trigger
    Properties:
      Type: CONDITIONAL
      StartOnCreation: true
      Predicate:
        Conditions:
          - {LogicalOperator: EQUALS, JobName: load, State: !If [Asked, RUNNING, FAILED]}
      Actions:
        - JobName: publish
"""


@pytest.mark.parametrize(
    ("condition", "is_found"),
    [
        ("!Equals [!Ref Stage, prod]", True),
        ("!Equals [prod, prod]", True),
        ("!Equals [test, prod]", False),
        ("!Equals [!Ref Given, given]", True),
        ("!Equals [!Ref Given, taken]", False),
        ("!Equals [!Ref Looked, taken]", True),
        ("!Equals [!Sub '${Stage}-a', !Sub '${Stage}-a']", True),
        ("!Not [!Condition Never]", True),
        ("!And [!Condition Never, !Condition IsProd]", False),
        ("!And [!Condition IsProd, !Not [!Condition IsProd]]", False),
        ("!Or [!Condition Never, !Equals [!Ref Given, given]]", True),
    ],
)
def test_branches(condition: str, is_found: bool, tmp_path: Path) -> None:  # noqa: FBT001 -- pytest hands it in by name
    """What is wrong where a condition holds is found, unless the condition never holds."""
    expected = ["CN004 17: RUNNING"] if is_found else []

    assert found(tmp_path, BRANCHES.replace("CONDITION\n", f"{condition}\n", 1)) == expected


TWO_STARTS = """\
Parameters:
  Stage: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsTest: !Equals [!Ref Stage, test]
  IsNotProd: !Not [!Condition IsProd]
Resources:
  Sales: {Type: AWS::Glue::Workflow, Properties: {MaxConcurrentRuns: 1}}
  Nightly:
    Type: AWS::Glue::Trigger
    Condition: IsProd
    Properties: {Type: SCHEDULED, Schedule: cron(0 2 * * ? *), StartOnCreation: true, WorkflowName: !Ref Sales,
      Actions: [{JobName: load}]}
  ByHand:
    Type: AWS::Glue::Trigger
    Condition: OTHER
    Properties: {Type: ON_DEMAND, WorkflowName: !Ref Sales, Actions: [{JobName: load}]}
"""


@pytest.mark.parametrize(
    ("condition", "said"),
    [("IsNotProd", []), ("IsTest", []), ("IsProd", ["WF006 17: ON_DEMAND"])],
)
def test_resources_that_exclude_each_other(condition: str, said: list[str], tmp_path: Path) -> None:
    """Two start triggers are one too many only where one condition brings both."""
    assert found(tmp_path, TWO_STARTS.replace("OTHER", condition)) == said


JOB = """\
    Type: AWS::Glue::Job
    Properties:
      Role: GlueJobRole
      MaxCapacity: 0.0625
      Command: {Name: pythonshell, PythonVersion: 3.9, ScriptLocation: s3://scripts/load.py}
"""


def test_the_same_unknown_is_the_same(tmp_path: Path) -> None:
    """Two jobs with one unknown name have one name."""
    name = "      Name: !Sub '${AWS::StackName}-load'\n"

    said = found(tmp_path, f"Resources:\n  A:\n{JOB}{name}  B:\n{JOB}{name}")

    assert said == ["JB001 15: !Sub '${AWS::StackName}-load'"]


def test_messages_show_what_is_meant(tmp_path: Path) -> None:
    """What is not known is shown as it is written; what has no name, by its logical id."""
    text = yaml("""
        Parameters: {Stage: {Type: String}}
        Resources:
          Start:
            Type: AWS::Glue::Trigger
            Properties:
              Name: !Sub "${Stage}-start-${AWS::Region}"
              Type: SCHEDULED
              Schedule: rate(1 day)
              StartOnCreation: true
              Actions: [{JobName: !ImportValue load}]
          After:
            Type: AWS::Glue::Trigger
            Properties: {Type: CONDITIONAL, StartOnCreation: true, Actions: [{JobName: load}]}
    """)

    assert [one.message for one in report(tmp_path, text).diagnostics] == [
        (
            "schedule of trigger `${Stage}-start-${AWS::Region}`: "
            "`rate(1 day)` is not a cron expression, the only kind that Glue knows"
        ),
        "trigger `After` is conditional, and has no predicate",
    ]


TWO_CONDITIONS = """\
Resources:
  Sales: {Type: AWS::Glue::Workflow, Properties: {Name: sales}}
  Load:
{JOB}      Name: load
  Publish:
{JOB}      Name: publish
  Start:
    Type: AWS::Glue::Trigger
    Properties: {Name: start, WorkflowName: !Ref Sales, Type: ON_DEMAND, Actions: [{JobName: !Ref Load}]}
  After:
    Type: AWS::Glue::Trigger
    Properties:
      Name: after
      WorkflowName: !Ref Sales
      Type: CONDITIONAL
      StartOnCreation: true
      Actions: [{JobName: !Ref Publish}]
      Predicate:
        Conditions:
          - {LogicalOperator: EQUALS, JobName: laod, State: SUCCEEDED}
          - {LogicalOperator: EQUALS, JobName: load, State: SUCCEEDED}
LOGICAL
Parameters: {Join: {Type: String}}
""".replace("{JOB}", JOB)


@pytest.mark.parametrize(
    ("logical", "said"),
    [
        ("AND", ["error GR001"]),
        ("ANY", ["warning GR001"]),
        ("!Ref Join", ["warning GR001"]),
        (None, ["error CN006", "warning GR001"]),
    ],
)
def test_a_misspelt_condition_is_found_however_conditions_are_joined(
    logical: str | None, said: list[str], tmp_path: Path
) -> None:
    """What it leads to hangs on the word that joins them: the mildest of it is told."""
    text = TWO_CONDITIONS.replace("LOGICAL\n", f"        Logical: {logical}\n" if logical else "")

    diagnostics = report(tmp_path, text).diagnostics

    assert [f"{one.severity} {one.code}" for one in diagnostics] == said
    assert diagnostics[-1].help[0] == "did you mean `load`?"
