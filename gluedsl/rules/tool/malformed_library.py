"""TL014 `malformed-library`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.s3 import s3_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

_OF_PIP = re.compile(r"(?:(?:git|hg|svn|bzr)\+)?(?:https?|ssh|git)(?:\+\w+)?://[^/\s]+/\S+")
"""Addresses that pip installs from as they are (https://pip.pypa.io/en/stable/cli/pip_install/)."""


class MalformedLibrary(Rule):
    """A job's library is neither a file nor what pip can install.

    ## What it does

    Reports members of `libraries` that do not lie beside the flow, are no `s3://` URI of a file, and no requirement as
    [pip reads it](https://packaging.python.org/en/latest/specifications/dependency-specifiers/).

    ## Why is this bad

    Glue hands what is no file to pip when the job starts. pip refuses it, and the job fails before its first line.

    ## Example

    ```python
    from gluedsl import SparkJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(SparkJob("load", script="s3://scripts/load.py", libraries=["pandas=="]))
    ```

    ## Use instead

    ```python
    from gluedsl import SparkJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(SparkJob("load", script="s3://scripts/load.py", libraries=["pandas==2.2.3"]))
    ```
    """

    code = "TL014"
    name = "malformed-library"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-python-libraries.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each library that nobody can find."""
        for path, job in walk.jobs(context.project):
            for index, library in enumerate(job.libraries):
                fault = _fault(library)
                if fault:
                    yield self.finding(
                        f"library `{library}` of job `{job.name}` {fault}",
                        context.span(*path, "libraries", index),
                        help=("name a file or folder beside the flow, an `s3://` URI, or a requirement for pip",),
                    )


def _fault(library: str) -> str:
    if Path(library).is_absolute():
        return ""
    if re.match(r"s3[an]?://", library):
        return s3_fault(library, needs_key=True)
    if _OF_PIP.fullmatch(library):
        return ""
    from packaging.requirements import InvalidRequirement, Requirement  # noqa: PLC0415 -- most flows name none

    try:
        Requirement(library)
    except InvalidRequirement:
        return "is no file beside the flow, and no requirement that pip can read"
    return ""
