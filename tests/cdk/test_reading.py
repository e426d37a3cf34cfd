"""Workflows with tokens, as they are read: places in S3, libraries, and where no token can be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gluedsl import CatalogTarget, Crawler, DeltaTarget, S3Target, SparkJob, Workflow
from gluedsl.cdk.reading import known
from gluedsl.cdk.tokens import Tokens
from gluedsl.errors import UsageError
from tests.support.cdk import application, messages, needs_node, stack_of, synthesised

ASSET, IMPORTED, NUMBER = "${Token[TOKEN.1]}", "${Token[TOKEN.2]}", -1.8881545897087626e289
MEANT = {ASSET: {"Fn::Sub": "s3://assets-${AWS::Region}/lib.whl"}, IMPORTED: {"Fn::ImportValue": "lib"}}
NAMES = ["#{Token[TOKEN.3]}"]
_HERE = Path(__file__).relative_to(Path.cwd()) if Path(__file__).is_relative_to(Path.cwd()) else Path(__file__)


def read(**options: Any) -> SparkJob:
    """Return a job of a workflow as it is read."""
    flow = Workflow("nightly")
    flow.add(SparkJob("load", script="s3://scripts/load.py", **options))
    (copied,) = known([flow], Tokens(MEANT.__getitem__), None)
    job = copied.placements[0].added
    assert isinstance(job, SparkJob)
    return job


def test_libraries() -> None:
    """A library that begins with a token is a file where its meaning or its path says so, else a requirement."""
    libraries = [ASSET, f"{IMPORTED}/lib.py", f"{IMPORTED}==2.0", "pandas==2.0"]

    wheel, file, requirement, known_one = read(libraries=libraries).options["libraries"]

    assert (wheel[:10], wheel[-4:]) == ("s3://token", ".whl")
    assert (file[:10], file[-7:]) == ("s3://token", "/lib.py")
    assert (requirement[:5], requirement[-5:]) == ("token", "==2.0")
    assert known_one == "pandas==2.0"


def test_a_library_that_may_be_anything() -> None:
    """Where nothing tells a file from a requirement, its author is asked to."""
    with pytest.raises(UsageError) as caught:
        read(libraries=[IMPORTED])
    place, _, message = caught.value.message.partition(": ")
    assert place.rpartition(":")[0] == str(_HERE)
    assert message == "a library of job `load` is a token, which may be a file in S3 or a requirement for pip"
    assert caught.value.hint == 'write a file as f"s3://{bucket}/lib.whl", and a requirement as f"pandas=={version}"'


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"extra": {"MaxCapacity": NUMBER}}, "a number of `extra=` of job `load`"),
        ({"extra": {"MaxCapacity": NUMBER}, "description": ASSET}, "a number of `extra=` of job `load`"),
        ({"connections": NAMES}, "the list `connections=` of job `load`"),
        ({"libraries": NAMES}, "the list `libraries=` of job `load`"),
        ({"tags": {ASSET: "x"}}, "a key of `tags=` of job `load`"),
        ({"arguments": {f"--{ASSET}": "x"}}, "a key of `arguments=` of job `load`"),
    ],
)
def test_where_no_token_can_be(options: dict[str, Any], what: str) -> None:
    """Numbers, lists and the names of tags have to be known; the error names the line, the job and the argument."""
    with pytest.raises(UsageError) as caught:
        read(**options)
    place, _, message = caught.value.message.partition(": ")
    assert place.rpartition(":")[0] == str(_HERE)
    assert message == f"{what} cannot be a token: it is known only when it is deployed"
    assert caught.value.hint == "use add_property_override on the handle, such as `.jobs[...]`"


def test_of_whom() -> None:
    """The error names the crawler or the workflow as well, and the trigger's job."""
    load = SparkJob(f"load-{ASSET}", script="s3://scripts/load.py")
    flows: list[Workflow[Any]] = [Workflow("nightly", tags={ASSET: "x"}), Workflow("nightly"), Workflow("nightly")]
    flows[1].add(Crawler("catalog", database="sales", targets=CatalogTarget("sales", tuple(NAMES))))
    flows[2].add(load.with_arguments({ASSET: "x"}))

    told = []
    for flow in flows:
        with pytest.raises(UsageError) as caught:
            known([flow], Tokens(MEANT.__getitem__), None)
        told.append(caught.value.message.partition(": ")[2].partition(" cannot")[0])

    assert told == [
        "a key of `tags=` of workflow `nightly`",
        "the list `targets=` of crawler `catalog`",
        "a key of `arguments=` of job `load-${Token}`",
    ]


@pytest.mark.slow
@needs_node
def test_whole_uris() -> None:
    """A script, a library and a crawler's path may be a token and nothing else; the role may read what they mean."""
    from aws_cdk import Fn, aws_s3_assets, aws_ssm  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    stack = stack_of(application())
    uri = aws_s3_assets.Asset(stack, "Script", path=__file__).s3_object_url
    place = aws_ssm.StringParameter.value_for_string_parameter(stack, "/lake")
    flow = Workflow("nightly")
    load = flow.add(SparkJob("load", script=uri, libraries=[uri]))
    flow.add(SparkJob("clean", script=Fn.import_value("clean")), after=load)
    flow.add(Crawler("catalog", database="sales", targets=[S3Target(place), DeltaTarget((place,))]), after=load)
    GlueWorkflow(stack, "Nightly", flow)

    assert messages(stack, "error") == []
    resources = synthesised(stack)["Resources"]
    job, path = resources["LoadJob"]["Properties"], stack.resolve(place)
    assert job["Command"]["ScriptLocation"] == stack.resolve(uri)
    assert job["DefaultArguments"] == {"--extra-py-files": stack.resolve(uri)}
    assert resources["CleanJob"]["Properties"]["Command"]["ScriptLocation"] == {"Fn::ImportValue": "clean"}
    assert resources["CatalogCrawler"]["Properties"]["Targets"] == {
        "S3Targets": [{"Path": path}],
        "DeltaTargets": [{"DeltaTables": [path]}],
    }
    (policy,) = resources["GluedslNightlyRole"]["Properties"]["Policies"]
    allowed = {one["Sid"]: one["Resource"] for one in policy["PolicyDocument"]["Statement"]}
    inside = {"Fn::Select": [1, {"Fn::Split": ["s3://", path]}]}
    bucket = {"Fn::Select": [2, {"Fn::Split": ["/", path]}]}
    name = path["Ref"].replace("-", "")
    assert {"Fn::Sub": [f"arn:${{AWS::Partition}}:s3:::${{{name}}}*", {name: inside}]} in allowed["ReadData"]
    assert {"Fn::Sub": [f"arn:${{AWS::Partition}}:s3:::${{{name}}}", {name: bucket}]} in allowed["ListData"]
    assert allowed["WriteDelta"] == [{"Fn::Sub": [f"arn:${{AWS::Partition}}:s3:::${{{name}}}*", {name: inside}]}]
