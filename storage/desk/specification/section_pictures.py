"""The pictures of a specification: attached as documents, named by their UUID in the text, read when they are drawn."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from storage.desk.files.attachments import LARGEST, attachments_folder, stored_file, taking_in
from storage.desk.files.document_kinds import ending_of
from storage.desk.files.pictures import JPEG, PNG, is_safe
from storage.desk.writing import held
from storage.engine.errors import StorageError, Unsettled, explain_os
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.records.documents import Document
from storage.records.specifications import Section
from storage.text.tree import Picture
from storage.text.writing import write_markdown

DRAWN = {"png": PNG, "jpg": JPEG, "jpeg": JPEG}
"""Endings of the pictures that are drawn, and how such files begin; any other is kept and named in words."""


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture that can be drawn: its document's UUID, its bytes and what they are, png or jpg."""

    uuid: str
    content: bytes
    ending: str


def drawn_pictures(reader: Reader, uuids: Sequence[str]) -> dict[str, DrawnPicture]:
    """The pictures of some UUIDs that are there, unchanged and safe to draw; the others are left out."""
    folder = attachments_folder(reader.file.user_path)
    found = {}
    for uuid, document in reader.by_uuid(Document, list(dict.fromkeys(uuids))).items():
        content = _content(folder, document)
        ending = next((e for e in ("png", "jpg") if content.startswith(DRAWN[e])), "")
        if ending and is_safe(content):
            found[uuid] = DrawnPicture(uuid, content, ending)
    return found


def _content(folder: Path, document: Document) -> bytes:
    if document.ending not in DRAWN:
        return b""
    try:
        return stored_file(folder, document).read_bytes()
    except (StorageError, OSError):
        return b""  # Check my file says what is missing or changed


def putting_in(
    store: Store, section_id: int, source: Path, alt: str, caption: str = ""
) -> Generator[Progress, None, None]:
    """Attach a picture and put it at the end of a section, as one step. Raises `StorageError` for what is none.

    The words for who cannot see it are needed; without them a reader would not know that something is shown.
    """
    section = held(store, Section, section_id)
    if not alt.strip():
        raise StorageError("Say in words what the picture shows. Nothing was changed.")
    if ending_of(source.name) not in DRAWN or not is_safe(_first_bytes(source)):
        raise StorageError(
            f"“{source.name}” is no PNG or JPEG picture that can be drawn. Nothing was changed."
        )
    store.file.check_before_writing()
    folder = attachments_folder(store.file.user_path)
    title = alt.strip()[:80]
    document = yield from keeping(source, folder, section.specification or 0, title, ending_of(source.name))
    try:
        with store.step(f"Put a picture into {section.heading}"):
            kept = store.save(replace(document, added_on=store.today()))
            picture = Picture(kept.uuid, " ".join(alt.split()), " ".join(caption.split()))
            body = "\n\n".join(filter(None, (section.body.rstrip(), write_markdown((picture,)))))
            store.save(replace(section, body=body))
    except Unsettled:
        raise  # the record may be saved, so its file stays
    except BaseException:
        (folder / document.stored).unlink(missing_ok=True)
        raise


def _first_bytes(source: Path) -> bytes:
    try:
        with source.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise explain_os(error, f"read “{source.name}”") from error


def keeping(
    source: Path, folder: Path, specification: int, title: str, ending: str
) -> Generator[Progress, None, Document]:
    """Copy a picture into the attachments folder; returns its document, not yet saved. Raises `StorageError`."""
    stored, size, digest = yield from taking_in(source, folder)
    return Document(
        title=title, specification=specification, ending=ending, stored=stored, size=size, sha256=digest
    )
