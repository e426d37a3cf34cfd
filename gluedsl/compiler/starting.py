"""Run properties that a start brings, against the class that a workflow declares for them.

Comes in: a compilation, and texts by name. Goes out: nothing, or a refusal. A workflow without a class takes any name
and any text, as Glue does.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from gluedsl.errors import UsageError
from gluedsl.worker.properties import declared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.compiler.pipeline import Compilation

_OF_GLUE = "aws:"
"""What names of run properties begin with that Glue sets, such as `aws:eventIds`."""
_WRITTEN = {
    "bool": "true or false",
    "int": "a whole number, such as 42",
    "float": "a number, such as 0.5",
    "date": "a day, such as 2026-01-31",
    "datetime": "a moment, such as 2026-01-31T02:00:00+00:00",
    "list": 'JSON, such as ["a", "b"]',
    "dict": 'JSON, such as {"a": 1}',
}


def require_properties(compilation: Compilation, workflow: str, given: Mapping[str, Any]) -> None:
    """Raise UsageError for a run property that the workflow's class does not declare, or of which it is no value."""
    properties = compilation.typed.get(workflow)
    if properties is None:
        return
    known = declared(properties)
    for key, text in given.items():
        if key.startswith(_OF_GLUE):
            continue
        if key not in known:
            message = f"workflow `{workflow}` has no run property `{key}`: {properties.__name__} does not declare it"
            near = difflib.get_close_matches(key, known, n=1)
            listed = ", ".join(f"`{name}`" for name in known) or "none"
            raise UsageError(message, hint=f"did you mean `{near[0]}`?" if near else f"it declares {listed}")
        kind = known[key].kind.__name__
        if not isinstance(text, str):
            message = f"run property `{key}` of workflow `{workflow}` is given {text!r}, and Glue stores strings"
            raise UsageError(message, hint=f"give a text: {_WRITTEN.get(kind, 'as it is')}")
        try:
            known[key].decode(text)
        except ValueError:
            message = f"run property `{key}` of workflow `{workflow}` takes {kind}, not {text!r}"
            raise UsageError(message, hint=f"give {_WRITTEN[kind]}") from None
