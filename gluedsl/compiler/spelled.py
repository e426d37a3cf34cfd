"""What authors spell out of what their jobs touch: places in S3, and tables of the Data Catalog.

Comes in: jobs, and the files that their functions stand in. Goes out: the texts that hold `s3://` URIs, told apart by
whether the job may write there, and the tables that code names. The code is read from its syntax tree and never run.
What it builds from parts is not here: nothing is guessed.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gluedsl.model import FunctionCode, RemoteScript, ScriptFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gluedsl.model import Action, Job, Project, Workflow

_FILES = frozenset(
    {
        "--additional-python-modules",
        "--extra-files",
        "--extra-jars",
        "--extra-py-files",
        "--pip-install",
        "--s3-py-modules",
        "--scriptLocation",
        "--working-dir",
    }
)
"""Arguments that name files which Glue gives to a job, and no job writes.

https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html,
https://docs.aws.amazon.com/glue/latest/dg/author-job-ray-job-parameters.html
"""
_READS = {"create_data_frame_from_catalog", "create_dynamic_frame_from_catalog"}
_WRITES = {"write_data_frame_from_catalog", "write_dynamic_frame_from_catalog"}
"""Methods of a `GlueContext`
(https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-pyspark-extensions-glue-context.html)."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Table:
    """A table that code names, or any of a database."""

    database: str
    name: str = "*"


@dataclass(slots=True, kw_only=True)
class Spelled:
    """What is spelled out for some jobs."""

    data: set[str] = field(default_factory=set)
    """Texts in which there may be URIs of what they read and write."""
    files: set[str] = field(default_factory=set)
    """Texts in which there may be URIs of what they only read."""
    tables: set[Table] = field(default_factory=set)
    """That they read, or write."""
    written_tables: set[Table] = field(default_factory=set)


def spelled_out(jobs: Iterable[Job], project: Project, bodies: Mapping[str, Path]) -> Spelled:
    """Return what the author spells out for jobs; `bodies` has the files of functions, by the job's name."""
    jobs = tuple(jobs)
    found = Spelled()
    for key, value in arguments(jobs, project):
        (found.files if key in _FILES else found.data).add(value)
    for workflow in serving(jobs, project):
        found.data.update(workflow.default_run_properties.values())
    for job in jobs:
        found.data.update(_texts(job.extra))
        found.files.update(job.libraries)
        match job.code:
            case RemoteScript(uri=uri):
                found.files.add(uri)
            case ScriptFile(path=path):
                _read(Path(path), found)
            case FunctionCode():
                _read(bodies[job.name], found)
    return found


def serving(jobs: Iterable[Job], project: Project) -> Iterator[Workflow]:
    """Yield the workflows that start one of these jobs."""
    names = {job.name for job in jobs}
    for workflow in project.workflows:
        if any(action.job_name in names for trigger in workflow.triggers for action in trigger.actions):
            yield workflow


def actions(jobs: Iterable[Job], project: Project) -> Iterator[Action]:
    """Yield every action that starts one of these jobs."""
    names = {job.name for job in jobs}
    for workflow in project.workflows:
        for trigger in workflow.triggers:
            yield from (action for action in trigger.actions if action.job_name in names)


def arguments(jobs: Iterable[Job], project: Project) -> Iterator[tuple[str, str]]:
    """Yield every argument that one of these jobs may be given by its author."""
    jobs = tuple(jobs)
    for job in jobs:
        yield from job.default_arguments.items()
        yield from job.non_overridable_arguments.items()
    for action in actions(jobs, project):
        yield from action.arguments.items()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))


def _read(path: Path, found: Spelled) -> None:
    """Read a Python file; none that is missing or no Python, which others report."""
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return
    named = _named(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)):
                found.data.add(text)
            case ast.Call(func=ast.Attribute() as method):
                _note_table(node, method, named, found)
            case _:
                pass


def _named(tree: ast.Module) -> dict[str, str]:
    """Return the texts that names at the top of a module stand for."""
    named = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                named[name] = text
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant(value=str(text))):
                named[name] = text
            case _:
                pass
    return named


def _note_table(call: ast.Call, method: ast.Attribute, named: Mapping[str, str], found: Spelled) -> None:
    """Take note of the table of a call that reads or writes one of this account's.

    A write changes the table itself where it has options, and a sink wherever it knows one
    (https://docs.aws.amazon.com/glue/latest/dg/update-from-job.html).
    """
    owner = method.value.attr if isinstance(method.value, ast.Attribute) else ""
    is_sink = method.attr == "setCatalogInfo"
    is_write = method.attr in _WRITES or (method.attr == "from_catalog" and owner.startswith("write_"))
    given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg is not None}
    if not (is_sink or is_write or method.attr in {*_READS, "from_catalog"}) or "catalog_id" in given:
        return
    members = ("catalogDatabase", "catalogTableName") if is_sink else ("database", "table_name")
    positional = zip(members, call.args[1:] if is_write else call.args, strict=False)
    values = dict(positional) | given
    database, table = (_text(values.get(member), named) for member in members)
    if database is not None:
        noted = Table(database=database, name=table or "*")
        found.tables.add(noted)
        if is_sink or (is_write and "additional_options" in given):
            found.written_tables.add(noted)


def _text(node: ast.expr | None, named: Mapping[str, str]) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return named.get(name)
        case _:
            return None
