# ruff: noqa: INP001 -- a script, found by its path
"""Write `gluedsl/spelling/terraform.json`: the arguments of the resources that gluedsl writes for Terraform.

    pip download --no-deps cdktf-cdktf-provider-aws
    python tools/generate_terraform_schema.py cdktf_cdktf_provider_aws-*.whl

Reads the bindings of the `aws` provider (https://github.com/cdktf/cdktf-provider-aws, MPL-2.0), which are generated
from the provider's own schema. Only names and types are taken.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "gluedsl" / "spelling" / "terraform.json"
RESOURCES = (
    "cloudwatch_event_rule",
    "cloudwatch_event_target",
    "glue_crawler",
    "glue_job",
    "glue_trigger",
    "glue_workflow",
    "iam_role",
    "iam_role_policy",
    "s3_object",
)
_LEFT_OUT = {"id", "tags_all", "timeouts"}
"""What the provider computes, and how long it waits."""
_DOCUMENTED = re.compile(r"hashicorp/aws/([\d.]+)/docs/resources/\w+#(\w+)")


def generate(wheel: Path) -> str:
    """Return the text of the file."""
    types = _assembly(wheel)["types"]
    versions: set[str] = set()
    resources = {f"aws_{name}": _arguments(types, _config(name), versions) for name in RESOURCES}
    (version,) = versions
    return json.dumps({"provider": version, "resources": resources}, indent=1, sort_keys=True) + "\n"


def _assembly(wheel: Path) -> Any:
    with zipfile.ZipFile(wheel) as archive:
        (bundle,) = (name for name in archive.namelist() if name.endswith(".jsii.tgz"))
        with tarfile.open(fileobj=io.BytesIO(gzip.decompress(archive.read(bundle)))) as package:
            member = package.extractfile("package/.jsii")
            assert member is not None  # noqa: S101 -- every such package has one
            return json.load(member)


def _config(name: str) -> str:
    first, *words = name.split("_")
    camel = first + "".join(map(str.title, words))
    return f"@cdktf/provider-aws.{camel}.{camel[0].upper()}{camel[1:]}Config"


def _arguments(types: Any, interface: str, versions: set[str]) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    for member in types[interface]["properties"]:
        found = _DOCUMENTED.search(member["docs"].get("remarks", "") + member["docs"].get("summary", ""))
        if found is None:
            message = f"{interface}.{member['name']} does not say which argument it is"
            raise SystemExit(message)
        version, name = found.groups()
        versions.add(version)
        if name not in _LEFT_OUT:
            arguments[name] = {
                "required": not member.get("optional", False),
                **_type(types, member["type"], versions),
            }
    return arguments


def _type(types: Any, said: Any, versions: set[str]) -> dict[str, Any]:
    if "union" in said:
        (said,) = (one for one in said["union"]["types"] if one.get("fqn") != "cdktf.IResolvable")
    if "primitive" in said:
        return {"type": said["primitive"]}
    if "fqn" in said:
        return {"type": "block", "arguments": _arguments(types, said["fqn"], versions)}
    element = said["collection"]["elementtype"]
    if said["collection"]["kind"] == "map":
        return {"type": "map"}
    inner = _type(types, element, versions)
    return {**inner, "type": "blocks"} if inner["type"] == "block" else {"type": "list"}


if __name__ == "__main__":
    TARGET.write_text(generate(Path(sys.argv[1])), encoding="utf-8")
