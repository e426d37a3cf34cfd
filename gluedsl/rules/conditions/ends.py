"""Which end of a run a condition waits for, and which there are to wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.graph.build import condition_node

if TYPE_CHECKING:
    from gluedsl.model import Condition

OF_JOBS = ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED")
OF_CRAWLERS = ("SUCCEEDED", "FAILED", "CANCELLED")


def awaited_end(condition: Condition) -> str | None:
    """Return the end that a condition waits for; None where it names none that can be waited for.

    That is a finding by itself (CN002, CN004, CN005), and what was meant is not known.
    """
    node = condition_node(condition)
    if node is None:
        return None
    own, other, ends = (
        (condition.state, condition.crawl_state, OF_JOBS)
        if node.type == "JOB"
        else (condition.crawl_state, condition.state, OF_CRAWLERS)
    )
    return own if own in ends and other is None else None
