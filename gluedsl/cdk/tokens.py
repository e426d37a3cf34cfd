"""Tokens of the CDK in what authors declare: values that only the synthesis, or the deployment, knows.

Comes in: a text with `${Token[...]}` in it. Goes out: the same text with a stand-in, a word that is a legal part of any
name, path or ARN, so that all that reads the text can; and the way back. A stand-in follows from what the token means,
never from its number: numbers change with every token that an application makes before.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(r"\$\{Token\[([^\]]*)\]\}")
_LIST = "#{Token["
_STAND_IN = re.compile(r"token[0-9a-f]{12}")
_LEAST_NUMBER = -1e288
"""Below it are the numbers that the CDK has its number tokens look like."""
_HINT = "use add_property_override on the handle, such as `.jobs[...]`"


def has_token(text: str) -> bool:
    """Tell whether a text has a token in it."""
    return "Token[" in text and (_TOKEN.search(text) is not None or _LIST in text)


def is_number_token(value: object) -> bool:
    """Tell whether a number is a token."""
    return isinstance(value, float) and value < _LEAST_NUMBER


def refuse(what: str) -> UsageError:
    """Return the error of a token where gluedsl needs to know the value."""
    return UsageError(f"{what} cannot be a token: it is known only when it is deployed", hint=_HINT)


@dataclass(slots=True)
class Tokens:
    """The tokens of one construct."""

    resolve: Callable[[str], Any]
    """Returns what a token means in the stack, as CloudFormation writes it."""
    _stand_ins: dict[str, str] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there has been no token so far."""
        return not self._tokens

    def stand_in(self, token: str) -> str:
        """Return the word that stands for a token."""
        if token not in self._stand_ins:
            meaning = json.dumps(self.resolve(token), sort_keys=True, default=str)
            word = f"token{hashlib.sha256(meaning.encode()).hexdigest()[:12]}"
            self._stand_ins[token] = word
            self._tokens.setdefault(word, token)
        return self._stand_ins[token]

    def read(self, text: str) -> str:
        """Return a text with stand-ins for its tokens.

        Raises:
            UsageError: it is an item of a list that is a token itself.
        """
        if not has_token(text):
            return text
        if _LIST in text:
            what = "a list of names"
            raise refuse(what)
        return _TOKEN.sub(lambda found: self.stand_in(found[0]), text)

    def written(self, text: str) -> str:
        """Return a text with the tokens that its stand-ins stand for."""
        if not self._tokens or "token" not in text:
            return text
        return _STAND_IN.sub(lambda found: self._tokens.get(found[0], found[0]), text)

    def shown(self, text: str) -> str:
        """Return a text as people know it: with the CDK's name of a token, without its number."""
        return _TOKEN.sub(_hinted, self.written(text))

    def parts(self, text: str) -> list[tuple[str, str]]:
        """Return the stand-ins of a text, each with its token."""
        found = dict.fromkeys(_STAND_IN.findall(text)) if self._tokens and "token" in text else {}
        return [(word, self._tokens[word]) for word in found if word in self._tokens]


def _hinted(found: re.Match[str]) -> str:
    hint = found[1].rpartition(".")[0]
    return "${Token}" if hint in {"", "TOKEN"} else f"${{{hint}}}"
