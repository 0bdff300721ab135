"""The documents of a contract and what is done with them: attach, link, open a copy, save a copy, rename, remove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.links import open_copy, open_link, show_folder
from desktop.pages.documents_panel import COPY, FOLDER, OPEN, RENAME, DocumentsPanel, can_open
from desktop.session import Session
from storage.desk.files import documents
from storage.desk.files.attachments import attachments_folder, taking_out, taking_out_to_read
from storage.desk.files.document_kinds import safe_name
from storage.engine.fields import Field, Kind
from storage.engine.steps import Progress
from storage.records.contracts import Contract
from storage.records.documents import Document

ADDRESS = Field(
    "Address", Kind.TEXT, "address", required=True, width=300, help="A web address (https, http)."
)
NAME = Field("Name", Kind.TEXT, "title", width=300, help="What to call it; left blank, the name of the site.")
READ_COPY = "A copy to read is shown. To change it, save a copy, and attach that when it is done."


class ContractDocuments(DocumentsPanel):
    """The tab of a contract."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._contract = 0
        self.attach_asked.connect(self._choose)
        self.link_asked.connect(self.add_link)
        self.dropped.connect(self.attach)
        self.asked.connect(self.do)

    def show_contract(self, contract: Contract) -> None:
        """Show the documents of a contract."""
        self._contract = contract.key
        held = documents.documents_of(self._session.store, contract.key)
        self.show_documents(held, read_only=self._session.read_only)

    @property
    def _folder(self) -> Path:
        return attachments_folder(self._session.store.file.user_path)

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Attach files", "", "All files (*)")
        self.attach(names)

    def attach(self, names: Sequence[str]) -> None:
        """Attach files, each as a step of its own; the first that cannot be attached ends it with the reason."""
        if names:
            self._session.run(self._attaching([Path(name) for name in names]), "Attaching")

    def _attaching(self, paths: Sequence[Path]) -> Iterator[Progress]:
        for path in paths:
            yield from documents.attaching(self._session.store, self._contract, path)

    def add_link(self) -> FormDialog:
        """Ask where a document is published."""

        def act(values: Values) -> None:
            title = str(values["title"] or "")
            documents.add_link(self._session.store, self._contract, str(values["address"]), title)

        dialog = FormDialog(self, "Add a link", (ADDRESS, NAME), act, do="Add", today=self._session.today())
        dialog.open()
        return dialog

    def do(self, key: str, number: int) -> None:
        """Do with a document what its row was asked for."""
        found = self._session.store.many(Document, [number]).get(number)
        if found is None:
            return
        if key == OPEN:
            self._open(found)
        elif key == COPY:
            self._save_copy(found)
        elif key == FOLDER:
            show_folder(self, self._folder)
        elif key == RENAME:
            self._rename(found)
        else:
            self._session.attempt(partial(documents.remove, self._session.store, number))

    def _open(self, document: Document) -> None:
        if not document.stored:
            open_link(self, document.address)
        elif can_open(document):
            made: list[Path] = []

            def work() -> Iterator[Progress]:
                made.append((yield from taking_out_to_read(self._folder, document)))

            def show() -> None:
                self._session.said.emit(READ_COPY)
                open_copy(self, made[0])

            self._session.run(work(), f"Opening {document.name}", show)

    def _save_copy(self, document: Document) -> None:
        start = safe_name(document.title, document.ending)
        name, _ = QFileDialog.getSaveFileName(self, "Save a copy", start, "All files (*)")
        if name:
            target = Path(name)
            said = partial(self._session.said.emit, f"Copy saved as {target.name}.")
            self._session.run(taking_out(self._folder, document, target), f"Copying {document.name}", said)

    def _rename(self, document: Document) -> None:
        def act(values: Values) -> None:
            documents.rename(self._session.store, document.key, str(values["title"] or ""))

        FormDialog(
            self, "Rename the document", (Document.FIELDS["title"],), act, do="Rename", today=self._session.today(),
            values={"title": document.title},
        ).open()  # fmt: skip
