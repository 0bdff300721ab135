"""Reads an expression by the strength of its operators, and prints one in the same form.

Weakest first: or; and; = and !=; < <= > >=; + and -; * div mod; minus before a value. `not(…)` is a function, and
`not` before a comparison holds for the whole of it.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from storage.checklists.language.tokens import ExpressionError, Token, tokens
from storage.checklists.language.tree import Call, Minus, Name, Node, Number, Op, Own, Text

STRENGTH = {
    "or": 1, "and": 2, "=": 4, "!=": 4, "<": 5, "<=": 5, ">": 5, ">=": 5, "+": 6, "-": 6, "*": 7, "div": 7, "mod": 7,
}  # fmt: skip
_NOT, _MINUS = 3, 8
_DEEPEST = 30
_CONSTANTS = ("true", "false")


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The expression a text says. Raises ExpressionError with the correction and the place."""
    reader = _Reader(tokens(text))
    node = reader.expression(0)
    if reader.here.kind != "end":
        raise reader.surplus()
    return node


def show(node: Node) -> str:
    """An expression as it is written; reading that back gives the same expression."""
    match node:
        case Number():
            return format(node.value, "f")
        case Text():
            return f'"{node.value}"' if "'" in node.value else f"'{node.value}'"
        case Name():
            return f"${{{node.path}}}"
        case Own():
            return "."
        case Call():
            return f"{node.name}({', '.join(show(each) for each in node.given)})"
        case Minus():
            return f"-{_bracketed(node.of, _MINUS)}"
        case Op():
            strength = STRENGTH[node.sign]
            return f"{_bracketed(node.left, strength)} {node.sign} {_bracketed(node.right, strength + 1)}"


def _bracketed(node: Node, strength: int) -> str:
    """An operand, in brackets when it holds together less strongly than what stands around it."""
    own = STRENGTH[node.sign] if isinstance(node, Op) else _MINUS if isinstance(node, Minus) else _MINUS + 1
    return show(node) if own >= strength else f"({show(node)})"


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, found: list[Token]) -> None:
        self._found = found
        self._place = 0
        self._depth = 0

    @property
    def here(self) -> Token:
        """The token that comes next."""
        return self._found[self._place]

    def expression(self, strength: int) -> Node:
        """An expression whose operators all hold together more strongly than `strength`."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ExpressionError("it has too many brackets inside one another", self.here.at)
        node = self._start()
        while (mine := self._strength()) > strength:
            sign = self._next()
            node = Op("div" if sign.text == "/" else sign.text, node, self.expression(mine), sign.at)
        self._depth -= 1
        return node

    def surplus(self) -> ExpressionError:
        """What to say of a token that does not belong where it stands."""
        token = self.here
        if token.kind == "word" and token.text.lower() in STRENGTH:
            return ExpressionError(f"write {token.text.lower()} in small letters", token.at)
        if token.kind in ("number", "text", "name", "word"):
            shown = f"${{{token.text}}}" if token.kind == "name" else token.text
            return ExpressionError(
                f"something is missing before {shown}, such as and, or, = or a comma", token.at
            )
        return ExpressionError(f"{token.text or 'the end'} is not expected here", token.at)

    def _strength(self) -> int:
        token = self.here
        if token.kind == "sign" and token.text == "/":
            return STRENGTH["div"]
        return STRENGTH.get(token.text, 0) if token.kind in ("sign", "word") else 0

    def _next(self) -> Token:
        token = self.here
        if token.kind != "end":
            self._place += 1
        return token

    def _start(self) -> Node:
        token = self._next()
        match token.kind:
            case "number":
                return Number(Decimal(token.text), token.at)
            case "text":
                return Text(token.text, token.at)
            case "name":
                if not token.text:
                    raise ExpressionError("a name is missing between the curly brackets", token.at)
                return Name(token.text, token.at)
            case "word":
                return self._word(token)
            case "sign" if token.text == ".":
                return Own(token.at)
            case "sign" if token.text == "-":
                return Minus(self.expression(_MINUS), token.at)
            case "sign" if token.text == "(":
                node = self.expression(0)
                self._close(token)
                return node
            case "end":
                raise ExpressionError("the expression stops too early", token.at)
        raise ExpressionError(f"{token.text} is not expected here", token.at)

    def _word(self, token: Token) -> Node:
        if self.here.text == "(" and self.here.kind == "sign":
            opening = self._next()
            return Call(token.text, self._given(opening), token.at)
        if token.text == "not":
            return Call("not", (self.expression(_NOT),), token.at)
        if token.text in STRENGTH:
            raise ExpressionError(f"{token.text} needs something before it", token.at)
        if token.text.lower() in _CONSTANTS:
            raise ExpressionError(f"write {token.text.lower()}() instead of {token.text}", token.at)
        raise ExpressionError(
            f"write ${{{token.text}}} for the answer of that name, or '{token.text}' in quotation marks",
            token.at,
        )

    def _given(self, opening: Token) -> tuple[Node, ...]:
        found: list[Node] = []
        if self.here.text != ")" or self.here.kind != "sign":
            found.append(self.expression(0))
            while self.here.kind == "sign" and self.here.text == ",":
                self._next()
                found.append(self.expression(0))
        self._close(opening)
        return tuple(found)

    def _close(self, opening: Token) -> None:
        if self.here.kind == "end":
            raise ExpressionError("the bracket ( is never closed", opening.at)
        if self.here.text != ")" or self.here.kind != "sign":
            raise self.surplus()
        self._next()
