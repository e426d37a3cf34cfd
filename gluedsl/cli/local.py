"""`gluedsl local`: a local Glue as a server, until somebody ends it."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gluedsl import __version__
from gluedsl.cli import console
from gluedsl.cli.compiling import StageOption, compile_checked
from gluedsl.cli.requirements import tell_missing
from gluedsl.cli.run_options import local_outcomes
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gluedsl.compiler import Compilation
    from gluedsl.local import LocalGlue, LogLines

_PORT = 4570
_REGION = "us-east-1"
_FORCED = 130
"""What a shell shows for a command that SIGINT ended."""
_ENDS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))


def local(
    path: Annotated[
        str | None,
        typer.Argument(
            metavar="PATH",
            help="A flow file, a folder, or a module whose data and buckets it begins with.",
            show_default=False,
        ),
    ] = None,
    stage: StageOption = None,
    port: Annotated[int, typer.Option(metavar="N", help="Where on loopback it listens; 0: a free port.")] = _PORT,
    region: Annotated[
        str | None,
        typer.Option(
            metavar="REGION", help=f"The region that it is in; without it that of PATH's settings, else {_REGION}."
        ),
    ] = None,
    parallel: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="How many jobs and crawlers run at once; without it what PATH's settings say, else 8.",
        ),
    ] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NODE=STATE",
            help="Do not run a job or crawler of this name, whenever it is deployed: let it end in this state.",
        ),
    ] = None,
    deploy: Annotated[bool, typer.Option("--deploy", help="Deploy the workflows at PATH to it, too.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not show what jobs and crawlers write.")] = False,
) -> None:
    """Serve a Glue on this machine for boto3, the AWS CLI, the CDK and Terraform, until Ctrl-C.

    When it serves, one line goes to standard output: `ready http://127.0.0.1:N`.

    With PATH it begins with the data and buckets that the project names for it.

    Schedules start runs.
    """
    from gluedsl.local import LocalGlue, require_extra  # noqa: PLC0415 -- it loads moto, which takes a second
    from gluedsl.local.credentials import forget_aws, in_the_way  # noqa: PLC0415 -- it loads boto3

    if deploy and path is None:
        message = "--deploy without PATH: there is nothing to deploy"
        raise UsageError(message, hint="gluedsl local PATH --deploy")
    require_extra()
    compilation = None if path is None else compile_checked(path, stage)
    where = region or (compilation.settings.region if compilation is not None else None) or _REGION
    outcomes = local_outcomes(compilation, outcome or ())
    if compilation is not None and deploy:
        tell_missing(job for job in compilation.project.jobs if job.name not in outcomes)
    told = _Told()
    # A profile of this machine, or another endpoint, is nothing to this process.
    others = in_the_way(os.environ)
    forget_aws(os.environ)
    with told.listening(), _warnings():
        glue = LocalGlue(
            port=port,
            region=where,
            at_once=parallel or (compilation.settings.local.parallel_actions if compilation is not None else None),
            outcomes=outcomes,
            schedules=True,
            version=__version__,
            on_log=None if quiet else _Lines().show,
        )
        with glue:
            os.environ.update(glue.environment())
            if compilation is not None:
                _fill(compilation, deploy=deploy)
            _introduce(glue, where, others)
            told.wait()
            console.say("stopping what runs; Ctrl-C again kills it", "dim")


def _introduce(glue: LocalGlue, region: str, others: Sequence[str]) -> None:
    """Say how to get here, and which other variables are in the way; last of all, that the way is open."""
    exports = [f"  export {name}={value}" for name, value in glue.environment().items()]
    exports += [f"  unset {name}" for name in others]
    for line in (
        f"A Glue on this machine, in {region}. What leads AWS clients to it:",
        "",
        *exports,
        "",
        f"What is in it: {glue.endpoint_url}/ in a browser. Ctrl-C ends it, with all that is stored.",
    ):
        console.say(line)
    console.write(f"ready {glue.endpoint_url}\n")
    sys.stdout.flush()


def _fill(compilation: Compilation, *, deploy: bool) -> None:
    """Give a local Glue, to which the environment leads, what a project begins with."""
    from gluedsl import deploy as route  # noqa: PLC0415 -- it loads boto3
    from gluedsl.cli.deploy import planned_deployment  # noqa: PLC0415 -- only where there is something to fill in
    from gluedsl.cli.seed import seed  # noqa: PLC0415
    from gluedsl.deploy.gateway import connect  # noqa: PLC0415 -- it loads boto3

    seed(compilation.project, compilation.settings)
    if not deploy:
        return
    gateway = connect()
    planned = planned_deployment(compilation, gateway)
    route.apply(planned, gateway, gateway, observer=route.Silence())
    names = ", ".join(workflow.name for workflow in compilation.project.workflows)
    console.say(f"deployed {names}: {len(planned.effective)} resources", "dim")


class _Lines:
    """Shows lines of logs, which come from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def show(self, lines: LogLines) -> None:
        """Show some."""
        from gluedsl.view.live import show_log  # noqa: PLC0415 -- only where something is written

        with self._lock:
            texts = (text.removeprefix(f"[{lines.run_id}] ").rstrip() for text in lines.texts)
            show_log(console.talk(), lines.source.name, texts)


class _Warnings(logging.Handler):
    """Shows what the local Glue takes note of: a schedule that starts nothing, a request that it cannot answer."""

    def emit(self, record: logging.LogRecord) -> None:
        """Show one."""
        console.say(record.getMessage(), "yellow")


@contextmanager
def _warnings() -> Iterator[None]:
    handler, log = _Warnings(logging.WARNING), logging.getLogger("gluedsl.local")
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


class _Told:
    """Whether somebody has asked for the end: by Ctrl-C, by a signal, or by closing the terminal."""

    def __init__(self) -> None:
        self._told = threading.Event()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen for signals, in the main thread, which is the only one that gets them."""
        before = {number: signal.signal(number, self._take) for number in _ENDS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def wait(self) -> None:
        """Wait until somebody has."""
        self._told.wait()

    def _take(self, _number: int, _frame: Any) -> None:
        if self._told.is_set():
            from gluedsl.local.processes import kill_all  # noqa: PLC0415 -- only where somebody is impatient

            kill_all()
            os._exit(_FORCED)
        self._told.set()
