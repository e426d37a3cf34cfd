"""Workflows and triggers as authors declare them."""

from __future__ import annotations

from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Generic,
    TypeVar,
    overload,
)

from gluedsl.dsl.misuse import require, require_name
from gluedsl.dsl.nodes import (
    Action,
    FunctionJob,
    Job,
    PythonShellJob,
    RayJob,
    SparkJob,
    StreamingJob,
)
from gluedsl.dsl.options import checked
from gluedsl.dsl.outcomes import After, Node, operand
from gluedsl.dsl.starts import Start
from gluedsl.errors import DeclarationError
from gluedsl.source.capture import CallSite, call_site
from gluedsl.worker.properties import RunProperties

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from typing_extensions import Unpack

    from gluedsl.dsl.options import PythonShellJobOptions, RayJobOptions, SparkJobOptions, StreamingJobOptions
    from gluedsl.dsl.standing import NamesRole
    from gluedsl.worker.run import JobRun, PlainProperties

PropertiesT = TypeVar("PropertiesT")
TypedT = TypeVar("TypedT", bound=RunProperties)
AddedT = TypeVar("AddedT", bound="Node | Action | Trigger")


class Trigger:
    """A trigger with a name and actions of the author's own.

    `when` is a start (`cron(...)`, `on_demand()`, `on_event(...)`), or what `after=` takes;
    `allow` names lints that are not to be reported of the trigger.
    """

    def __init__(
        self,
        name: str,
        *,
        when: Start | After,
        start: Node | Action | Sequence[Node | Action],
        description: str | None = None,
        enabled: bool = True,
        tags: Mapping[str, str] | None = None,
        allow: Sequence[str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        require_name(name, "trigger")
        self.name = name
        self.when = when if isinstance(when, Start) else operand(when, "when=")
        self.start = tuple(start) if isinstance(start, (list, tuple)) else (start,)
        for started in self.start:
            require(started, (Node, Action), "start=", "jobs, crawlers, and jobs with_arguments()")
        given = {"description": description, "enabled": enabled, "tags": tags, "allow": allow, "extra": extra}
        options = checked(given, given, "Trigger")
        self.description: str | None = options.get("description")
        self.enabled: bool = options.get("enabled", True)
        self.tags: dict[str, str] = options.get("tags", {})
        self.allow: tuple[str, ...] = options.get("allow", ())
        self.extra: dict[str, Any] = options.get("extra", {})
        self.site = call_site()

    def __repr__(self) -> str:
        return f"<Trigger {self.name}>"


class Placement:
    """A node, or a trigger, that was added to a workflow."""

    def __init__(self, added: Node | Action | Trigger, after: After | None, site: CallSite) -> None:
        self.added = added
        self.after = None if after is None else operand(after, "after=")
        self.site = site
        """The call that added it: `add(...)`, or the decorator."""


class Workflow(Generic[PropertiesT]):
    """Jobs, crawlers and triggers that run as one."""

    @overload
    def __init__(
        self: Workflow[TypedT],
        name: str,
        *,
        properties: type[TypedT],
        description: str | None = None,
        start: Start | None = None,
        max_concurrent_runs: int | None = None,
        role: str | NamesRole | None = None,
        tags: Mapping[str, str] | None = None,
        allow: Sequence[str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None: ...

    @overload
    def __init__(
        self: Workflow[PlainProperties],
        name: str,
        *,
        properties: Mapping[str, str] | None = None,
        description: str | None = None,
        start: Start | None = None,
        max_concurrent_runs: int | None = None,
        role: str | NamesRole | None = None,
        tags: Mapping[str, str] | None = None,
        allow: Sequence[str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None: ...

    def __init__(
        self,
        name: str,
        *,
        properties: type[RunProperties] | Mapping[str, str] | None = None,
        description: str | None = None,
        start: Start | None = None,
        max_concurrent_runs: int | None = None,
        role: str | NamesRole | None = None,
        tags: Mapping[str, str] | None = None,
        allow: Sequence[str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        """Declare a workflow.

        Args:
            name: its name in Glue.
            properties: default run properties: a `RunProperties` class, or a dict of strings.
            description: for whoever looks at it in Glue.
            start: what begins a run: `cron(...)`, `daily(...)`, `weekly(...)`, `hourly(...)`, `on_event(...)`,
                or `on_demand()`, the default.
            max_concurrent_runs: how many runs may be under way at once; None: no limit.
            role: name or ARN of the role of jobs and crawlers that name none; None: one is made for the workflow.
            tags: for the workflow itself.
            allow: lints that are not to be reported of the workflow and its triggers: their codes or names.
            extra: other members of `CreateWorkflow`, in the API's own spelling.
        """
        require_name(name, "workflow")
        if start is not None:
            require(
                start, Start, "start=", "cron(...), daily(...), weekly(...), hourly(...), on_event() or on_demand()"
            )
        if not (isinstance(properties, type) and issubclass(properties, RunProperties)):
            is_instance = isinstance(properties, RunProperties)
            hint = f"give the class itself: properties={type(properties).__name__}" if is_instance else ""
            wanted = "a RunProperties class or a dict of strings"
            require({} if properties is None else properties, dict, "properties=", wanted, hint=hint)
        given = {
            "description": description,
            "max_concurrent_runs": max_concurrent_runs,
            "role": role,
            "tags": tags,
            "allow": allow,
            "extra": extra,
        }
        options = checked(given, given, "Workflow")
        self.name = name
        self.description: str | None = options.get("description")
        self.start = start
        self.properties = properties
        self.max_concurrent_runs: int | None = options.get("max_concurrent_runs")
        self.role: str | None = options.get("role")
        self.tags: dict[str, str] = options.get("tags", {})
        self.allow: tuple[str, ...] = options.get("allow", ())
        self.extra: dict[str, Any] = options.get("extra", {})
        self.placements: list[Placement] = []
        self.site = call_site()

    def add(self, added: AddedT, *, after: After | None = None) -> AddedT:
        """Place a job, a crawler or a trigger in the workflow and return it.

        Args:
            added: the node or trigger; a job may come `with_arguments(...)` that hold in this place.
            after: what it waits for; None: it starts with the workflow, unless a trigger names it.
        """
        require(added, (Node, Action, Trigger), "add()", "a job, a crawler or a trigger")
        if after is not None and isinstance(added, Trigger):
            message = f"trigger `{added.name}` is added with after=, but it says itself when it fires"
            raise DeclarationError(message, hint="give the condition as when= of the trigger")
        if isinstance(added, FunctionJob) and added.name is None:
            added.name = f"{self.name}-{added.__name__.replace('_', '-')}"
        self.placements.append(Placement(added, after, call_site()))
        return added

    @overload
    def spark_job(self, function: Callable[[JobRun[PropertiesT]], object], /) -> FunctionJob[PropertiesT]: ...

    @overload
    def spark_job(
        self, *, name: str | None = None, after: After | None = None, **options: Unpack[SparkJobOptions]
    ) -> Callable[[Callable[[JobRun[PropertiesT]], object]], FunctionJob[PropertiesT]]: ...

    def spark_job(self, function: Any = None, *, name: Any = None, after: Any = None, **options: Any) -> Any:
        """Make the decorated function a Spark job of this workflow."""
        return self._function_job(SparkJob, function, name, after, options)

    @overload
    def python_shell_job(self, function: Callable[[JobRun[PropertiesT]], object], /) -> FunctionJob[PropertiesT]: ...

    @overload
    def python_shell_job(
        self, *, name: str | None = None, after: After | None = None, **options: Unpack[PythonShellJobOptions]
    ) -> Callable[[Callable[[JobRun[PropertiesT]], object]], FunctionJob[PropertiesT]]: ...

    def python_shell_job(self, function: Any = None, *, name: Any = None, after: Any = None, **options: Any) -> Any:
        """Make the decorated function a Python shell job of this workflow."""
        return self._function_job(PythonShellJob, function, name, after, options)

    @overload
    def streaming_job(self, function: Callable[[JobRun[PropertiesT]], object], /) -> FunctionJob[PropertiesT]: ...

    @overload
    def streaming_job(
        self, *, name: str | None = None, after: After | None = None, **options: Unpack[StreamingJobOptions]
    ) -> Callable[[Callable[[JobRun[PropertiesT]], object]], FunctionJob[PropertiesT]]: ...

    def streaming_job(self, function: Any = None, *, name: Any = None, after: Any = None, **options: Any) -> Any:
        """Make the decorated function a Spark streaming job of this workflow."""
        return self._function_job(StreamingJob, function, name, after, options)

    @overload
    def ray_job(self, function: Callable[[JobRun[PropertiesT]], object], /) -> FunctionJob[PropertiesT]: ...

    @overload
    def ray_job(
        self, *, name: str | None = None, after: After | None = None, **options: Unpack[RayJobOptions]
    ) -> Callable[[Callable[[JobRun[PropertiesT]], object]], FunctionJob[PropertiesT]]: ...

    def ray_job(self, function: Any = None, *, name: Any = None, after: Any = None, **options: Any) -> Any:
        """Make the decorated function a Ray job of this workflow."""
        return self._function_job(RayJob, function, name, after, options)

    def _function_job(self, kind: type[Job], function: Any, name: Any, after: Any, options: Mapping[str, Any]) -> Any:
        site = call_site()

        def place(decorated: Any) -> FunctionJob[Any]:
            if name is None and getattr(decorated, "__name__", "") == "<lambda>":
                message = f"@{kind.decorator} takes a function with a name, and a lambda has none"
                raise DeclarationError(message, hint="name the job with name=")
            properties = self.properties if isinstance(self.properties, type) else None
            job: FunctionJob[Any] = FunctionJob(decorated, kind, name, options, properties)
            job.site = site
            self.add(job, after=after)
            self.placements[-1].site = site
            return job

        return place if function is None else place(function)

    def __repr__(self) -> str:
        return f"<Workflow {self.name}>"
