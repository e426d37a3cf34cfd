"""Which commands there are: each is loaded when it is asked for, so that none waits for what another needs.

A command is a function of a module of this room; its signature and its docstring are its options and its help.
A module of a command must be importable without any extra: what needs one is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from gluedsl.cli.usage import REFUSED, no_such_command, usage_error

COMMANDS = (
    # name, module of gluedsl.cli, function; in the order in which `--help` shows them
    ("check", "check", "check"),
    ("explain", "explain", "explain"),
    ("graph", "graph", "graph"),
    ("synth", "synth", "synth"),
    ("plan", "deploy", "plan"),
    ("deploy", "deploy", "deploy"),
    ("destroy", "deploy", "destroy"),
    ("run", "run", "run"),
    ("simulate", "simulate", "simulate"),
    ("local", "local", "local"),
    ("start", "start", "start"),
    ("runs", "runs", "runs"),
    ("watch", "watch", "watch"),
    ("stop", "stop", "stop"),
    ("resume", "resume", "resume"),
)


def _without_types(parameters: Any) -> Any:
    """Let help say no type where none is to be given: `--yes <bool>` looks as if it took a value."""
    for each in parameters:
        if getattr(each, "is_flag", False):
            each.metavar = ""
    return parameters


class OneCommand(TyperCommand):
    """A command that refuses wrong usage as gluedsl does."""

    def get_params(self, ctx: Any) -> Any:
        """Return what it takes, `--help` as well."""
        return _without_types(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was given to it."""
        given = [*args]
        try:
            return super().parse_args(ctx, args)
        except REFUSED as error:
            raise usage_error(error, self, ctx, given) from error


class LazyCommands(TyperGroup):
    """The group of all commands."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        found: Any = _Loaded()  # of typer's commands, whose class is private
        self.commands = found

    def get_params(self, ctx: Any) -> Any:
        """Return what stands before the command."""
        return _without_types(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what stands before the command; where nothing does, help is all there is to say."""
        given = [*args] if any(one != "--" for one in args) else []
        try:
            return super().parse_args(ctx, [*given])
        except REFUSED as error:
            if not given:
                raise
            raise usage_error(error, self, ctx, given) from error

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is meant."""
        if args[0] not in self.commands:
            raise no_such_command(args[0], [*self.commands])
        return super().resolve_command(ctx, args)


class _Loaded(Mapping[str, Any]):
    """Commands by name: the names are known, a command is made of its function when it is looked up."""

    def __init__(self) -> None:
        self._functions = {name: (module, function) for name, module, function in COMMANDS}

    def __getitem__(self, name: str) -> Any:
        module, function = self._functions[name]
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        alone.command(name, cls=OneCommand)(getattr(import_module(f"gluedsl.cli.{module}"), function))
        return get_command(alone)

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions)

    def __len__(self) -> int:
        return len(self._functions)
