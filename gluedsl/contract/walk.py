"""Code followed step by step: what each expression is worth, and whether every run comes by here.

How each kind of expression and statement is followed stands in tables that are handed in.
"""

from __future__ import annotations

import ast
import contextlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gluedsl.contract.notes import Notes
from gluedsl.contract.scope import Frame, Scope
from gluedsl.contract.values import (
    OPAQUE,
    PLAIN,
    Answer,
    Class,
    Function,
    Instance,
    JobRun,
    Module,
    Operation,
    Options,
    Properties,
    Record,
    RunId,
    Sequence,
    TooManyError,
    within,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Sequence as Many
    from pathlib import Path

    from gluedsl.contract.files import CodeFile, Files
    from gluedsl.contract.values import Single, Value
    from gluedsl.model import PropertiesClass
    from gluedsl.source.span import Span

    ExpressionHandler = Callable[["Walk", Any, Scope], Value]
    StatementHandler = Callable[["Walk", Any, Scope], bool]
    Values = Many[Value]

_MOST_STEPS = 300_000
_DEEPEST = 20
"""Calls within calls that are followed."""
_OFTEN = 8
"""Calls of one function that are followed even if its arguments are the same as before."""


@dataclass
class Walk:
    """One way through the code of a job."""

    files: Files
    roots: tuple[Path, ...]
    """The folders that the author's modules are imported from."""
    expressions: Mapping[type, ExpressionHandler]
    statements: Mapping[type, StatementHandler]
    call_function: Callable[[Walk, Function, Values, Mapping[str, Value]], Value]
    notes: Notes
    typed: PropertiesClass | None = None
    """The class of the run properties; None where they are a dict, unless they take any name."""
    takes_any_property: bool = False
    """Whether the class answers for its attributes itself."""
    is_main: bool = False
    """Whether the module that is run now is the script itself."""
    is_sure: bool = True
    """Whether every run of the job that does not fail before comes by here."""
    has_exited: bool = False
    """Whether the job may have ended well before."""
    frames: list[Frame] = field(default_factory=lambda: [Frame()])
    active: list[ast.AST] = field(default_factory=list)
    """Functions that are being followed."""
    known: dict[tuple[object, ...], Value] = field(default_factory=dict)
    """What calls returned, by function and arguments."""
    modules: dict[Path, Scope] = field(default_factory=dict)
    calls: Counter[ast.AST] = field(default_factory=Counter)
    called_out_of_sight: set[ast.AST] = field(default_factory=set)
    steps: int = 0

    def afresh(self, typed: PropertiesClass | None, *, takes_any_property: bool = False) -> Walk:
        """Return a walk through other code of the same modules, whose run properties are of a class, or none."""
        made = Walk(self.files, self.roots, self.expressions, self.statements, self.call_function, Notes(), typed)
        made.takes_any_property = takes_any_property
        made.modules = self.modules
        return made

    @property
    def frame(self) -> Frame:
        """The call that is being followed."""
        return self.frames[-1]

    def value(self, node: ast.expr, scope: Scope) -> Value:
        """Return what an expression is worth, noting what it does."""
        self.take_step()
        handler = self.expressions.get(type(node))
        return handler(self, node, scope) if handler else self.parts(node, scope)

    def parts(self, node: ast.AST, scope: Scope) -> Value:
        """Follow whatever expressions a node has inside; their worth together is not known."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.value(child, scope)
            elif not isinstance(child, ast.expr_context | ast.operator | ast.unaryop | ast.cmpop | ast.boolop):
                self.parts(child, scope)
        return OPAQUE

    def run(self, block: list[ast.stmt], scope: Scope) -> bool:
        """Follow statements; return whether control never comes to their end."""
        for statement in block:
            self.take_step()
            handler = self.statements.get(type(statement))
            if handler is None:
                self.parts(statement, scope)
            elif handler(self, statement, scope):
                return True
            if self.has_exited or self.frame.has_left or self.frame.has_skipped:
                self.is_sure = False
        return False

    @contextlib.contextmanager
    def perhaps(self) -> Iterator[None]:
        """Follow what some runs do and others do not."""
        before, self.is_sure = self.is_sure, False
        try:
            yield
        finally:
            self.is_sure = before

    def branch(self, scope: Scope, *ways: Callable[[], bool]) -> bool:
        """Follow ways of which a run takes one; return whether none of them comes to its end."""
        left: list[dict[str, Value]] = []
        for way in ways:
            scope.enter()
            with self.perhaps():
                has_ended = way()
            names = scope.leave()
            if not has_ended:
                left.append(names)
        scope.merge(left)
        return not left

    def call(
        self, function: Function, positional: Values, named: Mapping[str, Value], place: Span | None = None
    ) -> Value:
        """Follow a call of the author's own function, which stands at a place."""
        key = (function.node, function.scope, function.owner, *positional, *named.items(), self.is_sure)
        self.calls[function.node] += 1
        if key in self.known and self.calls[function.node] > _OFTEN:
            return self.known[key]
        if function.node in self.active or len(self.active) > _DEEPEST:
            for value in (*positional, *named.values()):
                self.escape(value)
            return OPAQUE
        owner = function.owner if isinstance(function.owner, Instance) else None
        before = self.is_sure
        self.active.append(function.node)
        self.frames.append(Frame(place=place, owner=owner, of_class=function.of_class))
        try:
            returned = self.call_function(self, function, positional, named)
        finally:
            self.is_sure = before
            self.frames.pop()
            self.active.pop()
        self.known[key] = returned
        return returned

    def module(self, name: str) -> Module | None:
        """Return an author's module, imported now unless it was before."""
        file = self.files.module(self.roots, name) if all(name.split(".")) else None
        if file is None or file.tree is None:
            return None
        if file.path not in self.modules:
            is_package = file.path.name == "__init__.py"
            scope = Scope(file=file, module=name, package=name if is_package else name.rpartition(".")[0])
            self.modules[file.path] = scope
            self.execute(file, scope)
        return Module(self.modules[file.path])

    def execute(self, file: CodeFile, scope: Scope, *, is_main: bool = False) -> None:
        """Follow the top level of a module."""
        before = self.is_main, self.is_sure
        self.is_main = is_main
        self.frames.append(Frame())
        try:
            self.run(file.tree.body if file.tree else [], scope)
        finally:
            self.frames.pop()
            self.is_main, self.is_sure = before

    def escape(self, value: Value) -> None:
        """Note that a value went out of sight, to code that may do anything with it."""
        for single in self._within(value):
            match single:
                case JobRun() | Properties() | RunId() | Operation(name="put_workflow_run_properties"):
                    self.notes.lose_properties()
                case Operation() | Answer():
                    self.notes.has_all_reads = False
                case Options(names=names):
                    if "WORKFLOW_RUN_ID" in names:
                        self.notes.lose_properties()
                case Record():
                    self.notes.has_all_reads &= not single.is_copy
                    single.is_open = True
                case Sequence():
                    single.is_open = True
                case Function() | Class() | Instance():
                    self._call_out_of_sight(single)
                case _:
                    pass

    def _call_out_of_sight(self, single: Function | Class | Instance) -> None:
        """Follow a function, or all methods of a class, that somebody may call with whatever they like."""
        match single:
            case Function(node=node):
                if node not in self.called_out_of_sight:
                    self.called_out_of_sight.add(node)
                    with self.perhaps():
                        self.call(single, (), {})
            case Class() | Instance():
                owner = single if isinstance(single, Instance) else Instance(of=single)
                for value in list(owner.of.scope.names.values()):
                    if isinstance(value, Function):
                        self._call_out_of_sight(replace(value, owner=owner, of_class=owner.of))

    def escape_all(self, values: Iterable[Value]) -> None:
        """Note that several values went out of sight."""
        for value in values:
            self.escape(value)

    def look(self, value: Value) -> None:
        """Note that a value is handed to code that reads all of it and nothing more."""
        for single in self._within(value):
            self._look_at(single)

    def _look_at(self, single: Single) -> None:
        if isinstance(single, Properties | Answer) or (isinstance(single, Record) and single.is_copy):
            self.notes.has_all_reads = False

    def hand(self, value: Value) -> None:
        """Note that a value is handed to a library that is known not to care for run properties."""
        for single in self._within(value):
            self._look_at(single)
            if isinstance(single, JobRun | Properties | Operation | Function | Class | Instance):
                self.escape(single)

    def _within(self, value: Value) -> Iterator[Single]:
        if isinstance(value, PLAIN):
            return
        for single in within(value):
            self.take_step()
            yield single

    def take_step(self) -> None:
        """Count what is done, since a short program can have a long way to go."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise TooManyError
