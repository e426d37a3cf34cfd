"""What a deployment that did not end well says: which steps, what AWS answered, what was done, what is left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.deploy.account import AwsError
from gluedsl.deploy.resources import called
from gluedsl.deploy.steps import subject
from gluedsl.errors import DeployError, GluedslError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gluedsl.deploy.steps import Plan, Refusal, Step

_AGAIN = "repeat the command to go on from there"


class UnfinishedError(DeployError):
    """A deployment that ended before all of its steps were done."""

    def __init__(self, message: str, *, hint: str, done: Sequence[Step], undone: Sequence[Step]) -> None:
        super().__init__(message, hint=hint)
        self.done = tuple(done)
        self.undone = tuple(undone)
        """With the steps that failed, which may have done some of their work."""
        self.left_inactive: tuple[str, ...] = ()
        """Triggers that were active, are not, and ought to be."""
        self.failures: tuple[tuple[Step, GluedslError], ...] = ()


class ApplyError(UnfinishedError):
    """A step of a deployment failed; no other began after it."""


class InterruptError(UnfinishedError):
    """Somebody pressed Ctrl-C; what was under way was finished."""

    exit_code = 130


class RefusedPlanError(DeployError):
    """A plan wants what it may not have; nothing was changed."""

    def __init__(self, message: str, *, hint: str, refusals: Sequence[Refusal]) -> None:
        super().__init__(message, hint=hint)
        self.refusals = tuple(refusals)


class StalePlanError(DeployError):
    """Since a plan was shown, the account has changed in what it is about; nothing was changed."""

    exit_code = 1

    def __init__(self, current: Plan) -> None:
        message = "the account has changed since this plan was made; nothing of the project was changed"
        super().__init__(message, hint="look at the plan as it is now, and repeat the command")
        self.current = current
        """The plan as it would be now."""


def refused(refusals: Sequence[Refusal]) -> RefusedPlanError:
    """Return the error that says why a plan is not applied."""
    first, *others = refusals
    more = f" (and {len(others)} more like it)" if others else ""
    return RefusedPlanError(
        f"nothing was deployed: {first.message}{more}",
        hint=first.hint,
        refusals=refusals,
    )


def failed(
    failures: Sequence[tuple[Step, GluedslError]], done: Sequence[Step], undone: Sequence[Step], stuck: Sequence[str]
) -> ApplyError:
    """Return the error for steps that failed.

    `stuck`: triggers that were active, and that the deployment leaves deactivated.
    """
    step, error = failures[0]
    hint = f"{error.hint}; {_AGAIN}" if error.hint else _AGAIN
    result = ApplyError(f"could not {told(step)}: {cause(error)}", hint=hint, done=done, undone=undone)
    result.failures = tuple(failures)
    result.left_inactive = tuple(stuck)
    return result


def interrupted(done: Sequence[Step], undone: Sequence[Step], stuck: Sequence[str]) -> InterruptError:
    """Return the error for a deployment that was stopped by hand."""
    result = InterruptError("interrupted", hint=_AGAIN, done=done, undone=undone)
    result.left_inactive = tuple(stuck)
    return result


def halted(why: GluedslError, done: Sequence[Step], undone: Sequence[Step], stuck: Sequence[str]) -> ApplyError:
    """Return the error for a deployment that could not go on, though no step of it failed."""
    result = ApplyError(why.message, hint=why.hint or _AGAIN, done=done, undone=undone)
    result.left_inactive = tuple(stuck)
    return result


def report(error: UnfinishedError) -> Iterator[str]:
    """Yield lines that say what was done and what was not."""
    total = len(error.done) + len(error.undone)
    yield f"done, {len(error.done)} of {total} steps{':' if error.done else ''}"
    yield from (f"  {told(step)}" for step in error.done)
    failures = {id(step): reason for step, reason in error.failures}
    yield "not done:"
    for step in error.undone:
        reason = failures.get(id(step))
        yield f"  {told(step)}" + (f" (failed: {cause(reason)})" if reason else "")
    for name in error.left_inactive:
        yield f"trigger `{name}` was active and is left deactivated"


def cause(error: GluedslError) -> str:
    """Return what AWS, or whoever else, said."""
    return f"{error.code}: {error.text}" if isinstance(error, AwsError) else error.message


def told(step: Step) -> str:
    """Return what a step does, as part of a sentence: "create job `x`"."""
    return f"{step.action} {called(*subject(step))}"
