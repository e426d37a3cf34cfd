"""The pack of rules inside cfn-lint, without cfn-lint's own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from cfnlint.config import ConfigMixIn
from cfnlint.decode.decode import decode_str
from cfnlint.rules import Rules
from cfnlint.runner.template import run_template_by_data

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def pack() -> Any:
    """Return the rules of the pack, as cfn-lint collects them."""
    return Rules.create_from_module("gluedsl.cfnlint")


def linted(text: str, **config: Any) -> list[str]:
    """Return each finding as `ID line:column message`, with cfn-lint's options in their long form."""
    template, errors = decode_str(text)
    options: Mapping[str, Any] = {"regions": ["us-east-1"], "include_checks": ["I"], **config}
    matches = errors or run_template_by_data(template, ConfigMixIn([], **options), pack())
    return sorted(
        (f"{one.rule.id} {one.linenumber}:{one.columnnumber} {one.message}" for one in matches),
        key=lambda line: int(line.split(" ", 1)[1].partition(":")[0]),
    )
