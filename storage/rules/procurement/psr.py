"""The process the Provider Selection Regime asks for: one question after another, and the test of change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from storage.engine.values import show_money_short
from storage.rules.explained import Explained, Reason
from storage.rules.procurement.reference import table, words
from storage.rules.procurement.thresholds import (
    Threshold,
    number_of,
    pence_of,
    percent_shown,
    unknown_without_limits,
)

CONSIDERABLE_CHANGE = "considerable_change"
"""The key of the question that `considerable_change` answers by arithmetic."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to be answered yes or no; `yes` and `no` name the question or the outcome that follows."""

    key: str
    ask: str
    help: str
    yes: str
    no: str
    source: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the questions lead: codes of the processes that must be used, or of those that may."""

    key: str
    must: tuple[str, ...]
    may: tuple[str, ...]
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class DecisionTree:
    """The questions and outcomes by key, and the question to begin with."""

    first: str
    questions: Mapping[str, Question]
    outcomes: Mapping[str, Outcome]


@cache
def decision_tree() -> DecisionTree:
    """The decision tree as shipped (SI 2023/1348, regulation 6)."""
    shipped = table("psr_decision")
    questions = [
        Question(row["key"], row["ask"], row["help"], row["yes"], row["no"], row["source"])
        for row in shipped["questions"]
    ]
    outcomes = [
        Outcome(row["key"], words(row, "must"), words(row, "may"), row["why"], row["source"])
        for row in shipped["outcomes"]
    ]
    return DecisionTree(
        str(shipped["first"]),
        {each.key: each for each in questions},
        {each.key: each for each in outcomes},
    )


def next_question(answers: Mapping[str, bool], tree: DecisionTree | None = None) -> Question | None:
    """The first question on the way that has no answer yet; None when an outcome is reached.

    Answers to questions that are not on the way are passed over, so an earlier answer can be changed freely.
    """
    return _walk(answers, tree or decision_tree())[1]


def questions_answered(
    answers: Mapping[str, bool], tree: DecisionTree | None = None
) -> tuple[tuple[Question, bool], ...]:
    """The questions on the way so far with their answers, in order: what a record of the decision prints."""
    return _walk(answers, tree or decision_tree())[0]


def outcome(answers: Mapping[str, bool], tree: DecisionTree | None = None) -> Explained[Outcome | None]:
    """The processes the answers lead to, with each answer as a reason; None while a question is open."""
    tree = tree or decision_tree()
    way, open_question, reached = _walk(answers, tree)
    reasons = tuple(
        Reason(f"{question.ask} {'Yes' if said else 'No'}.", question.source) for question, said in way
    )
    if reached is None:
        asked = f" {open_question.ask}" if open_question else ""
        return Explained(None, f"Not decided yet.{asked}", reasons)
    return Explained(reached, f"{reached.why}.", (*reasons, Reason(f"{reached.why}.", reached.source)))


def _walk(
    answers: Mapping[str, bool], tree: DecisionTree
) -> tuple[tuple[tuple[Question, bool], ...], Question | None, Outcome | None]:
    """The answered way from the first question, and the open question or the outcome at its end."""
    way: list[tuple[Question, bool]] = []
    question = tree.questions[tree.first]
    while question.key in answers:
        said = answers[question.key]
        way.append((question, said))
        following = question.yes if said else question.no
        if following in tree.outcomes:
            return tuple(way), None, tree.outcomes[following]
        question = tree.questions[following]
    return tuple(way), question, None


@unknown_without_limits
def considerable_change(
    original_pence: int | None,
    proposed_pence: int | None,
    on: date | None,
    limits: Iterable[Threshold],
    *,
    different_in_character: bool | None,
    own_decision: bool | None,
) -> Explained[bool | None]:
    """Whether new arrangements are considerably different from the contract they replace; None if not known.

    They are if materially different in character, or if the authority's own decision makes the lifetime value higher
    by both the amount and the percentage the law sets; reaching either figure counts (SI 2023/1348, regulation 6(10)
    to (12)). Values are lifetime values in pence: the existing contract's as first awarded, and the proposed one's.
    """
    if different_in_character:
        why = "Materially different in character, so the change is considerable whatever it costs."
        return Explained(True, why, (Reason(why, "SI 2023/1348, regulation 6(10)"),))
    if own_decision is False:
        return _unless_different(
            different_in_character, "The change does not come from a decision of the authority", ()
        )
    if original_pence is None or proposed_pence is None:
        return Explained(None, "Enter the lifetime value of the present contract and of the proposed one.")
    much, size, figures = _rise(original_pence, proposed_pence, on, tuple(limits))
    if not much:
        return _unless_different(
            different_in_character,
            f"The value rises by {size}, less than the law calls considerable",
            figures,
        )
    if own_decision is None:
        return Explained(None, "Say whether the change comes from a decision of the authority.", figures)
    return Explained(True, f"The authority’s own decision raises the value by {size}: considerable.", figures)


def _rise(
    original_pence: int, proposed_pence: int, on: date | None, limits: tuple[Threshold, ...]
) -> tuple[bool, str, tuple[Reason, ...]]:
    """Whether the rise reaches both figures, how large it is in words, and the steps. Raises NotInForce."""
    amount, by_amount = pence_of("psr_considerable_value", on, limits)
    percent, by_percent = number_of("psr_considerable_percent", on, limits)
    rise = proposed_pence - original_pence
    size = f"{show_money_short(rise)} ({percent_shown(rise, original_pence)})" if rise > 0 else "nothing"
    values = f"From {show_money_short(original_pence)} to {show_money_short(proposed_pence)}"
    figures = (Reason(f"{values}: a rise by {size}."), by_amount.reason, by_percent.reason)
    return rise >= amount and rise * 100 >= percent * original_pence, size, figures


def _unless_different(
    different: bool | None, why: str, figures: tuple[Reason, ...]
) -> Explained[bool | None]:
    """Not considerable for its value; still open while nobody has said whether the character changes."""
    if different is None:
        return Explained(None, f"{why}. Say whether the arrangements are different in character.", figures)
    return Explained(False, f"{why}, and the character stays the same: not considerable.", figures)
