"""Why this date? on paper: each worked-out value of a contract with its sentence and the steps behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storage.desk.words import in_words
from storage.engine.parts import Reason
from storage.engine.store import Store
from storage.exchange.paper.papers_contract import ReasonPaper, StepPaper
from storage.records.contracts import Contract

EXPLAINED = (
    "ends", "agreed_end", "first_end", "end_by_term", "max_by_term", "notice_by", "serve_by",
    "guidance_notice_by", "provider_notice_by", "extend_by", "start_by", "act_by", "decide_by",
    "annualised", "value_with_options", "kpi_rating",
)  # fmt: skip


def reason_papers(store: Store, contract: Contract) -> tuple[ReasonPaper, ...]:
    """The worked-out values that hold something, and those left blank whose reason says what is missing."""
    made: dict[tuple[str, str], ReasonPaper] = {}
    for name in EXPLAINED:
        field = contract.FIELDS[name]
        value = in_words(field, getattr(contract, name))
        why = store.why(contract, name)
        if value or name in ("ends", "notice_by", "act_by"):
            steps = tuple(_steps(store.reasons(contract, name), 0))
            label = (
                made[value, why].label + f"; {field.label.lower()}" if (value, why) in made else field.label
            )
            made[value, why] = ReasonPaper(label, value or "not known", why, steps)
    return tuple(made.values())


def _steps(reasons: Sequence[Reason], depth: int) -> Iterator[StepPaper]:
    for reason in reasons:
        if reason.words:
            yield StepPaper(reason.words, reason.source, depth)
        yield from _steps(reason.rests_on, depth + 1)
