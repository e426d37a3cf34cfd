"""gluedsl's rules inside cfn-lint."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from gluedsl.cfnlint.ids import cfn_lint_id
from gluedsl.rules.registry import all_rules

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = {
    "Resources": {
        "W": {"Type": "AWS::Glue::Workflow", "Properties": {"Name": "w"}},
        "T": {
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
    }
}

MESSAGE = (
    "schedule of trigger `t`: `rate(5 minutes)` is not a cron expression, the only kind that Glue knows; "
    "write `cron(0/5 * * * ? *)` [SC002]"
)


def test_findings_at_cfn_lint(tmp_path: Path) -> None:
    """A schedule that Glue does not know is told by cfn-lint, with gluedsl's code and the place in the template."""
    file = tmp_path / "template.json"
    file.write_text(json.dumps(TEMPLATE), encoding="utf-8")

    run = "from cfnlint.runner import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", run, "--append-rules", "gluedsl.cfnlint", "--format", "json", "--", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )

    found = [(one["Rule"]["Id"], one["Location"]["Path"], one["Message"]) for one in json.loads(ended.stdout)]
    assert found == [
        (
            "E9102",
            ["Resources", "T", "Properties", "Schedule"],
            MESSAGE,
        )
    ]


def test_every_rule_has_an_id_of_its_own() -> None:
    """In the range that cfn-lint keeps for others."""
    ids = [cfn_lint_id(rule) for rule in all_rules()]

    assert len(set(ids)) == len(ids)
    assert {one[1] for one in ids} == {"9"}
