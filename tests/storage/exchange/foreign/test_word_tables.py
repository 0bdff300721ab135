"""The tables of a Word document come in as sheets."""

from __future__ import annotations

import pytest

from storage.exchange.tables.sheet import SourceError
from tests.storage.exchange.foreign.here import read_here
from tests.storage.exchange.foreign.making import ROWS, docx, packed, with_part

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _document(body: str) -> bytes:
    return packed({"word/document.xml": f"<w:document {_SPACE}><w:body>{body}</w:body></w:document>"})


def test_each_table_is_a_sheet_and_the_first_with_a_table_is_chosen() -> None:
    signed = (("Signed", "Jo"),)
    data = docx(signed, ROWS, before="<w:p><w:r><w:t>Our contracts</w:t></w:r></w:p>")
    found = read_here(data, "register.docx")
    assert (found.name, found.sheets) == ("Table 2", ("Table 1", "Table 2"))
    assert found.rows[1] == ("C2", "Meals", "Bravo", "250.5")
    assert any("Only the tables" in note for note in found.notes)
    assert "Other tables of the document: Table 1." in found.notes
    with pytest.raises(SourceError, match="no sheet named “Table 9”"):
        read_here(data, "register.docx", "Table 9")


def test_lines_breaks_spans_and_a_table_within_a_cell() -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>deep</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    span = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>wide</w:t></w:r></w:p></w:tc>"
    text = "<w:tc><w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:delText>gone</w:delText></w:r></w:p></w:tc>"
    head = "".join(
        f"<w:tc><w:p><w:r><w:t>{name}</w:t></w:r></w:p></w:tc>" for name in ("Ref", "Title", "Notes")
    )
    body = (
        f"<w:tbl><w:tr>{head}</w:tr><w:tr>{span}{text}</w:tr>"
        f"<w:tr><w:tc>{inner}</w:tc><w:tc/>{text}</w:tr></w:tbl>"
    )
    found = read_here(_document(body), "register.docx")
    assert found.headings == ("Ref", "Title", "Notes")
    assert found.rows == (("wide", None, "one\ntwo"), ("deep", None, "one\ntwo"))


@pytest.mark.parametrize("span", ["0", "-5", "9999999999", "x", "²"])
def test_a_senseless_span_does_no_harm(span: str) -> None:
    cell = f"<w:tc><w:tcPr><w:gridSpan w:val='{span}'/></w:tcPr><w:p><w:r><w:t>Reference</w:t></w:r></w:p></w:tc>"
    body = f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"
    assert read_here(_document(body), "register.docx").headings == ("Reference",)


def test_a_document_without_tables_says_so() -> None:
    with pytest.raises(SourceError, match="is a Word document without a table"):
        read_here(_document("<w:p/>"), "register.docx")


def test_r4_a_broken_or_hostile_document_is_refused_in_a_sentence() -> None:
    deep = "<w:sdt>" * 5_000 + "</w:sdt>" * 5_000
    with pytest.raises(SourceError, match="nested more deeply"):
        read_here(_document(deep), "register.docx")
    good = docx(ROWS)
    with pytest.raises(SourceError, match="damaged"):
        read_here(with_part(good, "word/document.xml", lambda xml: xml[:-40]), "register.docx")
    laughs = b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
    with pytest.raises(SourceError, match="document type"):
        read_here(with_part(good, "word/document.xml", lambda xml: laughs + xml), "register.docx")
