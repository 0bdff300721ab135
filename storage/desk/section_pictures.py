"""The pictures of a specification: attached as documents, named by their UUID in the text, read when they are drawn."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.desk.attachments import attachments_folder, stored_file, taking_in
from storage.desk.pictures import JPEG, PNG, is_safe
from storage.engine.errors import StorageError
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.records.documents import Document

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


def keeping(
    source: Path, folder: Path, specification: int, title: str, ending: str
) -> Generator[Progress, None, Document]:
    """Copy a picture into the attachments folder; returns its document, not yet saved. Raises `StorageError`."""
    stored, size, digest = yield from taking_in(source, folder)
    return Document(
        title=title, specification=specification, ending=ending, stored=stored, size=size, sha256=digest
    )
