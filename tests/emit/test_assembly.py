"""Cloud assemblies."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from gluedsl.emit.assembly import assembly
from gluedsl.model import Action, Job, Project, RemoteScript, Trigger, Workflow
from tests.support.cfn_witness import findings

BUCKET = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"
BOOTSTRAP = {
    "requiresBootstrapStackVersion": 6,
    "bootstrapStackVersionSsmParameter": "/cdk-bootstrap/hnb659fds/version",
}


def project(*names: str) -> Project:
    """Return a project of workflows of one job, all with the same script."""
    return Project(
        workflows=tuple(
            Workflow(
                name=name,
                triggers=(Trigger(name=f"{name}-start", type="ON_DEMAND", actions=(Action(job_name=f"{name}-load"),)),),
            )
            for name in names
        ),
        jobs=tuple(
            Job(
                name=f"{name}-load",
                kind="pythonshell",
                code=RemoteScript(uri="s3://${ScriptBucket}/gluedsl/1/load.py"),
                default_arguments={"--extra-py-files": f"s3://${{ScriptBucket}}/gluedsl/2/{name}.whl,s3://other/x.whl"},
                role="GlueJobRole",
            )
            for name in names
        ),
    )


def role(name: str) -> str:
    """Return a role that `cdk bootstrap` makes."""
    return f"arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/cdk-hnb659fds-{name}-role-${{AWS::AccountId}}-${{AWS::Region}}"  # noqa: E501 -- one ARN


def test_an_assembly() -> None:
    """Each stack has a template, a manifest of what to upload, and an entry in the manifest of the assembly."""
    files = {"gluedsl/1/load.py": b"pass", "gluedsl/2/a.whl": b"", "gluedsl/2/b.whl": b""}

    made = assembly(project("a", "b"), files)

    assert [*made] == [
        "asset/gluedsl/1/load.py",
        "asset/gluedsl/2/a.whl",
        "asset/gluedsl/2/b.whl",
        "a.template.json",
        "a.assets.json",
        "b.template.json",
        "b.assets.json",
        "manifest.json",
        "cdk.out",
    ]
    template = hashlib.sha256(made["a.template.json"]).hexdigest()
    manifest = json.loads(made["manifest.json"])
    assert [*manifest["artifacts"]] == ["a.assets", "a", "b.assets", "b"]
    assert manifest["version"] == json.loads(made["cdk.out"])["version"] == "48.0.0"
    assert manifest["artifacts"]["a.assets"] == {
        "type": "cdk:asset-manifest",
        "properties": {"file": "a.assets.json", **BOOTSTRAP},
    }
    assert manifest["artifacts"]["a"] == {
        "type": "aws:cloudformation:stack",
        "environment": "aws://unknown-account/unknown-region",
        "properties": {
            "templateFile": "a.template.json",
            "stackName": "a",
            "terminationProtection": False,
            "validateOnSynth": False,
            "assumeRoleArn": role("deploy"),
            "cloudFormationExecutionRoleArn": role("cfn-exec"),
            "stackTemplateAssetObjectUrl": f"s3://{BUCKET}/{template}.json",
            "additionalDependencies": ["a.assets"],
            **BOOTSTRAP,
        },
        "dependencies": ["a.assets"],
        "displayName": "a",
    }
    assets = json.loads(made["a.assets.json"])["files"]
    assert [asset["source"] for asset in assets.values()] == [
        {"path": "a.template.json", "packaging": "file"},
        {"path": "asset/gluedsl/1/load.py", "packaging": "file"},
        {"path": "asset/gluedsl/2/a.whl", "packaging": "file"},
    ]
    assert assets[template]["destinations"] == {
        "current_account-current_region": {
            "bucketName": BUCKET,
            "objectKey": f"{template}.json",
            "assumeRoleArn": role("file-publishing"),
        }
    }
    assert [asset["destinations"]["current_account-current_region"]["objectKey"] for asset in assets.values()] == [
        f"{template}.json",
        "gluedsl/1/load.py",
        "gluedsl/2/a.whl",
    ]


def test_scripts_are_looked_for_where_they_are_put() -> None:
    """The bucket of the bootstrap is in every URI, and CloudFormation's schema has nothing to say."""
    text = assembly(project("a"), {})["a.template.json"].decode()
    template = json.loads(text)

    assert "Parameters" not in template
    properties = template["Resources"]["ALoadJob"]["Properties"]
    assert properties["Command"]["ScriptLocation"] == {"Fn::Sub": f"s3://{BUCKET}/gluedsl/1/load.py"}
    assert properties["DefaultArguments"]["--extra-py-files"] == {
        "Fn::Sub": f"s3://{BUCKET}/gluedsl/2/a.whl,s3://other/x.whl"
    }
    assert findings(text) == []


def test_an_assembly_for_one_place() -> None:
    """An account and a region that are known stand in every name."""
    made = assembly(project("a"), {}, account="123456789012", region="eu-central-1")

    stack = json.loads(made["manifest.json"])["artifacts"]["a"]
    assert stack["environment"] == "aws://123456789012/eu-central-1"
    assert stack["properties"]["assumeRoleArn"] == (
        "arn:${AWS::Partition}:iam::123456789012:role/cdk-hnb659fds-deploy-role-123456789012-eu-central-1"
    )
    (template_asset,) = json.loads(made["a.assets.json"])["files"].values()
    assert template_asset["destinations"]["123456789012-eu-central-1"]["region"] == "eu-central-1"
    assert b"s3://cdk-hnb659fds-assets-123456789012-eu-central-1/gluedsl/1/load.py" in made["a.template.json"]


def test_a_bucket_of_its_own() -> None:
    """Scripts go to a bucket that is named, with the credentials of whoever deploys; the template goes as always.

    The role of the bootstrap may write to its own bucket alone.
    """
    made = assembly(project("a"), {"gluedsl/1/load.py": b"pass"}, script_bucket="ours", region="eu-central-1")

    own, script = json.loads(made["a.assets.json"])["files"].values()
    (own_place,), (script_place,) = (each["destinations"].values() for each in (own, script))
    assert own_place["bucketName"] == "cdk-hnb659fds-assets-${AWS::AccountId}-eu-central-1"
    assert "assumeRoleArn" in own_place
    assert script_place == {"bucketName": "ours", "objectKey": "gluedsl/1/load.py", "region": "eu-central-1"}
    properties = json.loads(made["a.template.json"])["Resources"]["ALoadJob"]["Properties"]
    assert properties["Command"]["ScriptLocation"] == "s3://ours/gluedsl/1/load.py"


def test_an_assembly_is_the_same_in_every_process() -> None:
    """Two processes with other hash seeds write the same bytes, and the stacks in the same order."""
    root = Path(__file__).parents[2]
    script = (
        "import sys; from gluedsl.emit.assembly import assembly; from tests.support.scattered import SCATTERED;"
        "[sys.stdout.buffer.write(name.encode() + text) for name, text in assembly(SCATTERED, {}).items()]"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    ]

    assert outputs[0].count(b".template.json") > 3
    assert outputs[0] == outputs[1] == outputs[2]
