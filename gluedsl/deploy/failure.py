"""What a deployment that failed says: which step, what AWS answered, what was done before, what is left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.deploy.account import AwsError
from gluedsl.deploy.resources import called
from gluedsl.deploy.steps import subject
from gluedsl.errors import DeployError, GluedslError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gluedsl.deploy.steps import Refusal, Step


class ApplyError(DeployError):
    """A step of a deployment failed; the steps before it are done, those after it are not."""

    def __init__(self, message: str, *, hint: str, step: Step, done: Sequence[Step]) -> None:
        super().__init__(message, hint=hint)
        self.step = step
        self.done = tuple(done)


class RefusedPlanError(DeployError):
    """A plan wants what it may not have; nothing was changed."""

    def __init__(self, message: str, *, hint: str, refusals: Sequence[Refusal]) -> None:
        super().__init__(message, hint=hint)
        self.refusals = tuple(refusals)


def refused(refusals: Sequence[Refusal]) -> RefusedPlanError:
    """Return the error that says why a plan is not applied."""
    first, *others = refusals
    more = f" (and {len(others)} more like it)" if others else ""
    return RefusedPlanError(
        f"nothing was deployed: {first.message}{more}",
        hint=first.hint,
        refusals=refusals,
    )


def failed(step: Step, error: GluedslError, done: Sequence[Step], total: int, stuck: Sequence[str]) -> ApplyError:
    """Return the error for a step that failed.

    `stuck`: triggers that were active, and that the deployment leaves deactivated.
    """
    cause = f"{error.code}: {error.text}" if isinstance(error, AwsError) else error.message
    sentences = [_sentence(error.hint)] if error.hint else []
    if done:
        sentences.append(f"Done before it, {len(done)} of {total} steps: {', '.join(told(each) for each in done)}.")
    else:
        sentences.append("No step was done before it.")
    sentences += [f"Trigger `{name}` was active and is left deactivated." for name in stuck]
    sentences.append("Repeat the command to go on from there.")
    return ApplyError(f"could not {told(step)}: {cause}", hint=" ".join(sentences), step=step, done=done)


def told(step: Step) -> str:
    """Return what a step does, as part of a sentence: "create job `x`"."""
    return f"{step.action} {called(*subject(step))}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
