"""`gluedsl`: the commands, and what becomes of an error that none of them handled."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from gluedsl import __version__
from gluedsl.cli import check, deploy, graph, run, synth
from gluedsl.cli.console import complain
from gluedsl.errors import GluedslError, InternalError

app = typer.Typer(
    name="gluedsl",
    help="AWS Glue workflows written in Python: checked, deployed, and run on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check")(check.check)
app.command("graph")(graph.graph)
app.command("synth")(synth.synth)
app.command("plan")(deploy.plan)
app.command("deploy")(deploy.deploy)
app.command("destroy")(deploy.destroy)
app.command("run")(run.run)


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


def main() -> None:
    """Run the command line and exit."""
    try:
        app()
    except GluedslError as error:
        complain(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has enough; standard output must not be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
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
        sys.exit(InternalError.exit_code)
