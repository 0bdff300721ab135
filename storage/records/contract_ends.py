"""When a contract ends and by when notice must be given: the rules of `storage.rules` put to what is recorded."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Protocol

from storage.engine.fields import Period
from storage.engine.parts import Parts
from storage.engine.values import Unreadable, show_day
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.reference import CUSHION_DAYS, BankHoliday, Desk
from storage.records.terms import Extension
from storage.rules.explained import Explained, Reason
from storage.rules.notice import (
    NoticeTerms,
    Side,
    last_day,
    last_day_to_give_notice,
    serve_by,
    serve_day,
    vcse_notice,
)
from storage.rules.renewal import BY_AGREEMENT, ENDS, RUNS_ON, Tenure, days_of, decision
from storage.rules.rolling import Decision
from storage.rules.terms import Term, end_after, end_of_parts, read_term

TAKEN_UP, AVAILABLE = "Taken up", "Available"
NOTICE_SERVED = "Notice served"
NO_TERM = "No term is recorded."


class Ending(Protocol):
    """What these rules read of a contract."""

    @property
    def start(self) -> date | None: ...
    @property
    def current_end(self) -> date | None: ...
    @property
    def term(self) -> str: ...
    @property
    def renewal(self) -> str: ...
    @property
    def rolls(self) -> Period | None: ...
    @property
    def minimum_term(self) -> Period | None: ...
    @property
    def runs_on(self) -> bool | None: ...
    @property
    def stage(self) -> str: ...
    @property
    def notice_commissioner(self) -> Period | None: ...
    @property
    def notice_provider(self) -> Period | None: ...
    @property
    def notice_clause(self) -> str: ...
    @property
    def notice_to_month_end(self) -> bool | None: ...
    @property
    def notice_not_before(self) -> date | None: ...
    @property
    def supplier_vcse(self) -> bool | None: ...


def options_of(contract: Ending, parts: Parts) -> tuple[Extension, ...]:
    """The extension options in their order; as the term says them where none are recorded one by one."""
    return parts.once("options", lambda: _options(contract, parts))


def _options(contract: Ending, parts: Parts) -> tuple[Extension, ...]:
    recorded = parts.of(Extension, "extensions")
    if not recorded:
        return _options_as_written(contract.term)
    in_order = sorted(recorded, key=lambda e: (e.position or 0, e.id or 0))
    return tuple(e for e in in_order if e.length is not None)


@lru_cache(maxsize=2_000)
def _options_as_written(words: str) -> tuple[Extension, ...]:
    term = _term_as_written(words).value
    return tuple(Extension(length=length) for length in term.options) if term else ()


def term_of(contract: Ending) -> Explained[Term | None]:
    """The term as it can be read; a wording nobody can be sure of stays text, and the reason is given."""
    return _term_as_written(contract.term)


@lru_cache(maxsize=2_000)  # a register has few wordings, and each is asked for several times a contract
def _term_as_written(words: str) -> Explained[Term | None]:
    if not words:
        return Explained(None, NO_TERM)
    try:
        return Explained(read_term(words), f"The term as recorded: {words}.")
    except Unreadable as reason:
        return Explained(
            None, f"The term is kept as it is written and no date is worked out from it: {reason}"
        )


def first_end(contract: Ending, parts: Parts) -> Explained[date | None]:
    """The last day of the first term, by start and term."""
    return _end_with(contract, parts, ())


def end_by_term(contract: Ending, parts: Parts) -> Explained[date | None]:
    """The end by start, term and the options taken up."""
    return parts.once("end_by_term", lambda: _end_with(contract, parts, (TAKEN_UP,)))


def max_by_term(contract: Ending, parts: Parts) -> Explained[date | None]:
    """The latest end, with every option that is taken up or still available."""
    return _end_with(contract, parts, (TAKEN_UP, AVAILABLE))


def _end_with(contract: Ending, parts: Parts, statuses: tuple[str, ...]) -> Explained[date | None]:
    term = term_of(contract)
    if term.value is None:
        return Explained(None, term.why)
    options = options_of(contract, parts) if statuses else ()
    lengths = tuple([o.length for o in options if o.status in statuses and o.length])
    if parts.silent and contract.start is not None:
        return Explained(end_of_parts(contract.start, (term.value.core, *lengths)), "")
    found = end_after(contract.start, Term(term.value.core, lengths), len(lengths))
    return Explained(found.value, found.why, (Reason(term.why), *found.reasons))


def agreed_end(contract: Ending, parts: Parts) -> Explained[date | None]:
    """The end as agreed: the one recorded, otherwise the one that follows from start, term and options taken up."""
    return parts.once("agreed_end", lambda: _agreed_end(contract, parts))


def _agreed_end(contract: Ending, parts: Parts) -> Explained[date | None]:
    if contract.current_end is not None and parts.silent:
        return Explained(contract.current_end, "")
    if contract.current_end is not None:
        why = f"{show_day(contract.current_end)} is the current end as recorded."
        return Explained(contract.current_end, why, (Reason(why),))
    found = end_by_term(contract, parts)
    if found.value is None and not contract.term:
        return Explained(None, "Neither a current end nor a term is recorded.")
    return found


def ends(contract: Ending, parts: Parts) -> Explained[date | None]:
    """The end that counts today: a contract that rolls over ends with the period today lies in."""
    return parts.once("ends", lambda: _ends(contract, parts))


def _ends(contract: Ending, parts: Parts) -> Explained[date | None]:
    agreed = agreed_end(contract, parts)
    if contract.stage == NOTICE_SERVED or agreed.value is None or (parts.silent and _stands_still(contract)):
        return agreed
    if parts.silent:
        return Explained(_days(contract, parts, "commissioner")[0] or agreed.value, "")
    found = _decided(contract, parts, "commissioner").expiry
    if found.value in (None, agreed.value):
        return Explained(agreed.value, f"{agreed.why} {found.why}", (*agreed.reasons, *found.reasons))
    return Explained(found.value, found.why, (*found.reasons, *agreed.reasons))


def notice_by(contract: Ending, parts: Parts) -> Explained[date | None]:
    """The last day on which the commissioner may give notice, for the next end notice can still bring about."""
    return parts.once("notice_by", lambda: _last_day(contract, parts, "commissioner"))


def provider_notice_by(contract: Ending, parts: Parts) -> Explained[date | None]:
    """The last day on which the provider may give notice."""
    return _last_day(contract, parts, "provider")


def _last_day(contract: Ending, parts: Parts, side: Side) -> Explained[date | None]:
    terms = notice_terms(contract, side)
    agreed = agreed_end(contract, parts).value
    if parts.silent:
        return Explained(_last_day_alone(contract, parts, side, agreed, terms), "")
    if contract.stage == NOTICE_SERVED:
        return last_day_to_give_notice(agreed, terms)
    found = _decided(contract, parts, side)
    if found.last_day.value is not None or agreed is None:
        return found.last_day
    passed = last_day_to_give_notice(agreed, terms)  # from then on notice can be given on any day
    return Explained(
        passed.value, passed.why, (*passed.reasons, Reason(found.end.why, "", found.end.reasons))
    )


def _last_day_alone(
    contract: Ending, parts: Parts, side: Side, agreed: date | None, terms: NoticeTerms
) -> date | None:
    """The day of `_last_day` without the words."""
    if contract.stage == NOTICE_SERVED or (agreed is not None and _stands_still(contract)):
        return last_day(agreed, terms)
    return _days(contract, parts, side)[1] or last_day(agreed, terms)


def next_end(contract: Ending, parts: Parts) -> Explained[date | None]:
    """The next end that notice given today or later can still bring about; it moves daily, so it is not kept."""
    return _decided(contract, parts, "commissioner").end


def _stands_still(contract: Ending) -> bool:
    """Whether its end stays where it was agreed, as time goes by; then no words are needed to find its days."""
    return contract.renewal in ("", ENDS, BY_AGREEMENT) and not contract.runs_on


def _decided(contract: Ending, parts: Parts, side: Side) -> Decision:
    return parts.once(f"decided {side}", lambda: _decide(contract, parts, side))


def _decide(contract: Ending, parts: Parts, side: Side) -> Decision:
    return decision(_tenure(contract, parts), notice_terms(contract, side), parts.today)


def _days(contract: Ending, parts: Parts, side: Side) -> tuple[date | None, date | None]:
    """The expiry and the last day of `_decide` alone."""
    return parts.once(
        f"days {side}",
        lambda: days_of(_tenure(contract, parts), notice_terms(contract, side), parts.today),
    )


def _tenure(contract: Ending, parts: Parts) -> Tenure:
    return Tenure(
        start=contract.start,
        end=agreed_end(contract, parts).value,
        renewal=RUNS_ON if contract.runs_on else contract.renewal,
        every=contract.rolls,
        minimum=contract.minimum_term,
    )


def notice_terms(contract: Ending, side: Side) -> NoticeTerms:
    """What one side has to give, as recorded."""
    return _terms_of(
        contract.notice_commissioner if side == "commissioner" else contract.notice_provider,
        bool(contract.notice_to_month_end),
        contract.notice_not_before,
        contract.notice_clause,
        side,
    )


_terms_of = lru_cache(2_000)(
    NoticeTerms
)  # a register has few clauses, and each is asked for several times a contract


def serve_notice_by(contract: Ending, parts: Parts) -> Explained[date | None]:
    """The working day by which to serve notice, days to spare taken off."""
    legal, cushion = notice_by(contract, parts), parts.shared("cushion", lambda: _cushion(parts))
    if parts.silent and legal.value is not None:
        return Explained(serve_day(legal.value, holidays_of(parts), cushion), "")
    return serve_by(legal.value, holidays_of(parts), cushion, legal.reasons)


def guidance_notice_by(contract: Ending, parts: Parts) -> Explained[date | None]:
    """The three months that guidance asks for towards the voluntary sector. It changes no legal date."""
    if not _is_voluntary(contract, parts):
        return Explained(None, "No provider is marked as a voluntary, community or social enterprise.")
    return vcse_notice(ends(contract, parts).value, notice_terms(contract, "commissioner"))


def _is_voluntary(contract: Ending, parts: Parts) -> bool:
    providers = {p.organisation for p in parts.of(Party, "parties") if p.role == "Provider"}
    marked = (o.vcse for o in parts.of(Organisation, "organisations") if o.id in providers)
    return bool(contract.supplier_vcse) or any(marked)


def holidays_of(parts: Parts) -> frozenset[date]:
    """The bank holidays of the file."""
    return parts.shared(
        "holidays", lambda: frozenset(h.on for h in parts.of(BankHoliday, "holidays") if h.on)
    )


def _cushion(parts: Parts) -> int:
    desk = next(iter(parts.of(Desk, "desk")), None)
    return CUSHION_DAYS if desk is None or desk.cushion_days is None else max(0, desk.cushion_days)
