"""What is no Word document, is locked, carries macros or is made to do harm is refused in one plain sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from storage.engine.foreign.child_guard import OUT_OF_MEMORY
from storage.engine.foreign.child_process import TOO_LARGE, TOO_LONG, Ended
from storage.exchange.tables import tabular
from storage.exchange.tables.sheet import SourceError
from storage.exchange.word.door import AS_WORD, read_document, read_document_bytes
from tests.storage.exchange.foreign.making import xlsx
from tests.storage.exchange.word_samples import schedule

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def changed(name: str, content: bytes, *, instead: bool = True) -> bytes:
    """The sample with one part replaced or added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(schedule())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != name or not instead:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return made.getvalue()


def utf16(words: str) -> bytes:
    return words.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7 x", "is a PDF document"),
        (b"{\\rtf1 x}", "is a formatted text document"),
        (b"just words\nin lines", "is no Word document"),
        (xlsx(), "is no Word document"),
        (OLE + utf16("WordDocument\0"), "is an old Word document (.doc)"),
        (OLE + utf16("EncryptedPackage\0"), "is protected by a password"),
        (schedule()[:4000], "is damaged"),
        (changed("word/vbaProject.bin", b"x"), "carries macros"),
        (changed("word/document.xml", b"<w:document"), "is damaged"),
        (changed("word/document.xml", b"<a/>"), "is damaged"),
        (
            changed("word/document.xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
            "document type declarations",
        ),
        (changed("word/document.xml", b"<a>" * 5_000 + b"</a>" * 5_000), "is damaged"),
        (changed("../../evil.xml", b"<a/>"), "not put together as office programs do it"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_plain_words(data: bytes, said: str) -> None:
    with pytest.raises(SourceError) as refused:
        read_document_bytes(data, "Spec.docx")
    assert (
        said in refused.value.what and "workbook" not in refused.value.do and "Excel" not in refused.value.do
    )


def test_a_bomb_is_refused_before_it_goes_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.exchange.foreign.archive.MOST_UNPACKED", 2_000_000)
    with pytest.raises(SourceError, match="unpacks to more"):
        read_document_bytes(changed("word/media/a.bin", bytes(3_000_000)), "bomb.docx")


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        (Ended(0, b"", b"", TOO_LONG), "takes too long"),
        (Ended(0, b"", b"", TOO_LARGE), "more memory"),
        (Ended(OUT_OF_MEMORY, b"", b""), "more memory"),
        (Ended(1, b"", b"boom"), "is damaged"),
        (Ended(0, b"", b""), "could not be read to its end"),
        (Ended(0, b'{"too_much": "more than 5 paragraphs"}\n', b""), "holds more than 5 paragraphs"),
        (Ended(0, b'{"shows": 1}\n{"end": true}\n', b""), "is damaged"),
    ],
)
def test_however_the_reading_process_ends_it_is_said(
    monkeypatch: pytest.MonkeyPatch, ended: Ended, said: str
) -> None:
    monkeypatch.setattr(tabular, "run_child", lambda _command, _feed: ended)
    with pytest.raises(SourceError, match=said):
        read_document_bytes(schedule(), "Spec.docx")


def test_files_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match="no file"):
        read_document(tmp_path / "none.docx")
    with pytest.raises(SourceError, match="is a folder"):
        read_document(tmp_path)
    path = tmp_path / "large.docx"
    path.write_bytes(b"x" * 20)
    monkeypatch.setattr(tabular, "MOST_BYTES", 10)
    with pytest.raises(SourceError, match="larger than"):
        read_document(path)
    assert "Word document" in AS_WORD


def test_pictures_outside_the_file_are_told_and_not_fetched() -> None:
    with zipfile.ZipFile(io.BytesIO(schedule())) as held:
        relations = held.read("word/_rels/document.xml.rels").decode()
    outside = relations.replace(
        'Target="media/image1.png"', 'Target="http://e.org/x.png" TargetMode="External"'
    )
    assert outside != relations
    source = read_document_bytes(changed("word/_rels/document.xml.rels", outside.encode()), "Spec.docx")
    assert not source.pictures
    assert any(told.sort == "outside" and told.words == "A map of the car park" for told in source.told)
