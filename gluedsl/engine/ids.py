"""Ids of job runs and crawls, derived from the run, so that one history has one set of ids.

Glue writes a job run's id as `jr_` and 64 hexadecimal digits, and adds `_attempt_1` for its first retry.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gluedsl.graph import Node


def action_run_id(run_id: str, *, trigger: str, firing: int, position: int, node: Node) -> str:
    """Return the id of what the action at `position` of a trigger starts when that trigger fires for the `firing`th
    time; `jr_...` for a job, `crawl_...` for a crawler, which Glue itself gives no id.
    """  # noqa: D205 -- one sentence
    parts = (run_id, trigger, str(firing), str(position), node.type, node.name)
    digest = sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()
    return f"{'jr' if node.type == 'JOB' else 'crawl'}_{digest}"


def attempt_id(first_id: str, attempt: int) -> str:
    """Return the id of a retry, `first_id` being that of attempt 0."""
    return f"{first_id}_attempt_{attempt}" if attempt else first_id
