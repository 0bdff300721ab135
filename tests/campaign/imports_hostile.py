"""Files put together by hand to do harm when they are brought in, each with the words it is refused with, if it is."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from tests.storage.exchange.foreign.making import (
    ROWS,
    docx,
    ods,
    old_office,
    packed,
    parts_of,
    shared,
    with_part,
    xls,
    xlsb,
    xlsx,
)

SECRET: Final = "the words of the secret file"  # noqa: S105 - words
REFUSED: Final = ""  # some sentence or other, for files that are broken rather than hostile
_SHEET, _BOOK, _STRINGS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_END = b"</sheetData>"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file: its name, what makes it, and a part of the words that refuse it; None for one that is read."""

    name: str
    make: Callable[[], bytes]
    said: str | None = REFUSED


def hostile_files(secret: Path, address: str) -> list[Hostile]:
    """All of them; some name a secret file, or an address that somebody listens at."""
    return [
        *_packing(),
        *_entities(secret, address),
        *_sheets(),
        *_links(secret, address),
        *_older(),
        *_documents(),
        *_texts(),
    ]


def _packing() -> list[Hostile]:
    return [
        Hostile("bomb.xlsx", lambda: _with(_SHEET, b"<a>" + bytes(310_000_000)), "unpacks to more"),
        Hostile("nested bomb.xlsx", lambda: _with("xl/embeddings/a.xlsx", _zeros()), None),
        Hostile("lying sizes.xlsx", _lying, "unpacks|damaged"),
        Hostile("many parts.xlsx", lambda: packed({f"xl/{n}": b"" for n in range(2_100)}), "parts"),
        Hostile("many entries.xlsx", lambda: b"PK\x03\x04" + (b"PK\x01\x02" + bytes(42)) * 300_000, "parts"),
        Hostile("the same name twice.xlsx", _twice, "not put together"),
        Hostile("a name elsewhere.xlsx", lambda: _with("../../x.xml", b"x"), "not put together"),
        Hostile("an absolute name.xlsx", lambda: _with("/etc/x.xml", b"x"), "not put together"),
        Hostile(
            "a name of a disk.ods", lambda: with_part(ods(), "C:\\x", lambda _: b"x"), "not put together"
        ),
        Hostile("encrypted.xlsx", _encrypted, "password"),
        Hostile("labelled.xlsx", lambda: old_office("EncryptedPackage", b"x" * 5_000), "sensitivity label"),
        Hostile("cut short.xlsx", lambda: xlsx()[:2_000], "damaged"),
        Hostile("larger than allowed.csv", lambda: b"Ref,Title\n" * 5_100_000, "larger than"),
        Hostile("other packing.xlsx", _bzipped, "not put together"),
    ]


def _entities(secret: Path, address: str) -> list[Hostile]:
    declared = {
        "laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{_LAUGHS}]>',
        "quadratic": f'<!DOCTYPE a [<!ENTITY l9 "{"x" * 50_000}">]>',
        "a file": f'<!DOCTYPE a [<!ENTITY l9 SYSTEM "{secret.as_uri()}">]>',
        "a file by another way": f'<!DOCTYPE a [<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>',
        "an address": f'<!DOCTYPE a [<!ENTITY l9 SYSTEM "{address}/x">]>',
        "an address of a DTD": f'<!DOCTYPE a SYSTEM "{address}/x.dtd">',
    }
    parts = ((_BOOK, "xlsx"), (_SHEET, "xlsx"), ("content.xml", "ods"), ("word/document.xml", "docx"))
    found = []
    for name, words in declared.items():
        for code in ("utf-8", "utf-16"):
            for part, kind in parts:
                make, called = _declaring(kind, part, words, code), f"{name} in {part}, {code}.{kind}"
                found.append(Hostile(called, make, "document type|not put together"))
    hidden = b"<?xml version='1.0' encoding='cp037'?>" + declared["a file"].encode("cp037")
    return [*found, Hostile("hidden letters.xlsx", lambda: _with(_BOOK, hidden), "not put together")]


def _declaring(kind: str, part: str, words: str, code: str) -> Callable[[], bytes]:
    """Makes a file of a kind with a declaration in one of its parts, and with what it declares used."""

    def make() -> bytes:
        made = {"xlsx": xlsx, "ods": ods, "docx": lambda: docx(ROWS)}[kind]()
        return with_part(made, part, lambda xml: f"{words}<a>{'&l9;' * 2_000}</a>".encode(code) + xml[:0])

    return make


def _sheets() -> list[Hostile]:
    return [*_sheets_of_odd_places(), *_sheets_of_very_much(), *_sheets_of_odd_values()]


def _sheets_of_odd_places() -> list[Hostile]:
    far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    merge = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    one = b'<sheet name="Data" sheetId="1" state="visible" r:id="rId1" />'
    return [
        Hostile("a far cell.xlsx", lambda: _in_sheet(_END, far), None),
        Hostile("a giant merge.xlsx", lambda: _in_sheet(_END, merge), None),
        Hostile("a false dimension.xlsx", lambda: _in_sheet(b'ref="A1:D3"', b'ref="A1:XFD1048576"'), None),
        Hostile("a negative row.xlsx", lambda: _in_sheet(b'<row r="2"', b'<row r="-2"'), None),
        Hostile(
            "a row without end.xlsx", lambda: _in_sheet(b'<row r="2"', b'<row r="99999999999999999999"'), None
        ),
        Hostile("a row that is not a number.xlsx", lambda: _in_sheet(b'<row r="2"', b'<row r="two"')),
        Hostile("a column without end.xlsx", lambda: _in_sheet(b'r="A2"', b'r="ZZZZZZZZZZ2"')),
        Hostile("a sheet that is no sheet.xlsx", lambda: _with(_SHEET, b"<html/>")),
        Hostile("no sheets.xlsx", lambda: _edited(_BOOK, one, b"")),
        Hostile(
            "two thousand sheets.xlsx", lambda: _edited(_BOOK, one, one * 2_000), "more than 1,000 sheets"
        ),
    ]


def _sheets_of_very_much() -> list[Hostile]:
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * 400 + b"</row>"
    deep, one = b"<a>" * 100_000 + b"</a>" * 100_000, b"<row><c><v>1</v></c></row>"
    many = b"<sheetData " + b" ".join(b'a%d="x"' % n for n in range(50_000)) + b">"
    merges = _END + b"<mergeCells>" + b"<mergeCell ref='A1:A9'/>" * 300_000 + b"</mergeCells>"
    styles = b"<xf/>" * 300_001 + b"</cellXfs>"
    return [
        Hostile("very many merges.xlsx", lambda: _in_sheet(_END, merges), None),
        Hostile("very many empty rows.xlsx", lambda: _in_sheet(_END, b"<row/>" * 300_000 + _END), None),
        Hostile("too many rows.xlsx", lambda: _in_sheet(_END, one * 100_001 + _END), "100,000 rows"),
        Hostile("one text in very many cells.xlsx", lambda: _shared(row * 100, "x" * 32_000), "million characters"),
        Hostile("elements nested deeply.xlsx", lambda: _in_sheet(_END, deep + _END), None),
        Hostile("attributes without end.xlsx", lambda: _in_sheet(b"<sheetData>", many), None),
        Hostile("styles without end.xlsx", lambda: _edited("xl/styles.xml", b"</cellXfs>", styles), "cell formats"),
    ]  # fmt: skip


def _sheets_of_odd_values() -> list[Hostile]:
    formula = ("C3", "x", "y", "=SUM(A1:XFD1048576)")
    brackets = b'<numFmts><numFmt numFmtId="164" formatCode="' + b"[" * 60_000 + b'y"/></numFmts><fonts'
    lost = b'<row><c t="s"><v>99999999</v></c></row>'
    return [
        Hostile("a formula never worked out.xlsx", lambda: xlsx([*ROWS, formula]), None),
        Hostile(
            "days from 1904.xlsx", lambda: _edited(_BOOK, b"<workbookPr", b'<workbookPr date1904="1"'), None
        ),
        Hostile("no such text.xlsx", lambda: _shared(lost, "x")),
        Hostile(
            "a number of many digits.xlsx", lambda: _in_sheet(b"<v>4500<", b"<v>" + b"9" * 100_000 + b"<")
        ),
        Hostile("a number too large.xlsx", lambda: _in_sheet(b"<v>4500<", b"<v>1e999<"), None),
        Hostile("a day out of range.xlsx", lambda: _in_sheet(b't="n"><v>4500<', b't="d"><v>99999-99-99T99<')),
        Hostile("a format of brackets.xlsx", lambda: _edited("xl/styles.xml", b"<fonts", brackets), None),
    ]


def _shared(rows: bytes, text: str) -> bytes:
    """A workbook whose texts stand in a part of their own, with one text and more rows."""
    made = with_part(shared(), _STRINGS, lambda xml: xml.replace(b"<t>Reference<", f"<t>{text}<".encode()))
    return with_part(made, _SHEET, lambda xml: xml.replace(_END, rows + _END))


def _links(secret: Path, address: str) -> list[Hostile]:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    found = []
    away = (str(secret), secret.as_uri(), f"../../../../../..{secret}", f"{address}/sheet.xml")
    for number, target in enumerate((*away, "\\\\host\\share\\x", "//host/share/x", "workbook.xml")):
        for mode in ("", ' TargetMode="External"'):
            link = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"{mode}/>'
            words = f'<Relationships xmlns="{space}">{link}</Relationships>'.encode()
            found.append(Hostile(f"a sheet elsewhere {number}{mode[:7]}.xlsx", _replaced(_LINKS, words)))
    for part in (
        "externalLinks/externalLink1.xml",
        "embeddings/oleObject1.bin",
        "vbaProject.bin",
        "media/a.emf",
    ):
        made = _replaced(f"xl/{part}", f"<externalLink href='{address}/x'/>".encode())
        found.append(Hostile(f"{part.replace('/', ' ')}.xlsm", made, None))
    return found


def _replaced(part: str, data: bytes) -> Callable[[], bytes]:
    return lambda: _with(part, data)


def _older() -> list[Hostile]:
    return [*_open_documents(), *_old_workbooks(), *_binary_workbooks()]


def _open_documents() -> list[Hostile]:
    wide = (
        "<table:table-cell table:number-columns-repeated='16384' office:value-type='float' office:value='1'/>"
    )
    endless = (
        f"<table:table-row table:number-rows-repeated='4294967295'>{wide}</table:table-row><table:table-row>"
    )
    tall = "</table:table-row><table:table-row table:number-rows-repeated='1048576'>" + wide
    deep = "<text:p>" * 100_000 + "</text:p>" * 100_000
    first, manifest = b"<table:table-row>", "META-INF/manifest.xml"
    return [
        Hostile("a sheet full of one cell.ods", lambda: ods(cells=tall)),
        Hostile("rows without end.ods", _changed(ods, "content.xml", first, endless.encode())),
        Hostile("nested deeply.ods", lambda: ods(cells=deep)),
        Hostile("a password.ods", _changed(ods, manifest, b"<manifest/>", b"<encryption-data/>"), "password"),
    ]


def _old_workbooks() -> list[Hostile]:
    listed = struct.pack("<H", 0x85)
    last, far = struct.pack("<HHH", 2, 3, 0), struct.pack("<HHH", 20_000, 255, 0)
    return [
        Hostile("a record that lies.xls", lambda: xls().replace(b"\x03\x02", b"\x03\xff"), None),
        Hostile("a sheet far outside.xls", lambda: xls().replace(listed + b"\x0c\x00", listed + b"\xff\x7f")),
        Hostile("sectors of no size.xls", lambda: xls()[:30] + b"\x00\x00" + xls()[32:]),
        Hostile("sectors too large.xls", lambda: xls()[:30] + b"\x3f\x00" + xls()[32:]),
        Hostile(
            "a ring of sectors.xls", lambda: xls()[:512] + struct.pack("<128I", *[2] * 128) + xls()[1024:]
        ),
        Hostile("an empty old file.xls", lambda: old_office("Workbook", b"")),
        Hostile("a far cell.xls", lambda: xls().replace(last, far), None),
    ]


def _binary_workbooks() -> list[Hostile]:
    part, row = "xl/worksheets/sheet1.bin", struct.pack("<I", 2) + bytes(21)
    cell, far = struct.pack("<II", 3, 0), struct.pack("<II", 0x7FFFFFFF, 0)
    words = struct.pack("<I", 5) + b"M\0"
    return [
        Hostile("a far cell.xlsb", _changed(xlsb, part, cell, far)),
        Hostile("a far row.xlsb", _changed(xlsb, part, row, struct.pack("<I", 0xFFFFFFFF) + bytes(21)), None),
        Hostile("a text that lies.xlsb", _changed(xlsb, part, words, struct.pack("<I", 0x7FFFFFF0) + b"M\0")),
    ]


def _changed(make: Callable[[], bytes], part: str, old: bytes, new: bytes) -> Callable[[], bytes]:
    return lambda: with_part(make(), part, lambda held: held.replace(old, new, 1))


def _documents() -> list[Hostile]:
    deep = "<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000
    wide = "<w:tbl>" + "<w:tr><w:tc><w:gridSpan w:val='999999999'/></w:tc></w:tr>" * 20_000 + "</w:tbl>"
    field = "<w:p><w:instrText>INCLUDETEXT \\\\h\\x</w:instrText></w:p>"
    return [
        Hostile("tables in tables.docx", lambda: docx(ROWS, before=deep), "nested more deeply"),
        Hostile("cells without end.docx", lambda: docx(ROWS, before=wide), "more text in tables"),
        Hostile("no tables.docx", docx, "without a table"),
        Hostile("no document.docx", lambda: packed({"word/document.xml": b""})),
        Hostile("very many tables.docx", lambda: docx(*[(("a",),)] * 10_000), "more than 1,000 tables"),
        Hostile(
            "with macros.docx", lambda: with_part(docx(ROWS), "word/vbaProject.bin", lambda _: b"x"), None
        ),
        Hostile("a field that fetches.docx", lambda: docx(ROWS, before=field), None),
    ]


def _texts() -> list[Hostile]:
    turned = "Ref,Title\n1,gpj\u202eexe\n".encode()
    return [
        Hostile("noughts.csv", lambda: b"Ref,Title\n" + b"1,\0\0x\n" * 1_000, None),
        Hostile(
            "a quotation without end.csv", lambda: b'Ref,Title\n1,"' + b"x,y\n" * 101_000, "100,000 rows"
        ),
        Hostile(
            "quotations everywhere.csv", lambda: b"Ref,Title\n" + b'1,"a\n2,b\n' * 5_000, "do not pair up"
        ),
        Hostile("one endless line.csv", lambda: b"x," * 2_000_000, "more than 16,384 columns"),
        Hostile("half a character.csv", lambda: b"\xff\xfeR\0e\0f\0,\0T\0\n\0\xd8", None),
        Hostile("marks that turn words.csv", lambda: turned, None),
        Hostile("no rows.csv", lambda: b"\n" * 1_000_000, "is empty"),
        Hostile(
            "~$the mark of an open file.xlsx",
            lambda: b"\x05Jo" + bytes(160),
            "the mark that an office program",
        ),
        Hostile("a web page.csv", lambda: b"<html><body onload=x>", "web page"),
    ]


def _with(part: str, data: bytes) -> bytes:
    return with_part(xlsx(), part, lambda _: data)


def _edited(part: str, old: bytes, new: bytes) -> bytes:
    return with_part(xlsx(), part, lambda xml: xml.replace(old, new, 1))


def _in_sheet(old: bytes, new: bytes) -> bytes:
    return _edited(_SHEET, old, new)


def _zeros() -> bytes:
    return packed({"a": bytes(200_000_000)})


def _lying() -> bytes:
    made = bytearray(_with("xl/media/a.bin", bytes(310_000_000)))
    where = made.rfind(b"xl/media/a.bin") - 46
    made[where + 24 : where + 28] = struct.pack("<I", 10)
    return bytes(made)


def _twice() -> bytes:
    made = packed({**parts_of(xlsx()), "xl/workbook.xmk": b"<other/>"})
    return made.replace(b"xl/workbook.xmk", b"xl/workbook.xml")


def _encrypted() -> bytes:
    made = bytearray(xlsx())
    made[made.find(b"PK\x01\x02") + 8] |= 1
    made[made.find(b"PK\x03\x04") + 6] |= 1
    return bytes(made)


def _bzipped() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        for name, data in parts_of(xlsx()).items():
            archive.writestr(name, data)
    return out.getvalue()
