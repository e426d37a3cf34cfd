"""A template file, read but not yet understood.

Comes in: a path. Goes out: the tree of its text, and the keys that it gives twice; or one error that says why there is
no such tree. What is read is bounded: by the size of the file, by the depth of its nesting, by what its aliases stand
for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gluedsl.errors import UsageError
from gluedsl.templates.collector import without_collector
from gluedsl.templates.json_text import parse_json
from gluedsl.templates.node import Mapping, Repetition, TextSource, noun
from gluedsl.templates.unreadable import Unreadable

if TYPE_CHECKING:
    from gluedsl.templates.node import Node, Source

LARGEST_FILE = 8 * 1024 * 1024
"""Bytes. CloudFormation takes templates of 1 MB, and some tools write them with more spaces than they send."""
_LIMITS = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Document:
    """A template as its author wrote it."""

    file: str
    """As messages show it."""
    root: Mapping
    repetitions: tuple[Repetition, ...] = ()


def read_document(path: Path) -> Document:
    """Return the template in a file.

    Raises:
        UsageError: there is no such file, or it holds no template.
    """
    shown = shown_path(path)
    text = _text(path, shown)
    source = TextSource(shown, text)
    is_json = path.suffix == ".json" or text.lstrip().startswith("{")
    try:
        with without_collector():
            root, repetitions = parse_json(text, source) if is_json else _parse_yaml(text, source)
    except Unreadable as unreadable:
        line, column = source.position(unreadable.at)
        language = "JSON" if is_json else "YAML"
        message = f"`{shown}`, line {line}, column {column}: {unreadable.problem}"
        raise UsageError(
            message, hint=f"this was read as {language}, one of the two that CloudFormation reads"
        ) from None
    if not isinstance(root, Mapping):
        message = f"`{shown}` is no CloudFormation template: it holds {noun(root)}, and a template is a map"
        raise UsageError(message)
    return Document(shown, root, tuple(repetitions))


def _parse_yaml(text: str, source: Source) -> tuple[Node, list[Repetition]]:
    from gluedsl.templates.yaml_text import parse_yaml  # noqa: PLC0415 -- PyYAML is loaded for YAML alone

    return parse_yaml(text, source)


def shown_path(path: Path) -> str:
    """Return a path as messages show it: from the current directory on, where it is below that."""
    absolute, here = path.absolute(), Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else str(absolute)


def _text(path: Path, shown: str) -> str:
    try:
        # One byte more than is allowed tells that there are more, whatever the file is, without reading them.
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        message = f"`{shown}` cannot be read: {error.strerror}"
        raise UsageError(message) from None
    if len(content) > LARGEST_FILE:
        message = (
            f"`{shown}` has more than {LARGEST_FILE // 1024 // 1024} MB, and CloudFormation takes templates of 1 MB"
        )
        raise UsageError(message, hint=f"make several templates of it: {_LIMITS}")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        message = f"`{shown}` is no CloudFormation template: it is not text in UTF-8, at byte {error.start}"
        raise UsageError(message) from None
    return text.removeprefix(_BOM)
