"""What other generators of Glue workflows write wrongly, looked for in what gluedsl writes, in both dialects.

Each was seen in a published tool: settings that are lost on their way, conditions that Glue cannot read, and triggers
that are deployed and never fire, or fire when they are deployed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl import spelling
from gluedsl.bundle import bundle
from gluedsl.deploy import Silence, apply, plan
from gluedsl.deploy.halt import Halt
from gluedsl.emit import template
from tests.support.account import FakeAccount
from tests.support.checked_flows import checked

if TYPE_CHECKING:
    from gluedsl.model import Project

FLOW = """\
nightly = Workflow(
    "nightly",
    description="Load and publish the day.",
    start=cron("0 2 * * ? *"),
    properties={"env": "", "day": "today"},
    max_concurrent_runs=1,
    role="GlueJobRole",
    tags={"team": "sales"},
)
load = nightly.add(
    PythonShellJob(
        "load",
        script="s3://scripts/load.py",
        description="Loads.",
        max_retries=0,
        max_concurrent_runs=3,
        timeout_minutes=60,
        arguments={"--mark": "", "--env": "prod"},
        tags={"team": "sales"},
    )
)
refine = nightly.add(
    SparkJob(
        "refine",
        script="s3://scripts/refine.py",
        description="",
        job_run_queuing_enabled=False,
        notify_delay_after_minutes=5,
    )
)
tables = nightly.add(
    Crawler("tables", database="s", targets=DeltaTarget(["s3://lake/"], write_manifest=False), description="Reads."),
    after=[load, refine],
)
nightly.add(
    Trigger(
        "then-repair",
        when=any_of(load.failed, refine.timed_out),
        start=PythonShellJob("repair", script="s3://scripts/repair.py").with_arguments(
            {"--depth": ""}, timeout_minutes=5, notify_delay_after_minutes=1, security_configuration="encrypted"
        ),
        description="Mends what broke.",
        tags={"team": "sales"},
    )
)

arrivals = Workflow("arrivals", role="GlueJobRole", start=on_event(batch_size=1, batch_window_seconds=900))
arrivals.add(Crawler("arrived", database="raw", targets="s3://raw/"))
arrivals.add(Crawler("arrived-too", database="raw", targets=DynamoDBTarget("events", scan_all=False)))

by_hand = Workflow("by-hand", role="GlueJobRole", start=on_demand())
by_hand.add(load)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is written of a flow, by kind and name, in one dialect."""

    resources: dict[tuple[str, str], dict[str, Any]]

    def of(self, kind: str, name: str) -> dict[str, Any]:
        """Return one resource."""
        return self.resources[kind, name]

    def triggers(self) -> dict[str, dict[str, Any]]:
        """Return the triggers by name."""
        return {name: trigger for (kind, name), trigger in self.resources.items() if kind == "Trigger"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the flow's project, ready for a back end."""
    flow = checked(tmp_path_factory.mktemp("flow"), FLOW)
    assert flow.errors == ()
    return bundle(flow.compilation.project, bucket="scripts").project


@pytest.fixture(params=["api", "cloudformation"])
def written(project: Project, request: pytest.FixtureRequest) -> Written:
    """Return what is sent, or what stands in the template."""
    return in_requests(project) if request.param == "api" else in_template(project)


def in_requests(project: Project) -> Written:
    """Return the arguments of each `Create*` call."""
    resources = {("Job", job.name): spelling.job_to_api(job) for job in project.jobs}
    resources |= {("Crawler", crawler.name): spelling.crawler_to_api(crawler) for crawler in project.crawlers}
    for workflow in project.workflows:
        resources["Workflow", workflow.name] = spelling.workflow_to_api(workflow)
        for trigger in workflow.triggers:
            resources["Trigger", trigger.name] = spelling.trigger_to_api(trigger, workflow.name)
    return Written(resources=resources)


def in_template(project: Project) -> Written:
    """Return the properties of each resource of the template."""
    resources = template(project)["Resources"].values()
    return Written(
        resources={
            (each["Type"].rpartition(":")[2], each["Properties"]["Name"]): each["Properties"] for each in resources
        }
    )


def test_descriptions_are_kept(written: Written) -> None:
    """Of every kind of resource, also an empty one."""
    described = {name: each["Description"] for (_, name), each in written.resources.items() if "Description" in each}

    assert described == {
        "nightly": "Load and publish the day.",
        "load": "Loads.",
        "refine": "",
        "tables": "Reads.",
        "then-repair": "Mends what broke.",
    }


def test_falsy_values_are_sent(written: Written) -> None:
    """Zero, False and empty texts are values."""
    load, refine = written.of("Job", "load"), written.of("Job", "refine")

    assert load["MaxRetries"] == 0
    assert load["DefaultArguments"] == {"--mark": "", "--env": "prod"}
    assert refine["JobRunQueuingEnabled"] is False
    assert written.of("Workflow", "nightly")["DefaultRunProperties"] == {"env": "", "day": "today"}
    assert written.of("Crawler", "tables")["Targets"]["DeltaTargets"][0]["WriteManifest"] is False
    (events,) = written.of("Crawler", "arrived-too")["Targets"]["DynamoDBTargets"]
    assert (events.get("scanAll"), events.get("ScanAll")) in {(False, None), (None, False)}


def test_what_is_not_said_is_not_written(written: Written) -> None:
    """No empty structures: of two jobs, the one that says when to notify has a notification."""
    assert "NotificationProperty" not in written.of("Job", "load")
    assert written.of("Job", "refine")["NotificationProperty"] == {"NotifyDelayAfter": 5}
    assert "MaxRetries" not in written.of("Job", "refine")
    assert "DefaultArguments" not in written.of("Job", "refine")
    assert not [each for each in written.resources.values() if {} in each.values() or None in each.values()]


def test_concurrency_is_kept(written: Written) -> None:
    """Of the workflow and of the job."""
    assert written.of("Workflow", "nightly")["MaxConcurrentRuns"] == 1
    assert "MaxConcurrentRuns" not in written.of("Workflow", "arrivals")
    assert written.of("Job", "load")["ExecutionProperty"] == {"MaxConcurrentRuns": 3}


def test_predicates_are_complete(written: Written) -> None:
    """A conditional trigger always says AND or ANY, and each condition how it compares: with one condition as well."""
    predicates = {name: each["Predicate"] for name, each in written.triggers().items() if "Predicate" in each}

    assert {name: predicate["Logical"] for name, predicate in predicates.items()} == {
        "nightly-after-load-and-refine": "AND",
        "then-repair": "ANY",
    }
    conditions = [condition for predicate in predicates.values() for condition in predicate["Conditions"]]
    assert [condition["LogicalOperator"] for condition in conditions] == ["EQUALS"] * 4


def test_actions_are_complete(written: Written) -> None:
    """What a trigger gives a job of its own arrives."""
    (action,) = written.of("Trigger", "then-repair")["Actions"]

    assert {name: value for name, value in action.items() if name != "JobName"} == {
        "Arguments": {"--depth": ""},
        "Timeout": 5,
        "NotificationProperty": {"NotifyDelayAfter": 1},
        "SecurityConfiguration": "encrypted",
    }


def test_batching_is_of_events_alone(written: Written) -> None:
    """An EVENT trigger keeps its batching, with values that are Glue's defaults too; no other trigger has any."""
    batching = {name: each.get("EventBatchingCondition") for name, each in written.triggers().items()}

    assert batching == {
        "nightly-start": None,
        "nightly-after-load-and-refine": None,
        "then-repair": None,
        "arrivals-start": {"BatchSize": 1, "BatchWindow": 900},
        "by-hand-start": None,
    }


def test_schedules_are_kept(written: Written) -> None:
    """A scheduled start is one, and has its schedule."""
    start = written.of("Trigger", "nightly-start")

    assert (start["Type"], start["Schedule"]) == ("SCHEDULED", "cron(0 2 * * ? *)")


def test_triggers_are_activated_that_can_be(written: Written) -> None:
    """Scheduled and conditional triggers start when they are created; for the others Glue refuses it."""
    assert {name: each.get("StartOnCreation") for name, each in written.triggers().items()} == {
        "nightly-start": True,
        "nightly-after-load-and-refine": True,
        "then-repair": True,
        "arrivals-start": None,
        "by-hand-start": None,
    }


def test_every_trigger_starts_something(written: Written) -> None:
    """A workflow of crawlers alone has a start trigger with actions, as one of jobs has."""
    assert {name: len(each["Actions"]) for name, each in written.triggers().items()} == {
        "nightly-start": 2,
        "nightly-after-load-and-refine": 1,
        "then-repair": 1,
        "arrivals-start": 2,
        "by-hand-start": 1,
    }


def test_tags_are_kept(written: Written) -> None:
    """Of workflows, jobs and triggers that have some."""
    assert [name for (_, name), each in written.resources.items() if each.get("Tags") == {"team": "sales"}] == [
        name for (_, name), each in written.resources.items() if "Tags" in each
    ]
    assert {name for (_, name), each in written.resources.items() if "Tags" in each} == {
        "nightly",
        "load",
        "then-repair",
    }


def test_a_deployment_starts_no_workflow(project: Project) -> None:
    """To start an on-demand trigger is to run it, so neither the first deployment nor a second one does."""
    account = FakeAccount()
    for _ in range(2):
        steps = plan(project, (), account, name="sales")
        apply(steps, account, account, halt=Halt(lambda _: None), observer=Silence())

    assert [call for call in account.calls if call.startswith("start trigger")] == []
    assert account.hazards == []
    assert {name: account.state(name) for name in ("by-hand-start", "arrivals-start", "nightly-start")} == {
        "by-hand-start": "CREATED",
        "arrivals-start": "CREATED",
        "nightly-start": "ACTIVATED",
    }
