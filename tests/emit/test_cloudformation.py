"""Templates."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cfnlint.decode.decode import decode_str
from hypothesis import assume, given, settings

from gluedsl import spelling
from gluedsl.emit import template, to_json
from gluedsl.errors import UsageError
from gluedsl.model import (
    Action,
    Condition,
    Crawler,
    EventRule,
    ExistingJob,
    Job,
    Predicate,
    Project,
    RemoteScript,
    Role,
    Statement,
    Trigger,
    Workflow,
)
from gluedsl.targets import MongoDBTarget, S3Target
from tests.support.cfn_witness import findings
from tests.support.models import projects
from tests.support.resources import texts
from tests.support.wide import WIDE

if TYPE_CHECKING:
    from collections.abc import Mapping

GOLDEN = Path(__file__).parent / "golden"


def job(name: str, **others: Any) -> Job:
    """Make a job whose script is in the bucket that the template names."""
    code = RemoteScript(uri=f"s3://${{ScriptBucket}}/{name}.py")
    return Job(**{"name": name, "kind": "pythonshell", "code": code, "role": "glue", **others})


def after(name: str, watched: str, started: str) -> Trigger:
    """Make a trigger that starts one job when another succeeds."""
    predicate = Predicate(conditions=(Condition(job_name=watched, state="SUCCEEDED"),))
    return Trigger(name=name, type="CONDITIONAL", predicate=predicate, actions=(Action(job_name=started),))


SAMPLE = Project(
    workflows=(
        Workflow(
            name="nightly-sales",
            triggers=(
                Trigger(
                    name="start", type="SCHEDULED", schedule="cron(0 2 * * ? *)", actions=(Action(job_name="load"),)
                ),
                after("then-join", "load", "join"),
                after("then-report", "join", "report"),
            ),
        ),
    ),
    jobs=(job("load", role="SalesGlue", default_arguments={"--greeting": "Hello ${name}"}), job("join")),
    crawlers=(Crawler(name="catalog", role="glue", targets=(S3Target("s3://lake/"),), database="sales"),),
    existing_jobs=(ExistingJob(name="report"),),
    roles=(
        Role(
            name="SalesGlue",
            statements=(
                Statement(
                    sid="Scripts",
                    actions=("s3:GetObject",),
                    resources=("arn:${AWS::Partition}:s3:::${ScriptBucket}/*",),
                ),
            ),
        ),
    ),
)


def test_a_whole_template() -> None:
    """The template of a small project is as it was agreed on, to the letter."""
    assert to_json(template(SAMPLE)) == (GOLDEN / "sample.json").read_text(encoding="utf-8")


def test_a_template_for_a_bucket_that_is_known() -> None:
    """With a bucket there is no parameter: its name stands in every place."""
    whole = template(SAMPLE, script_bucket="scripts-eu")

    assert "Parameters" not in whole
    assert "ScriptBucket" not in to_json(whole)
    assert whole["Resources"]["LoadJob"]["Properties"]["Command"]["ScriptLocation"] == "s3://scripts-eu/load.py"
    assert whole["Resources"]["SalesGlueF02F6FRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"][0][
        "Resource"
    ] == [{"Fn::Sub": "arn:${AWS::Partition}:s3:::scripts-eu/*"}]


@pytest.mark.parametrize("bucket", [None, "scripts-eu"])
def test_cfn_lint_finds_nothing(bucket: str | None) -> None:
    """A project with each kind of job, target and trigger makes a template with nothing to say about it."""
    assert findings(to_json(template(WIDE, script_bucket=bucket))) == []


def test_cfn_lint_would_find_something() -> None:
    """The witness is awake: it sees a property that does not exist."""
    whole = template(SAMPLE)
    whole["Resources"]["LoadJob"]["Properties"]["Colour"] = "red"

    assert findings(to_json(whole)) == [
        "E3002 Additional properties are not allowed ('Colour' was unexpected)",
    ]


def has_a_name_like_a_boolean(project: Project) -> bool:
    """Tell whether cfn-lint takes a name for a boolean, and so for the same as any other name (E3019)."""
    kinds = (project.workflows, project.jobs, project.crawlers)
    return any(one.name.lower() in {"true", "false"} for kind in kinds for one in kind)


@settings(deadline=None, max_examples=15)
@given(project=projects())
def test_any_project_makes_a_template(project: Project) -> None:
    """Whatever the project, its template is fine, and its text is the same when made again."""
    assume(not has_a_name_like_a_boolean(project))
    text = to_json(template(project))

    assert findings(text) == []
    assert to_json(template(project)) == text


@settings(deadline=None, max_examples=50)
@given(project=projects())
def test_a_template_says_the_project(project: Project) -> None:
    """Read back, with its references resolved, a template is the project's workflows, jobs and crawlers."""
    resources = template(project)["Resources"]
    by_type: dict[str, list[dict[str, Any]]] = {}
    for resource in resources.values():
        by_type.setdefault(resource["Type"], []).append(_resolved(resource["Properties"], resources))
    triggers = by_type.get("AWS::Glue::Trigger", [])

    workflows = tuple(
        spelling.workflow_from_cfn(
            each, [spelling.trigger_from_cfn(t) for t in triggers if t["WorkflowName"] == each["Name"]]
        )
        for each in by_type["AWS::Glue::Workflow"]
    )

    assert workflows == project.workflows
    assert tuple(map(spelling.job_from_cfn, by_type.get("AWS::Glue::Job", []))) == project.jobs
    assert tuple(map(spelling.crawler_from_cfn, by_type.get("AWS::Glue::Crawler", []))) == project.crawlers


def _resolved(value: Any, resources: Mapping[str, Any]) -> Any:
    match value:
        case {"Ref": identity}:
            return resources[identity]["Properties"]["Name"]
        case {"Fn::GetAtt": [identity, "Arn"]}:
            return resources[identity]["Properties"]["RoleName"]
        case dict():
            return {key: _resolved(inner, resources) for key, inner in value.items()}
        case list():
            return [_resolved(inner, resources) for inner in value]
        case _:
            return value


def test_triggers_of_a_workflow_are_made_one_by_one() -> None:
    """Each trigger waits for the one before it, the start trigger for all; workflows do not wait for each other."""
    chains = {
        identity: resource.get("DependsOn")
        for identity, resource in template(WIDE)["Resources"].items()
        if resource["Type"] == "AWS::Glue::Trigger"
    }

    assert chains == {
        "AfterLoadsTrigger": None,
        "AfterFailuresTrigger": "AfterLoadsTrigger",
        "AfterCatalogTrigger": "AfterFailuresTrigger",
        "NightlySalesStartTrigger": "AfterCatalogTrigger",
        "ClicksStartTrigger": None,
        "ByHandStartTrigger": None,
    }


PATTERN = {"source": ["aws.s3"], "detail": {"bucket": {"name": ["lake"]}, "object": {"key": [{"prefix": "${x}/"}]}}}
EVENTS = Role(
    name="sales-events",
    statements=(
        Statement(
            sid="NotifyWorkflow",
            actions=("glue:notifyEvent",),
            resources=("arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:workflow/sales",),
        ),
    ),
    service="events.amazonaws.com",
)


def by_events(role: str, *roles: Role) -> Project:
    """Make a project whose one workflow is started by events."""
    start = Trigger(name="start", type="EVENT", actions=(Action(job_name="load"),))
    return Project(
        workflows=(Workflow(name="sales", triggers=(start, after("then-join", "load", "join"))),),
        jobs=(job("load"), job("join")),
        roles=roles,
        event_rules=(EventRule(name="gluedsl-sales", workflow_name="sales", pattern=PATTERN, role=role),),
    )


def test_an_event_rule() -> None:
    """It comes after every trigger of its workflow, and has the ARNs of the workflow and of the role beside it."""
    whole = template(by_events("sales-events", EVENTS))

    assert findings(to_json(whole)) == []
    assert whole["Resources"]["GluedslSalesEventRule"] == {
        "Type": "AWS::Events::Rule",
        "Properties": {
            "Name": "gluedsl-sales",
            "EventPattern": PATTERN,
            "State": "ENABLED",
            "Targets": [
                {
                    "Id": "workflow",
                    "Arn": {
                        "Fn::Sub": (
                            "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:workflow/${SalesWorkflow}"
                        )
                    },
                    "RoleArn": {"Fn::GetAtt": ["SalesEventsRole", "Arn"]},
                }
            ],
        },
        "DependsOn": "StartTrigger",
    }
    assert whole["Resources"]["StartTrigger"]["DependsOn"] == "ThenJoinTrigger"
    assert whole["Resources"]["SalesEventsRole"]["Properties"]["AssumeRolePolicyDocument"]["Statement"] == [
        {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ]


@pytest.mark.parametrize(
    ("role", "arn"),
    [
        ("Notifier", {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/Notifier"}),
        ("arn:aws:iam::123456789012:role/Notifier", "arn:aws:iam::123456789012:role/Notifier"),
    ],
)
def test_an_event_rule_with_a_role_that_is_there(role: str, arn: object) -> None:
    """A name becomes an ARN of the account, an ARN stays."""
    whole = template(by_events(role))
    (target,) = whole["Resources"]["GluedslSalesEventRule"]["Properties"]["Targets"]

    assert target["RoleArn"] == arn
    assert findings(to_json(whole)) == []


def test_outputs() -> None:
    """Each workflow tells its name, and one that waits for events the ARN that a rule sends them to."""
    assert template(WIDE)["Outputs"] == {
        "NightlySalesWorkflowName": {
            "Description": "A workflow, to start runs of.",
            "Value": {"Ref": "NightlySalesWorkflow"},
        },
        "ClicksWorkflowName": {"Description": "A workflow, to start runs of.", "Value": {"Ref": "ClicksWorkflow"}},
        "ClicksWorkflowArn": {
            "Description": "The target for an EventBridge rule that starts the workflow.",
            "Value": {
                "Fn::Sub": "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:workflow/${ClicksWorkflow}"
            },
        },
        "ByHandWorkflowName": {"Description": "A workflow, to start runs of.", "Value": {"Ref": "ByHandWorkflow"}},
    }


def test_no_bucket_is_asked_for_in_vain() -> None:
    """Where every script has its place already, the template has no parameter."""
    project = Project(jobs=(job("load", code=RemoteScript(uri="s3://scripts/load.py")),))

    assert list(template(project)) == ["AWSTemplateFormatVersion", "Description", "Resources"]


def test_a_text_of_the_authors_stays_a_text() -> None:
    """What looks like a placeholder in a job's own texts is not one, beside the bucket's or alone."""
    arguments = {"--a": "${AWS::Region}", "--b": "s3://${ScriptBucket}/${AWS::Region}", "--c": "${x}"}

    whole = template(Project(jobs=(job("load", default_arguments=arguments),)))

    assert whole["Resources"]["LoadJob"]["Properties"]["DefaultArguments"] == {
        "--a": "${AWS::Region}",
        "--b": {"Fn::Sub": "s3://${ScriptBucket}/${!AWS::Region}"},
        "--c": "${x}",
    }


@pytest.mark.parametrize(
    ("workflows", "description"),
    [
        (["a"], "AWS Glue workflow a, written with gluedsl."),
        (["a", "b"], "AWS Glue workflows a, b, written with gluedsl."),
        ([], "AWS Glue jobs and crawlers, written with gluedsl."),
        ([f"workflow-number-{n}-of-a-family" for n in range(50)], "50 AWS Glue workflows, written with gluedsl."),
    ],
)
def test_the_description_names_the_workflows(workflows: list[str], description: str) -> None:
    """A template is described by its workflows, and by their number where their names would not fit."""
    project = Project(workflows=tuple(Workflow(name=name) for name in workflows), jobs=(job("load"),))

    assert template(project)["Description"] == description


def test_the_text_does_not_hang_on_the_process() -> None:
    """Two processes with other hash seeds and folders make the same bytes."""
    root = Path(__file__).parents[2]
    script = (
        "import sys; from gluedsl.emit import template, to_json; from tests.support.wide import WIDE;"
        "sys.stdout.buffer.write(to_json(template(WIDE)).encode())"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=folder,
            capture_output=True,
            check=True,
        ).stdout
        for seed, folder in (("0", root), ("1", Path(__file__).parent))
    ]

    assert outputs[0] == outputs[1] == to_json(template(WIDE)).encode()


def test_the_text_is_json_with_a_final_newline() -> None:
    """The text reads back as the template, keeps letters as they are written, and ends like a text file."""
    whole = template(Project(jobs=(job("load", description="données"),)))
    text = to_json(whole)

    assert json.loads(text) == whole
    assert "données" in text
    assert text.endswith("}\n")


@given(text=texts())
def test_the_text_is_yaml_too(text: str) -> None:
    """Many tools read templates as YAML: they read the same."""
    whole = {"Description": text}

    assert decode_str(to_json(whole)) == (whole, [])


def test_letters_that_yaml_does_not_take() -> None:
    """Control characters and line separators are escaped; a pair of quotes and a smile are not."""
    text = to_json({"a": '\x7f \x85 \u2028 \ufeff \\u " é 😀'})

    assert text == '{\n  "a": "\\u007f \\u0085 \\u2028 \\ufeff \\\\u \\" é 😀"\n}\n'
    assert json.loads(text) == {"a": '\x7f \x85 \u2028 \ufeff \\u " é 😀'}


def _refusal(project: Project) -> tuple[str, str]:
    with pytest.raises(UsageError) as caught:
        template(project)
    return caught.value.message, caught.value.hint


FEWER = "make several stacks, as `gluedsl synth --format assembly` does, or use `gluedsl deploy`, which needs none"


def test_too_many_resources() -> None:
    """A project past CloudFormation's limit is refused with what it is made of."""
    triggers = tuple(Trigger(name=f"t{n}", type="CONDITIONAL") for n in range(300))
    project = Project(workflows=(Workflow(name="w", triggers=triggers),), jobs=tuple(job(f"j{n}") for n in range(200)))

    assert _refusal(project) == (
        "501 resources are too many for one template, which takes 500: 200 jobs, 1 workflow, 300 triggers",
        FEWER,
    )


def test_too_many_outputs() -> None:
    """So is one with more workflows than a template has outputs for."""
    project = Project(workflows=tuple(Workflow(name=f"w{n}") for n in range(201)))

    assert _refusal(project) == (
        "201 outputs are too many for one template, which takes 200: one or two a workflow",
        FEWER,
    )


def test_nothing_to_emit() -> None:
    """A project of nothing makes no template."""
    assert _refusal(Project(existing_jobs=(ExistingJob(name="report"),))) == (
        "there is nothing to make a template of: the project defines no workflow, job or crawler",
        "a template has one resource at least",
    )


def test_what_cloudformation_cannot_say() -> None:
    """What the API alone can say is refused with the routes that can."""
    crawler = Crawler(name="c", role="glue", targets=(MongoDBTarget("crm", "crm/contacts", scan_all=True),))

    assert _refusal(Project(crawlers=(crawler,))) == (
        "CloudFormation cannot set `Targets.MongoDBTargets.ScanAll` of crawler `c`",
        "leave it out, or use `gluedsl plan` and `gluedsl deploy`, which can set it",
    )
