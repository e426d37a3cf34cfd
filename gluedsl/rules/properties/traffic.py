"""Who reads and writes which run properties in a workflow: what jobs declare, and what their code says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gluedsl.graph import Node
from gluedsl.graph.build import started_nodes
from gluedsl.model import walk
from gluedsl.rules.duplicates import ambiguous_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.contract import Contract, Mention
    from gluedsl.graph import WorkflowGraph
    from gluedsl.model import Job, Path, Workflow
    from gluedsl.rules.rule import Context
    from gluedsl.source.span import Span


@dataclass(frozen=True)
class Party:
    """A job of the project that a workflow starts."""

    node: Node
    path: Path
    job: Job
    contract: Contract

    @cached_property
    def reads_in_code(self) -> Mapping[str, Mention]:
        """What the code reads, by key."""
        return {mention.name: mention for mention in self.contract.reads}

    @cached_property
    def writes_in_code(self) -> Mapping[str, Mention]:
        """What the code writes, by key."""
        return {mention.name: mention for mention in self.contract.writes}

    @cached_property
    def writes(self) -> tuple[str, ...]:
        """What the job writes: all that its code says, and where that is not all, what it declares."""
        declared = () if self.contract.has_all_writes else self.job.property_writes
        return tuple(dict.fromkeys((*declared, *self.writes_in_code)))

    @cached_property
    def claims(self) -> frozenset[str]:
        """What the job writes or declares to write: a declaration that its code does not keep is found by itself."""
        return frozenset((*self.job.property_writes, *self.writes_in_code))

    @property
    def tells_all_writes(self) -> bool:
        """Whether these are all its writes: its code is known, or it declares some."""
        return self.contract.has_all_writes or (self.contract.is_unknown and bool(self.job.property_writes))

    def place_of_write(self, context: Context, key: str) -> Span | None:
        """Return where the code writes a property, or where the job declares that it does."""
        if key in self.writes_in_code:
            return context.span_in_code(self.writes_in_code[key].span, *self.path)
        return context.span(*self.path, "property_writes", self.job.property_writes.index(key))


def traffic(context: Context) -> Iterator[tuple[WorkflowGraph, list[Party]]]:
    """Yield each workflow with the jobs that it starts and the project defines."""
    ambiguous = ambiguous_nodes(context.project)
    jobs = {
        node: Party(node, path, job, context.contract(job))
        for path, job in walk.jobs(context.project)
        if (node := Node("JOB", job.name)) not in ambiguous
    }
    for graph in context.graphs:
        started = {node for trigger in graph.workflow.triggers for node in started_nodes(trigger)}
        yield graph, [jobs[node] for node in graph.nodes if node in jobs and node in started]


def written(context: Context, path: Path, job: Job) -> dict[str, Span | None]:
    """Return what a job writes, at the place in its code if that is known, else where it is declared."""
    declared = {key: context.span(*path, "property_writes", index) for index, key in enumerate(job.property_writes)}
    in_code = {one.name: context.span_in_code(one.span, *path) for one in context.contract(job).writes}
    return declared | in_code


def unkept_writes(job: Job, contract: Contract) -> tuple[str, ...]:
    """Return the properties that a job declares to write, and that its code never writes."""
    if not contract.has_all_writes:
        return ()
    written = {mention.name for mention in contract.writes}
    return tuple(key for key in job.property_writes if key not in written)


def given_at_start(workflow: Workflow) -> frozenset[str]:
    """Return what a run has from its start on.

    A run that events start has their ids (https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html).
    """
    by_glue = {"aws:eventIds"} if any(trigger.type == "EVENT" for trigger in workflow.triggers) else set()
    return frozenset(workflow.default_run_properties) | by_glue
