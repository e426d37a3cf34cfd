"""From a path to the workflows that are written there.

Comes in: a flow file, a folder or a module name. Goes out: the declared workflows, and nodes that none of them has.
It imports flow modules and leaves `sys.modules` and `sys.path` as they were, so that two may both be called `flow.py`.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import importlib.util
import os
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gluedsl.compiler.code import FlowModule
from gluedsl.compiler.mistakes import Mistake, mistake
from gluedsl.dsl.modules import declared
from gluedsl.dsl.outcomes import Node
from gluedsl.dsl.workflow import Workflow
from gluedsl.errors import DeclarationError, LoadError, UsageError
from gluedsl.source.capture import CallSite
from gluedsl.source.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import ModuleType, TracebackType

    from gluedsl.source.locate import Locator


class UnreadableFlowError(LoadError):
    """Flow files that cannot be read: its message tells all of them, `mistakes` each with its place."""

    def __init__(self, message: str, mistakes: Sequence[Mistake], *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What was declared in the modules of one path."""

    workflows: tuple[Workflow[Any], ...]
    nodes: tuple[Node, ...]
    """At the top level of the modules, whether or not a workflow has them."""
    modules: tuple[FlowModule, ...]
    homes: Mapping[int, FlowModule]
    """The module that each workflow was found in, by the workflow's `id`."""


def load(path: str, locator: Locator) -> Flow:
    """Import the flow files that `path` names and collect what they declare.

    Raises:
        UsageError: there is nothing of that name, or no workflow in it.
        UnreadableFlowError: files are no Python, or raise when they are imported; all of them are named.
    """
    try:
        modules = tuple(FlowModule.of(file) for file in _flow_files(path, locator))
    except OSError as error:  # a name too long, a folder that nobody may look into
        message = f"{path} cannot be read: {error.strerror}"
        raise UsageError(message) from error
    found: dict[int, Workflow[Any] | Node] = {}
    homes: dict[int, FlowModule] = {}
    errors: dict[str, UnreadableFlowError] = {}
    for root in dict.fromkeys(module.root for module in modules):
        with _apart(root) as before:
            for module in modules:
                if module.root != root:
                    continue
                try:
                    names = _import(module, before, locator)
                except (
                    UnreadableFlowError
                ) as error:  # one that several modules import fails with the same words in each
                    errors.setdefault(error.message, error)
                    continue
                for value in declared(names):
                    found.setdefault(id(value), value)
                    homes.setdefault(id(value), module)
    if errors:
        raise _all_of([*errors.values()])
    workflows = tuple(value for value in found.values() if isinstance(value, Workflow))
    if not workflows:
        where = locator.shown(str(modules[0].path)) if len(modules) == 1 else path
        message = f"{where} defines no workflow"
        raise UsageError(message, hint='a flow file has a `Workflow("name")` at its top level')
    nodes = tuple(value for value in found.values() if isinstance(value, Node))
    return Flow(workflows=workflows, nodes=nodes, modules=modules, homes=homes)


def _all_of(errors: list[UnreadableFlowError]) -> UnreadableFlowError:
    first, *others = errors
    if not others:
        return first
    said = "; ".join(error.message for error in errors)
    message = f"{len(errors)} modules cannot be imported: {said}"
    return UnreadableFlowError(message, [one for error in errors for one in error.mistakes], hint=first.hint)


def _flow_files(path: str, locator: Locator) -> list[Path]:
    place = Path(path)
    if place.is_dir():
        files = [file for file in _python_files(place.resolve()) if _declares_workflow(file)]
        if not files:
            message = f"no flow file in {path}"
            raise UsageError(message, hint='a flow file imports gluedsl and has a `Workflow("name")` at its top level')
        return files
    if place.is_file():
        if place.suffix != ".py":
            message = f"{locator.shown(path)} is not a Python file"
            raise UsageError(message)
        return [place.resolve()]
    if all(part.isidentifier() for part in path.split(".")):
        file = _module_file(path)
        if file is not None:
            return [file]
    message = f"no file, folder or module {path}"
    raise UsageError(message)


def _module_file(name: str) -> Path | None:
    """Find a module below the working directory, or on the path, without importing its packages."""
    for folder in (Path.cwd(), *map(Path, sys.path)):
        place = folder.joinpath(*name.split("."))
        for file in (place.with_suffix(".py"), place / "__init__.py"):
            if file.is_file():
                return file.resolve()
    return None


def _python_files(folder: Path) -> Iterator[Path]:
    for at, folders, files in os.walk(folder):
        here = Path(at)
        folders[:] = sorted(f for f in folders if not f.startswith((".", "__")) and not _is_environment(here / f))
        for file in sorted(files):
            if file.endswith(".py") and not file.startswith((".", "test_")) and file != "conftest.py":
                yield here / file


def _is_environment(folder: Path) -> bool:
    return folder.name in {"node_modules", "cdk.out"} or (folder / "pyvenv.cfg").exists()


def _declares_workflow(file: Path) -> bool:
    """Whether a file imports gluedsl and calls `Workflow`: read, not run, since a job's script may lie beside it."""
    try:
        text = file.read_bytes()
        if b"gluedsl" not in text or b"Workflow" not in text:
            return False
        tree = ast.parse(text)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return True  # it says gluedsl and Workflow: importing it tells what is wrong with it
    imports = any(
        (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "gluedsl")
        or (isinstance(node, ast.Import) and any(a.name.split(".")[0] == "gluedsl" for a in node.names))
        for node in ast.walk(tree)
    )
    return imports and any(isinstance(n, ast.Call) and "Workflow" in ast.unparse(n.func) for n in ast.walk(tree))


def _import(module: FlowModule, before: Mapping[str, ModuleType], locator: Locator) -> dict[str, Any]:
    """Return the names of a module; `before` are the modules that were there before the first of its root."""
    shown = locator.shown(str(module.path))
    spec = importlib.util.spec_from_file_location(module.name, module.path)
    if spec is None or spec.loader is None or "." in module.path.stem:
        message = f"{shown} cannot be imported"
        hint = "Python imports files whose names end in .py and have no other dot"
        raise UnreadableFlowError(message, [Mistake(message=message, hint=hint, span=Span(shown, 1))], hint=hint)
    try:
        with contextlib.redirect_stdout(sys.stderr):  # standard output is for data
            if "." in module.name:  # what is in a package is imported after it, and may be imported by it
                importlib.import_module(module.name.rpartition(".")[0])
            known = sys.modules.get(module.name)
            if known is before.get(module.name) or getattr(known, "__file__", None) != str(module.path):
                known = sys.modules[module.name] = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(known)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        sys.modules.pop(module.name, None)  # whoever else imports it fails as well, and is not given half of it
        place, told = _told(error, module, locator)
        message = f"{place}: {told.message}"
        raise UnreadableFlowError(message, [told], hint=told.hint) from error
    return vars(known)


@contextlib.contextmanager
def _apart(root: Path) -> Iterator[Mapping[str, ModuleType]]:
    """Import from a folder for a while, then forget every module that came from there; yield those that were there."""
    path, before = list(sys.path), dict(sys.modules)
    sys.path.insert(0, str(root))
    importlib.invalidate_caches()
    try:
        yield before
    finally:
        sys.path[:] = path
        for name, loaded in list(sys.modules.items()):
            if name not in before and _is_own(getattr(loaded, "__file__", None), root):
                del sys.modules[name]
        sys.modules |= before


def _told(error: BaseException, module: FlowModule, locator: Locator) -> tuple[str, Mistake]:
    """Return the place that a message names, and what is told of an error.

    The place is where a text is no Python, or the innermost line of the author's own that an error came through.
    """
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).is_file():
        span = _where(error, locator.shown(error.filename))
        place = span.file if span.is_line_only else f"{span.file}:{span.line}:{span.column}"
        return place, Mistake(message=_said(error), hint="", span=span)
    frames = (
        frame for frame in _frames(error.__traceback__) if _is_own(frame.tb_frame.f_code.co_filename, module.root)
    )
    innermost = next(iter(deque(frames, maxlen=1)), None)
    if innermost is None:
        shown = locator.shown(str(module.path))
        return shown, Mistake(message=_said(error), hint="", span=Span(shown, 1))
    code = innermost.tb_frame.f_code
    site = CallSite(code.co_filename, code, innermost.tb_lasti)
    known = None
    if innermost.tb_next is None or isinstance(error, DeclarationError):
        known = mistake(error, site, innermost.tb_frame.f_globals, locator)
    told = known or Mistake(message=_said(error), hint="", span=locator.instruction(site))
    return f"{locator.shown(code.co_filename)}:{innermost.tb_lineno}", told


def _frames(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _where(error: SyntaxError, shown: str) -> Span:
    if not error.lineno or not error.offset:
        return Span(shown, error.lineno or 1)
    ends = error.end_lineno, error.end_offset
    end = (ends[0], ends[1]) if ends[0] and ends[1] and ends > (error.lineno, error.offset) else None
    end_line, end_column = end or (error.lineno, error.offset + 1)
    return Span(shown, error.lineno, error.offset, end_line, end_column)


def _is_own(file: str | None, root: Path) -> bool:
    """Whether a file is the author's: below the root, and not installed, nor Python's or gluedsl's own."""
    if not file or "site-packages" in file or any(Path(file).is_relative_to(folder) for folder in _NOT_OWN):
        return False
    return Path(file).is_relative_to(root)


_NOT_OWN = (Path(__file__).parents[1], Path(os.__file__).parent)


def _said(error: BaseException) -> str:
    match error:
        case DeclarationError():
            return error.message
        case SyntaxError():
            return str(error.msg)
        case ValueError() if "null bytes" in str(error):  # a SyntaxError from Python 3.11.4 on
            return str(error)
        case SystemExit(code=str(reason)):
            return f"the module exits when it is imported: {' '.join(reason.split())}"
        case SystemExit():
            return f"the module exits when it is imported (status {error.code or 0})"
        case _:
            text = " ".join(str(error).split())
            return f"{type(error).__name__}: {text}" if text else type(error).__name__
