"""Who reads and writes which run properties in a workflow: what jobs declare, and what their code says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gluedsl.graph import Node
from gluedsl.graph.build import started_nodes
from gluedsl.model import FunctionCode, walk
from gluedsl.rules.duplicates import ambiguous_nodes
from gluedsl.rules.wording import near

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.contract import Contract, Mention
    from gluedsl.graph import WorkflowGraph
    from gluedsl.model import Job, Path, PropertiesClass, Workflow
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
        """What the job writes, declares to write, or means to: a mistake in that is found by itself."""
        return frozenset((*self.job.property_writes, *self.writes_in_code, *self.meant))

    @cached_property
    def meant(self) -> frozenset[str]:
        """What the code means to read or write where its run properties refuse it."""
        return meant(self.job, self.contract)

    @property
    def tells_all_writes(self) -> bool:
        """Whether these are all its writes: its code is known, or it declares some."""
        return self.contract.has_all_writes or (self.contract.is_unknown and bool(self.job.property_writes))

    def place_of_write(self, context: Context, key: str) -> Span | None:
        """Return where the code writes a property, or where the job declares that it does."""
        if key in self.writes_in_code:
            return context.span_in_code(self.writes_in_code[key].span, *self.path)
        if key in self.job.property_writes:
            return context.span(*self.path, "property_writes", self.job.property_writes.index(key))
        return None


def traffic(context: Context) -> list[tuple[WorkflowGraph, list[Party]]]:
    """Return each workflow with the jobs that it starts and the project defines."""
    ambiguous = ambiguous_nodes(context.project)
    jobs = {
        node: Party(node, path, job, context.contract(job))
        for path, job in walk.jobs(context.project)
        if (node := Node("JOB", job.name)) not in ambiguous
    }
    found = []
    for graph in context.graphs:
        started = {node for trigger in graph.workflow.triggers for node in started_nodes(trigger)}
        found.append((graph, [jobs[node] for node in graph.nodes if node in jobs and node in started]))
    return found


def written(context: Context, path: Path, job: Job) -> dict[str, Span | None]:
    """Return what a job writes, at the place in its code if that is known, else where it is declared."""
    declared = {key: context.span(*path, "property_writes", index) for index, key in enumerate(job.property_writes)}
    in_code = {one.name: context.span_in_code(one.span, *path) for one in context.contract(job).writes}
    return declared | in_code


def properties_class(job: Job) -> PropertiesClass | None:
    """Return the class of a function job's run properties; None where they are a dict, or any name is one."""
    return job.code.properties if isinstance(job.code, FunctionCode) else None


def class_and_job(context: Context, path: Path, job: Job, of: PropertiesClass) -> tuple[tuple[Span | None, str], ...]:
    """Return where the class of the run properties of the job at this path is named, and where the job is."""
    named = context.origins.spans.get((*path, "code", "properties"))
    return (
        (named, f"`{of.name}` declares its properties here"),
        (context.span(*path), f"job `{job.name}` is defined here"),
    )


def meant(job: Job, contract: Contract) -> frozenset[str]:
    """Return what the code of a job means to read or write where its run properties refuse it.

    That is told by itself (TL012, TL013, TL021), so that others take it for done, under the name that is nearly the
    same, too.
    """
    of = properties_class(job)
    declared = of.declared if of is not None else ()
    names = {refusal.name for refusal in contract.refusals}
    return frozenset(names | {found for name in names if (found := near(name, declared)) is not None})


def outside_of_class(job: Job, contract: Contract) -> frozenset[str]:
    """Return what a job declares to read or write, and the class of its run properties does not (TL012).

    Code can reach others by Glue's own API: those that it is seen to reach there, and names that no class can have.
    """
    of = properties_class(job)
    if of is None:
        return frozenset()
    by_api = {mention.name for mention in (*contract.reads, *contract.writes)}
    named = (*job.property_reads, *job.property_writes)
    return frozenset(key for key in named if key.isidentifier() and key not in of.declared and key not in by_api)


def unkept_writes(job: Job, contract: Contract) -> tuple[str, ...]:
    """Return the properties that a job declares to write, and that its code never writes."""
    if not contract.has_all_writes:
        return ()
    written = {mention.name for mention in contract.writes} | meant(job, contract) | outside_of_class(job, contract)
    return tuple(key for key in job.property_writes if key not in written)


def given_at_start(workflow: Workflow) -> frozenset[str]:
    """Return what a run has from its start on.

    A run that events start has their ids (https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html).
    """
    by_glue = {"aws:eventIds"} if any(trigger.type == "EVENT" for trigger in workflow.triggers) else set()
    return frozenset(workflow.default_run_properties) | by_glue
