"""Tokens of the CDK in what authors declare: values that only the synthesis, or the deployment, knows.

Comes in: a text with `${Token[...]}` in it. Goes out: the same text with a stand-in, a word that is a legal part of any
name, path or ARN, so that all that reads the text can; and the way back. A stand-in follows from what the token means,
never from its number: numbers change with every token that an application makes before. A `Lazy` must not be asked
before the synthesis; its stand-in follows from the construct that it is placed by, and from how many such tokens the
construct has met before.

A token that is the whole URI of something in S3 has a stand-in of that form, `s3://WORD/WORD`: whoever takes the URI
apart, for a policy, finds a bucket and what is in it.
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
_OF_PLACE = re.compile(r"((?:s3://)?(token[0-9a-f]{12})(?:/\2)?)(\.[a-z0-9]{1,8}\b)?")
"""A stand-in, or one that has the form of a URI, whole or without its beginning; and the ending of a file."""
_ENDING = re.compile(r"\.[a-z0-9]{1,8}$")
_LEAST_NUMBER = -1e288
"""Below it are the numbers that the CDK has its number tokens look like."""
_HINT = "use add_property_override on the handle, such as `.jobs[...]`"


def has_token(text: str) -> bool:
    """Tell whether a text has a token in it."""
    return "Token[" in text and (_TOKEN.search(text) is not None or _LIST in text)


def is_of_list(text: str) -> bool:
    """Tell whether a text is the one item of a list that is a token."""
    return _LIST in text


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
    """Returns what a token means in the stack, as CloudFormation writes it; None: only the synthesis may ask."""
    place: Callable[[], str] = str
    """Returns the path of the construct: it tells tokens of no known meaning from those of other constructs."""
    _stand_ins: dict[str, str] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)
    _meanings: dict[str, Any] = field(default_factory=dict)
    _unknown: int = 0
    _places: dict[str, Any] = field(default_factory=dict)
    """What CloudFormation is to write for a stand-in of the form of a URI, and for the parts of one."""

    @property
    def is_empty(self) -> bool:
        """Whether there has been no token so far."""
        return not self._tokens

    def stand_in(self, token: str) -> str:
        """Return the word that stands for a token."""
        if token not in self._stand_ins:
            word = self._word(token)
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
        if is_of_list(text):
            what = "a list of names"
            raise refuse(what)
        return _TOKEN.sub(lambda found: self.stand_in(found[0]), text)

    def read_place(self, text: str) -> str:
        """Return the URI of something in S3 with stand-ins for its tokens; it may begin with one."""
        first = _TOKEN.match(text)
        if first is None:
            return self.read(text)
        rest = text[first.end() :]
        return self._place_of(first[0], is_whole=not rest) + self.read(rest)

    def is_place(self, text: str) -> bool | None:
        """Tell whether a text that begins with a token is the URI of something in S3; None: nothing tells."""
        first = _TOKEN.match(text)
        if first is None:
            return False
        rest = text[first.end() :]
        if rest.startswith("/") or _spelled(self._meaning(first[0])).startswith("s3://"):
            return True
        return False if rest else None

    def written(self, text: str) -> str:
        """Return a text with the tokens that its stand-ins stand for."""
        if not self._tokens or "token" not in text:
            return text
        if "s3://token" in text:
            text = _OF_PLACE.sub(self._uri, text)
        return _STAND_IN.sub(lambda found: self._tokens.get(found[0], found[0]), text)

    def shown(self, text: str) -> str:
        """Return a text as people know it: with the CDK's name of a token, without its number."""
        return _TOKEN.sub(_hinted, self.written(text))

    def parts(self, text: str) -> list[tuple[str, str]]:
        """Return the stand-ins of a text, each with its token."""
        found = dict.fromkeys(_STAND_IN.findall(text)) if self._tokens and "token" in text else {}
        return [(word, self._tokens[word]) for word in found if word in self._tokens]

    def substitution(self, text: str) -> tuple[str, dict[str, Any]]:
        """Return the text of an `Fn::Sub` with names for its stand-ins, and what each name is given."""
        names: dict[str, Any] = {}

        def named(word: str, value: Any) -> str:
            token = self._tokens[word]
            plain = name = _name_of(token, self._meaning(token))
            number = 1
            while names.get(name, value) != value or f"${{{name}}}" in text:
                number += 1
                name = f"{plain}{number}"
            names[name] = value
            return f"${{{name}}}"

        def replaced(found: re.Match[str]) -> str:
            part, rest = self._split(found)
            if part:
                return named(found[2], self._places[part]) + rest
            known = self._tokens
            return _STAND_IN.sub(lambda one: named(one[0], known[one[0]]) if one[0] in known else one[0], found[0])

        return _OF_PLACE.sub(replaced, text), names

    def _uri(self, found: re.Match[str]) -> str:
        part, rest = self._split(found)
        return f"{self._places[part]}{rest}" if part.startswith("s3://") else found[0]

    def _split(self, found: re.Match[str]) -> tuple[str, str]:
        """Return the stand-in of the form of a URI that was found, or a part of one, and what is behind it."""
        for part, rest in ((found[0], ""), (found[1], found[3] or "")):
            if part in self._places:
                return part, rest
        return "", found[0]

    def _word(self, token: str, form: str = "") -> str:
        meaning = form + json.dumps(self._meaning(token), sort_keys=True, default=str)
        return f"token{hashlib.sha256(meaning.encode()).hexdigest()[:12]}"

    def _meaning(self, token: str) -> Any:
        if token not in self._meanings:
            meaning = self.resolve(token)
            if meaning is None:
                self._unknown += 1
                meaning = [self.place(), self._unknown]
            self._meanings[token] = meaning
        return self._meanings[token]

    def _place_of(self, token: str, *, is_whole: bool) -> str:
        """Return the URI that stands for a token; with the ending of a file, if the meaning of the token has it."""
        word = self._word(token, "s3://")
        ending = _ENDING.search(_spelled(self._meaning(token))) if is_whole else None
        inside = f"{word}/{word}{ending[0] if ending else ''}"
        self._tokens.setdefault(word, token)
        self._places |= {
            f"s3://{inside}": token,
            inside: {"Fn::Select": [1, {"Fn::Split": ["s3://", token]}]},
            # Between the slashes of s3://bucket/key, the bucket is the third part.
            word: {"Fn::Select": [2, {"Fn::Split": ["/", token]}]},
        }
        return f"s3://{inside}"


def _spelled(meaning: Any) -> str:
    """Return the text of a meaning that is spelled out in a template, with its placeholders; nothing if it is not."""
    match meaning:
        case str(text) | {"Fn::Sub": str(text) | [str(text), _]}:
            return text
        case _:
            return ""


def _name_of(token: str, meaning: Any) -> str:
    """Return what an `Fn::Sub` calls a token: by the resource that it means, or by the CDK's name for it."""
    match meaning:
        case {"Ref": str(name)} | [str(), {"Ref": str(name)}]:
            pass
        case {"Fn::GetAtt": [str(resource), str(attribute)]} | [str(), {"Fn::GetAtt": [str(resource), str(attribute)]}]:
            name = f"{resource}{attribute}"
        case _:
            name = _hint(token)
    return re.sub("[^A-Za-z0-9]", "", name) or "Token"


def _hint(token: str) -> str:
    hint = token.removeprefix("${Token[").removesuffix("]}").rpartition(".")[0]
    return "" if hint == "TOKEN" else hint


def _hinted(found: re.Match[str]) -> str:
    return f"${{{_hint(found[0]) or 'Token'}}}"
