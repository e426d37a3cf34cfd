"""The table `[tool.gluedsl]` of an author's `pyproject.toml`: what differs by environment, never by code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gluedsl.compiler.setting_tables import known_settings
from gluedsl.compiler.stages import Stage, chosen, read_stages, require_bucket, require_text
from gluedsl.errors import UsageError
from gluedsl.rules.levels import Levels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSettings:
    """`[tool.gluedsl.local]`: what the local Glue has before a run."""

    data: Mapping[str, str] = field(default_factory=dict)
    """Folders or files beside `pyproject.toml`, by the `s3://` URI that they are put at."""
    buckets: tuple[str, ...] = ()
    """Other buckets that the workflow expects to be there, empty."""
    parallel_actions: int | None = None
    """How many jobs and crawlers run at once; None: as many as the local Glue likes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulateSettings:
    """`[tool.gluedsl.simulate]`: how one simulated run goes unless the command says otherwise; texts as it takes."""

    durations: Mapping[str, str] = field(default_factory=dict)
    """How long jobs and crawlers take."""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """How they end."""


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
    simulate: SimulateSettings = field(default_factory=SimulateSettings)
    rules: Levels = field(default_factory=Levels)
    """`[tool.gluedsl.rules]`: how much lints weigh."""
    overrides: Stage | None = None
    """What the stage has otherwise than the flow; None: no stage was asked for."""

    @property
    def stage(self) -> str | None:
        """The name of the stage."""
        return None if self.overrides is None else self.overrides.name

    @property
    def prefix(self) -> str:
        """What every name that the project gives in Glue begins with."""
        return "" if self.overrides is None else self.overrides.prefix


_KNOWN = (*(f.name for f in fields(Settings) if f.name not in {"root", "overrides"}), "stages")
_KNOWN_LOCAL = tuple(f.name for f in fields(LocalSettings))
_KNOWN_SIMULATE = tuple(f.name for f in fields(SimulateSettings))


def read_settings(start: Path, stage: str | None = None) -> Settings:
    """Return the settings that hold for a flow file or folder: of the nearest `pyproject.toml` at or above it.

    Args:
        start: the file or folder.
        stage: the one to deploy to; None: what holds without one.

    Raises:
        UsageError: that file is not TOML, or the table holds what gluedsl does not know, or has no such stage.
    """
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        file = candidate / "pyproject.toml"
        if file.is_file():
            settings, stages = _read(file)
            return settings if stage is None else _staged(settings, chosen(stages, stage, file))
    if stage is not None:
        message = f"there is no stage `{stage}`: no pyproject.toml at or above {folder}"
        raise UsageError(message, hint=f"write one with [tool.gluedsl.stages.{stage}]")
    return Settings(root=folder, project=folder.name)


def _staged(settings: Settings, stage: Stage) -> Settings:
    """Return settings in which those of a stage hold."""
    return replace(
        settings,
        role=stage.role or settings.role,
        region=stage.region or settings.region,
        script_bucket=stage.script_bucket or settings.script_bucket,
        overrides=stage,
    )


def _read(file: Path) -> tuple[Settings, dict[str, Stage]]:
    try:
        return _parsed(file, file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{file} is not TOML: {error}"
        raise UsageError(message) from error
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise UsageError(message) from error


@lru_cache(maxsize=8)
def _parsed(file: Path, text: str) -> tuple[Settings, dict[str, Stage]]:
    """Return what a file says; kept, since an application of the CDK asks for it once for each of its constructs."""
    data = tomllib.loads(text)
    tools = data.get("tool", {})
    own = tools.get("gluedsl", {}) if isinstance(tools, dict) else {}
    table = known_settings(own, _KNOWN, "tool.gluedsl", file)
    stages = read_stages(table.pop("stages", {}), file)
    local = _local(known_settings(table.pop("local", {}), _KNOWN_LOCAL, "tool.gluedsl.local", file), file)
    simulate = _simulate(
        known_settings(table.pop("simulate", {}), _KNOWN_SIMULATE, "tool.gluedsl.simulate", file), file
    )
    rules = Levels.of(table.pop("rules", {}), f"{file}: [tool.gluedsl.rules]")
    for name, value in table.items():
        require_text(value, name, "tool.gluedsl", file)
    if (bucket := table.get("script_bucket")) is not None:
        require_bucket(bucket, "tool.gluedsl", file)
    project = table.pop("project", None) or _project_name(data) or file.parent.name
    settings = Settings(
        root=file.parent,
        project=project,
        local=local,
        simulate=simulate,
        rules=rules,
        **table,
    )
    return settings, stages


def _local(given: Mapping[str, Any], file: Path) -> LocalSettings:
    table = "[tool.gluedsl.local]"
    data = given.get("data", {})
    if not isinstance(data, dict) or not all(
        isinstance(folder, str) and uri.startswith("s3://") for uri, folder in data.items()
    ):
        message = f"{file}: `data` in {table} does not give a folder for each s3:// URI"
        raise UsageError(message, hint='for example: data = { "s3://lake/raw/" = "data" }')
    buckets = given.get("buckets", [])
    if not isinstance(buckets, list) or not all(isinstance(bucket, str) for bucket in buckets):
        message = f"{file}: `buckets` in {table} is not a list of names"
        raise UsageError(message)
    parallel = given.get("parallel_actions")
    # To Python, true is a number.
    if parallel is not None and (not isinstance(parallel, int) or isinstance(parallel, bool) or parallel < 1):
        message = f"{file}: `parallel_actions` in {table} is not a number from 1 on"
        raise UsageError(message, hint="how many jobs and crawlers run at once: parallel-actions = 4")
    return LocalSettings(data=data, buckets=tuple(buckets), parallel_actions=parallel)


def _simulate(given: Mapping[str, Any], file: Path) -> SimulateSettings:
    examples = {"durations": '"90s"', "outcomes": '"FAILED"'}
    for name, example in examples.items():
        values = given.get(name, {})
        if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
            message = f"{file}: `{name}` in [tool.gluedsl.simulate] does not give a text for each job or crawler"
            raise UsageError(message, hint=f"for example: {name} = {{ load_orders = {example} }}")
    return SimulateSettings(**given)


def _project_name(data: Mapping[str, Any]) -> str | None:
    """Return `[project] name`; a packaging tool says what is wrong with one that is none."""
    project = data.get("project")
    name = project.get("name") if isinstance(project, dict) else None
    return name if isinstance(name, str) else None
