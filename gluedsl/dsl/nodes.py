"""Jobs and crawlers as authors declare them."""

from __future__ import annotations

from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Generic,
)

from gluedsl.dsl.misuse import require, require_known, require_name
from gluedsl.dsl.options import (
    CrawlerOptions,
    JobOptions,
    PythonShellJobOptions,
    RayJobOptions,
    SparkJobOptions,
    StreamingJobOptions,
)
from gluedsl.dsl.outcomes import CrawlerNode, JobNode
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

    def __init__(self, node: JobNode, arguments: Mapping[str, str] | None, settings: dict[str, Any]) -> None:
        require(arguments or {}, dict, "with_arguments()", "a dict of arguments")
        self.node = node
        self.arguments = dict(arguments or {})
        self.settings = settings
        self.site = call_site()


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
    options_type: type[JobOptions]

    def __init__(self, name: str | None, script: str | None, options: Mapping[str, Any]) -> None:
        require_known(options, self.options_type.__annotations__, type(self).__name__)
        self.name = name
        self.script = script
        """Beside the flow file, or an `s3://` URI; None for a function job."""
        self.options = dict(options)
        self.site = call_site()


class SparkJob(Job):
    """A Spark ETL job (`glueetl`)."""

    kind = "glueetl"
    options_type = SparkJobOptions

    def __init__(self, name: str, *, script: str, **options: Unpack[SparkJobOptions]) -> None:
        require_name(name, "job")
        require(script, str, "script=", "a path or an s3:// URI")
        super().__init__(name, script, options)


class StreamingJob(Job):
    """A Spark streaming job (`gluestreaming`)."""

    kind = "gluestreaming"
    options_type = StreamingJobOptions

    def __init__(self, name: str, *, script: str, **options: Unpack[StreamingJobOptions]) -> None:
        require_name(name, "job")
        require(script, str, "script=", "a path or an s3:// URI")
        super().__init__(name, script, options)


class PythonShellJob(Job):
    """A Python shell job (`pythonshell`)."""

    kind = "pythonshell"
    options_type = PythonShellJobOptions

    def __init__(self, name: str, *, script: str, **options: Unpack[PythonShellJobOptions]) -> None:
        require_name(name, "job")
        require(script, str, "script=", "a path or an s3:// URI")
        super().__init__(name, script, options)


class RayJob(Job):
    """A Ray job (`glueray`)."""

    kind = "glueray"
    options_type = RayJobOptions

    def __init__(self, name: str, *, script: str, **options: Unpack[RayJobOptions]) -> None:
        require_name(name, "job")
        require(script, str, "script=", "a path or an s3:// URI")
        super().__init__(name, script, options)


class FunctionJob(Job, Generic[PropertiesT]):
    """A job made from a function; calling it runs the function's body, here and now."""

    def __init__(
        self,
        function: Callable[[JobRun[PropertiesT]], object],
        kind: type[Job],
        name: str | None,
        options: Mapping[str, Any],
        properties: type[RunProperties] | None,
    ) -> None:
        require(function, _FUNCTION, f"@{kind.__name__}", "a function of a module")
        self.kind = kind.kind
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


_FUNCTION = type(call_site)


class ExistingJob(StartedJob):
    """A job that somebody else defines: the workflow starts it, and nothing changes it."""

    def __init__(self, name: str) -> None:
        require_name(name, "job")
        self.name = name
        self.site = call_site()


class Crawler(CrawlerNode):
    """A crawler that the project defines."""

    def __init__(
        self, name: str, *, targets: str | Target | Sequence[str | Target], **options: Unpack[CrawlerOptions]
    ) -> None:
        require_name(name, "crawler")
        require_known(options, CrawlerOptions.__annotations__, "Crawler")
        self.name = name
        several = targets if isinstance(targets, (list, tuple)) else (targets,)
        self.targets: tuple[Target, ...] = tuple(S3Target(t) if isinstance(t, str) else t for t in several)
        for target in self.targets:
            require(target, _TARGETS, "targets=", "s3:// paths and targets such as S3Target(...)")
        self.options: dict[str, Any] = dict(options)
        self.site = call_site()


class ExistingCrawler(CrawlerNode):
    """A crawler that somebody else defines: the workflow starts it, and nothing changes it."""

    def __init__(self, name: str) -> None:
        require_name(name, "crawler")
        self.name = name
        self.site = call_site()
