"""Files of code: parsed once, with spans in characters, and found by the names that they are imported by."""

from __future__ import annotations

import ast
import io
import sys
import tokenize
import warnings
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from gluedsl.contract.contract import Unparsable
from gluedsl.contract.interpreters import OLDEST
from gluedsl.source.span import Span

if TYPE_CHECKING:
    from pathlib import Path

    from gluedsl.source.locate import Locator

AnyFunction: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Version: TypeAlias = tuple[int, int]
_Outcome: TypeAlias = ast.Module | Exception
Located: TypeAlias = ast.expr | ast.stmt | ast.keyword | ast.alias


@dataclass
class CodeFile:
    """One file of code, read when first asked."""

    path: Path
    shown: str
    """The path as messages show it."""
    _outcomes: dict[Version | None, _Outcome] = field(default_factory=dict)
    """What became of reading the file as Python of a version; None: of the one that runs this."""

    @cached_property
    def _text(self) -> str:
        """Raise OSError, SyntaxError or ValueError where it cannot be read or decoded."""
        content = self.path.read_bytes()
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        return io.TextIOWrapper(io.BytesIO(content), encoding).read()

    @cached_property
    def _lines(self) -> list[bytes]:
        # Not splitlines: to Python a form feed ends no line.
        return [line.encode() for line in self._text.split("\n")]

    @property
    def tree(self) -> ast.Module | None:
        """The file's syntax tree; None if it is not there or not Python."""
        read = (outcome for outcome in self._outcomes.values() if isinstance(outcome, ast.Module))
        if (tree := next(read, None)) is not None:
            return tree  # of which version makes no difference
        own = self._read(None)
        return own if isinstance(own, ast.Module) else None

    @cached_property
    def functions(self) -> dict[int, AnyFunction]:
        """Every function of the file by the line of its `def`."""
        found: dict[int, AnyFunction] = {}
        waiting: list[ast.AST] = [self.tree] if self.tree else []
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found[node.lineno] = node
            for block in ("body", "orelse", "finalbody", "handlers", "cases"):
                inner = getattr(node, block, ())
                waiting += inner if isinstance(inner, list) else ()
        return found

    def problem(self, version: Version) -> Unparsable | None:
        """Return what makes the file no Python of this version; None if it is, or if that cannot be told."""
        if version > sys.version_info[:2]:
            return None
        if version > OLDEST and isinstance(self._read(OLDEST), ast.Module):
            return None  # what is Python to the oldest is Python to all, so that most files are parsed once
        match self._read(version):
            case SyntaxError() as error:
                return Unparsable(span=self._place(error), message=error.msg, version=version)
            case ValueError() as error:
                return Unparsable(span=Span(self.shown, 1), message=str(error), version=version)
            case _:
                return None

    def _read(self, version: Version | None) -> _Outcome:
        if version not in self._outcomes:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    self._outcomes[version] = ast.parse(self._text, feature_version=version)
            except (OSError, SyntaxError, ValueError, RecursionError, MemoryError) as error:
                self._outcomes[version] = error
        return self._outcomes[version]

    def _place(self, error: SyntaxError) -> Span:
        if (newer := self._newer_statement(error.msg)) is not None:
            return newer
        line = error.lineno or 1
        if not error.offset or not error.end_lineno or not error.end_offset or error.end_offset < 1:
            return Span(self.shown, line)
        return Span(self.shown, line, error.offset, error.end_lineno, max(error.end_offset, error.offset + 1))

    def _newer_statement(self, message: str) -> Span | None:
        """Return where the first statement is that a version lacks: Python itself tells where the statement ends."""
        own = self._read(None)
        nodes = list(ast.walk(own)) if isinstance(own, ast.Module) else []
        starts: list[tuple[int, int, str]] = []
        if message.startswith("Pattern matching"):
            starts = [(n.lineno, n.col_offset, "match") for n in nodes if isinstance(n, ast.Match)]
        elif message.startswith("Exception groups"):
            handlers = [handler for n in nodes if isinstance(n, ast.TryStar) for handler in n.handlers]
            starts = [(handler.lineno, handler.col_offset, "except") for handler in handlers]
        if not starts:
            return None
        line, offset, word = min(starts)
        column = self._column(line, offset)
        return Span(self.shown, line, column, line, column + len(word))

    def span(self, node: Located) -> Span:
        """Return where a node stands."""
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        column, end_column = self._column(node.lineno, node.col_offset), self._column(end_line, end)
        return Span(self.shown, node.lineno, column, end_line, end_column)

    def name_span(self, node: ast.Attribute) -> Span:
        """Return where the name behind the dot stands."""
        whole = self.span(node)
        return Span(whole.file, whole.end_line, whole.end_column - len(node.attr), whole.end_line, whole.end_column)

    def _column(self, line: int, offset: int) -> int:
        return len(self._lines[line - 1][:offset].decode(errors="replace")) + 1


@dataclass
class Files:
    """Every file that was asked for, each read once."""

    locator: Locator
    _files: dict[Path, CodeFile] = field(default_factory=dict)

    def at(self, path: Path) -> CodeFile:
        """Return a file, whether or not it is there."""
        if path not in self._files:
            self._files[path] = CodeFile(path, self.locator.shown(str(path)))
        return self._files[path]

    def module(self, roots: tuple[Path, ...], name: str) -> CodeFile | None:
        """Return the file that a module of this dotted name is imported from."""
        for root in roots:
            place = root.joinpath(*name.split("."))
            for path in (place / "__init__.py", place.with_name(f"{place.name}.py")):
                if path in self._files or path.is_file():
                    return self.at(path)
        return None
