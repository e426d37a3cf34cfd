"""A template with tokens, as constructs.

Comes in: a template in which stand-ins are in the place of tokens. Goes out: a `CfnInclude`, which makes each resource
a typed construct (`CfnJob`, `CfnTrigger`, ...), at less than half of what it costs to make them one by one from Python;
tags, aspects, overrides and tokens work on them as on any other. The template is read once, from a file that is gone
afterwards.

A text with a token in it is a text that the CDK resolves; so tokens go into the file as they are. Only `Fn::Sub` would
take them for names of its own: it is given them in its map.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from aws_cdk.cloudformation_include import CfnInclude

from gluedsl.cdk.tokens import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs import Construct

    from gluedsl.cdk.tokens import Tokens

_SECTIONS = ("Parameters", "Resources", "Outputs")
"""What a stack may have of several templates; its description is its owner's."""


def included(scope: Construct, template: Mapping[str, Any], tokens: Tokens) -> CfnInclude:
    """Place the resources of a template under a construct.

    Raises:
        UsageError: a token is where CloudFormation takes no value that is known only when it is deployed.
    """
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
        case {"Fn::Sub": str(text)} if parts := tokens.parts(text):
            names = dict(parts)
            for word in names:
                text = text.replace(word, f"${{{word}}}")
            return {"Fn::Sub": [text, names]}
        case dict():
            if any(tokens.parts(key) for key in value):
                what = "the name of a tag, an argument or a property"
                raise refuse(what)
            return {key: _written(inner, tokens) for key, inner in value.items()}
        case list():
            return [_written(inner, tokens) for inner in value]
        case _:
            return value
