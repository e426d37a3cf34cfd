"""Keys: where a name is said, when it is said through a variable."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gluedsl.contract.values import Text, alternatives, either

if TYPE_CHECKING:
    from gluedsl.contract.scope import Scope
    from gluedsl.contract.values import Value
    from gluedsl.contract.walk import Walk


def key(walk: Walk, node: ast.expr, scope: Scope) -> Value:
    """Return the worth of an expression that is a key, with its texts at the place that says them.

    That is the expression itself, as in `properties[ROWS]`; but the parameter of a function, or the variable of a
    loop, stands for several, and each is said where it is handed over.
    """
    return placed(walk.value(node, scope), node, scope)


def placed(value: Value, node: ast.expr, scope: Scope) -> Value:
    """Return the worth of such an expression where it has been worked out already."""
    if isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id in scope.handed_over):
        return value
    span = scope.file.span(node)
    return either(*(Text(one.text, span) if isinstance(one, Text) else one for one in alternatives(value)))
