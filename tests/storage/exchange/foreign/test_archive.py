"""A packed file is looked over before anything reads it: size, parts, names, passwords, declarations."""

from __future__ import annotations

import struct

import pytest

from storage.exchange.foreign import archive
from storage.exchange.foreign.archive import check_archive
from storage.exchange.tables.sheet import SourceError
from tests.storage.exchange.foreign.making import packed, with_part, xlsx

PLAIN = xlsx()


def _refused(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        check_archive(data, "register.xlsx")
    assert caught.value.do


def test_i1_a_bomb_is_refused_by_what_it_unpacks_to(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = with_part(PLAIN, "xl/media/a.bin", lambda _: bytes(3_000_000))
    monkeypatch.setattr(archive, "MOST_UNPACKED", 2_000_000)
    _refused(bomb, "unpacks to more")
    lying = bytearray(bomb)
    where = lying.rfind(b"xl/media/a.bin") - 46  # its entry in the central directory
    lying[where + 24 : where + 28] = struct.pack("<I", 10)
    _refused(bytes(lying), "unpacks to more|damaged")


def test_i1_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_PARTS", 3)
    _refused(PLAIN, "parts")


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "docProps/app.xml"]
)
def test_i2_document_types_are_refused_in_every_part(part: str, code: str) -> None:
    evil = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(code)
    _refused(with_part(PLAIN, part, lambda _: evil), "document type")


def test_i2_a_document_type_across_two_reads_is_seen() -> None:
    split = b" " * ((1 << 20) - 4) + b"<!DOCTYPE a>"
    _refused(with_part(PLAIN, "xl/extra.xml", lambda _: split), "document type")


@pytest.mark.parametrize("name", ["/etc/passwd", "../../out.xml", "xl\\..\\..\\out.xml", "C:/out.xml"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    _refused(with_part(PLAIN, name, lambda _: b"x"), "not put together")


def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(PLAIN)
    data[data.find(b"PK\x01\x02") + 8] |= 1
    data[data.find(b"PK\x03\x04") + 6] |= 1
    _refused(bytes(data), "password")


def test_i1_a_list_of_very_many_parts_is_refused_before_it_is_read() -> None:
    entry = b"PK\x01\x02" + bytes(42)
    _refused(b"PK\x03\x04" + entry * 5_000, "parts")


def test_a_name_that_comes_twice_is_refused() -> None:
    data = bytearray(packed({"xl/a.xml": b"one", "xl/b.xml": b"two"}))
    _refused(bytes(data.replace(b"xl/b.xml", b"xl/a.xml")), "not put together")


@pytest.mark.parametrize("letters", ["utf-7", "cp037", "shift_jis"])
def test_i2_letters_that_could_hide_a_declaration_are_refused(letters: str) -> None:
    evil = f"<?xml version='1.0' encoding='{letters}'?><a/>".encode()
    _refused(with_part(PLAIN, "xl/workbook.xml", lambda _: evil), "not put together")
