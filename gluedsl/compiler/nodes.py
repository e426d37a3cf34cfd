"""From declared jobs and crawlers to the model's."""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from gluedsl.dsl.nodes import FunctionJob
from gluedsl.errors import DeclarationError
from gluedsl.model import Crawler, FunctionCode, Job, RemoteScript, ScriptFile
from gluedsl.model.faults import MissingFile, UnknownField
from gluedsl.spelling import api_members, named_fields
from gluedsl.worker.properties import RunProperty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.compiler.recorder import Recorder
    from gluedsl.dsl.nodes import Crawler as DeclaredCrawler
    from gluedsl.dsl.nodes import Job as DeclaredJob
    from gluedsl.model import Code, Path
    from gluedsl.source.locate import Syntax
    from gluedsl.source.span import Span

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


def lower_job(job: DeclaredJob, path: Path, role: str | None, recorder: Recorder) -> Job:
    """Return a job of the model; `path` is where it will stand, `role` the one it has unless it names its own."""
    site = recorder.syntax(job.site)
    _note_call(path, recorder, job.site, site)
    if isinstance(job, FunctionJob) and (name := _function_name(job, recorder)) is not None:
        recorder.spans.setdefault((*path, "name"), name)
    given: dict[str, Any] = {}
    for option, value in job.options.items():
        written = site.argument(option) if site else None
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
    given["libraries"] = tuple(_library(job, one, recorder) for one in given.get("libraries", ()))
    given |= lower_extra(given.pop("extra", {}), "CreateJob", path, f"job `{job.name}`", recorder)
    defaults = dict(_DEFAULTS[job.kind])
    if given.get("max_capacity") is not None and not {"worker_type", "workers"} & given.keys():
        defaults.pop("worker_type", None)
        defaults.pop("workers", None)
    if "worker_type" in given and "max_capacity" not in given:
        defaults.pop("max_capacity", None)
    return Job(
        **{"role": role, **defaults, **given, "name": job.name, "kind": job.kind, "code": _code(job, path, recorder)}
    )


def lower_crawler(crawler: DeclaredCrawler, path: Path, role: str | None, recorder: Recorder) -> Crawler:
    """Return a crawler of the model; `path` is where it will stand, `role` the one it has unless it names its own."""
    site = recorder.syntax(crawler.site)
    _note_call(path, recorder, crawler.site, site)
    written = site.argument("targets") if site else None
    recorder.note((*path, "targets"), written)
    for index in range(len(crawler.targets)):
        recorder.note((*path, "targets", index), (written.element(index) if written else None) or written)
    given = {option: _frozen(value) for option, value in crawler.options.items()}
    for option, value in crawler.options.items():
        argument = site.argument(option) if site else None
        recorder.note((*path, option), argument)
        if isinstance(value, dict):
            recorder.note_items((*path, option), value, argument)
    given |= lower_extra(given.pop("extra", {}), "CreateCrawler", path, f"crawler `{crawler.name}`", recorder)
    targets = tuple(_listed_as_tuples(target) for target in crawler.targets)
    return Crawler(**{"role": role, **given, "name": crawler.name, "targets": targets})


def _note_call(path: Path, recorder: Recorder, site: Any, syntax: Syntax | None) -> None:
    recorder.spans[path] = recorder.span(site)
    if syntax is not None:
        recorder.note((*path, "name"), syntax.argument("name", 0))


def _function_name(job: FunctionJob[Any], recorder: Recorder) -> Span | None:
    code = job.function.__code__
    return recorder.locator.file(code.co_filename).function(code.co_firstlineno, code.co_name)


def _frozen(value: Any) -> Any:
    """Return a copy that later changes of the author's own list or dict do not reach."""
    if isinstance(value, (list, tuple)):
        return tuple(value)
    return dict(value) if isinstance(value, dict) else value


def _listed_as_tuples(target: Any) -> Any:
    """Let authors give lists where a target holds tuples."""
    lists = {name: tuple(value) for name, value in vars(target).items() if isinstance(value, list)}
    return replace(target, **lists) if lists else target


def _property_key(declared: object) -> str:
    if isinstance(declared, RunProperty):
        return declared.key
    if isinstance(declared, str):
        return declared
    message = f"reads= and writes= take properties of a RunProperties class, or their names, not {declared!r}"
    raise DeclarationError(message)


def lower_extra(extra: Mapping[str, Any], operation: str, path: Path, shown: str, recorder: Recorder) -> dict[str, Any]:
    """Return fields that `extra` names by the API's spelling, and what remains of it under `extra`.

    A member that neither has a field nor is in the API's shape is a fault, and left out.
    """
    fields, members = named_fields(operation), api_members(operation)
    found: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for member, value in extra.items():
        span = recorder.origins.at((*path, "extra", member))
        if member in fields:
            found[fields[member]] = value
            if span is not None:
                recorder.spans[*path, fields[member]] = span
        elif member in members:
            rest[member] = value
        else:
            near = tuple(difflib.get_close_matches(member, members, n=1))
            recorder.faults.append(
                UnknownField(path=path, resource=shown, operation=operation, field=member, suggestions=near, span=span)
            )
    return {**found, "extra": rest} if rest else found


def _code(job: DeclaredJob, path: Path, recorder: Recorder) -> Code:
    if isinstance(job, FunctionJob):
        return _function_code(job)
    script = job.script or ""
    if script.startswith("s3://"):
        return RemoteScript(uri=script)
    site = recorder.syntax(job.site)
    written = site.argument("script") if site else None
    recorder.note((*path, "code"), written)
    return ScriptFile(path=_existing(job, script, written, recorder))


def _function_code(job: FunctionJob[Any]) -> FunctionCode:
    """Say how a function's module is imported, from the module name it was imported under and its file."""
    file = FilePath(job.function.__code__.co_filename).resolve()
    module = job.function.__module__
    depth = module.count(".") + (1 if file.stem == "__init__" else 0)
    return FunctionCode(root=str(file.parents[depth]), module=module, job=job.name or "")


def _library(job: DeclaredJob, library: str, recorder: Recorder) -> str:
    """Return a library with its file found; a requirement of pip stays as it is.

    What has a path separator, or the ending of a file that Glue takes, is a file.
    """
    if not isinstance(library, str):
        message = f"libraries= of job `{job.name}` takes paths, s3:// URIs and requirements, not {library!r}"
        raise DeclarationError(message)
    if library.startswith("s3://") or not ("/" in library or library.endswith((".py", ".whl", ".zip", ".egg"))):
        return library
    site = recorder.syntax(job.site)
    return _existing(job, library, site.argument("libraries") if site else None, recorder)


def _existing(job: DeclaredJob, relative: str, written: Syntax | None, recorder: Recorder) -> str:
    """Return the absolute path of a file or folder named relative to the flow that names it; note if it is missing."""
    path = (FilePath(job.site.file).resolve().parent / relative).absolute()
    if not path.exists():
        span = written.span if written else recorder.span(job.site)
        missing = MissingFile(job=job.name or "", path=relative, looked_at=recorder.locator.shown(str(path)), span=span)
        recorder.faults.append(missing)
    return str(path)
