"""The steps for the triggers of one workflow, in the one order that never leaves half a graph to run on. Pure.

First what stops: start triggers that go or pause. Then what goes. Then the conditional triggers, and last the start
trigger.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gluedsl.deploy import diff
from gluedsl.deploy.steps import Activate, Create, Deactivate, Keep, Replace, Update

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gluedsl.deploy.account import ObservedTrigger
    from gluedsl.deploy.claims import Claims
    from gluedsl.deploy.resources import PlacedTrigger
    from gluedsl.deploy.steps import Change, Delete, Step

_ACTIVATION = "to be active, and is not"
_DEACTIVATION = "enabled=False"
_PAUSE = "paused while its workflow changes"
_RESUMPTION = "its workflow is complete again"


@dataclass(slots=True)
class _Steps:
    """What one trigger needs, by when it is done."""

    first: list[Step] = field(default_factory=list)
    main: list[Step] = field(default_factory=list)
    last: list[Step] = field(default_factory=list)

    @property
    def reshapes(self) -> bool:
        """Whether the workflow's graph changes with it."""
        return any(
            isinstance(step, (Create, Replace))
            or (isinstance(step, Update) and not all(c.is_tag for c in step.changes))
            for step in self.main
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerSteps:
    """The steps for one workflow."""

    before: tuple[Step, ...]
    """What stops and what goes."""
    after: tuple[Step, ...]
    """What comes and what changes."""


def trigger_steps(
    triggers: Sequence[PlacedTrigger], gone: Sequence[Delete], arriving: Collection[str], claims: Claims
) -> TriggerSteps:
    """Return the steps for the triggers that a workflow is to have, and those (`gone`, in order) that leave it.

    `arriving`: triggers that have left another workflow by then.
    """
    inner = [_one(t, claims, arriving, paused=False) for t in triggers if not t.trigger.is_start]
    reshaped = bool(gone) or any(steps.reshapes for steps in inner)
    start = [_one(t, claims, arriving, paused=reshaped) for t in triggers if t.trigger.is_start]
    return TriggerSteps(
        before=(*(step for steps in start for step in steps.first), *gone),
        after=(
            *(step for steps in inner for step in (*steps.first, *steps.main, *steps.last)),
            *(step for steps in start for step in (*steps.main, *steps.last)),
        ),
    )


def _one(wanted: PlacedTrigger, claims: Claims, arriving: Collection[str], *, paused: bool) -> _Steps:
    """Return the steps for one trigger; `paused`: if it is active, it stops until the workflow is complete."""
    observed = claims.seen.triggers.get(wanted.name)
    if observed is None or wanted.name in arriving:
        return _Steps(main=[Create(definition=wanted)])
    claimed = claims.claim(wanted)
    if claimed is None:
        return _Steps()
    steps = _Steps()
    changes = diff.trigger_changes(claimed, observed)
    replaced = diff.needs_replacement(changes)
    pauses = paused and observed.is_active and (claimed.wants_activation or replaced)
    if pauses:
        steps.first.append(Deactivate(name=wanted.name, workflow=wanted.workflow, pauses=True, reason=_PAUSE))
    if replaced:
        steps.main.append(_replacement(claimed, changes, claims))
        return steps
    if observed.is_active and not claimed.wants_activation:
        steps.first.append(Deactivate(name=wanted.name, workflow=wanted.workflow, reason=_DEACTIVATION))
    restarts = observed.is_active and claimed.wants_activation and not pauses
    steps.main.append(claims.in_place(claimed, changes, restarts=restarts))
    if pauses:
        steps.last.append(Activate(name=wanted.name, workflow=wanted.workflow, reason=_RESUMPTION))
    elif claimed.wants_activation and _rests(observed):
        steps.last.append(Activate(name=wanted.name, workflow=wanted.workflow, reason=_ACTIVATION))
    if steps.first or steps.last:
        steps.main = [step for step in steps.main if not isinstance(step, Keep)]
    return steps


def _rests(observed: ObservedTrigger) -> bool:
    """Whether nothing will make it active; what is CREATING may become so by itself."""
    return not observed.is_active and observed.state != "CREATING"


def _replacement(claimed: PlacedTrigger, changes: tuple[Change, ...], claims: Claims) -> Replace:
    fields = " and ".join(c.field for c in changes if diff.needs_replacement((c,)))
    return Replace(
        definition=claimed,
        changes=(*changes, *claims.tag_changes(claimed)),
        reason=f"Glue cannot change the {fields} of a trigger",
    )
