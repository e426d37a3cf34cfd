"""Stacks that have to do with each other: exports and imports, nested stacks, templates in S3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cloudformation import job, nightly, workflow

if TYPE_CHECKING:
    from tests.support.cloudformation import Stacks

EXPORT = {"Name": {"Value": {"Ref": "Nightly"}, "Export": {"Name": "shared-workflow"}}}
IMPORT = {"Load": job(Description={"Fn::ImportValue": "shared-workflow"})}
BAD = job("bad", Command={"Name": "bash", "ScriptLocation": "s3://lake/x"})


def nested(url: str, **parameters: Any) -> dict[str, Any]:
    """Return a nested stack."""
    return {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url, "Parameters": parameters}}


def test_exports(stacks: Stacks) -> None:
    """What one stack exports another imports; until it does no more, the export stays as it is."""
    stacks.create({"Nightly": workflow()}, name="shared", Outputs=EXPORT)
    assert stacks.create(IMPORT) == "CREATE_COMPLETE"
    assert stacks.glue.get_job(JobName="load")["Job"]["Description"] == "nightly"
    assert stacks.stack("shared")["Outputs"][0]["ExportName"] == "shared-workflow"

    assert stacks.delete("shared") == "CREATE_COMPLETE"
    assert stacks.stack("shared")["StackStatusReason"] == (
        "Export shared-workflow cannot be deleted as it is in use by app"
    )
    assert stacks.update({"Nightly": workflow("other")}, name="shared", Outputs=EXPORT) == "UPDATE_ROLLBACK_COMPLETE"
    assert stacks.names()["workflows"] == ["nightly"]

    stacks.delete()
    assert stacks.delete("shared") == "DELETE_COMPLETE"
    assert stacks.cloudformation.list_exports()["Exports"] == []


def test_an_export_that_is_taken(stacks: Stacks) -> None:
    """Two stacks cannot export one name; the second is rolled back."""
    stacks.create({"Nightly": workflow()}, name="shared", Outputs=EXPORT)

    assert stacks.create({"Nightly": workflow("other")}, Outputs=EXPORT) == "ROLLBACK_COMPLETE"

    events = stacks.cloudformation.describe_stack_events(StackName="app")["StackEvents"]
    assert "Export with name shared-workflow is already exported by stack shared. Rollback requested by user." in [
        event.get("ResourceStatusReason") for event in events
    ]


def test_an_import_of_nothing(stacks: Stacks) -> None:
    """A resource that imports what nobody exports fails."""
    assert stacks.create(IMPORT) == "ROLLBACK_COMPLETE"

    assert stacks.reason("Load") == "No export named shared-workflow found."


def test_a_template_in_s3(stacks: Stacks) -> None:
    """A template is read from this server's own S3; one that is not there is refused."""
    url = stacks.put("app.json", nightly())

    stacks.cloudformation.create_stack(StackName="app", TemplateURL=url)

    assert stacks.status() == "CREATE_COMPLETE"
    with pytest.raises(stacks.cloudformation.exceptions.ClientError) as caught:
        stacks.cloudformation.create_stack(StackName="other", TemplateURL=url.replace("app.json", "none.json"))
    assert caught.value.response["Error"]["Message"] == "S3 error: The specified key does not exist."


def test_a_nested_stack(stacks: Stacks) -> None:
    """A nested stack takes parameters and gives outputs, changes in place, and goes with its parent."""
    slots = {"Minutes": {"Type": "Number"}}
    inner = {"Inner": job("inner", Timeout={"Ref": "Minutes"})}
    url = stacks.put("inner.json", inner, Parameters=slots, Outputs={"Job": {"Value": {"Ref": "Inner"}}})
    resources = {
        "Child": nested(url, Minutes=3),
        "Load": job(Description={"Fn::GetAtt": ["Child", "Outputs.Job"]}),
    }
    assert stacks.create(resources, Outputs={"Child": {"Value": {"Ref": "Child"}}}) == "CREATE_COMPLETE"
    child = stacks.outputs()["Child"]
    assert stacks.glue.get_job(JobName="load")["Job"]["Description"] == "inner"
    assert stacks.stack(child)["ParentId"] == stacks.stack()["StackId"]
    resources["Child"] = nested(url, Minutes=4)

    assert stacks.update(resources, Outputs={"Child": {"Value": {"Ref": "Child"}}}) == "UPDATE_COMPLETE"

    assert stacks.outputs()["Child"] == child
    assert stacks.glue.get_job(JobName="inner")["Job"]["Timeout"] == 4
    assert stacks.delete() == "DELETE_COMPLETE"
    assert stacks.status(child) == "DELETE_COMPLETE"
    assert stacks.names()["jobs"] == []


def test_a_nested_stack_that_fails(stacks: Stacks) -> None:
    """A nested stack that fails takes its parent with it, and nothing is left of either."""
    url = stacks.put("inner.json", {"Inner": job("inner"), "Bad": BAD | {"DependsOn": "Inner"}})

    assert stacks.create({"Load": job(), "Child": nested(url) | {"DependsOn": "Load"}}) == "ROLLBACK_COMPLETE"

    assert "was not successfully created: The following resource(s) failed to create: [Bad]." in stacks.reason("Child")
    assert stacks.names()["jobs"] == []
    left = [each["StackName"] for each in stacks.cloudformation.describe_stacks()["Stacks"]]
    assert left == ["app"]


def test_a_nested_stack_whose_update_fails(stacks: Stacks) -> None:
    """A nested stack that cannot be changed is as it was, and so is its parent."""
    good = stacks.put("good.json", {"Inner": job("inner")})
    bad = stacks.put("bad.json", {"Inner": job("inner", Timeout=9), "Bad": BAD | {"DependsOn": "Inner"}})
    stacks.create({"Child": nested(good), "Load": job()})

    status = stacks.update({"Child": nested(bad), "Load": job(Timeout=9)})

    assert status == "UPDATE_ROLLBACK_COMPLETE"
    assert "was not successfully updated: The following resource(s) failed to create: [Bad]." in stacks.reason("Child")
    timeouts = {each["Name"]: each["Timeout"] for each in stacks.glue.get_jobs()["Jobs"]}
    assert timeouts == {"inner": 2880, "load": 2880}


def test_attributes_of_a_parameter(stacks: Stacks) -> None:
    """`Value` and `Type` of a parameter are told and exported, also of one that its template does not name."""
    parameter = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "StringList", "Value": "a,b"}}
    outputs: dict[str, Any] = {name: {"Value": {"Fn::GetAtt": ["Names", name]}} for name in ("Type", "Value")}
    outputs["Value"]["Export"] = {"Name": "names"}

    assert stacks.create({"Names": parameter}, Outputs=outputs) == "CREATE_COMPLETE"

    assert stacks.outputs() == {"Type": "StringList", "Value": "a,b"}
    imports = {"Load": job(Description={"Fn::ImportValue": "names"})}
    assert stacks.create(imports, name="user") == "CREATE_COMPLETE"
    assert stacks.glue.get_job(JobName="load")["Job"]["Description"] == "a,b"
    parameter["Properties"]["Value"] = "c"  # type: ignore[index]
    stacks.delete("user")
    assert stacks.update({"Names": parameter}, Outputs=outputs) == "UPDATE_COMPLETE"
    assert stacks.outputs()["Value"] == "c"
    assert stacks.delete() == "DELETE_COMPLETE"


def test_an_attribute_that_a_parameter_has_not(stacks: Stacks) -> None:
    """It is refused before anything is made."""
    parameter = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": "a"}}
    outputs = {"Arn": {"Value": {"Fn::GetAtt": ["Names", "Arn"]}}}

    assert stacks.refusal({"Names": parameter}, Outputs=outputs) == (
        "ValidationError",
        "Template error: resource Names does not support attribute type Arn in Fn::GetAtt",
    )
