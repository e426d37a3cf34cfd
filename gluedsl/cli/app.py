"""`gluedsl`: the commands, and what becomes of an error that none of them handled."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from gluedsl import __version__
from gluedsl.cli.commands import NOBODY_READS, LazyCommands
from gluedsl.cli.console import complain
from gluedsl.errors import GluedslError, InternalError

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTERRUPTED = 130
"""What a shell shows for a command that SIGINT ended."""

app = typer.Typer(
    name="gluedsl",
    cls=LazyCommands,
    help="AWS Glue workflows written in Python: checked, deployed, and run on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gluedsl {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    atexit.register(_leave)
    try:
        code = _exit_code(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        # What is left in the buffers must go somewhere, or Python complains when it flushes them at exit.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.dup2(nowhere, sys.stderr.fileno())
        code = NOBODY_READS
    sys.exit(code)


def _leave() -> None:
    """Spare Python its look through all that is there before it ends: with moto loaded, more than half a second.

    DuckDB complains of what it was not asked to give back.
    """
    if "duckdb" not in sys.modules:
        gc.freeze()


def _exit_code(arguments: Sequence[str] | None) -> int | str | None:
    try:
        app(arguments, prog_name="gluedsl")
    except SystemExit as exit_:
        return exit_.code
    except GluedslError as error:
        complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("GLUEDSL_TRACEBACK"):
            raise
        text = " ".join(str(error).split())
        complain(
            InternalError(
                f"a bug of gluedsl: {type(error).__name__}: {text}",
                hint="set GLUEDSL_TRACEBACK=1 to see where, and please report it",
            )
        )
        return InternalError.exit_code
    return 0
