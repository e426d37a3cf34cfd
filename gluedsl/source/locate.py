"""From a call site to the text of one argument.

The interpreter tells where the call ends; the file's syntax tree tells where its arguments stand.
Where either is missing (no source, no column table, a `-X no_debug_ranges` run) only the line is known.
"""

from __future__ import annotations

import ast
import re
import tokenize
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gluedsl.source.span import Span

if TYPE_CHECKING:
    from types import CodeType

    from gluedsl.source.capture import CallSite


_DEFINITION = re.compile(r"(?:(?:async\s+)?def|class)\s+(\w+)")


@dataclass(frozen=True, slots=True)
class Syntax:
    """An expression of a source file."""

    source: SourceFile
    node: ast.expr

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.source.span(self.node)

    @property
    def text(self) -> str:
        """What the author wrote, on one line."""
        return ast.unparse(self.node)

    def argument(self, name: str, position: int | None = None) -> Syntax | None:
        """Return the value given for an argument of a call, by keyword or by position."""
        if not isinstance(self.node, ast.Call):
            return None
        for keyword in self.node.keywords:
            if keyword.arg == name:
                return Syntax(self.source, keyword.value)
        return self.positional(position) if position is not None else None

    def positional(self, index: int) -> Syntax | None:
        """Return one argument of a call that is given by its place."""
        return self._nth(self.node.args, index) if isinstance(self.node, ast.Call) else None

    def element(self, index: int) -> Syntax | None:
        """Return one element of a list, tuple or set display."""
        return self._nth(self.node.elts, index) if isinstance(self.node, ast.List | ast.Tuple | ast.Set) else None

    def _nth(self, nodes: list[ast.expr], index: int) -> Syntax | None:
        """Return one of several nodes, if the text tells which it is: what is starred may be any number."""
        if index >= len(nodes) or any(isinstance(node, ast.Starred) for node in nodes[: index + 1]):
            return None
        return Syntax(self.source, nodes[index])

    def value(self, key: str) -> Syntax | None:
        """Return the value that a dict display, or a call of `dict`, gives to a key."""
        for at, value in reversed(self._items()):  # of two with one key, the later holds
            if at == key:
                return Syntax(self.source, value)
        return None

    def key(self, key: str) -> Syntax | None:
        """Return the key itself in a dict display."""
        if isinstance(self.node, ast.Dict):
            for node in reversed(self.node.keys):
                if isinstance(node, ast.Constant) and node.value == key:
                    return Syntax(self.source, node)
        return None

    def _items(self) -> list[tuple[object, ast.expr]]:
        match self.node:
            case ast.Dict(keys=keys, values=values):
                return [(k.value, v) for k, v in zip(keys, values, strict=True) if isinstance(k, ast.Constant)]
            case ast.Call(func=ast.Name(id="dict"), keywords=keywords):
                return [(k.arg, k.value) for k in keywords]
            case _:
                return []


@dataclass
class SourceFile:
    """One file of an author, parsed when first asked."""

    path: str
    shown: str
    """The path as messages show it."""

    @cached_property
    def _text(self) -> str:
        try:
            with tokenize.open(self.path) as file:
                return file.read()
        except (OSError, SyntaxError, UnicodeDecodeError):
            return ""

    @cached_property
    def _lines(self) -> list[bytes]:
        """As the interpreter counts them: str.splitlines breaks at form feeds and the like as well."""
        return self._text.encode().splitlines()

    @cached_property
    def _tree(self) -> ast.Module | None:
        try:
            return ast.parse(self._text)  # text, not bytes: what the file says of its encoding holds no more
        except (SyntaxError, ValueError, RecursionError):
            return None

    @cached_property
    def _sought(self) -> tuple[list[ast.Call], list[ast.FunctionDef | ast.AsyncFunctionDef], list[ast.ClassDef]]:
        """Calls, functions and classes of the file, in one walk."""
        calls: list[ast.Call] = []
        functions: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
        classes: list[ast.ClassDef] = []
        for node in ast.walk(self._tree) if self._tree is not None else ():
            if isinstance(node, ast.Call):
                calls.append(node)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions.append(node)
            elif isinstance(node, ast.ClassDef):
                classes.append(node)
        return calls, functions, classes

    @cached_property
    def _calls(self) -> dict[tuple[int, int], ast.Call]:
        """Calls by where they end: no two calls end at one place."""
        return {(node.end_lineno or 0, node.end_col_offset or 0): node for node in self._sought[0]}

    @cached_property
    def _bare_decorators(self) -> dict[tuple[int, int], ast.expr]:
        """Decorators without parentheses: the interpreter calls them without a call being written."""
        decorators = (d for node in self._sought[1] for d in node.decorator_list if not isinstance(d, ast.Call))
        return {(d.end_lineno or 0, d.end_col_offset or 0): d for d in decorators}

    @cached_property
    def _definitions(self) -> dict[tuple[int, str], ast.FunctionDef | ast.AsyncFunctionDef]:
        """Functions by name and any line that the interpreter may take for their first: a decorator's, or their own."""
        return {
            (line, node.name): node
            for node in reversed(self._sought[1])
            for line in (node.lineno, *(d.lineno for d in node.decorator_list))
        }

    def call_ending_at(self, line: int, column: int) -> ast.expr | None:
        """Return the call, or the bare decorator, that ends here; `column` counts bytes from 0."""
        return self._calls.get((line, column)) or self._bare_decorators.get((line, column))

    def function(self, first_line: int, name: str) -> Span | None:
        """Return where the name of a function stands; `first_line` is its first decorator's or its own."""
        node = self._definitions.get((first_line, name))
        return None if node is None else self._name(node)

    def class_(self, name: str) -> Span | None:
        """Return where the name of a class stands; None where two classes have one name."""
        named = self._classes(name)
        return self._name(named[0]) if len(named) == 1 else None

    def _classes(self, name: str) -> list[ast.ClassDef]:
        return [node for node in self._sought[2] if node.name == name]

    def _name(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Span | None:
        written = _DEFINITION.match(self._lines[node.lineno - 1][node.col_offset :].decode())
        if written is None:
            return None
        column = self._column(node.lineno, node.col_offset)
        return Span(self.shown, node.lineno, column + written.start(1), node.lineno, column + written.end(1))

    def class_field(self, class_name: str, field_name: str) -> Span | None:
        """Return where a field of a class gets its value, or is declared; None where two classes have one name."""
        named = self._classes(class_name)
        for statement in named[0].body if len(named) == 1 else ():
            match statement:
                case ast.AnnAssign(target=ast.Name(id=name)) if name == field_name:
                    return self.span(statement.value or statement.target)
                case _:
                    pass
        return None

    def span(self, node: ast.expr) -> Span:
        """Return where a node stands, in characters."""
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
        column, end_column = self._column(node.lineno, node.col_offset), self._column(end_line, end)
        return Span(self.shown, node.lineno, column, end_line, end_column)

    def _column(self, line: int, offset: int) -> int:
        return len(self._lines[line - 1][:offset].decode()) + 1


@dataclass
class Locator:
    """Finds the syntax behind call sites; reads each file and each code object once."""

    base: Path
    """Files below it are shown relative to it."""
    _files: dict[str, SourceFile] = field(default_factory=dict)
    _positions: dict[int, tuple[CodeType, list[tuple[int | None, int | None, int | None, int | None]]]] = field(
        default_factory=dict
    )
    """By the `id` of a code object, which is held with them: to hash one reads all of its constants."""

    def file(self, path: str) -> SourceFile:
        """Return a source file by its path."""
        if path not in self._files:
            self._files[path] = SourceFile(path, self.shown(path))
        return self._files[path]

    def shown(self, path: str) -> str:
        """Return a path as messages show it."""
        absolute = Path(path).absolute()
        return absolute.relative_to(self.base).as_posix() if absolute.is_relative_to(self.base) else str(absolute)

    def syntax(self, site: CallSite) -> Syntax | None:
        """Return the call that was made at a call site, if its text can be found."""
        found = self._positions.get(id(site.code))
        if found is None:
            found = self._positions[id(site.code)] = (site.code, list(site.code.co_positions()))
        positions = found[1]
        index = site.instruction // 2
        if not 0 <= index < len(positions):
            return None
        _, end_line, _, end_column = positions[index]
        if end_line is None or end_column is None:
            return None
        source = self.file(site.file)
        node = source.call_ending_at(end_line, end_column)
        return Syntax(source, node) if node is not None else None

    def span(self, site: CallSite) -> Span:
        """Return the text of the call at a call site, or at least its line."""
        syntax = self.syntax(site)
        return syntax.span if syntax else Span(self.shown(site.file), site.line)
