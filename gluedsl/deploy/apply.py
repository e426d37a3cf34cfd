"""Doing what a plan says.

Comes in: a `Plan`, a reader and a writer. Goes out: the steps that were done; or an error that says which steps failed,
what was done, what was not, and what is left behind. It decides nothing: what is not in the plan does not happen, but
that an active trigger it stopped is started again after a failure, or named where that would let half a graph run.

Steps that do not depend on each other are done at the same time (`gluedsl.deploy.waves`). After a failure, or Ctrl-C,
what is under way is finished and nothing else begins; the second Ctrl-C does not wait for that.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

from gluedsl.deploy.account import PARALLEL
from gluedsl.deploy.failure import failed, halted, interrupted, refused
from gluedsl.deploy.halt import Halt, HaltedError
from gluedsl.deploy.stepping import Work
from gluedsl.deploy.waves import waves
from gluedsl.errors import GluedslError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from gluedsl.deploy.account import GlueReader, GlueWriter
    from gluedsl.deploy.observer import Observer
    from gluedsl.deploy.steps import Plan, Step
    from gluedsl.deploy.waves import Lane, Wave

_LOOK_SECONDS = 0.1


def apply(
    plan: Plan,
    reader: GlueReader,
    writer: GlueWriter,
    *,
    observer: Observer,
    halt: Halt | None = None,
    parallel: int = PARALLEL,
) -> tuple[Step, ...]:
    """Do the steps of a plan and return those that changed something, in the order of the plan.

    `halt`: tells it to stop, and lets it wait; None: in real time. `parallel`: how many steps are done at once.
    """
    if plan.refusals:
        raise refused(plan.refusals)
    return _Application(plan, Work(reader, writer, observer, halt or Halt()), observer).run(parallel)


class _Application:
    """One way through the steps of a plan."""

    def __init__(self, plan: Plan, work: Work, observer: Observer) -> None:
        self._plan = plan
        self._work = work
        self._halt = work.halt
        self._observer = observer
        self._done: set[int] = set()
        self._failures: list[tuple[Step, GluedslError]] = []
        self._is_interrupted = False

    def run(self, parallel: int) -> tuple[Step, ...]:
        # Threads that are still at work when the second Ctrl-C comes are left behind: so no `with`.
        pool = ThreadPoolExecutor(parallel, thread_name_prefix="gluedsl-deploy")
        try:
            for wave in waves(self._plan.steps):
                if self._is_over:
                    break
                self._do(wave, pool)
        except BaseException:
            self._halt.abandon()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        pool.shutdown()
        return self._result()

    @property
    def _is_over(self) -> bool:
        """Whether nothing new begins."""
        return bool(self._failures) or self._halt.is_called

    def _do(self, wave: Wave, pool: ThreadPoolExecutor) -> None:
        """Do the lanes of a wave; after Ctrl-C, finish the steps in them that have begun."""
        under_way: list[Future[None]] = []
        all_are_known = threading.Event()  # a lane that Ctrl-C comes between would be waited for by nobody
        try:
            under_way += (pool.submit(self._lane, lane, all_are_known) for lane in wave)
            all_are_known.set()
            _wait_for(under_way)
        except KeyboardInterrupt:
            self._is_interrupted = True
            self._halt.call()
            all_are_known.set()
            self._observer.stopping()
            _wait_for(under_way)
        for each in under_way:
            each.result()

    def _lane(self, lane: Lane, begin: threading.Event) -> None:
        begin.wait()
        for step in lane:
            if self._is_over:
                return
            self._observer.started(step)
            try:
                self._work.perform(step)
            except HaltedError:
                return
            except GluedslError as error:
                self._failures.append((step, error))
                return
            except BaseException:
                self._halt.call()
                raise
            self._done.add(id(step))
            self._observer.finished(step)

    def _result(self) -> tuple[Step, ...]:
        steps = self._plan.effective
        done = tuple(step for step in steps if id(step) in self._done)
        if not self._is_over:
            return done
        undone = tuple(step for step in steps if id(step) not in self._done)
        if not undone:
            return done
        self._work.switches.resume_untouched()
        stuck = self._work.switches.left_inactive
        if self._failures:
            raise failed(self._failures, done, undone, stuck) from self._failures[0][1]
        if self._halt.why is not None and not self._is_interrupted:
            raise halted(self._halt.why, done, undone, stuck)
        raise interrupted(done, undone, stuck)


def _wait_for(futures: list[Future[None]]) -> None:
    """Wait until all are done, and look up now and then: a signal that another thread was given wakes nobody."""
    while wait(futures, timeout=_LOOK_SECONDS).not_done:
        pass
