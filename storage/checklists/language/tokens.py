"""Cuts an expression into tokens, and says what to write instead where it cannot be read."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 2000
MOST_TOKENS = 400


class ExpressionError(ValueError):
    """An expression cannot be used: what is wrong, what to write, and at which character (from 0)."""

    def __init__(self, mistake: str, at: int = 0) -> None:
        super().__init__(mistake)
        self.mistake = mistake
        self.at = at


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `kind` is number, text, name, word, sign or end."""

    kind: str
    text: str
    at: int


_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<number>\d+(?:\.\d+)?|\.\d+)
  | (?P<text>'[^']*'|"[^"]*"|“[^”]*”|‘[^’]*’)
  | (?P<name>\$\{[^{}]*\})
  | (?P<word>[A-Za-z_](?:[A-Za-z0-9_:]|-(?=[A-Za-z]))*)
  | (?P<sign><=|>=|!=|==|<>|&&|\|\||[=<>+\-*/(),.])
    """,
    re.VERBOSE | re.ASCII,
)
_INSTEAD = {
    "==": "=",
    "<>": "!=",
    "&&": "and",
    "||": "or",
    "&": "and",
    "|": "or",
    "!": "not(…)",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "div",
    "–": "-",
    "−": "-",
    "%": "mod",
    ";": ",",
    "[": "(",
    "]": ")",
}
_DOLLAR = re.compile(r"\$\(?([A-Za-z_][\w.-]*)\)?", re.ASCII)


def tokens(text: str) -> list[Token]:
    """The tokens of an expression, with one that ends it. Raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(f"it is longer than {LONGEST} characters; split it into calculations")
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _unreadable(text, at)
        kind, words = match.lastgroup or "", match.group()
        if words in _INSTEAD:
            raise ExpressionError(f"write {_INSTEAD[words]} instead of {words}", at)
        if kind != "space":
            found.append(Token(kind, _content(kind, words), at))
        at = match.end()
    if len(found) > MOST_TOKENS:
        raise ExpressionError(f"it has more than {MOST_TOKENS} parts; split it into calculations")
    return [*found, Token("end", "", len(text))]


def _content(kind: str, words: str) -> str:
    match kind:
        case "text":
            return words[1:-1]
        case "name":
            return words[2:-1].strip()
        case _:
            return words


def _unreadable(text: str, at: int) -> ExpressionError:
    character = text[at]
    dollar = _DOLLAR.match(text, at)
    if dollar:
        return ExpressionError(f"write ${{{dollar[1]}}} instead of {dollar[0]}", at)
    if character == "$":
        return ExpressionError("after $ a name belongs in curly brackets, such as ${age}", at)
    if character in "'\"“‘":
        return ExpressionError(f"the quotation mark {character} is never closed", at)
    if character in "{}":
        return ExpressionError("a name is written with $ before its curly brackets, such as ${age}", at)
    if character in _INSTEAD:
        return ExpressionError(f"write {_INSTEAD[character]} instead of {character}", at)
    return ExpressionError(f"{character} means nothing here; leave it out", at)
