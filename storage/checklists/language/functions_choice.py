"""Functions on chosen answers and conditions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from storage.checklists.language.function import Function, Said, all_said, flat, literal, wrong
from storage.checklists.language.sorts import (
    BOOL,
    NUMBER,
    TEXT,
    Around,
    Chosen,
    Given,
    Many,
    Score,
    Sort,
    Type,
)
from storage.checklists.language.tokens import ExpressionError
from storage.checklists.language.tree import Call, Minus
from storage.checklists.nearest import offer


def option_words(value: str, of: Type) -> str:
    """The words of an option, or the value in quotation marks."""
    return next((option.label for option in of.options if option.value == value), f"“{value}”")


def check_option(value: str, of: Type, at: int) -> None:
    """Raise ExpressionError for a value that is not one of the answers, with the right one offered."""
    if value in of.values:
        return
    by_words = {option.label.casefold(): option.value for option in of.options}
    meant = by_words.get(value.casefold())
    hint = f"; write '{meant}'" if meant else offer(value, of.values)
    raise ExpressionError(f"'{value}' is not one of the answers {', '.join(of.values)}{hint}", at)


def _selected_type(call: Call, given: Sequence[Type]) -> Type:
    if not given[0].is_a(Sort.CHOICES, Sort.CHOICE):
        raise wrong(call, 0, "a question with answers to choose", given[0])
    check_option(literal(call, 1, "an answer"), given[0], call.given[1].at)
    return BOOL


def _selected(values: Sequence[Given], _around: Around) -> Given:
    chosen, wanted = values
    if isinstance(chosen, str):
        return chosen == wanted
    return wanted in chosen if isinstance(chosen, tuple) else None


def _count_selected_type(call: Call, given: Sequence[Type]) -> Type:
    if not given[0].is_a(Sort.CHOICES):
        raise wrong(call, 0, "a question where several answers can be chosen", given[0])
    return NUMBER


def _count_selected(values: Sequence[Given], _around: Around) -> Given:
    return Decimal(len(values[0])) if isinstance(values[0], tuple) else None


def _how_many_type(call: Call, given: Sequence[Type]) -> Type:
    wanted = literal(call, 0, "an answer")
    for place, each in enumerate(given[1:], start=1):
        if each.sort not in (Sort.CHOICE, Sort.CHOICES):
            raise wrong(call, place, "questions or columns with answers to choose", each)
        check_option(wanted, each, call.given[0].at)
    return NUMBER


def _how_many(values: Sequence[Given], _around: Around) -> Given:
    wanted = values[0]
    return Decimal(sum(v == wanted or (isinstance(v, tuple) and wanted in v) for v in flat(values[1:])))


def _how_many_words(call: Call, said: Said) -> str:
    return f"the number answered {said(call.given[0])} among {all_said(call, said, first=1)}"


def _checklist_type(call: Call, given: Sequence[Type]) -> Type:
    for place, each in enumerate(given):
        wanted, right = ("a number", each.is_number) if place < 2 else ("conditions", each.is_a(Sort.BOOL))
        if not right:
            raise wrong(call, place, wanted, each)
    return BOOL


def _checklist(values: Sequence[Given], _around: Around) -> Given:
    least, most, *held = values
    if not isinstance(least, Decimal) or not isinstance(most, Decimal):
        return None
    sure = sum(each is True for each in held)
    possible = sure + sum(each is None for each in held)
    if possible < least or (most >= 0 and sure > most):
        return False
    return True if sure >= least and (most < 0 or possible <= most) else None


def _checklist_words(call: Call, said: Said) -> str:
    least, most = said(call.given[0]), said(call.given[1])
    many = f"at least {least}" if isinstance(call.given[1], Minus) else f"{least} to {most}"
    return f"{many} of these hold: {all_said(call, said, first=2)}"


def _if_type(call: Call, given: Sequence[Type]) -> Type:
    if not given[0].is_a(Sort.BOOL):
        raise wrong(call, 0, "a condition first", given[0])
    return alike(call, given, 1)


def alike(call: Call, given: Sequence[Type], first: int = 0) -> Type:
    """The one type that several values share. Raises ExpressionError when they differ."""
    found = _plain(given[first])
    for place, each in enumerate(given[first + 1 :], start=first + 1):
        each = _plain(each)
        if found.is_amount and each.is_amount:
            found = found if found.sort is Sort.MONEY else each
        elif each.sort is not found.sort or each.many or found.many:
            raise wrong(call, place, f"values of one sort, as the first is {found.words}", each)
    return found


def _plain(each: Type) -> Type:
    """A chosen answer may stand for its text, and a score for its number, where values are mixed."""
    if each.is_a(Sort.CHOICE):
        return TEXT
    return NUMBER if each.is_a(Sort.SCORE) else each


def _if(values: Sequence[Given], _around: Around) -> Given:
    if values[0] is None:
        return None
    return values[1] if values[0] else values[2]


def _coalesce(values: Sequence[Given], _around: Around) -> Given:
    return next((value for value in values if value is not None), None)


def _count_type(call: Call, given: Sequence[Type]) -> Type:
    if not given[0].many and given[0].sort is not Sort.ROWS:
        raise wrong(call, 0, "rows or a column of them", given[0])
    return NUMBER


def _count(values: Sequence[Given], _around: Around) -> Given:
    return Decimal(len(flat(values))) if isinstance(values[0], Many) else Decimal(0)


def _label_type(call: Call, given: Sequence[Type]) -> Type:
    if not given[0].is_a(Sort.CHOICE, Sort.CHOICES):
        raise wrong(call, 0, "a question with answers to choose", given[0])
    return TEXT


def _label(values: Sequence[Given], _around: Around) -> Given:
    chosen = values[0]
    if isinstance(chosen, Chosen):
        return chosen.label
    if isinstance(chosen, tuple) and not isinstance(chosen, Many):
        return ", ".join(each.label if isinstance(each, Chosen) else each for each in chosen)
    return None


def _step_type(call: Call, given: Sequence[Type]) -> Type:
    if not given[0].is_a(Sort.SCORE):
        raise wrong(call, 0, "a matrix of likelihood and consequence", given[0])
    return NUMBER


def _not_type(call: Call, given: Sequence[Type]) -> Type:
    if not given[0].is_a(Sort.BOOL):
        raise wrong(call, 0, "a condition", given[0])
    return BOOL


def _not(values: Sequence[Given], _around: Around) -> Given:
    return None if values[0] is None else not values[0]


def _constant(value: bool) -> Function:
    return Function(
        0, 0, lambda _call, _given: BOOL, lambda _values, _around: value,
        lambda _call, _said: "always" if value else "never", f"{str(value).lower()}()",
    )  # fmt: skip


def _step(name: str) -> Function:
    def work(values: Sequence[Given], _around: Around) -> Given:
        return Decimal(getattr(values[0], name)) if isinstance(values[0], Score) else None

    return Function(
        1,
        1,
        _step_type,
        work,
        lambda call, said: f"the {name} of {said(call.given[0])}",
        f"{name}(${{risk}})",
    )


CHOICE_FUNCTIONS = {
    "selected": Function(
        2, 2, _selected_type, _selected,
        lambda call, said: f"{said(call.given[0])} includes {said(call.given[1])}", "selected(${reasons}, 'other')",
    ),
    "count-selected": Function(
        1, 1, _count_selected_type, _count_selected,
        lambda call, said: f"the number of answers chosen in {said(call.given[0])}", "count-selected(${reasons})",
    ),
    "how-many": Function(
        2, None, _how_many_type, _how_many, _how_many_words, "how-many('yes', ${first}, ${second})"
    ),
    "checklist": Function(
        3, None, _checklist_type, _checklist, _checklist_words, "checklist(2, -1, ${a} = 'yes', ${b} = 'yes')"
    ),
    "if": Function(
        3, 3, _if_type, _if,
        lambda call, said: f"{said(call.given[1])} if {said(call.given[0])}, otherwise {said(call.given[2])}",
        "if(${a} = 'yes', 1, 0)",
    ),
    "coalesce": Function(
        2, None, alike, _coalesce,
        lambda call, said: f"the first that is known of {all_said(call, said)}", "coalesce(${a}, 0)",
    ),
    "count": Function(
        1, 1, _count_type, _count, lambda call, said: f"the number of {said(call.given[0])}", "count(${risks})"
    ),
    "label": Function(
        1, 1, _label_type, _label, lambda call, said: f"the words of {said(call.given[0])}", "label(${outcome})"
    ),
    "likelihood": _step("likelihood"),
    "consequence": _step("consequence"),
    "not": Function(1, 1, _not_type, _not, lambda call, said: f"not ({said(call.given[0])})", "not(${a} = 'yes')"),
    "true": _constant(True),
    "false": _constant(False),
}  # fmt: skip
