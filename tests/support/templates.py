"""Templates written by a test, and what is said of them as text."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from gluedsl.templates import read
from tests.support.words import python_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from gluedsl.diagnostics import Diagnostic, Report
    from gluedsl.rules.levels import Levels
    from gluedsl.source.span import Span

SALES = """\
Resources:
  Sales:
    Type: AWS::Glue::Workflow
    Properties:
      Name: nightly-sales
      MaxConcurrentRuns: 1
  Load:
    Type: AWS::Glue::Job
    Properties:
      Name: load
      Role: GlueJobRole
      GlueVersion: 5.0
      WorkerType: G.1X
      NumberOfWorkers: 2
      Command:
        Name: glueetl
        ScriptLocation: s3://scripts/load.py
  Publish:
    Type: AWS::Glue::Job
    Properties:
      Name: publish
      Role: GlueJobRole
      MaxCapacity: 0.0625
      Command:
        Name: pythonshell
        PythonVersion: 3.9
        ScriptLocation: s3://scripts/publish.py
  Catalog:
    Type: AWS::Glue::Crawler
    Properties:
      Name: catalog
      Role: GlueJobRole
      DatabaseName: sales
      Targets:
        S3Targets:
          - Path: s3://lake/sales/
  Start:
    Type: AWS::Glue::Trigger
    Properties:
      Name: start
      WorkflowName: !Ref Sales
      Type: ON_DEMAND
      Actions:
        - JobName: !Ref Load
  AfterLoad:
    Type: AWS::Glue::Trigger
    Properties:
      Name: after-load
      WorkflowName: !Ref Sales
      Type: CONDITIONAL
      StartOnCreation: true
      Predicate:
        Logical: AND
        Conditions:
          - LogicalOperator: EQUALS
            JobName: !Ref Load
            State: SUCCEEDED
      Actions:
        - CrawlerName: !Ref Catalog
  AfterCatalog:
    Type: AWS::Glue::Trigger
    Properties:
      Name: after-catalog
      WorkflowName: !Ref Sales
      Type: CONDITIONAL
      StartOnCreation: true
      Predicate:
        Conditions:
          - LogicalOperator: EQUALS
            CrawlerName: !Ref Catalog
            CrawlState: SUCCEEDED
      Actions:
        - JobName: !Ref Publish
"""
"""A template with nothing wrong in it: a job, then a crawler, then another job."""


def changed(*changes: tuple[str, str], of: str = SALES) -> str:
    """Return a text with parts of it replaced, each of which stands in it once."""
    for old, new in changes:
        assert of.count(old) == 1, f"{old!r} stands {of.count(old)} times in it"
        of = of.replace(old, new)
    return of


def write(folder: Path, text: str | bytes, name: str = "template.yaml") -> str:
    """Write a template; return its path."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(file)


def report(folder: Path, text: str | bytes, name: str = "template.yaml", *, levels: Levels | None = None) -> Report:
    """Return what is said of a template, which is never in Python."""
    said = read(write(folder, text, name)).check(levels=levels)
    assert python_words(said.diagnostics) == []
    return said


def found(folder: Path, text: str, name: str = "template.yaml") -> list[str]:
    """Return each finding as `CODE line: text that is pointed at`, but for mere information."""
    return [
        f"{one.code} {one.span.line}: {text_of(one.span, text)}" if one.span else f"{one.code} nowhere"
        for one in report(folder, text, name).diagnostics
        if one.severity != "info"
    ]


def text_of(span: Span, text: str) -> str:
    """Return the text that a span covers: of several lines, the first."""
    line = text.splitlines()[span.line - 1]
    return line[span.column - 1 : span.end_column - 1 if span.end_line == span.line else None]


def codes(diagnostics: Iterable[Diagnostic]) -> set[str]:
    """Return which rules have found something."""
    return {one.code for one in diagnostics}


def as_json(whole: Mapping[str, Any]) -> str:
    """Return a template as most tools write it."""
    return json.dumps(whole, indent=1)


def resources(**by_id: Mapping[str, Any]) -> str:
    """Return a template of resources, as JSON."""
    return as_json({"Resources": by_id})


def yaml(text: str) -> str:
    """Return a template without the margin that a test has around it."""
    return dedent(text).lstrip("\n")


def assembly(folder: Path, *stacks: str, files: Mapping[str, Any]) -> Path:
    """Write a cloud assembly of stacks, each with the name of its template, and of files; return its folder."""
    artifacts = {f"Stack{number}": stack_artifact(name) for number, name in enumerate(stacks)}
    return assembly_of(folder, artifacts, files=files)


def assembly_of(folder: Path, artifacts: Mapping[str, Any], *, files: Mapping[str, Any]) -> Path:
    """Write a cloud assembly of artifacts and files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, whole in {"manifest.json": {"version": "55.0.0", "artifacts": artifacts}, **files}.items():
        (folder / name).write_text(whole if isinstance(whole, str) else as_json(whole), encoding="utf-8")
    return folder


def stack_artifact(template: object, **more: Any) -> dict[str, Any]:
    """Return what a manifest says of a stack."""
    return {"type": "aws:cloudformation:stack", "properties": {"templateFile": template}, **more}


def nested_stack(template: str, **properties: Any) -> dict[str, Any]:
    """Return a resource that is a stack, as CDK writes it."""
    metadata = {"aws:asset:path": template, "aws:asset:property": "TemplateURL"}
    return {"Type": "AWS::CloudFormation::Stack", "Properties": properties, "Metadata": metadata}
