"""Attributes of what is moto's or botocore's, replaced for a time.

Comes in: a class or a module, and what an attribute of it is to be. Goes out: the same owner, which afterwards has
again what it had of its own, or inherits again what it inherited.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_MISSING = object()


@contextmanager
def replaced(owner: Any, name: str, value: object) -> Iterator[None]:
    """Give a class or a module another attribute, and back what it had of its own."""
    before = vars(owner).get(name, _MISSING)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if before is _MISSING:
            delattr(owner, name)
        else:
            setattr(owner, name, before)
