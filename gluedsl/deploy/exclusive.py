"""A deployment that nobody else's gets in the way of, and that does what was shown.

Comes in: a plan that somebody has seen, and a way to plan again. Goes out: the steps that were done. Between the two
lies the time in which the plan was read; so with the lock in hand the account is read once more, and if the plan would
be another one now, it is refused.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gluedsl.deploy.apply import apply
from gluedsl.deploy.failure import StalePlanError, UnfinishedError, refused
from gluedsl.deploy.halt import Halt
from gluedsl.deploy.resources import Bucket
from gluedsl.deploy.steps import Create, Delete, Plan, Update

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
    halt: Halt | None = None,
) -> tuple[Step, ...]:
    """Do what a plan that was shown says, with the lock in hand, if it would still say so.

    `halt`: tells it to stop, and lets time pass.

    Raises:
        StalePlanError: it would not; nothing of the project was changed.
        LockedError: somebody else is at it; nothing of the project was changed.
    """
    if shown.refusals:
        raise refused(shown.refusals)
    if not shown.effective:
        return ()
    halt = halt or Halt()
    # The bucket comes first: the lock is in it. Two who create it at once create the same.
    place = Plan(steps=tuple(step for step in shown.effective if _is_bucket(step)))
    made = apply(place, reader, writer, observer=observer, halt=halt)
    with lock.held(halt, lambda reason, seconds: observer.waiting(None, reason, seconds)):
        current = plan_again()
        if current.refusals or current.effective != shown.effective[len(made) :]:
            raise StalePlanError(replace(current, steps=tuple(s for s in current.steps if not _is_lock(s, lock))))
        late = tuple(step for step in current.effective if _is_bucket_deletion(step))
        left = tuple(step for step in current.effective if _is_lock(step, lock))
        now = Plan(steps=tuple(step for step in current.effective if step not in (*late, *left)))
        try:
            done = (*made, *apply(now, reader, writer, observer=observer, halt=halt))
        except UnfinishedError as error:
            error.done, error.undone = (*made, *error.done), (*error.undone, *left, *late)
            raise
    # What a killed one left of its lock went with ours: by now the lock may be somebody else's.
    for step in left:
        observer.finished(step)
    try:
        # Not before, since the lock was in it. If something came in meanwhile, S3 refuses to delete it.
        return (*done, *left, *apply(Plan(steps=late), reader, writer, observer=observer, halt=halt))
    except UnfinishedError as error:
        error.done = (*done, *left, *error.done)
        raise


def _is_bucket(step: Step) -> bool:
    return isinstance(step, (Create, Update)) and isinstance(step.definition, Bucket)


def _is_bucket_deletion(step: Step) -> bool:
    return isinstance(step, Delete) and step.resource == "AWS::S3::Bucket"


def _is_lock(step: Step, lock: Lock) -> bool:
    return isinstance(step, Delete) and (step.resource, step.name) == ("AWS::S3::Object", lock.key)
