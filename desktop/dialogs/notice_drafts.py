"""Shows the draft texts of the notices a decision owes, to be printed or copied into a portal."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.dialogs.print_preview import PrintPreview, open_preview
from desktop.session import Session
from storage.desk.procurement.notice_drafts import drafts_of
from storage.exchange.paper.print_notices import notices_paper
from storage.records.contracts import Contract
from storage.records.procurements import Procurement
from widgets.parts import button
from widgets.shown import set_tip


def preview_drafts(parent: QWidget, session: Session, decision: Procurement) -> PrintPreview:
    """The drafts as pages, with a button that copies them as plain text."""
    store = session.store
    number = decision.contract or 0
    contract = store.many(Contract, [number]).get(number) or Contract(title=decision.title)
    found = drafts_of(store, decision)
    made = open_preview(
        parent, session, lambda: notices_paper(store, contract, found), f"{contract.reference} draft notices"
    )
    copy = button("Copy the text")
    set_tip(copy, "Copies every draft as plain text, to be put into the portal")
    copy.setEnabled(bool(found))
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText("\n".join(each.text for each in found)))
    made.preview.add_tool(copy)
    return made
