"""A valid project with one known defect has that defect's code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from gluedsl.diagnostics import Severity
from gluedsl.model import Condition, Crawler, Job, Origins, Predicate, RemoteScript, Trigger, Workflow
from gluedsl.rules.check import check
from gluedsl.targets import CatalogTarget, DynamoDBTarget, JdbcTarget, S3Target
from tests.support.models import projects
from tests.support.rules import after, crawler, job, project, spark, start

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.model import Action, Project

ONE_OF_EACH = project(
    start("sales-start", "job load", "crawler catalog"),
    after("sales-then", ["job load"], "job shell", "job stream"),
    spark("load"),
    job("shell"),
    spark("stream", kind="gluestreaming"),
    crawler("catalog"),
)


def _settings(**changes: Any) -> Callable[[Any], Any]:
    return lambda resource: replace(resource, **changes)


def _of_kind(kind: str, **changes: Any) -> Callable[[Job], Job | None]:
    return lambda job: replace(job, **changes) if job.kind == kind else None


def _arguments(**given: str) -> Callable[[Job], Job | None]:
    named = {f"--{key.replace('_', '-')}": value for key, value in given.items()}
    return lambda job: replace(job, default_arguments=named) if job.kind == "glueetl" else None


JOBS: dict[str, tuple[str, Callable[[Job], Job | None]]] = {
    "an overlong name": ("JB001", _settings(name="x" * 256)),
    "an overlong description": ("WF003", _settings(description="x" * 2_049)),
    "Python of another kind": ("JB004", _settings(python_version="2")),
    "a script on this machine": ("JB005", _settings(code=RemoteScript(uri="jobs/load.py"))),
    "a version of no form": ("JB007", _of_kind("glueetl", glue_version="five")),
    "an ended version": ("JB008", _of_kind("glueetl", glue_version="2.0")),
    "an automatic version": ("JB010", _of_kind("gluestreaming", glue_version="auto")),
    "an unknown worker type": ("JB011", _of_kind("glueetl", worker_type="G.3X", workers=2)),
    "a type without workers": ("JB012", _of_kind("glueetl", worker_type="G.1X", workers=None)),
    "a capacity beside workers": ("JB013", _of_kind("gluestreaming", max_capacity=10.0)),
    "a capacity of workers": ("JB014", _of_kind("gluestreaming", max_capacity=10.0, worker_type=None, workers=None)),
    "a capacity of no machine": ("JB015", _of_kind("pythonshell", max_capacity=2.0)),
    "one worker": ("JB018", _of_kind("glueetl", worker_type="G.1X", workers=1)),
    "workers for streams": ("JB019", _of_kind("glueetl", worker_type="G.025X", workers=2, execution_class=None)),
    "newer workers": (
        "JB021",
        _of_kind("glueetl", glue_version="3.0", worker_type="R.1X", workers=2, execution_class=None),
    ),
    "workers of Ray": ("JB022", _of_kind("glueetl", worker_type="Z.2X", workers=2, execution_class=None)),
    "a timeout of seven days": ("JB023", _settings(timeout_minutes=10_080)),
    "a window of no day": ("JB025", _of_kind("gluestreaming", maintenance_window="Sunday")),
    "eleven retries": ("JB026", _settings(max_retries=11, job_run_queuing_enabled=None)),
    "a queue with retries": ("JB028", _settings(job_run_queuing_enabled=True, max_retries=1)),
    "a class for Spark": ("JB029", _of_kind("gluestreaming", execution_class="FLEX")),
    "no runs at all": ("JB030", _settings(max_concurrent_runs=0)),
    "a delay of nothing": ("JB031", _settings(notify_delay_after_minutes=0)),
    "an unknown mode": ("JB032", _settings(extra={"JobMode": "BATCH"})),
    "unknown source control": ("JB033", _settings(extra={"SourceControlDetails": {"Provider": "SVN"}})),
    "too many connections": ("JB034", _settings(connections=("warehouse",) * 1_001)),
    "an empty security configuration": ("JB035", _settings(security_configuration="")),
    "a number as argument": ("AR001", _settings(default_arguments={"--limit": 5})),
    "an argument of Glue's": ("AR002", _settings(default_arguments={"--JOB_NAME": "x"})),
    "an unknown language": ("AR005", _arguments(job_language="java")),
    "an unknown bookmark option": ("AR006", _arguments(job_bookmark_option="enable")),
    "an unknown format": ("AR007", _arguments(datalake_formats="parquet")),
    "a variable without prefix": ("AR008", _arguments(customer_driver_env_vars="A=1")),
    "a file on this machine": ("AR009", _arguments(extra_jars="jars/a.jar")),
    "arguments of a megabyte": ("AR011", _arguments(data="x" * 1_000_000)),
    "a tag of AWS's": ("TG001", _settings(tags={"aws:x": "y"})),
    "a retry as text": ("TL009", _of_kind("pythonshell", max_retries="2")),
}


def _crawling(*targets: Any, **changes: Any) -> Callable[[Crawler], Crawler]:
    return lambda crawler: replace(
        crawler, **{"targets": targets, "database": "sales", "delete_behavior": "LOG", **changes}
    )


TABLES = CatalogTarget("sales", ("orders",))
LAKE = S3Target("s3://lake/")
CRAWLERS: dict[str, tuple[str, Callable[[Crawler], Crawler]]] = {
    "an overlong name": ("CR001", _settings(name="x" * 256)),
    "no targets": ("CR002", _settings(targets=())),
    "tables beside paths": ("CR003", _crawling(LAKE, TABLES)),
    "tables of nothing": ("CR004", _crawling(CatalogTarget("sales", ()))),
    "tables that are deleted": ("CR005", _crawling(TABLES, delete_behavior="DELETE_FROM_DATABASE")),
    "no database": ("CR006", _crawling(LAKE, database=None)),
    "a sample of nothing": ("CR007", _crawling(S3Target("s3://lake/", sample_size=0))),
    "a scan too fast": ("CR008", _crawling(DynamoDBTarget("events", scan_rate=2))),
    "a path of nothing": ("CR010", _crawling(JdbcTarget("warehouse", "sales"))),
    "unknown metadata": ("CR011", _crawling(JdbcTarget("w", "sales/%", additional_metadata=("X",)))),
    "an overlong prefix": ("CR012", _settings(table_prefix="x" * 129)),
    "an unknown behaviour": ("CR013", _settings(update_behavior="UPDATE")),
    "new folders that change": ("CR014", _settings(recrawl_behavior="CRAWL_NEW_FOLDERS_ONLY", update_behavior=None)),
    "events without a queue": ("CR015", _crawling(LAKE, recrawl_behavior="CRAWL_EVENT_MODE")),
    "no JSON": ("CR018", _settings(configuration="{")),
    "an overlong account": ("CR019", _settings(extra={"LakeFormationConfiguration": {"AccountId": "1" * 13}})),
}


def _with(**settings: Any) -> Callable[[Workflow], Workflow]:
    """Add a trigger that waits for the first node, or begins runs, and starts what the start trigger starts."""

    def change(workflow: Workflow) -> Workflow:
        first = workflow.triggers[0].actions[0]
        condition = Condition(
            job_name=first.job_name,
            state="SUCCEEDED" if first.job_name else None,
            crawler_name=first.crawler_name,
            crawl_state="SUCCEEDED" if first.crawler_name else None,
        )
        named: dict[str, Any] = {
            "name": "new",
            "type": "CONDITIONAL",
            "actions": (first,),
            "predicate": Predicate(conditions=(condition,)),
            **settings,
        }
        return replace(workflow, triggers=(*workflow.triggers, Trigger(**named)))

    return change


WORKFLOWS: dict[str, tuple[str, Callable[[Workflow], Workflow]]] = {
    "an overlong name": ("WF001", _settings(name="x" * 256)),
    "an overlong description": ("WF003", _settings(description="x" * 120_001)),
    "no runs at all": ("WF005", _settings(max_concurrent_runs=0)),
    "an empty property": ("RP001", _settings(default_run_properties={"": "x"})),
    "no triggers": ("WF007", _settings(triggers=())),
    "a second start": ("WF006", _with(type="ON_DEMAND", predicate=None)),
    "an idle trigger": ("TR005", _with(actions=())),
    "a trigger that starts what it waits for": ("CN010", _with()),
}


def _start(**changes: Any) -> Callable[[Trigger], Trigger | None]:
    return lambda trigger: replace(trigger, **changes) if trigger.is_start else None


def _action(**changes: Any) -> Callable[[Trigger], Trigger | None]:
    def change(trigger: Trigger) -> Trigger | None:
        index = next((index for index, one in enumerate(trigger.actions) if one.job_name), None)
        if index is None:
            return None
        changed: Action = replace(trigger.actions[index], **changes)
        return replace(trigger, actions=(*trigger.actions[:index], changed, *trigger.actions[index + 1 :]))

    return change


def _waiting_for(logical: str, *states: str) -> Callable[[Trigger], Trigger | None]:
    def change(trigger: Trigger) -> Trigger | None:
        first = trigger.predicate.conditions[0] if trigger.predicate else None
        if first is None or first.job_name is None:
            return None
        conditions = tuple(Condition(job_name=first.job_name, state=state) for state in states)
        return replace(trigger, predicate=Predicate(logical=logical, conditions=conditions))

    return change


TRIGGERS: dict[str, tuple[str, Callable[[Trigger], Trigger | None]]] = {
    "an overlong name": ("TR001", _settings(name="x" * 256)),
    "an overlong description": ("TR027", _settings(description="x" * 2_049)),
    "a schedule of five fields": ("SC002", _start(type="SCHEDULED", schedule="cron(0 2 * * *)", event_batching=None)),
    "a schedule on no day": ("SC013", _start(type="SCHEDULED", schedule="cron(0 2 30 2 ? *)", event_batching=None)),
    "a timeout of seven days": ("AC009", _action(timeout_minutes=10_080, notify_delay_after_minutes=None)),
    "a delay of nothing": ("AC010", _action(notify_delay_after_minutes=0)),
    "no security configuration": ("AC011", _action(security_configuration="")),
    "an argument of Glue's": ("AC007", _action(arguments={"--debug": "x"})),
    "a number as argument": ("AR001", _action(arguments={"--limit": 5})),
    "two ends at once": ("CN011", _waiting_for("AND", "SUCCEEDED", "FAILED")),
    "an end that nobody sees": ("CN004", _waiting_for("AND", "ERROR")),
    "a word that Glue lacks": ("CN007", _waiting_for("OR", "SUCCEEDED")),
    "no conditions": ("CN009", _waiting_for("AND")),
}
FOLLOWING = {
    "SC013": {"GR001"},
    "WF006": {"GR004"},
    "WF007": {"GR001"},
    "CN011": {"GR001"},
    "CN004": {"GR001"},
    "CN009": {"GR001"},
    "CR002": {"CR015"},
}
"""Codes of errors that may come with a defect in a project that has other things hanging on it."""


def errors(of: Project) -> set[str]:
    """Return the codes of what is wrong, but for joins that a made-up project may have anyway."""
    return {found.code for found in check(of, Origins()).diagnostics if found.severity is Severity.ERROR} - {"CN012"}


def replaced(items: tuple[Any, ...], index: int, item: Any) -> tuple[Any, ...]:
    """Return the items with another one at an index."""
    return (*items[:index], item, *items[index + 1 :])


def mutants(of: Project, field: str, defect: str) -> list[Project]:
    """Return the project with the defect in each place that can have it."""
    if field == "triggers":
        change = TRIGGERS[defect][1]
        return [
            replace(
                of, workflows=replaced(of.workflows, number, replace(one, triggers=replaced(one.triggers, at, other)))
            )
            for number, one in enumerate(of.workflows)
            for at, trigger in enumerate(one.triggers)
            if (other := change(trigger)) is not None
        ]
    change = TABLES_OF[field][defect][1]
    items = getattr(of, field)
    return [
        replace(of, **{field: replaced(items, at, other)})
        for at, one in enumerate(items)
        if (other := change(one)) is not None
    ]


TABLES_OF: dict[str, Any] = {"jobs": JOBS, "crawlers": CRAWLERS, "workflows": WORKFLOWS, "triggers": TRIGGERS}
DEFECTS = [(field, defect) for field, table in TABLES_OF.items() for defect in table]


def is_told(code: str, defect: str, found: set[str]) -> bool:
    """Whether a defect is found, and nothing else that is wrong; another name leaves its old places behind."""
    return code in found and (defect == "an overlong name" or found <= {code} | FOLLOWING.get(code, set()))


@pytest.mark.parametrize(("field", "defect"), DEFECTS)
def test_defect_is_told(field: str, defect: str) -> None:
    """In a project of one of each kind, by its code, and by no other that is an error."""
    code = TABLES_OF[field][defect][0]

    found = [errors(mutant) for mutant in mutants(ONE_OF_EACH, field, defect)]

    assert found
    assert [codes for codes in found if not is_told(code, defect, codes)] == []


@given(projects(max_workflows=2))
@settings(deadline=None, max_examples=10)
def test_defects_of_made_up_projects_are_told(made_up: Project) -> None:
    """Each in the first place that can have it."""
    missed = {
        (field, defect): found
        for field, defect in DEFECTS
        for mutant in mutants(made_up, field, defect)[:1]
        if not is_told(TABLES_OF[field][defect][0], defect, found := errors(mutant))
    }

    assert missed == {}
