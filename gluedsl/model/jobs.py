"""Jobs, in the terms of `CreateJob`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.model.code import Code

JobKind = Literal["glueetl", "pythonshell", "gluestreaming", "glueray"]
"""The names that Glue gives to its kinds of job in `Command.Name`."""

LIBRARY_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "glueetl": (".py", ".whl", ".zip"),
    "gluestreaming": (".py", ".whl", ".zip"),
    "pythonshell": (".py", ".whl"),
    "glueray": (".zip",),
}
"""Files that each kind of job can be given as libraries; folders are packed as the kind takes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job that the project defines. None means: not sent, so that Glue's own default holds."""

    name: str
    kind: JobKind
    code: Code
    role: str | None
    """Name or ARN. A name of one of the project's own `Role`s means that role; None: none was given or derived."""
    description: str | None = None
    glue_version: str | None = None
    python_version: str | None = None
    runtime: str | None = None
    worker_type: str | None = None
    workers: int | None = None
    max_capacity: float | None = None
    timeout_minutes: int | None = None
    max_retries: int | None = None
    max_concurrent_runs: int | None = None
    execution_class: str | None = None
    job_run_queuing_enabled: bool | None = None
    maintenance_window: str | None = None
    security_configuration: str | None = None
    notify_delay_after_minutes: int | None = None
    connections: tuple[str, ...] = ()
    default_arguments: Mapping[str, str] = field(default_factory=dict)
    """With their leading `--`."""
    non_overridable_arguments: Mapping[str, str] = field(default_factory=dict)
    libraries: tuple[str, ...] = ()
    """Absolute paths of files and folders on this machine, `s3://` URIs, or pip requirements."""
    tags: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Members of `CreateJob` that have no field here, in the API's own spelling."""
    property_reads: tuple[str, ...] = ()
    """Run properties that the job says it reads."""
    property_writes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingJob:
    """A job that somebody else defines; only named here."""

    name: str
