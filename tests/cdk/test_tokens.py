"""Tokens of the CDK where authors write names, paths, properties and arguments."""

from __future__ import annotations

import re

import pytest

from gluedsl import Crawler, ExistingJob, RunProperties, SparkJob, Workflow, cron, on_event
from gluedsl.cdk.tokens import Tokens, has_token
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


def test_of_unknown_meaning() -> None:
    """A token that must not be asked yet has a stand-in by its construct, and by its place among such tokens."""
    first, second = (Tokens(lambda _: None, lambda path=path: path) for path in ("Test/First", "Test/Second"))  # type: ignore[misc]  # a default binds it

    assert first.read(ORDERS) == first.read(ORDERS)
    assert len({first.read(ORDERS), first.read(LAKE), second.read(ORDERS), second.read(LAKE)}) == 4
    assert Tokens(lambda _: None, lambda: "Test/First").read(LAKE) == first.read(ORDERS)


def test_of_a_place() -> None:
    """A token that is a URI is read as one, with the ending of the file; and its parts have a meaning of their own."""
    uri, other = "${Token[TOKEN.1]}", "${Token[TOKEN.2]}"
    tokens = Tokens({uri: {"Fn::Sub": "s3://assets-${AWS::Region}/load.py"}, other: {"Ref": "Other"}}.__getitem__)

    read, longer = tokens.read_place(uri), tokens.read_place(f"{other}/jobs/load.py")

    assert re.fullmatch(r"s3://(token[0-9a-f]{12})/\1\.py", read)
    assert re.fullmatch(r"s3://(token[0-9a-f]{12})/\1/jobs/load\.py", longer)
    assert (tokens.written(read), tokens.written(longer)) == (uri, f"{other}/jobs/load.py")
    assert tokens.written(f"{read}.bak,{longer}") == f"{uri}.bak,{other}/jobs/load.py"
    assert tokens.shown(f"`{read}`") == "`${Token}`"
    assert tokens.read_place("s3://lake/") == "s3://lake/"
    assert [tokens.is_place(text) for text in (uri, other, f"{other}/x", f"{other}==1", "x")] == [
        True,
        None,
        True,
        False,
        False,
    ]
    bucket, inside = read[5:].split("/", 1)[0], read[5:]
    assert tokens.substitution(f"arn:::{bucket}") == (
        "arn:::${Token}",
        {"Token": {"Fn::Select": [2, {"Fn::Split": ["/", uri]}]}},
    )
    assert tokens.substitution(f"arn:::{inside}*") == (
        "arn:::${Token}*",
        {"Token": {"Fn::Select": [1, {"Fn::Split": ["s3://", uri]}]}},
    )


def test_names_in_a_substitution() -> None:
    """A token is called by the resource that it means; two of one name are told apart, and from what is there."""
    arn, lake, first, second = (f"${{Token[{name}]}}" for name in ("TOKEN.1", "TOKEN.2", "Fn::Join.3", "Fn::Join.4"))
    meant = {arn: {"Fn::GetAtt": ["Lake", "Arn"]}, lake: ["North", {"Ref": "Lake"}], first: None, second: None}
    tokens = Tokens(meant.__getitem__)
    text = tokens.read(f"${{Lake}}/{lake}/{arn}/{first}/{second}/{lake}/token0123456789ab")

    assert tokens.substitution(text) == (
        "${Lake}/${Lake2}/${LakeArn}/${FnJoin}/${FnJoin2}/${Lake2}/token0123456789ab",
        {"Lake2": lake, "LakeArn": arn, "FnJoin": first, "FnJoin2": second},
    )


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
def test_a_lazy_value() -> None:
    """What an application sets after the construct was made is what the template has; of each construct its own."""
    import jsii  # noqa: PLC0415 -- starts node
    from aws_cdk import Fn, IStableStringProducer, Lazy  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueStacks, GlueWorkflow  # noqa: PLC0415 -- starts node

    @jsii.implements(IStableStringProducer)
    class Given:
        value = "first"

        def produce(self) -> str:
            return self.value

    app = application()
    stack, given, other = stack_of(app), Given(), Given()
    for name, producer in (("north", given), ("south", other)):
        lazy = Lazy.string(producer)
        flow = Workflow(name, role="GlueRole")
        script = Fn.join("/", ["s3://scripts", f"{lazy}.py"])
        flow.add(SparkJob(f"load-{lazy}", script=script, arguments={"--shop": lazy}))
        GlueWorkflow(stack, name, flow)
    several = Workflow("west", role="GlueRole")
    for each in (Lazy.string(given), Lazy.string(other)):
        several.add(SparkJob(f"several-{each}", script="s3://scripts/load.py"))
    made = GlueStacks(app, several)
    given.value, other.value = "second", "third"

    resources = app.synth().get_stack_by_name("Test").template["Resources"].values()
    jobs = [one["Properties"] for one in resources if one["Type"] == "AWS::Glue::Job"]
    assert [job["Name"] for job in jobs] == ["load-second", "load-third"]
    assert [job["DefaultArguments"]["--shop"] for job in jobs] == ["second", "third"]
    assert [job["Command"]["ScriptLocation"] for job in jobs] == ["s3://scripts/second.py", "s3://scripts/third.py"]
    assert [made.stacks["west"].resolve(job.name) for job in made.jobs.values()] == ["several-second", "several-third"]


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
