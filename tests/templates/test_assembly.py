"""Cloud assemblies: the stacks of `cdk.out`, which of them are one account's, and the constructs of their resources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gluedsl.templates import read
from tests.support.templates import assembly, assembly_of, nested_stack, resources, stack_artifact

if TYPE_CHECKING:
    from collections.abc import Mapping

JOB: dict[str, Any] = {
    "Type": "AWS::Glue::Job",
    "Properties": {
        "Role": "GlueJobRole",
        "MaxCapacity": 0.0625,
        "Command": {"Name": "pythonshell", "PythonVersion": "3.9", "ScriptLocation": "s3://scripts/load.py"},
    },
}


def job(name: object, **more: Any) -> dict[str, Any]:
    """Return a job with a name."""
    return {**JOB, "Properties": {**JOB["Properties"], "Name": name}, **more}


def starts(*schedules: str, workflow: object = "sales", **more: Any) -> dict[str, Any]:
    """Return a workflow's triggers, each on a schedule, as resources."""
    return {
        f"Start{number}": {
            "Type": "AWS::Glue::Trigger",
            "Properties": {
                "Name": f"start-{number}",
                "WorkflowName": workflow,
                "Type": "SCHEDULED",
                "Schedule": schedule,
                "StartOnCreation": True,
                "Actions": [{"JobName": "load"}],
            },
            **more,
        }
        for number, schedule in enumerate(schedules)
    }


WORKFLOW = {"Type": "AWS::Glue::Workflow", "Properties": {"Name": "sales"}}
DAILY = "cron(0 2 * * ? *)"
WRONG: dict[str, Any] = {"Load": job("load", Metadata={"aws:cdk:path": "Sales/Jobs/Load"})}
WRONG["Load"]["Properties"]["MaxRetries"] = 11


def told(folder: Path) -> list[str]:
    """Return each finding about an assembly: its code, its file and line, and the construct that it names."""
    return [
        " ".join((one.code, f"{Path(one.span.file).name}:{one.span.line}", *one.notes))
        for one in read(str(folder)).check().diagnostics
        if one.span is not None and one.severity != "info"
    ]


def logical_ids(**by_path: str) -> dict[str, Any]:
    """Return metadata that tell which construct became which resource; `__` stands for a slash."""
    return {
        f"/{path.replace('__', '/')}": [{"type": "aws:cdk:logicalId", "data": logical_id}]
        for path, logical_id in by_path.items()
    }


def test_the_path_in_the_template(tmp_path: Path) -> None:
    """CDK writes the path of a construct beside its resource, where it is asked to."""
    folder = assembly(tmp_path, "sales.json", files={"sales.json": resources(**WRONG)})

    assert told(folder) == ["JB026 sales.json:14 construct `Sales/Jobs/Load`"]


def test_the_path_in_the_manifest(tmp_path: Path) -> None:
    """Else the path is in the metadata of the stack."""
    metadata = logical_ids(Sales__Jobs__Load="Load", Sales__Other="Other")
    folder = assembly_of(
        tmp_path,
        {"Sales": stack_artifact("sales.json", metadata=metadata)},
        files={"sales.json": resources(Load={**WRONG["Load"], "Metadata": {}})},
    )

    assert told(folder) == ["JB026 sales.json:14 construct `Sales/Jobs/Load`"]


def test_the_path_in_a_file_of_metadata(tmp_path: Path) -> None:
    """Which newer versions of CDK write into a file of its own."""
    folder = assembly_of(
        tmp_path,
        {"Sales": stack_artifact("sales.json", additionalMetadataFile="sales.metadata.json")},
        files={
            "sales.json": resources(Load={**WRONG["Load"], "Metadata": {}}),
            "sales.metadata.json": logical_ids(Sales__Jobs__Load="Load"),
        },
    )

    assert told(folder) == ["JB026 sales.json:14 construct `Sales/Jobs/Load`"]


def test_no_path(tmp_path: Path) -> None:
    """A template that CDK did not write has none, and metadata of other shapes say nothing."""
    metadata: Mapping[str, Any] = {"/Sales": None, "/Sales/Load": [None, {"type": "aws:cdk:logicalId", "data": 1}]}
    folder = assembly_of(
        tmp_path,
        {"Sales": stack_artifact("sales.json", metadata=metadata)},
        files={"sales.json": resources(Load={**WRONG["Load"], "Metadata": {}})},
    )

    assert told(folder) == ["JB026 sales.json:14"]


def test_a_stack_in_a_stack(tmp_path: Path) -> None:
    """It is judged with the stack that makes it, which may have resources of the same logical ids."""
    metadata = {
        "/Sales": [{"type": "aws:cdk:templateFile", "data": "sales.json"}],
        "/Sales/Inner": [{"type": "aws:cdk:templateFile", "data": "inner.json"}],
        **logical_ids(Sales__Load="Load", Sales__Inner__Load="Load"),
    }
    outer = {"Load": job("load", Metadata={}), "Inner": nested_stack("inner.json")}
    inner = {"Load": job("load", Metadata={})}
    folder = assembly_of(
        tmp_path,
        {"Sales": stack_artifact("sales.json", metadata=metadata)},
        files={"sales.json": resources(**outer), "inner.json": resources(**inner)},
    )

    assert told(folder) == ["JB001 inner.json:13 construct `Sales/Inner/Load`"]


def test_a_stack_in_a_stack_of_an_older_cdk(tmp_path: Path) -> None:
    """Where nothing says which template it has, its construct is the neighbour of the resource that makes it."""
    maker = "Sales__Inner.NestedStack__Inner.NestedStackResource"
    metadata = logical_ids(**{"Sales__Load": "Load", "Sales__Inner__Load": "Load", maker: "Inner"})
    outer = {"Load": job("load", Metadata={}), "Inner": nested_stack("inner.json")}
    folder = assembly_of(
        tmp_path,
        {"Sales": stack_artifact("sales.json", metadata=metadata)},
        files={"sales.json": resources(**outer), "inner.json": resources(Load=job("load", Metadata={}))},
    )

    assert told(folder) == ["JB001 inner.json:13 construct `Sales/Inner/Load`"]


def test_a_stack_without_resources(tmp_path: Path) -> None:
    """It is passed over, as it is when an application is deployed."""
    folder = assembly_of(
        tmp_path,
        {"Empty": stack_artifact("empty.json"), "Sales": stack_artifact("sales.json")},
        files={"empty.json": {"Parameters": {}}, "sales.json": resources(**WRONG)},
    )

    assert told(folder) == ["JB026 sales.json:14 construct `Sales/Jobs/Load`"]


def test_a_template_of_two_stacks(tmp_path: Path) -> None:
    """Each has its own jobs, to which CloudFormation gives names."""
    twice = {"First": nested_stack("inner.json"), "Second": nested_stack("inner.json")}
    folder = assembly(
        tmp_path, "sales.json", files={"sales.json": resources(**twice), "inner.json": resources(Load=JOB)}
    )

    assert told(folder) == []


def test_what_a_stack_is_given(tmp_path: Path) -> None:
    """Parameters of a nested stack are what its parent gives it, and its outputs are the parent's to use."""
    inner = {
        "Parameters": {"Workflow": {"Type": "String"}},
        "Resources": {**starts(DAILY, workflow={"Ref": "Workflow"}), "Load": job("load")},
        "Outputs": {"Job": {"Value": {"Ref": "Load"}}},
    }
    by_hand = {
        "Type": "AWS::Glue::Trigger",
        "Properties": {
            "Name": "by-hand",
            "WorkflowName": {"Ref": "Sales"},
            "Type": "ON_DEMAND",
            "Actions": [{"JobName": {"Fn::GetAtt": ["Inner", "Outputs.Job"]}}],
        },
    }
    outer = {
        "Sales": WORKFLOW,
        "ByHand": by_hand,
        "Inner": nested_stack("inner.json", Parameters={"Workflow": {"Ref": "Sales"}}),
    }
    folder = assembly(tmp_path, "sales.json", files={"sales.json": resources(**outer), "inner.json": inner})

    assert told(folder) == ["WF006 inner.json:15"]


def test_a_nested_stack_that_is_an_asset(tmp_path: Path) -> None:
    """Without the note of CDK's, the hash in the address of a template tells which file it is."""
    digest = "ab" * 32
    address = {"Fn::Sub": f"https://s3.${{AWS::Region}}.${{AWS::URLSuffix}}/assets/{digest}.json"}
    inner = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": address}}
    folder = assembly_of(
        tmp_path,
        {
            "Sales": stack_artifact("sales.json"),
            "Assets": {"type": "cdk:asset-manifest", "properties": {"file": "assets.json"}},
        },
        files={
            "sales.json": resources(Inner=inner),
            "assets.json": {"files": {digest: {"source": {"path": "inner.json"}}}},
            "inner.json": resources(**WRONG),
        },
    )

    assert told(folder) == ["JB026 inner.json:14 construct `Sales/Jobs/Load`"]


def test_a_stage(tmp_path: Path) -> None:
    """An assembly in an assembly: its stacks are told by their own files."""
    assembly(tmp_path / "assembly-Prod", "sales.json", files={"sales.json": resources(**WRONG)})
    stage = {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}}
    folder = assembly_of(
        tmp_path, {"Prod": stage, "Stock": stack_artifact("stock.json")}, files={"stock.json": resources(**WRONG)}
    )

    assert told(folder) == [
        "JB026 sales.json:14 construct `Sales/Jobs/Load`",
        "JB026 stock.json:14 construct `Sales/Jobs/Load`",
    ]


HERE, THERE = "aws://123456789012/eu-west-1", "aws://123456789012/us-east-1"
SAME = {"one.json": resources(Load=job("load")), "two.json": resources(Load=job("load"))}


def told_of(folder: Path, first: str, second: str) -> list[str]:
    """Return what is said of two stacks with a job of one name, by where they go."""
    artifacts = {
        "One": stack_artifact("one.json", environment=first),
        "Two": stack_artifact("two.json", environment=second),
    }
    return told(assembly_of(folder, artifacts, files=SAME))


def test_stacks_of_one_account_and_region(tmp_path: Path) -> None:
    """They share their names."""
    assert told_of(tmp_path, HERE, HERE) == ["JB001 two.json:13"]


def test_stacks_of_two_regions(tmp_path: Path) -> None:
    """Each region has its own names."""
    assert told_of(tmp_path, HERE, THERE) == []


def test_stacks_of_accounts_that_nobody_knows(tmp_path: Path) -> None:
    """A stage for tests and one for production have the same names, and are right."""
    unknown = "aws://unknown-account/unknown-region"

    assert told_of(tmp_path, unknown, unknown) == []


def test_stacks_that_name_each_other(tmp_path: Path) -> None:
    """A trigger for a workflow of another stack is in one account with it."""
    flow = {"Sales": WORKFLOW, "Load": job("load"), **starts(DAILY)}
    more = {"Second": next(iter(starts(DAILY).values()))}
    more["Second"]["Properties"]["Name"] = "second"
    folder = assembly(
        tmp_path, "one.json", "two.json", files={"one.json": resources(**flow), "two.json": resources(**more)}
    )

    assert told(folder) == ["WF006 two.json:8"]


def test_stacks_that_import(tmp_path: Path) -> None:
    """What one stack exports is what the other imports."""
    one = {
        "Resources": {"Sales": WORKFLOW, "Load": job("load"), **starts(DAILY, workflow={"Ref": "Sales"})},
        "Outputs": {"Flow": {"Value": {"Ref": "Sales"}, "Export": {"Name": "flow"}}},
    }
    two = {"Second": next(iter(starts(DAILY, workflow={"Fn::ImportValue": "flow"}).values()))}
    two["Second"]["Properties"]["Name"] = "second"
    folder = assembly(tmp_path, "one.json", "two.json", files={"one.json": one, "two.json": resources(**two)})

    assert told(folder) == ["WF006 two.json:10"]


def test_other_artifacts(tmp_path: Path) -> None:
    """Trees, images and what no version of the schema has are none of our business."""
    artifacts = {"Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}}, "No": None, "What": {"type": 1}}

    assert read(str(assembly_of(tmp_path, artifacts, files={}))).resource_count == 0
