"""Files are known by their content, and what cannot be read is named in plain words."""

from __future__ import annotations

import pytest

from storage.exchange.foreign.kinds import kind_of
from storage.exchange.tables.sheet import SourceError
from tests.storage.exchange.foreign.making import MAKERS, old_office, packed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_DOCUMENT = "application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize("kind", MAKERS)
def test_the_name_does_not_matter(kind: str) -> None:
    assert kind_of(MAKERS[kind](), "register.pdf") == ("text" if kind == "csv" else kind)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (OLE + bytes(512), "without a workbook"),
        (OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "password or a sensitivity label"),
        (old_office("WordDocument", b"x"), "old Word document"),
        (old_office("PowerPoint Document", b"x"), "old presentation"),
        (b"<html><table><tr><td>Ref</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "web page or XML"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "web page or XML"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"GIF89a", "picture"),
        (b"MZ\x90\0", "program"),
        (b"SQLite format 3\0".ljust(100, b"\0"), "database of another program"),
        (
            b"SQLite format 3\0".ljust(68, b"\0") + b"CDK1" + bytes(30),
            "copied into a fresh file",
        ),
        (b'[{"title": "Care"}]\n', "JSON"),
        (bytes(range(1, 32)) * 20, "neither text nor a workbook"),
        (b"PK\x03\x04 cut off", "damaged"),
        (packed({"photos/a.jpg": b"x"}), "zip file"),
        (packed({"ppt/presentation.xml": b"x"}), "presentation"),
        (packed({"Index/Document.iwa": b"x"}), "Apple Numbers"),
        (packed({"[Content_Types].xml": b"x"}), "damaged"),
        (packed({"mimetype": TEXT_DOCUMENT, "content.xml": b"x"}), "not a spreadsheet"),
        (
            packed({"mimetype": b"x", "content.xml": b"x", "META-INF/manifest.xml": b"<encryption-data/>"}),
            "protected by a password",
        ),
    ],
)
def test_what_is_no_table_is_named(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        kind_of(data, "register.xlsx")
    assert caught.value.what and caught.value.do


@pytest.mark.parametrize("name", ["~$Register.xlsx", ".~lock.Register.ods#"])
def test_the_mark_beside_an_open_workbook_is_named(name: str) -> None:
    with pytest.raises(SourceError, match="mark that an office program leaves"):
        kind_of(b"\x05Jo Smith", name)
