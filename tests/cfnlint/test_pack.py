"""gluedsl's rules inside cfn-lint."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.cfn_lint_pack import linted
from tests.support.templates import SALES, changed, resources, yaml

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = resources(
    W={"Type": "AWS::Glue::Workflow", "Properties": {"Name": "w"}},
    T={
        "Type": "AWS::Glue::Trigger",
        "Properties": {
            "Name": "t",
            "WorkflowName": {"Ref": "W"},
            "Type": "SCHEDULED",
            "Schedule": "rate(5 minutes)",
            "StartOnCreation": True,
            "Actions": [{"JobName": "x"}],
        },
    },
)
RATE = (
    "schedule of trigger `t`: `rate(5 minutes)` is not a cron expression, the only kind that Glue knows; "
    "write `cron(0/5 * * * ? *)` [SC002]"
)
RUNNING = ("            State: SUCCEEDED", "            State: RUNNING")
LOD = ("        - JobName: !Ref Load\n", "        - JobName: lod\n")
SAID_OF_RUNNING = (
    "trigger `after-load` waits for job `load` to be `RUNNING`, which no trigger can wait for; "
    "wait for `SUCCEEDED`, `FAILED`, `TIMEOUT` or `STOPPED` [CN004]"
)
SAID_OF_LOD = (
    "trigger `start` starts job `lod`, which is not defined here; "
    "did you mean `load`?; refer to what the template defines by `Ref` [AC002]"
)
SAID_OF_FAILURES = (
    "nothing in workflow `nightly-sales` waits for job `load`, crawler `catalog` or job `publish` to fail; "
    "start a job that tells somebody, with a condition on `State: FAILED` [CN016]"
)


def test_findings_at_cfn_lint(tmp_path: Path) -> None:
    """A schedule that Glue does not know is told by cfn-lint, with gluedsl's code and the place in the template."""
    file = tmp_path / "template.json"
    file.write_text(TEMPLATE, encoding="utf-8")

    run = "from cfnlint.runner import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", run, "--append-rules", "gluedsl.cfnlint", "--format", "json", "--", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )

    [one] = json.loads(ended.stdout)
    assert (one["Rule"]["Id"], one["Level"], one["Message"]) == ("E9102", "Error", RATE)
    assert one["Location"]["Path"] == ["Resources", "T", "Properties", "Schedule"]
    assert one["Location"]["Start"] == {"ColumnNumber": 5, "LineNumber": 17}
    assert one["Rule"]["ShortDescription"] == "SC002 foreign-schedule-syntax"
    assert one["Rule"]["Source"] == "https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html"


def test_a_clean_template() -> None:
    """Nothing is said of it."""
    assert linted(SALES) == []


def test_findings_in_yaml() -> None:
    """All of them at once, each at the key of its value."""
    assert linted(changed(RUNNING, LOD)) == [f"W9252 44:11 {SAID_OF_LOD}", f"E9204 57:13 {SAID_OF_RUNNING}"]


def test_a_finding_in_json() -> None:
    """A template is the same template in JSON."""
    assert linted(TEMPLATE) == [f"E9102 17:5 {RATE}"]


def test_short_forms_and_references() -> None:
    """Functions are resolved as by `gluedsl check`, whichever way they are written."""
    text = changed(("Type: ON_DEMAND", 'Type: !FindInMap [Kinds, start, type]\n      Schedule: !Sub "rate(${Pace})"'))
    more = yaml("""
        Parameters: {Pace: {Type: String, Default: 1 day}}
        Mappings: {Kinds: {start: {type: SCHEDULED}}}
    """)

    assert [one.partition(":")[0] for one in linted(more + text)] == ["E9061 39", "E9102 45"]


@pytest.mark.parametrize(
    "text", ["Resources: [", "Resources: 1", '{"Resources": {', "Resources: &a {A: *a}", "A: 1\nA: 2"]
)
def test_an_unreadable_template(text: str) -> None:
    """Of what is no template, cfn-lint says so itself; the pack does not crash, and says nothing of it."""
    assert [one for one in linted(text) if not one.startswith("E0000")] == []


def test_a_malformed_template() -> None:
    """What is wrong in a part of a template is told."""
    assert linted("Resources: {A: 1}") == [
        "E9804 1:13 resource `A` is a number, and CloudFormation takes a map there [TL004]"
    ]


def test_aliases_of_aliases() -> None:
    """A template that stands for more than a memory holds is not judged."""
    lines = [f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    text = "\n".join(("Metadata:", "  a0: &a0 x", *lines, "Resources: {}"))
    before = time.perf_counter()

    assert [one for one in linted(text) if not one.startswith("E0000")] == []
    assert time.perf_counter() - before < 20


def test_severities() -> None:
    """The letter of an id is the severity of the finding, not only that of its rule."""
    known = changed(
        (
            "Type: CONDITIONAL\n      StartOnCreation: true\n      Predicate:\n        Cond",
            "Type: CONDITIONAL\n      StartOnCreation: false\n      Predicate:\n        Cond",
        )
    )
    forgotten = changed(
        ("      StartOnCreation: true\n      Predicate:\n        Cond", "      Predicate:\n        Cond")
    )

    assert [one.partition(" ")[0] for one in linted(known)] == ["W9061"]
    assert [one.partition(" ")[0] for one in linted(forgotten)] == ["E9061"]


def test_what_nobody_wants_to_hear() -> None:
    """cfn-lint's own options choose by the beginnings of ids."""
    text = changed(RUNNING, LOD)

    assert linted(text, ignore_checks=["W9"]) == [f"E9204 57:13 {SAID_OF_RUNNING}"]
    assert linted(text, ignore_checks=["E92"]) == [f"W9252 44:11 {SAID_OF_LOD}"]
    assert linted(text, ignore_checks=["W9252", "E9204"]) == []
    assert linted(text, ignore_checks=["W9"], mandatory_checks=["W9252"])[0] == f"W9252 44:11 {SAID_OF_LOD}"


def test_what_is_merely_worth_knowing() -> None:
    """Is told where cfn-lint is asked for it."""
    text = changed(("        - JobName: !Ref Load\n", "        - JobName: of-another-team\n"))

    assert [one.partition(" ")[0] for one in linted(text)] == ["I9252"]
    assert linted(text, include_checks=[]) == []


IGNORED = "Metadata: {cfn-lint: {config: {ignore_checks: [W9252]}}}"


def test_what_a_template_ignores() -> None:
    """In the metadata of a template, for all of it; in those of a resource, for this one."""
    text = changed(RUNNING, LOD)
    of_start = changed(("  Start:\n", f"  Start:\n    {IGNORED}\n"), of=text)
    of_after_load = changed(("  AfterLoad:\n", f"  AfterLoad:\n    {IGNORED}\n"), of=text)

    assert linted(f"{IGNORED}\n{text}") == [f"E9204 58:13 {SAID_OF_RUNNING}"]
    assert linted(of_start) == [f"E9204 58:13 {SAID_OF_RUNNING}"]
    assert [one.partition(" ")[0] for one in linted(of_after_load)] == ["W9252", "E9204"]


def test_a_rule_that_only_looks_where_it_is_asked() -> None:
    """It is off, until cfn-lint's configuration enables it."""
    told = linted(SALES, configure_rules={"I9216": {"enabled": "true"}})

    assert linted(SALES) == []
    assert told == [f"I9216 2:3 {SAID_OF_FAILURES}"]


def test_unknown_values() -> None:
    """What is not known silences what would have to know it, in cfn-lint as elsewhere."""
    unknown = changed(("            State: SUCCEEDED", "            State: !Ref State"))

    assert linted(f"Parameters: {{State: {{Type: String}}}}\n{unknown}") == []
