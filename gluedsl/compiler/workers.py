"""What a worker meets in the module of a function job: its name, its imports, and what a job of its kind has not.

Comes in: a function job and its module. Goes out: faults, each place once. Files are read, never run. Only what happens
whatever else does is told: an import at the top level, outside of any `if` and `try`.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gluedsl
from gluedsl.compiler.code import body
from gluedsl.model.faults import AbsentImport, ShadowingModule, SparkOfOtherJob
from gluedsl.source.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.compiler.recorder import Recorder
    from gluedsl.dsl.nodes import FunctionJob
    from gluedsl.model import FunctionCode
    from gluedsl.source.locate import SourceFile

_ABSENT = frozenset({"aws_cdk", "constructs", "jsii"})
"""Packages of the CDK: they need Node.js, which no worker has."""
_GLUEDSL = Path(gluedsl.__file__).parent
SHIPPED = frozenset({"dsl", "errors", "source", "targets", "worker"})
"""The rooms of gluedsl that are shipped with a job, whole or in part."""
_SPARK = frozenset({"awsglue", "py4j", "pyspark"})
_RAY = frozenset({"ray"})
_WITH_SPARK = frozenset({"glueetl", "gluestreaming"})
"""Kinds of jobs."""
_OF_BOTO3 = frozenset({"boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six", "urllib3"})
"""boto3 and what it imports: with it, a job reads its run properties."""


def note_worker_faults(job: FunctionJob[Any], code: FunctionCode, recorder: Recorder) -> None:
    """Note what keeps a function job, or its module, from working on a worker."""
    for fault in (*_of_module(job, code, recorder), *_of_function(job, recorder)):
        if all(fault.span != known.span for known in recorder.faults if isinstance(known, type(fault))):
            recorder.faults.append(fault)


def _of_function(job: FunctionJob[Any], recorder: Recorder) -> Iterator[SparkOfOtherJob]:
    span = None if job.kind in _WITH_SPARK else _asked_for_spark(job, recorder)
    if span is not None:
        yield SparkOfOtherJob(job=job.name or "", kind=job.kind, span=span)


def _of_module(
    job: FunctionJob[Any], code: FunctionCode, recorder: Recorder
) -> Iterator[ShadowingModule | AbsentImport]:
    top = code.module.partition(".")[0]
    needs = _OF_BOTO3 | (_SPARK if job.kind in _WITH_SPARK else _RAY if job.kind == "glueray" else frozenset())
    file = _path(Path(code.root), code.module)
    if file is not None and (top in sys.stdlib_module_names or top in needs):
        yield ShadowingModule(job=job.name or "", module=top, span=Span(recorder.locator.shown(str(file)), 1))
    for source, statement, modules in _imports(code, recorder):
        absent = next((module for module in modules if _is_absent(module)), None)
        if absent is not None:
            yield AbsentImport(job=job.name or "", module=absent, span=source.span(statement))


def _is_absent(module: str) -> bool:
    top, _, rest = module.partition(".")
    if top == "gluedsl":
        room = rest.partition(".")[0]
        return room not in SHIPPED and bool(room) and _path(_GLUEDSL, room) is not None
    return top in _ABSENT


def _imports(code: FunctionCode, recorder: Recorder) -> Iterator[tuple[SourceFile, ast.stmt, list[str]]]:
    """Yield the imports of a module, and of those beside it that it imports: the statement, and what it may import."""
    root = Path(code.root)
    seen: set[Path] = set()
    waiting = [code.module]
    while waiting:
        name = waiting.pop(0)
        path = _path(root, name)
        if path is None or path in seen:
            continue
        seen.add(path)
        source = recorder.locator.file(str(path))
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        for statement in source.imports:
            modules = list(_imported(statement, package))
            yield source, statement, modules
            waiting += modules


def _imported(statement: ast.Import | ast.ImportFrom, package: str) -> Iterator[str]:
    """Yield each module that a statement may import; of `from a import b`, `a` and `a.b`."""
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
        return
    around = package.split(".") if package else []
    if statement.level <= len(around) or not statement.level:
        above = around[: len(around) - statement.level + 1] if statement.level else []
        base = ".".join([*above, *([statement.module] if statement.module else [])])
        yield base
        yield from (f"{base}.{alias.name}" for alias in statement.names)


def _path(root: Path, module: str) -> Path | None:
    place = root.joinpath(*module.split("."))
    return next((file for file in (place / "__init__.py", place.with_suffix(".py")) if file.is_file()), None)


def _asked_for_spark(job: FunctionJob[Any], recorder: Recorder) -> Span | None:
    """Return where a function asks its run for Spark, whatever the run is called there."""
    code = body(job).__code__
    run = code.co_varnames[0] if code.co_argcount else ""
    file = recorder.locator.file(code.co_filename)
    definition = file.definition(code.co_firstlineno, code.co_name)
    for node in ast.walk(definition) if definition is not None else ():
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="spark", ctx=ast.Load()) if name == run:
                return file.span(node)
            case _:
                pass
    return None
