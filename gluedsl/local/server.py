"""The local Glue as a server on loopback: one process, one port, all of AWS that a workflow needs.

S3, IAM, STS, the Data Catalog and the rest are moto's; workflows, triggers, jobs, crawlers and runs are the service's.
moto keeps its state in the process, so one local Glue runs in a process at a time, and each begins empty.
"""

from __future__ import annotations

import logging
import os
import sys
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from gluedsl.errors import UsageError
from gluedsl.local import credentials
from gluedsl.local.clock import system_clock
from gluedsl.local.extra import require_extra
from gluedsl.local.http import GlueApplication
from gluedsl.local.logs import Logs
from gluedsl.local.moto_app import fresh_application, joined, sole_use
from gluedsl.local.page import About, with_page
from gluedsl.local.python_shell import PythonShell
from gluedsl.local.service.glue import AT_ONCE, GlueService
from gluedsl.local.service.place import REGION, place_in
from gluedsl.local.web import LOOPBACK, WebServer, bound_socket, refuse_pages, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    import boto3

    from gluedsl.engine import EndState, Policies
    from gluedsl.local.clock import Clock, IdSource
    from gluedsl.local.logs import LogLines
    from gluedsl.runs import RunSnapshot

logging.getLogger("gluedsl.local").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running:
    """What there is between `start` and `stop`."""

    service: GlueService
    server: WebServer
    session: boto3.Session
    closing: ExitStack


class LocalGlue:
    """A Glue on this machine, from `start` to `stop`, or for the length of a `with`.

    Args:
        host: Only loopback is listened on.
        port: 0: a free one.
        region: The one region that workflows live in.
        clock: Returns now, in UTC.
        ids: Returns a text that it has not returned before; ids of runs follow from it and the clock.
        interpreter: The Python that runs Python shell jobs.
        at_once: How many jobs and crawlers run at once; None: as many as GlueService likes.
        seconds_per_minute: How long a minute of a job's timeout is.
        outcomes: Jobs and crawlers that do not run but end in the state given.
        policies: What to do where AWS does not say.
        schedules: Whether schedules start anything.
        version: Of gluedsl, for the page at the endpoint.
        on_log: Called with what a job or crawler writes, as it comes, from the thread in which it runs.
        on_run: Called with a run of a workflow whenever something of it has changed, in the order in which that
            happens. Whoever is called must return at once, and ask nothing of this Glue meanwhile.
    """

    def __init__(
        self,
        *,
        host: str = LOOPBACK,
        port: int = 0,
        region: str = REGION,
        clock: Clock = system_clock,
        ids: IdSource | None = None,
        interpreter: str = sys.executable,
        at_once: int | None = None,
        seconds_per_minute: float = 60.0,
        outcomes: Mapping[str, EndState] | None = None,
        policies: Policies | None = None,
        schedules: bool = False,
        version: str = "",
        on_log: Callable[[LogLines], None] | None = None,
        on_run: Callable[[RunSnapshot], None] | None = None,
    ) -> None:
        if host != LOOPBACK:
            message = f"the local Glue listens on {LOOPBACK} only, not on {host}"
            raise UsageError(message, hint="it has no access control: everybody who reaches it can run code")
        if os.name != "posix":
            message = "the local Glue runs on Linux and macOS"
            raise UsageError(message, hint="on Windows, use the Windows Subsystem for Linux")
        require_extra()
        self._port = port
        self._place = place_in(region)
        self._clock = clock
        self._ids = ids
        self._interpreter = interpreter
        self._at_once = at_once or AT_ONCE
        self._seconds_per_minute = seconds_per_minute
        self._outcomes = outcomes
        self._policies = policies
        self._schedules = schedules
        self._version = version
        self._logs = Logs(on_log)
        self._on_run = on_run
        self._running: _Running | None = None

    def start(self) -> Self:
        """Begin to serve, with nothing in it."""
        with ExitStack() as stack:
            stack.enter_context(sole_use())
            listener = stack.enter_context(closing(bound_socket(self._port)))
            url = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
            session = credentials.session(url, self._place.region)
            service = self._service(url, session)
            service.watch(self._on_run)
            about = About(version=self._version, environment=credentials.environment(url, self._place.region))
            application = with_page(GlueApplication(service, fresh_application()), service, about)
            stack.enter_context(joined(service))
            server = serve(refuse_pages(application), listener)
            stack.callback(server.stop)
            # First of all on the way out: what runs may still call AWS.
            stack.callback(service.close)
            self._running = _Running(service=service, server=server, session=session, closing=stack.pop_all())
        return self

    def stop(self) -> None:
        """Stop what runs, then serve no more; what was stored is gone."""
        running, self._running = self._running, None
        if running is not None:
            running.closing.close()

    def __enter__(self) -> Self:
        """Begin to serve."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Serve no more."""
        self.stop()

    @property
    def service(self) -> GlueService:
        """The service, without HTTP between."""
        return self._while_running().service

    @property
    def endpoint_url(self) -> str:
        """Where every AWS service is to be found."""
        return self._while_running().server.url

    def session(self) -> boto3.Session:
        """Return a session whose clients reach this Glue, whatever this machine's AWS configuration says."""
        return self._while_running().session

    def client_settings(self) -> dict[str, str]:
        """Return what `boto3.client` needs beside the name of a service."""
        return credentials.client_settings(self.endpoint_url, self._place.region)

    def environment(self) -> dict[str, str]:
        """Return the environment variables that lead any AWS client to this Glue, and to no real account."""
        return credentials.environment(self.endpoint_url, self._place.region)

    def snapshot(self, workflow_name: str, run_id: str) -> RunSnapshot | None:
        """Return a run as it is now; None: there is no such run."""
        return self.service.snapshot(workflow_name, run_id)

    def logs(self, run_id: str) -> str:
        """Return what a job run or crawl has written so far; of a long log, the end."""
        return self._logs.text(run_id)

    def _service(self, url: str, session: boto3.Session) -> GlueService:
        # The executor reaches S3 and the Data Catalog as everybody does: over HTTP.
        s3, glue = session.client("s3"), session.client("glue")
        shell = PythonShell(
            s3=s3,
            logs=self._logs,
            aws=credentials.environment(url, self._place.region),
            interpreter=self._interpreter,
            seconds_per_minute=self._seconds_per_minute,
        )
        from gluedsl.local.executor import LocalExecutor  # noqa: PLC0415 -- crawls need DuckDB, which is an extra

        return GlueService(
            LocalExecutor(python_shell=shell, s3=s3, glue=glue, logs=self._logs),
            place=self._place,
            clock=self._clock,
            ids=self._ids,
            at_once=self._at_once,
            outcomes=self._outcomes,
            policies=self._policies,
            schedules=self._schedules,
        )

    def _while_running(self) -> _Running:
        if self._running is None:
            message = "the local Glue has not been started"
            raise UsageError(message, hint="call start(), or use it in a `with` statement")
        return self._running
