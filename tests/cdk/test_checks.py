"""The rules over an application that uses no construct of gluedsl."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl import SparkJob, Workflow, cron
from tests.support.cdk import application, messages, needs_node, stack_of

if TYPE_CHECKING:
    from pathlib import Path

    from aws_cdk import App, Stack
    from constructs import Construct

pytestmark = [pytest.mark.slow, needs_node]

FOUND = {
    "Test/Second": "error[WF006] workflow `nightly` has a second start trigger, `second`\n"
    "    help: keep one, and move what the other starts to a workflow of its own\n"
    "    help: the first, `first`: `Test/First`",
    "Test/After": "error[TR016] trigger `after` starts 3 crawlers, and Glue allows 2\n"
    "    help: give one crawler several targets, or start a crawler after another",
    "Test/Idle": "error[TR011] trigger `idle` is not activated, so it never fires\n"
    "    help: write `StartOnCreation: true`",
}


def define(scope: Construct) -> None:
    """Define a workflow by the CDK's own constructs: with two starts, three crawlers in a trigger, an inactive one."""
    from aws_cdk import aws_glue as glue  # noqa: PLC0415 -- starts node

    def trigger(name: str, started: list[Any], job: str | None = None, **more: Any) -> None:
        condition = {"jobName": job, "state": "SUCCEEDED", "logicalOperator": "EQUALS"}
        form = (
            {"type": "ON_DEMAND"} if job is None else {"type": "CONDITIONAL", "predicate": {"conditions": [condition]}}
        )
        glue.CfnTrigger(scope, name.capitalize(), name=name, workflow_name="nightly", actions=started, **form, **more)

    glue.CfnWorkflow(scope, "Nightly", name="nightly")
    for name in ("load", "join"):
        command = {"name": "glueetl", "scriptLocation": "s3://scripts/load.py"}
        glue.CfnJob(scope, name.capitalize(), name=name, role="GlueRole", glue_version="5.0", command=command)
    crawlers = [
        glue.CfnCrawler(
            scope,
            f"Crawler{index}",
            name=f"crawler-{index}",
            role="GlueRole",
            database_name="sales",
            targets={"s3Targets": [{"path": f"s3://lake/{index}/"}]},
        )
        for index in range(3)
    ]
    trigger("first", [{"jobName": "load"}])
    trigger("second", [{"jobName": "load"}])
    trigger("after", [{"crawlerName": one.ref} for one in crawlers], "load", start_on_creation=True)
    trigger("idle", [{"jobName": "join"}], "load")


def checked(app: App, stack: Stack) -> Stack:
    """Return the stack with the checks over its application."""
    from aws_cdk import Aspects  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueChecks  # noqa: PLC0415 -- starts node

    define(stack)
    Aspects.of(app).add(GlueChecks())
    return stack


def test_as_an_aspect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each finding is an annotation of the construct that defines the resource."""
    monkeypatch.setenv("CDK_CLI_VERSION", "2.1148.1")
    app = application()
    checked(app, stack_of(app))

    assembly = app.synth()
    errors = assembly.get_stack_by_name("Test").messages
    assert {one.id.removeprefix("/"): str(one.entry.data) for one in errors} == FOUND


def test_without_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """`app.synth()` alone raises with every finding and its construct."""
    monkeypatch.delenv("CDK_CLI_VERSION", raising=False)
    app = application()
    checked(app, stack_of(app))

    with pytest.raises(RuntimeError) as caught:
        app.synth()

    for path, text in FOUND.items():
        assert f"[{path}] {text}" in str(caught.value)


def test_after_overrides(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an override has mended is no finding: it is the template that is checked."""
    monkeypatch.setenv("CDK_CLI_VERSION", "2.1148.1")
    app = application()
    stack = checked(app, stack_of(app))
    stack.node.find_child("Idle").add_property_override("StartOnCreation", True)  # noqa: FBT003

    errors = app.synth().get_stack_by_name("Test").messages

    assert {one.id.removeprefix("/") for one in errors} == FOUND.keys() - {"Test/Idle"}


def test_nested_stacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A nested stack is checked with the stack that makes it."""
    from aws_cdk import NestedStack  # noqa: PLC0415 -- starts node

    monkeypatch.delenv("CDK_CLI_VERSION", raising=False)
    app = application()
    from aws_cdk import Aspects  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueChecks  # noqa: PLC0415 -- starts node

    define(NestedStack(stack_of(app), "Inner"))
    Aspects.of(app).add(GlueChecks())

    with pytest.raises(RuntimeError) as caught:
        app.synth()
    assert "[Test/Inner/Second] error[WF006]" in str(caught.value)


def test_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The CDK takes no aspect into a stage; checks that were not given one say so, and look at those that they were."""
    from aws_cdk import Aspects, Stage  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueChecks  # noqa: PLC0415 -- starts node

    monkeypatch.delenv("CDK_CLI_VERSION", raising=False)

    def synthesis(defined_in: str, *, is_given: bool) -> str:
        app, checks = application(), GlueChecks()
        stage = Stage(app, "Prod")
        stacks = {"app": stack_of(app, "Top"), "stage": stack_of(stage, "Sales")}
        define(stacks[defined_in])
        Aspects.of(app).add(checks)
        if is_given:
            Aspects.of(stage).add(checks)
        with pytest.raises(RuntimeError) as caught:
            app.synth()
        return str(caught.value)

    assert "[Prod/Sales/Second] error[WF006]" in synthesis("stage", is_given=True)
    assert "[Top/Second] error[WF006]" in synthesis("app", is_given=True)
    assert (
        "GlueChecks has not seen the stage `Prod`, for the CDK takes no aspect into a stage: "
        "use Aspects.of(stage).add(...) with the same GlueChecks object, or GlueChecks.plugin()"
    ) in synthesis("stage", is_given=False)


@pytest.mark.parametrize("given_to", ["a construct", "a nested stack", "one of two stacks"])
def test_below_the_application(given_to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks look at what is below the construct that they are given to, and at nothing beside it."""
    from aws_cdk import Aspects, NestedStack  # noqa: PLC0415 -- starts node
    from constructs import Construct  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueChecks  # noqa: PLC0415 -- starts node

    monkeypatch.delenv("CDK_CLI_VERSION", raising=False)
    app = application()
    stack = stack_of(app)
    scopes = {"a construct": Construct, "a nested stack": NestedStack}
    inner = scopes[given_to](stack, "Inner") if given_to in scopes else stack
    define(inner)
    define(Construct(stack_of(app, "Other"), "Beside"))
    Aspects.of(inner).add(GlueChecks())

    with pytest.raises(RuntimeError) as caught:
        app.synth()

    assert f"[{inner.node.path}/Second] error[WF006]" in str(caught.value)
    assert "Beside" not in str(caught.value)


def test_one_workflow_in_two_stacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is defined twice says where else; that the triggers are all of the first is no finding of the second."""
    from aws_cdk import Aspects, Environment, Stack  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueChecks, GlueWorkflow  # noqa: PLC0415 -- starts node

    monkeypatch.delenv("CDK_CLI_VERSION", raising=False)
    app = application()
    flow = Workflow("nightly", role="GlueRole")
    flow.add(SparkJob("load", script="s3://scripts/load.py"))
    for name in ("First", "Second"):
        GlueWorkflow(Stack(app, name, env=Environment(account="123456789012", region="us-east-1")), "Flow", flow)
    Aspects.of(app).add(GlueChecks())

    with pytest.raises(RuntimeError) as caught:
        app.synth()

    assert (
        "error[WF002] workflow `nightly` is defined twice\n"
        "    help: give one of the two another name\n"
        "    help: first defined: `Second/Flow/Template/NightlyWorkflow`"
    ) in str(caught.value)
    assert "WF007" not in str(caught.value)


def test_a_stack_without_resources() -> None:
    """There is nothing to check in it."""
    from aws_cdk import Aspects  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueChecks  # noqa: PLC0415 -- starts node

    app = application()
    stack_of(app)
    Aspects.of(app).add(GlueChecks())

    assert [one.stack_name for one in app.synth().stacks] == ["Test"]


def test_what_a_construct_has_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A finding that a workflow's own construct has reported is not reported again at its resources."""
    from aws_cdk import Aspects  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueChecks, GlueWorkflow  # noqa: PLC0415 -- starts node

    monkeypatch.delenv("CDK_CLI_VERSION", raising=False)
    app = application()
    stack = stack_of(app)
    flow = Workflow("nightly", role="GlueRole", start=cron("0 2 31 * ? *"))
    flow.add(SparkJob("load", script="s3://scripts/load.py"))
    GlueWorkflow(stack, "Nightly", flow)
    Aspects.of(app).add(GlueChecks())

    assert [path for path, _ in messages(stack, "warning")] == ["/Test/Nightly"]


def test_as_a_plug_in(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The CDK's own report has every finding with its construct, and the synthesis fails."""
    from aws_cdk import Validations  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueChecks  # noqa: PLC0415 -- starts node

    app = application(tmp_path)
    define(stack_of(app))
    Validations.of(app).add_plugins(GlueChecks.plugin())

    with pytest.raises(RuntimeError, match="ValidationFailed"):
        app.synth()

    capfd.readouterr()
    (report,) = json.loads((tmp_path / "validation-report.json").read_text())["pluginReports"]
    found = {
        one["violatingConstructs"][0]["constructPath"]: f"error[{one['ruleName']}] {one['description']}\n"
        + "\n".join(f"    help: {text}" for text in one["suggestedFix"].split("; "))
        for one in report["violations"]
    }
    assert found == FOUND
    assert {one["severity"] for one in report["violations"]} == {"fatal"}
    places = [one["violatingConstructs"][0]["cloudFormationResource"] for one in report["violations"]]
    assert {(one["logicalId"], *one.get("propertyPaths", ())) for one in places} == {
        ("Second", "Properties.Type"),
        ("After", "Properties.Actions"),
        ("Idle",),
    }


def test_as_a_plug_in_of_a_clean_application(tmp_path: Path) -> None:
    """An application with nothing wrong passes."""
    from aws_cdk import Validations  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueChecks, GlueWorkflow  # noqa: PLC0415 -- starts node

    app = application(tmp_path)
    flow = Workflow("nightly", role="GlueRole")
    flow.add(SparkJob("load", script="s3://scripts/load.py", timeout_minutes=60))
    GlueWorkflow(stack_of(app), "Nightly", flow)
    Validations.of(app).add_plugins(GlueChecks.plugin())

    assert [one.stack_name for one in app.synth().stacks] == ["Test"]
