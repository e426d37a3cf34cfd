"""Which keys and values are secrets that must not be written down in a definition."""

from __future__ import annotations

import re

from gluedsl.model.secrets import MASK, looks_secret, shown, words_of

_REFERENCE = re.compile(r"arn:|\{\{resolve:|\$\{|s3://|/|ssm:|secretsmanager:", re.IGNORECASE)
"""What the text of a place begins with where a secret is kept."""
_OF_A_SECRET = frozenset(
    """
    arn arns bucket column columns count enabled endpoint expiry field file id ids length location manager name names
    parameter path policy prefix provider ref reference region required rotation seconds store table ttl type uri url
    version
    """.split()  # noqa: SIM905 -- a list of forty strings says no more
)
"""Last words of keys that say something of a secret, and not the secret."""


def names_secret(key: str) -> bool:
    """Whether what has this name is likely to be a secret itself."""
    return looks_secret(key) and words_of(key)[-1] not in _OF_A_SECRET


def holds_secret(key: str, value: object) -> bool:
    """Whether a value is likely to be a secret itself, not a number, a switch, or the place where one is kept."""
    if not isinstance(value, str):
        return False
    if shown("", value) == MASK:
        return True
    is_harmless = not value or value.lower() in {"true", "false", "none", "null"} or value.replace(".", "").isdecimal()
    return names_secret(key) and not is_harmless and not _REFERENCE.match(value)
