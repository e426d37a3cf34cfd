"""The account that a conformance suite works in: what it makes there under names of its own, and takes away again."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Parameters = dict[str, Any]

_SCRIPTS = {"SUCCEEDED": "print('well')\n", "FAILED": "raise SystemExit('badly')\n"}
_MOST_LOOKS = 400


@dataclass(kw_only=True)
class ConformanceAccount:
    """An account, and how a suite works in it."""

    glue: Any
    """A boto3 client of Glue."""
    s3: Any
    """A boto3 client of S3."""
    role: str
    """The role that jobs get: its name or ARN."""
    bucket: str
    """A bucket that is there, for the scripts of jobs."""
    pause: Callable[[], object]
    """Lets some time pass, before the suite looks again."""
    will_end: Callable[[str, str], object] = lambda _job, _state: None
    """Told of every job how it is to end, where scripts do not run."""
    token: str = field(default_factory=lambda: secrets.token_hex(4))
    """In every name that the suite makes."""
    _undo: list[Callable[[], object]] = field(default_factory=list)

    def name(self, name: str) -> str:
        """Return a name that nothing else in the account has."""
        return f"gluedsl-conformance-{self.token}-{name}"

    # What a test makes

    def job(self, name: str, *, ends: str = "SUCCEEDED", **parameters: Any) -> str:
        """Create a job that ends as it is told to; return its name."""
        full, key = self.name(name), f"{self.name(name)}.py"
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=_SCRIPTS[ends].encode())
        self._undo.append(lambda: self.s3.delete_object(Bucket=self.bucket, Key=key))
        command = {"Name": "pythonshell", "PythonVersion": "3.9", "ScriptLocation": f"s3://{self.bucket}/{key}"}
        self.glue.create_job(Name=full, Role=self.role, Command=command, MaxCapacity=0.0625, Timeout=10, **parameters)
        self._undo.append(lambda: self.glue.delete_job(JobName=full))
        self.will_end(full, ends)
        return full

    def workflow(self, name: str = "flow", **parameters: Any) -> str:
        """Create a workflow; return its name."""
        full = self.name(name)
        self.glue.create_workflow(Name=full, **parameters)
        self._undo.append(lambda: self.glue.delete_workflow(Name=full))
        return full

    def trigger(self, name: str, *jobs: str, workflow: str, kind: str = "ON_DEMAND", **parameters: Any) -> str:
        """Create a trigger that starts jobs; return its name."""
        full = self.name(name)
        actions = [{"JobName": job} for job in jobs]
        self.glue.create_trigger(Name=full, Type=kind, WorkflowName=workflow, Actions=actions, **parameters)
        self._undo.append(lambda: self.glue.delete_trigger(Name=full))
        return full

    def after(
        self, name: str, ends: dict[str, str], *jobs: str, workflow: str, logical: str = "AND", active: bool = True
    ) -> str:
        """Create a conditional trigger: `{job: "FAILED"}`."""
        conditions = [{"LogicalOperator": "EQUALS", "JobName": job, "State": state} for job, state in ends.items()]
        return self.trigger(
            name,
            *jobs,
            workflow=workflow,
            kind="CONDITIONAL",
            Predicate={"Logical": logical, "Conditions": conditions},
            StartOnCreation=active,
        )

    def clean_up(self) -> None:
        """Take away everything that was made, the newest first."""
        while self._undo:
            with suppress(self.glue.exceptions.ClientError, self.s3.exceptions.ClientError):
                self._undo.pop()()

    # What a test sees

    def start(self, workflow: str, **properties: str) -> str:
        """Start a run; return its id."""
        run_id: str = self.glue.start_workflow_run(Name=workflow, RunProperties=properties)["RunId"]
        return run_id

    def run(self, workflow: str, run_id: str) -> Parameters:
        """Return a run with its graph, as it is now."""
        found: Parameters = self.glue.get_workflow_run(Name=workflow, RunId=run_id, IncludeGraph=True)["Run"]
        return found

    def ended(self, workflow: str, run_id: str) -> Parameters:
        """Return a run with its graph, once it has ended.

        Raises:
            TimeoutError: it does not end.
        """
        for _ in range(_MOST_LOOKS):
            run = self.run(workflow, run_id)
            if run["Status"] not in {"RUNNING", "STOPPING"}:
                return run
            self.pause()
        message = f"run {run_id} of {workflow} does not end"
        raise TimeoutError(message)

    def trigger_state(self, name: str, wanted: str) -> str:
        """Return the state of a trigger, once it is as wanted, or if it does not become so."""
        state = ""
        for _ in range(30):
            state = self.glue.get_trigger(Name=name)["Trigger"]["State"]
            if state == wanted:
                break
            self.pause()
        return state


def job_states(run: Parameters) -> dict[str, list[str]]:
    """Return the states of the runs of each job in a run's graph."""
    nodes = [node for node in run["Graph"]["Nodes"] if node["Type"] == "JOB"]
    return {
        node["Name"]: [each["JobRunState"] for each in (node.get("JobDetails") or {}).get("JobRuns") or ()]
        for node in nodes
    }
