"""Definitions that other tools let pass, each as a template: found, at the right place, and said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.templates import SALES, changed, found

if TYPE_CHECKING:
    from pathlib import Path

CONDITION = """\
          - LogicalOperator: EQUALS
            JobName: !Ref Load
            State: SUCCEEDED
"""
MORE_CRAWLERS = """\
  More:
    Type: AWS::Glue::Crawler
    Properties: {Name: more, Role: R, DatabaseName: d, Targets: {S3Targets: [{Path: s3://lake/more/}]}}
  Most:
    Type: AWS::Glue::Crawler
    Properties: {Name: most, Role: R, DatabaseName: d, Targets: {S3Targets: [{Path: s3://lake/most/}]}}
"""
SECOND_START = """\
  Second:
    Type: AWS::Glue::Trigger
    Properties:
      Name: second
      WorkflowName: !Ref Sales
      Type: EVENT
      Actions:
        - JobName: second-start-job
"""

DEFECTS = {
    "a state on the way": (("State: SUCCEEDED\n", "State: RUNNING\n"), "CN004 54: RUNNING"),
    "a misspelt state": (("State: SUCCEEDED\n", "State: SUCCESS\n"), "CN004 54: SUCCESS"),
    "a misspelt state of a crawler": (("CrawlState: SUCCEEDED", "CrawlState: SUCCESS"), "CN005 67: SUCCESS"),
}
