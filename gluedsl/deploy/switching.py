"""Triggers while they are changed: stopped, changed, started again, in the states that Glue gives them meanwhile.

Glue refuses to update an active trigger, and its changes of state take effect later
(https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html). A trigger that was active is never left stopped
without a word: it is started again, or named in `left_inactive`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gluedsl.deploy.account import AwsError
from gluedsl.deploy.patience import pauses
from gluedsl.errors import DeployError, GluedslError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from contextlib import AbstractContextManager

    from gluedsl.deploy.account import GlueReader, GlueWriter, ObservedTrigger
    from gluedsl.deploy.resources import PlacedTrigger

_SETTLING_SECONDS = 300
_GOING_SECONDS = 600


class Wait(Protocol):
    """Waits, and says why."""

    def __call__(self, reason: str, seconds: float) -> None:
        """Wait for that many seconds."""


class Insist(Protocol):
    """Lets what is done inside wait, although the deployment is to stop."""

    def __call__(self) -> AbstractContextManager[None]:
        """Return what to enter."""


class Switches:
    """The triggers of one deployment. Those of several workflows may be changed at once, each by one thread."""

    def __init__(
        self,
        reader: GlueReader,
        writer: GlueWriter,
        patiently: Callable[[Callable[[], None]], None],
        *,
        wait: Wait,
        insist: Insist,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._patiently = patiently
        self._wait = wait
        self._insist = insist
        self._paused: dict[str, str] = {}
        """By trigger that is stopped until its workflow is complete: the workflow."""
        self._touched: set[str] = set()
        """Workflows of which a trigger was created, changed or deleted."""
        self._going: set[str] = set()
        """Triggers that Glue was told to delete."""
        self.left_inactive: list[str] = []
        """Triggers that were active, are not, and ought to be."""

    def create(self, trigger: PlacedTrigger, create: Callable[[], None]) -> None:
        """Create a trigger, once an earlier one of its name is gone."""
        self._touched.add(trigger.workflow)
        self._wait_until_gone(self._going & {trigger.name})
        try:
            self._patiently(create)
        except AwsError as error:
            observed = self._observed(trigger.name)
            if error.code != "AlreadyExistsException" or observed is None or observed.state != "DELETING":
                raise
            self._wait_until_gone({trigger.name})
            self._patiently(create)

    def update(self, trigger: PlacedTrigger, update: Callable[[], None], *, restarts: bool) -> None:
        """Update a trigger; `restarts`: it is active, and is to be so again even if the update fails."""
        if not restarts:
            self._change(trigger.workflow, update)
            return
        try:
            self.stop(trigger.name)
            self._change(trigger.workflow, update)
            self.start(trigger.name)
        except BaseException:
            self._start_after_failure(trigger.name)
            raise

    def _change(self, workflow: str, change: Callable[[], None]) -> None:
        """Change a workflow; only what AWS has refused in so many words has left it as it was."""
        is_refused = False
        try:
            self._patiently(change)
        except AwsError as error:
            is_refused = not error.retried
            raise
        finally:
            if not is_refused:
                self._touched.add(workflow)

    def delete(self, name: str, workflow: str) -> None:
        """Stop a trigger and delete it; it may be there for a while yet."""
        self._touched.add(workflow)
        self.stop(name)
        self._patiently(lambda: self._writer.delete("AWS::Glue::Trigger", name))
        self._going.add(name)
        self._paused.pop(name, None)

    def pause(self, name: str, workflow: str) -> None:
        """Stop an active trigger until `start` is called for it."""
        self._paused[name] = workflow
        self.stop(name)

    def stop(self, name: str) -> None:
        """Stop a trigger and wait until it is stopped, if it is active."""

        def stop() -> None:
            # Looked at before each try: Glue refuses to stop what an earlier try, whose answer was lost, has stopped.
            observed = self._settled(name)
            if observed is not None and observed.is_active:
                self._writer.stop_trigger(name)

        self._patiently(stop)
        self._settled(name)

    def start(self, name: str) -> None:
        """Start a trigger, if it is not active."""
        observed = self._settled(name)
        if observed is not None and not observed.is_active:
            self._patiently(lambda: self._writer.start_trigger(name))
        self._paused.pop(name, None)

    def resume_untouched(self) -> None:
        """After a failure: start what is paused, but where the workflow is half changed."""
        for name, workflow in list(self._paused.items()):
            if workflow in self._touched:
                self.left_inactive.append(name)
            else:
                self._start_after_failure(name)

    def _start_after_failure(self, name: str) -> None:
        """Start a trigger; that it cannot be started must not hide why."""
        try:
            with self._insist():
                self.start(name)
        except GluedslError:
            self.left_inactive.append(name)

    def wait_until_all_gone(self) -> None:
        """Wait until Glue has deleted every trigger that it was told to delete."""
        self._wait_until_gone(set(self._going))

    def _wait_until_gone(self, names: Collection[str]) -> None:
        remaining = pauses(_GOING_SECONDS)
        while names and (there := {t.trigger.name for t in self._reader.triggers(names)}):
            pause = next(remaining, None)
            if pause is None:
                message = f"trigger `{min(there)}` is still there {_GOING_SECONDS} seconds after it was deleted"
                raise DeployError(message)
            self._wait("Glue is deleting triggers", pause)
        self._going.difference_update(names)

    def _settled(self, name: str) -> ObservedTrigger | None:
        """Wait until Glue has done with the last change of a trigger."""
        for pause in pauses(_SETTLING_SECONDS):
            observed = self._observed(name)
            if observed is None or observed.is_settled:
                return observed
            self._wait(f"trigger `{name}` is {observed.state}", pause)
        message = f"trigger `{name}` has not come to rest in {_SETTLING_SECONDS} seconds"
        raise DeployError(message)

    def _observed(self, name: str) -> ObservedTrigger | None:
        return next(iter(self._reader.triggers([name])), None)
