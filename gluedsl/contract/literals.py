"""Types of values that are written out: what is certain without following anything."""

from __future__ import annotations

import ast


def literal_type(node: ast.expr) -> str | None:
    """Return the name of the type of a constant, a signed number, or a list, dict, tuple or set; None of all else."""
    match node:
        case ast.Constant(value=value):
            return "None" if value is None else type(value).__name__
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=ast.Constant(value=int() | float() as number)):
            return "int" if isinstance(number, bool) else type(number).__name__
        case ast.JoinedStr():
            return "str"
        case ast.List() | ast.Dict() | ast.Tuple() | ast.Set():
            return type(node).__name__.lower()
        case _:
            return None
