"""What holds for every workflow and every history, over generated ones.

Generated workflows have cycles, jobs that several triggers start, inactive triggers, conditions that nothing can meet;
generated histories have failures, retries, refused starts, queues, stops and late news.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from gluedsl.engine import (
    ActionEnded,
    ActionStarted,
    ActionStopping,
    PropertiesPut,
    StartCrawl,
    StartedAction,
    StartJobRun,
    StartRefused,
    StopRequested,
    begin,
    resume,
    snapshot,
    step,
)
from gluedsl.graph import WorkflowGraph, started_when_all_succeed
from gluedsl.graph.algorithms import downstream
from gluedsl.graph.build import condition_node
from tests.support.engine import MIDNIGHT, RUN_ID
from tests.support.generated import CRAWL_ENDS, JOB_ENDS, workflows

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.engine import Command, EndState, Event, RefusalReason, RunState
    from gluedsl.graph import Node
    from gluedsl.model import Trigger, Workflow
    from gluedsl.runs import RunSnapshot

JOB_REFUSALS: tuple[RefusalReason, ...] = ("JOB_BUSY", "JOB_MISSING")
CRAWL_REFUSALS: tuple[RefusalReason, ...] = ("CRAWLER_BUSY", "CRAWLER_MISSING")
BAD_ENDS = {"FAILED", "TIMEOUT", "STOPPED", "ERROR", "EXPIRED", "CANCELLED"}


@dataclass
class History:
    """A whole run: every event, the state after each, and what was asked for at each."""

    workflow: Workflow
    events: list[Event] = field(default_factory=list)
    states: list[RunState] = field(default_factory=list)
    commands: list[tuple[Command, ...]] = field(default_factory=list)

    @property
    def last(self) -> RunState:
        """The run at its end."""
        return self.states[-1]

    @property
    def picture(self) -> RunSnapshot:
        """The run at its end, as others see it."""
        return snapshot(self.last)


def play(design: Workflow, next_event: Callable[[RunState, list[StartedAction]], Event]) -> History:
    """Play a run to its end with events of the caller's choice."""
    first = begin(design, run_id=RUN_ID, at=MIDNIGHT)
    history = History(design, states=[first.state], commands=[first.commands])
    while under_way := list(history.last.under_way):
        event = next_event(history.last, under_way)
        after = step(history.last, event)
        history.events.append(event)
        history.states.append(after.state)
        history.commands.append(after.commands)
    return history


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Generate a run of a generated workflow that is played to its end."""
    kinds = ["end"] * 7 + ["start", "stop one", "late", "put", "refuse"] + ["stop"] * draw(st.integers(0, 1))
    talk = draw(st.integers(0, 20))
    """How many events may be other than ends, so that every history comes to its own."""

    def next_event(state: RunState, under_way: list[StartedAction]) -> Event:
        nonlocal talk
        at = MIDNIGHT + timedelta(minutes=len(state.actions))
        action = draw(st.sampled_from(under_way))
        kind = draw(st.sampled_from(kinds)) if talk else "end"
        talk -= kind != "end"
        event: Event
        match kind:
            case "start":
                event = ActionStarted(id=action.id, at=at)
            case "stop one":
                event = ActionStopping(id=action.id, at=at)
            case "late":
                event = ActionEnded(id=draw(st.sampled_from(["jr_unknown", *state.actions])), state="FAILED", at=at)
            case "put":
                event = PropertiesPut(properties={draw(st.sampled_from("kl")): str(len(state.actions))}, at=at)
            case "stop":
                event = StopRequested(at=at)
            case "refuse":
                reason = draw(st.sampled_from(JOB_REFUSALS if action.node.type == "JOB" else CRAWL_REFUSALS))
                event = StartRefused(id=action.id, reason=reason, queuing_enabled=draw(st.booleans()), at=at)
            case _:
                end = draw(st.sampled_from(JOB_ENDS if action.node.type == "JOB" else CRAWL_ENDS))
                event = ActionEnded(id=action.id, state=end, max_retries=draw(st.integers(0, 2)), at=at)
        return event

    return play(draw(workflows()), next_event)


def final_ends(state: RunState) -> set[tuple[Node, str]]:
    """Return how jobs and crawlers have ended so far, attempts that were followed by another left out."""
    return {(a.node, a.state) for a in state.actions.values() if not a.is_under_way and a.retried_as is None}


def predicate_holds(trigger: Trigger, seen: set[tuple[Node, str]]) -> bool:
    """Say whether a conditional trigger should have fired; written anew, from AWS's words."""
    assert trigger.predicate is not None
    listenable = {"SUCCEEDED", "FAILED", "STOPPED", "TIMEOUT", "CANCELLED"}
    met = [
        (condition_node(c), c.state or c.crawl_state) in seen and (c.state or c.crawl_state) in listenable
        for c in trigger.predicate.conditions
    ]
    return any(met) if trigger.predicate.logical == "ANY" else all(met)


@given(histories())
def test_triggers_fire_exactly_when_their_predicate_holds(history: History) -> None:
    """At every moment, the triggers that have fired are the active ones whose predicate holds; none fires in a stop."""
    for state in history.states:
        if state.status in {"STOPPING", "STOPPED"}:
            break
        seen = final_ends(state)
        conditional = [t for t in history.workflow.triggers if t.type == "CONDITIONAL"]
        should = {t.name for t in conditional if t.enabled and predicate_holds(t, seen)}
        assert {name for name, progress in state.triggers.items() if progress.fired_at} == {"start", *should}


@given(histories())
def test_no_node_starts_before_its_trigger_may_fire(history: History) -> None:
    """Whatever a conditional trigger starts, starts after its predicate has come to hold."""
    triggers = {trigger.name: trigger for trigger in history.workflow.triggers}
    for state, commands in zip(history.states, history.commands, strict=True):
        for command in commands:
            if isinstance(command, StartJobRun | StartCrawl) and command.trigger != "start":
                assert predicate_holds(triggers[command.trigger], final_ends(state))


@given(histories())
def test_nothing_starts_in_a_run_that_is_being_stopped(history: History) -> None:
    """From the stop on, the engine asks for nothing to be started, retried or queued."""
    stops = [index for index, state in enumerate(history.states) if state.status in {"STOPPING", "STOPPED"}]
    for index in stops:
        assert not any(isinstance(command, StartJobRun | StartCrawl) for command in history.commands[index])
    assert (history.last.status == "STOPPED") == bool(stops)


@given(histories())
def test_a_trigger_fires_at_most_once_a_run(history: History) -> None:
    """Whatever happens, no trigger fires twice, and each firing starts each of its actions once."""
    assert all(len(progress.fired_at) <= 1 for progress in history.last.triggers.values())
    by_trigger = Counter(action.trigger for action in history.last.actions.values() if action.attempt == 0)
    for trigger in history.workflow.triggers:
        assert by_trigger[trigger.name] in {0, len(trigger.actions)}


@given(histories())
def test_every_run_ends_once_all_its_actions_have_ended(history: History) -> None:
    """A run goes on while something is under way, and only then."""
    for state in history.states:
        assert state.has_ended == (not list(state.under_way))
        assert (state.completed_on is not None) == state.has_ended
    assert history.last.status in {"COMPLETED", "STOPPED"}


@given(histories())
def test_statistics_add_up(history: History) -> None:
    """At every moment each started action is in one counter, and TotalActions counts every action of the graph."""
    total = sum(len(trigger.actions) for trigger in history.workflow.triggers)
    for state in history.states:
        counted = snapshot(state).statistics
        counters = (
            counted.timeout_actions,
            counted.failed_actions,
            counted.stopped_actions,
            counted.succeeded_actions,
            counted.running_actions,
            counted.errored_actions,
            counted.waiting_actions,
        )
        started = sum(1 for action in state.actions.values() if action.attempt == 0)
        assert sum(counters) == started <= total == counted.total_actions
        assert (counted.running_actions + counted.waiting_actions == 0) == state.has_ended


@given(histories())
def test_the_same_inputs_give_the_same_history(history: History) -> None:
    """Folding the events over the beginning gives every state, command and id again."""
    again = begin(history.workflow, run_id=RUN_ID, at=MIDNIGHT)
    states, commands = [again.state], [again.commands]
    for event in history.events:
        again = step(again.state, event)
        states.append(again.state)
        commands.append(again.commands)
    assert (states, commands) == (history.states, history.commands)
    assert snapshot(again.state) == history.picture


@given(histories())
def test_ids_are_unique_and_attempts_are_linked(history: History) -> None:
    """No two job runs or crawls share an id, and every attempt but the first names the failed one before it."""
    asked = [c for commands in history.commands for c in commands if isinstance(c, StartJobRun | StartCrawl)]
    assert [command.id for command in asked] == list(history.last.actions)
    assert len({command.id for command in asked}) == len(asked)
    for action in history.last.actions.values():
        assert (action.previous_id is None) == (action.attempt == 0)
        if action.previous_id is not None:
            before = history.last.actions[action.previous_id]
            assert (before.state, before.attempt, before.retried_as) == ("FAILED", action.attempt - 1, action.id)


@given(histories())
def test_an_end_is_final(history: History) -> None:
    """Nothing that comes later changes how a job run or crawl ended."""
    ended: dict[str, StartedAction] = {}
    for state in history.states:
        for id_, action in ended.items():
            assert state.actions[id_] == action
        ended |= {action.id: action for action in state.actions.values() if not action.is_under_way}


@given(histories())
def test_the_outcome_says_what_happened(history: History) -> None:
    """FAILED if an action ended badly; otherwise PARTIAL if something that should have run did not; else SUCCEEDED."""
    picture = history.picture
    finals = [action.state for action in history.last.actions.values() if action.retried_as is None]
    bad = any(state in BAD_ENDS for state in finals)
    assert (picture.outcome == "FAILED") == bad
    if not bad:
        all_active = tuple(replace(trigger, enabled=True) for trigger in history.workflow.triggers)
        expected = started_when_all_succeed(replace(history.workflow, triggers=all_active))
        ran = {action.node for action in history.last.actions.values()}
        whole = ran >= expected and picture.status == "COMPLETED"
        assert picture.outcome == ("SUCCEEDED" if whole else "PARTIAL")


@given(histories(), st.data())
def test_a_resumed_run(history: History, data: st.DataObject) -> None:
    """It starts what was asked for and what is downstream of that, keeps all the rest as it was, and ends."""
    attempted = sorted({action.node for action in history.last.actions.values()})
    if history.last.status != "COMPLETED" or not attempted:
        return
    selected = data.draw(st.lists(st.sampled_from(attempted), min_size=1, max_size=3))
    first = resume(history.last, selected, run_id=RUN_ID[:-1] + "1", at=MIDNIGHT)
    graph = WorkflowGraph.of(history.workflow)
    anew = set(first.restarted).union(*(downstream(graph, node) for node in first.restarted))
    assert set(first.restarted) <= set(selected) <= anew
    copied = {id_: action for id_, action in history.last.actions.items() if action.node not in anew}
    state, commands = first.state, list(first.commands)
    while under_way := list(state.under_way):
        end: EndState = "SUCCEEDED" if data.draw(st.booleans()) else "FAILED"
        state, more = step(state, ActionEnded(id=under_way[0].id, state=end, at=MIDNIGHT))
        commands += more
    assert state.status == "COMPLETED"
    started = [id_ for id_ in state.actions if id_ not in copied]
    assert {id_: state.actions[id_] for id_ in copied} == copied
    assert set(started).isdisjoint(history.last.actions)
    assert [command.id for command in commands if isinstance(command, StartJobRun | StartCrawl)] == started
    nodes = {state.actions[id_].node for id_ in started}
    assert set(first.restarted) <= nodes <= anew
    assert all(len(progress.fired_at) <= 1 for progress in state.triggers.values())
    assert snapshot(state).previous_run_id == history.last.run_id
    total = snapshot(state).statistics
    assert total.succeeded_actions + total.failed_actions + total.running_actions <= total.total_actions


@given(workflows())
def test_when_all_goes_well(design: Workflow) -> None:
    """With every action succeeding, exactly the nodes start that the graph says start, and all is well or PARTIAL."""

    def succeed(_: RunState, under_way: list[StartedAction]) -> Event:
        return ActionEnded(id=under_way[-1].id, state="SUCCEEDED", at=MIDNIGHT)

    history = play(design, succeed)
    assert {action.node for action in history.last.actions.values()} == started_when_all_succeed(design)
    if all(trigger.enabled for trigger in design.triggers):
        assert history.picture.outcome == "SUCCEEDED"


@given(workflows())
@settings(max_examples=30)
def test_order_does_not_matter(design: Workflow) -> None:
    """What starts does not depend on which of several jobs ends first, where each job ends the same way each time."""

    def end_of(node: Node) -> EndState:
        ends_of = CRAWL_ENDS if node.type == "CRAWLER" else JOB_ENDS
        return ends_of[len(node.name) * 7 % len(ends_of)]

    def first(_: RunState, under_way: list[StartedAction]) -> Event:
        return ActionEnded(id=under_way[0].id, state=end_of(under_way[0].node), at=MIDNIGHT)

    def last(_: RunState, under_way: list[StartedAction]) -> Event:
        return ActionEnded(id=under_way[-1].id, state=end_of(under_way[-1].node), at=MIDNIGHT)

    forwards, backwards = play(design, first), play(design, last)
    assert forwards.picture.statistics == backwards.picture.statistics
    assert forwards.last.actions.keys() == backwards.last.actions.keys()
