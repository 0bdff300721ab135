"""What the checks look at: every record of the file that matters to them, read once a table and only in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar

from storage.desk.limits import limits_of
from storage.desk.put_right.finding import Finding, Kind
from storage.engine.fields import Record
from storage.engine.partly import read_partly, read_rows
from storage.engine.reading import Reader
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.planning import Threshold as RecordedLimit
from storage.records.procurements import Procurement, PublishedNotice
from storage.records.reference import BankHoliday, Desk
from storage.records.running import Notice
from storage.records.terms import Extension
from storage.rules.position import (
    AWARDED,
    CANCELLED,
    DRAFT,
    EXPIRED,
    LIVE,
    NOT_STARTED,
    OPEN_ENDED,
    ROLLING,
    RUNNING_ON,
    TERMINATED,
)
from storage.rules.procurement.regimes import regime_called
from storage.rules.procurement.thresholds import Threshold

R = TypeVar("R", bound=Record)
OVER = frozenset((EXPIRED, TERMINATED, CANCELLED))
RUNNING = frozenset((LIVE, OPEN_ENDED, RUNNING_ON, ROLLING))
COMING = frozenset((DRAFT, AWARDED, NOT_STARTED))
_NOTICES = frozenset(("Termination", "Non-renewal", "Break", "Extension"))
_CONTRACT = (
    "reference", "title", "provider_name", "stage", "start", "current_end", "ends", "agreed_end", "first_end",
    "end_by_term", "initial_end", "max_end", "term", "renewal", "rolls", "notice_commissioner", "notice_by",
    "serve_by", "extend_by", "act_by", "current_value", "award_value", "value_certainty", "contract_form",
    "form_target", "form_target_date", "fitness", "regime", "route", "insurance_expiry", "supplier_vcse",
    "supplier_company_number", "supplier_charity_number",
    "lead_commissioner", "contract_manager", "review_date", "review_cycle", "award_date", "unread", "position",
)  # fmt: skip


class Register:
    """The file as the checks see it on one day. Tables are read when a check first asks for them."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.today = reader.today()
        self.contracts = read_partly(reader, Contract, _CONTRACT)
        self.by_id = {c.key: c for c in self.contracts}
        self.active = [c for c in self.contracts if c.position not in OVER]
        self.running = [c for c in self.active if c.position in RUNNING]

    def rows(self, cls: type[R], *names: str, binned: bool = False) -> list[R]:
        """All records of a class, with these fields only."""
        return read_partly(self.reader, cls, names, binned=binned)

    def more(self, contracts: Iterable[Contract]) -> dict[int, Contract]:
        """These contracts with all their fields, for the few a check has to know more of."""
        return self.reader.many(Contract, [c.key for c in contracts])

    def of_active(self, cls: type[R], *names: str) -> list[tuple[Contract, R]]:
        """The records of a class that belong to a contract which is not over, each with it."""
        rows = self.rows(cls, "contract", *names)
        found = ((self.by_id.get(getattr(row, "contract") or 0), row) for row in rows)  # noqa: B009
        return [(c, row) for c, row in found if c is not None and c.position not in OVER]

    def found(self, kind: Kind, contract: Contract, *given: object, at: Record | None = None, field: str = "",
              owner: str = "") -> Finding:  # fmt: skip
        """A finding about a contract, or about a record `at` that belongs to it."""
        about = at or contract
        return Finding(
            kind,
            about.TABLE,
            about.key,
            about.uuid,
            field or kind.field,
            contract.key,
            contract.title or contract.reference or f"Contract {contract.id}",
            contract.reference,
            owner or owner_of(contract),
            given,
        )

    # ---- what several checks read

    @cached_property
    def options(self) -> Mapping[int, Sequence[Extension]]:
        """The extension options of each contract in their order."""
        rows = self.rows(Extension, "contract", "position", "title", "length", "status", "decide_by")
        rows.sort(key=lambda e: (e.position or 0, e.key))
        return grouped(rows, "contract")

    @cached_property
    def notice_given(self) -> frozenset[int]:
        """The contracts on which a notice that settles their end has been served or received."""
        rows = self.rows(Notice, "contract", "kind")
        return frozenset(n.contract for n in rows if n.contract is not None and n.kind in _NOTICES)

    @cached_property
    def organisations(self) -> Mapping[int, Organisation]:
        """Organisations by id, those in the bin among them."""
        names = ("title", "company_number", "charity_number", "vcse", "retired", "merged_into")
        return {o.key: o for o in self.rows(Organisation, *names, binned=True)}

    @cached_property
    def providers(self) -> Mapping[int, Sequence[Organisation]]:
        """The organisations that provide each contract."""
        held: dict[int, list[Organisation]] = defaultdict(list)
        found = self.organisations
        for *_, contract, organisation, role in read_rows(
            self.reader, Party, ("contract", "organisation", "role")
        ):
            if role == "Provider" and contract is not None and organisation in found:
                held[contract].append(found[organisation])
        return held

    @cached_property
    def procurements(self) -> list[tuple[Contract, Procurement]]:
        """Every procurement decision with its contract, those of contracts that are over left out."""
        return self.of_active(Procurement, *(n for n in Procurement.FIELDS if n not in ("contract", "notes")))

    @cached_property
    def published(self) -> Mapping[int, Sequence[PublishedNotice]]:
        """The notices published of each procurement decision."""
        return grouped(self.rows(PublishedNotice, "procurement", "code", "published_on"), "procurement")

    @cached_property
    def holidays(self) -> frozenset[date]:
        """The bank holidays of the file."""
        return frozenset(h.on for h in self.rows(BankHoliday, "on") if h.on is not None)

    @cached_property
    def desk(self) -> Desk:
        """Who keeps this file."""
        return next(iter(self.rows(Desk, "default_route")), Desk())

    @cached_property
    def limits(self) -> tuple[Threshold, ...]:
        """The limits of the law: those the file keeps, otherwise as they come with the program."""
        kept = self.rows(RecordedLimit, "title", "code", "amount", "figure", "from_on", "until", "source")
        return limits_of(kept)


def owner_of(contract: Contract) -> str:
    """Who looks after a contract: its manager, else the lead commissioner; blank when neither is named."""
    return (contract.contract_manager or contract.lead_commissioner).strip()


def code_of(regime: str) -> str:
    """The code of the procurement regime a record names; blank for a word that is none."""
    found = regime_called(regime) if regime else None
    return found.code if found else ""


def grouped(rows: Iterable[R], link: str) -> Mapping[int, list[R]]:
    """Records by the id of what a link field of theirs leads to."""
    held: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        if (number := getattr(row, link)) is not None:
            held[number].append(row)
    return held
