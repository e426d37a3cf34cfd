"""moto's EventBridge and the service: rules reach workflows, and what becomes of jobs and crawls reaches rules.

Comes in: what moto hands to the targets of a rule, from `PutEvents` and from buckets that send their events to
EventBridge; and what Glue has to tell. Goes out: an event for each workflow among the targets; an event of `aws.glue`
on the default bus. All other targets stay moto's. The role of a target is not looked at: whether it may notify a
workflow is for AWS to say.

moto delivers in the process, in the thread of whoever put the event, by one method of its class for rules; while
connected, ours stands before that one.
"""

from __future__ import annotations

import copy
import json
import logging
import queue
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gluedsl.engine import Notice
    from gluedsl.local.service.glue import GlueService
    from gluedsl.local.service.place import Place

log = logging.getLogger(__name__)

_SAMPLE_ID = "17793124-05d4-b198-2fde-7ededc63b103"
"""What moto gives each event of a bucket as its id."""


def connect(service: GlueService) -> Callable[[], None]:
    """Let rules reach a service's workflows, and the service's events reach rules.

    Until the function that is returned is called; by then what was told has been delivered.
    """
    from moto.events.models import Rule  # noqa: PLC0415 -- moto is an extra, and takes a second to import

    of_moto = Rule.send_to_targets

    def send_to_targets(rule: Any, original_event: Mapping[str, Any], transform_input: bool = True) -> None:  # noqa: FBT001, FBT002 -- moto calls it so
        workflows = _workflows(service, rule)
        if workflows and _hears(rule, original_event):
            for name in workflows.values():
                service.notify_event(name, _told(original_event))
        # moto has no word for a workflow: it would raise, and tell nobody whose turn comes later.
        of_moto(_without(rule, workflows) if workflows else rule, original_event, transform_input)

    herald = _Herald(service.place)

    def disconnect() -> None:
        service.listen(None)
        herald.close()
        Rule.send_to_targets = of_moto

    Rule.send_to_targets = send_to_targets
    service.listen(herald.tell)
    return disconnect


class _Herald:
    """Puts what Glue tells on the default bus, in a thread of its own: that may start runs, and may take its time."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._notices: queue.SimpleQueue[Notice | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def tell(self, notice: Notice) -> None:
        """Take note; called by one thread at a time."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._deliver, name="gluedsl-events", daemon=True)
            self._thread.start()
        self._notices.put(notice)

    def close(self) -> None:
        """Deliver the rest."""
        if self._thread is not None:
            self._notices.put(None)
            self._thread.join()

    def _deliver(self) -> None:
        from moto.events.models import events_backends  # noqa: PLC0415 -- as above

        bus = events_backends[self._place.account][self._place.region]
        while (notice := self._notices.get()) is not None:
            entry = {
                "Source": "aws.glue",
                "DetailType": notice.detail_type,
                "Detail": json.dumps(notice.detail),
                "Time": notice.at.timestamp(),
            }
            try:
                bus.put_events([entry])
            except Exception:  # a target that moto cannot reach must not keep the others from hearing
                log.exception("an event of Glue was not delivered")


def _workflows(service: GlueService, rule: Any) -> dict[str, str]:
    """Return the names of the workflows among a rule's targets, by the ids of those targets."""
    found = ((target["Id"], service.place.resource(target.get("Arn", ""))) for target in rule.targets)
    return {target: resource[1] for target, resource in found if resource is not None and resource[0] == "workflow"}


def _without(rule: Any, targets: Mapping[str, str]) -> Any:
    other = copy.copy(rule)
    other.targets = [target for target in rule.targets if target["Id"] not in targets]
    return other


def _hears(rule: Any, event: Mapping[str, Any]) -> bool:
    """Tell whether a rule is on and about this event; one with a schedule alone is about none."""
    pattern = rule.event_pattern
    return rule.state == "ENABLED" and bool(pattern.get_pattern()) and bool(pattern.matches_event(event))


def _told(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return an event with an id of its own, or none where moto gives a sample."""
    return {member: value for member, value in event.items() if member != "id" or value != _SAMPLE_ID}
