"""Terraform's JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from gluedsl.emit.terraform import terraform
from gluedsl.errors import UsageError
from gluedsl.model import (
    Action,
    Condition,
    Crawler,
    EventRule,
    Job,
    Predicate,
    Project,
    RemoteScript,
    Trigger,
    Workflow,
)
from gluedsl.spelling.terraform import terraform_arguments
from gluedsl.targets import CatalogTarget
from tests.support.models import projects
from tests.support.wide import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LOAD = Job(name="load", kind="pythonshell", code=RemoteScript(uri="s3://${ScriptBucket}/gluedsl/load.py"), role="Glue")
START = Trigger(name="start", type="ON_DEMAND", actions=(Action(job_name="load"),))
AFTER = Trigger(
    name="after-load",
    type="CONDITIONAL",
    predicate=Predicate(conditions=(Condition(job_name="load", state="SUCCEEDED"),)),
    actions=(Action(job_name="elsewhere"),),
)
PROJECT = Project(workflows=(Workflow(name="sales", triggers=(START, AFTER)),), jobs=(LOAD,))
TYPES = {"string": str, "number": int | float, "boolean": bool, "list": list, "map": dict}


def unlike(arguments: Mapping[str, Any], known: Mapping[str, Any], path: str) -> Iterator[str]:
    """Yield where arguments are not of the types that the provider has for them."""
    yield from (f"{path}.{name} is missing" for name in known if known[name]["required"] and name not in arguments)
    for name, value in arguments.items():
        if name in {"depends_on", "for_each"}:
            continue
        argument, here = known.get(name), f"{path}.{name}"
        if argument is None:
            yield f"{here} is unknown"
        elif "arguments" in argument:
            several = value if argument["type"] == "blocks" else [value]
            for one in several:
                yield from unlike(one, argument["arguments"], here)
        elif not isinstance(value, TYPES[argument["type"]]):
            yield f"{here} is {value!r}"


def misfits(document: Mapping[str, Any]) -> list[str]:
    """Return what the provider would not take."""
    return [
        misfit
        for resource_type, named in document["resource"].items()
        for name, arguments in named.items()
        for misfit in unlike(arguments, terraform_arguments(resource_type), f"{resource_type}.{name}")
    ]


def test_a_document() -> None:
    """Names that the project defines are references, and all others stay as they are."""
    assert terraform(PROJECT) == {
        "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": ">= 6.25.0"}}},
        "variable": {
            "script_bucket": {
                "type": "string",
                "description": "The S3 bucket that holds the scripts and libraries of the jobs.",
            }
        },
        "data": {"aws_caller_identity": {"current": {}}, "aws_partition": {"current": {}}},
        "resource": {
            "aws_glue_job": {
                "load": {
                    "name": "load",
                    "command": {
                        "name": "pythonshell",
                        "script_location": "s3://${var.script_bucket}/gluedsl/load.py",
                    },
                    "role_arn": (
                        "arn:${data.aws_partition.current.partition}:iam::"
                        "${data.aws_caller_identity.current.account_id}:role/Glue"
                    ),
                }
            },
            "aws_glue_workflow": {"sales": {"name": "sales"}},
            "aws_glue_trigger": {
                "after_load": {
                    "name": "after-load",
                    "type": "CONDITIONAL",
                    "predicate": {
                        "logical": "AND",
                        "conditions": [
                            {
                                "logical_operator": "EQUALS",
                                "job_name": "${aws_glue_job.load.name}",
                                "state": "SUCCEEDED",
                            }
                        ],
                    },
                    "actions": [{"job_name": "elsewhere"}],
                    "workflow_name": "${aws_glue_workflow.sales.name}",
                    "enabled": True,
                },
                "start": {
                    "name": "start",
                    "type": "ON_DEMAND",
                    "actions": [{"job_name": "${aws_glue_job.load.name}"}],
                    "workflow_name": "${aws_glue_workflow.sales.name}",
                    "enabled": False,
                    "depends_on": ["aws_glue_trigger.after_load"],
                },
            },
        },
        "output": {
            "sales_workflow_name": {
                "description": "A workflow, to start runs of.",
                "value": "${aws_glue_workflow.sales.name}",
            }
        },
    }


@pytest.mark.parametrize(
    ("trigger", "enabled"),
    [
        (START, False),
        (replace(START, type="EVENT"), True),
        (replace(START, type="SCHEDULED", schedule="cron(0 2 * * ? *)"), True),
        (replace(START, type="SCHEDULED", schedule="cron(0 2 * * ? *)", enabled=False), False),
    ],
)
def test_an_apply_starts_no_run(trigger: Trigger, enabled: bool) -> None:  # noqa: FBT001 -- a column of the table
    """The provider starts an ON_DEMAND trigger that is enabled, so none is; the others are as the flow says."""
    document = terraform(replace(PROJECT, workflows=(Workflow(name="sales", triggers=(trigger,)),)))

    assert document["resource"]["aws_glue_trigger"]["start"]["enabled"] is enabled


def test_scripts_that_terraform_uploads() -> None:
    """The files are one resource, and jobs wait for it."""
    document = terraform(PROJECT, scripts=("build/${x}", ["gluedsl/load.py", "gluedsl/a b.whl"]), script_bucket="code")

    assert "variable" not in document
    assert document["resource"]["aws_s3_object"] == {
        "scripts": {
            "for_each": '${toset(["gluedsl/a b.whl", "gluedsl/load.py"])}',
            "bucket": "code",
            "key": "${each.value}",
            "source": "${path.module}/build/$${x}/${each.value}",
        }
    }
    job = document["resource"]["aws_glue_job"]["load"]
    assert job["depends_on"] == ["aws_s3_object.scripts"]
    assert job["command"]["script_location"] == "s3://code/gluedsl/load.py"
    absolute = terraform(PROJECT, scripts=("/build", []))["resource"]["aws_s3_object"]["scripts"]
    assert absolute["source"] == "/build/${each.value}"


def test_text_is_text() -> None:
    """What looks like a template of Terraform's is none."""
    job = replace(LOAD, description="${env} %{if} $${x} ${open", default_arguments={"--${b}": "${ScriptBucket}/${a}"})

    written = terraform(replace(PROJECT, jobs=(job,)))["resource"]["aws_glue_job"]["load"]

    assert written["description"] == "$${env} %%{if} $$${x} $${open"
    assert written["default_arguments"] == {"--$${b}": "${var.script_bucket}/$${a}"}


def test_names_in_terraform() -> None:
    """Hyphens become underscores; a name that would be lost, or meet another, gets digits of its own."""
    names = ["load-a", "load_a", "load_b", "Load", "2nd", "ö"]
    jobs = tuple(replace(LOAD, name=name) for name in names)

    assert [*terraform(Project(jobs=jobs))["resource"]["aws_glue_job"]] == [
        "load_a",
        "load_a_dcd1cd",
        "load_b",
        "load_8a6bdb",
        "nd_c21365",
        "job_6dbd11",
    ]


def test_a_rule_of_events() -> None:
    """The target waits for all triggers: no event may start a run on half a graph."""
    start = replace(START, type="EVENT")
    rule = EventRule(name="new-files", workflow_name="sales", pattern={"source": ["aws.s3"]}, role="Notifier")
    document = terraform(
        replace(PROJECT, workflows=(Workflow(name="sales", triggers=(start, AFTER)),), event_rules=(rule,))
    )

    assert document["resource"]["aws_cloudwatch_event_rule"] == {
        "new_files": {"name": "new-files", "event_pattern": '{"source": ["aws.s3"]}', "state": "ENABLED"}
    }
    assert document["resource"]["aws_cloudwatch_event_target"] == {
        "new_files": {
            "rule": "${aws_cloudwatch_event_rule.new_files.name}",
            "target_id": "workflow",
            "arn": "${aws_glue_workflow.sales.arn}",
            "depends_on": ["aws_glue_trigger.start", "aws_glue_trigger.after_load"],
            "role_arn": (
                "arn:${data.aws_partition.current.partition}:iam::"
                "${data.aws_caller_identity.current.account_id}:role/Notifier"
            ),
        }
    }
    assert misfits(document) == []


@pytest.mark.parametrize(
    ("project", "message", "hint"),
    [
        (
            Project(jobs=(replace(LOAD, extra={"LogUri": "s3://logs/"}),)),
            "Terraform cannot set `LogUri` of job `load`",
            "leave it out, or use `gluedsl plan` and `gluedsl deploy`, which can set it",
        ),
        (
            Project(crawlers=(Crawler(name="c", role="Glue", targets=(CatalogTarget("sales", ("orders",)),)),)),
            "Terraform wants `database_name` of crawler `c`",
            "give it, or use `gluedsl plan` and `gluedsl deploy`, which can do without",
        ),
    ],
)
def test_what_the_provider_cannot_do(project: Project, message: str, hint: str) -> None:
    """What has no argument there, or lacks one that is wanted there, is refused."""
    with pytest.raises(UsageError) as refused:
        terraform(project)

    assert (refused.value.message, refused.value.hint) == (message, hint)


def test_everything_that_gluedsl_knows() -> None:
    """Each argument is one that the provider has, of its type, and none is missing that it wants."""
    wide = replace(
        WIDE,
        jobs=tuple(replace(job, extra={k: v for k, v in job.extra.items() if k != "LogUri"}) for job in WIDE.jobs),
        crawlers=tuple(replace(crawler, database=crawler.database or "sales") for crawler in WIDE.crawlers),
    )

    assert misfits(terraform(wide, scripts=("scripts", ["x"]))) == []


@given(projects())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_generated_projects(project: Project) -> None:
    """So it is for any project that is not refused."""
    try:
        document = terraform(project)
    except UsageError:
        return
    assert misfits(document) == [] if document["resource"] else True
