"""Workflows as authors declare them in a CDK application: with tokens, and for a role of the application's.

Comes in: workflows. Goes out: copies in which stand-ins are in the place of tokens; the authors' own objects stay as
they are. Objects of the language are told by their module: this room does not import them.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from gluedsl import Crawler, ExistingCrawler, ExistingJob, RunProperties, Trigger, Workflow
from gluedsl.cdk.tokens import has_token, is_number_token, is_of_list, refuse
from gluedsl.errors import UsageError
from gluedsl.targets import DeltaTarget, HudiTarget, IcebergTarget, S3Target
from gluedsl.worker.properties import defaults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gluedsl.cdk.tokens import Tokens

_LANGUAGE, _TARGETS = "gluedsl.dsl.", "gluedsl.targets"
_KEPT = frozenset({"site", "function", "options_type"})
"""Attributes that hold no text of the author's."""
_PLACES = {S3Target: "path", DeltaTarget: "tables", IcebergTarget: "paths", HudiTarget: "paths"}
"""The fields of targets that hold URIs."""
_KINDS = ((Workflow, "workflow"), (Trigger, "trigger"), ((Crawler, ExistingCrawler), "crawler"), (ExistingJob, "job"))
_A_LIST, _A_KEY, _A_NUMBER = "the list ", "a key of ", "a number of "
_LIBRARY_HINT = 'write a file as f"s3://{bucket}/lib.whl", and a requirement as f"pandas=={version}"'
Copied = TypeVar("Copied")


def known(workflows: Sequence[Workflow[Any]], tokens: Tokens, role: str | None) -> list[Workflow[Any]]:
    """Return workflows without tokens; `role` is for those that name none.

    Raises:
        UsageError: a number, a whole list or a key is a token; or a library is, and may be anything.
    """
    if role is not None:
        workflows = [_with_role(workflow, role) for workflow in workflows]
    if not _has_any(list(workflows), set()):
        return list(workflows)
    copier = _Copier(tokens)
    return [copier.copied(workflow) for workflow in workflows]


def _with_role(workflow: Workflow[Any], role: str) -> Workflow[Any]:
    if workflow.role is not None:
        return workflow
    changed = copy.copy(workflow)
    changed.role = role
    return changed


@dataclass(slots=True)
class _Copier:
    tokens: Tokens
    copies: dict[int, Any] = field(default_factory=dict)
    """By the id of the original: one node is one node in all workflows."""
    owner: Any = None
    """The workflow, node or trigger that is being copied."""
    argument: str = ""
    """Of it."""

    def copied(self, value: Copied) -> Copied:
        return self._copied(value)  # type: ignore[no-any-return]  # a copy is of the type of its original

    def _copied(self, value: Any) -> Any:  # noqa: PLR0911 -- one for each form of value
        match value:
            case str():
                return self._text(value)
            case dict():
                return self._map(value)
            case list() | tuple():
                return type(value)(self._copied(inner) for inner in value)
            case float() if is_number_token(value):
                raise self._refused(_A_NUMBER)
            case type() if _is_properties(value):
                given = dict(defaults(value))
                return self._copied(given) if any(map(has_token, given.values())) else value
        if type(value).__module__ == _TARGETS and is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{name: self._of_target(value, name, inner) for name, inner in vars(value).items()})
        if not _is_declared(value):
            return value
        return self._declared(value)

    def _text(self, text: str) -> str:
        if is_of_list(text):
            raise self._refused(_A_LIST)
        return self.tokens.read(text)

    def _map(self, values: dict[Any, Any]) -> dict[Any, Any]:
        if any(isinstance(key, str) and has_token(key) for key in values):
            raise self._refused(_A_KEY)
        return {key: self._copied(inner) for key, inner in values.items()}

    def _declared(self, value: Any) -> Any:
        if id(value) not in self.copies:
            self.copies[id(value)] = made = copy.copy(value)
            around = self.owner, self.argument
            if _label(value):
                self.owner = value
            for name, inner in vars(value).items():
                if name not in _KEPT:
                    self.argument = name
                    vars(made)[name] = self._of_declared(name, inner)
            self.owner, self.argument = around
        return self.copies[id(value)]

    def _of_declared(self, name: str, value: Any) -> Any:
        if name == "script" and isinstance(value, str):
            return self.tokens.read_place(value)
        if name != "options":
            return self._copied(value)
        options: dict[str, Any] = {}
        for argument, given in value.items():
            self.argument = argument
            is_libraries = argument == "libraries"
            options[argument] = tuple(map(self._library, given)) if is_libraries else self._copied(given)
        return options

    def _of_target(self, target: Any, name: str, value: Any) -> Any:
        if name != _PLACES.get(type(target)):
            return self._copied(value)
        if isinstance(value, str):
            return self.tokens.read_place(value)
        return tuple(self._copied(one) if is_of_list(one) else self.tokens.read_place(one) for one in value)

    def _library(self, library: str) -> str:
        if is_of_list(library):
            raise self._refused(_A_LIST)
        is_place = self.tokens.is_place(library)
        if is_place is None:
            owner = self.tokens.shown(_label(self.owner))
            message = f"a library of {owner} is a token, which may be a file in S3 or a requirement for pip"
            raise UsageError(_line(self.owner) + message, hint=_LIBRARY_HINT)
        return self.tokens.read_place(library) if is_place else self.tokens.read(library)

    def _refused(self, what: str) -> UsageError:
        label = self.tokens.shown(_label(self.owner))
        return refuse(f"{_line(self.owner)}{what}`{self.argument}=` of {label}")


def _has_any(value: Any, seen: set[int]) -> bool:  # noqa: PLR0911 -- one for each form of value
    """Tell whether there is a token in what an author declares."""
    match value:
        case str():
            return has_token(value)
        case dict():
            return any(_has_any(key, seen) or _has_any(inner, seen) for key, inner in value.items())
        case list() | tuple():
            return any(_has_any(inner, seen) for inner in value)
        case type() if _is_properties(value):
            return any(map(has_token, defaults(value).values()))
        case float():
            return is_number_token(value)
        case _ if (type(value).__module__ == _TARGETS or _is_declared(value)) and id(value) not in seen:
            seen.add(id(value))
            return any(_has_any(inner, seen) for name, inner in vars(value).items() if name not in _KEPT)
        case _:
            return False


def _is_declared(value: Any) -> bool:
    return any(each.__module__.startswith(_LANGUAGE) for each in type(value).__mro__)


def _is_properties(value: type) -> bool:
    return issubclass(value, RunProperties)


def _label(value: Any) -> str:
    """Return what people call a workflow, a node or a trigger; nothing for what is a part of one."""
    value = getattr(value, "node", value)
    kind = next((word for kinds, word in _KINDS if isinstance(value, kinds)), "job" if hasattr(value, "script") else "")
    return f"{kind} `{value.name}`" if kind else ""


def _line(value: Any) -> str:
    """Return the line that declares a workflow, a node or a trigger, to put before a message."""
    file, here = Path(value.site.file), Path.cwd()
    return f"{file.relative_to(here).as_posix() if file.is_relative_to(here) else file}:{value.site.line}: "
