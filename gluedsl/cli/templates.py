"""CloudFormation templates and cloud assemblies at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gluedsl.compiler.settings import read_settings
from gluedsl.errors import UsageError
from gluedsl.templates import read

if TYPE_CHECKING:
    from gluedsl.diagnostics import Report


_FOUND = 1


class Checked(NamedTuple):
    """What is said of a flow or a template."""

    report: Report
    subject: str
    """What it is about."""
    exit_code: int = _FOUND
    """What to exit with where something was found."""


def check_template(path: str) -> Checked:
    """Return the findings about a template or a cloud assembly.

    Levels of lints are those of the `pyproject.toml` that is nearest to it.
    """
    template = read(path)
    count = template.resource_count
    subject = f"{template.shown}, {count} resource{'' if count == 1 else 's'} of Glue"
    report = template.check(levels=read_settings(Path(path).absolute()).rules)
    return Checked(report, subject, UsageError.exit_code if template.is_malformed else _FOUND)
