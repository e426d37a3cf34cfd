"""Which of the author's modules a job needs: read from import statements, nothing is run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def needed(root: Path, module: str) -> dict[str, bytes]:
    """Return the files below `root` that a module is made of, by their path there: itself, its packages, its imports.

    gluedsl itself is not among them, wherever it lies.

    Raises:
        UsageError: there is no such module, or one of them cannot be read.
    """
    if _file(root, module) is None:
        message = f"{root} has no module `{module}`, and a job is a function of it"
        raise UsageError(message, hint="declare workflows in a file whose name Python can import")
    found: dict[str, bytes] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        for package in _with_packages(name) if name.partition(".")[0] != "gluedsl" else ():
            file = _file(root, package)
            key = file.relative_to(root).as_posix() if file else None
            if file is None or key is None or key in found:
                continue
            found[key] = _read(file)
            is_package = file.name == "__init__.py"
            waiting += _imports(found[key], package if is_package else package.rpartition(".")[0], file)
    return dict(sorted(found.items()))


def _with_packages(name: str) -> Iterator[str]:
    """Yield `a`, `a.b`, `a.b.c` for `a.b.c`: importing the last imports them all."""
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        yield ".".join(parts[:length])


def _file(root: Path, module: str) -> Path | None:
    if not all(module.split(".")):
        return None
    place = root.joinpath(*module.split("."))
    for file in (place / "__init__.py", place.with_suffix(".py")):
        if file.is_file():
            return file
    return None


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise UsageError(message) from error


def _imports(source: bytes, package: str, file: Path) -> Iterator[str]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        place, reason = str(file), str(error)
        if isinstance(error, SyntaxError):
            place, reason = f"{file}:{error.lineno}" if error.lineno else place, error.msg
        message = f"{place} is not Python: {reason}"
        raise UsageError(message) from error
    around = package.split(".") if package else []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level <= len(around):
            prefix = around[: len(around) - node.level + 1] if node.level else []
            base = ".".join([*prefix, node.module] if node.module else prefix)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
