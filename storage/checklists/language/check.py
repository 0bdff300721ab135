"""Finds the sort of value an expression gives, and refuses one that mixes sorts or uses a name nobody has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage.checklists.language.function import WrongGiven
from storage.checklists.language.functions import function_of
from storage.checklists.language.functions_choice import check_option
from storage.checklists.language.grammar import show
from storage.checklists.language.names import Named
from storage.checklists.language.sorts import BOOL, DATE, MONEY, NUMBER, TEXT, Sort, Type
from storage.checklists.language.tokens import ExpressionError
from storage.checklists.language.tree import Call, Minus, Name, Node, Number, Op, Own, Text
from storage.checklists.nearest import nearest

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may use: names that come before `before`, and the value it is about, for a constraint."""

    names: Mapping[str, Named]
    before: Place
    own: Type | None = None
    what: str = "it"  # what the expression belongs to, in a message

    def type_of(self, node: Node) -> Type:
        """The sort of value an expression gives. Raises ExpressionError with the correction."""
        match node:
            case Number():
                return NUMBER
            case Text():
                return TEXT
            case Name():
                return self._named(node).type
            case Own():
                if self.own is None:
                    raise ExpressionError(
                        "a full stop for the value itself belongs in a constraint only", node.at
                    )
                return self.own
            case Minus():
                return self._minus(node)
            case Call():
                return self._call(node)
            case Op():
                return self._op(node)

    def wants(self, node: Node, wanted: Type) -> None:
        """Raise ExpressionError unless an expression gives this sort of value."""
        found = self.type_of(node)
        if found.sort is wanted.sort and not found.many:
            return
        if wanted.sort is Sort.BOOL:
            raise _no_condition(node, found)
        fits = wanted.is_amount and found.is_number
        if not fits and not (wanted.sort is Sort.TEXT and found.is_a(Sort.CHOICE)):
            hint = "; make the part money" if found.is_a(Sort.MONEY) else ""
            raise ExpressionError(f"it gives {found.words}, and {wanted.words} is needed{hint}", _at(node))

    def _named(self, node: Name) -> Named:
        named = self.names.get(node.path)
        if named is None:
            near = nearest(node.path, self.names)
            hint = f"; did you mean ${{{near}}}?" if near else ""
            raise ExpressionError(f"there is no answer called ${{{node.path}}}{hint}", node.at)
        if named.place >= self.before:
            if named.place == self.before and self.own is not None:
                raise ExpressionError(f"write . for the value itself instead of ${{{node.path}}}", node.at)
            if named.place == self.before:
                raise ExpressionError(f"{self.what} waits for its own answer ${{{node.path}}}", node.at)
            raise ExpressionError(
                f"${{{node.path}}} comes later; move {named.words} before this, or use an earlier answer",
                node.at,
            )
        return named

    def _call(self, node: Call) -> Type:
        function = function_of(node)
        given = [self.type_of(each) for each in node.given]
        try:
            return function.check(node, given)
        except WrongGiven as error:
            raise ExpressionError(f"{error.mistake}; write {function.example}", error.at) from None

    def _minus(self, node: Minus) -> Type:
        found = self.type_of(node.of)
        if not found.is_amount:
            raise ExpressionError(f"minus needs a number, and {show(node.of)} is {found.words}", node.at)
        return found if found.sort is Sort.MONEY else NUMBER

    def _op(self, node: Op) -> Type:
        left, right = self.type_of(node.left), self.type_of(node.right)
        match node.sign:
            case "and" | "or":
                for side, found in ((node.left, left), (node.right, right)):
                    if not found.is_a(Sort.BOOL):
                        raise _no_condition(side, found)
                return BOOL
            case "=" | "!=":
                _check_equal(node, left, right)
                return BOOL
            case "<" | "<=" | ">" | ">=":
                _check_ordered(node, left, right)
                return BOOL
            case _:
                return _arithmetic(node, left, right)


def _check_equal(node: Op, left: Type, right: Type) -> None:
    for side, other in ((left, node.right), (right, node.left)):
        if isinstance(other, Text):
            if side.sort is not Sort.TEXT:
                _check_text(node, side, other)
            return
    if left.many or right.many or left.is_a(Sort.CHOICES) or right.is_a(Sort.CHOICES):
        raise _not_comparable(node, left, right)
    alike = left.sort is right.sort or (left.is_amount and right.is_amount)
    texts = (Sort.TEXT, Sort.CHOICE)
    if not alike and not (left.sort in texts and right.sort in texts):
        raise _not_comparable(node, left, right)


def _check_text(node: Op, side: Type, words: Text) -> None:
    """Something other than a text beside words in quotation marks: an answer's value, or '' for not answered."""
    named = node.right if words is node.left else node.left
    if not words.value:
        if side.is_a(Sort.BOOL):
            raise ExpressionError("a condition is never empty; leave out the comparison with ''", node.at)
        return
    if side.is_a(Sort.CHOICE):
        check_option(words.value, side, words.at)
        return
    if side.is_a(Sort.CHOICES):
        raise ExpressionError(
            f"several answers can be chosen; write selected({show(named)}, '{words.value}')", node.at
        )
    if side.sort in (Sort.CHOICE, Sort.CHOICES):
        raise ExpressionError(
            f"there is one answer for each row; write how-many('{words.value}', {show(named)}) > 0", node.at
        )
    if side.is_a(Sort.DATE):
        raise ExpressionError(f"write date('{words.value}') instead of '{words.value}'", words.at)
    if side.is_amount:
        raise ExpressionError(f"write {words.value} without quotation marks, as a number", words.at)
    raise ExpressionError(f"{show(named)} is {side.words} and cannot be compared with a text", node.at)


def _not_comparable(node: Op, left: Type, right: Type) -> ExpressionError:
    return ExpressionError(
        f"{show(node.left)} is {left.words} and {show(node.right)} is {right.words}; they cannot be compared",
        node.at,
    )


def _check_ordered(node: Op, left: Type, right: Type) -> None:
    if (left.is_amount and right.is_amount) or (left.is_a(Sort.DATE) and right.is_a(Sort.DATE)):
        return
    for side, other in ((left, node.right), (right, node.left)):
        if isinstance(other, Text) and side.is_a(Sort.DATE):
            raise ExpressionError(f"write date('{other.value}') instead of '{other.value}'", other.at)
        if isinstance(other, Text) and side.is_amount:
            raise ExpressionError(f"write {other.value} without quotation marks, as a number", other.at)
    for side, named in ((left, node.left), (right, node.right)):
        if side.is_a(Sort.CHOICE):
            raise ExpressionError(
                f"an answer has no size; write number({show(named)}) if it is a figure", node.at
            )
    raise _not_comparable(node, left, right)


def _arithmetic(node: Op, left: Type, right: Type) -> Type:
    found = None
    if left.is_amount and right.is_amount:
        found = _amounts(node.sign, left.sort is Sort.MONEY, right.sort is Sort.MONEY)
    elif node.sign in "+-" and left.is_a(Sort.DATE):
        found = NUMBER if node.sign == "-" and right.is_a(Sort.DATE) else DATE if right.is_number else None
    elif node.sign == "+" and left.is_number and right.is_a(Sort.DATE):
        found = DATE
    if found is None:
        many = next((side for side, t in ((node.left, left), (node.right, right)) if t.many), None)
        hint = f"; write sum({show(many)}) for all rows together" if many is not None else ""
        raise ExpressionError(
            f"{show(node.left)} is {left.words} and {show(node.right)} is {right.words}; "
            f"{node.sign} cannot be used with them{hint}",
            node.at,
        )
    return found


def _amounts(sign: str, left_money: bool, right_money: bool) -> Type | None:
    """What arithmetic with money gives; None where it means nothing, such as money times money."""
    either = MONEY if left_money or right_money else NUMBER
    match sign:
        case "+" | "-":
            return either
        case "*":
            return None if left_money and right_money else either
        case "div":
            if right_money:
                return NUMBER if left_money else None
            return MONEY if left_money else NUMBER
        case _:
            return None if either is MONEY else NUMBER


def _no_condition(node: Node, found: Type) -> ExpressionError:
    if found.is_a(Sort.CHOICE) and found.options:
        return ExpressionError(
            f"{show(node)} is an answer, not a condition; write {show(node)} = '{found.values[0]}'", _at(node)
        )
    return ExpressionError(
        f"{show(node)} is {found.words}, not a condition; compare it, such as {show(node)} != ''", _at(node)
    )


def _at(node: Node) -> int:
    """Where an expression begins."""
    return min(node.at, _at(node.left)) if isinstance(node, Op) else node.at
