"""What is refused: templates as a whole before anything is made, resources when their turn comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cloudformation import crawler, job, nightly, resource, trigger, workflow

if TYPE_CHECKING:
    from tests.support.cloudformation import Stacks

TEMPLATES: dict[str, tuple[dict[str, Any], str]] = {
    "no resources": ({}, "Template format error: At least one Resources member must be defined."),
    "properties that are none": (
        {"Load": job() | {"Properties": []}},
        "Template format error: [/Resources/Load/Properties] must be an object",
    ),
    "null": ({"Load": None}, "Template format error: [/Resources/Load] 'null' values are not allowed in templates"),
    "a dependency that is no name": (
        {"Load": job() | {"DependsOn": 5}},
        "Template format error: DependsOn must be a string or list of strings.",
    ),
    "a condition that is not there": (
        {"Load": job() | {"Condition": "IsProd"}},
        "Template format error: Unresolved condition dependency IsProd in the Resources block of the template",
    ),
    "no type": ({"A": {}}, "Template format error: [/Resources/A] Every Resources object must contain a Type member."),
    "a type of Glue's that is not there": (
        {"A": resource("Blueprint")},
        (
            "Template format error: Unrecognized resource types: [AWS::Glue::Blueprint]. Of AWS::Glue::*, "
            "the local Glue has Connection, Crawler, Database, Job, SecurityConfiguration, Table, Trigger, Workflow"
        ),
    ),
    "a name that is not there": (
        {"Start": trigger(Actions=[])},
        "Template format error: Unresolved resource dependencies [Nightly] in the Resources block of the template",
    ),
    "a dependency that is not there": (
        {"Load": job() | {"DependsOn": "Other"}},
        "Template format error: Unresolved resource dependencies [Other] in the Resources block of the template",
    ),
    "a circle": (
        {"A": job("a", Description={"Ref": "B"}), "B": job("b") | {"DependsOn": ["A"]}},
        "Circular dependency between resources: [A, B]",
    ),
    "an attribute that no type of Glue's has": (
        {"Load": job(), "Other": job("other", Description={"Fn::GetAtt": ["Load", "Arn"]})},
        "Template error: resource Load does not support attribute type Arn in Fn::GetAtt",
    ),
    "an attribute in a text": (
        {"Load": job(), "Other": job("other", Description={"Fn::Sub": "of ${Load.Arn}"})},
        "Template error: resource Load does not support attribute type Arn in Fn::GetAtt",
    ),
    "too many": (
        {f"Job{n}": job(f"job-{n}") for n in range(501)},
        "Template format error: Number of resources, 501, is greater than maximum allowed, 500",
    ),
}


@pytest.mark.parametrize("case", TEMPLATES)
def test_templates(stacks: Stacks, case: str) -> None:
    """A template that CloudFormation would refuse is refused in its words, and no stack is made."""
    resources, message = TEMPLATES[case]

    assert stacks.refusal(resources) == ("ValidationError", message)
    assert stacks.cloudformation.list_stacks()["StackSummaries"] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "Template format error: JSON not well-formed."),
        ("a: [", "Template format error: YAML not well-formed."),
        ("template.yaml", "Template format error: unsupported structure."),
    ],
)
def test_texts(stacks: Stacks, text: str, message: str) -> None:
    """What is no template is refused."""
    with pytest.raises(stacks.cloudformation.exceptions.ClientError) as caught:
        stacks.cloudformation.create_stack(StackName="app", TemplateBody=text)

    assert caught.value.response["Error"]["Message"] == message


def test_unresolved_outputs(stacks: Stacks) -> None:
    """An output of what is not there is refused."""
    refusal = stacks.refusal({"Load": job()}, Outputs={"Name": {"Value": {"Ref": "Other"}}})

    message = "Template format error: Unresolved resource dependencies [Other] in the Outputs block of the template"
    assert refusal == ("ValidationError", message)


def test_yaml_with_short_forms(stacks: Stacks) -> None:
    """A template in YAML is read, with its short forms; numbers and texts become what Glue wants."""
    template = """
    AWSTemplateFormatVersion: 2010-09-09
    Resources:
      Nightly: {Type: AWS::Glue::Workflow, Properties: {Name: nightly, MaxConcurrentRuns: "2"}}
      Load:
        Type: AWS::Glue::Job
        Properties:
          Name: !Sub "${Nightly}-load"
          Role: r
          GlueVersion: 5.0
          Command: {Name: pythonshell, ScriptLocation: "s3://lake/load.py", PythonVersion: 3.9}
    """

    stacks.cloudformation.create_stack(StackName="app", TemplateBody=template)

    assert stacks.status() == "CREATE_COMPLETE"
    made = stacks.glue.get_job(JobName="nightly-load")["Job"]
    assert (made["GlueVersion"], made["Command"]["PythonVersion"]) == ("5.0", "3.9")
    assert stacks.glue.get_workflow(Name="nightly")["Workflow"]["MaxConcurrentRuns"] == 2


PROPERTIES: dict[str, tuple[dict[str, Any], str]] = {
    "unknown": (job(Colour="red"), "#: extraneous key [Colour] is not permitted"),
    "unknown inside": (
        job(Command={"Name": "glueetl", "ScriptLocation": "s3://b/k", "Language": "scala"}),
        "#/Command: extraneous key [Language] is not permitted",
    ),
    "missing": (resource("Trigger", Type="ON_DEMAND"), "#: required key [Actions] not found"),
    "of a wrong type": (job(NumberOfWorkers="two"), "#/NumberOfWorkers: expected type: Integer, found: String"),
    "of a wrong structure": (crawler(Targets=["s3://lake/"]), "#/Targets: expected type: JSONObject, found: JSONArray"),
    "none of the values": (
        resource("Trigger", Type="HOURLY", Actions=[]),
        "#/Type: HOURLY is not a valid enum value",
    ),
}


@pytest.mark.parametrize("case", PROPERTIES)
def test_properties(stacks: Stacks, case: str) -> None:
    """A resource whose properties its type does not have fails with the path of the fault."""
    body, fault = PROPERTIES[case]

    assert stacks.create({"Thing": body}) == "ROLLBACK_COMPLETE"

    assert stacks.reason("Thing") == f"Properties validation failed for resource Thing with message:\n{fault}"


def test_what_glue_refuses(stacks: Stacks) -> None:
    """What Glue refuses fails with Glue's own words and code, and the template is not mended on the way."""
    resources = nightly() | {
        "After": trigger(
            "after",
            Type="CONDITIONAL",
            Predicate={"Conditions": [{"JobName": {"Ref": "Load"}, "State": "SUCCEEDED"}]},
            Actions=[{"CrawlerName": {"Ref": "Catalog"}}],
        ),
        "Catalog": crawler(),
    }

    assert stacks.create(resources) == "ROLLBACK_COMPLETE"

    assert stacks.reason("After") == (
        "Logical operator cannot be null or empty "
        "(Service: AWSGlue; Status Code: 400; Error Code: InvalidInputException)"
    )


def test_a_second_start_trigger(stacks: Stacks) -> None:
    """A second start trigger of a workflow fails."""
    assert stacks.create(nightly() | {"Again": trigger("again")}) == "ROLLBACK_COMPLETE"

    assert stacks.reason("Again").startswith("Workflow nightly already has the start trigger start;")


def test_a_name_that_is_taken(stacks: Stacks) -> None:
    """A workflow whose name is taken fails, and what had the name stays as it was."""
    stacks.glue.create_workflow(Name="nightly", Description="first")

    assert stacks.create({"Nightly": workflow()}) == "ROLLBACK_COMPLETE"

    assert stacks.reason("Nightly").startswith("Workflow with name nightly already exists")
    assert stacks.glue.get_workflow(Name="nightly")["Workflow"]["Description"] == "first"


def test_another_region(stacks: Stacks) -> None:
    """The local Glue is in one region: a stack in another is told so."""
    elsewhere: Any = stacks.local.session().client("cloudformation", region_name="eu-west-1")

    elsewhere.create_stack(StackName="app", TemplateBody='{"Resources": {"W": {"Type": "AWS::Glue::Workflow"}}}')

    events = elsewhere.describe_stack_events(StackName="app")["StackEvents"]
    assert (
        "the local Glue is in us-east-1 of account 123456789012, and the stack in eu-west-1 of account 123456789012"
        in [event.get("ResourceStatusReason") for event in events]
    )


def test_a_template_that_is_too_long(stacks: Stacks) -> None:
    """A template of more than 51,200 bytes comes from S3, or not at all."""
    with pytest.raises(stacks.cloudformation.exceptions.ClientError) as caught:
        stacks.cloudformation.create_stack(StackName="app", TemplateBody=" " * 51_201)

    assert caught.value.response["Error"]["Message"] == (
        "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: "
        "Member must have length less than or equal to 51200"
    )


@pytest.mark.parametrize(
    ("properties", "given", "wanted"),
    [
        ({}, [], "CAPABILITY_IAM"),
        ({"RoleName": "loader"}, ["CAPABILITY_IAM"], "CAPABILITY_NAMED_IAM"),
    ],
)
def test_capabilities(stacks: Stacks, properties: dict[str, str], given: list[str], wanted: str) -> None:
    """A template with roles is taken from a client that says so, of named roles as such."""
    trust = {"Version": "2012-10-17", "Statement": []}
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust, **properties}}

    assert stacks.refusal({"Role": role}, Capabilities=given) == (
        "InsufficientCapabilitiesException",
        f"Requires capabilities : [{wanted}]",
    )

    assert stacks.create({"Role": role}, Capabilities=[wanted]) == "CREATE_COMPLETE"


def test_validating_a_template(stacks: Stacks) -> None:
    """A template is validated, and its parameters and capabilities told, without anything being made."""
    role = '{"Type": "AWS::IAM::Role", "Properties": {}}'
    good = f'{{"Parameters": {{"A": {{"Type": "String", "Default": 1}}}}, "Resources": {{"Role": {role}}}}}'

    told = stacks.cloudformation.validate_template(TemplateBody=good)

    assert told["Parameters"] == [{"ParameterKey": "A", "DefaultValue": "1", "NoEcho": False}]
    assert told["Capabilities"] == ["CAPABILITY_IAM"]
    summary = stacks.cloudformation.get_template_summary(TemplateBody=good)
    assert (summary["ResourceTypes"], summary["Capabilities"]) == (["AWS::IAM::Role"], ["CAPABILITY_IAM"])
    bad = '{"Resources": {"A": {"Type": "AWS::Glue::Job", "DependsOn": "B"}}}'
    with pytest.raises(stacks.cloudformation.exceptions.ClientError) as caught:
        stacks.cloudformation.validate_template(TemplateBody=bad)
    assert "Unresolved resource dependencies [B]" in caught.value.response["Error"]["Message"]


SECTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "a parameter without a type": (
        {"Slots": {"P": {"Default": "x"}}},
        "[/Parameters/P] Every Parameters object must contain a Type member.",
    ),
    "outputs that are none": ({"Outputs": None}, "[/Outputs] 'null' values are not allowed in templates"),
    "an output without a value": (
        {"Outputs": {"O": {}}},
        "[/Outputs/O] Every Outputs object must contain a Value member.",
    ),
    "an export without a name": (
        {"Outputs": {"O": {"Value": "x", "Export": "x"}}},
        "[/Outputs/O/Export] Every Export object must contain a Name member.",
    ),
    "conditions that are none": ({"Conditions": ["IsProd"]}, "[/Conditions] must be an object"),
}


@pytest.mark.parametrize("case", SECTIONS)
def test_sections(stacks: Stacks, case: str) -> None:
    """A section of a template that is not built as one is refused, with its path."""
    parts, message = SECTIONS[case]

    assert stacks.refusal({"Load": job()}, **parts) == ("ValidationError", f"Template format error: {message}")


def test_an_operation_that_is_not_there(stacks: Stacks) -> None:
    """An operation that nobody answers is refused at once, so that no client tries it again and again."""
    with pytest.raises(stacks.cloudformation.exceptions.ClientError) as caught:
        stacks.cloudformation.rollback_stack(StackName="app")

    error = caught.value.response["Error"]
    assert (error["Code"], error["Message"]) == (
        "ValidationError",
        "the local Glue has no RollbackStack in its CloudFormation",
    )
