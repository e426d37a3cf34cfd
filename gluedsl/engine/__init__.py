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
    property_put_refusal,
    stop_refusal,
)
from gluedsl.engine.commands import Command, QueueJobRun, StartCrawl, StartJobRun, StopActionRun
from gluedsl.engine.events import (
    ActionEnded,
    ActionStarted,
    ActionStopping,
    EndState,
    Event,
    PropertiesPut,
    RefusalReason,
    StartRefused,
    StopRequested,
)
from gluedsl.engine.machine import Step, begin, refused_run, step
from gluedsl.engine.picture import snapshot, statistics
from gluedsl.engine.policies import Policies
from gluedsl.engine.state import RunState, RunStatus, StartedAction, TriggerProgress

__all__ = [
    "ActionEnded",
    "ActionStarted",
    "ActionStopping",
    "Admission",
    "Admit",
    "Command",
    "Drop",
    "EndState",
    "Event",
    "Policies",
    "PropertiesPut",
    "QueueJobRun",
    "Record",
    "RefusalReason",
    "Refuse",
    "RunState",
    "RunStatus",
    "StartCrawl",
    "StartJobRun",
    "StartKind",
    "StartRefused",
    "StartedAction",
    "Step",
    "StopActionRun",
    "StopRequested",
    "TriggerProgress",
    "admit",
    "begin",
    "property_put_refusal",
    "refused_run",
    "snapshot",
    "statistics",
    "step",
    "stop_refusal",
]
