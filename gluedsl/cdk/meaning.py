"""What a token of the CDK means, as far as it can be known before the synthesis.

Comes in: a construct, and a token in its stack. Goes out: what tells the token from every other: what CloudFormation
would be told, and of another stack's resource also which stack that is. Logical ids are unique in a stack alone, and
two stacks of one application often have the same.

Only what names a resource, or is a function of CloudFormation's, is asked. A `Lazy` is not: it would keep what it says
now, and the application may still change its mind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aws_cdk import Intrinsic, Reference, Stack, Tokenization

if TYPE_CHECKING:
    from collections.abc import Callable

    from constructs import IConstruct


def meaning_in(scope: IConstruct) -> Callable[[str], Any]:
    """Return what returns the meaning of a token in the stack around a construct; None: only the synthesis may ask."""

    def meaning(token: str) -> Any:
        found = Tokenization.reverse_string(token).first_token
        if not isinstance(found, Intrinsic):
            return None
        stack = Stack.of(scope)
        means = stack.resolve(token)
        if not isinstance(found, Reference):
            return means
        other = Stack.of(found.target)
        return means if other is stack else [other.node.path, means]

    return meaning
