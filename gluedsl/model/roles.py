"""IAM roles that a project makes: for its jobs and crawlers, and for the events that start it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Service = Literal["glue.amazonaws.com", "events.amazonaws.com"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementCondition:
    """What a request must be like for a statement to allow it, as IAM spells it."""

    operator: str
    """`StringEquals`, `ForAllValues:StringEquals`, ..."""
    key: str
    values: tuple[str, ...]
    """Any of them will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a role may do, and with what."""

    sid: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    """ARNs; `${AWS::Partition}`, `${AWS::Region}`, `${AWS::AccountId}` and `${ScriptBucket}` stand for what only
    the deployment knows."""
    conditions: tuple[StatementCondition, ...] = ()
    """All of them must hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role that one service of AWS may assume."""

    name: str
    statements: tuple[Statement, ...]
    service: Service = "glue.amazonaws.com"
