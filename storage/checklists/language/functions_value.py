"""Functions on numbers, texts and dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from storage.checklists.language import amounts
from storage.checklists.language.function import Function, Said, all_said, flat, literal, wrong
from storage.checklists.language.sorts import (
    BOOL,
    DATE,
    MONEY,
    NUMBER,
    TEXT,
    Around,
    Given,
    Sort,
    Type,
)
from storage.checklists.language.tokens import ExpressionError
from storage.checklists.language.tree import Call, Minus, Number
from storage.rules.months import add_months

MOST_PLACES = 6
_MOST_MONTHS = 12_000
_LONGEST = 10_000  # characters of a text put together
Work = Callable[[Sequence[Given], Around], Given]


def _amounts_type(call: Call, given: Sequence[Type]) -> Type:
    """Numbers and sums of money, one or many; a sum of money among them makes it money."""
    for place, each in enumerate(given):
        if not each.one().is_amount:
            raise wrong(call, place, "numbers or sums of money", each)
    return MONEY if any(each.sort is Sort.MONEY for each in given) else NUMBER


def _ordered_type(call: Call, given: Sequence[Type]) -> Type:
    """Numbers, sums of money, or dates."""
    if given[0].sort is not Sort.DATE:
        return _amounts_type(call, given)
    for place, each in enumerate(given):
        if each.sort is not Sort.DATE:
            raise wrong(call, place, "dates, as the first is one", each)
    return DATE


def _sum(values: Sequence[Given], _around: Around) -> Given:
    found = flat(values)
    if not found:
        return None
    total: Given = Decimal(0)
    for value in found:
        total = amounts.add(total, value)
    return total


def _extreme(pick: Callable[[list[Decimal]], Decimal], pick_day: Callable[[list[date]], date]) -> Work:
    def work(values: Sequence[Given], _around: Around) -> Given:
        found = flat(values)
        numbers = [value for value in found if isinstance(value, Decimal)]
        days = [value for value in found if isinstance(value, date)]
        if numbers:
            return pick(numbers)
        return pick_day(days) if days else None

    return work


def _amount_type(call: Call, given: Sequence[Type]) -> Type:
    if not given[0].is_amount:
        raise wrong(call, 0, "a number", given[0])
    return MONEY if given[0].sort is Sort.MONEY else NUMBER


def _round_type(call: Call, given: Sequence[Type]) -> Type:
    if len(call.given) > 1 and _places(call) is None:
        raise ExpressionError(
            f"round() needs 0 to {MOST_PLACES} places, such as round(${{x}}, 2)", call.given[1].at
        )
    return _amount_type(call, given)


def _places(call: Call) -> int | None:
    """How many places a call to round() names, below nought for tens and hundreds; None when it does not."""
    node = call.given[1]
    sign, number = (-1, node.of) if isinstance(node, Minus) else (1, node)
    if not isinstance(number, Number) or number.value % 1 or number.value > MOST_PLACES:
        return None
    return sign * int(number.value)


def _round(values: Sequence[Given], _around: Around) -> Given:
    places = values[1] if len(values) > 1 else Decimal(0)
    return amounts.rounded(values[0], int(places)) if isinstance(places, Decimal) else None


def _abs(values: Sequence[Given], _around: Around) -> Given:
    return abs(values[0]) if isinstance(values[0], Decimal) else None


def _number_type(call: Call, given: Sequence[Type]) -> Type:
    if not given[0].is_a(Sort.NUMBER, Sort.SCORE, Sort.MONEY, Sort.TEXT, Sort.CHOICE):
        raise wrong(call, 0, "a text or an answer that is a figure", given[0])
    return NUMBER


def _number(values: Sequence[Given], _around: Around) -> Given:
    value = values[0]
    if isinstance(value, str):
        shown = value.strip()
        digits = shown.removeprefix("-").replace(".", "", 1)
        return amounts.plain(Decimal(shown)) if digits.isascii() and digits.isdigit() else None
    return value if isinstance(value, Decimal) else None


def _limit_type(call: Call, _given: Sequence[Type]) -> Type:
    literal(call, 0, "the name of a limit")
    return NUMBER


def _limit(values: Sequence[Given], around: Around) -> Given:
    figure = around.limit(values[0]) if isinstance(values[0], str) else None
    return None if figure is None else Decimal(figure)


def _text_type(call: Call, given: Sequence[Type]) -> Type:
    for place, each in enumerate(given):
        if each.many or each.sort in (Sort.BOOL, Sort.CHOICES, Sort.ROWS):
            raise wrong(call, place, "texts, numbers or dates", each)
    return TEXT


def _string(value: Given) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else ""


def _concat(values: Sequence[Given], _around: Around) -> Given:
    return "".join(_string(value) for value in values if value is not None)[:_LONGEST]


def _string_work(values: Sequence[Given], _around: Around) -> Given:
    return None if values[0] is None else _string(values[0])


def _length_type(call: Call, given: Sequence[Type]) -> Type:
    _texts(call, given)
    return NUMBER


def _texts(call: Call, given: Sequence[Type]) -> None:
    for place, each in enumerate(given):
        if not each.is_a(Sort.TEXT, Sort.CHOICE):
            raise wrong(call, place, "a text", each)


def _length(values: Sequence[Given], _around: Around) -> Given:
    return Decimal(len(values[0])) if isinstance(values[0], str) else None


def _holds_type(call: Call, given: Sequence[Type]) -> Type:
    _texts(call, given)
    return BOOL


def _holds(test: Callable[[str, str], bool], verb: str) -> Function:
    def work(values: Sequence[Given], _around: Around) -> Given:
        whole, part = values
        if not isinstance(whole, str) or not isinstance(part, str):
            return None
        return test(whole.casefold(), part.casefold())

    def words(call: Call, said: Said) -> str:
        return f"{said(call.given[0])} {verb} {said(call.given[1])}"

    return Function(2, 2, _holds_type, work, words, f"{verb.replace(' ', '-')}(${{name}}, 'NHS')")


def _today(_values: Sequence[Given], around: Around) -> Given:
    return around.today


def _date_type(call: Call, given: Sequence[Type]) -> Type:
    if given[0].is_a(Sort.DATE):
        return DATE
    text = literal(call, 0, "a date")
    if _day(text) is None:
        raise ExpressionError(f"'{text}' is not a date; write it as date('2027-03-31')", call.given[0].at)
    return DATE


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _date(values: Sequence[Given], _around: Around) -> Given:
    return _day(values[0]) if isinstance(values[0], str) else values[0]


def _months_type(call: Call, given: Sequence[Type]) -> Type:
    if not given[0].is_a(Sort.DATE):
        raise wrong(call, 0, "a date first", given[0])
    if not given[1].is_number:
        raise wrong(call, 1, "a number of months", given[1])
    return DATE


def _months(values: Sequence[Given], _around: Around) -> Given:
    day, months = values
    if not isinstance(day, date) or not isinstance(months, Decimal) or abs(months) > _MOST_MONTHS:
        return None
    try:
        return add_months(day, int(months))
    except (OverflowError, ValueError):
        return None


def _year_type(call: Call, given: Sequence[Type]) -> Type:
    if not given[0].is_a(Sort.DATE):
        raise wrong(call, 0, "a date", given[0])
    return NUMBER


def _year(values: Sequence[Given], _around: Around) -> Given:
    return Decimal(values[0].year) if isinstance(values[0], date) else None


def _round_words(call: Call, said: Said) -> str:
    places = _places(call) if len(call.given) > 1 else 0
    to = f" to {places} place{'' if places == 1 else 's'}" if places else ""
    return f"{said(call.given[0])}, rounded{to}"


VALUE_FUNCTIONS = {
    "sum": Function(1, None, _amounts_type, _sum, lambda c, s: f"the sum of {all_said(c, s)}", "sum(${a}, ${b})"),
    "min": Function(
        1, None, _ordered_type, _extreme(min, min), lambda c, s: f"the lowest of {all_said(c, s)}", "min(${a}, ${b})"
    ),
    "max": Function(
        1, None, _ordered_type, _extreme(max, max), lambda c, s: f"the highest of {all_said(c, s)}", "max(${a}, ${b})"
    ),
    "round": Function(1, 2, _round_type, _round, _round_words, "round(${a}, 2)"),
    "int": Function(
        1, 1, _amount_type, lambda v, _a: amounts.whole(v[0]), lambda c, s: f"the whole part of {s(c.given[0])}",
        "int(${a})",
    ),
    "abs": Function(1, 1, _amount_type, _abs, lambda c, s: f"{s(c.given[0])} without its sign", "abs(${a})"),
    "number": Function(1, 1, _number_type, _number, lambda c, s: f"the figure of {s(c.given[0])}", "number(${a})"),
    "limit": Function(1, 1, _limit_type, _limit, lambda c, s: f"the limit {s(c.given[0])}", "limit('quality_detail')"),
    "string": Function(1, 1, _text_type, _string_work, lambda c, s: s(c.given[0]), "string(${a})"),
    "concat": Function(
        1, None, _text_type, _concat, lambda c, s: f"{all_said(c, s)} together", "concat(${a}, ' ', ${b})"
    ),
    "string-length": Function(
        1, 1, _length_type, _length, lambda c, s: f"the length of {s(c.given[0])} in characters", "string-length(${a})"
    ),
    "contains": _holds(lambda whole, part: part in whole, "contains"),
    "starts-with": _holds(str.startswith, "starts with"),
    "ends-with": _holds(str.endswith, "ends with"),
    "today": Function(0, 0, lambda _c, _g: DATE, _today, lambda _c, _s: "today", "today()"),
    "date": Function(1, 1, _date_type, _date, lambda c, s: s(c.given[0]), "date('2027-03-31')"),
    "add-months": Function(
        2, 2, _months_type, _months, lambda c, s: f"{s(c.given[1])} months after {s(c.given[0])}",
        "add-months(${start}, 6)",
    ),
    "year": Function(1, 1, _year_type, _year, lambda c, s: f"the year of {s(c.given[0])}", "year(${start})"),
}  # fmt: skip
