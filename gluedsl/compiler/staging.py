"""From a project as its flow says it to the project of one stage.

Comes in: a project, and a `Stage`. Goes out: the project with the stage's sizes, run properties and starts, and where
each of them is written. What the stage says of something that the flow does not have is refused;
whether Glue takes a value is for the rules to say, at the line of the `pyproject.toml` that says it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gluedsl.compiler.setting_tables import near
from gluedsl.compiler.stages import CRAWLER_OVERRIDES, JOB_OVERRIDES
from gluedsl.compiler.toml_lines import Keys, place_of, read_keys
from gluedsl.compiler.triggers import with_start
from gluedsl.dsl.nodes import PythonShellJob, RayJob, SparkJob, StreamingJob
from gluedsl.errors import UsageError
from gluedsl.source.span import Span
from gluedsl.targets import S3Target
from gluedsl.worker.properties import RunProperties, declared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import NoReturn

    from gluedsl.compiler.recorder import Recorder
    from gluedsl.compiler.stages import Override, Stage, TOMLPath
    from gluedsl.dsl.nodes import Job as DeclaredJob
    from gluedsl.dsl.starts import Start
    from gluedsl.dsl.workflow import Workflow as DeclaredWorkflow
    from gluedsl.model import Crawler, Job, Path, Project, Trigger, Workflow
    from gluedsl.worker.properties import RunProperty

_KINDS: Mapping[str, tuple[str, type[DeclaredJob]]] = {
    "glueetl": ("a Spark job", SparkJob),
    "gluestreaming": ("a streaming job", StreamingJob),
    "glueray": ("a Ray job", RayJob),
    "pythonshell": ("a Python shell job", PythonShellJob),
}


@dataclass(kw_only=True)
class Staging:
    """One project on its way to one stage."""

    stage: Stage
    recorder: Recorder
    workflows: Sequence[DeclaredWorkflow[Any]]
    """As declared, in the project's order."""
    starts: dict[int, tuple[Start, Span | None]] = field(default_factory=dict)
    """What begins a run of the workflow at an index, where the stage says so, and where it is written."""

    def staged(self, project: Project) -> Project:
        """Return the project with what the stage says; its names have no prefix yet."""
        short = _short_names(project)
        jobs, crawlers, workflows = list(project.jobs), list(project.crawlers), list(project.workflows)
        for override, index in self._meant(self.stage.jobs, "job", [(j.name, short.get(j.name, ())) for j in jobs]):
            jobs[index] = self._job(jobs[index], override, ("jobs", index))
        named = [(c.name, short.get(c.name, ())) for c in crawlers]
        for override, index in self._meant(self.stage.crawlers, "crawler", named):
            crawlers[index] = self._crawler(crawlers[index], override, ("crawlers", index))
        self._require_declared(project)
        of_workflows = self._meant(self.stage.workflows, "workflow", [(w.name, ()) for w in workflows])
        own = {index: override for override, index in of_workflows}
        for index, workflow in enumerate(workflows):
            workflows[index] = self._workflow(workflow, index, own.get(index), project)
        return replace(project, jobs=tuple(jobs), crawlers=tuple(crawlers), workflows=tuple(workflows))

    def _meant(
        self, overrides: Iterable[Override], noun: str, named: Sequence[tuple[str, Iterable[str]]]
    ) -> list[tuple[Override, int]]:
        """Return each override with the index of what it means; `named` are names in Glue, with shorter ones."""
        meant: dict[int, Override] = {}
        for override in overrides:
            spelled = {override.name, override.name.replace("_", "-")}
            found = [i for i, (name, _) in enumerate(named) if name == override.name]
            found = found or [i for i, (name, short) in enumerate(named) if spelled & {name, *short}]
            if not found:
                known = sorted({each for name, short in named for each in (name, *short)})
                listed = f"it has {', '.join(f'`{name}`' for name, _ in named)}" if named else f"it has no {noun}"
                what = f"names {noun} `{override.name}`, which the flow does not define"
                self._refuse(override.at, what, near(override.name.replace("_", "-"), known) or listed)
            if len(found) > 1:
                may_be = " or ".join(f"`{named[index][0]}`" for index in found)
                self._refuse(override.at, f"may mean {noun} {may_be}", "give its whole name")
            if found[0] in meant:
                what = f"and [{'.'.join(meant[found[0]].at)}] are both {noun} `{named[found[0]][0]}`"
                self._refuse(override.at, what, "put them into one")
            meant[found[0]] = override
        return [(override, index) for index, override in meant.items()]

    def _job(self, job: Job, override: Override, path: Path) -> Job:
        shown, kind = _KINDS[job.kind]
        takes = [name for name in JOB_OVERRIDES if name in kind.options_type.__annotations__]
        changes: dict[str, Any] = {}
        for name, value in override.values.items():
            if name not in takes:
                hint = f"it takes {', '.join(f'`{each}`' for each in takes)}"
                self._refuse(override.at, f"has `{name}`, which {shown} does not take", hint)
            if name == "arguments":
                changes["default_arguments"] = {**job.default_arguments, **value}
                for key in value:
                    self._note((*path, "default_arguments", key), (*override.at, name, key))
                continue
            changes[name] = value
            self._note((*path, name), (*override.at, name))
        return replace(job, **changes)

    def _crawler(self, crawler: Crawler, override: Override, path: Path) -> Crawler:
        changes = {name: override.values[name] for name in CRAWLER_OVERRIDES if name in override.values}
        for name in changes:
            self._note((*path, name), (*override.at, name))
        if "targets" in changes:
            for index in range(len(crawler.targets)):
                self.recorder.spans.pop((*path, "targets", index), None)
            changes["targets"] = tuple(S3Target(target) for target in changes["targets"])
        return replace(crawler, **changes)

    def _workflow(self, workflow: Workflow, index: int, own: Override | None, project: Project) -> Workflow:
        values = own.values if own is not None else {}
        path: Path = ("workflows", index)
        changes: dict[str, Any] = {}
        properties = self._properties(workflow, index, values.get("properties", {}), own, project)
        if properties:
            changes["default_run_properties"] = {**workflow.default_run_properties, **properties}
        if own is not None and "max_concurrent_runs" in values:
            changes["max_concurrent_runs"] = values["max_concurrent_runs"]
            self._note((*path, "max_concurrent_runs"), (*own.at, "max_concurrent_runs"))
        start = values.get("start", self.stage.start)
        if start is not None:
            at = (*(own.at if own is not None and "start" in values else self.stage.at), "start")
            self.starts[index] = (start, self._span(at))
            changes["triggers"] = tuple(
                self._started(trigger, start, (*path, "triggers", number), at) if trigger.is_start else trigger
                for number, trigger in enumerate(workflow.triggers)
            )
        return replace(workflow, **changes)

    def _started(self, trigger: Trigger, start: Start, path: Path, at: TOMLPath) -> Trigger:
        for argument in ("batch_size", "batch_window_seconds"):
            self.recorder.spans.pop((*path, "event_batching", argument), None)
        for name in ("type", "schedule", "event_batching"):
            self._note((*path, name), at)
        return with_start(trigger, start)

    def _properties(
        self, workflow: Workflow, index: int, own: Mapping[str, Any], override: Override | None, project: Project
    ) -> dict[str, str]:
        """Return the run properties of a workflow that the stage sets, as Glue stores them."""
        known = _declared(self.workflows[index], workflow, project)
        found: dict[str, str] = {}
        for key, value in self.stage.properties.items():
            if key in known:
                found[key] = self._property(key, value, known[key], self.stage.at)
                self._note(("workflows", index, "default_run_properties", key), (*self.stage.at, "properties", key))
        for key, value in own.items():
            assert override is not None  # noqa: S101 -- its values are its own
            if key not in known:
                what = f"sets run property `{key}`, which workflow `{workflow.name}` does not declare"
                self._refuse(override.at, what, _known_properties(key, known))
            found[key] = self._property(key, value, known[key], override.at)
            self._note(("workflows", index, "default_run_properties", key), (*override.at, "properties", key))
        return found

    def _require_declared(self, project: Project) -> None:
        """Refuse a run property of the stage that no workflow declares."""
        known: dict[str, RunProperty | None] = {}
        for declaration, workflow in zip(self.workflows, project.workflows, strict=True):
            known |= _declared(declaration, workflow, project)
        for key in self.stage.properties:
            if key not in known:
                what = f"sets run property `{key}`, which no workflow declares"
                self._refuse(self.stage.at, what, _known_properties(key, known))

    def _property(self, key: str, value: Any, kind: RunProperty | None, at: TOMLPath) -> str:
        if kind is not None:
            try:
                return kind.encode(value)
            except TypeError as error:
                self._refuse(at, f"cannot set it: {error}", "write it as TOML writes that type")
        if not isinstance(value, str):
            what = f"sets run property `{key}` to {value!r}, and Glue stores strings"
            self._refuse(at, what, "write it as one, or give the workflow a RunProperties class")
        return value

    def _note(self, path: Path, at: TOMLPath) -> None:
        if (span := self._span(at)) is not None:
            self.recorder.spans[path] = span

    def _span(self, at: TOMLPath) -> Span | None:
        place = place_of(at, self._keys)
        if place is None:
            return None
        shown = self.recorder.locator.shown(str(self.stage.file))
        return Span(shown, place.line, place.column, place.line, place.end_column)

    @cached_property
    def _keys(self) -> Keys:
        return read_keys(self.stage.file)

    def _refuse(self, at: TOMLPath, what: str, hint: str) -> NoReturn:
        message = f"{self.stage.file}: [{'.'.join(at)}] {what}"
        raise UsageError(message, hint=hint)


def _short_names(project: Project) -> dict[str, set[str]]:
    """Return what jobs and crawlers are called inside of the workflows that start them, by their names in Glue."""
    short: dict[str, set[str]] = {}
    for workflow in project.workflows:
        for trigger in workflow.triggers:
            for action in trigger.actions:
                name = action.job_name or action.crawler_name or ""
                short.setdefault(name, set()).add(name.removeprefix(f"{workflow.name}-"))
    return short


def _declared(
    declaration: DeclaredWorkflow[Any], workflow: Workflow, project: Project
) -> dict[str, RunProperty | None]:
    """Return the run properties that a workflow declares, with their types where it has a class for them."""
    if isinstance(declaration.properties, type) and issubclass(declaration.properties, RunProperties):
        return dict(declared(declaration.properties))
    started = {action.job_name for trigger in workflow.triggers for action in trigger.actions}
    used = (key for job in project.jobs if job.name in started for key in (*job.property_reads, *job.property_writes))
    return dict.fromkeys((*workflow.default_run_properties, *used))


def _known_properties(key: str, known: Mapping[str, object]) -> str:
    listed = f"declared: {', '.join(f'`{name}`' for name in known)}" if known else "give the workflow properties="
    return near(key, known) or listed
