"""`gluedsl`: the commands, and what becomes of an error that none of them handled."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from gluedsl import __version__
from gluedsl.cli.commands import LazyCommands
from gluedsl.cli.console import complain, write
from gluedsl.cli.streams import NobodyReadsError, discard, require_output, standard_streams
from gluedsl.errors import GluedslError, InternalError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_INTERRUPTED = 130
"""What a shell shows for a command that SIGINT ended."""
_NOBODY_READS = 141
"""What a shell shows for a command that SIGPIPE ended."""
_OF_THE_MACHINE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO}
)
"""Disks that are full or read-only, too many open files, no memory."""

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
        write(f"gluedsl {__version__}\n")
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
    with standard_streams():
        try:
            code = _exit_code(lambda: _command(arguments))
            # What fails only now outweighs findings: nobody has all of them.
            code = _exit_code(sys.stdout.flush) or code
            sys.stderr.flush()
        except NobodyReadsError:
            discard(sys.stdout)
            discard(sys.stderr)
            code = _NOBODY_READS
    sys.exit(code)


def _leave() -> None:
    """Spare Python its look through all that is there before it ends: with moto loaded, more than half a second.

    DuckDB complains of what it was not asked to give back.
    """
    if "duckdb" not in sys.modules:
        gc.freeze()


def _command(arguments: Sequence[str] | None) -> int:
    require_output()
    app(arguments, prog_name="gluedsl")
    return 0


def _exit_code(part: Callable[[], int | None]) -> int | str | None:
    try:
        return part()
    except SystemExit as exit_:
        return exit_.code
    except GluedslError as error:
        complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except NobodyReadsError:
        raise
    except Exception as error:
        if os.environ.get("GLUEDSL_TRACEBACK"):
            raise
        told = _told(error)
        complain(told)
        return told.exit_code


def _told(error: Exception) -> GluedslError:
    """Return what an error is that no command expected: the machine's trouble, or a mistake of ours."""
    if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
        file = f"{error.filename}: " if error.filename else ""
        return UsageError(f"{file}{error.strerror}", hint="the system refuses it, whatever gluedsl does")
    text = " ".join(str(error).split())
    return InternalError(
        f"a bug of gluedsl: {type(error).__name__}: {text}",
        hint="set GLUEDSL_TRACEBACK=1 to see where, and please report it",
    )
