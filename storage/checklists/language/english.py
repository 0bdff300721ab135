"""Says an expression in plain English: question 03 is Yes and question 07 is over 2."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from storage.checklists.language.english_counts import (
    any_words,
    count_words,
    figure_of,
    limit_words,
    listed_names,
)
from storage.checklists.language.functions import FUNCTIONS
from storage.checklists.language.functions_choice import option_words
from storage.checklists.language.names import Named
from storage.checklists.language.sorts import Chosen, Given, Many, Sort, Type
from storage.checklists.language.tree import Call, Minus, Name, Node, Number, Op, Own, Text
from storage.engine.values import long_day, show_money_short, show_number

_AMOUNTS = {
    "=": "is",
    "!=": "is not",
    "<": "is under",
    "<=": "is at most",
    ">": "is over",
    ">=": "is at least",
}
_DAYS = {
    "=": "is",
    "!=": "is not",
    "<": "is before",
    "<=": "is on or before",
    ">": "is after",
    ">=": "is on or after",
}
_ARITHMETIC = {"+": "plus", "-": "less", "*": "times", "div": "divided by", "mod": "modulo"}
_OF_SEVERAL = {"max": "the highest of", "min": "the lowest of", "sum": "the sum of"}
_NEGATIVE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True, slots=True)
class English:
    """Says expressions. `types` gives the sort of an expression; `values`, where given, the value of a name.

    `limits` are the figures of the reference lists, said in place of their names.
    """

    names: Mapping[str, Named]
    types: Callable[[Node], Type]
    own: str = "the answer"
    values: Callable[[str], Given] | None = None
    limits: Mapping[str, int] = field(default_factory=dict)

    def say(self, node: Node) -> str:
        """An expression in words, without a capital and without a full stop."""
        match node:
            case Number():
                return show_number(node.value)
            case Text():
                return self._text(node.value)
            case Name():
                return self._name(node)
            case Own():
                return self.own
            case Minus():
                return f"minus {self._held(node.of)}"
            case Call():
                return self._call(node)
            case Op():
                return self._op(node)

    def _name(self, node: Name) -> str:
        named = self.names[node.path]
        if self.values is None:
            return named.words
        return f"{named.words} ({given_words(self.values(node.path), named.type)})"

    def _text(self, value: str) -> str:
        try:
            return long_day(date.fromisoformat(value))
        except ValueError:
            return f"“{value}”"

    def _call(self, node: Call) -> str:
        match node.name:
            case "not":
                return self._not(node.given[0])
            case "selected":
                of = self.types(node.given[0])
                return FUNCTIONS[node.name].words(
                    node, lambda each: self._option(each, of) if each is node.given[1] else self.say(each)
                )
            case "how-many":
                option = self._option(node.given[0], self.types(node.given[1]))
                return (
                    f"the number answered {option} among {listed_names(node.given[1:], self.names, self.say)}"
                )
            case "max" | "min" | "sum" if len(node.given) > 1:
                return f"{_OF_SEVERAL[node.name]} {listed_names(node.given, self.names, self.say)}"
            case "limit":
                return limit_words(node, self.limits)
            case _:
                return FUNCTIONS[node.name].words(node, self.say)

    def _not(self, node: Node) -> str:
        if isinstance(node, Op) and node.sign in _NEGATIVE:
            return self.say(Op(_NEGATIVE[node.sign], node.left, node.right, node.at))
        if isinstance(node, Call) and node.name == "selected":
            return self._call(node).replace(" includes ", " does not include ", 1)
        return f"not ({self.say(node)})"

    def _option(self, node: Node, of: Type) -> str:
        return option_words(node.value, of) if isinstance(node, Text) else self.say(node)

    def _op(self, node: Op) -> str:
        if node.sign in ("and", "or"):
            return self._joined(node)
        if node.sign in _ARITHMETIC:
            return f"{self._held(node.left)} {_ARITHMETIC[node.sign]} {self._held(node.right)}"
        counted = self._count(node)
        if counted:
            return counted
        left, right = self.types(node.left), self.types(node.right)
        for side, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(side, Text) and not side.value:
                return f"{self.say(other)} is {'not ' if node.sign == '=' else ''}answered"
        verbs = _DAYS if left.sort is Sort.DATE else _AMOUNTS
        money = Sort.MONEY in (left.sort, right.sort)
        return (
            f"{self._side(node.left, right, money)} {verbs[node.sign]} {self._side(node.right, left, money)}"
        )

    def _side(self, node: Node, other: Type, money: bool) -> str:
        """One side of a comparison: an option by its label, a number beside money as money."""
        if isinstance(node, Text) and other.sort is Sort.CHOICE:
            return option_words(node.value, other)
        if isinstance(node, Number) and money:
            return show_money_short(round(node.value * 100))
        limit = figure_of(node, self.limits) if money else None
        if limit is not None:
            return show_money_short(limit * 100)
        return self.say(node)

    def _count(self, node: Op) -> str:
        """How many answers are of one kind, compared with a figure; empty when it is something else."""
        if self.values is not None:
            return ""
        return count_words(node, self.names, self.types, self.say, lambda each: figure_of(each, self.limits))

    def _joined(self, node: Op) -> str:
        merged = self._one_of(node)
        if merged:
            return merged
        parts = []
        for side in _chain(node, node.sign):
            words = self.say(side)
            mixed = isinstance(side, Op) and side.sign in ("and", "or") and not self._one_of(side)
            parts.append(f"({words})" if mixed else words)
        return f" {node.sign} ".join(parts)

    def _one_of(self, node: Op) -> str:
        """Several answers of one question: question 03 is Partly or No; empty when it is not that."""
        sides = list(_chain(node, "or")) if node.sign == "or" else []
        counted = any_words(
            sides, self.names, self.types, self.say, lambda each: figure_of(each, self.limits)
        )
        if counted:
            return counted
        equal = [
            s
            for s in sides
            if isinstance(s, Op) and s.sign == "=" and isinstance(s.right, Text) and s.right.value
        ]
        if not sides or len(equal) < len(sides) or any(s.left != equal[0].left for s in equal):
            return ""
        of = self.types(equal[0].left)
        words = [self._option(s.right, of) for s in equal]
        return f"{self.say(equal[0].left)} is {', '.join(words[:-1])} or {words[-1]}"

    def _held(self, node: Node) -> str:
        """An operand, in brackets when it is put together itself."""
        several = isinstance(node, Op) or (isinstance(node, Call) and len(node.given) > 1)
        return f"({self.say(node)})" if several else self.say(node)


def _chain(node: Node, sign: str) -> list[Node]:
    """What stands between the same signs: a and b and c."""
    if isinstance(node, Op) and node.sign == sign:
        return [*_chain(node.left, sign), *_chain(node.right, sign)]
    return [node]


def given_words(value: Given, of: Type) -> str:
    """A value as it is shown beside the name it came from."""
    match value:
        case None:
            return "not known"
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return show_money_short(round(value * 100)) if of.sort is Sort.MONEY else show_number(value)
        case date():
            return long_day(value)
        case Chosen():
            return value.label
        case Many():
            return f"{sum(each is not None for each in value)} of them"
        case tuple():
            return ", ".join(each.label if isinstance(each, Chosen) else str(each) for each in value)
        case str():
            return f"“{value if len(value) <= 40 else value[:39] + '…'}”"
