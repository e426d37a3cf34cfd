"""Names of resources inside a template.

An id hangs on the resource's own kind and name alone, so that adding, removing or renaming one resource never changes
the id of another: CloudFormation would replace it, and a replacement that keeps its name cannot be created.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Literal

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = Literal["Role", "Job", "Crawler", "Workflow", "Trigger", "EventRule"]

_REGULAR = re.compile(r"[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*")
"""Names of which no two make the same words: each word begins where a capital will stand."""
_LONGEST = 200
"""Characters of a name that an id shows; CloudFormation takes 255 in all
(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html)."""


def logical_ids(resources: Iterable[tuple[Kind, str]]) -> Mapping[tuple[Kind, str], str]:
    """Return the id of each resource: its name in capitalised words, then its kind.

    A name that words alone do not tell from all others (`load_orders` and `load-orders`) gets six digits of its own.
    """
    ids: dict[tuple[Kind, str], str] = {}
    taken: dict[str, tuple[Kind, str]] = {}
    for kind, name in resources:
        if (kind, name) in ids:
            message = f"two {_noun(kind)}s are named `{name}`"
            raise UsageError(message, hint="a template, like an AWS account, can hold only one; rename the other")
        identity = logical_id(kind, name)
        if identity in taken:
            other_kind, other = taken[identity]
            both = f"{_noun(other_kind)} `{other}` and {_noun(kind)} `{name}`"
            message = f"{both} would have one logical id in the template, `{identity}`"
            raise UsageError(message, hint="rename one of them")
        ids[kind, name] = identity
        taken[identity] = (kind, name)
    return ids


def logical_id(kind: Kind, name: str) -> str:
    """Return the id of one resource."""
    words = "".join(word[0].upper() + word[1:] for word in re.findall("[A-Za-z0-9]+", name))
    if _REGULAR.fullmatch(name) and len(words) <= _LONGEST:
        return f"{words}{kind}"
    digits = hashlib.sha256(name.encode()).hexdigest()[:6].upper()
    return f"{words[:_LONGEST]}{digits}{kind}"


def _noun(kind: Kind) -> str:
    """Return what sentences call a kind."""
    return "event rule" if kind == "EventRule" else kind.lower()
