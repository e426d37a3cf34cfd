"""From what was declared to the model.

Comes in: workflows as authors wrote them, and settings. Goes out: a project, the origins of its values, and the faults
that the model has no shape for. It judges nothing: that is for the rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from gluedsl.compiler.code import body
from gluedsl.compiler.events import with_event_rules
from gluedsl.compiler.extra import Carrier, lower_extra
from gluedsl.compiler.nodes import lower_crawler, lower_job
from gluedsl.compiler.prefixing import prefixed
from gluedsl.compiler.recorder import Recorder
from gluedsl.compiler.roles import RoleMaker
from gluedsl.compiler.staging import Staging
from gluedsl.compiler.triggers import lower_triggers, node_of
from gluedsl.dsl.nodes import Crawler as DeclaredCrawler
from gluedsl.dsl.nodes import ExistingCrawler as NamedCrawler
from gluedsl.dsl.nodes import ExistingJob as NamedJob
from gluedsl.dsl.nodes import FunctionJob
from gluedsl.dsl.nodes import Job as DeclaredJob
from gluedsl.dsl.outcomes import Combination, Node, Outcome
from gluedsl.dsl.starts import Start
from gluedsl.dsl.workflow import Trigger as WrittenTrigger
from gluedsl.model import ExistingCrawler, ExistingJob, Project, Workflow
from gluedsl.model.faults import NonStringProperty, SharedTrigger, UnplacedNode
from gluedsl.worker.properties import RunProperties, defaults, field_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gluedsl.compiler.code import FlowModule
    from gluedsl.compiler.settings import Settings
    from gluedsl.dsl.outcomes import Operand
    from gluedsl.dsl.workflow import Workflow as DeclaredWorkflow
    from gluedsl.model import Crawler, Job, Origins, Path
    from gluedsl.model.allowances import Allowance
    from gluedsl.model.faults import Fault
    from gluedsl.source.locate import Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowered:
    """A project with what lies beside it."""

    project: Project
    origins: Origins
    faults: tuple[Fault, ...]
    allowances: tuple[Allowance, ...]


def lower(
    workflows: Sequence[DeclaredWorkflow[Any]],
    nodes: Iterable[Node],
    settings: Settings,
    locator: Locator,
    *,
    homes: Mapping[int, FlowModule] | None = None,
) -> Lowered:
    """Lower workflows.

    Args:
        workflows: of one project.
        nodes: those that stand by themselves in the author's modules.
        settings: of the project.
        locator: finds what was written where.
        homes: the module that each workflow was found in, by its `id`; None: nobody looked.

    Raises:
        DeclarationError: an `extra=` holds what arguments say.
        UsageError: the stage says something of what the flow does not have.
    """
    lowering = _Lowering(settings, Recorder(locator), RoleMaker(), homes or {})
    for index, workflow in enumerate(workflows):
        lowering.add_workflow(workflow, ("workflows", index))
    lowering.note_unplaced(workflows, nodes)
    recorder, project, starts = lowering.recorder, lowering.project(), {}
    if settings.overrides is not None:
        staging = Staging(stage=settings.overrides, recorder=recorder, workflows=workflows)
        project, starts = prefixed(staging.staged(project), settings.prefix), staging.starts
    project = with_event_rules(project, workflows, starts, lowering.roles, recorder)
    project = lowering.roles.with_roles(project)
    return Lowered(
        project=project,
        origins=recorder.origins,
        faults=tuple(recorder.faults),
        allowances=tuple(recorder.allowances),
    )


@dataclass
class _Lowering:
    """One project on its way; nodes are told apart by identity, since two may have one name."""

    settings: Settings
    recorder: Recorder
    roles: RoleMaker
    homes: Mapping[int, FlowModule]
    workflows: list[Workflow] = field(default_factory=list)
    jobs: dict[int, Job] = field(default_factory=dict)
    crawlers: dict[int, Crawler] = field(default_factory=dict)
    existing_jobs: dict[str, ExistingJob] = field(default_factory=dict)
    existing_crawlers: dict[str, ExistingCrawler] = field(default_factory=dict)
    triggers: dict[int, tuple[WrittenTrigger, str, Any]] = field(default_factory=dict)

    def project(self) -> Project:
        return Project(
            workflows=tuple(self.workflows),
            jobs=tuple(self.jobs.values()),
            crawlers=tuple(self.crawlers.values()),
            existing_jobs=tuple(self.existing_jobs.values()),
            existing_crawlers=tuple(self.existing_crawlers.values()),
        )

    def add_workflow(self, workflow: DeclaredWorkflow[Any], path: Path) -> None:
        recorder = self.recorder
        site = recorder.syntax(workflow.site)
        recorder.spans[path] = recorder.span(workflow.site)
        for name in ("name", "description", "max_concurrent_runs", "tags", "extra"):
            recorder.note((*path, name), site and site.argument(name, 0 if name == "name" else None))
        if site is not None:
            recorder.note_items((*path, "extra"), workflow.extra, site.argument("extra"))
        recorder.allow(path, f"workflow `{workflow.name}`", workflow.allow, workflow.site)
        for node in _members(workflow):
            self._add_node(node, workflow)
        self._note_shared_triggers(workflow)
        given: dict[str, Any] = {
            "name": workflow.name,
        }
        given["triggers"] = lower_triggers(workflow, path, recorder, prefix=self.settings.prefix)
        optional = {
            "description": workflow.description,
            "max_concurrent_runs": workflow.max_concurrent_runs,
            "tags": workflow.tags or None,
        }
        given |= {name: value for name, value in optional.items() if value is not None}
        if workflow.properties is not None:
            given["default_run_properties"] = self._properties(workflow, path)
        carrier = Carrier(
            operation="CreateWorkflow", shown=f"workflow `{workflow.name}`", path=path, given=given, takes=()
        )
        given |= lower_extra(workflow.extra, carrier, recorder)
        self.workflows.append(Workflow(**given))

    def _add_node(self, node: Node, workflow: DeclaredWorkflow[Any]) -> None:
        match node:
            case NamedJob(name=str(name)):
                self.existing_jobs.setdefault(name, ExistingJob(name=name))
            case NamedCrawler(name=str(name)):
                self.existing_crawlers.setdefault(name, ExistingCrawler(name=name))
            case DeclaredJob() if id(node) not in self.jobs:
                path: Path = ("jobs", len(self.jobs))
                role = self._role(node.options.get("role"), workflow, path)
                home = self.homes.get(id(workflow))
                job = lower_job(node, path, role, home, self.recorder)
                self.jobs[id(node)] = job
                if isinstance(node, FunctionJob):
                    self.roles.bodies.setdefault(
                        f"{self.settings.prefix}{job.name}", FilePath(body(node).__code__.co_filename)
                    )
            case DeclaredCrawler() if id(node) not in self.crawlers:
                path = ("crawlers", len(self.crawlers))
                role = self._role(node.options.get("role"), workflow, path)
                self.crawlers[id(node)] = lower_crawler(node, path, role, self.recorder)
            case _:
                pass

    def _role(self, own: str | None, workflow: DeclaredWorkflow[Any], path: Path) -> str:
        staged = self.settings.overrides.role if self.settings.overrides is not None else None
        chosen = own or staged
        if chosen is None and workflow.role is not None:
            chosen, call = workflow.role, self.recorder.syntax(workflow.site)
            self.recorder.note((*path, "role"), call.argument("role") if call is not None else None)
        return chosen or self.settings.role or self.roles.name_for(f"{self.settings.prefix}{workflow.name}")

    def _properties(self, workflow: DeclaredWorkflow[Any], path: Path) -> dict[str, str]:
        declared = workflow.properties
        if isinstance(declared, type) and issubclass(declared, RunProperties):
            values = dict(defaults(declared))
            for key in values:
                file, owner = field_place(declared, key)
                if (span := self.recorder.locator.file(file).class_field(owner, key)) is not None:
                    self.recorder.spans[*path, "default_run_properties", key] = span
            return values
        site = self.recorder.syntax(workflow.site)
        display = site.argument("properties") if site else None
        self.recorder.note_items((*path, "default_run_properties"), declared or {}, display)
        kept = {}
        given: dict[Any, Any] = dict(declared or {})
        for key, value in given.items():
            if isinstance(key, str) and isinstance(value, str):
                kept[key] = value
                continue
            wrong = value if isinstance(key, str) else key
            at = (display.value(key) if display and isinstance(key, str) else None) or display
            self.recorder.faults.append(
                NonStringProperty(
                    workflow=workflow.name,
                    key=str(key),
                    value=_short(repr(wrong)),
                    type_name=type(wrong).__name__,
                    span=at.span if at else self.recorder.span(workflow.site),
                )
            )
        return kept

    def _note_shared_triggers(self, workflow: DeclaredWorkflow[Any]) -> None:
        for placement in workflow.placements:
            if not isinstance(placement.added, WrittenTrigger):
                continue
            span = self.recorder.span(placement.site)
            first = self.triggers.setdefault(id(placement.added), (placement.added, workflow.name, span))
            if first[1:] != (workflow.name, span):
                self.recorder.faults.append(
                    SharedTrigger(
                        trigger=placement.added.name, workflows=(first[1], workflow.name), spans=(first[2], span)
                    )
                )

    def note_unplaced(self, workflows: Sequence[DeclaredWorkflow[Any]], nodes: Iterable[Node]) -> None:
        """Note jobs and crawlers that were made and then neither started nor waited for."""
        used = self.jobs.keys() | self.crawlers.keys()
        used |= {id(node) for workflow in workflows for node in _watched(workflow)}
        for node in nodes:
            if isinstance(node, DeclaredJob | DeclaredCrawler) and id(node) not in used:
                shown = f"{node.noun} `{node.name}`"
                path: Path = ("unplaced", len(self.recorder.faults))
                span = replace(self.recorder.span(node.site), path=path)
                self.recorder.faults.append(UnplacedNode(node=shown, span=span))
                self.recorder.allow(path, shown, node.options.get("allow", ()), node.site)


def _members(workflow: DeclaredWorkflow[Any]) -> Iterator[Node]:
    """Yield what a workflow starts, in the order it is first spoken of."""
    for placement in workflow.placements:
        if isinstance(placement.added, WrittenTrigger):
            yield from map(node_of, placement.added.start)
        else:
            yield node_of(placement.added)


def _watched(workflow: DeclaredWorkflow[Any]) -> Iterator[Node]:
    for placement in workflow.placements:
        if isinstance(placement.added, WrittenTrigger):
            if not isinstance(placement.added.when, Start):
                yield from _nodes(placement.added.when)
        elif placement.after is not None:
            yield from _nodes(placement.after)


def _nodes(operand: Operand) -> Iterator[Node]:
    match operand:
        case Node():
            yield operand
        case Outcome():
            yield operand.node
        case Combination():
            for one in operand.operands:
                yield from _nodes(one)


def _short(text: str, longest: int = 40) -> str:
    return text if len(text) <= longest else f"{text[: longest - 3]}..."
