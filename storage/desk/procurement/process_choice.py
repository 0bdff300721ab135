"""Finding the process under the Provider Selection Regime: answers kept with the decision, and its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from storage.desk.limits import limits
from storage.desk.writing import held, joined_step
from storage.engine.errors import Refused
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.procurements import REGIMES, Procurement
from storage.rules.explained import Explained
from storage.rules.procurement.psr import considerable_change, outcome, questions_answered
from storage.rules.procurement.regimes import Process, process


def answers_of(made: Procurement) -> dict[str, bool]:
    """The answers given before, by the key of the question."""
    return {key: said for key, said in made.psr_answers.items() if isinstance(said, bool)}


def choices(answers: Mapping[str, bool]) -> list[Process]:
    """The processes the answers lead to: the one that must be used, or those that may; none while one is open."""
    found = outcome(answers).value
    if found is None:
        return []
    return [each for code in (*found.must, *found.may) if (each := process(code)) is not None]


def by_the_figures(reader: Reader, made: Procurement) -> Explained[bool | None]:
    """What the values say to the question whether the arrangements change considerably."""
    number = made.contract or 0
    contract = reader.many(Contract, [number]).get(number) or Contract()
    original = contract.award_value if contract.award_value is not None else contract.current_value
    day = made.decided_on or reader.today()
    return considerable_change(
        original, made.lifetime_value, day, limits(reader),
        different_in_character=made.material, own_decision=True,
    )  # fmt: skip


def words_of(answers: Mapping[str, bool], chosen: Process) -> str:
    """The reasons as they are written into the decision: each question with its answer, then what follows."""
    asked = [f"{question.ask} {'Yes' if said else 'No'}." for question, said in questions_answered(answers)]
    found = outcome(answers)
    return "\n".join((*asked, found.why, f"Process: {chosen.title} ({chosen.source})."))


def write_process(store: Store, made: Procurement, answers: Mapping[str, bool], chosen: Process) -> None:
    """Write the process, its regime and the reasons into a decision as one step; reasons written before stay.

    Raises `Refused` when the answers do not lead to the process.
    """
    if chosen not in choices(answers):
        raise Refused(f"The answers do not lead to {chosen.title}. Nothing was changed.")
    now = held(store, Procurement, made.key)
    before = words_of(given, was) if (given := answers_of(now)) and (was := _was(now, given)) else ""
    kept = now.reasons.replace(before, "").strip() if before else now.reasons.strip()
    reasons = "\n\n".join(part for part in (kept, words_of(answers, chosen)) if part)
    way = {question.key: said for question, said in questions_answered(answers)}
    with joined_step(store, f"Record the process of {now.name}"):
        store.save(replace(now, regime=REGIMES[0], process=chosen.title, reasons=reasons, psr_answers=way))


def _was(made: Procurement, answers: Mapping[str, bool]) -> Process | None:
    """The process written before, by its title."""
    return next((each for each in choices(answers) if each.title == made.process), None)
