"""The service: every operation that is ours, by name.

Comes in: an operation and the parameters of a request, as JSON has them. Goes out: the members of the answer, with
aware datetimes; or a `ServiceError`. Any number of threads may ask at once; one is answered at a time.
"""

from __future__ import annotations

import copy
import threading
from typing import TYPE_CHECKING, Any

from gluedsl import engine
from gluedsl.local.clock import counter, system_clock
from gluedsl.local.driver import Driver
from gluedsl.local.engine_loop import EngineLoop
from gluedsl.local.service import crawlers, jobs, runs, tags, triggers, workflows
from gluedsl.local.service.context import Context
from gluedsl.local.service.definitions import Definitions
from gluedsl.local.service.failure import invalid
from gluedsl.local.service.place import Place
from gluedsl.local.service.shapes import checked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.engine import EndState, Policies
    from gluedsl.local.clock import Clock, IdSource
    from gluedsl.local.service.context import Operation
    from gluedsl.local.work import Executor
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


class GlueService:
    """Workflows, triggers, jobs, crawlers and their runs, in one account and region."""

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
    ) -> None:
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
        )
        self._driver = Driver(
            definitions=definitions,
            loop=loop,
            clock=clock,
            ids=ids or counter(),
            policies=policies or engine.Policies(),
        )
        self._context = Context(definitions=definitions, driver=self._driver, place=self.place, clock=clock)

    def handles(self, operation: str, parameters: Any = None) -> bool:
        """Whether an operation is answered here; if not, it is moto's.

        Tag operations depend on what the tags are of, which is in their parameters.
        """
        if operation in tags.OPERATIONS:
            return isinstance(parameters, dict) and tags.is_ours(self.place, parameters)
        return operation in OPERATIONS

    def handle(self, operation: str, parameters: Any) -> dict[str, Any]:
        """Answer an operation, or raise `ServiceError`."""
        if operation not in OPERATIONS:
            message = f"operation {operation} is not answered here"
            raise invalid(message)
        given = checked(operation, parameters)
        with self._lock:
            # A caller in this process may do with its answer as it likes.
            return copy.deepcopy(OPERATIONS[operation](self._context, given))

    def snapshot(self, workflow_name: str, run_id: str) -> RunSnapshot | None:
        """Return a run as it is now; None: there is no such run."""
        with self._lock:
            run = self._driver.run(workflow_name, run_id)
            return None if run is None else engine.snapshot(run.state)

    def close(self) -> None:
        """Stop everything that runs, and wait until it has stopped."""
        self._driver.close()
