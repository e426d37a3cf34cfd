"""CloudFormation templates and cloud assemblies at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gluedsl.compiler.settings import read_settings
from gluedsl.templates import read

if TYPE_CHECKING:
    from gluedsl.diagnostics import Report


def check_template(path: str) -> tuple[Report, str]:
    """Return the findings about a template or a cloud assembly, and what it is about.

    Levels of lints are those of the `pyproject.toml` that is nearest to it.
    """
    template = read(path)
    count = template.resource_count
    subject = f"{template.shown}, {count} resource{'' if count == 1 else 's'} of Glue"
    return template.check(levels=read_settings(Path(path).absolute()).rules), subject
