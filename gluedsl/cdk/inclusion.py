"""A template with tokens, as constructs.

Comes in: a template in which stand-ins are in the place of tokens. Goes out: a `CfnInclude`, which makes each resource
a typed construct (`CfnJob`, `CfnTrigger`, ...), at less than half of what it costs to make them one by one from Python;
tags, aspects, overrides and tokens work on them as on any other. The template is read once, from a file that is gone
afterwards.

A text with a token in it is a text that the CDK resolves; so tokens go into the file as they are. Only `Fn::Sub` would
take them for names of its own: it is given them in its map, by names that people can read in a `cdk diff`.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from aws_cdk.cloudformation_include import CfnInclude

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs import Construct

    from gluedsl.cdk.tokens import Tokens

_SECTIONS = ("Parameters", "Resources", "Outputs")
"""What a stack may have of several templates; its description is its owner's."""


def included(scope: Construct, template: Mapping[str, Any], tokens: Tokens) -> CfnInclude:
    """Place the resources of a template under a construct."""
    wanted = {section: _written(template[section], tokens) for section in _SECTIONS if section in template}
    # CfnInclude reads a file, and reads it while it is made.
    with TemporaryDirectory() as folder:
        file = Path(folder, "template.json")
        file.write_text(json.dumps(wanted, separators=(",", ":")), encoding="utf-8")
        return CfnInclude(scope, "Template", template_file=str(file))


def _written(value: Any, tokens: Tokens) -> Any:
    """Return a part of a template with tokens for their stand-ins."""
    if tokens.is_empty:
        return value
    match value:
        case str():
            return tokens.written(value)
        case {"Fn::Sub": str(text)} if tokens.parts(text):
            return {"Fn::Sub": list(tokens.substitution(text))}
        case dict():
            return {key: _written(inner, tokens) for key, inner in value.items()}
        case list():
            return [_written(inner, tokens) for inner in value]
        case _:
            return value
