"""Draft texts of the notices a contract owes, on paper: each under its name, with its day and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from storage.desk.procurement.notice_drafts import NoticeDraft, drafts
from storage.engine.store import Store
from storage.exchange.paper.papers_money import MoneyColumn, MoneyPaper, MoneySection, MoneyTable
from storage.exchange.paper.print_data import imprint_of
from storage.records.contracts import Contract

TITLE = "Draft notices"
NOT_ON_RECORD = "Not on record yet"
_COLUMNS = (MoneyColumn("What it says", 25), MoneyColumn("Text", 75))


def notices_paper(store: Store, contract: Contract, of: Sequence[NoticeDraft] | None = None) -> MoneyPaper:
    """The drafts as pages: those given, or all a contract owes."""
    found = drafts(store, contract) if of is None else tuple(of)
    many = "1 notice is" if len(found) == 1 else f"{len(found):,} notices are"
    return MoneyPaper(
        imprint=imprint_of(store, store.today()),
        title=TITLE,
        subject=" ".join(w for w in (contract.reference, contract.title) if w),
        said=f"{many} owed and not recorded as published."
        if found
        else "Every notice owed is recorded as published.",
        sections=tuple(_section(each) for each in found),
    )


def _section(draft: NoticeDraft) -> MoneySection:
    rows = tuple((line.title, line.words or NOT_ON_RECORD) for line in draft.lines)
    lacking = f"Still missing: {'; '.join(draft.missing)}." if draft.missing else "Nothing is missing."
    sources = "; ".join(dict.fromkeys(line.source for line in draft.lines))
    said = f"{draft.decision}. {draft.due} {lacking} What it has to say: {sources}."
    return MoneySection(draft.heading, MoneyTable(_COLUMNS, rows), said)
