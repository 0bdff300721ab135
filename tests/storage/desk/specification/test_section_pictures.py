"""Pictures of a specification: attached, named in the text, drawn only while they are whole and safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.desk.files.attachments import attachments_folder
from storage.desk.specification.section_pictures import drawn_pictures, putting_in
from storage.desk.specification.sections import sections_of
from storage.desk.specification.specifications import start_specification
from storage.engine.contents import finished
from storage.engine.errors import StorageError
from storage.records.documents import Document
from storage.text.reading import read_markdown
from storage.text.tree import Picture, pictures_in
from tests.storage.desk.register import Register
from tests.storage.exchange.paper_samples import letterhead


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "Map.png"
    path.write_bytes(letterhead())
    return path


def test_a_picture_is_attached_and_stands_in_the_text(register: Register, picture: Path) -> None:
    store = register.store
    made = start_specification(store, "council", "Meals")
    section = sections_of(store, made.key)[0]
    finished(putting_in(store, section.key, picture, "A map of [the] area", "Where we are"))
    (held,) = store.all(Document)
    assert (held.specification, held.ending, held.title) == (made.key, "png", "A map of [the] area")
    (block,) = read_markdown(sections_of(store, made.key)[0].body)
    assert block == Picture(held.uuid, "A map of [the] area", "Where we are")
    drawn = drawn_pictures(store, pictures_in((block,)))
    assert drawn[held.uuid].content == letterhead() and drawn[held.uuid].ending == "png"
    register.undo()
    assert sections_of(store, made.key)[0].body == "" and not store.all(Document)


def test_a_changed_missing_or_hostile_picture_is_not_drawn(register: Register, picture: Path) -> None:
    store = register.store
    made = start_specification(store, "council", "Meals")
    finished(putting_in(store, sections_of(store, made.key)[0].key, picture, "A map"))
    (held,) = store.all(Document)
    file = attachments_folder(store.file.user_path) / held.stored
    file.write_bytes(bytes(held.size or 0))
    assert drawn_pictures(store, [held.uuid]) == {}
    file.unlink()
    assert drawn_pictures(store, [held.uuid, "none"]) == {}


@pytest.mark.parametrize(
    ("name", "content", "alt", "said"),
    [
        ("Map.png", letterhead(), " ", "Say in words"),
        ("Map.gif", letterhead(), "A map", "no PNG or JPEG"),
        ("Map.png", b"GIF89a", "A map", "no PNG or JPEG"),
        (
            "Map.png",
            letterhead().replace(b"\x00\x00\x00\x01\x00\x00\x00\x01", b"\x00\x01\x00\x00" * 2, 1),
            "A map",
            "no PNG",
        ),
    ],
)
def test_what_is_no_picture_leaves_nothing_behind(
    register: Register, tmp_path: Path, name: str, content: bytes, alt: str, said: str
) -> None:
    store = register.store
    made = start_specification(store, "council", "Meals")
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(StorageError, match=said):
        finished(putting_in(store, sections_of(store, made.key)[0].key, path, alt))
    assert not store.all(Document)
    folder = attachments_folder(store.file.user_path)
    assert not folder.is_dir() or not list(folder.iterdir())


def test_a_file_that_is_gone_is_said(register: Register, tmp_path: Path) -> None:
    store = register.store
    made = start_specification(store, "council", "Meals")
    with pytest.raises(StorageError, match=r"read “none\.png”"):
        finished(putting_in(store, sections_of(store, made.key)[0].key, tmp_path / "none.png", "A map"))
