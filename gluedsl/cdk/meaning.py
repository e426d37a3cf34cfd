"""What a token of the CDK means, as far as it can be known before the synthesis.

Comes in: a construct, and a token in its stack. Goes out: what tells the token from every other: what CloudFormation
would be told, and of another stack's resource also which stack that is. Logical ids are unique in a stack alone, and
two stacks of one application often have the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aws_cdk import Reference, Stack, Tokenization

if TYPE_CHECKING:
    from collections.abc import Callable

    from constructs import IConstruct


def meaning_in(scope: IConstruct) -> Callable[[str], Any]:
    """Return what returns the meaning of a token in the stack around a construct."""

    def meaning(token: str) -> Any:
        stack = Stack.of(scope)
        means = stack.resolve(token)
        found = Tokenization.reverse_string(token).first_token
        if not isinstance(found, Reference):
            return means
        other = Stack.of(found.target)
        return means if other is stack else [other.node.path, means]

    return meaning
