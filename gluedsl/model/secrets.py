"""Which values must never be shown: run properties, job arguments and tags that look like secrets.

Comes in: a key and its value. Goes out: the value, or a mask in place of it or of what it holds under a secret's name.
Better one harmless value masked than one secret printed.
"""

from __future__ import annotations

import re

MASK = "***"
"""What stands in a secret's place; always as long, so that it says nothing of the value."""

_KEY = re.compile(
    "password|passwd|passphrase|secret|token|credential|apikey|accesskey|privatekey|signingkey|encryptionkey|connectionstring"
)
"""Looked for in a key that is lower-cased and has lost its separators."""
_WORDS = frozenset({"pwd", "pass", "auth", "authorization"})
"""Too short or too common inside other words: only a whole word counts."""
_VALUE = re.compile(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"  # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|://[^/\s:@]*:[^/\s@]+@"  # a URL with a password
    r"|jdbc:oracle:\w+:[^/\s:@]+/[^\s@]{1,200}@"  # https://docs.oracle.com/en/database/oracle/oracle-database/19/jjdbc/
)
_NAME = re.compile(
    r"""
      (?<![\w./-]) (?P<key>[\w.-]+) \s* = \s*                       # password=, but no partition of a path
    | (?<!\\) (?P<quote>\\{0,9}["']) (?P<member>[\w.-]+) (?P=quote) \s* : \s*   # "password":
    """,
    re.VERBOSE,
)
"""What stands before a value inside a longer text: of settings, of a connection, of JSON."""
_HELD = re.compile(
    r"""
      " (?:[^"\\]|\\.)* "?
    | ' (?:[^'\\]|\\.)* '?
    | \\{1,9}["'] .*? (?: \\{1,9}["'] | \Z )                         # JSON inside of JSON
    | (?:Bearer|Basic) \s+ \S+
    | (?:[^\s"'&;,}\]] | [&;,](?!\s|\Z|[\w.-]+\s*=) | [}\]](?!\s|\Z|[,}\]]))+
    """,
    re.VERBOSE | re.DOTALL,
)
"""Such a value: in quotes, or up to what separates it from the next."""
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def words_of(key: str) -> list[str]:
    """Return the words of a key in lower case: `dbPassword`, `db_password` and `DB-PASSWORD` have the same two."""
    return [word.lower() for word in _WORD.findall(key)]


def looks_secret(key: str) -> bool:
    """Return whether a property or argument of this name is likely to hold a secret."""
    words = words_of(key)
    return _KEY.search("".join(words)) is not None or not _WORDS.isdisjoint(words)


def shown(key: str, value: str) -> str:
    """Return `value` as it may be shown: masked where the key, the value or a part of it looks like a secret."""
    if looks_secret(key) or _VALUE.search(value):
        return MASK
    return _without_secrets(value)


def _without_secrets(text: str) -> str:
    parts, done, position = [], 0, 0
    while (name := _NAME.search(text, position)) is not None:
        position = name.end()
        held = _HELD.match(text, position)
        if held is not None and looks_secret(name["key"] or name["member"]):
            parts += [text[done:position], MASK]
            done = position = held.end()
    return "".join([*parts, text[done:]])
