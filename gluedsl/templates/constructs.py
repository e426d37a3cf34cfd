"""The constructs of a CDK application that became resources.

Comes in: the metadata of a stack in a cloud assembly. Goes out: the path of each construct, by template and logical id.
A nested stack has a template of its own, in which the logical ids of its parent may stand again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LOGICAL_ID, _TEMPLATE = "aws:cdk:logicalId", "aws:cdk:templateFile"
_MAKER = re.compile(r"(.*/)([^/]+)\.NestedStack/\2\.NestedStackResource")
"""The path of the resource that makes a nested stack; the construct of that stack is its neighbour."""


def constructs_by_template(metadata: Mapping[str, Any], template: str) -> dict[str, dict[str, str]]:
    """Return paths by the name of a template and by logical id; `template` is that of the stack itself.

    A CDK before 2.274 does not say which template a nested stack has: there the path of its construct is its name.
    """
    made = (nested_stack(path.removeprefix("/")) for path, _ in _noted(metadata, _LOGICAL_ID))
    templates = {f"/{path}/": path for path in made if path is not None}
    templates |= {f"{path}/": name for path, name in _noted(metadata, _TEMPLATE)}
    constructs: dict[str, dict[str, str]] = {}
    for path, logical_id in _noted(metadata, _LOGICAL_ID):
        around = [scope for scope in _scopes(path) if scope in templates]
        name = templates[around[-1]] if around else template
        constructs.setdefault(name, {})[logical_id] = path.removeprefix("/")
    return constructs


def nested_stack(maker: str) -> str | None:
    """Return the path of a nested stack by that of the resource that makes it; None: it is no such resource."""
    found = _MAKER.fullmatch(f"/{maker}")
    return None if found is None else f"{found[1]}{found[2]}".removeprefix("/")


def _scopes(path: str) -> Iterator[str]:
    """Yield the paths of all constructs around one, the outermost first."""
    yield from (path[: at + 1] for at, character in enumerate(path) if character == "/")


def _noted(metadata: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    """Yield each text of a kind, with the path of the construct that it is about."""
    for path, entries in metadata.items():
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and entry.get("type") == kind and isinstance(entry.get("data"), str):
                yield path, entry["data"]
