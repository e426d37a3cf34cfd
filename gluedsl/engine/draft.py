"""A run while one step changes it: the only place where a run is mutable, and only until `Draft.done`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gluedsl.engine.commands import StartCrawl, StartJobRun
from gluedsl.engine.ids import action_run_id, attempt_id
from gluedsl.engine.predicates import judge
from gluedsl.engine.state import StartedAction, TriggerProgress
from gluedsl.graph.build import action_node

if TYPE_CHECKING:
    from datetime import datetime

    from gluedsl.engine.commands import Command
    from gluedsl.engine.state import ActionState, RunState, RunStatus
    from gluedsl.engine.wiring import Watch
    from gluedsl.model import Trigger

UNTOUCHED = TriggerProgress()


class Draft:
    """A run, and what must happen because of its change."""

    def __init__(self, state: RunState) -> None:
        self.state = state
        self.actions = dict(state.actions)
        self.triggers = dict(state.triggers)
        self.commands: list[Command] = []

    def fire(self, trigger: Trigger, at: datetime) -> None:
        """Start every action of a trigger."""
        progress = self.triggers.get(trigger.name, UNTOUCHED)
        predecessors = progress.met_by
        again = self.state.policies.trigger_fires == "again" or self.state.policies.any_semantics == "each"
        self.triggers[trigger.name] = replace(
            progress, met_by=() if again else predecessors, fired_at=(*progress.fired_at, at)
        )
        skips = self.state.policies.multi_start == "skip"
        started = {action.node for action in self.actions.values()} if skips else set()
        for position, action in enumerate(trigger.actions):
            node = action_node(action)
            if node is None or node in started:
                continue
            if skips:
                started.add(node)
            self.start(trigger, position, at, firing=len(progress.fired_at), predecessors=predecessors)

    def start(
        self, trigger: Trigger, position: int, at: datetime, *, firing: int = 0, predecessors: tuple[str, ...] = ()
    ) -> None:
        """Start one action of a trigger, which names a job or a crawler."""
        action = trigger.actions[position]
        node = action_node(action)
        assert node is not None  # noqa: S101 -- the caller has seen to it
        self._start(
            StartedAction(
                id=action_run_id(self.state.run_id, trigger=trigger.name, firing=firing, position=position, node=node),
                node=node,
                trigger=trigger.name,
                action=action,
                state="STARTING" if node.type == "JOB" else "RUNNING",
                started_on=at,
                predecessors=predecessors if node.type == "JOB" else (),
            )
        )

    def retry(self, ended: StartedAction, at: datetime) -> None:
        """Start the next attempt of a job run that has failed."""
        attempt = ended.attempt + 1
        first_id = ended.id.removesuffix(f"_attempt_{ended.attempt}")
        again = replace(
            ended,
            id=attempt_id(first_id, attempt),
            state="STARTING",
            attempt=attempt,
            previous_id=ended.id,
            started_on=at,
            completed_on=None,
            error=None,
        )
        self.actions[ended.id] = replace(ended, retried_as=again.id)
        self._start(again)

    def _start(self, started: StartedAction) -> None:
        self.actions[started.id] = started
        if started.node.type == "JOB":
            self.commands.append(
                StartJobRun(
                    id=started.id,
                    job_name=started.node.name,
                    trigger=started.trigger,
                    attempt=started.attempt,
                    action=started.action,
                    previous_id=started.previous_id,
                )
            )
        else:
            self.commands.append(StartCrawl(id=started.id, crawler_name=started.node.name, trigger=started.trigger))

    def end(self, action: StartedAction, state: ActionState, at: datetime, error: str | None) -> StartedAction:
        """Let a job run or crawl have ended."""
        ended = replace(action, state=state, completed_on=at, error=error)
        self.actions[action.id] = ended
        return ended

    def tell_watchers(self, ended: StartedAction, at: datetime) -> None:
        """Let every trigger that watches the job or crawler know; those whose predicate is met fire."""
        for watch in self.state.wiring.watches.get(ended.node, ()):
            name = watch.trigger.name
            progress = self.triggers.get(name, UNTOUCHED)
            verdict = judge(watch, progress, ended.state, self.state.policies)
            met_by = self._met_by(watch, progress, ended)
            if (verdict.met, met_by) != (progress.met, progress.met_by):
                self.triggers[name] = replace(progress, met=verdict.met, met_by=met_by)
            if verdict.fires:
                self.fire(watch.trigger, at)

    def _met_by(self, watch: Watch, progress: TriggerProgress, ended: StartedAction) -> tuple[str, ...]:
        names_them = self.state.policies.predecessor_runs == "filled" and ended.node.type == "JOB"
        if names_them and any(state == ended.state for _, state in watch.conditions):
            return (*progress.met_by, ended.id)
        return progress.met_by

    def done(self, at: datetime) -> RunState:
        """Return the run, which has ended if nothing is left to wait for."""
        status = self._status()
        return replace(
            self.state,
            status=status,
            completed_on=None if status in {"RUNNING", "STOPPING"} else at,
            actions=self.actions,
            triggers=self.triggers,
        )

    def _status(self) -> RunStatus:
        # What goes on was mostly started last: looked at from there, the first is one that does.
        if any(action.is_under_way for action in reversed(self.actions.values())):
            return self.state.status
        if self.state.status == "STOPPING":
            return "STOPPED"
        if self.state.policies.completion == "all_ended":
            ran = {action.node for action in self.actions.values()}
            if not ran.issuperset(self.state.wiring.nodes):
                return self.state.status
        return "COMPLETED"
