"""Jobs and crawlers as authors declare them."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Generic,
)

from gluedsl.dsl.misuse import require, require_name, require_several, require_strings
from gluedsl.dsl.options import (
    CrawlerOptions,
    JobOptions,
    PythonShellJobOptions,
    RayJobOptions,
    SparkJobOptions,
    StreamingJobOptions,
    checked,
)
from gluedsl.dsl.outcomes import CrawlerNode, JobNode
from gluedsl.dsl.standing import name_of
from gluedsl.errors import DeclarationError
from gluedsl.source.capture import call_site
from gluedsl.targets import (
    CatalogTarget,
    DeltaTarget,
    DynamoDBTarget,
    HudiTarget,
    IcebergTarget,
    JdbcTarget,
    MongoDBTarget,
    S3Target,
    Target,
)
from gluedsl.worker.run import JobRun, PropertiesT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from typing_extensions import Unpack

    from gluedsl.dsl.standing import NamesJob, Referable
    from gluedsl.worker.properties import RunProperties

_TARGETS = (
    S3Target,
    JdbcTarget,
    MongoDBTarget,
    DynamoDBTarget,
    CatalogTarget,
    DeltaTarget,
    IcebergTarget,
    HudiTarget,
)


class Action:
    """A job as one trigger starts it: with arguments and settings of its own."""

    def __init__(self, node: JobNode, arguments: Mapping[str, str] | None, settings: Mapping[str, Any]) -> None:
        self.node = node
        self.arguments = {} if arguments is None else require_strings(arguments, "with_arguments()")
        self.settings = checked(settings, settings, "with_arguments()")
        self.site = call_site()

    def __repr__(self) -> str:
        return f"{self.node!r}.with_arguments(...)"


class StartedJob(JobNode):
    """A job that triggers can start with arguments of their own."""

    def with_arguments(
        self,
        arguments: Mapping[str, str] | None = None,
        *,
        timeout_minutes: int | None = None,
        security_configuration: str | None = None,
        notify_delay_after_minutes: int | None = None,
    ) -> Action:
        """Return the job as one trigger is to start it; each argument overrides the job's own of that name."""
        settings = {
            "timeout_minutes": timeout_minutes,
            "security_configuration": security_configuration,
            "notify_delay_after_minutes": notify_delay_after_minutes,
        }
        return Action(self, arguments, settings)


class Job(StartedJob):
    """A job that the project defines; of one of the kinds below."""

    kind: str
    decorator: str
    """The method of a workflow that makes one from a function."""
    options_type: type[JobOptions]
    named: tuple[str, ...] = ("script",)
    """What it takes by name besides its options."""

    def __init__(self, name: str | None, script: str | None, options: Mapping[str, Any]) -> None:
        self.name = name
        self.script = script
        """Beside the flow file, or an `s3://` URI; None for a function job."""
        self.options = checked(options, (*self.named, *self.options_type.__annotations__), self._written)
        self.site = call_site()

    @property
    def _written(self) -> str:
        return type(self).__name__


class SparkJob(Job):
    """A Spark ETL job (`glueetl`)."""

    kind = "glueetl"
    decorator = "spark_job"
    options_type = SparkJobOptions

    def __init__(self, name: str, *, script: str, **options: Unpack[SparkJobOptions]) -> None:
        require_name(name, "job")
        require(script, str, "script=", "a path or an s3:// URI")
        super().__init__(name, script, options)


class StreamingJob(Job):
    """A Spark streaming job (`gluestreaming`)."""

    kind = "gluestreaming"
    decorator = "streaming_job"
    options_type = StreamingJobOptions

    def __init__(self, name: str, *, script: str, **options: Unpack[StreamingJobOptions]) -> None:
        require_name(name, "job")
        require(script, str, "script=", "a path or an s3:// URI")
        super().__init__(name, script, options)


class PythonShellJob(Job):
    """A Python shell job (`pythonshell`)."""

    kind = "pythonshell"
    decorator = "python_shell_job"
    options_type = PythonShellJobOptions

    def __init__(self, name: str, *, script: str, **options: Unpack[PythonShellJobOptions]) -> None:
        require_name(name, "job")
        require(script, str, "script=", "a path or an s3:// URI")
        super().__init__(name, script, options)


class RayJob(Job):
    """A Ray job (`glueray`)."""

    kind = "glueray"
    decorator = "ray_job"
    options_type = RayJobOptions

    def __init__(self, name: str, *, script: str, **options: Unpack[RayJobOptions]) -> None:
        require_name(name, "job")
        require(script, str, "script=", "a path or an s3:// URI")
        super().__init__(name, script, options)


class FunctionJob(Job, Generic[PropertiesT]):
    """A job made from a function; calling it runs the function's body, here and now."""

    named = ("after", "name")

    def __init__(
        self,
        function: Callable[[JobRun[PropertiesT]], object],
        kind: type[Job],
        name: str | None,
        options: Mapping[str, Any],
        properties: type[RunProperties] | None,
    ) -> None:
        _require_body(function, f"@{kind.decorator}")
        if name is not None:
            require_name(name, "job")
        self.kind = kind.kind
        self.decorator = kind.decorator
        self.options_type = kind.options_type
        super().__init__(name, None, options)
        self.function = function
        self.properties = properties
        """The class of the workflow's run properties; None where they are plain."""
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__
        self.__module__ = function.__module__

    def __call__(self, run: JobRun[PropertiesT]) -> object:
        """Run the body."""
        return self.function(run)

    @property
    def _written(self) -> str:
        return f"@{self.decorator}"


_FUNCTION = type(call_site)
_TAKES_ANY_NUMBER = 0x04
_BODY_RUNS_LATER = 0x20 | 0x80 | 0x200
"""Flags of the code of generators, coroutines and asynchronous generators
(https://docs.python.org/3/library/inspect.html#code-objects-bit-flags)."""


def _require_body(function: Any, word: str) -> None:
    """Raise DeclarationError unless a call with one argument, the run, runs the function's body."""
    require(function, _FUNCTION, word, "a function", hint="put it before a function; other arguments have a name")
    code = function.__code__
    if code.co_flags & _BODY_RUNS_LATER:
        message = f"{word} takes an ordinary function: calling `{function.__name__}` does not run its body"
        raise DeclarationError(message, hint="leave out `async` and `yield`")
    needed = code.co_argcount - len(function.__defaults__ or ())
    needed_by_name = code.co_kwonlyargcount - len(function.__kwdefaults__ or {})
    takes_one = code.co_argcount >= 1 or code.co_flags & _TAKES_ANY_NUMBER
    if needed > 1 or needed_by_name or not takes_one:
        message = f"{word} takes a function of one argument, which `{function.__name__}` is not"
        raise DeclarationError(message, hint="a job is called with its run: `def load(run)`")


class ExistingJob(StartedJob):
    """A job that somebody else defines: the workflow starts it, and nothing changes it."""

    def __init__(self, name: str | NamesJob | Referable) -> None:
        known = name_of(name, "job_name", "ref")
        require_name(known, "job")
        self.name = known
        self.site = call_site()


class Crawler(CrawlerNode):
    """A crawler that the project defines."""

    def __init__(
        self, name: str, *, targets: str | Target | Sequence[str | Target], **options: Unpack[CrawlerOptions]
    ) -> None:
        require_name(name, "crawler")
        self.name = name
        several = targets if isinstance(targets, (list, tuple)) else (targets,)
        self.targets: tuple[Target, ...] = tuple(_target(target) for target in several)
        self.options: dict[str, Any] = checked(options, ("targets", *CrawlerOptions.__annotations__), "Crawler")
        self.site = call_site()


def _target(value: Any) -> Target:
    """Return a target whose fields are of their types; a path stands for an S3 target, a list for a tuple."""
    if isinstance(value, str):
        return S3Target(value)
    require(value, _TARGETS, "targets=", "s3:// paths and targets such as S3Target(...)")
    lists: dict[str, Any] = {}
    for field in fields(value):
        held = getattr(value, field.name)
        types, wanted = _FIELD_TYPES[str(field.type).replace(" | None", "")]
        what = f"{field.name}= of {type(value).__name__}"
        if held is None and str(field.type).endswith(" | None"):
            continue
        if types is tuple:
            lists[field.name] = require_several(held, str, what, "strings")
        else:
            require(held, types, what, wanted)
    made: Target = replace(value, **lists)
    return made


_FIELD_TYPES: dict[str, tuple[Any, str]] = {
    "str": (str, "a string"),
    "int": (int, "a whole number"),
    "float": ((int, float), "a number"),
    "bool": (bool, "True or False"),
    "tuple[str, ...]": (tuple, "a list of strings"),
}
"""By the annotation of a target's field, which is text there."""


class ExistingCrawler(CrawlerNode):
    """A crawler that somebody else defines: the workflow starts it, and nothing changes it."""

    def __init__(self, name: str | Referable) -> None:
        known = name_of(name, "ref")
        require_name(known, "crawler")
        self.name = known
        self.site = call_site()
