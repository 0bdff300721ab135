"""Reads one question of a template: its gate, what its answers require, and when it is asked."""

import re

from storage.checklists.lists import Lists
from storage.checklists.nearest import offer
from storage.checklists.parts import DECIDING_KINDS, SCORED_KINDS, Kind, Part
from storage.checklists.reading_parts import SharedParts, question_parts
from storage.checklists.structure import Demand, Gate, GateKind, Need, Question
from storage.checklists.toml_table import TomlTable

ANY = "any"
HEAVIEST = 100
NOT_APPLICABLE = "not_applicable"
"""What needs, and expressions, call the answer Not applicable."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def read_question(table: TomlTable, ids: tuple[str, str], shared: SharedParts, lists: Lists) -> Question:
    """Read one question. `ids` are the template's own id and that of the one it was adapted from, or nothing."""
    question_id = _question_id(table, ids)
    parts = question_parts(table, shared, lists)
    question = Question(
        id=question_id,
        number=table.text("number"),
        text=table.text("text"),
        guidance=table.words("guidance"),
        trace=table.text("trace"),
        parts=parts,
        gate=_gate(table, parts),
        # Not applicable is one of the answers of yes/partly/no; any other question allows it by name.
        not_applicable=table.flag(NOT_APPLICABLE, default=parts[0].kind is Kind.YES_PARTLY_NO),
        needs_note=table.flag("needs_note", default=False),
        name=_name(table),
        relevant=table.words("relevant"),
        weight=_weight(table, parts[0]),
        needs=_needs(table, parts[0]),
    )
    table.finish()
    if question.needs_note and question.gate is None:
        raise table.fail("needs_note does nothing without a gate", "needs_note")
    return question


def _question_id(table: TomlTable, ids: tuple[str, str]) -> str:
    question_id = table.text("id")
    known = [each for each in ids if each]
    if not any(re.fullmatch(rf"{re.escape(each)}-\d{{2,3}}", question_id) for each in known):
        raise table.fail(f"id {question_id} must be {'- or '.join(known)}- and two or three digits", "id")
    table.where = question_id
    return question_id


def _name(table: TomlTable) -> str:
    name = table.words("name")
    if name and not _NAME.fullmatch(name):
        raise table.fail(
            f"name {name} must be letters, digits and underscores, beginning with a letter", "name"
        )
    return name


def _weight(table: TomlTable, first: Part) -> int:
    weight = table.whole("weight")
    if weight is None:
        return 1
    if not 0 <= weight <= HEAVIEST:
        raise table.fail(f"weight lies between 0 and {HEAVIEST}", "weight")
    if not first.scores and first.kind not in SCORED_KINDS:
        raise table.fail(
            "weight does nothing on a question that is not scored; give its part scores", "weight"
        )
    return weight


def _needs(table: TomlTable, first: Part) -> tuple[Need, ...]:
    inner = table.table("needs")
    if inner is None:
        return ()
    needs = []
    for answer in inner.names():
        if answer not in (ANY, NOT_APPLICABLE) and (
            first.kind not in DECIDING_KINDS or answer not in first.values
        ):
            known = (*first.values, ANY)
            raise table.fail(
                f"needs names {answer}, which is not an answer of this question{offer(answer, known)}",
                "needs",
            )
        demands = inner.texts(answer)
        for demand in demands:
            if demand not in tuple(Demand):
                raise table.fail(
                    f"needs asks for {demand}; choose from {', '.join(Demand)}{offer(demand, tuple(Demand))}",
                    "needs",
                )
        needs.append(Need(answer, tuple(Demand(demand) for demand in demands)))
    return tuple(needs)


def _gate(table: TomlTable, parts: tuple[Part, ...]) -> Gate | None:
    word = table.text_or_none("gate")
    if word is None:
        for key in ("passes", "passes_if"):
            if table.has(key):
                raise table.fail(
                    f'{key} is given but gate is missing: say gate = "gate" or gate = "warn"', "gate"
                )
        if any(part.warn_above or part.closes_at for part in parts):
            raise table.fail(
                'a score limit is given but gate is missing: say gate = "gate" or gate = "warn"', "gate"
            )
        return None
    if word not in tuple(GateKind):
        raise table.fail(f'gate must be "gate" or "warn", not "{word}"', "gate")
    passes_if = table.words("passes_if")
    return Gate(GateKind(word), _passes(table, parts[0], passes_if), passes_if)


def _passes(table: TomlTable, first: Part, passes_if: str) -> tuple[str, ...]:
    """The answers that pass: as listed, else Yes for a yes/no question, else (empty) any complete answer.

    A question with an expression passes by that alone unless it lists answers too.
    """
    if not table.has("passes"):
        return ("yes",) if first.kind in SCORED_KINDS and not passes_if else ()
    if table.is_text("passes"):
        if table.text("passes") != ANY:
            raise table.fail('passes must be "any" or a list of answers', "passes")
        return ()
    listed = table.texts("passes")
    if first.kind not in DECIDING_KINDS:
        raise table.fail(f"passes cannot list answers of a {first.kind} question", "passes")
    if not listed:
        raise table.fail("passes lists no answer, so the gate could never open", "passes")
    for value in listed:
        if value not in first.values:
            raise table.fail(
                f"passes names {value}, which is not an answer of this question{offer(value, first.values)}",
                "passes",
            )
    return listed
