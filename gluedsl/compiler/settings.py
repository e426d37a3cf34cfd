"""The table `[tool.gluedsl]` of an author's `pyproject.toml`: what differs by environment, never by code."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from gluedsl.errors import UsageError
from gluedsl.rules.levels import Levels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSettings:
    """`[tool.gluedsl.local]`: what the local Glue has before a run."""

    data: Mapping[str, str] = field(default_factory=dict)
    """Folders or files beside `pyproject.toml`, by the `s3://` URI that they are put at."""
    buckets: tuple[str, ...] = ()
    """Other buckets that the workflow expects to be there, empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of one project; their names in the file have hyphens or underscores."""

    root: Path
    """The folder of the `pyproject.toml` they are from, or of the flow where there is none."""
    project: str
    """Who owns what a deployment makes: `[project] name` unless set here; else the folder's name."""
    role: str | None = None
    """For jobs and crawlers of workflows that name none."""
    region: str | None = None
    """None: as boto3 finds it."""
    script_bucket: str | None = None
    """Where scripts are uploaded; None: `gluedsl-<account>-<region>`, made when it is missing."""
    local: LocalSettings = field(default_factory=LocalSettings)
    rules: Levels = field(default_factory=Levels)
    """`[tool.gluedsl.rules]`: how much lints weigh."""


def read_settings(start: Path) -> Settings:
    """Return the settings that hold for a flow file or folder: of the nearest `pyproject.toml` at or above it.

    Raises:
        UsageError: that file is not TOML, or the table holds what gluedsl does not know.
    """
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        file = candidate / "pyproject.toml"
        if file.is_file():
            return _read(file)
    return Settings(root=folder, project=folder.name)


def _read(file: Path) -> Settings:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{file} is not TOML: {error}"
        raise UsageError(message) from error
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise UsageError(message) from error
    tools = data.get("tool", {})
    own = tools.get("gluedsl", {}) if isinstance(tools, dict) else {}
    table = _table(own, Settings, "tool.gluedsl", file, besides=("root",))
    local = _table(table.pop("local", {}), LocalSettings, "tool.gluedsl.local", file)
    data_folders = local.get("data", {})
    if not isinstance(data_folders, dict) or not all(
        isinstance(folder, str) and uri.startswith("s3://") for uri, folder in data_folders.items()
    ):
        message = f"{file}: `data` in [tool.gluedsl.local] does not give a folder for each s3:// URI"
        raise UsageError(message, hint='for example: data = { "s3://lake/raw/" = "data" }')
    buckets = local.pop("buckets", [])
    if not isinstance(buckets, list) or not all(isinstance(bucket, str) for bucket in buckets):
        message = f"{file}: `buckets` in [tool.gluedsl.local] is not a list of names"
        raise UsageError(message)
    rules = Levels.of(table.pop("rules", {}), f"{file}: [tool.gluedsl.rules]")
    for name, value in table.items():
        if not isinstance(value, str):
            message = f"{file}: `{name}` in [tool.gluedsl] is not a string"
            raise UsageError(message)
    bucket = table.get("script_bucket")
    if bucket is not None and not _BUCKET.fullmatch(bucket):
        message = f"{file}: `script_bucket` in [tool.gluedsl] cannot be the name of a bucket: {bucket}"
        raise UsageError(message, hint="3 to 63 lower-case letters, digits, dots and hyphens")
    project = table.pop("project", None) or _project_name(data) or file.parent.name
    return Settings(
        root=file.parent,
        project=project,
        local=LocalSettings(**local, buckets=tuple(buckets)),
        rules=rules,
        **table,
    )


def _project_name(data: Mapping[str, Any]) -> str | None:
    """Return `[project] name`; a packaging tool says what is wrong with one that is none."""
    project = data.get("project")
    name = project.get("name") if isinstance(project, dict) else None
    return name if isinstance(name, str) else None


def _table(table: Any, known: type, name: str, file: Path, besides: tuple[str, ...] = ()) -> dict[str, Any]:
    if not isinstance(table, dict):
        message = f"{file}: [{name}] is not a table"
        raise UsageError(message)
    names = [f.name for f in fields(known) if f.name not in besides]
    given: dict[str, Any] = {}
    for written, value in table.items():
        key = written.replace("-", "_")
        if key not in names:
            near = difflib.get_close_matches(key, names, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"it takes {', '.join(f'`{n}`' for n in names)}"
            message = f"{file}: [{name}] has no setting `{written}`"
            raise UsageError(message, hint=hint)
        if key in given:
            message = f"{file}: [{name}] has `{key}` twice, once with a hyphen"
            raise UsageError(message)
        given[key] = value
    return given
