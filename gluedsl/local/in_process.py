"""The local Glue inside a process, for tests: no server, no HTTP.

Comes in: calls of any boto3 client of this process. Goes out: the service's answers to what is the service's of Glue,
and moto's to all else of AWS. Nothing reaches AWS, and when it is over all is as it was. An operation of Glue's that
neither has is refused as it is over HTTP: moto raises NotImplementedError, which no client of AWS expects.

It stands where moto's own Glue is asked: moto's `mock_aws` takes a request before it is sent, finds the backend, and
calls `GlueResponse`; here that call goes to the service first.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from gluedsl.errors import UsageError
from gluedsl.local.clock import system_clock
from gluedsl.local.extra import IN_PROCESS, require_extra
from gluedsl.local.moto_app import joined, moto_answers, sole_use
from gluedsl.local.protocol import TARGET, answered, unknown
from gluedsl.local.replacing import replaced
from gluedsl.local.service.glue import AT_ONCE, GlueService
from gluedsl.local.service.place import REGION, place_in
from gluedsl.local.surroundings import surrounded
from gluedsl.local.work import Ended

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

    from gluedsl.engine import EndState, Policies
    from gluedsl.local.clock import Clock, IdSource
    from gluedsl.local.service.place import Place
    from gluedsl.local.work import CrawlWork, Executor, JobWork, Listener, WorkForce
    from gluedsl.runs import RunSnapshot


class Succeeding:
    """An executor for which nothing runs: every job and crawl succeeds at once."""

    def run_job(self, work: JobWork, stop: threading.Event) -> Ended:  # noqa: ARG002 -- as the protocol has it
        """Succeed."""
        return Ended("SUCCEEDED")

    def crawl(self, work: CrawlWork, stop: threading.Event) -> Ended:  # noqa: ARG002 -- as the protocol has it
        """Succeed."""
        return Ended("SUCCEEDED")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running:
    """What there is for the length of a `with`."""

    service: GlueService
    closing: ExitStack


class InProcessGlue:
    """A Glue that every boto3 client of this process reaches, for the length of a `with`.

    It enters moto's `mock_aws`; inside one that is active already, what that one stores stays. Clients may be made
    before or after, and jobs may use clients too. There is one account and one region: a request that was signed for
    another is refused with an `InvalidInputException` that says so.

    Args:
        executor: Runs jobs and crawls, in threads. None: they succeed at once.
        region: The one region; clients that name none are in it. None: that of the environment, else us-east-1.
        clock: Returns now, in UTC.
        ids: Returns a text that it has not returned before; ids of runs follow from it and the clock.
        at_once: How many jobs and crawlers run at once.
        outcomes: Jobs and crawlers that do not run but end in the state given.
        policies: What to do where AWS does not say.
        schedules: Whether schedules start anything.
        workers: Makes what does the work instead of the executor and its threads.
    """

    def __init__(
        self,
        *,
        executor: Executor | None = None,
        region: str | None = None,
        clock: Clock = system_clock,
        ids: IdSource | None = None,
        at_once: int = AT_ONCE,
        outcomes: Mapping[str, EndState] | None = None,
        policies: Policies | None = None,
        schedules: bool = False,
        workers: Callable[[Listener], WorkForce] | None = None,
    ) -> None:
        require_extra(needed=IN_PROCESS)
        self._executor = executor or Succeeding()
        self._region = region
        self._clock = clock
        self._ids = ids
        self._at_once = at_once
        self._outcomes = outcomes
        self._policies = policies
        self._schedules = schedules
        self._workers = workers
        self._running: _Running | None = None

    def __enter__(self) -> Self:
        """Begin to answer, with nothing in it."""
        with ExitStack() as stack:
            stack.enter_context(sole_use())
            place = place_in(self._region or os.environ.get("AWS_DEFAULT_REGION") or REGION)
            stack.enter_context(_mocked())
            # Clients that name no region get this one, and no endpoint but AWS's own: moto answers for no other.
            settings = {"AWS_DEFAULT_REGION": place.region, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}
            stack.enter_context(surrounded(settings))
            service = self._service(place)
            stack.enter_context(_hooked(service))
            stack.enter_context(joined(service))
            # First of all on the way out: what runs may still call AWS.
            stack.callback(service.close)
            self._running = _Running(service=service, closing=stack.pop_all())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop what runs, and answer no more."""
        running, self._running = self._running, None
        if running is not None:
            running.closing.close()

    @property
    def service(self) -> GlueService:
        """The service, without a client between."""
        if self._running is None:
            message = "the in-process Glue has not been entered"
            raise UsageError(message, hint="use it in a `with` statement")
        return self._running.service

    @property
    def region(self) -> str:
        """The one region."""
        return self.service.place.region

    def snapshot(self, workflow_name: str, run_id: str) -> RunSnapshot | None:
        """Return a run as it is now; None: there is no such run."""
        return self.service.snapshot(workflow_name, run_id)

    def _service(self, place: Place) -> GlueService:
        return GlueService(
            self._executor,
            place=place,
            clock=self._clock,
            ids=self._ids,
            at_once=self._at_once,
            outcomes=self._outcomes,
            policies=self._policies,
            schedules=self._schedules,
            workers=self._workers,
        )


@contextmanager
def _mocked() -> Iterator[None]:
    """Let moto take the requests of every client, also of those that are older than moto's import.

    moto sits in the handlers that botocore gives to new clients. Where it was imported too late for that, a request
    would leave for AWS; here it is caught on the last step.
    """
    from botocore.httpsession import URLLib3Session  # noqa: PLC0415 -- with moto
    from moto import mock_aws  # noqa: PLC0415 -- it takes a second, and is an extra
    from moto.core.models import MockAWS, botocore_stubber  # noqa: PLC0415

    mock: Any = mock_aws()
    if type(mock) is not MockAWS:
        message = "moto is told to mock AWS in another process"
        raise UsageError(message, hint="unset TEST_SERVER_MODE and TEST_PROXY_MODE")
    send = URLLib3Session.send

    def caught(session: Any, request: Any) -> Any:
        answer = botocore_stubber("before-send", request)
        return send(session, request) if answer is None else answer

    with mock, replaced(URLLib3Session, "send", caught):
        yield


@contextmanager
def _hooked(service: GlueService) -> Iterator[None]:
    """Let the service answer what moto's Glue is asked, where the operation is the service's."""
    from moto.glue.responses import GlueResponse  # noqa: PLC0415 -- with moto

    def dispatch(response: Any, request: Any, full_url: str | None = None, headers: Any = None) -> Any:
        response.setup_class(request, full_url, headers)
        target: str = response.headers.get("X-Amz-Target") or ""
        operation = target.removeprefix(TARGET)
        answer = answered(
            service,
            operation,
            response.body.encode() if isinstance(response.body, str) else response.body,
            region=response.region,
            account=response.current_account,
        )
        if answer is None and moto_answers(operation):
            return response.call_action()
        if answer is None:
            answer = unknown(operation)
        return answer.status, response.response_headers | answer.headers, answer.body

    with replaced(GlueResponse, "_dispatch", dispatch):
        yield
