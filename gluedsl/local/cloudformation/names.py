"""Names that CloudFormation makes up for what a template does not name."""

from __future__ import annotations

import hashlib

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SUFFIX = 12
_LONGEST = 255


def generated(stack_id: str, stack_name: str, logical_id: str, making: int) -> str:
    """Return the name of a resource: the same for the same stack, and another for each that replaces one.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
    """
    digest = hashlib.sha256(f"{stack_id}/{logical_id}/{making}".encode()).digest()
    suffix = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_SUFFIX])
    return f"{f'{stack_name}-{logical_id}'[: _LONGEST - _SUFFIX - 1]}-{suffix}"
