"""A Glue in the test's own process, that any boto3 client under test talks to.

Comes in: what the test deploys and starts, by this class or by boto3. Goes out: runs, to ask questions of. Triggers
fire, predicates latch, runs have graphs and statistics; S3, IAM and the rest of AWS are moto's. Nothing runs unless the
test says so, no time passes unless it moves the clock, and nothing reaches AWS.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from gluedsl import deploy as route
from gluedsl.bundle import bundle
from gluedsl.compiler.starting import require_properties
from gluedsl.dsl.modules import function_jobs
from gluedsl.dsl.nodes import FunctionJob
from gluedsl.dsl.outcomes import JobNode
from gluedsl.dsl.workflow import Workflow as DeclaredWorkflow
from gluedsl.errors import UsageError
from gluedsl.local.clock import ManualClock, counter
from gluedsl.local.in_process import InProcessGlue
from gluedsl.local.seed import seed
from gluedsl.model import FunctionCode, Project
from gluedsl.testing import clients
from gluedsl.testing.account_names import AccountNames, WorkflowName
from gluedsl.testing.clock import Clock
from gluedsl.testing.flows import Flow, NodeName, Subject, subject_of
from gluedsl.testing.lake import Lake
from gluedsl.testing.real_crawls import crawled
from gluedsl.testing.run import Run
from gluedsl.testing.simulator import chosen
from gluedsl.testing.stepping import SteppedWork
from gluedsl.testing.stubs import Stubs
from gluedsl.testing.told import told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from gluedsl.compiler import Compilation
    from gluedsl.engine import EndState, Policies
    from gluedsl.local.service.glue import GlueService
    from gluedsl.local.work import Listener
    from gluedsl.runs import RunSnapshot
    from gluedsl.testing.stubs import ByNode, Stub

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""When a test begins, unless it says otherwise."""


class FakeGlue:
    """A Glue for the length of a `with`, or of a test that asks for the fixture `glue`.

    Jobs and crawlers succeed at once, without running, unless `outcomes`, `durations`, `job` or `run_for_real` say
    otherwise. They do so when somebody looks: at the next call that reads, at `wait`, or when the clock is moved.

    Args:
        now: When the test begins.
        region: None: that of the environment, else us-east-1.
        policies: What happens where AWS does not say what Glue does.
        root: Where relative paths begin; None: the working directory.
        seen: Called with every run that the test looks at.
    """

    def __init__(
        self,
        *,
        now: datetime = BEGINNING,
        region: str | None = None,
        policies: Policies | Mapping[str, str] | None = None,
        root: Path | None = None,
        seen: Callable[[Run], object] = lambda _: None,
    ) -> None:
        self._manual = ManualClock(now)
        self._root = root
        self._seen = seen
        self._names = AccountNames(lambda: self.service, lambda: self._work)
        self._stubs = Stubs(self._names, crawled, self.client)
        self._glue = InProcessGlue(
            clock=self._manual,
            ids=counter(),
            region=region,
            policies=chosen(policies),
            schedules=True,
            workers=self._force,
        )
        self._work: SteppedWork | None = None
        self._closing = ExitStack()
        self._compilations: dict[str, Compilation] = {}
        """By the workflows that were deployed."""
        self.clock: Clock = Clock(self._manual, self._settle, self._raise_broken)
        """Time, which stands still until the test moves it."""
        self.lake: Lake = Lake(self.client)
        """S3, for what jobs read and write."""

    def __enter__(self) -> Self:
        """Begin to answer, with nothing in it."""
        with ExitStack() as stack:
            stack.enter_context(clients.away_from_the_machine())
            stack.enter_context(self._glue)
            stack.callback(self._manual.attach(self._started))
            self._closing = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Answer no more; what a function of the test's own ran into unseen is raised now."""
        self._closing.close()
        if error is None:
            self._raise_broken()

    # What the test decides

    @property
    def outcomes(self) -> ByNode[tuple[EndState, ...], str | Sequence[str]]:
        """How jobs and crawlers end: `glue.outcomes["load"] = "FAILED"`, or a state for each attempt of a run."""
        return self._stubs.outcomes

    @property
    def durations(self) -> ByNode[timedelta, str]:
        """How long jobs and crawlers take, by the clock: `glue.durations["load"] = "15m"`, or a `timedelta`."""
        return self._stubs.durations

    @told
    def job(self, job: NodeName) -> Callable[[Stub], Stub]:
        """Let the decorated function stand for a job: it is called with the job's run, and fails it by raising.

        An AssertionError in it is the test's own, and fails the test.
        """
        if isinstance(job, FunctionJob):
            self._note(job)

        def stand(function: Stub) -> Stub:
            self._stubs.bodies[job] = function
            return function

        return stand

    @told
    def run_for_real(self, *nodes: NodeName) -> None:
        """Let these function jobs run their bodies, in this process; let these crawlers read what is in S3.

        Args:
            nodes: Function jobs of a flow that the test imports, and crawlers.

        Raises:
            UsageError: a job has no body that could run here.
        """
        for given in nodes:
            if isinstance(given, FunctionJob):
                self._note(given)
                self._stubs.real_bodies[given] = given
                continue
            node = self._names.resolved(given)
            if isinstance(given, JobNode) or (node is not None and node.type == "JOB"):
                raise self._not_for_real(node.name if node is not None else str(getattr(given, "name", given)))
            self._stubs.crawlers[given] = True

    # What is deployed and started

    @told
    def deploy(
        self, flow: Flow, *, workflow: str | None = None, stage: str | None = None, with_data: bool = False
    ) -> None:
        """Deploy a flow, with the calls that `gluedsl deploy` makes.

        Args:
            flow: A workflow, the path of a flow file or folder, or the name of a module.
            workflow: The name of one, where a path has several.
            stage: Which stage of the project; None: none.
            with_data: Whether S3 is to hold what `[tool.gluedsl.local]` names.

        Raises:
            UsageError: the flow has errors, or is a model without its jobs.
        """
        subject = subject_of(flow, workflow=workflow, stage=stage, root=self._root)
        compilation = subject.compilation
        if compilation is None:
            message = "a model cannot be deployed: it does not say whose it is"
            raise UsageError(message, hint="give the flow that it was made from")
        settings = compilation.settings
        self._names.prefixes[settings.prefix] = None
        for workflow_model in compilation.project.workflows:
            self._compilations[workflow_model.name] = compilation
        if isinstance(flow, DeclaredWorkflow):
            for job in function_jobs({"flow": flow}):
                self._note(job)
        data = {uri: settings.root / place for uri, place in settings.local.data.items()} if with_data else {}
        seed(compilation.project, data=data, buckets=settings.local.buckets, client=self.client)
        gateway = clients.gateway(self._glue.region)
        bucket = route.script_bucket(None, gateway.identity()).name
        owner = route.Owner(project=settings.project, stage=settings.stage)
        bundled = bundle(compilation.project, bucket=bucket, folder=owner.files)
        files = [route.Upload(key=file.key, content=file.content) for file in bundled.files]
        planned = route.plan(bundled.project, files, gateway, name=settings.project, stage=settings.stage)
        route.apply(planned, gateway, gateway, halt=route.Halt(self.clock.sleep), observer=route.Silence(), parallel=1)

    @told
    def start(self, workflow: WorkflowName | None = None, properties: Mapping[str, str] | None = None) -> str:
        """Start a run of a workflow, and return its id; nothing of it happens before somebody looks.

        Args:
            workflow: The workflow; None: the only one that there is.
            properties: Run properties that the start brings.

        Raises:
            UsageError: there is no such workflow, a name of `outcomes` and the like is none, or the workflow's class
                of run properties refuses one.
        """
        name = self._workflow_name(workflow)
        if name in self._compilations:
            require_properties(self._compilations[name], name, properties or {})
        run_id: str = self.client("glue").start_workflow_run(Name=name, RunProperties=dict(properties or {}))["RunId"]
        return run_id

    @told
    def wait(self, run_id: str) -> Run:
        """Move the clock on until a run has ended, and return it.

        Raises:
            UsageError: there is no such run.
            AssertionError: it does not end.
        """
        __tracebackhide__ = True
        name = self._workflow_of(run_id)
        while not (snapshot := self._snapshot(name, run_id)).has_ended:
            due = self._started.due
            self._raise_broken()
            if due is None:
                message = f"the run of `{name}` does not end: nothing of it is under way\n\n{self._run(snapshot)}"
                raise AssertionError(message)
            self._manual.advance(max(due - self._manual(), timedelta()))
        self._raise_broken()
        return self._run(snapshot)

    @told
    def run(self, workflow: WorkflowName | None = None, properties: Mapping[str, str] | None = None) -> Run:
        """Start a run of a workflow, and wait for its end."""
        __tracebackhide__ = True
        return self.wait(self.start(workflow, properties))

    @told
    def runs(self, workflow: WorkflowName | None = None) -> list[Run]:
        """Return all runs of a workflow as they are now, whoever started them, in the order of their starts."""
        name = self._workflow_name(workflow)
        self._settle()
        self._raise_broken()
        pages = self.client("glue").get_paginator("get_workflow_runs").paginate(Name=name)
        ids = [run["WorkflowRunId"] for page in pages for run in page["Runs"]]
        return [self._run(self._snapshot(name, run_id)) for run_id in reversed(ids)]

    @told
    def notify(self, workflow: WorkflowName | None = None, *event_ids: str) -> None:
        """Let events of EventBridge arrive for a workflow: one for each id, or one."""
        name = self._workflow_name(workflow)
        for event in [{"id": one} for one in event_ids] or [{}]:
            self.service.notify_event(name, event)

    def client(self, service: str) -> Any:
        """Return a boto3 client; one that the code under test makes itself reaches the same Glue."""
        return clients.client(service, self._glue.region)

    @property
    def service(self) -> GlueService:
        """The local Glue, without a client between."""
        return self._glue.service

    def _not_for_real(self, name: str) -> UsageError:
        """Return why a job that was not given as a function job does not run in the test's process."""
        known = [job for compilation in self._compilations.values() for job in compilation.project.jobs]
        if any(job.name == name and isinstance(job.code, FunctionCode) for job in known):
            message = f"job `{name}` is named, and the function that it runs is not"
            return UsageError(message, hint="give the job itself, imported from the flow; or use @glue.job")
        message = f"job `{name}` runs a script, and only functions run in the process of a test"
        hint = "let a function stand for it with @glue.job; scripts run with the fixture local_glue and `gluedsl run`"
        return UsageError(message, hint=hint)

    def _note(self, job: FunctionJob[Any]) -> None:
        for prefix in self._names.prefixes:
            self._stubs.properties[f"{prefix}{job.name}"] = job.properties

    # How it goes

    def _workflow_name(self, given: WorkflowName | None) -> str:
        with self._started.held():
            self._require_known()
            return self._names.workflow(given)

    def _workflow_of(self, run_id: str) -> str:
        with self._started.held():
            for name in self._names.workflows():
                if self.service.snapshot(name, run_id) is not None:
                    return name
        message = f"there is no run `{run_id}`"
        raise UsageError(message, hint="give the id that the start returned")

    def _force(self, listener: Listener) -> SteppedWork:
        self._work = SteppedWork(self._stubs, listener, self._manual)
        return self._work

    @property
    def _started(self) -> SteppedWork:
        if self._work is None:
            message = "the Glue under test has not been entered"
            raise UsageError(message, hint="use it in a `with` statement, or ask for the fixture `glue`")
        return self._work

    def _settle(self) -> None:
        self._require_known()
        self._started.settle()

    def _require_known(self) -> None:
        """Raise UsageError if the test has said something of a job or crawler that there is not."""
        for given in self._stubs.named():
            self._names.resolved(given)

    def _raise_broken(self) -> None:
        if self._stubs.broken:
            broken = self._stubs.broken.copy()
            self._stubs.broken.clear()
            raise broken[0]

    def _snapshot(self, name: str, run_id: str) -> RunSnapshot:
        snapshot = self._glue.snapshot(name, run_id)
        if snapshot is None:
            message = f"workflow `{name}` has no run `{run_id}`"
            raise UsageError(message, hint="a workflow that was deleted has forgotten its runs")
        return snapshot

    def _run(self, snapshot: RunSnapshot) -> Run:
        known = self._compilations.get(snapshot.workflow.name)
        project = Project(workflows=(snapshot.workflow,)) if known is None else known.project
        run = Run(Subject(workflow=snapshot.workflow, project=project), snapshot)
        self._seen(run)
        return run
