"""A folder that looks like `cdk.out` and is none: one message that says why, and exit code 2."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.templates import assembly_of, nested_stack, resources, stack_artifact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.cli import Commands

_AGAIN = "  hint: run `cdk synth` again\n"
_NONE = (
    "error: `cdk.out/manifest.json` is no manifest of a cloud assembly: it has no version, or no artifacts\n" + _AGAIN
)


@dataclass(frozen=True, kw_only=True)
class Broken:
    """The files of a folder, and what standard error must say."""

    artifacts: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Any] = field(default_factory=dict)
    expected: str


def of(template: object) -> dict[str, Any]:
    """Return artifacts: one stack, of a template."""
    return {"Sales": stack_artifact(template)}


def within(*folders: str) -> dict[str, Any]:
    """Return artifacts: assemblies in folders."""
    return {name: {"type": "cdk:cloud-assembly", "properties": {"directoryName": name}} for name in folders}


BROKEN = {
    "a manifest that ends": Broken(
        files={"manifest.json": '{"version": "55.0.0", "artifacts": {'},
        expected=f"error: `cdk.out/manifest.json` is not JSON\n{_AGAIN}",
    ),
    "a manifest that is nothing": Broken(
        files={"manifest.json": ""}, expected=f"error: `cdk.out/manifest.json` is not JSON\n{_AGAIN}"
    ),
    "a manifest of null characters": Broken(
        files={"manifest.json": "\0" * 100}, expected=f"error: `cdk.out/manifest.json` is not JSON\n{_AGAIN}"
    ),
    "brackets in brackets": Broken(
        files={"manifest.json": "[" * 100_000}, expected=f"error: `cdk.out/manifest.json` is not JSON\n{_AGAIN}"
    ),
    "a manifest that is a list": Broken(files={"manifest.json": "[]"}, expected=_NONE),
    "the manifest of a web page": Broken(files={"manifest.json": '{"name": "Sales", "icons": []}'}, expected=_NONE),
    "a list of artifacts": Broken(files={"manifest.json": '{"version": "55.0.0", "artifacts": []}'}, expected=_NONE),
    "a template that is not there": Broken(
        artifacts=of("Sales.template.json"),
        expected="error: `cdk.out/Sales.template.json` cannot be read: No such file or directory\n",
    ),
    "a template that ends": Broken(
        artifacts=of("Sales.template.json"),
        files={"Sales.template.json": '{"Resources": {'},
        expected=(
            "error: `cdk.out/Sales.template.json`, line 1, column 15: the text ends before this map does\n"
            "  hint: this was read as JSON, one of the two that CloudFormation reads\n"
        ),
    ),
    "no template": Broken(
        artifacts=of(None),
        expected=(
            "error: `cdk.out/manifest.json` is no manifest of a cloud assembly: a file in it has no name\n" + _AGAIN
        ),
    ),
    "a template without a name": Broken(
        artifacts=of(""),
        expected=(
            "error: `cdk.out/manifest.json` is no manifest of a cloud assembly: a file in it has no name\n" + _AGAIN
        ),
    ),
    "a template in the folder above": Broken(
        artifacts=of("../Sales.template.json"),
        expected=(
            "error: `cdk.out/manifest.json` names `../Sales.template.json`, which is outside of the cloud assembly\n"
        ),
    ),
    "a template somewhere": Broken(
        artifacts=of("/etc/passwd"),
        expected="error: `cdk.out/manifest.json` names `/etc/passwd`, which is outside of the cloud assembly\n",
    ),
    "half of a surrogate pair": Broken(
        artifacts=of("\ud800"),
        expected=f"error: `cdk.out/manifest.json` names `\\ud800`, which no file can be called\n{_AGAIN}",
    ),
    "a null character in a name": Broken(
        artifacts=of("Sales\0.json"),
        expected=f"error: `cdk.out/manifest.json` names `Sales\\x00.json`, which no file can be called\n{_AGAIN}",
    ),
    "assets that are not there": Broken(
        artifacts={"Assets": {"type": "cdk:asset-manifest", "properties": {"file": "Sales.assets.json"}}},
        expected=f"error: `cdk.out/Sales.assets.json` cannot be read: No such file or directory\n{_AGAIN}",
    ),
    "metadata that is not there": Broken(
        artifacts={"Sales": stack_artifact("Sales.template.json", additionalMetadataFile="Sales.metadata.json")},
        expected=f"error: `cdk.out/Sales.metadata.json` cannot be read: No such file or directory\n{_AGAIN}",
    ),
    "an assembly in itself": Broken(
        artifacts=within(".", "./."),
        expected=f"error: `cdk.out/manifest.json` names the assembly `cdk.out`, which is named already\n{_AGAIN}",
    ),
    "an assembly that is not there": Broken(
        artifacts=within("assembly-Prod"),
        expected=(f"error: `cdk.out/assembly-Prod/manifest.json` cannot be read: No such file or directory\n{_AGAIN}"),
    ),
    "a stack that makes itself": Broken(
        artifacts=of("Sales.template.json"),
        files={"Sales.template.json": resources(Inner=nested_stack("Sales.template.json"))},
        expected=f"error: `cdk.out/Sales.template.json` is a stack that makes itself, by `Inner`\n{_AGAIN}",
    ),
    "two stacks that make each other": Broken(
        artifacts=of("Sales.template.json"),
        files={
            "Sales.template.json": resources(Inner=nested_stack("Stock.template.json")),
            "Stock.template.json": resources(Outer=nested_stack("Sales.template.json")),
        },
        expected=f"error: `cdk.out/Stock.template.json` is a stack that makes itself, by `Outer`\n{_AGAIN}",
    ),
    "stacks of stacks": Broken(
        artifacts=of("0.json"),
        files={
            f"{level}.json": resources(**{f"S{n}": nested_stack(f"{level + 1}.json") for n in range(9)})
            for level in range(9)
        }
        | {"9.json": resources()},
        expected="error: `cdk.out` has more than 2,000 stacks, which is as many as an account can have\n",
    ),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_broken_assemblies(broken: Broken, cli: Commands) -> None:
    """One message, on standard error alone, in no time."""
    assembly_of(cli.folder / "cdk.out", broken.artifacts, files=broken.files)
    before = time.perf_counter()

    ended = cli.call("check", "cdk.out")

    assert (ended.code, ended.out, ended.err) == (2, "", broken.expected)
    assert time.perf_counter() - before < 10


def test_a_link_out_of_the_folder(cli: Commands) -> None:
    """Is as good as the file that it leads to."""
    assembly_of(cli.folder / "cdk.out", of("Sales.template.json"), files={})
    (cli.folder / "secret.json").write_text("{}", encoding="utf-8")
    (cli.folder / "cdk.out" / "Sales.template.json").symlink_to(cli.folder / "secret.json")

    ended = cli.call("check", "cdk.out")

    expected = "error: `cdk.out/manifest.json` names `Sales.template.json`, which is outside of the cloud assembly\n"
    assert (ended.code, ended.out, ended.err) == (2, "", expected)


def test_a_folder_of_another_kind(cli: Commands) -> None:
    """Without a manifest, a folder is one of flows."""
    (cli.folder / "cdk.out").mkdir()

    ended = cli.call("check", "cdk.out")

    expected = (
        "error: no flow file in cdk.out\n"
        '  hint: a flow file imports gluedsl and has a `Workflow("name")` at its top level\n'
    )
    assert (ended.code, ended.out, ended.err) == (2, "", expected)
