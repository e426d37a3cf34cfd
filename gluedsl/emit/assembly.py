"""A project as a cloud assembly: the folder that `cdk deploy --app FOLDER` takes, made without the CDK.

Comes in: a project whose scripts are in `${ScriptBucket}`, and the files to be there. Goes out: the files of the
assembly, by their paths in it. It writes nothing and needs neither node nor the CDK. The account that it is deployed to
must have been bootstrapped (`cdk bootstrap`); the bucket made by that holds the scripts, unless another one is named.

The format: https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema. The names are those
of the default bootstrap: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gluedsl.emit.cloudformation import template, to_json
from gluedsl.emit.placeholders import SCRIPT_BUCKET
from gluedsl.emit.room import fits
from gluedsl.emit.stacks import has_room, stacks
from gluedsl.model import RemoteScript

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.emit.stacks import Stack
    from gluedsl.model import Project

QUALIFIER = "hnb659fds"
"""Of the default bootstrap."""
_SCHEMA = "48.0.0"
"""Of the assembly: old enough for every version 2 of the command line since early 2025."""
_BOOTSTRAP_VERSION = 6
"""The first whose roles and bucket are used as here."""
_SCRIPTS = f"s3://${{{SCRIPT_BUCKET}}}/"
_BOOTSTRAP = {
    "requiresBootstrapStackVersion": _BOOTSTRAP_VERSION,
    "bootstrapStackVersionSsmParameter": f"/cdk-bootstrap/{QUALIFIER}/version",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Environment:
    """Where the stacks go; what is None is told by whoever deploys."""

    account: str | None
    region: str | None

    @property
    def bucket(self) -> str:
        return f"cdk-{QUALIFIER}-assets-{self._suffix}"

    def role(self, name: str) -> str:
        account = self.account or "${AWS::AccountId}"
        return f"arn:${{AWS::Partition}}:iam::{account}:role/cdk-{QUALIFIER}-{name}-role-{self._suffix}"

    @property
    def key(self) -> str:
        """As the manifest of assets names it."""
        return f"{self.account or 'current_account'}-{self.region or 'current_region'}"

    @property
    def _suffix(self) -> str:
        return f"{self.account or '${AWS::AccountId}'}-{self.region or '${AWS::Region}'}"

    def __str__(self) -> str:
        return f"aws://{self.account or 'unknown-account'}/{self.region or 'unknown-region'}"


def assembly(
    project: Project,
    files: Mapping[str, bytes],
    *,
    script_bucket: str | None = None,
    account: str | None = None,
    region: str | None = None,
) -> dict[str, bytes]:
    """Return the files of the cloud assembly of a project, by their paths.

    Args:
        project: whose scripts are in `${ScriptBucket}`.
        files: what is to lie in that bucket, by key.
        script_bucket: the name of that bucket, which must be there; whoever deploys uploads to it with credentials of
            their own. None: the bucket of the bootstrap, which a role of the bootstrap uploads to.
        account: that the stacks are for. None: whichever the command line is used with.
        region: as `account`.

    Raises:
        UsageError: a workflow is too large for a stack.
    """
    environment = _Environment(account=account, region=region)
    written: dict[str, bytes] = {f"asset/{key}": content for key, content in files.items()}
    artifacts: dict[str, Any] = {}
    texts = _Texts(script_bucket or environment.bucket)
    for stack in stacks(project, texts.fit):
        text = texts.of(stack.project).encode()
        name, digest = stack.name, hashlib.sha256(text).hexdigest()
        keys = sorted(used(stack.project, files))
        written[f"{name}.template.json"] = text
        written[f"{name}.assets.json"] = _json(_assets(name, digest, keys, environment, script_bucket))
        artifacts[f"{name}.assets"] = {
            "type": "cdk:asset-manifest",
            "properties": {"file": f"{name}.assets.json", **_BOOTSTRAP},
        }
        artifacts[name] = _stack(stack, digest, environment)
    written["manifest.json"] = _json({"version": _SCHEMA, "artifacts": artifacts})
    written["cdk.out"] = _json({"version": _SCHEMA})
    return written


@dataclass(frozen=True, slots=True)
class _Texts:
    """Templates of parts of a project, each rendered once."""

    bucket: str
    """That the scripts are in."""
    _made: dict[int, tuple[Project, str]] = field(default_factory=dict)
    """By the identity of a part, which stays its own as long as the part is kept here."""

    def fit(self, part: Project) -> bool:
        """Tell whether a part fits into a stack."""
        return has_room(part) and fits(part, self.of(part))

    def of(self, part: Project) -> str:
        """Return the template of a part."""
        if id(part) not in self._made:
            whole = template(part, script_bucket=self.bucket)
            self._made[id(part)] = (part, to_json(whole, indent=None))
        return self._made[id(part)][1]


def used(project: Project, files: Mapping[str, bytes]) -> set[str]:
    """Return the keys of the files that jobs name."""
    texts = [text for job in project.jobs for text in job.default_arguments.values()]
    texts += [job.code.uri for job in project.jobs if isinstance(job.code, RemoteScript)]
    uris = (uri.strip() for text in texts for uri in text.split(","))
    return {uri.removeprefix(_SCRIPTS) for uri in uris} & files.keys()


def _stack(stack: Stack, digest: str, environment: _Environment) -> dict[str, Any]:
    return {
        "type": "aws:cloudformation:stack",
        "environment": str(environment),
        "properties": {
            "templateFile": f"{stack.name}.template.json",
            "stackName": stack.name,
            "terminationProtection": False,
            "validateOnSynth": False,
            "assumeRoleArn": environment.role("deploy"),
            "cloudFormationExecutionRoleArn": environment.role("cfn-exec"),
            "stackTemplateAssetObjectUrl": f"s3://{environment.bucket}/{digest}.json",
            "additionalDependencies": [f"{stack.name}.assets"],
            **_BOOTSTRAP,
        },
        "dependencies": [*stack.depends_on, f"{stack.name}.assets"],
        "displayName": stack.name,
    }


def _assets(
    name: str, digest: str, keys: list[str], environment: _Environment, script_bucket: str | None
) -> dict[str, Any]:
    """Return what to upload before a stack: its template, and the files of its jobs under the keys that they have."""
    region = {} if environment.region is None else {"region": environment.region}
    bootstrap = {"bucketName": environment.bucket, "assumeRoleArn": environment.role("file-publishing")} | region
    # The role of the bootstrap may write to its own bucket alone.
    scripts = bootstrap if script_bucket is None else {"bucketName": script_bucket} | region

    def asset(title: str, path: str, key: str, destination: Mapping[str, str]) -> dict[str, Any]:
        return {
            "displayName": title,
            "source": {"path": path, "packaging": "file"},
            "destinations": {environment.key: {**destination, "objectKey": key}},
        }

    own = {digest: asset(f"{name} template", f"{name}.template.json", f"{digest}.json", bootstrap)}
    own |= {hashlib.sha256(key.encode()).hexdigest(): asset(key, f"asset/{key}", key, scripts) for key in keys}
    return {"version": _SCHEMA, "files": own, "dockerImages": {}}


def is_ours(manifest: bytes) -> bool:
    """Tell whether a manifest is one that is written here, and not by the CDK, whose manifests say more."""
    try:
        document = json.loads(manifest)
    except ValueError:
        return False
    return isinstance(document, dict) and document.keys() == {"version", "artifacts"} and document["version"] == _SCHEMA


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()
