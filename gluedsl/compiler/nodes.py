"""From declared jobs and crawlers to the model's."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from gluedsl.compiler.code import body, lower_code
from gluedsl.compiler.extra import Carrier, lower_extra
from gluedsl.compiler.libraries import library
from gluedsl.compiler.workers import note_worker_faults
from gluedsl.dsl.nodes import FunctionJob
from gluedsl.dsl.options import CrawlerOptions
from gluedsl.model import Crawler, FunctionCode, Job
from gluedsl.worker.properties import RunProperty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.compiler.code import FlowModule
    from gluedsl.compiler.recorder import Recorder
    from gluedsl.dsl.nodes import Crawler as DeclaredCrawler
    from gluedsl.dsl.nodes import Job as DeclaredJob
    from gluedsl.model import Path
    from gluedsl.source.locate import Syntax
    from gluedsl.source.span import Span
    from gluedsl.targets import Target

_SPARK: Mapping[str, Any] = {"worker_type": "G.1X", "workers": 2, "glue_version": "5.0", "python_version": "3"}
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "glueetl": _SPARK,
    "gluestreaming": _SPARK,
    "pythonshell": {"max_capacity": 0.0625, "python_version": "3.9"},
    "glueray": {
        "worker_type": "Z.2X",
        "workers": 2,
        "glue_version": "4.0",
        "python_version": "3.9",
        "runtime": "Ray2.4",
    },
}
"""What gluedsl sends where the author says nothing, by kind of job."""
_RENAMED = {"arguments": "default_arguments", "reads": "property_reads", "writes": "property_writes"}
"""Arguments whose field in the model has another name."""
_BOOKMARKS = "--job-bookmark-option"


def lower_job(job: DeclaredJob, path: Path, role: str | None, home: FlowModule | None, recorder: Recorder) -> Job:
    """Return a job of the model.

    Args:
        job: as it was declared.
        path: where it will stand.
        role: the one it has unless it names its own.
        home: the module that its workflow was found in, if it was looked for.
        recorder: takes its origins and faults.
    """
    site = recorder.syntax(job.site)
    _note_call(path, recorder, job.site, site)
    if isinstance(job, FunctionJob) and (name := _function_name(job, recorder)) is not None:
        recorder.spans.setdefault((*path, "name"), name)
        recorder.spans[(*path, "code")] = name
    recorder.allow(path, f"job `{job.name}`", job.options.get("allow", ()), job.site)
    given: dict[str, Any] = {}
    for option, value in job.options.items():
        written = site.argument(option) if site else None
        if option == "allow":
            continue
        if option == "bookmarks":
            recorder.note((*path, "default_arguments", _BOOKMARKS), written)
            continue
        field = _RENAMED.get(option, option)
        recorder.note((*path, field), written)
        if isinstance(value, dict):
            recorder.note_items((*path, field), value, written)
        elif isinstance(value, (list, tuple)) and written is not None:
            for index in range(len(value)):
                recorder.note((*path, field, index), written.element(index))
        given[field] = _frozen(value)
    given["property_reads"] = tuple(_property_key(p) for p in given.get("property_reads", ()))
    given["property_writes"] = tuple(_property_key(p) for p in given.get("property_writes", ()))
    if "bookmarks" in job.options:
        bookmarks = {_BOOKMARKS: f"job-bookmark-{job.options['bookmarks']}"}
        given["default_arguments"] = {**given.get("default_arguments", {}), **bookmarks}
    libraries = site.argument("libraries") if site else None
    given["libraries"] = tuple(
        library(job, one, (libraries.element(index) or libraries) if libraries else None, recorder)
        for index, one in enumerate(given.get("libraries", ()))
    )
    takes = {*job.options_type.__annotations__, *(() if job.script is None else ("script",))}
    carrier = Carrier(operation="CreateJob", shown=f"job `{job.name}`", path=path, given={"name", *given}, takes=takes)
    given |= lower_extra(given.pop("extra", {}), carrier, recorder)
    defaults = dict(_DEFAULTS[job.kind])
    if given.get("max_capacity") is not None and not {"worker_type", "workers"} & given.keys():
        defaults.pop("worker_type", None)
        defaults.pop("workers", None)
    if "worker_type" in given and "max_capacity" not in given:
        defaults.pop("max_capacity", None)
    code = lower_code(job, path, home, recorder)
    if isinstance(job, FunctionJob) and isinstance(code, FunctionCode):
        note_worker_faults(job, code, recorder)
    return Job(**{"role": role, **defaults, **given, "name": job.name, "kind": job.kind, "code": code})


def lower_crawler(crawler: DeclaredCrawler, path: Path, role: str | None, recorder: Recorder) -> Crawler:
    """Return a crawler of the model; `path` is where it will stand, `role` the one it has unless it names its own."""
    site = recorder.syntax(crawler.site)
    _note_call(path, recorder, crawler.site, site)
    written = site.argument("targets") if site else None
    recorder.note((*path, "targets"), written)
    for index, target in enumerate(crawler.targets):
        one = (written.element(index) if written else None) or written
        recorder.note((*path, "targets", index), one)
        _note_target((*path, "targets", index), target, one, recorder)
    recorder.allow(path, f"crawler `{crawler.name}`", crawler.options.get("allow", ()), crawler.site)
    options = {option: value for option, value in crawler.options.items() if option != "allow"}
    given = {option: _frozen(value) for option, value in options.items()}
    for option, value in options.items():
        argument = site.argument(option) if site else None
        recorder.note((*path, option), argument)
        if isinstance(value, dict):
            recorder.note_items((*path, option), value, argument)
    carrier = Carrier(
        operation="CreateCrawler",
        shown=f"crawler `{crawler.name}`",
        path=path,
        given={"name", *given},
        takes={*CrawlerOptions.__annotations__, "targets"},
    )
    given |= lower_extra(given.pop("extra", {}), carrier, recorder)
    return Crawler(**{"role": role, **given, "name": crawler.name, "targets": crawler.targets})


def _note_target(path: Path, target: Target, written: Syntax | None, recorder: Recorder) -> None:
    """Note where each field of a target was given, if the target is made right there."""
    if written is None or written.called() != type(target).__name__:
        return
    for position, field in enumerate(fields(target)):
        argument = written.argument(field.name, position)
        recorder.note((*path, field.name), argument)
        value = getattr(target, field.name)
        for index in range(len(value) if argument is not None and isinstance(value, tuple) else 0):
            recorder.note((*path, field.name, index), argument.element(index) if argument is not None else None)


def _note_call(path: Path, recorder: Recorder, site: Any, syntax: Syntax | None) -> None:
    recorder.spans[path] = recorder.span(site)
    if syntax is not None:
        recorder.note((*path, "name"), syntax.argument("name", 0))


def _function_name(job: FunctionJob[Any], recorder: Recorder) -> Span | None:
    code = body(job).__code__
    return recorder.locator.file(code.co_filename).function(code.co_firstlineno, code.co_name)


def _frozen(value: Any) -> Any:
    """Return a copy that later changes of the author's own list or dict do not reach."""
    if isinstance(value, (list, tuple)):
        return tuple(value)
    return dict(value) if isinstance(value, dict) else value


def _property_key(declared: RunProperty | str) -> str:
    return declared.key if isinstance(declared, RunProperty) else declared
