"""The service: every operation that is ours, by name.

Comes in: an operation and the parameters of a request, as JSON has them. Goes out: the members of the answer, with
aware datetimes; or a `ServiceError`. Any number of threads may ask at once; one is answered at a time.
"""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING, Any

from gluedsl import engine
from gluedsl.local.alarm import Alarm
from gluedsl.local.beginnings import Beginnings
from gluedsl.local.clock import ManualClock, counter, system_clock
from gluedsl.local.driver import Driver
from gluedsl.local.engine_loop import EngineLoop
from gluedsl.local.service import crawlers, jobs, runs, tags, triggers, workflows
from gluedsl.local.service.context import Context
from gluedsl.local.service.definitions import Definitions
from gluedsl.local.service.failure import invalid
from gluedsl.local.service.place import Place
from gluedsl.local.service.shapes import checked
from gluedsl.local.timetable import Timetable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from gluedsl.engine import EndState, Notice, Policies
    from gluedsl.local.clock import Clock, IdSource
    from gluedsl.local.service.context import Operation
    from gluedsl.local.work import Executor, Listener, WorkForce
    from gluedsl.runs import RunSnapshot

OPERATIONS: Mapping[str, Operation] = {
    **workflows.OPERATIONS,
    **triggers.OPERATIONS,
    **jobs.OPERATIONS,
    **crawlers.OPERATIONS,
    **runs.OPERATIONS,
    **tags.OPERATIONS,
}
AT_ONCE = 8
"""Jobs and crawlers that run at once, unless told otherwise."""
_ONLY_READS = ("Get", "List", "BatchGet")
"""How operations begin that change nothing."""
_RESCHEDULING = {
    name
    for name in (*triggers.OPERATIONS, *crawlers.OPERATIONS, "CreateWorkflow", "DeleteWorkflow")
    if not name.startswith(_ONLY_READS)
}
"""Operations after which another schedule may be the next than before."""


class GlueService:
    """Workflows, triggers, jobs, crawlers and their runs, in one account and region.

    Args:
        executor: Runs jobs and crawls.
        place: The account and region.
        clock: Returns now, in UTC. By a `ManualClock`, schedules and windows of events pass as it is moved;
            by any other, they are kept in a thread.
        ids: Returns a text that it has not returned before; ids of runs follow from it and the clock.
        at_once: How many jobs and crawlers run at once.
        outcomes: Jobs and crawlers that do not run but end in the state given.
        policies: What to do where AWS does not say.
        schedules: Whether schedules of triggers and crawlers start anything. A service that is there for one run
            must not start another because it is two o'clock.
        workers: Makes what does the work, told what becomes of it; None: threads that call the executor.
    """

    def __init__(
        self,
        executor: Executor,
        *,
        place: Place | None = None,
        clock: Clock = system_clock,
        ids: IdSource | None = None,
        at_once: int = AT_ONCE,
        outcomes: Mapping[str, EndState] | None = None,
        policies: Policies | None = None,
        schedules: bool = False,
        workers: Callable[[Listener], WorkForce] | None = None,
    ) -> None:
        policies = policies or engine.Policies()
        self.place = place or Place()
        self._lock = threading.RLock()
        definitions = Definitions()
        loop = EngineLoop(
            definitions=definitions,
            executor=executor,
            lock=self._lock,
            clock=clock,
            at_once=at_once,
            outcomes=outcomes or {},
            workers=workers,
        )
        self._ids = ids or counter()
        self._driver = Driver(definitions=definitions, loop=loop, clock=clock, ids=self._ids, policies=policies)
        self._beginnings = Beginnings(
            definitions=definitions,
            driver=self._driver,
            clock=clock,
            policies=policies,
            timetable=Timetable(definitions, policies) if schedules else None,
        )
        self._alarm = None if isinstance(clock, ManualClock) else Alarm(self, clock, self._lock)
        self._detach = clock.attach(self) if isinstance(clock, ManualClock) else None
        self._is_closed = False
        self._context = Context(definitions=definitions, driver=self._driver, place=self.place, clock=clock)

    def handles(self, operation: str, parameters: Any = None) -> bool:
        """Whether an operation is answered here; if not, it is moto's.

        Tag operations depend on what the tags are of, which is in their parameters: raise `ServiceError` where these
        are not of the API's shape.
        """
        if operation in tags.OPERATIONS:
            return tags.is_ours(self.place, checked(operation, parameters))
        return operation in OPERATIONS

    def handle(self, operation: str, parameters: Any) -> dict[str, Any]:
        """Answer an operation, or raise `ServiceError`."""
        if operation not in OPERATIONS:
            message = f"operation {operation} is not answered here"
            raise invalid(message)
        given = checked(operation, parameters)
        if operation.startswith(_ONLY_READS):
            self._driver.settle()
        with self._lock:
            self._beginnings.catch_up()
            # A caller in this process may do with its answer as it likes.
            answer: dict[str, Any] = _copied(OPERATIONS[operation](self._context, given))
            if operation in _RESCHEDULING:
                self._something_changed()
            return answer

    def tagged(self) -> list[tuple[str, str, dict[str, str]]]:
        """Return kind, name and tags of everything that has tags."""
        with self._lock:
            return tags.every_tagged(self._context.definitions)

    def notify_event(self, workflow_name: str, event: Mapping[str, Any]) -> None:
        """Take an event of EventBridge's for a workflow, as `glue:notifyEvent` does.

        It waits in a batch until the workflow's EVENT trigger fires. Only its `id` is looked at; one without any is
        given one. Whoever sends it learns nothing: an event for a workflow that waits for none is lost.
        """
        with self._lock:
            if self._is_closed:
                return
            self._beginnings.catch_up()
            event_id = event.get("id") or str(uuid.uuid5(uuid.NAMESPACE_URL, f"{workflow_name}/{self._ids()}"))
            self._beginnings.notify(workflow_name, str(event_id))
            self._something_changed()

    def listen(self, on_notice: Callable[[Notice], None] | None) -> None:
        """Tell somebody what Glue tells EventBridge, under the service's lock; None: nobody, from now on."""
        with self._lock:
            self._driver.listen(on_notice)

    def watch(self, on_run: Callable[[RunSnapshot], None] | None) -> None:
        """Tell somebody of every change of a workflow's run, under the service's lock; None: nobody, from now on."""
        with self._lock:
            self._driver.watch(on_run)

    @property
    def due(self) -> datetime | None:
        """When something begins by itself: a schedule, or a batch of events; None: nothing does as things stand."""
        with self._lock:
            return self._beginnings.due

    def catch_up(self) -> None:
        """Begin everything that is due by now."""
        with self._lock:
            if not self._is_closed:
                self._beginnings.catch_up()

    def snapshot(self, workflow_name: str, run_id: str) -> RunSnapshot | None:
        """Return a run as it is now; None: there is no such run."""
        self._driver.settle()
        with self._lock:
            self._beginnings.catch_up()
            run = self._driver.run(workflow_name, run_id)
            return None if run is None else engine.snapshot(run.state)

    def close(self) -> None:
        """Stop everything that runs, and wait until it has stopped; nothing begins by itself any more."""
        with self._lock:
            self._is_closed = True
        if self._detach is not None:
            self._detach()
            self._detach = None
        if self._alarm is not None:
            self._alarm.close()
        self._driver.close()

    def _something_changed(self) -> None:
        self._beginnings.changed()
        if self._alarm is not None and self._beginnings.due is not None:
            self._alarm.set()


def _copied(value: Any) -> Any:
    """Return an answer of its own: JSON and times. `copy.deepcopy` takes several times as long."""
    if isinstance(value, dict):
        return {member: _copied(inner) for member, inner in value.items()}
    if isinstance(value, list):
        return [_copied(inner) for inner in value]
    return value
