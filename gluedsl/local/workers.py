"""Threads in which jobs and crawlers run, a bounded number at once."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from gluedsl.local.work import CrawlWork, Ended, JobWork

if TYPE_CHECKING:
    from gluedsl.local.work import Executor, Listener, Work

log = logging.getLogger(__name__)


class Workers:
    """Does work in parallel. Safe to call from any thread."""

    def __init__(self, executor: Executor, listener: Listener, *, at_once: int) -> None:
        self._executor = executor
        self._listener = listener
        self._pool = ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="gluedsl-work")
        self._lock = threading.Lock()
        self._stops: dict[str, threading.Event] = {}
        self._futures: dict[str, Future[None]] = {}

    def start(self, work: Work) -> None:
        """Do this as soon as a thread is free."""
        stop = threading.Event()
        with self._lock:
            self._stops[work.id] = stop
            self._futures[work.id] = self._pool.submit(self._do, work, stop)

    def stop(self, work_id: str) -> bool:
        """Stop this; True: its end will be told, False: it never began and will not be told of."""
        with self._lock:
            stop, future = self._stops.get(work_id), self._futures.get(work_id)
            if stop is None or future is None:
                return False
            if future.cancel():
                self._forget(work_id)
                return False
            stop.set()
            return True

    def settle(self) -> None:
        """Do nothing: work goes on by itself, and whoever looks sees how far it has come."""

    def close(self) -> None:
        """Stop everything, and wait until it has stopped."""
        with self._lock:
            for stop in self._stops.values():
                stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _do(self, work: Work, stop: threading.Event) -> None:
        self._listener.began(work.id)
        try:
            match work:
                case JobWork():
                    end = self._executor.run_job(work, stop)
                case CrawlWork():
                    end = self._executor.crawl(work, stop)
        except Exception as error:  # whatever an executor runs into, the run of which this is a part must go on
            log.exception("an executor failed")
            end = Ended("FAILED", f"the local Glue failed: {type(error).__name__}: {error}")
        with self._lock:
            self._forget(work.id)
        self._listener.ended(work.id, end)

    def _forget(self, work_id: str) -> None:
        self._stops.pop(work_id, None)
        self._futures.pop(work_id, None)
