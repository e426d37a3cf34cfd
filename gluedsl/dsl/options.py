"""What each kind of job, and a crawler, can be given besides its name.

Names are Glue's own field names in snake case with their unit. What is not given is not sent, and Glue's default holds,
except where a default stands here. Source: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, TypedDict

from gluedsl.dsl.misuse import require, require_known, require_members, require_several, require_strings
from gluedsl.dsl.standing import name_of
from gluedsl.errors import DeclarationError
from gluedsl.worker.properties import RunProperty

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from typing_extensions import Literal

    from gluedsl.dsl.standing import (
        NamesConnection,
        NamesDatabase,
        NamesRole,
        NamesSecurityConfiguration,
        Referable,
    )

    SparkWorkerType = Literal["G.1X", "G.2X", "G.4X", "G.8X", "G.12X", "G.16X", "R.1X", "R.2X", "R.4X", "R.8X"]
    StreamingWorkerType = Literal[
        "G.025X", "G.1X", "G.2X", "G.4X", "G.8X", "G.12X", "G.16X", "R.1X", "R.2X", "R.4X", "R.8X"
    ]


class JobOptions(TypedDict, total=False):
    """What every kind of job takes."""

    description: str
    role: str | NamesRole
    """Name or ARN of the role that the job runs as; the workflow's if not given."""
    arguments: Mapping[str, str]
    """Default arguments, with their leading `--`."""
    non_overridable_arguments: Mapping[str, str]
    """Arguments that no trigger and no caller can change."""
    libraries: Sequence[str]
    """Files and folders beside the flow, `s3://` URIs, or requirements for pip."""
    connections: Sequence[str | NamesConnection | Referable]
    """Names of Glue connections."""
    timeout_minutes: int
    """Glue's default is 480 from Glue 5.0 on, 2,880 before and for Python shell."""
    max_retries: int
    """0 to 10; Glue's default is 0. A run that timed out is not retried."""
    max_concurrent_runs: int
    """Glue's default is 1."""
    job_run_queuing_enabled: bool
    """Whether a run waits for capacity and free concurrency instead of failing."""
    notify_delay_after_minutes: int
    security_configuration: str | NamesSecurityConfiguration | Referable
    tags: Mapping[str, str]
    reads: Sequence[object]
    """Run properties that the job reads: of the RunProperties class, or their names."""
    writes: Sequence[object]
    """Run properties that the job writes."""
    allow: Sequence[str]
    """Lints that are not to be reported of it: their codes or names."""
    extra: Mapping[str, Any]
    """Other members of `CreateJob`, in the API's own spelling."""


class SparkJobOptions(JobOptions, total=False):
    """What a Spark job takes besides."""

    worker_type: SparkWorkerType
    """Default `G.1X`."""
    workers: int
    """Default 2."""
    glue_version: str
    """Default `5.0`."""
    execution_class: Literal["STANDARD", "FLEX"]
    bookmarks: Literal["enable", "disable", "pause"]


class StreamingJobOptions(JobOptions, total=False):
    """What a Spark streaming job takes besides."""

    worker_type: StreamingWorkerType
    """Default `G.1X`."""
    workers: int
    """Default 2."""
    glue_version: str
    """Default `5.0`."""
    maintenance_window: str
    """When Glue may restart the job: `Sun:10`."""


class PythonShellJobOptions(JobOptions, total=False):
    """What a Python shell job takes besides."""

    max_capacity: float
    """DPUs: 0.0625, the default, or 1."""
    python_version: Literal["3.9"]
    """Default `3.9`."""


class RayJobOptions(JobOptions, total=False):
    """What a Ray job takes besides."""

    workers: int
    """Of type Z.2X; default 2."""
    glue_version: str
    """Default `4.0`."""
    runtime: str
    """Default `Ray2.4`."""


class CrawlerOptions(TypedDict, total=False):
    """What a crawler takes besides its targets."""

    database: str | NamesDatabase | Referable
    """The Data Catalog database that the tables are written to."""
    description: str
    role: str | NamesRole
    """Name or ARN of the role that the crawler runs as; the workflow's if not given."""
    schedule: str
    """A schedule of the crawler's own, `cron(...)`. A crawl that it starts fires no trigger of a workflow."""
    classifiers: Sequence[str]
    table_prefix: str
    update_behavior: Literal["UPDATE_IN_DATABASE", "LOG"]
    delete_behavior: Literal["LOG", "DELETE_FROM_DATABASE", "DEPRECATE_IN_DATABASE"]
    recrawl_behavior: Literal["CRAWL_EVERYTHING", "CRAWL_NEW_FOLDERS_ONLY", "CRAWL_EVENT_MODE"]
    configuration: str
    """JSON text, as Glue documents it."""
    security_configuration: str | NamesSecurityConfiguration | Referable
    tags: Mapping[str, str]
    allow: Sequence[str]
    """Lints that are not to be reported of it: their codes or names."""
    extra: Mapping[str, Any]
    """Other members of `CreateCrawler`, in the API's own spelling."""


def checked(given: Mapping[str, Any], known: Collection[str], owner: str) -> dict[str, Any]:
    """Return a copy of what was given for these names, in which None is the same as nothing.

    Whether Glue takes a value is for the rules to say; here it only has to be of its type.

    Raises:
        DeclarationError: `owner` takes no argument of a name, or a value is of another type.
    """
    require_known(given, known, owner)
    return {name: checked_value(name, value, f"{name}=") for name, value in given.items() if value is not None}


def checked_value(name: str, value: Any, what: str) -> Any:
    """Return a copy of what was given for the argument `name`, shown as `what`; DeclarationError if of another type."""
    return _CHECKS[name](value, what)


def _of(types: type | tuple[type, ...], wanted: str) -> Callable[[Any, str], Any]:
    def check(value: Any, what: str) -> Any:
        require(value, types, what, wanted)
        return value

    return check


def _several(types: type | tuple[type, ...], wanted: str) -> Callable[[Any, str], Any]:
    def check(value: Any, what: str) -> Any:
        return require_several(value, types, what, wanted)

    return check


def _members(value: Any, what: str) -> dict[str, Any]:
    return require_members(value, what, "a dict of members of the API's request")


def _bookmarks(value: Any, what: str) -> str:
    require(value, str, what, "enable, disable or pause")
    if value not in {"enable", "disable", "pause"}:
        message = f"{what} takes enable, disable or pause, not {value!r}"
        raise DeclarationError(message)
    return str(value)


_text = _of(str, "a string")


def _named(*attributes: str) -> Callable[[Any, str], Any]:
    return lambda value, what: _text(name_of(value, *attributes), what)


def _all_named(*attributes: str) -> Callable[[Any, str], Any]:
    def check(value: Any, what: str) -> Any:
        named = [name_of(one, *attributes) for one in value] if isinstance(value, (list, tuple)) else value
        return _texts(named, what)

    return check


_whole = _of(int, "a whole number")
_number = _of((int, float), "a number")
_flag = _of(bool, "True or False")
_texts = _several(str, "strings")
_properties = _several((RunProperty, str), "properties of a RunProperties class, or their names")

_CHECKS: dict[str, Callable[[Any, str], Any]] = {
    "allow": _several(str, "codes or names of rules"),
    "arguments": require_strings,
    "bookmarks": _bookmarks,
    "classifiers": _texts,
    "configuration": _text,
    "connections": _all_named("connection_name", "ref"),
    "database": _named("database_name", "ref"),
    "delete_behavior": _text,
    "description": _text,
    "enabled": _flag,
    "execution_class": _text,
    "extra": _members,
    "glue_version": _text,
    "job_run_queuing_enabled": _flag,
    "libraries": _texts,
    "maintenance_window": _text,
    "max_capacity": _number,
    "max_concurrent_runs": _whole,
    "max_retries": _whole,
    "non_overridable_arguments": require_strings,
    "notify_delay_after_minutes": _whole,
    "properties": require_strings,
    "python_version": _text,
    "reads": _properties,
    "recrawl_behavior": _text,
    "role": _named("role_arn", "attr_arn"),
    "runtime": _text,
    "schedule": _text,
    "security_configuration": _named("security_configuration_name", "ref"),
    "table_prefix": _text,
    "tags": require_strings,
    "timeout_minutes": _whole,
    "update_behavior": _text,
    "worker_type": _text,
    "workers": _whole,
    "writes": _properties,
}
"""How the value of each argument is checked, whatever takes it."""
