"""The fields of a PDF from anywhere: read in whatever way they are kept, within limits, or told in one word."""

from __future__ import annotations

import json
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from storage.exchange.foreign import pdf_fields
from storage.exchange.foreign.book import DAMAGED, PASSWORD
from storage.exchange.foreign.pdf_fields import answer_form

FORM = (Path(__file__).parents[3] / "files" / "forms" / "back-mupdf.pdf").read_bytes()


def answered(data: bytes) -> list[dict[str, object]]:
    out = BytesIO()
    answer_form(data, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def field(**held: PdfObject | str) -> DictionaryObject:
    made = {key: TextStringObject(value) if isinstance(value, str) else value for key, value in held.items()}
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in made.items()})


def form(*fields: DictionaryObject) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    held = ArrayObject([writer._add_object(each) for each in fields])
    writer.root_object[NameObject("/AcroForm")] = field(Fields=held)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def values(data: bytes) -> dict[object, object]:
    return {line["field"]: line["value"] for line in answered(data) if "field" in line}


def test_fields_within_fields_streams_bytes_and_boxes_give_their_values() -> None:
    stream = StreamObject()
    stream.set_data("Ten pages".encode("utf-16"))
    button = NameObject("/Btn")
    data = form(
        field(T="a", FT=NameObject("/Tx"), Kids=ArrayObject([field(T="b", V="one"), field(T="c", V=stream)])),
        field(T="bytes", V=ByteStringObject(b"caf\xe9")),
        field(
            T="several", FT=NameObject("/Ch"), V=ArrayObject([TextStringObject("x"), TextStringObject("y")])
        ),
        field(T="ticked", FT=button, V=NameObject("/yes")),
        field(
            T="shown",
            FT=button,
            Kids=ArrayObject([field(AS=NameObject("/no")), field(AS=NameObject("/Off"))]),
        ),
        field(T="not", FT=button, V=NameObject("/Off"), AS=NameObject("/Off")),
        field(V="no name"),
    )
    assert values(data) == {
        "a.b": "one", "a.c": "Ten pages", "bytes": "café", "several": "x\ny", "ticked": "yes", "shown": "no", "not": "",
    }  # fmt: skip


def test_a_field_within_itself_ends_and_too_many_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    round_and_round = field(T="a", V="x")
    held = writer._add_object(round_and_round)
    round_and_round[NameObject("/Kids")] = ArrayObject([held])
    round_and_round[NameObject("/Parent")] = held
    writer.root_object[NameObject("/AcroForm")] = field(Fields=ArrayObject([held, held]))
    made = BytesIO()
    writer.write(made)
    assert answered(made.getvalue())[-1] == {"end": True}
    monkeypatch.setattr(pdf_fields, "MOST_FIELDS", 20)
    assert answered(FORM) == [{"too_much": "more than 20 fields"}]
    monkeypatch.setattr(pdf_fields, "MOST_FIELDS", 20_000)
    monkeypatch.setattr(pdf_fields, "MOST_LETTERS", 100)
    assert "characters" in str(answered(FORM)[-1]["too_much"])


def test_what_unpacks_without_end_or_lies_too_deep_is_told() -> None:
    bomb = EncodedStreamObject()
    bomb._data = zlib.compress(b"\0" * 100_000_000)
    bomb[NameObject("/Filter")] = NameObject("/FlateDecode")
    deep = b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF"
    once_more = (
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer <</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"
    )
    for data in (form(field(T="a", V=bomb)), deep, once_more):
        assert answered(data) == [{"unreadable": DAMAGED}]


def test_a_password_is_told_and_one_only_for_changes_does_not_matter() -> None:
    for word, said in (("word", {"unreadable": PASSWORD}), ("", {"end": True})):
        writer = PdfWriter(clone_from=BytesIO(FORM))
        writer.encrypt(word, "owner", algorithm="AES-256")
        made = BytesIO()
        writer.write(made)
        assert answered(made.getvalue())[-1] == said
    assert answered(b"%PDF-1.7\nnothing") == [{"unreadable": DAMAGED}]
