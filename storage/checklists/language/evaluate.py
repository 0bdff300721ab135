"""Works an expression out. What is not known stays unknown; nothing a template could load with raises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from storage.checklists.language import amounts
from storage.checklists.language.functions import FUNCTIONS
from storage.checklists.language.sorts import Around, Given
from storage.checklists.language.tree import Call, Minus, Name, Node, Number, Op, Own, Text

Look = Callable[[str], Given]
"""Gives the value of a name."""

_ARITHMETIC = {
    "+": amounts.add,
    "-": amounts.subtract,
    "*": amounts.multiply,
    "div": amounts.divide,
    "mod": amounts.remainder,
}


def evaluate(node: Node, look: Look, around: Around, own: Given = None) -> Given:
    """The value of an expression; None when it is not known."""
    match node:
        case Op():
            return _op(node, look, around, own)
        case Name():
            return look(node.path)
        case Text():
            return node.value
        case Number():
            return node.value
        case Call():
            function = FUNCTIONS[node.name]
            return function.work([evaluate(each, look, around, own) for each in node.given], around)
        case Minus():
            return amounts.negative(evaluate(node.of, look, around, own))
        case Own():
            return own


def _op(node: Op, look: Look, around: Around, own: Given) -> Given:
    left = evaluate(node.left, look, around, own)
    right = evaluate(node.right, look, around, own)
    match node.sign:
        case "and":
            return both(left, right)
        case "or":
            return either(left, right)
        case "=" | "!=":
            same = _same(node, left, right)
            return same if same is None or node.sign == "=" else not same
        case "<" | "<=" | ">" | ">=":
            return _ordered(node.sign, left, right)
        case sign:
            return _ARITHMETIC[sign](left, right)


def both(left: Given, right: Given) -> bool | None:
    """And, where one that does not hold decides although the other is not known."""
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def either(left: Given, right: Given) -> bool | None:
    """Or, where one that holds decides although the other is not known."""
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


def _same(node: Op, left: Given, right: Given) -> bool | None:
    """Whether two values are the same; beside '' whether there is none, which is always known."""
    for side, other in ((node.left, right), (node.right, left)):
        if isinstance(side, Text) and not side.value:
            return other is None or other == ""
    if left is None or right is None:
        return None
    return left == right


def _ordered(sign: str, left: Given, right: Given) -> bool | None:
    order = _order(left, right)
    if order is None:
        return None
    match sign:
        case "<":
            return order < 0
        case "<=":
            return order <= 0
        case ">":
            return order > 0
        case _:
            return order >= 0


def _order(left: Given, right: Given) -> int | None:
    """Below nought when the left is less, above when it is more."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return (left > right) - (left < right)
    if isinstance(left, date) and isinstance(right, date):
        return (left > right) - (left < right)
    return None
