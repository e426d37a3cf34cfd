"""Workflows as authors declare them in a CDK application: with tokens, and for a role of the application's.

Comes in: workflows. Goes out: copies in which stand-ins are in the place of tokens; the authors' own objects stay as
they are. Objects of the language are told by their module: this room does not import them.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from gluedsl import RunProperties
from gluedsl.cdk.tokens import has_token, is_number_token, refuse
from gluedsl.worker.properties import defaults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gluedsl import Workflow
    from gluedsl.cdk.tokens import Tokens

_LANGUAGE, _TARGETS = "gluedsl.dsl.", "gluedsl.targets"
_KEPT = frozenset({"site", "function", "options_type"})
"""Attributes that hold no text of the author's."""
Copied = TypeVar("Copied")


def known(workflows: Sequence[Workflow[Any]], tokens: Tokens, role: str | None) -> list[Workflow[Any]]:
    """Return workflows without tokens; `role` is for those that name none.

    Raises:
        UsageError: a number, or a whole list, is a token.
    """
    if role is not None:
        workflows = [_with_role(workflow, role) for workflow in workflows]
    if not any(has_token(text) for text in _texts(list(workflows), set())):
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

    def copied(self, value: Copied) -> Copied:
        return self._copied(value)  # type: ignore[no-any-return]  # a copy is of the type of its original

    def _copied(self, value: Any) -> Any:  # noqa: PLR0911 -- one for each form of value
        match value:
            case str():
                return self.tokens.read(value)
            case dict():
                return {self._copied(key): self._copied(inner) for key, inner in value.items()}
            case list() | tuple():
                return type(value)(self._copied(inner) for inner in value)
            case type() if _is_properties(value):
                given = dict(defaults(value))
                return self._copied(given) if any(map(has_token, given.values())) else value
        if type(value).__module__ == _TARGETS and is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{name: self._copied(inner) for name, inner in vars(value).items()})
        if not _is_declared(value):
            return value
        if id(value) not in self.copies:
            self.copies[id(value)] = made = copy.copy(value)
            for name, inner in vars(value).items():
                if name not in _KEPT:
                    vars(made)[name] = self._copied(inner)
        return self.copies[id(value)]


def _texts(value: Any, seen: set[int]) -> Iterator[str]:
    """Yield every text of an author's declarations."""
    match value:
        case str():
            yield value
        case dict():
            for key, inner in value.items():
                yield from _texts(key, seen)
                yield from _texts(inner, seen)
        case list() | tuple():
            for inner in value:
                yield from _texts(inner, seen)
        case type() if _is_properties(value):
            yield from defaults(value).values()
        case float() if is_number_token(value):
            what = "a number"
            raise refuse(what)
        case _ if (type(value).__module__ == _TARGETS or _is_declared(value)) and id(value) not in seen:
            seen.add(id(value))
            for name, inner in vars(value).items():
                if name not in _KEPT:
                    yield from _texts(inner, seen)
        case _:
            pass


def _is_declared(value: Any) -> bool:
    return any(each.__module__.startswith(_LANGUAGE) for each in type(value).__mro__)


def _is_properties(value: type) -> bool:
    return issubclass(value, RunProperties)
