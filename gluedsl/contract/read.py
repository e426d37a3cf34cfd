"""From a project to the contracts of its jobs.

Comes in: a project, and the places where its functions are written. Goes out: contracts by job.
Files are read, parsed and followed; nothing of them is ever run or imported.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gluedsl.contract.calls import run_function
from gluedsl.contract.contract import UNKNOWN, Contract
from gluedsl.contract.expressions import EXPRESSIONS
from gluedsl.contract.files import Files
from gluedsl.contract.interpreters import is_python, python_of
from gluedsl.contract.notes import Notes
from gluedsl.contract.scope import Scope
from gluedsl.contract.snapshot import Snapshot
from gluedsl.contract.statements import STATEMENTS
from gluedsl.contract.values import Function, JobRun, TooManyError
from gluedsl.contract.walk import Walk
from gluedsl.model import FunctionCode, ScriptFile

if TYPE_CHECKING:
    from gluedsl.contract.contract import Unparsable
    from gluedsl.contract.files import AnyFunction, CodeFile
    from gluedsl.model import Job, Origins, Project
    from gluedsl.source.locate import Locator
    from gluedsl.source.span import Span


def read_contracts(project: Project, origins: Origins, locator: Locator) -> dict[str, Contract]:
    """Return the contract of each job that the project defines, by its name.

    Args:
        project: with code that is still on this machine.
        origins: of which `("jobs", 0, "code")` is the name of a function job's function, where that is defined.
        locator: knows how messages show a path, and the way back.
    """
    reader = _Reader(Files(locator))
    contracts: dict[str, Contract] = {}
    for index, job in enumerate(project.jobs):
        contracts.setdefault(job.name, reader.contract(job, origins.spans.get(("jobs", index, "code"))))
    return contracts


@dataclass
class _Reader:
    files: Files
    scripts: dict[tuple[object, ...], Contract] = field(default_factory=dict)
    modules: dict[tuple[Path, Path], _ModuleReader] = field(default_factory=dict)

    def contract(self, job: Job, place: Span | None) -> Contract:
        """Return what a job's code says; `place` is where its function is defined."""
        if not is_python(job):
            return UNKNOWN
        match job.code:
            case ScriptFile(path=path):
                key = (path, job.libraries, python_of(job))
                if key not in self.scripts:
                    self.scripts[key] = self._script(Path(path), job)
                return self.scripts[key]
            case FunctionCode(root=root) as code if place is not None:
                home = (Path(root), self.files.locator.base / place.file)
                problem = _problem(self.files.at(home[1]), job)
                if problem is not None:
                    return replace(UNKNOWN, unparsable=problem)
                if home not in self.modules:
                    self.modules[home] = _ModuleReader.of(self.files, *home)
                return self.modules[home].contract(place.line, code)
            case _:
                return UNKNOWN

    def _script(self, path: Path, job: Job) -> Contract:
        file = self.files.at(path)
        problem = _problem(file, job)
        if problem is not None or file.tree is None:
            return replace(UNKNOWN, unparsable=problem)
        walk = _walk(self.files, (path.parent, *_library_roots(job)))
        try:
            walk.execute(file, Scope(file=file, module="__main__", package=""), is_main=True)
        except (TooManyError, RecursionError):
            return UNKNOWN
        return walk.notes.contract()


@dataclass(frozen=True, slots=True, kw_only=True)
class _ModuleReader:
    """Reads the functions of one module; what its top level does is done for all of them alike, and is not theirs."""

    file: CodeFile
    walk: Walk
    scope: Scope | None
    """Of the module; None where that is too dynamic."""
    before: Snapshot
    """What the top level has left: one function must not find what another has changed."""

    @staticmethod
    def of(files: Files, root: Path, path: Path) -> _ModuleReader:
        """Follow the top level of a module once."""
        walk = _walk(files, (root,))
        below = path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
        parts = below.parent.parts if path.name == "__init__.py" else below.with_suffix("").parts
        try:
            module = walk.module(".".join(parts))
        except (TooManyError, RecursionError):
            module = None
        scope = module.scope if module else None
        return _ModuleReader(file=files.at(path), walk=walk, scope=scope, before=Snapshot.of(walk.modules.values()))

    def contract(self, line: int, code: FunctionCode) -> Contract:
        """Return what the function that begins on a line says."""
        function = self.file.functions.get(line)
        if self.scope is None or function is None or _is_unwritten(function):
            return UNKNOWN
        self.before.restore()
        walk = self.walk.afresh(code.properties, takes_any_property=code.takes_any_property)
        if len(function.decorator_list) > 1:
            # What stands between the function and the job sees the run as well.
            walk.notes.lose_properties()
        try:
            walk.call(Function(function, self.scope), (JobRun(),), {})
        except (TooManyError, RecursionError):
            return UNKNOWN
        return walk.notes.contract()


def _walk(files: Files, roots: tuple[Path, ...]) -> Walk:
    return Walk(
        files=files,
        roots=roots,
        expressions=EXPRESSIONS,
        statements=STATEMENTS,
        call_function=run_function,
        notes=Notes(),
    )


def _problem(file: CodeFile, job: Job) -> Unparsable | None:
    version = python_of(job)
    return file.problem(version) if version else None


def _library_roots(job: Job) -> list[Path]:
    """Return the folders that a job's libraries are imported from."""
    paths = [Path(library) for library in job.libraries]
    return [path.parent for path in paths if path.is_absolute() and (path.suffix == ".py" or path.is_dir())]


def _is_unwritten(function: AnyFunction) -> bool:
    """Whether a function has no body yet."""
    return all(
        isinstance(statement, ast.Pass)
        or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        or (isinstance(statement, ast.Raise) and "NotImplementedError" in ast.unparse(statement))
        for statement in function.body
    )
