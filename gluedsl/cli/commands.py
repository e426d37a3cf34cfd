"""Which commands there are: each is loaded when it is asked for, so that none waits for what another needs.

A command is a function of a module of this room; its signature and its docstring are its options and its help.
A module of a command must be importable without any extra: what needs one is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

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

NOBODY_READS = 141
"""What a shell shows for a command that SIGPIPE ended."""


class LazyCommands(TyperGroup):
    """The group of all commands."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        found: Any = _Loaded()  # of typer's commands, whose class is private
        self.commands = found

    def invoke(self, ctx: Any) -> Any:
        """Run a command; typer exits with 1 where nobody reads what it writes, and here 1 means findings."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise typer.Exit(NOBODY_READS) from error


class _Loaded(Mapping[str, Any]):
    """Commands by name: the names are known, a command is made of its function when it is looked up."""

    def __init__(self) -> None:
        self._functions = {name: (module, function) for name, module, function in COMMANDS}

    def __getitem__(self, name: str) -> Any:
        module, function = self._functions[name]
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        alone.command(name)(getattr(import_module(f"gluedsl.cli.{module}"), function))
        return get_command(alone)

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions)

    def __len__(self) -> int:
        return len(self._functions)
