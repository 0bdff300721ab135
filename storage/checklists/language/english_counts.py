"""Says how many answers are of one kind as a person would: any of questions 03 to 19 is Negative."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from storage.checklists.language.functions_choice import option_words
from storage.checklists.language.names import Named
from storage.checklists.language.sorts import Type
from storage.checklists.language.tree import Call, Name, Node, Number, Op, Text
from storage.engine.values import show_number

_OPPOSITE = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


def listed_names(nodes: Sequence[Node], names: Mapping[str, Named], said: Callable[[Node], str]) -> str:
    """Names in a row, with those of questions that follow each other drawn together: questions 03 to 05 and 09."""
    questions = [names[n.path] for n in nodes if isinstance(n, Name)]
    plain = len(questions) == len(nodes) and all(
        q.column is None and q.part is q.question.first for q in questions
    )
    if not plain or len(nodes) < 2:
        return _row([said(node) for node in nodes])
    runs: list[list[Named]] = []
    for named in questions:
        if runs and named.place[0] == runs[-1][-1].place[0] + 1:
            runs[-1].append(named)
        else:
            runs.append([named])
    words = []
    for run in runs:
        first, last = run[0].question.number, run[-1].question.number
        words += [f"{first} to {last}"] if len(run) > 2 else [named.question.number for named in run]
    return f"questions {_row(words)}"


def count_words(
    node: Op,
    names: Mapping[str, Named],
    types: Callable[[Node], Type],
    said: Callable[[Node], str],
    figure: Callable[[Node], int | None],
) -> str:
    """A comparison of how-many with a figure, in words; empty when it is something else."""
    sign, call, bound = node.sign, node.left, figure(node.right)
    if not _counts(call):
        sign, call, bound = _OPPOSITE.get(sign, ""), node.right, figure(node.left)
    if not isinstance(call, Call) or not _counts(call) or bound is None or sign not in _OPPOSITE:
        return ""
    wanted, *counted = call.given
    option = option_words(wanted.value, types(counted[0])) if isinstance(wanted, Text) else said(wanted)
    where = listed_names(counted, names, said)
    one = len(counted) == 1 and isinstance(counted[0], Name) and not types(counted[0]).many
    if (sign, bound) in ((">", 0), (">=", 1), ("!=", 0)):
        return f"{where} is {option}" if one else f"{_any(where, 'any')} is {option}"
    if (sign, bound) in (("=", 0), ("<", 1), ("<=", 0)):
        return f"{where} is not {option}" if one else f"{_any(where, 'none')} is {option}"
    many = {
        "<": f"fewer than {bound}",
        "<=": f"at most {bound}",
        ">": f"more than {bound}",
        ">=": f"at least {bound}",
    }
    exactly = f"not exactly {bound}" if sign == "!=" else f"exactly {bound}"
    return f"{many.get(sign, exactly)} of {where} are {option}"


def any_words(
    sides: Sequence[Node],
    names: Mapping[str, Named],
    types: Callable[[Node], Type],
    said: Callable[[Node], str],
    figure: Callable[[Node], int | None],
) -> str:
    """Several answers of which any will do, of the same questions: any of them is Partly or No; empty otherwise."""
    calls = [
        side.left for side in sides if isinstance(side, Op) and side.sign == ">" and figure(side.right) == 0
    ]
    found = [call for call in calls if isinstance(call, Call) and _counts(call)]
    if (
        len(found) < 2
        or len(found) < len(sides)
        or any(call.given[1:] != found[0].given[1:] for call in found)
    ):
        return ""
    of = types(found[0].given[1])
    options = [option_words(c.given[0].value, of) for c in found if isinstance(c.given[0], Text)]
    where = listed_names(found[0].given[1:], names, said)
    return f"{_any(where, 'any')} is {', '.join(options[:-1])} or {options[-1]}" if len(options) > 1 else ""


def figure_of(node: Node, limits: Mapping[str, int]) -> int | None:
    """A whole number as written, or the figure of a limit; None for anything else."""
    if isinstance(node, Number) and node.value == int(node.value):
        return int(node.value)
    if isinstance(node, Call) and node.name == "limit" and isinstance(node.given[0], Text):
        return limits.get(node.given[0].value)
    return None


def limit_words(node: Call, limits: Mapping[str, int]) -> str:
    """The figure of a limit, or its name where there is none."""
    found = figure_of(node, limits)
    if found is not None:
        return show_number(Decimal(found))
    return f"the limit “{node.given[0].value if isinstance(node.given[0], Text) else ''}”"


def _counts(node: Node) -> bool:
    return isinstance(node, Call) and node.name == "how-many"


def _any(where: str, word: str) -> str:
    return f"{word} {where}" if where.startswith("“") and word == "any" else f"{word} of {where}"


def _row(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
