"""What all rules share that report what the API's own model does not allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.rules.limits.owners import owner
from gluedsl.rules.rule import Rule
from gluedsl.rules.wording import choices, did_you_mean, shortened
from gluedsl.spelling.limits import Absent, Choice, Pattern, Range, Size, Unknown, WrongType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Path
    from gluedsl.rules.rule import Context
    from gluedsl.spelling.limits import Violation


class ApiRule(Rule):
    """A rule that reports the violations that are its own."""

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield what the API's model does not allow, as far as it is this rule's."""
        prefixes = _prefixes(context)
        for violation in context.violations:
            if owner(violation) != self.code:
                continue
            if violation.member == "Name" and str(_value(context.project, violation.path)).startswith(prefixes):
                # It is derived from the workflow's name, of which WF001 says so.
                continue
            yield self.finding(
                f"{violation.value} of {violation.owner} {_fault(violation)}",
                context.span(*violation.path),
                help=_advice(violation),
            )


def _prefixes(context: Context) -> tuple[str, ...]:
    """Return what derived names begin with in workflows that cannot have their names."""
    wrong = (one for one in context.violations if one.operation == "CreateWorkflow" and one.member == "Name")
    return tuple(f"{_value(context.project, one.path)}-" for one in wrong)


def _value(holder: Any, path: Path) -> Any:
    for part in path:
        holder = getattr(holder, part) if isinstance(part, str) else holder[part]
    return holder


def _fault(violation: Violation) -> str:  # noqa: PLR0911 -- one for each kind of problem
    match violation.problem:
        case Size(actual=0):
            return "is empty"
        case Size() as size:
            return f"has {_length(size)}, and Glue allows {_limits(size.least, size.most)}{_unit(size)}"
        case Range(actual=actual, least=least, most=most):
            return f"is {actual:g}, and Glue allows {_limits(least, most)}"
        case Choice(actual=actual):
            return f"is `{_short(actual)}`, which Glue does not have"
        case Pattern(character=str(character)):
            return f"has the character U+{ord(character):04X}, which Glue does not allow in it"
        case Pattern(actual=actual):
            return f"is `{_short(actual)}`, which is not of the form that Glue asks for"
        case WrongType(actual=actual, wanted=wanted):
            return f"is of type `{actual}`, and Glue takes {wanted}"
        case Absent(member=member):
            return f"lacks `{member}`"
        case Unknown(member=member):
            return f"has `{member}`, which is no member of it"


def _advice(violation: Violation) -> tuple[str, ...]:
    match violation.problem:
        case Choice(actual=actual, choices=known):
            return (*did_you_mean(actual, known, likeness=0.7), f"Glue has {choices(known)}")
        case Pattern(character=None, pattern=pattern):
            return (f"write what matches `{pattern}`",)
        case Unknown(member=member, known=known) if known:
            return did_you_mean(member, known)
        case _:
            return ()


def _length(size: Size) -> str:
    if size.unit == "entry":
        return f"{size.actual:,} {'entry' if size.actual == 1 else 'entries'}"
    in_characters = "" if size.characters is None else f" in {size.characters:,} characters"
    return f"{size.actual:,} {'byte' if size.actual == 1 else 'bytes'}{in_characters}"


def _unit(size: Size) -> str:
    return " bytes" if size.characters is not None else ""


def _limits(least: float | None, most: float | None) -> str:
    if least and most is not None:
        return f"{least:,} to {most:,}"
    return f"{most:,} at most" if most is not None else f"{least:,} or more"


def _short(text: str) -> str:
    shown = text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text
    return shortened(shown)
