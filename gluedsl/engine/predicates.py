"""Whether a conditional trigger fires when a job or crawler that it watches has ended.

"The trigger fires if the watched jobs or crawlers end with the specified statuses"
(https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html); what that leaves open is for `Policies` to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gluedsl.engine.policies import Policies
    from gluedsl.engine.state import TriggerProgress
    from gluedsl.engine.wiring import Watch


class Verdict(NamedTuple):
    """What one end means to one trigger."""

    met: frozenset[int]
    """The conditions that hold from now on."""
    fires: bool


def judge(watch: Watch, progress: TriggerProgress, end: str, policies: Policies) -> Verdict:
    """Say what it means to a trigger that the job or crawler of `watch` has ended in state `end`."""
    matched = frozenset(index for index, state in watch.conditions if state == end)
    if watch.is_any:
        if not matched:
            # Only in a resumed run is a condition met before anything has ended in it: by what was copied.
            return Verdict(progress.met, fires=bool(progress.met) and not progress.fired_at)
        return _judge_any(progress, matched, policies)
    return _judge_all(watch, progress, matched, policies)


def _judge_all(watch: Watch, progress: TriggerProgress, matched: frozenset[int], policies: Policies) -> Verdict:
    met = progress.met
    if policies.and_semantics == "latest":
        met -= {index for index, _ in watch.conditions}
    met |= matched
    if len(met) < watch.size:
        return Verdict(met, fires=False)
    if policies.trigger_fires == "again":
        return Verdict(frozenset(), fires=True)
    return Verdict(met, fires=not progress.fired_at)


def _judge_any(progress: TriggerProgress, matched: frozenset[int], policies: Policies) -> Verdict:
    match policies.any_semantics, policies.trigger_fires:
        case "first", "once":
            return Verdict(progress.met | matched, fires=not progress.fired_at)
        case "each", "once":
            return Verdict(progress.met | matched, fires=not matched <= progress.met)
        case "first", "again":
            # A condition that comes true a second time opens a new round; others only join the round they fall in.
            if not progress.met or progress.met & matched:
                return Verdict(matched, fires=True)
            return Verdict(progress.met | matched, fires=False)
        case _:
            return Verdict(matched, fires=True)
