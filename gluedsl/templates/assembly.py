"""The templates of a cloud assembly: what `cdk synth` writes into `cdk.out`.

Comes in: the folder. Goes out: its stacks, those together that are surely deployed together: in one account and region
that are known, or because one makes or names the other. What is in different groups may well have the same names.
It reads nothing outside of the folder.
https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gluedsl.errors import UsageError
from gluedsl.templates.document import LARGEST_FILE, read_document, shown_path
from gluedsl.templates.node import Mapping, Scalar
from gluedsl.templates.relations import linked
from gluedsl.templates.stack import METADATA, Stack, read_stack
from gluedsl.templates.uses import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingOf

    from gluedsl.templates.stack import Resource

MANIFEST = "manifest.json"
_LARGEST_METADATA = 16 * LARGEST_FILE
"""Bytes. CDK notes for every construct where in the program it was made."""
_LOGICAL_ID = "aws:cdk:logicalId"
_NESTED, _ASSET_PATH = "AWS::CloudFormation::Stack", "aws:asset:path"
_ASSETS = "cdk:asset-manifest"
_PARAMETERS, _ADDRESS = "Parameters", "TemplateURL"
_HASH = re.compile(r"[0-9a-f]{64}")
_MOST_LEVELS = 10
"""Of assemblies in assemblies, and of stacks in stacks."""


def read_assembly(folder: Path) -> tuple[tuple[Stack, ...], ...]:
    """Return the stacks of a cloud assembly in groups.

    Raises:
        UsageError: the assembly, or a template of it, cannot be read.
    """
    reader = _Reader(folder.resolve())
    reader.read(folder, 0)
    return linked(reader.stacks, reader.environments)


@dataclass(slots=True)
class _Reader:
    root: Path
    stacks: list[Stack] = field(default_factory=list)
    environments: dict[Stack, str] = field(default_factory=dict)
    """Account and region of each stack for which both are known."""
    assets: dict[str, str] = field(default_factory=dict)
    """The name of each file that is to be uploaded, by the hash that its address has in templates."""

    def read(self, folder: Path, level: int) -> None:
        manifest = folder / MANIFEST
        artifacts = _object(_json(manifest).get("artifacts"))
        for artifact in map(_object, artifacts.values()):
            if artifact.get("type") == _ASSETS:
                properties = _object(artifact.get("properties"))
                self._note_assets(_json(self._inside(folder, manifest, properties.get("file"))))
        for artifact in map(_object, artifacts.values()):
            properties = _object(artifact.get("properties"))
            match artifact.get("type"):
                case "aws:cloudformation:stack":
                    self._stack(folder, artifact, self._inside(folder, manifest, properties.get("templateFile")))
                case "cdk:cloud-assembly" if level < _MOST_LEVELS:
                    self.read(self._inside(folder, manifest, properties.get("directoryName")), level + 1)
                case _:
                    pass

    def _note_assets(self, listed: dict[str, Any]) -> None:
        for name, one in _object(listed.get("files")).items():
            path = _object(_object(one).get("source")).get("path")
            if isinstance(path, str):
                self.assets[name] = path

    def _stack(self, folder: Path, artifact: dict[str, Any], template: Path) -> None:
        metadata = _object(artifact.get("metadata"))
        further = artifact.get("additionalMetadataFile")
        if further is not None:
            metadata |= _json(self._inside(folder, folder / MANIFEST, further))
        constructs = dict(_constructs(metadata))
        stack = read_stack(read_document(template), constructs)
        self._add(stack, artifact.get("environment"))
        self._nested(folder, stack, 0)

    def _add(self, stack: Stack, environment: object) -> None:
        self.stacks.append(stack)
        if isinstance(environment, str) and "unknown-" not in environment:
            self.environments[stack] = environment

    def _nested(self, folder: Path, stack: Stack, level: int) -> None:
        """Add the stacks that a stack makes; CDK writes down which template each of them has."""
        for resource in stack.resources.values():
            path = self._template_of(resource) if resource.type == _NESTED else None
            if path is None or level >= _MOST_LEVELS:
                continue
            template = self._inside(folder, Path(stack.file), path)
            given = resource.properties.get(_PARAMETERS)
            nested = replace(
                read_stack(read_document(template)),
                parent=stack,
                made_by=resource.logical_id,
                given={key: one.value for key, one in given.entries.items()} if isinstance(given, Mapping) else {},
            )
            self._add(nested, self.environments.get(stack))
            self._nested(folder, nested, level + 1)

    def _template_of(self, resource: Resource) -> str | None:
        """Return the file that a stack is made of: as CDK says, or by the hash in its address."""
        metadata = resource.body.get(METADATA)
        path = metadata.get(_ASSET_PATH) if isinstance(metadata, Mapping) else None
        if isinstance(path, Scalar):
            return path.text
        address = resource.properties.get(_ADDRESS)
        texts = " ".join(written(address)) if address is not None else ""
        return next((self.assets[name] for name in _HASH.findall(texts) if name in self.assets), None)

    def _inside(self, folder: Path, named_in: Path, name: object) -> Path:
        """Return a file of the assembly."""
        if not isinstance(name, str) or "\0" in name:
            message = f"`{shown_path(named_in)}` is no manifest of a cloud assembly: a file in it has no name"
            raise UsageError(message)
        path = folder / name
        if not path.resolve().is_relative_to(self.root):
            message = f"`{shown_path(named_in)}` names `{name}`, which is outside of the cloud assembly"
            raise UsageError(message)
        return path


def _constructs(metadata: MappingOf[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the path of each construct that became a resource, by its logical id."""
    for path, entries in metadata.items():
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and entry.get("type") == _LOGICAL_ID and isinstance(entry.get("data"), str):
                yield entry["data"], path.removeprefix("/")


def _json(path: Path) -> dict[str, Any]:
    shown = shown_path(path)
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_METADATA + 1)
        if len(content) > _LARGEST_METADATA:
            message = f"`{shown}` has more than {_LARGEST_METADATA // 1024 // 1024} MB"
            raise UsageError(message)
        return _object(json.loads(content))
    except OSError as error:
        message = f"`{shown}` cannot be read: {error.strerror}"
        raise UsageError(message, hint="run `cdk synth` again") from None
    except (ValueError, RecursionError):
        message = f"`{shown}` is not JSON"
        raise UsageError(message, hint="run `cdk synth` again") from None


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
