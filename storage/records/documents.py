"""Documents that belong to a record: an address where one is published, or a copy kept beside the file."""

from __future__ import annotations

from datetime import date

from storage.engine.fields import Record, day, link, record, text, whole


@record("attached_document", "Document", named_by=("title", "address"))
class Document(Record):
    """Either an address, or a copy whose name, size and hash say which file of the attachments folder it is."""

    title: str = text(
        "Name", required=True, width=280, shown=True, help="A label only; no file is named by it."
    )
    contract: int | None = link("Contract", "contract")
    specification: int | None = link("Specification", "specification")
    address: str = text("Address", address=True)
    ending: str = text("Type of file", help="The end of the name it had, such as pdf.")
    stored: str = text("Kept under", column=False, search=False)
    size: int | None = whole("Size in bytes")
    sha256: str = text("SHA-256", column=False, search=False)
    added_on: date | None = day("Added on")
