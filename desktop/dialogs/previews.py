"""Previews of everything the program prints, each under a sensible name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.dialogs.print_preview import PrintPreview, open_preview
from desktop.session import Session
from storage.exchange.paper.papers import Paper
from storage.records.assessments import Run
from storage.records.contracts import Contract
from storage.records.specifications import Specification, Version

if TYPE_CHECKING:
    from storage.desk.put_right.finding import Finding

BLANK, PART, COMPLETE, OPEN, SUMMARY = "blank", "part", "complete", "open", "summary"
_NAMED = {BLANK: "blank", PART: "so far", COMPLETE: "complete", OPEN: "unanswered"}


def preview_record(parent: QWidget, session: Session, page: str, number: int) -> PrintPreview | None:
    """The record that a page shows, as it stands; None when the page shows nothing that prints."""
    match page:
        case "contracts":
            return preview_contract(parent, session, session.store.get(Contract, number))
        case "checklists":
            return preview_run(parent, session, session.store.get(Run, number))
        case "specifications":
            return preview_specification(parent, session, session.store.get(Specification, number))
    return None


def preview_run(parent: QWidget, session: Session, run: Run, which: str = "") -> PrintPreview:
    """A run: blank to fill in by hand, or as it stands."""
    if which == BLANK:
        return preview_blank(parent, session, run.template, run.title, run.contract)
    from storage.exchange.paper.print_checklist import checklist_paper

    if which == SUMMARY:
        from storage.exchange.paper.print_run_summary import summary_paper

        shown = partial(summary_paper, session.store, run.key)
        return open_preview(parent, session, shown, f"{run.reference} {run.title} summary {run.subject}")
    named = _NAMED[which or (COMPLETE if run.signed_on else PART)]
    make = partial(checklist_paper, session.store, run.key, only_open=which == OPEN)
    return open_preview(parent, session, make, f"{run.reference} {run.title} {named} {run.subject}")


def preview_blank(
    parent: QWidget, session: Session, template: str, title: str, contract: int | None = None
) -> PrintPreview:
    """A template to fill in by hand, with the facts of a contract at its head when one is given."""
    from storage.exchange.paper.print_checklist import blank_checklist

    make = partial(blank_checklist, template, session.today(), store=session.store, contract=contract)
    return open_preview(parent, session, make, f"{template} {title} blank")


def preview_contract(parent: QWidget, session: Session, contract: Contract) -> PrintPreview:
    """A contract on a page, and if asked for the reasons behind it."""
    from storage.exchange.paper.print_contract import contract_paper

    make = partial(contract_paper, session.store, contract.key)
    dialog = open_preview(parent, session, make, f"{contract.reference} {contract.title} on a page")
    dialog.offer("With reasons", partial(make, reasons=True))
    return dialog


def preview_specification(
    parent: QWidget, session: Session, specification: Specification, version: Version | None = None
) -> PrintPreview:
    """The draft of a specification, or one issued version."""
    from storage.exchange.paper.print_specification import specification_paper

    number = version.key if version is not None else None
    make = partial(specification_paper, session.store, specification.key, version=number)
    named = f"version {version.number}" if version is not None else "draft"
    return open_preview(parent, session, make, f"{specification.reference} {specification.title} {named}")


def preview_put_right(
    parent: QWidget, session: Session, found: Sequence[Finding], owner: str, aside: int = 0
) -> PrintPreview:
    """What is to be put right, of one owner, or of everybody when none is named."""
    from storage.exchange.paper.print_put_right import put_right_paper

    make = partial(put_right_paper, session.store, found, owner, aside)
    return open_preview(parent, session, make, f"To put right {owner}".strip())


def preview_ready(
    parent: QWidget, session: Session, paper: Paper, name: str, whole: Callable[[], Paper] | None = None
) -> PrintPreview:
    """A paper that is made already; `whole` makes it with every row, where some were cut."""
    dialog = open_preview(parent, session, lambda: paper, name)
    if whole is not None:
        dialog.offer("With every row", whole)
    return dialog
