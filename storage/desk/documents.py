"""What is done with the documents of a contract: attach, link, rename, take away; and what a check says of them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

from storage.desk.addresses import read_address
from storage.desk.attachments import (
    attachments_folder,
    missing_or_changed,
    nobodys,
    taking_in,
)
from storage.desk.document_kinds import ending_of, label_of
from storage.desk.unseen import seen
from storage.desk.writing import held, joined_step
from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.documents import Document


def documents_of(reader: Reader, contract_id: int) -> list[Document]:
    """The documents of a contract by name."""
    return reader.all(Document, Query((Where("contract", "is", (contract_id,)),), (Order("title"),)))


def attaching(store: Store, contract_id: int, source: Path) -> Iterator[Progress]:
    """Attach a copy of a file to a contract as one step. Raises `StorageError` and attaches nothing when it cannot."""
    contract = held(store, Contract, contract_id)
    store.file.check_before_writing()
    folder = attachments_folder(store)
    stored, size, digest = yield from taking_in(source, folder)
    document = Document(
        title=label_of(source.name), contract=contract_id, ending=ending_of(source.name), stored=stored, size=size,
        sha256=digest, added_on=store.today(),
    )  # fmt: skip
    try:
        with store.step(f"Attach {document.name} to {contract.name}"):
            store.save(document)
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


def checking(reader: Reader) -> Generator[Progress, None, list[str]]:
    """Look every attached file over; returns in words what is missing, was changed, or belongs to nothing."""
    every = [*reader.all(Document, Query()), *reader.all(Document, Query(binned=True))]
    found = []
    for document in every:
        found.append((yield from missing_or_changed(reader, document)))
    advice = [words for words in found if words]
    if left := nobodys(reader, every):
        folder = attachments_folder(reader).name
        advice.append(
            f"{len(left):,} of the files in “{folder}” belong to no document now. They are kept, since Redo or an "
            "older backup may need them."
        )
    return advice
