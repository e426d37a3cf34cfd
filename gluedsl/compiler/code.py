"""What a job runs: a script, or a function and the module that brings it about."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from gluedsl.compiler.libraries import beside
from gluedsl.dsl.modules import function_jobs
from gluedsl.dsl.nodes import FunctionJob
from gluedsl.model import FunctionCode, PropertiesClass, RemoteScript, ScriptFile
from gluedsl.worker.properties import RunProperties, declared, file_of

if TYPE_CHECKING:
    from types import FunctionType

    from gluedsl.compiler.recorder import Recorder
    from gluedsl.dsl.nodes import Job as DeclaredJob
    from gluedsl.model import Code, Path

_OWN = frozenset(RunProperties.__mro__)
_ANSWERS = {"__getattr__", "__getattribute__", "__setattr__"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowModule:
    """A flow file and how it is imported."""

    path: FilePath
    root: FilePath
    """The folder that it is imported from: the first above it that is no package."""
    name: str
    """Its dotted name below `root`."""

    @staticmethod
    def of(path: FilePath) -> FlowModule:
        """Tell a file's root and name from the packages around it."""
        parts = [] if path.stem == "__init__" else [path.stem]
        root = path.parent
        while (root / "__init__.py").is_file():
            parts.insert(0, root.name)
            root = root.parent
        return FlowModule(path=path, root=root, name=".".join(parts))


def lower_code(job: DeclaredJob, path: Path, home: FlowModule | None, recorder: Recorder) -> Code:
    """Return what a job runs; `home` is the module that its workflow was found in, if it was looked for."""
    if isinstance(job, FunctionJob):
        module = _module(job, home)
        properties = _properties(job, path, recorder)
        return FunctionCode(
            root=str(module.root),
            module=module.name,
            job=job.name or "",
            properties=properties,
            takes_any_property=properties is None and job.properties is not None,
        )
    script = job.script or ""
    if script.startswith("s3://"):
        return RemoteScript(uri=script)
    site = recorder.syntax(job.site)
    written = site.argument("script") if site else None
    recorder.note((*path, "code"), written)
    place = beside(job, script)
    if not place.exists():
        recorder.miss(job, script, place, written)
    return ScriptFile(path=str(place))


def _properties(job: FunctionJob[Any], path: Path, recorder: Recorder) -> PropertiesClass | None:
    """Return the class that the worker makes `run.properties` of: the one of the workflow whose decorator made the job.

    A class that answers for its attributes itself may take any name.
    """
    chosen = job.properties
    if chosen is None or any(_ANSWERS & vars(each).keys() for each in chosen.__mro__ if each not in _OWN):
        return None
    file = file_of(chosen)
    span = recorder.locator.file(file).class_(chosen.__name__) if file else None
    if span is not None:
        recorder.spans[*path, "code", "properties"] = span
    fields = declared(chosen)
    others = set(dir(chosen)).difference(dir(RunProperties), fields)
    kinds = tuple(field.kind.__name__ for field in fields.values())
    return PropertiesClass(name=chosen.__name__, declared=tuple(fields), others=tuple(sorted(others)), kinds=kinds)


def body(job: FunctionJob[Any]) -> FunctionType:
    """Return the function that the author wrote, below any decorators of theirs."""
    function: FunctionType = inspect.unwrap(job.function)
    return function


def _module(job: FunctionJob[Any], home: FlowModule | None) -> FlowModule:
    """Return the module whose import brings a job about, for a worker to find it there.

    That is the one that the function stands in, unless a function of another module is made a job.
    """
    function = body(job)
    file = FilePath(function.__code__.co_filename).resolve()
    name = function.__globals__.get("__name__", "__main__")
    if home is not None and (file, name) != (home.path, home.name) and not _holds(function.__globals__, job):
        return home
    if name == "__main__":
        return FlowModule.of(file)
    depth = name.count(".") + (1 if file.stem == "__init__" else 0)
    return FlowModule(path=file, root=file.parents[min(depth, len(file.parents) - 1)], name=name)


def _holds(namespace: dict[str, Any], job: FunctionJob[Any]) -> bool:
    return any(held is job for held in function_jobs(namespace))
