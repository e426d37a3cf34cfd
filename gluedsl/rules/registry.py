"""All rules there are.

Rules are found by walking the folders of this package: a file with a rule in it is a rule,
so that none can be written and then forgotten in a table.
"""

from __future__ import annotations

import inspect
import pkgutil
from functools import cache
from importlib import import_module

import gluedsl.rules
from gluedsl.rules.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return one of each rule, by code."""
    found: list[Rule] = []
    for module in pkgutil.walk_packages(gluedsl.rules.__path__, "gluedsl.rules."):
        if module.ispkg or module.name == __name__:
            continue
        for member in vars(import_module(module.name)).values():
            is_own = isinstance(member, type) and member.__module__ == module.name
            if is_own and issubclass(member, Rule) and not inspect.isabstract(member) and hasattr(member, "code"):
                found.append(member())
    return tuple(sorted(found, key=lambda rule: rule.code))
