"""The construct: resources of the emitted template, as typed constructs in the caller's stack."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl import Crawler, PythonShellJob, SparkJob, Trigger, Workflow, cron, on_demand, on_event
from gluedsl.compiler import compile_workflows
from gluedsl.emit.cloudformation import template
from gluedsl.errors import UsageError
from tests.support.cdk import application, messages, needs_node, stack_of, synthesised

if TYPE_CHECKING:
    from pathlib import Path

    from aws_cdk import App, Stack
    from constructs import IConstruct

pytestmark = [pytest.mark.slow, needs_node]


def nightly(name: str = "nightly", *, role: str | None = "GlueRole") -> Workflow[Any]:
    """Return a workflow of a job and a crawler, whose code is in S3 already."""
    flow = Workflow(name, start=cron("0 2 * * ? *"), role=role, tags={"team": "data"})
    load = flow.add(PythonShellJob(f"{name}-load", script="s3://scripts/load.py"))
    flow.add(Crawler(f"{name}-catalog", database="sales", targets="s3://lake/sales/"), after=load)
    return flow


def broken() -> Workflow[Any]:
    """Return a workflow with two start triggers."""
    flow = nightly("broken")
    flow.add(Trigger("again", when=on_demand(), start=flow.placements[0].added))  # type: ignore[arg-type]  # it is a job
    return flow


@pytest.fixture
def app() -> App:
    """Return an application."""
    return application()


@pytest.fixture
def stack(app: App) -> Stack:
    """Return an empty stack of that application."""
    return stack_of(app)


def test_same_resources_as_the_template(stack: Stack) -> None:
    """CDK writes the resources, the outputs and the logical ids of the emitted template."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    GlueWorkflow(stack, "Nightly", nightly())

    emitted, written = template(compile_workflows(nightly()).project), synthesised(stack)
    assert _in_one_spelling(emitted["Resources"]) == _in_one_spelling(written["Resources"])
    assert emitted["Outputs"] == written["Outputs"]
    assert "Parameters" not in written
    assert "Description" not in written


def test_two_in_one_stack(stack: Stack) -> None:
    """Two constructs stand side by side; what both would place is refused at the second."""
    from gluedsl.cdk import GlueWorkflow, GlueWorkflows  # noqa: PLC0415 -- starts node

    first = GlueWorkflow(stack, "North", nightly("north"))
    second = GlueWorkflows(stack, "South", [nightly("south"), nightly("west")])

    assert [*first.workflows, *second.workflows] == ["north", "south", "west"]
    with pytest.raises(UsageError) as caught:
        GlueWorkflow(stack, "Again", nightly("north"))
    assert caught.value.message == "workflow `north` is in stack `Test` already, placed by `Test/North`"
    assert caught.value.hint == "place it once"
    assert caught.value.__notes__ == [f"hint: {caught.value.hint}"]
    shares = Workflow("shares")
    shares.add(PythonShellJob("north-load", script="s3://scripts/load.py", role="GlueRole"))
    with pytest.raises(UsageError) as caught:
        GlueWorkflow(stack, "Shares", shares)
    assert caught.value.message == "`NorthLoadJob` is in stack `Test` already, placed by `Test/North`"
    assert caught.value.hint == "place workflows that share jobs or crawlers with one GlueWorkflows"


def test_too_large(stack: Stack) -> None:
    """A stack that would have more resources than CloudFormation takes is refused."""
    from gluedsl.cdk import GlueWorkflows  # noqa: PLC0415 -- starts node

    GlueWorkflows(stack, "Some", [nightly(f"some-{index}") for index in range(50)])

    with pytest.raises(UsageError) as caught:
        GlueWorkflows(stack, "More", [nightly(f"more-{index}") for index in range(60)])
    assert caught.value.message == "stack `Test` would have 550 resources of workflows; one takes 500"
    assert caught.value.hint == "gluedsl.cdk.GlueStacks makes as many stacks as it takes"


def test_changes_of_the_application(app: App, stack: Stack) -> None:
    """Tags, typed aspects, overrides and removal policies reach the resources."""
    import jsii  # noqa: PLC0415 -- starts node
    from aws_cdk import Aspects, IAspect, RemovalPolicy, Tags, aws_glue  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    @jsii.implements(IAspect)
    class MoreWorkers:
        def visit(self, node: IConstruct) -> None:
            if isinstance(node, aws_glue.CfnJob):
                node.number_of_workers = 7

    flow = Workflow("nightly", role="GlueRole")
    flow.add(SparkJob("load", script="s3://scripts/load.py"))
    made = GlueWorkflow(stack, "Nightly", flow)
    Tags.of(app).add("cost", "42")
    Aspects.of(app).add(MoreWorkers())
    made.jobs["load"].add_property_override("Description", "changed")
    made.triggers["start"].apply_removal_policy(RemovalPolicy.RETAIN)

    resources = synthesised(stack)["Resources"]
    assert resources["LoadJob"]["Properties"]["NumberOfWorkers"] == 7
    assert resources["LoadJob"]["Properties"]["Description"] == "changed"
    assert {one["Properties"]["Tags"]["cost"] for one in resources.values()} == {"42"}
    assert resources["NightlyStartTrigger"]["DeletionPolicy"] == "Retain"


def test_code_of_jobs(tmp_path: Path) -> None:
    """Scripts are uploaded by the deployment, under their names; the role that is made may read them, and no more."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    (tmp_path / "load.py").write_text("print('loaded')\n", encoding="utf-8")
    flow = Workflow("nightly")
    flow.add(PythonShellJob("load", script=str(tmp_path / "load.py")))
    app = application(tmp_path / "cdk.out")
    stack = stack_of(app)
    GlueWorkflow(stack, "Nightly", flow)

    resources = synthesised(stack)["Resources"]
    bucket = {"Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"}
    place, there, key = resources["LoadJob"]["Properties"]["Command"]["ScriptLocation"]["Fn::Join"][1]
    assert (place, there, key.rpartition("/")[2]) == ("s3://", bucket, "load.py")
    scripts = resources["GluedslNightlyRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"][1]
    text, names = scripts["Resource"][0]["Fn::Sub"]
    assert list(names.values()) == [bucket]
    assert text == f"arn:${{AWS::Partition}}:s3:::${{{next(iter(names))}}}/gluedsl/*"
    files = json.loads((tmp_path / "cdk.out" / "Test.assets.json").read_text())["files"]
    script = next(one for one in files.values() if one["source"]["path"].endswith("load.py"))
    assert [one["objectKey"] for one in script["destinations"].values()] == [key.lstrip("/")]
    assert (tmp_path / "cdk.out" / script["source"]["path"]).read_text() == "print('loaded')\n"


def test_bucket_of_the_application(tmp_path: Path, stack: Stack) -> None:
    """With a bucket of the application's nothing is uploaded; a role of its own is granted to read the scripts."""
    from aws_cdk import aws_iam, aws_s3  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    (tmp_path / "load.py").write_text("print('loaded')\n", encoding="utf-8")
    flow = Workflow("nightly")
    flow.add(PythonShellJob("load", script=str(tmp_path / "load.py")))
    role = aws_iam.Role(stack, "Role", assumed_by=aws_iam.ServicePrincipal("glue.amazonaws.com"))
    bucket = aws_s3.Bucket(stack, "Scripts")
    made = GlueWorkflow(stack, "Nightly", flow, role=role, script_bucket=bucket)

    resources = synthesised(stack)["Resources"]
    assert made.role is role
    assert resources["LoadJob"]["Properties"]["Role"] == {"Fn::GetAtt": ["Role1ABCC5F0", "Arn"]}
    location = resources["LoadJob"]["Properties"]["Command"]["ScriptLocation"]["Fn::Join"][1]
    assert location[:2] == ["s3://", {"Ref": "Scripts278D36FF"}]
    policy = next(one for one in resources.values() if one["Type"] == "AWS::IAM::Policy")
    statement = policy["Properties"]["PolicyDocument"]["Statement"][0]
    assert statement["Action"] == "s3:GetObject"
    assert statement["Resource"]["Fn::Join"][1][-2:] == [{"Ref": "Scripts278D36FF"}, "/gluedsl/*"]
    assert not any(name.startswith("Gluedsl") for name in resources)


def test_bucket_that_is_named(tmp_path: Path, stack: Stack) -> None:
    """A bucket may be a name."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    (tmp_path / "load.py").write_text("print('loaded')\n", encoding="utf-8")
    flow = Workflow("nightly", role="GlueRole")
    flow.add(PythonShellJob("load", script=str(tmp_path / "load.py")))
    GlueWorkflow(stack, "Nightly", flow, script_bucket="my-scripts")

    location = synthesised(stack)["Resources"]["LoadJob"]["Properties"]["Command"]["ScriptLocation"]
    assert location.startswith("s3://my-scripts/gluedsl/")


def test_bucket_of_the_settings(tmp_path: Path, stack: Stack) -> None:
    """The settings may name the bucket; the construct says that nobody uploads, and its argument comes first."""
    from gluedsl.cdk import GlueWorkflows  # noqa: PLC0415 -- starts node

    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "pyproject.toml").write_text('[tool.gluedsl]\nscript_bucket = "our-scripts"\n', encoding="utf-8")
        (folder / "load.py").write_text("print('loaded')\n", encoding="utf-8")
        (folder / "flow.py").write_text(
            f'from gluedsl import PythonShellJob, Workflow\n\nflow = Workflow("{name}", role="GlueRole")\n'
            f'flow.add(PythonShellJob("{name}-load", script="load.py"))\n',
            encoding="utf-8",
        )
    GlueWorkflows(stack, "One", tmp_path / "one")
    GlueWorkflows(stack, "Two", tmp_path / "two", script_bucket="others")

    resources = synthesised(stack)["Resources"]
    locations = [resources[job]["Properties"]["Command"]["ScriptLocation"] for job in ("OneLoadJob", "TwoLoadJob")]
    assert locations[0].startswith("s3://our-scripts/gluedsl/")
    assert locations[1].startswith("s3://others/gluedsl/")
    assert [told for told in messages(stack, "info") if "script-bucket" in told[1]] == [
        (
            "/Test/One",
            (
                "`script_bucket` of the settings says that the code of jobs is in `our-scripts`, and `cdk deploy` does "
                "not upload it: `gluedsl synth PATH --scripts DIR`, then `aws s3 sync DIR s3://our-scripts` "
                "[ack: gluedsl:script-bucket]"
            ),
        )
    ]


def test_in_a_nested_stack(tmp_path: Path) -> None:
    """A nested stack has the resources in its template, and its scripts are uploaded with those of its parent."""
    from aws_cdk import CfnOutput, NestedStack, aws_s3  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    (tmp_path / "load.py").write_text("print('loaded')\n", encoding="utf-8")
    flow = Workflow("nightly")
    flow.add(PythonShellJob("load", script=str(tmp_path / "load.py")))
    app = application(tmp_path / "cdk.out")
    parent = stack_of(app)
    lake = aws_s3.Bucket(parent, "Lake")
    made = GlueWorkflow(NestedStack(parent, "Inner"), "Nightly", flow)
    lake.grant_read(made.role)
    CfnOutput(parent, "Name", value=made.workflow.ref)

    app.synth()
    (file,) = (tmp_path / "cdk.out").glob("*.nested.template.json")
    inner = json.loads(file.read_text(encoding="utf-8"))
    assert {"NightlyWorkflow", "LoadJob", "NightlyStartTrigger", "GluedslNightlyRole"} < inner["Resources"].keys()
    assert inner["Resources"]["LoadJob"]["Properties"]["Command"]["ScriptLocation"]["Fn::Join"][1][0] == "s3://"
    outer = json.loads((tmp_path / "cdk.out" / "Test.template.json").read_text(encoding="utf-8"))
    assert [*outer["Outputs"]] == ["Name"]
    assets = json.loads((tmp_path / "cdk.out" / "Test.assets.json").read_text(encoding="utf-8"))["files"].values()
    assert any(one["source"]["path"].endswith("load.py") for one in assets)


def test_events(stack: Stack) -> None:
    """A start by events has its rule, and a role for it."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    flow = Workflow("arrivals", start=on_event(s3="s3://lake/raw/"), role="GlueRole")
    flow.add(PythonShellJob("load", script="s3://scripts/load.py"))
    made = GlueWorkflow(stack, "Arrivals", flow)

    rule = synthesised(stack)["Resources"]["GluedslArrivalsEventRule"]["Properties"]
    assert list(made.event_rules) == ["gluedsl-arrivals"]
    assert rule["Targets"][0]["RoleArn"] == {"Fn::GetAtt": ["GluedslArrivalsEventsRole", "Arn"]}


def test_errors(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error is an annotation with the author's line; nothing is placed, and `app.synth()` raises with that text."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    monkeypatch.delenv("CDK_CLI_VERSION", raising=False)
    made = GlueWorkflow(stack, "Broken", broken())

    ((path, text),) = messages(stack, "error")
    assert path == "/Test/Broken"
    place, _, told = text.partition(": ")
    assert place.startswith("tests/cdk/test_construct.py:")
    assert told == (
        "error[WF006] workflow `broken` has a second start trigger, `again`\n"
        "    help: keep one, and move what the other starts to a workflow of its own"
    )
    with pytest.raises(RuntimeError) as caught:
        stack.node.root.synth(force=True)
    assert f"Validation failed with the following errors:\n  [Test/Broken] {text}" in str(caught.value)
    with pytest.raises(UsageError) as refused:
        made.jobs["broken-load"]
    assert refused.value.message == f"`Test/Broken` has errors, so that nothing is placed: {text}"


def test_errors_under_the_command_line(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """The CDK's command line stops at annotations by itself, and the application need not raise."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    monkeypatch.setenv("CDK_CLI_VERSION", "2.1148.1")
    GlueWorkflow(stack, "Broken", broken())

    stack.node.root.synth()
    assert len(messages(stack, "error")) == 1


def test_warnings(app: App, stack: Stack) -> None:
    """A lint is a warning that can be acknowledged; it stops nothing."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    flow = nightly()
    flow.start = cron("0 2 31 * ? *")
    GlueWorkflow(stack, "Nightly", flow)

    app.synth()
    ((path, text),) = messages(stack, "warning")
    assert path == "/Test/Nightly"
    assert "warning[SC" in text
    assert "[ack: gluedsl:SC" in text


def test_nothing_to_place(stack: Stack) -> None:
    """What is no workflow is refused."""
    from gluedsl.cdk import GlueWorkflows  # noqa: PLC0415 -- starts node

    for number, (given, message) in enumerate(
        (
            ((), "there is no workflow to place"),
            (None, "NoneType is no workflow"),
            ([nightly(), 3], "int is no workflow"),
        )
    ):
        with pytest.raises(UsageError) as caught:
            GlueWorkflows(stack, f"None{number}", given)  # type: ignore[arg-type]  # what is wrong
        assert caught.value.message == message
        assert caught.value.hint == "give a gluedsl.Workflow, a list of them, or the path of a flow file"


def test_what_is_no_bucket(stack: Stack) -> None:
    """It is refused."""
    from gluedsl.cdk import GlueWorkflows  # noqa: PLC0415 -- starts node

    with pytest.raises(UsageError) as caught:
        GlueWorkflows(stack, "Path", "examples/02_three_steps", script_bucket=3)  # type: ignore[arg-type]  # as it says
    assert caught.value.message == "script_bucket= takes a bucket of the CDK's, or the name of one, not int"


def test_role_for_a_path(stack: Stack) -> None:
    """A role is for workflows in hand: those of a path have settings."""
    from gluedsl.cdk import GlueWorkflows  # noqa: PLC0415 -- starts node

    with pytest.raises(UsageError) as caught:
        GlueWorkflows(stack, "Path", "examples/02_three_steps", role="GlueRole")
    assert caught.value.message == (
        "role= is for workflows in hand; those of a path have the role that their settings say"
    )
    assert caught.value.hint == "set `role` in [tool.gluedsl] of pyproject.toml, or in a stage"


def test_stage(stack: Stack, tmp_path: Path) -> None:
    """A stage of the settings beside a flow holds; handles take names without its prefix."""
    from gluedsl.cdk import GlueWorkflows  # noqa: PLC0415 -- starts node

    (tmp_path / "pyproject.toml").write_text('[tool.gluedsl.stages.dev]\nprefix = "dev-"\n', encoding="utf-8")
    (tmp_path / "flow.py").write_text(
        'from gluedsl import PythonShellJob, Workflow\n\nflow = Workflow("nightly", role="GlueRole")\n'
        'flow.add(PythonShellJob("load", script="s3://scripts/load.py"))\n',
        encoding="utf-8",
    )
    made = GlueWorkflows(stack, "Nightly", tmp_path / "flow.py", stage="dev")

    assert list(made.workflows) == ["dev-nightly"]
    assert made.jobs["load"].name == "dev-load"


def _in_one_spelling(resources: Any) -> Any:
    """Return resources with `DependsOn` as a list, which the CDK makes of a single name."""
    return {
        identity: resource | ({"DependsOn": _listed(resource["DependsOn"])} if "DependsOn" in resource else {})
        for identity, resource in resources.items()
    }


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
