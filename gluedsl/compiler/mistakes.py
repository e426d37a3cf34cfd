"""What an exception says that an author's line raised: in gluedsl's own words where it is about gluedsl.

Comes in: the exception, and the line. Goes out: a message, a hint, and the smallest text that is wrong. Python tells
of a call with other arguments, or of a name that is not there, in words for whoever wrote the function; an author is
told what there is. What is not recognised stays as Python says it.
"""

from __future__ import annotations

import inspect
import re
import sys
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

import gluedsl
from gluedsl.dsl import nodes, options, outcomes, workflow
from gluedsl.dsl.misuse import meant
from gluedsl.errors import DeclarationError
from gluedsl.worker.properties import RunProperties, declared

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from gluedsl.source.capture import CallSite
    from gluedsl.source.locate import Locator, Syntax
    from gluedsl.source.span import Span

_ROOMS = (gluedsl, nodes, outcomes, workflow)
"""Where what authors call is found by the name that Python says."""
_CALL = re.compile(r"([\w.]+)\(\) (.*)", re.DOTALL)
_UNEXPECTED = re.compile(r"got an unexpected keyword argument '(\w+)'")
_MISSING = re.compile(r"missing \d+ required (?:positional|keyword-only) arguments?: (.*)", re.DOTALL)
_TWICE = re.compile(r"got multiple values for argument '(\w+)'")
_TOO_MANY = re.compile(r"takes .* positional arguments? but (\d+) ")
_NO_SUCH_NAME = re.compile(r"cannot import name '(\w+)' from 'gluedsl")
_ABOUT = re.compile(r"(?:.* takes no argument `)?(\w+)(?:=|`$)")
"""The argument that a refusal of gluedsl's own is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What is told of an exception."""

    message: str
    hint: str
    span: Span


def mistake(error: BaseException, site: CallSite, names: Mapping[str, Any], locator: Locator) -> Mistake | None:
    """Return what an exception says of gluedsl to the author; None if it is about something else.

    Args:
        error: raised at `site`, or by gluedsl below it.
        site: in the author's own file.
        names: what the names there stand for.
        locator: knows the text.
    """
    span, call = locator.instruction(site), locator.syntax(site)
    match error:
        case DeclarationError():
            return Mistake(message=error.message, hint=error.hint, span=_argument(error.message, call) or span)
        case TypeError():
            return _of_call(str(error), names, call, span)
        case AttributeError(name=str(name)) if _is_of_gluedsl(error.obj):
            return _of_attribute(error.obj, name, span)
        case ImportError(name=str(module)) if found := _NO_SUCH_NAME.match(str(error)):
            known = getattr(sys.modules[module], "__all__", None) or _public(sys.modules[module])
            at = locator.file(site.file).imported(span.line, found[1])
            return Mistake(message=f"{module} has no `{found[1]}`", hint=_near(found[1], known), span=at or span)
        case NameError(name=str(name)):
            is_ours = name in gluedsl.__all__
            hint = f"write `from gluedsl import {name}`" if is_ours else _near(name, [*names])
            return Mistake(message=f"NameError: {error}", hint=hint, span=span)
        case _:
            return None


def _argument(message: str, call: Syntax | None) -> Span | None:
    """Return the argument of a call that a refusal is about."""
    about = _ABOUT.match(message)
    if call is None or about is None:
        return None
    if "takes no argument" in message:
        return call.keywords().get(about[1])
    value = call.argument(about[1])
    return value.span if value is not None else None


def _of_call(text: str, names: Mapping[str, Any], call: Syntax | None, span: Span) -> Mistake | None:
    """Read what Python says of a call whose arguments do not fit."""
    said = _CALL.match(text)
    function = _called(said[1], names) if said else None
    if said is None or function is None:
        return None
    owner = said[1].removesuffix(".__init__") if said[1].endswith(".__init__") else f"{said[1].rpartition('.')[2]}()"
    known, by_position = _parameters(function)
    keywords = call.keywords() if call is not None else {}
    if found := _UNEXPECTED.match(said[2]):
        unknown = found[1]
    else:  # a name that is misspelt is told before the one that is missing for it
        unknown = next((name for name in keywords if name not in known), "")
    if unknown:
        message = f"{owner} takes no argument `{unknown}`"
        return Mistake(message=message, hint=meant(unknown, known, "it takes"), span=keywords.get(unknown, span))
    if found := _MISSING.match(said[2]):
        missing = re.findall(r"'(\w+)'", found[1])
        listed = " and ".join(f"`{name}`" if name in by_position else f"`{name}=`" for name in missing)
        return Mistake(message=f"{owner} needs {listed}", hint=_help(owner, missing), span=span)
    if found := _TWICE.match(said[2]):
        message = f"{owner} is given `{found[1]}` twice: by its place and by its name"
        return Mistake(message=message, hint="leave one of them out", span=keywords.get(found[1], span))
    if _TOO_MANY.match(said[2]):
        placed = " and ".join(f"`{name}`" for name in by_position)
        others = ", ".join(f"{name}=" for name in sorted(known - set(by_position)))
        message = f"{owner} takes no argument by its place" + (f" but {placed}" if placed else "")
        return Mistake(message=message, hint=f"give the others by name: {others}" if others else "", span=span)
    return None


def _called(qualified: str, names: Mapping[str, Any]) -> Callable[..., object] | None:
    """Return the function of gluedsl that Python's name for it means, unless it means one of the author's own."""
    first, *rest = qualified.split(".")
    own = names.get(first)
    if own is not None and not str(getattr(own, "__module__", "")).startswith("gluedsl."):
        return None
    for room in _ROOMS:
        found: Any = getattr(room, first, None)
        for part in rest:
            found = getattr(found, part, None)
        if found is not None:
            made: Callable[..., object] = found
            return made
    return None


def _parameters(function: Callable[..., object]) -> tuple[set[str], list[str]]:
    """Return the names of all arguments that a function takes, and of those that need none."""
    known: set[str] = set()
    by_position: list[str] = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:  # `**options: Unpack[SparkJobOptions]`
            taken = getattr(options, str(parameter.annotation)[len("Unpack[") : -1], None)
            known |= taken.__annotations__.keys() if taken is not None else set()
        elif name != "self" and parameter.kind is not parameter.VAR_POSITIONAL:
            known.add(name)
            if parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
                by_position.append(name)
    return known, by_position


def _help(owner: str, missing: list[str]) -> str:
    made = getattr(nodes, owner, None)
    if "script" in missing and isinstance(made, type) and issubclass(made, nodes.Job):
        return f'give the path of a file, script="jobs/load.py"; a function becomes a job by @workflow.{made.decorator}'
    return ""


def _is_of_gluedsl(value: object) -> bool:
    if isinstance(value, ModuleType):
        return value.__name__.partition(".")[0] == "gluedsl"
    if isinstance(value, type):
        return issubclass(value, RunProperties)
    return type(value).__module__.startswith("gluedsl.")


def _of_attribute(value: Any, name: str, span: Span) -> Mistake:
    if isinstance(value, type):
        message = f"{value.__name__} declares no run property `{name}`"
        return Mistake(message=message, hint=meant(name, declared(value), "it declares"), span=span)
    known = _public(value if isinstance(value, ModuleType) else type(value))
    message = f"{_shown(value)} has no `{name}`"
    if not isinstance(value, outcomes.Node):
        return Mistake(message=message, hint=_near(name, known), span=span)
    ends = [one for one in known if isinstance(getattr(type(value), one, None), property)]
    of_others = name not in ends and any(hasattr(kind, name) for kind in (outcomes.JobNode, outcomes.CrawlerNode))
    hint = "" if of_others else _near(name, known)
    return Mistake(message=message, hint=hint or f"its outcomes are {', '.join(ends)}", span=span)


def _near(name: str, known: Collection[str]) -> str:
    hint = meant(name, known, "")
    return hint if hint.startswith("did you mean") else ""


def _public(value: object) -> list[str]:
    return [name for name in dir(value) if not name.startswith("_")]


def _shown(value: object) -> str:
    match value:
        case ModuleType():
            return value.__name__
        case outcomes.Node():
            return f"{value.noun} `{value.name}`"
        case workflow.Workflow() | workflow.Trigger():
            return f"{type(value).__name__.lower()} `{value.name}`"
        case _:
            return f"a {type(value).__name__}"
