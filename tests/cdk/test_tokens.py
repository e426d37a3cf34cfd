"""Tokens of the CDK where authors write names, paths, properties and arguments."""

from __future__ import annotations

import re

import pytest

from gluedsl import Crawler, ExistingJob, RunProperties, SparkJob, Workflow, cron, on_event
from gluedsl.cdk.tokens import Tokens, has_token
from gluedsl.errors import UsageError
from tests.support.cdk import application, messages, needs_node, stack_of, synthesised

ORDERS, LAKE = "${Token[Orders.Ref.12]}", "${Token[TOKEN.7]}"
MEANT = {ORDERS: {"Ref": "Orders"}, LAKE: {"Ref": "Lake"}, "${Token[Orders.Ref.99]}": {"Ref": "Orders"}}


def test_there_and_back() -> None:
    """A text is read with stand-ins and written with its tokens; people are shown the CDK's name of each."""
    tokens = Tokens(MEANT.__getitem__)
    text = f"s3://{LAKE}/raw/{ORDERS}"

    read = tokens.read(text)

    assert not has_token(read)
    assert tokens.written(read) == text
    assert tokens.shown(read) == "s3://${Token}/raw/${Orders.Ref}"
    assert tokens.read("plain") == "plain"


def test_what_a_stand_in_follows_from() -> None:
    """A stand-in follows from what a token means, whatever number it has got."""
    first, second = Tokens(MEANT.__getitem__), Tokens(MEANT.__getitem__)

    assert first.read(ORDERS) == second.read("${Token[Orders.Ref.99]}")
    assert first.read(ORDERS) != first.read(LAKE)


@pytest.mark.slow
@needs_node
def test_everywhere() -> None:
    """Tokens pass the check wherever a text is taken, and arrive in the template as references."""
    from aws_cdk import aws_glue, aws_iam, aws_s3  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    stack = stack_of(application())
    lake = aws_s3.Bucket(stack, "Lake")
    role = aws_iam.Role(stack, "Role", assumed_by=aws_iam.ServicePrincipal("glue.amazonaws.com"))
    command = {"name": "glueetl", "scriptLocation": "s3://scripts/old.py"}
    old = aws_glue.CfnJob(stack, "Old", role=role.role_arn, command=command)
    secure = aws_glue.CfnSecurityConfiguration(stack, "Secure", encryption_configuration={}, name="secure")

    connection = {"connectionType": "NETWORK", "name": "warehouse"}
    warehouse = aws_glue.CfnConnection(stack, "Warehouse", catalog_id="1", connection_input=connection)

    class Places(RunProperties):
        place: str = lake.bucket_name

    flow = Workflow(
        "arrivals",
        properties=Places,
        start=on_event(s3=f"s3://{lake.bucket_name}/raw/"),
        description=f"in {stack.region}",
        tags={"lake": lake.bucket_name},
    )
    load = flow.add(
        SparkJob(
            f"{lake.bucket_name}-load",
            script=f"s3://{lake.bucket_name}/load.py",
            arguments={"--to": f"s3://{lake.bucket_name}/sales/"},
            role=role,
            connections=[warehouse],
            security_configuration=secure,
            worker_type=stack.region,
        )
    )
    flow.add(ExistingJob(old), after=load)
    flow.add(Crawler("catalog", database="sales", targets=f"s3://{lake.bucket_name}/"), after=load)
    made = GlueWorkflow(stack, "Arrivals", flow)

    assert messages(stack, "error") == []
    assert messages(stack, "warning") == []
    resources = synthesised(stack)["Resources"]
    name = {"Ref": stack.resolve(lake.bucket_name)["Ref"]}
    ((job_id, job),) = [pair for pair in resources.items() if pair[1]["Type"] == "AWS::Glue::Job" and pair[0] != "Old"]
    properties = job["Properties"]
    assert properties["Name"] == {"Fn::Join": ["", [name, "-load"]]}
    assert properties["Command"]["ScriptLocation"] == {"Fn::Join": ["", ["s3://", name, "/load.py"]]}
    assert properties["DefaultArguments"]["--to"] == {"Fn::Join": ["", ["s3://", name, "/sales/"]]}
    assert properties["SecurityConfiguration"] == {"Ref": "Secure"}
    assert properties["Connections"] == {"Connections": [{"Ref": "Warehouse"}]}
    assert properties["Role"]["Fn::GetAtt"][1] == "Arn"
    assert properties["WorkerType"] == {"Ref": "AWS::Region"}
    assert resources["ArrivalsWorkflow"]["Properties"]["DefaultRunProperties"] == {"place": name}
    assert resources["ArrivalsWorkflow"]["Properties"]["Tags"] == {"lake": name}
    assert resources["GluedslArrivalsEventRule"]["Properties"]["EventPattern"]["detail"]["bucket"]["name"] == [name]
    after = next(one for one in resources.values() if "Predicate" in one.get("Properties", {}))
    assert after["Properties"]["Predicate"]["Conditions"][0]["JobName"] == {"Ref": job_id}
    assert {"JobName": {"Ref": "Old"}} in after["Properties"]["Actions"]
    assert "Fn::Sub" in str(resources["GluedslArrivalsRole"])
    assert "Token[" not in str(resources)
    assert made.jobs[f"{lake.bucket_name}-load"].ref


@pytest.mark.slow
@needs_node
def test_logical_ids_do_not_depend_on_other_tokens() -> None:
    """Tokens that an application makes before do not change a logical id."""
    from aws_cdk import Token, aws_s3  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    def ids(others: int) -> list[str]:
        stack = stack_of(application())
        for index in range(others):
            Token.as_string({"Ref": f"Other{index}"})
        lake = aws_s3.Bucket(stack, "Lake")
        flow = Workflow("nightly", start=cron("0 2 * * ? *"), role="GlueRole")
        flow.add(SparkJob(f"{lake.bucket_name}-load", script="s3://scripts/load.py"))
        GlueWorkflow(stack, "Nightly", flow)
        return [one for one in synthesised(stack)["Resources"] if one != "Lake"]

    assert ids(0) == ids(3)


@pytest.mark.slow
@needs_node
def test_of_two_other_stacks() -> None:
    """Resources of two stacks that have one logical id in both stay two."""
    from aws_cdk import aws_iam  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    app = application()
    principal = aws_iam.ServicePrincipal("glue.amazonaws.com")
    roles = [aws_iam.Role(stack_of(app, name), "Role", assumed_by=principal) for name in ("North", "South")]
    flow = Workflow("nightly")
    for role, name in zip(roles, ("first", "second"), strict=True):
        flow.add(SparkJob(name, script="s3://scripts/load.py", role=role))
    GlueWorkflow(stack_of(app), "Nightly", flow)

    resources = app.synth().get_stack_by_name("Test").template["Resources"]
    imported = [resources[name]["Properties"]["Role"]["Fn::ImportValue"] for name in ("FirstJob", "SecondJob")]
    assert [name.partition(":")[0] for name in imported] == ["North", "South"]


@pytest.mark.slow
@needs_node
def test_errors_that_stand() -> None:
    """What is wrong whatever a token means is still found, and says the token as the CDK does."""
    from aws_cdk import aws_s3  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    stack = stack_of(application())
    lake = aws_s3.Bucket(stack, "Lake")
    flow = Workflow(lake.bucket_name, start=cron("0 2 * * * *"), role="GlueRole")
    flow.add(SparkJob("load", script="s3://scripts/load.py"))
    GlueWorkflow(stack, "Broken", flow)

    ((_, text),) = messages(stack, "error")
    assert "schedule of trigger `${" in text
    assert re.search("token[0-9a-f]{12}", text) is None


@pytest.mark.slow
@needs_node
def test_a_word_that_looks_like_a_stand_in() -> None:
    """What is wrong about it is found: only what stands for a token may be something else."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    stack = stack_of(application())
    flow = Workflow("nightly", role="GlueRole")
    flow.add(SparkJob("load", script="s3://scripts/load.py", worker_type="token0123456789ab"))  # type: ignore[arg-type]  # what is wrong
    GlueWorkflow(stack, "Broken", flow)

    ((_, text),) = messages(stack, "error")
    assert "error[JB011]" in text


@pytest.mark.slow
@needs_node
def test_where_no_token_can_be() -> None:
    """Numbers, lists and the names of tags have to be known."""
    from aws_cdk import Token, aws_s3  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    stack = stack_of(application())
    lake = aws_s3.Bucket(stack, "Lake").bucket_name
    number, names = Token.as_number({"Ref": "X"}), Token.as_list({"Ref": "X"})
    cases = [
        ({"extra": {"MaxCapacity": number}}, "a number"),
        ({"connections": names}, "a list of names"),
        ({"tags": {lake: "x"}}, "the name of a tag, an argument or a property"),
    ]
    for index, (options, what) in enumerate(cases):
        flow = Workflow("nightly", role="GlueRole")
        flow.add(SparkJob("load", script="s3://scripts/load.py", **options))
        with pytest.raises(UsageError) as caught:
            GlueWorkflow(stack, f"Case{index}", flow)
        assert caught.value.message == f"{what} cannot be a token: it is known only when it is deployed"
        assert caught.value.hint == "use add_property_override on the handle, such as `.jobs[...]`"
