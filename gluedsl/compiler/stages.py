"""The tables `[tool.gluedsl.stages.NAME]`: what one environment has otherwise than the flow says.

Comes in: a table as TOML has it. Goes out: a `Stage`, whose values are of their types. Whether the flow has the jobs,
crawlers, workflows and run properties that it names is for `gluedsl.compiler.staging` to say, and whether Glue takes
a value is for the rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gluedsl.compiler.setting_tables import known_settings, members, near
from gluedsl.dsl.options import checked_value
from gluedsl.dsl.starts import Start, cron, on_demand, on_event
from gluedsl.errors import DeclarationError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

JOB_OVERRIDES = (
    "worker_type",
    "workers",
    "max_capacity",
    "timeout_minutes",
    "max_retries",
    "max_concurrent_runs",
    "job_run_queuing_enabled",
    "execution_class",
    "notify_delay_after_minutes",
    "role",
    "connections",
    "security_configuration",
    "arguments",
)
"""Arguments of jobs; each kind takes those that it takes in a flow."""
CRAWLER_OVERRIDES = ("schedule", "role", "database", "table_prefix", "targets", "security_configuration")
WORKFLOW_OVERRIDES = ("start", "properties", "max_concurrent_runs")

_STAGE = ("prefix", "role", "region", "script_bucket", "start", "properties", "workflows", "jobs", "crawlers")
_EVENTS = ("batch_size", "batch_window_seconds", "s3", "pattern", "role")
_PREFIX = re.compile(r"[A-Za-z0-9._-]*")
"""What the names of roles and of EventBridge rules take, as all others do."""
ON_DEMAND = "on-demand"
_STARTS = f'"{ON_DEMAND}", a cron expression, or a table for events'
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"""

TOMLPath = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What a stage says of one workflow, job or crawler."""

    name: str
    """As the table calls it: a function's own name, or the name in Glue without a prefix."""
    values: Mapping[str, Any]
    """By the argument that they stand for."""
    at: TOMLPath
    """The table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of a project."""

    name: str
    file: Path
    """The `pyproject.toml` that it is from."""
    prefix: str
    """Of every name in Glue that the project makes; empty: they are as without a stage."""
    role: str | None = None
    """For jobs and crawlers that name none themselves, whatever their workflow says."""
    region: str | None = None
    script_bucket: str | None = None
    start: Start | None = None
    """Of every workflow."""
    properties: Mapping[str, Any] = field(default_factory=dict)
    """Run properties by name, as TOML has them: of every workflow that declares them."""
    workflows: tuple[Override, ...] = ()
    jobs: tuple[Override, ...] = ()
    crawlers: tuple[Override, ...] = ()

    @property
    def at(self) -> TOMLPath:
        """The table."""
        return ("tool", "gluedsl", "stages", self.name)

    @property
    def table(self) -> str:
        """The table, as messages call it."""
        return ".".join(self.at)


def read_stages(table: Any, file: Path) -> dict[str, Stage]:
    """Return the stages of `[tool.gluedsl.stages]` by name.

    Raises:
        UsageError: one says what no stage can.
    """
    stages = members(table, "tool.gluedsl.stages", file)
    return {name: _stage(name, values, file) for name, values in stages.items()}


def chosen(stages: Mapping[str, Stage], name: str, file: Path) -> Stage:
    """Return a stage by its name; UsageError if there is none."""
    if name in stages:
        return stages[name]
    message = f"{file} has no stage `{name}`"
    known = f"it has {', '.join(f'`{each}`' for each in stages)}" if stages else f"write [tool.gluedsl.stages.{name}]"
    raise UsageError(message, hint=near(name, stages) or known)


def require_bucket(bucket: str, table: str, file: Path) -> None:
    """Raise UsageError unless a bucket can have this name."""
    if not _BUCKET.fullmatch(bucket):
        message = f"{file}: `script_bucket` in [{table}] cannot be the name of a bucket: {bucket}"
        raise UsageError(message, hint="3 to 63 lower-case letters, digits, dots and hyphens")


def require_text(value: Any, name: str, table: str, file: Path) -> str:
    """Return a text; UsageError if it is none."""
    if not isinstance(value, str):
        message = f"{file}: `{name}` in [{table}] is not a string"
        raise UsageError(message)
    return value


def _stage(name: str, values: Any, file: Path) -> Stage:
    at: TOMLPath = ("tool", "gluedsl", "stages", name)
    table = ".".join(at)
    given = known_settings(values, _STAGE, table, file)
    texts = {key: require_text(given[key], key, table, file) for key in _STAGE[:4] if key in given}
    if (bucket := texts.get("script_bucket")) is not None:
        require_bucket(bucket, table, file)
    prefix = texts.pop("prefix", f"{name}-")
    if not _PREFIX.fullmatch(prefix):
        message = f"{file}: `{prefix}` cannot be the prefix of names, as [{table}] wants it"
        raise UsageError(message, hint="set `prefix` to letters, digits, dots, hyphens and underscores, or to nothing")
    return Stage(
        name=name,
        file=file,
        prefix=prefix,
        start=_start(given["start"], table, file) if "start" in given else None,
        properties=members(given.get("properties", {}), f"{table}.properties", file),
        workflows=_overrides(given, "workflows", at, WORKFLOW_OVERRIDES, file),
        jobs=_overrides(given, "jobs", at, JOB_OVERRIDES, file),
        crawlers=_overrides(given, "crawlers", at, CRAWLER_OVERRIDES, file),
        **texts,
    )


def _overrides(
    given: Mapping[str, Any], kind: str, at: TOMLPath, known: Collection[str], file: Path
) -> tuple[Override, ...]:
    table = ".".join((*at, kind))
    return tuple(
        Override(name=name, values=_values(values, (*at, kind, name), known, file), at=(*at, kind, name))
        for name, values in members(given.get(kind, {}), table, file).items()
    )


def _values(values: Any, at: TOMLPath, known: Collection[str], file: Path) -> dict[str, Any]:
    table = ".".join(at)
    given = known_settings(values, known, table, file)
    return {key: _value(key, value, table, file) for key, value in given.items()}


def _value(key: str, value: Any, table: str, file: Path) -> Any:
    if key == "start":
        return _start(value, table, file)
    if key == "properties":
        return members(value, f"{table}.properties", file)
    if key == "targets":
        return _targets(value, table, file)
    if key == "schedule" and value == ON_DEMAND:
        return None
    try:
        return checked_value(key, value, f"`{key}` in [{table}]")
    except DeclarationError as error:
        message = f"{file}: {error.message}"
        raise UsageError(message, hint=error.hint) from None


def _targets(value: Any, table: str, file: Path) -> tuple[str, ...]:
    several = value if isinstance(value, list) else [value]
    if not several or not all(isinstance(one, str) and one.startswith("s3://") for one in several):
        message = f"{file}: `targets` in [{table}] is not a list of s3:// paths"
        raise UsageError(message, hint="targets of other kinds are given in the flow")
    return tuple(several)


def _start(value: Any, table: str, file: Path) -> Start:
    """Return the start that a text or a table says."""
    if isinstance(value, dict):
        given = known_settings(value, _EVENTS, f"{table}.start", file)
        try:
            return on_event(**given)
        except DeclarationError as error:
            message = f"{file}: `start` in [{table}]: {error.message}"
            raise UsageError(message, hint=error.hint) from None
    if value == ON_DEMAND:
        return on_demand()
    if isinstance(value, str) and ("(" in value or any(sign in value for sign in "*?")):
        return cron(value)
    message = f"{file}: `start` in [{table}] is not {_STARTS}"
    raise UsageError(message, hint='for example: "cron(0 2 * * ? *)", or { s3 = "s3://lake/raw/", batch_size = 10 }')
