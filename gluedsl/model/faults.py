"""What an author, or a template, wrote that the model has no shape for.

Lowering records the fault, and the rule that owns it says what is wrong. In the model the value is left out,
or stands there in the nearest form that it can hold, so that nothing else is found wrong for the same cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gluedsl.model.origins import Path
    from gluedsl.source.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTrigger:
    """One trigger object was added to a second workflow."""

    trigger: str
    workflows: tuple[str, str]
    """The first that it was added to, and the second."""
    spans: tuple[Span | None, Span | None]
    """Where it was added to each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedCondition:
    """A combination of outcomes that one trigger cannot say."""

    workflow: str
    waiting: str
    """The node, or trigger, that waits for it, as shown to the author: "job `x`", "trigger `t`"."""
    expression: str
    """As the author could have written it: `any_of(all_of(a, b), c)`."""
    inner: str
    """The combination inside, which needs a job or trigger of its own: `all_of(a, b)`."""
    span: Span | None
    inner_span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NonStringProperty:
    """A default run property whose key or value Glue cannot store as a string."""

    workflow: str
    key: str
    value: str
    """Its `repr`, shortened."""
    type_name: str
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownField:
    """A key of `extra=` that the API's shape does not have."""

    path: Path
    """Of the resource that carries it."""
    resource: str
    """As shown to the author: "job `x`"."""
    operation: str
    """`CreateJob`, `CreateCrawler`, `CreateTrigger` or `CreateWorkflow`; in a template, the type of the resource."""
    field: str
    suggestions: tuple[str, ...]
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplacedNode:
    """A job or crawler at the top level of a flow module that no workflow was given."""

    node: str
    """As shown to the author: "job `x`"."""
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFile:
    """A job's script, or one of its libraries, that is not on this machine."""

    job: str
    path: str
    """As the author wrote it."""
    looked_at: str
    """Where that was looked for, as shown to the author."""
    near: tuple[str, ...] = ()
    """Paths that are there, and may be meant."""
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakenLibrary:
    """A library that is not beside the flow, so that pip is asked for it; something of a like name is."""

    job: str
    name: str
    near: str
    """What is there."""
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfitLibrary:
    """A library beside the flow that is of no kind that the job can be given."""

    job: str
    path: str
    """As the author wrote it."""
    takes: tuple[str, ...]
    """The endings of files that its kind of job takes."""
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowingModule:
    """The module of a function job has the name of one that the job needs."""

    job: str
    module: str
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentImport:
    """The module of a function job imports, whenever it is imported itself, what no worker has."""

    job: str
    module: str
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkOfOtherJob:
    """A function job that is no Spark job asks its run for Spark."""

    job: str
    kind: str
    """As Glue calls it."""
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MalformedTemplate:
    """Something in a template that CloudFormation can make nothing of."""

    problem: str
    """As a message: "`Actions` of trigger `t` is a map, ..."."""
    span: Span | None
    related: tuple[tuple[Span, str], ...] = ()
    """Other places, each with what is there."""
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedAtCreation:
    """A template asks to activate a trigger of a type that is never active."""

    trigger: str
    type: str
    """ON_DEMAND or EVENT."""
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverActivated:
    """A template leaves a trigger as it is created: inactive. The model has it as if it were activated."""

    trigger: str
    type: str
    """SCHEDULED or CONDITIONAL."""
    is_said: bool
    """Whether the template says so, and does not only leave it open."""
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleTrigger:
    """A template has a trigger without actions. In a model, other mistakes may explain it; here it was written."""

    trigger: str
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownWorkflow:
    """A template puts a trigger into a workflow that it does not define."""

    trigger: str
    workflow: str
    known: tuple[str, ...]
    """The workflows that it defines."""
    span: Span | None


Fault = (
    SharedTrigger
    | NestedCondition
    | NonStringProperty
    | UnknownField
    | UnplacedNode
    | MissingFile
    | MistakenLibrary
    | UnfitLibrary
    | ShadowingModule
    | AbsentImport
    | SparkOfOtherJob
    | MalformedTemplate
    | StartedAtCreation
    | NeverActivated
    | IdleTrigger
    | UnknownWorkflow
)
