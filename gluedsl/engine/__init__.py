"""A workflow run as a pure state machine: what Glue does with a run, without Glue.

Comes in: a workflow of the model, and events, with their times, from whoever lets jobs and crawlers happen.
Goes out: the next state of the run, and commands that say what must happen in the world.
It must never do anything itself: no input or output, no clock, no randomness, no threads. The same workflow
and the same events give the same run, ids included.

A driver does this, one event at a time and under one lock where events come from several threads:

    answer = admit(workflow, start="API", active_runs=0)     # Admit, Refuse, Record or Drop
    state, commands = begin(workflow, run_id="wr_...", at=now)
    ...                                                      # carry out the commands
    state, commands = step(state, ActionStarted(id="jr_...", at=now))
    state, commands = step(state, ActionEnded(id="jr_...", state="SUCCEEDED", at=now))
    ...
    picture = snapshot(state)                                # at any time

What makes a run begin besides a call: `ticks` says when schedules fire, `event_arrived` and `window_passed` gather
events into batches. `resume` takes up a run that has ended. `timeout_of` says when to tell of `ActionTimedOut`,
`notice_of` what EventBridge is told meanwhile.
Drivers are here: `simulate` plays one run in virtual time, `explore` finds all that runs can come to, and `RunSearch`
finds a run in which something happens.

What AWS leaves undocumented is in `Policies`, by name.
"""

from gluedsl.engine.admission import (
    Admission,
    Admit,
    Drop,
    Record,
    Refuse,
    StartKind,
    admit,
    delete_refusal,
    property_put_refusal,
    stop_refusal,
)
from gluedsl.engine.batching import (
    EVENT_IDS,
    NO_EVENTS,
    Batched,
    BatchFiring,
    WaitingEvents,
    batching_of,
    event_arrived,
    run_began,
    window_end,
    window_passed,
)
from gluedsl.engine.combinations import MOST_MOMENTS
from gluedsl.engine.commands import Command, QueueJobRun, StartCrawl, StartJobRun, StopActionRun
from gluedsl.engine.events import (
    ENDS,
    ActionEnded,
    ActionStarted,
    ActionStopping,
    ActionTimedOut,
    EndState,
    Event,
    PropertiesPut,
    RefusalReason,
    StartRefused,
    StopRequested,
)
from gluedsl.engine.explore import MOST_RESULTS, Exploration, Explored, Unheeded, explore
from gluedsl.engine.machine import Step, begin, refused_run, step
from gluedsl.engine.net import Start
from gluedsl.engine.notices import Notice, notice_of
from gluedsl.engine.picture import snapshot, statistics
from gluedsl.engine.policies import DEFAULTS, Policies, policies_named
from gluedsl.engine.resume import Resumption, resume, resume_refusal
from gluedsl.engine.search import EndedIn, FoundRun, Happening, RunSearch, Started
from gluedsl.engine.simulate import (
    BEGINNING,
    DEFAULT_DURATION,
    MOST_DURATION,
    Performance,
    Scenario,
    Simulation,
    simulate,
    simulate_resumed,
    started_node,
)
from gluedsl.engine.state import RunState, RunStatus, StartedAction, TriggerProgress
from gluedsl.engine.ticks import Tick, next_tick, ticks
from gluedsl.engine.timeouts import timeout_of

__all__ = [
    "BEGINNING",
    "DEFAULTS",
    "DEFAULT_DURATION",
    "ENDS",
    "EVENT_IDS",
    "MOST_DURATION",
    "MOST_MOMENTS",
    "MOST_RESULTS",
    "NO_EVENTS",
    "ActionEnded",
    "ActionStarted",
    "ActionStopping",
    "ActionTimedOut",
    "Admission",
    "Admit",
    "BatchFiring",
    "Batched",
    "Command",
    "Drop",
    "EndState",
    "EndedIn",
    "Event",
    "Exploration",
    "Explored",
    "FoundRun",
    "Happening",
    "Notice",
    "Performance",
    "Policies",
    "PropertiesPut",
    "QueueJobRun",
    "Record",
    "RefusalReason",
    "Refuse",
    "Resumption",
    "RunSearch",
    "RunState",
    "RunStatus",
    "Scenario",
    "Simulation",
    "Start",
    "StartCrawl",
    "StartJobRun",
    "StartKind",
    "StartRefused",
    "Started",
    "StartedAction",
    "Step",
    "StopActionRun",
    "StopRequested",
    "Tick",
    "TriggerProgress",
    "Unheeded",
    "WaitingEvents",
    "admit",
    "batching_of",
    "begin",
    "delete_refusal",
    "event_arrived",
    "explore",
    "next_tick",
    "notice_of",
    "policies_named",
    "property_put_refusal",
    "refused_run",
    "resume",
    "resume_refusal",
    "run_began",
    "simulate",
    "simulate_resumed",
    "snapshot",
    "started_node",
    "statistics",
    "step",
    "stop_refusal",
    "ticks",
    "timeout_of",
    "window_end",
    "window_passed",
]
