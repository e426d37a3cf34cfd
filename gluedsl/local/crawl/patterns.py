"""Exclude patterns: AWS's globs as regular expressions.

https://docs.aws.amazon.com/glue/latest/dg/define-crawler-choose-data-sources.html#crawler-data-stores-exclude
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gluedsl.local.crawl.failure import CrawlError

_NESTED = "groups cannot be nested"
_ESCAPES_NOTHING = "a `\\` escapes nothing"


def compiled(pattern: str) -> re.Pattern[str]:
    """Return the expression that matches, as a whole, what the pattern excludes below an include path."""
    return re.compile(_Translation(pattern).text(), re.DOTALL)


@dataclass(slots=True)
class _Translation:
    pattern: str
    at: int = 0
    in_group: bool = False

    def text(self) -> str:
        parts = []
        while self.at < len(self.pattern):
            parts.append(self._next())
        if self.in_group:
            raise self._broken(_unclosed("{"))
        return "".join(parts)

    def _next(self) -> str:  # noqa: PLR0911 -- one line a special character
        character = self.pattern[self.at]
        self.at += 1
        match character:
            case "*" if self.pattern.startswith("*", self.at):
                self.at += 1
                return ".*"
            case "*":
                return "[^/]*"
            case "?":
                return "[^/]"
            case "\\":
                return self._escaped()
            case "[":
                return self._bracket()
            case "{" if self.in_group:
                raise self._broken(_NESTED)
            case "{":
                self.in_group = True
                return "(?:"
            case "}" if self.in_group:
                self.in_group = False
                return ")"
            case "," if self.in_group:
                return "|"
            case _:
                return re.escape(character)

    def _escaped(self) -> str:
        if self.at == len(self.pattern):
            raise self._broken(_ESCAPES_NOTHING)
        self.at += 1
        return re.escape(self.pattern[self.at - 1])

    def _bracket(self) -> str:
        # "Within a bracket expression, the *, ?, and \ characters match themselves."
        start, end = self.at, self.pattern.find("]", self.at)
        body = self.pattern[start:end]
        if end < 0 or body in ("", "!"):
            raise self._broken(_unclosed("["))
        self.at = end + 1
        negated = body.startswith("!")
        body = body.removeprefix("!")
        first, rest = body[0], body[1:]
        # A hyphen stands for itself when it comes first, and for a range after that.
        members = re.escape(first) + "".join("-" if c == "-" else re.escape(c) for c in rest)
        expression = f"[{'^/' if negated else ''}{members}]"
        try:
            re.compile(expression)
        except re.error as error:
            why = f"`[{self.pattern[start:end]}]` is no set of characters"
            raise self._broken(why) from error
        return expression

    def _broken(self, why: str) -> CrawlError:
        return CrawlError(f"Exclude pattern `{self.pattern}`: {why}.")


def _unclosed(bracket: str) -> str:
    return f"a `{bracket}` is not closed"
