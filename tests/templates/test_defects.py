"""Definitions that other tools let pass, each as a template: found, at the right place, and said once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml

from gluedsl.templates.document import read_document
from gluedsl.templates.node import plain
from tests.support.templates import SALES, changed, found, report, write

if TYPE_CHECKING:
    from pathlib import Path

CONDITION = """\
          - LogicalOperator: EQUALS
            JobName: !Ref Load
            State: SUCCEEDED
"""
PREDICATE = f"""\
      Predicate:
        Logical: AND
        Conditions:
{CONDITION}"""
ACTIVE_AFTER_LOAD = f"      StartOnCreation: true\n{PREDICATE}"
START = "Type: ON_DEMAND"
LOADS = "      Actions:\n        - JobName: !Ref Load\n"
CRAWLS = "        - CrawlerName: !Ref Catalog\n"
PUBLISHES = "        - JobName: !Ref Publish\n"
OF_SALES = "      Name: after-load\n      WorkflowName: !Ref Sales\n"
MORE_CRAWLERS = """\
  More:
    Type: AWS::Glue::Crawler
    Properties: {Name: more, Role: Glue, DatabaseName: sales, Targets: {S3Targets: [{Path: s3://lake/more/}]}}
  Most:
    Type: AWS::Glue::Crawler
    Properties: {Name: most, Role: Glue, DatabaseName: sales, Targets: {S3Targets: [{Path: s3://lake/most/}]}}
"""
SECOND_START = """\
  Repair:
    Type: AWS::Glue::Job
    Properties:
      Name: repair
      Role: GlueJobRole
      MaxCapacity: 0.0625
      Command: {Name: pythonshell, PythonVersion: 3.9, ScriptLocation: s3://scripts/repair.py}
  Second:
    Type: AWS::Glue::Trigger
    Properties:
      Name: second
      WorkflowName: !Ref Sales
      Type: EVENT
      Actions:
        - JobName: !Ref Repair
"""

ROWS = {
    "a state on the way": ([("            State: SUCCEEDED", "            State: RUNNING")], "CN004 57: RUNNING"),
    "a misspelt state": ([("            State: SUCCEEDED", "            State: SUCCESS")], "CN004 57: SUCCESS"),
    "a crawler on the way": ([("CrawlState: SUCCEEDED", "CrawlState: RUNNING")], "CN005 71: RUNNING"),
    "no predicate": ([(PREDICATE, "")], "TR014 45: AfterLoad"),
    "no conditions": ([(f"        Conditions:\n{CONDITION}", "        Conditions: []\n")], "CN009 52: Predicate"),
    "no member for conditions": ([(f"        Conditions:\n{CONDITION}", "")], "CN009 52: Predicate"),
    "never activated": ([(ACTIVE_AFTER_LOAD, PREDICATE)], "TR011 45: AfterLoad"),
    "said not to be activated": ([(ACTIVE_AFTER_LOAD, f"      StartOnCreation: no\n{PREDICATE}")], "TR011 51: no"),
    "three crawlers": (
        [(CRAWLS, f"{CRAWLS}        - CrawlerName: !Ref More\n        - CrawlerName: !Ref Most\n")],
        "TR016 67: CrawlerName: !Ref Most",
    ),
    "starts what it waits for": ([(CRAWLS, f"{CRAWLS}        - JobName: !Ref Load\n")], "CN010 60: JobName: !Ref Load"),
    "no schedule": ([(START, "Type: SCHEDULED\n      StartOnCreation: true")], "TR013 37: Start"),
    "a schedule of Unix": (
        [(START, "Type: SCHEDULED\n      StartOnCreation: true\n      Schedule: cron(0 2 * * *)")],
        "SC002 44: cron(0 2 * * *)",
    ),
    "an hour that no day has": (
        [(START, "Type: SCHEDULED\n      StartOnCreation: true\n      Schedule: cron(0 25 * * ? *)")],
        "SC004 44: 25",
    ),
    "two conditions that nothing joins": (
        [("        Logical: AND\n", ""), (CONDITION, CONDITION + CONDITION.replace("SUCCEEDED", "FAILED"))],
        "CN006 52: Predicate",
    ),
    "joined by another word": ([("Logical: AND", "Logical: OR")], "CN007 53: OR"),
    "no operator": (
        [(CONDITION, CONDITION.replace("LogicalOperator: EQUALS\n            ", ""))],
        "CN003 55: JobName: !Ref Load",
    ),
    "two start triggers": ([("  AfterLoad:\n", f"{SECOND_START}  AfterLoad:\n")], "WF006 57: EVENT"),
    "a circle": ([(PUBLISHES, f"{PUBLISHES}        - JobName: !Ref Load\n")], "GR002 55: LogicalOperator: EQUALS"),
    "waits for what is not in the workflow": (
        [("            JobName: !Ref Load\n", "            JobName: of-another-team\n")],
        "GR001 55: LogicalOperator: EQUALS",
    ),
    "waits for any, and one is misspelt": (
        [
            ("Logical: AND", "Logical: ANY"),
            (CONDITION, CONDITION.replace("!Ref Load", "lod") + CONDITION),
        ],
        "GR001 55: LogicalOperator: EQUALS",
    ),
    "no actions": ([(f"      Actions:\n{CRAWLS}", "      Actions: []\n")], "TR005 58: Actions"),
    "a start without actions": ([(LOADS, "      Actions: []\n")], "TR005 43: Actions"),
    "no member for actions": ([(f"      Actions:\n{PUBLISHES}", "")], "TR005 60: AfterCatalog"),
    "an action for two": (
        [(CRAWLS, f"{CRAWLS}          JobName: !Ref Publish\n")],
        "AC001 59: CrawlerName: !Ref Catalog",
    ),
    "a condition on two": (
        [(CONDITION, f"{CONDITION}            CrawlerName: !Ref Catalog\n")],
        "CN001 55: LogicalOperator: EQUALS",
    ),
    "a job by a crawl state": ([("            State: SUCC", "            CrawlState: SUCC")], "CN002 57: SUCCEEDED"),
    "on demand and activated": ([(START, f"{START}\n      StartOnCreation: true")], "TR009 43: true"),
    "on events and activated": ([(START, "Type: EVENT\n      StartOnCreation: true")], "TR010 43: true"),
    "too large a batch": ([(START, "Type: EVENT\n      EventBatchingCondition: {BatchSize: 500}")], "EV001 43: 500"),
    "a misspelt type": ([(START, "Type: ONDEMAND")], "TR004 42: ONDEMAND"),
    "a misspelt type of one that waits": (
        [(f"{OF_SALES}      Type: CONDITIONAL", f"{OF_SALES}      Type: CONDITONAL")],
        "TR004 50: CONDITONAL",
    ),
    "two jobs of one name": ([("Name: publish\n", "Name: load\n")], "JB001 21: load"),
    "two triggers of one name": ([("Name: after-catalog\n", "Name: after-load\n")], "TR002 63: after-load"),
    "a misspelt job": ([(LOADS, LOADS.replace("!Ref Load", "lod"))], "AC002 44: lod"),
    "a misspelt reference to a job": ([(LOADS, LOADS.replace("!Ref Load", "!Ref Lod"))], "TL004 44: !Ref Lod"),
    "a misspelt workflow": (
        [(OF_SALES, OF_SALES.replace("!Ref Sales", "nightly-sale"))],
        "TR006 49: nightly-sale",
    ),
    "a misspelt reference to a workflow": (
        [(OF_SALES, OF_SALES.replace("!Ref Sales", "!Ref Sale"))],
        "TL004 49: !Ref Sale",
    ),
    "a worker type without a number": ([("      NumberOfWorkers: 2\n", "")], "JB012 13: G.1X"),
    "capacity beside workers": (
        [("      NumberOfWorkers: 2\n", "      NumberOfWorkers: 2\n      MaxCapacity: 2\n")],
        "JB013 15: 2",
    ),
    "a worker type that there is not": ([("G.1X", "G.9X")], "JB011 13: G.9X"),
    "a misspelt kind": ([("Name: pythonshell", "Name: pythnshell")], "JB003 25: pythnshell"),
    "a misspelt kind of Spark": ([("Name: glueetl", "Name: glueetll")], "JB003 16: glueetll"),
    "a misspelt property": ([("WorkerType:", "WorkerTyp:")], "TL002 13: WorkerTyp"),
    "a misspelt member": ([("- CrawlerName: !Ref Catalog\n", "- CrawlerNam: !Ref Catalog\n")], "TL002 59: CrawlerNam"),
    "a reserved argument of an action": (
        [(PUBLISHES, f"{PUBLISHES}          Arguments: {{--JOB_NAME: x}}\n")],
        "AC007 74: --JOB_NAME",
    ),
    "a reserved argument of a job": (
        [("      MaxCapacity: 0.0625\n", "      MaxCapacity: 0.0625\n      DefaultArguments: {--JOB_NAME: x}\n")],
        "AR002 24: --JOB_NAME",
    ),
    "a schedule that nobody looks at": (
        [(ACTIVE_AFTER_LOAD, f"      Schedule: cron(0 2 * * ? *)\n{ACTIVE_AFTER_LOAD}")],
        "TR013 51: cron(0 2 * * ? *)",
    ),
    "a predicate that nobody looks at": (
        [(START, f"{START}\n{PREDICATE.replace('Load', 'Publish')}".rstrip())],
        "TR014 43: Predicate",
    ),
    "a map of actions": ([(LOADS, LOADS.replace("- ", "  "))], "TL004 44: JobName: !Ref Load"),
}
"""Changes of the template that is right, and what is said of the result."""


@pytest.mark.parametrize(("changes", "said"), ROWS.values(), ids=ROWS)
def test_defects(changes: list[tuple[str, str]], said: str, tmp_path: Path) -> None:
    """One finding each, of the rule whose it is, at the smallest text that is wrong."""
    text = SALES.replace("  Start:\n", f"{MORE_CRAWLERS}  Start:\n") if "!Ref Most" in changes[0][1] else SALES

    assert found(tmp_path, changed(*changes, of=text)) == [said]


@pytest.mark.parametrize(("changes", "said"), ROWS.values(), ids=ROWS)
def test_defects_in_json(changes: list[tuple[str, str]], said: str, tmp_path: Path) -> None:
    """A template is the same template in JSON."""
    text = SALES.replace("  Start:\n", f"{MORE_CRAWLERS}  Start:\n") if "!Ref Most" in changes[0][1] else SALES
    whole = plain(read_document(_written(tmp_path, changed(*changes, of=text))).root)

    codes = [line.split()[0] for line in found(tmp_path, json.dumps(whole, indent=1), "template.json")]

    assert codes == [said.split(maxsplit=1)[0]]


def _written(folder: Path, text: str) -> Path:
    return folder / write(folder, text)


@pytest.mark.parametrize("worker_type", ["G.1X", "G.4X", "R.1X"])
def test_right_definitions(worker_type: str, tmp_path: Path) -> None:
    """What Glue takes has no finding, whatever else refuses it."""
    assert found(tmp_path, changed(("G.1X", worker_type))) == []


def test_a_template_without_glue(tmp_path: Path) -> None:
    """Nothing of Glue, nothing to say."""
    assert report(tmp_path, yaml.safe_dump({"Resources": {"A": {"Type": "AWS::S3::Bucket"}}})).diagnostics == ()
