"""Every function of the language, and what to say of one it does not have."""

from __future__ import annotations

from storage.checklists.language.function import Function
from storage.checklists.language.functions_choice import CHOICE_FUNCTIONS
from storage.checklists.language.functions_value import VALUE_FUNCTIONS
from storage.checklists.language.tokens import ExpressionError
from storage.checklists.language.tree import Call
from storage.checklists.nearest import nearest

FUNCTIONS: dict[str, Function] = {**CHOICE_FUNCTIONS, **VALUE_FUNCTIONS}

_INSTEAD = {
    "regex": "contains(), starts-with() or ends-with()",
    "jr:choice-name": "label(${x})",
    "now": "today()",
    "format-date": "string()",
    "date-time": "date()",
    "decimal-date-time": "the difference of two dates",
    "selected-at": "selected()",
    "boolean": "a comparison",
    "count-non-empty": "count()",
    "once": "auto, which proposes a value",
    "AND": "a and b",
    "OR": "a or b",
    "NOT": "not(a)",
    "and": "a and b",
    "or": "a or b",
    "average": "sum() div count()",
    "TODAY": "today()",
    "IF": "if(…)",
}
"""What people know from elsewhere, and what stands for it here."""


def function_of(call: Call) -> Function:
    """The function a call names, with the right number of values. Raises ExpressionError with the correction."""
    found = FUNCTIONS.get(call.name)
    if found is None:
        near = nearest(call.name, FUNCTIONS)
        instead = _INSTEAD.get(call.name) or (f"{near}()" if near else "")
        hint = f"; write {instead}" if instead else f"; there are {', '.join(sorted(FUNCTIONS))}"
        raise ExpressionError(f"there is no function {call.name}(){hint}", call.at)
    if len(call.given) < found.least or (found.most is not None and len(call.given) > found.most):
        raise ExpressionError(
            f"{call.name}() is given {len(call.given)} values, not {_how_many(found)}; write {found.example}",
            call.at,
        )
    return found


def _how_many(function: Function) -> str:
    if function.most is None:
        return f"{function.least} or more"
    if function.most == function.least:
        return str(function.least)
    return f"{function.least} to {function.most}"
