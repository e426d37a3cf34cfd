"""Replacing parts of moto from outside, for as long as a local Glue runs.

Comes in: what is replaced, what it must look like, by what, and why. A part that does not look as it did is refused
before anything is replaced: moto has changed, and nobody knows yet what that means here.
"""

from __future__ import annotations

import importlib
import inspect
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gluedsl.errors import UsageError
from gluedsl.local.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Iterator

MOTO = "5.2.5"
"""The version that the patches were written for."""
_MISSING: Any = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """One part of moto, and what stands in its place."""

    owner: str
    """A module, or a module and a class: `moto.s3.models:FakeBucket`."""
    name: str
    by: Any
    why: str
    takes: str | None
    """The names of the parameters that moto's has, separated by blanks; None: moto has no such attribute, or it is no
    function."""
    new: bool = False
    """Whether moto's owner has no attribute of this name, or one that it inherits."""


@contextmanager
def patched(patches: tuple[Patch, ...]) -> Iterator[None]:
    """Have these patches applied; all are checked before the first one is."""
    owners = [_checked(patch) for patch in patches]
    with ExitStack() as undoing:
        for patch, owner in zip(patches, owners, strict=True):
            undoing.enter_context(replaced(owner, patch.name, patch.by))
        yield


def _checked(patch: Patch) -> Any:
    module, _, within = patch.owner.partition(":")
    owner: Any = importlib.import_module(module)
    if within:
        owner = getattr(owner, within, None)
    found = _MISSING if owner is None else vars(owner).get(patch.name, _MISSING)
    if (found is _MISSING) != patch.new or (patch.takes is not None and _parameters(found) != patch.takes):
        version = importlib.import_module("moto").__version__
        message = f"{patch.owner}.{patch.name} of moto {version} is not as it was in moto {MOTO}"
        raise UsageError(message, hint=f'CloudFormation on the local Glue needs: pip install "moto=={MOTO}"')
    return owner


def _parameters(found: Any) -> str | None:
    match found:
        case staticmethod() | classmethod():
            return _parameters(found.__func__)
        case property(fget=getter):
            return _parameters(getter)
        case _ if callable(found):
            return " ".join(inspect.signature(found).parameters)
        case _:
            return None
