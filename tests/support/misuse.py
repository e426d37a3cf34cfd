"""What gluedsl says to a misuse of its words, which is written as text since no type checker takes it."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest

import gluedsl
from gluedsl.errors import DeclarationError


class Sales(gluedsl.RunProperties):
    """Run properties for texts to name."""

    env: str = "prod"
    orders_rows: int = 0


def refusal(text: str) -> tuple[str, str]:
    """Return the message and the hint that statements are refused with.

    They may use gluedsl's words, `Sales`, a workflow `w`, a job `a` and a crawler `c`.
    """
    names: dict[str, Any] = {name: getattr(gluedsl, name) for name in gluedsl.__all__}
    names |= {"__name__": "flow", "Sales": Sales, "w": gluedsl.Workflow("w")}
    names["a"] = names["w"].add(gluedsl.PythonShellJob("a", script="s3://b/a.py"))
    names["c"] = names["w"].add(gluedsl.Crawler("c", targets="s3://b/c/"))
    with pytest.raises(DeclarationError) as raised:
        exec(textwrap.dedent(text), names)  # noqa: S102 -- the tests' own texts
    return raised.value.message, raised.value.hint
