"""Templates that were right once: cut off, or with other bytes in them. There is a report or a message, never more."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gluedsl.errors import UsageError
from gluedsl.rules.tool.rule_crashed import RuleCrashed
from gluedsl.templates import read
from gluedsl.templates.node import TextSource, plain
from gluedsl.templates.yaml_text import parse_yaml
from tests.support.templates import SALES, codes, write

if TYPE_CHECKING:
    from pathlib import Path

RICH = """\
Transform: AWS::LanguageExtensions
Parameters:
  Stage: {Type: String, Default: dev}
  Hours: {Type: CommaDelimitedList, Default: "1,2"}
  Bucket: {Type: "AWS::SSM::Parameter::Value<String>", Default: /sales/bucket}
Mappings:
  ByStage:
    dev: {Workers: 2, Schedule: "cron(0 2 * * ? *)"}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsBig: !And [!Condition IsProd, !Not [!Equals [!Ref Bucket, ""]]]
Resources:
  Sales:
    Type: AWS::Glue::Workflow
    Properties: {Name: !Sub "${Stage}-sales", DefaultRunProperties: {stage: !Ref Stage}}
  Load:
    Type: AWS::Glue::Job
    Properties: &job
      Name: !Join ["-", [!Ref Stage, load]]
      Role: !GetAtt Role.Arn
      GlueVersion: "5.0"
      WorkerType: !If [IsBig, G.2X, G.1X]
      NumberOfWorkers: !FindInMap [ByStage, !Ref Stage, Workers]
      DefaultArguments: {--hour: !Select [0, !Ref Hours], --part: !Select [1, !Split ["-", a-b]]}
      Command: {Name: glueetl, ScriptLocation: !Sub ["s3://${B}/load.py", {B: !Ref Bucket}]}
  Publish:
    Type: AWS::Glue::Job
    Condition: IsProd
    Properties:
      <<: *job
      Name: publish
  Catalog:
    Type: AWS::Glue::Crawler
    Properties:
      Role: !ImportValue role
      DatabaseName: sales
      Targets: {S3Targets: [{Path: !Sub "s3://${Bucket}/sales/"}], CatalogTargets: [!Ref AWS::NoValue]}
      Configuration: |
        {"Version": 1.0}
  Role: {Type: "AWS::IAM::Role"}
  Start:
    Type: AWS::Glue::Trigger
    Properties:
      WorkflowName: !Ref Sales
      Type: SCHEDULED
      StartOnCreation: true
      Schedule: !FindInMap [ByStage, !Ref Stage, Schedule]
      Actions: [{JobName: !Ref Load, Arguments: {--table: "{{resolve:ssm:/sales/table}}"}}]
  AfterLoad:
    Type: AWS::Glue::Trigger
    Properties:
      WorkflowName: !Ref Sales
      Type: CONDITIONAL
      StartOnCreation: true
      Predicate:
        Logical: ANY
        Conditions:
          - {LogicalOperator: EQUALS, JobName: !Ref Load, State: SUCCEEDED}
          - Fn::If: [IsProd, {LogicalOperator: EQUALS, JobName: !Ref Publish, State: FAILED}, !Ref "AWS::NoValue"]
      Actions:
        - CrawlerName: !Ref Catalog
Outputs:
  Flow: {Value: !Ref Sales, Export: {Name: !Sub "${AWS::StackName}-flow"}}
"""
"""A template with nothing wrong in it, and with some of everything that a template can have."""


def in_json(text: str) -> str:
    """Return a template in JSON."""
    return json.dumps(plain(parse_yaml(text, TextSource("", text))[0]), indent=1)


TEXTS = {
    "sales.yaml": SALES.encode(),
    "sales.json": in_json(SALES).encode(),
    "rich.yaml": RICH.encode(),
    "rich.json": in_json(RICH).encode(),
}
MESSAGE = re.compile(
    r"`[^`\n]+`(, line [0-9]+, column [0-9]+: [^\n]+| is no CloudFormation template: [^\n]+| cannot be read: [^\n]+)"
)


def said(folder: Path, name: str, content: bytes) -> str:
    """Return the message about a file that is no template; nothing about one that is judged."""
    try:
        found = codes(read(write(folder, content, name)).check().diagnostics)
    except UsageError as error:
        found, message = set(), error.message
    else:
        message = ""
    assert RuleCrashed.code not in found
    assert not message or MESSAGE.fullmatch(message)
    return message


def test_the_texts_are_right(tmp_path: Path) -> None:
    """What is damaged below has nothing wrong in it before."""
    for name, content in TEXTS.items():
        assert read(write(tmp_path, content, name)).check().diagnostics == ()


def test_json_that_is_cut_off(tmp_path: Path) -> None:
    """Wherever it is cut off, the message says what has no end."""
    problems = set()
    for name in ("sales.json", "rich.json"):
        whole = TEXTS[name]
        for length in range(0, len(whole) - 1, 11):
            message = said(tmp_path, name, whole[:length])
            problems.add(re.sub(r"^`.*`, line [0-9]+, column [0-9]+: ", "", message))

    of_all = {"the text ends before this map does", "the text ends before this list does", "this text has no end"}
    of_some = {"the text is empty", "expected a value", "expected `,` or `}`"}
    assert of_all <= problems <= of_all | of_some


def test_yaml_that_is_cut_off(tmp_path: Path) -> None:
    """It is often YAML still, and judged as far as it goes; else the message says what is missing."""
    messages = {said(tmp_path, "rich.yaml", TEXTS["rich.yaml"][:length]) for length in range(0, len(RICH), 29)}

    assert "" in messages
    assert "`rich.yaml` is no CloudFormation template: it has no `Resources`" in {
        re.sub(r"`[^`]*/", "`", message) for message in messages
    }


TOKENS = st.sampled_from(
    [
        *(
            "null",
            "- ",
            ": ",
            "? ",
            "---\n",
            "...\n",
            "%YAML 1.2\n",
            "#",
            "\t",
            "\n",
            "\r",
            "|\n",
            ">\n",
            "''",
            '""',
            "{}",
        ),
        *("[", "]", "{", "}", ",", "&a ", "*a ", "*job ", "<<: ", "!", "!Ref ", "!Sub ", "!If ", "!Join ", "!GetAtt "),
        *("!!int ", "!!float ", "!!bool ", "!!set ", "!!binary ", "!<x> ", "${", "}", "Fn::If", "Ref", "Fn::", "Sales"),
        *("1e999", "0x1F", "1:30", ".nan", "2020-01-01", "99999999999999999999", "\\ud800", "\\u0000", "\0", "\u2028"),
    ]
).map(str.encode)
PIECES = TOKENS | st.binary(max_size=3)
DAMAGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES), min_size=1, max_size=6)


def damaged(content: bytes, damages: list[tuple[float, int, bytes]]) -> bytes:
    """Return bytes with parts of them replaced: where, of all, how many bytes, and by what."""
    for where, length, piece in damages:
        at = int(where * len(content))
        content = content[:at] + piece + content[at + length :]
    return content


@given(st.sampled_from(sorted(TEXTS)), DAMAGES)
@example("sales.yaml", [(0.056, 0, b"!!int '' #")])
@settings(max_examples=settings().max_examples * 3, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes(tmp_path: Path, name: str, damages: list[tuple[float, int, bytes]]) -> None:
    """Whatever bytes are in a template, it is judged, or there is a message; and no rule crashes."""
    said(tmp_path, name, damaged(TEXTS[name], damages))


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode), st.sampled_from(["a.json", "a.yaml"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file(tmp_path: Path, content: bytes, name: str) -> None:
    """So it is with a file of any kind."""
    said(tmp_path, name, content)
