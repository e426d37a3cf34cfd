"""The templates of a cloud assembly: what `cdk synth` writes into `cdk.out`.

Comes in: the folder. Goes out: its stacks, those together that are surely deployed together: in one account and region
that are known, or because one makes or names the other. What is in different groups may well have the same names.
It reads nothing outside of the folder, no assembly twice, and no more stacks than an account can have.
https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gluedsl.errors import UsageError
from gluedsl.templates.constructs import constructs_by_template, nested_stack
from gluedsl.templates.document import LARGEST_FILE, Document, read_document, shown_path
from gluedsl.templates.node import Mapping, Scalar
from gluedsl.templates.relations import linked
from gluedsl.templates.stack import METADATA, RESOURCES, Stack, read_stack
from gluedsl.templates.uses import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingOf

    from gluedsl.templates.stack import Resource

MANIFEST = "manifest.json"
_LARGEST_METADATA = 16 * LARGEST_FILE
"""Bytes. CDK notes for every construct where in the program it was made."""
_NESTED, _ASSET_PATH = "AWS::CloudFormation::Stack", "aws:asset:path"
_ASSETS = "cdk:asset-manifest"
_PARAMETERS, _ADDRESS = "Parameters", "TemplateURL"
_HASH = re.compile(r"[0-9a-f]{64}")
_MOST_LEVELS = 10
"""Of assemblies in assemblies."""
MOST_STACKS = 2000
"""https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, checked 2026-11-22."""
_AGAIN = "run `cdk synth` again"


def read_assembly(folder: Path) -> tuple[tuple[Stack, ...], ...]:
    """Return the stacks of a cloud assembly in groups.

    Raises:
        UsageError: the assembly, or a template of it, cannot be read.
    """
    reader = _Reader(folder.resolve(), shown_path(folder))
    reader.read(folder, 0)
    return linked(reader.stacks, reader.environments)


@dataclass(slots=True)
class _Reader:
    root: Path
    shown: str
    """The folder, as messages show it."""
    stacks: list[Stack] = field(default_factory=list)
    environments: dict[Stack, str] = field(default_factory=dict)
    """Account and region of each stack for which both are known."""
    assets: dict[str, str] = field(default_factory=dict)
    """The name of each file that is to be uploaded, by the hash that its address has in templates."""
    assemblies: set[Path] = field(default_factory=set)
    documents: dict[Path, Document] = field(default_factory=dict)

    def read(self, folder: Path, level: int) -> None:
        manifest = folder / MANIFEST
        artifacts = [_object(one) for one in _artifacts(manifest).values()]
        for artifact in artifacts:
            if artifact.get("type") == _ASSETS:
                properties = _object(artifact.get("properties"))
                self._note_assets(_json(self._inside(folder, manifest, properties.get("file"))))
        for artifact in artifacts:
            properties = _object(artifact.get("properties"))
            match artifact.get("type"):
                case "aws:cloudformation:stack":
                    self._stack(folder, artifact, self._inside(folder, manifest, properties.get("templateFile")))
                case "cdk:cloud-assembly":
                    self._assembly(manifest, self._inside(folder, manifest, properties.get("directoryName")), level + 1)
                case _:
                    pass

    def _assembly(self, named_in: Path, folder: Path, level: int) -> None:
        """Read an assembly that is in another, such as a stage."""
        if level > _MOST_LEVELS or folder.resolve() in {self.root, *self.assemblies}:
            message = f"`{shown_path(named_in)}` names the assembly `{folder.name}`, which is "
            message += "nested too deeply" if level > _MOST_LEVELS else "named already"
            raise UsageError(message, hint=_AGAIN)
        self.assemblies.add(folder.resolve())
        self.read(folder, level)

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
        constructs = constructs_by_template(metadata, template.name)
        document = self._document(template)
        if document.root.get(RESOURCES) is None:
            return  # of which the CDK's command line deploys nothing
        stack = self._read(document, constructs.get(template.name))
        self._add(stack, artifact.get("environment"))
        self._nested(folder, stack, constructs)

    def _document(self, template: Path) -> Document:
        if template not in self.documents:
            self.documents[template] = read_document(template)
        return self.documents[template]

    def _read(self, document: Document, constructs: MappingOf[str, str] | None) -> Stack:
        return replace(read_stack(document, constructs), key=f"{document.file}:{len(self.stacks)}")

    def _add(self, stack: Stack, environment: object) -> None:
        if len(self.stacks) == MOST_STACKS:
            message = f"`{self.shown}` has more than {MOST_STACKS:,} stacks, which is as many as an account can have"
            raise UsageError(message)
        self.stacks.append(stack)
        if isinstance(environment, str) and "unknown-" not in environment:
            self.environments[stack] = environment

    def _nested(self, folder: Path, stack: Stack, constructs: MappingOf[str, MappingOf[str, str]]) -> None:
        """Add the stacks that a stack makes; CDK writes down which template each of them has."""
        for resource in stack.resources.values():
            path = self._template_of(resource) if resource.type == _NESTED else None
            if path is None:
                continue
            template = self._inside(folder, Path(stack.file), path)
            document, maker = self._document(template), resource.construct
            if any(document is maker.document for maker in _makers(stack)):
                message = f"`{stack.file}` is a stack that makes itself, by `{resource.logical_id}`"
                raise UsageError(message, hint=_AGAIN)
            given = resource.properties.get(_PARAMETERS)
            nested = replace(
                self._read(document, constructs.get(template.name) or constructs.get(nested_stack(maker) or "")),
                parent=stack,
                made_by=resource.logical_id,
                given={key: one.value for key, one in given.entries.items()} if isinstance(given, Mapping) else {},
            )
            self._add(nested, self.environments.get(stack))
            self._nested(folder, nested, constructs)

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
        if not isinstance(name, str) or not name:
            message = f"`{shown_path(named_in)}` is no manifest of a cloud assembly: a file in it has no name"
            raise UsageError(message, hint=_AGAIN)
        path = folder / name
        try:
            is_inside = path.resolve().is_relative_to(self.root)
        except (OSError, ValueError):
            # What no file can be called: with a null character, or half of a surrogate pair.
            message = f"`{shown_path(named_in)}` names `{name}`, which no file can be called"
            raise UsageError(message, hint=_AGAIN) from None
        if not is_inside:
            message = f"`{shown_path(named_in)}` names `{name}`, which is outside of the cloud assembly"
            raise UsageError(message)
        return path


def _makers(stack: Stack) -> Iterator[Stack]:
    """Yield a stack, the one that makes it, the one that makes that, and so on."""
    one: Stack | None = stack
    while one is not None:
        yield one
        one = one.parent


def _artifacts(manifest: Path) -> dict[str, Any]:
    """Return what a manifest lists."""
    read = _json(manifest)
    artifacts = read.get("artifacts", {})
    if not isinstance(read.get("version"), str) or not isinstance(artifacts, dict):
        message = f"`{shown_path(manifest)}` is no manifest of a cloud assembly: it has no version, or no artifacts"
        raise UsageError(message, hint=_AGAIN)
    return artifacts


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
        raise UsageError(message, hint=_AGAIN) from None
    except (ValueError, RecursionError):
        message = f"`{shown}` is not JSON"
        raise UsageError(message, hint=_AGAIN) from None


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
