"""What is done with the documents of a contract: attach, link, rename, take away; and what a check says of them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from storage.desk.addresses import read_address
from storage.desk.files.attachments import (
    attachments_folder,
    missing_or_changed,
    nobodys,
    taking_in,
)
from storage.desk.files.document_kinds import ending_of, label_of
from storage.desk.unseen import seen
from storage.desk.writing import held, joined_step
from storage.engine.check.checking import checking as checking_file
from storage.engine.check.report import Looked, Outcome, Report
from storage.engine.conditions import Where
from storage.engine.errors import StorageError, Unsettled
from storage.engine.opening import open_store
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.documents import Document

ATTACHED = "Attached documents"


def documents_of(reader: Reader, contract_id: int) -> list[Document]:
    """The documents of a contract by name."""
    return reader.all(Document, Query((Where("contract", "is", (contract_id,)),), (Order("title"),)))


def attaching(store: Store, contract_id: int, source: Path) -> Iterator[Progress]:
    """Attach a copy of a file to a contract as one step. Raises `StorageError` and attaches nothing when it cannot."""
    contract = held(store, Contract, contract_id)
    store.file.check_before_writing()
    folder = attachments_folder(store.file.user_path)
    stored, size, digest = yield from taking_in(source, folder)
    document = Document(
        title=label_of(source.name), contract=contract_id, ending=ending_of(source.name), stored=stored, size=size,
        sha256=digest, added_on=store.today(),
    )  # fmt: skip
    try:
        with store.step(f"Attach {document.name} to {contract.name}"):
            store.save(document)
    except Unsettled:
        raise  # the record may be saved, so its file stays
    except BaseException:
        (folder / stored).unlink(missing_ok=True)  # nothing refers to it, and nothing ever did
        raise


def add_link(store: Store, contract_id: int, address: str, title: str = "") -> Document:
    """Note where a document of a contract is published. Raises `NotAnAddress` when it cannot be opened."""
    contract = held(store, Contract, contract_id)
    read = read_address(address)
    made = Document(
        title=seen(title) or read.host, contract=contract_id, address=address.strip(), added_on=store.today()
    )
    with joined_step(store, f"Link {made.name} to {contract.name}"):
        return store.save(made)


def rename(store: Store, document_id: int, title: str) -> None:
    """Call a document something else; the file it stands for keeps its own name. Raises `StorageError` for no name."""
    document, wanted = held(store, Document, document_id), seen(title)
    if not wanted:
        raise StorageError("A document needs a name. Nothing was changed.")
    if wanted != document.title:
        with joined_step(store, f"Rename {document.name} to {wanted}"):
            store.save(replace(document, title=wanted))


def remove(store: Store, document_id: int) -> None:
    """Move a document to the bin; its file is kept, so that it can come back."""
    document = held(store, Document, document_id)
    with joined_step(store, f"Move {document.name} to the bin"):
        store.bin(Document, [document_id])


def checking(
    path: Path, snapshot: Path | None = None, *, lying: Path | None = None
) -> Generator[Progress, None, Report]:
    """Check a file as the engine does, then every attached file by size and hash.

    A snapshot saves reading the file; `lying` is where a working copy comes from, and its attached files are.
    """
    report = yield from checking_file(path, snapshot)
    if report.damage:
        report.looked.append(Looked(ATTACHED, Outcome.UNSEEN, "The damage above comes first."))
        return report
    with closing(open_store(snapshot or path, read_only=True)) as store:
        every = [*store.all(Document, Query()), *store.all(Document, Query(binned=True))]
    yield from _files(attachments_folder(lying or path), [d for d in every if d.stored], report)
    return report


def _files(folder: Path, every: list[Document], report: Report) -> Iterator[Progress]:
    left = nobodys(folder, every)
    for document in every:
        if words := (yield from missing_or_changed(folder, document)):
            report.advise(ATTACHED, words)
    if left:
        words = f"{_files_belong(len(left))} in “{folder.name}” to no document now. "
        report.advise(ATTACHED, words + "Nothing is deleted: Redo or an older backup may bring one back.")
    if ATTACHED not in {looked.what for looked in report.looked}:
        words = (
            f"{len(every):,} attached, each as it was when it was attached" if every else "None is attached"
        )
        report.looked.append(Looked(ATTACHED, Outcome.GOOD, words))


def _files_belong(files: int) -> str:
    """`1 file belongs`, `2 files belong`."""
    return f"{files:,} file belongs" if files == 1 else f"{files:,} files belong"
