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

    def called(self) -> str:
        """Return the last name of what is called here: `S3Target` of `gluedsl.S3Target(...)`; empty if nothing is."""
        match self.node:
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
                return name
            case _:
                return ""

    def argument(self, name: str, position: int | None = None) -> Syntax | None:
        """Return the value given for an argument of a call, by keyword or by position."""
        if not isinstance(self.node, ast.Call):
            return None
        for keyword in self.node.keywords:
            if keyword.arg == name:
                return Syntax(self.source, keyword.value)
        return self.positional(position) if position is not None else None

    def keywords(self) -> dict[str, Span]:
        """Return where each argument of a call that is given by its name stands, name and value."""
        given = self.node.keywords if isinstance(self.node, ast.Call) else []
        return {keyword.arg: self.source.span(keyword) for keyword in given if keyword.arg is not None}

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

    def reaches(self, line: int) -> bool:
        """Whether the file has a line of this number: it may be another now than the one that was run."""
        return line <= len(self._lines)

    def call_ending_at(self, line: int, column: int) -> ast.expr | None:
        """Return the call, or the bare decorator, that ends here; `column` counts bytes from 0."""
        return self._calls.get((line, column)) or self._bare_decorators.get((line, column))

    @cached_property
    def imports(self) -> tuple[ast.Import | ast.ImportFrom, ...]:
        """The imports that nothing stands around: whoever imports the file does them."""
        body = self._tree.body if self._tree is not None else []
        return tuple(node for node in body if isinstance(node, ast.Import | ast.ImportFrom))

    def definition(self, first_line: int, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """Return the definition of a function; `first_line` is its first decorator's or its own."""
        return self._definitions.get((first_line, name))

    def function(self, first_line: int, name: str) -> Span | None:
        """Return where the name of a function stands; `first_line` is its first decorator's or its own."""
        node = self.definition(first_line, name)
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

    def imported(self, line: int, name: str) -> Span | None:
        """Return where a name stands in a `from` statement that is on a line."""
        for node in ast.walk(self._tree) if self._tree is not None else ():
            if isinstance(node, ast.ImportFrom) and node.lineno <= line <= (node.end_lineno or node.lineno):
                for alias in node.names:
                    if alias.name == name:
                        return self.span(alias)
        return None

    def span(self, node: ast.expr | ast.keyword | ast.alias | ast.stmt) -> Span:
        """Return where a node stands, in characters."""
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
        return self.between(node.lineno, node.col_offset, end_line, end)

    def between(self, line: int, start: int, end_line: int, end: int) -> Span:
        """Return what stands between two places, whose columns count bytes from 0."""
        return Span(self.shown, line, self._column(line, start), end_line, self._column(end_line, end))

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
        _, end_line, _, end_column = self._position(site)
        if end_line is None or end_column is None:
            return None
        source = self.file(site.file)
        node = source.call_ending_at(end_line, end_column)
        return Syntax(source, node) if node is not None else None

    def _position(self, site: CallSite) -> tuple[int | None, int | None, int | None, int | None]:
        found = self._positions.get(id(site.code))
        if found is None:
            found = self._positions[id(site.code)] = (site.code, list(site.code.co_positions()))
        index = site.instruction // 2
        return found[1][index] if 0 <= index < len(found[1]) else (None, None, None, None)

    def instruction(self, site: CallSite) -> Span:
        """Return the text of what was done at a place, a call or anything else; at least its line."""
        line, end_line, column, end_column = self._position(site)
        source = self.file(site.file)
        if line is None or end_line is None or column is None or end_column is None or not source.reaches(end_line):
            return Span(self.shown(site.file), site.line)
        return source.between(line, column, end_line, end_column)

    def span(self, site: CallSite) -> Span:
        """Return the text of the call at a call site, or at least its line."""
        syntax = self.syntax(site)
        return syntax.span if syntax else Span(self.shown(site.file), site.line)
