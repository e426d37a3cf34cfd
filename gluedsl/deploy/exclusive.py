"""A deployment that nobody else's gets in the way of, and that does what was shown.

Comes in: a plan that somebody has seen, and a way to plan again. Goes out: the steps that were done. Between the two
lies the time in which the plan was read; so with the lock in hand the account is read once more, and if the plan would
be another one now, it is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.deploy.apply import apply
from gluedsl.deploy.failure import StalePlanError, UnfinishedError, refused
from gluedsl.deploy.halt import Halt
from gluedsl.deploy.resources import Bucket
from gluedsl.deploy.steps import Create, Plan, Update

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.deploy.account import GlueReader, GlueWriter
    from gluedsl.deploy.lock import Lock
    from gluedsl.deploy.observer import Observer
    from gluedsl.deploy.steps import Step


def carry_out(
    shown: Plan,
    plan_again: Callable[[], Plan],
    reader: GlueReader,
    writer: GlueWriter,
    *,
    lock: Lock,
    observer: Observer,
) -> tuple[Step, ...]:
    """Do what a plan that was shown says, with the lock in hand, if it would still say so.

    Raises:
        StalePlanError: it would not; nothing was done.
        LockedError: somebody else is at it; nothing was done.
    """
    if shown.refusals:
        raise refused(shown.refusals)
    if not shown.effective:
        return ()
    halt = Halt()
    # The bucket comes first: the lock is in it. Two who create it at once create the same.
    place = Plan(steps=tuple(step for step in shown.effective if _is_bucket(step)))
    made = apply(place, reader, writer, observer=observer, halt=halt)
    with lock.held(halt, lambda reason, seconds: observer.waiting(None, reason, seconds)):
        current = plan_again()
        if current.refusals or current.effective != shown.effective[len(made) :]:
            raise StalePlanError(current)
        try:
            return (*made, *apply(current, reader, writer, observer=observer, halt=halt))
        except UnfinishedError as error:
            error.done = (*made, *error.done)
            raise


def _is_bucket(step: Step) -> bool:
    return isinstance(step, (Create, Update)) and isinstance(step.definition, Bucket)
