"""Makes small files of every kind that can be brought in, good ones and ones to be spoilt."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from io import BytesIO

import openpyxl

Row = Sequence[object]
ROWS: tuple[Row, ...] = (
    ("Reference", "Title", "Supplier", "Value"),
    ("C1", "Care at home", "Acme", 4500),
    ("C2", "Meals", "Bravo", 250.5),
)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD  # of the sectors of an old Office file


def workbook(**sheets: Sequence[Row]) -> openpyxl.Workbook:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    """Its bytes."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(rows: Sequence[Row] = ROWS) -> bytes:
    """A workbook of one sheet, Data."""
    return saved(workbook(Data=rows))


def shared(rows: Sequence[Row] = ROWS) -> bytes:
    """A workbook as Excel writes it: its texts in a part of their own, and a formula with its result."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, money = book.add_worksheet("Data"), book.add_format({"num_format": "£#,##0.00"})
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write_formula(len(rows), 3, "=SUM(D2:D3)", money, 4750.5)
        sheet.merge_range("A6:A8", "merged")
    return out.getvalue()


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """What a zip holds."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data: bytes, name: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one part edited or added."""
    parts = parts_of(data)
    parts[name] = edit(parts.get(name, b""))
    return packed(parts)


def ods(rows: Sequence[Row] = ROWS, cells: str = "") -> bytes:
    """An OpenDocument spreadsheet; `cells` are more cells, as XML, in a row of their own."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    more = f"<table:table-row>{cells}</table:table-row>" if cells else ""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {spaces}><office:body>"
        f"<office:spreadsheet><table:table table:name='Data'>{lines}{more}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": _ODS, "content.xml": content, "META-INF/manifest.xml": "<manifest/>"})


def _ods_cell(value: object) -> str:
    if isinstance(value, int | float):
        kind, words = f"'float' office:value='{value}'", "as shown"
    else:
        kind, words = "'string'", escape(str(value))
    return f"<table:table-cell office:value-type={kind}><text:p>{words}</text:p></table:table-cell>"


def docx(*tables: Sequence[Row], before: str = "") -> bytes:
    """A Word document of these tables; `before` is XML that comes ahead of them."""
    made = "".join(
        "<w:tbl>" + "".join(f"<w:tr>{''.join(map(_docx_cell, row))}</w:tr>" for row in rows) + "</w:tbl>"
        for rows in tables
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f"<?xml version='1.0'?><w:document {space}><w:body>{before}{made}</w:body></w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def _docx_cell(value: object) -> str:
    words = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in str(value).split("\n"))
    return f"<w:tc>{words}</w:tc>"


def csv(rows: Sequence[Row] = ROWS) -> bytes:
    """A text file."""
    return "".join(",".join(map(str, row)) + "\n" for row in rows).encode()


def xls(rows: Sequence[Row] = ROWS) -> bytes:
    """A workbook of before 2007 with one sheet, Data."""
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 6)
    name = b"\x04\x00Data"
    head = _record(0x0809, begin)
    place = len(head) + 4 + 6 + len(name) + 4
    head += _record(0x0085, struct.pack("<IBB", place, 0, 0) + name) + _record(0x000A, b"")
    body = _record(0x0809, begin[:2] + b"\x10\x00" + begin[4:])
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            where = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, int | float):
                body += _record(0x0203, where + struct.pack("<d", cell))
            else:
                words = str(cell).encode("latin-1")
                body += _record(0x0204, where + struct.pack("<HB", len(words), 0) + words)
    return old_office("Workbook", head + body + _record(0x000A, b""))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def old_office(stream: str, data: bytes) -> bytes:
    """An old Office file with one stream: a table of sectors, a directory, and the stream."""
    data = data.ljust(4096, b"\0")  # shorter streams would lie in a smaller grid
    count = -(-len(data) // 512)
    chain = [*range(3, count + 2), _END]
    table = [_FAT, _END, *chain]
    table += [_FREE] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    root = _entry("Root Entry", 5, 1, _END, 0)
    folder = root + _entry(stream, 2, _FREE, 2, len(data)) + bytes(256)
    return header + struct.pack("<128I", *table) + folder + data.ljust(count * 512, b"\0")


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    entry = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    return entry + struct.pack("<III", _FREE, _FREE, child) + bytes(36) + struct.pack("<IQ", first, size)


def xlsb(rows: Sequence[Row] = ROWS) -> bytes:
    """A binary workbook with one sheet, Data."""
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Data")
    book = _binary(0x83, b"") + _binary(0x99, bytes(12)) + _binary(0x8F, b"")
    book += _binary(0x9C, bundle) + _binary(0x90, b"") + _binary(0x9D, bytes(26)) + _binary(0x84, b"")
    sheet = _binary(0x81, b"") + _binary(0x94, struct.pack("<4I", 0, len(rows) - 1, 0, len(rows[0]) - 1))
    sheet += _binary(0x91, b"")
    for row, cells in enumerate(rows):
        sheet += _binary(0x00, struct.pack("<I", row) + bytes(21))
        for column, cell in enumerate(cells):
            where = struct.pack("<II", column, 0)
            if isinstance(cell, int | float):
                sheet += _binary(0x05, where + struct.pack("<d", cell))
            else:
                sheet += _binary(0x06, where + _wide(str(cell)))
    sheet += _binary(0x92, b"") + _binary(0x82, b"")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    links = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        f"<Relationship Id='rId1' Type='{kind}' Target='worksheets/sheet1.bin'/></Relationships>"
    )
    parts: dict[str, bytes | str] = {"[Content_Types].xml": "<Types/>", "xl/workbook.bin": book}
    return packed(parts | {"xl/_rels/workbook.bin.rels": links, "xl/worksheets/sheet1.bin": sheet})


def _wide(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def _binary(kind: int, body: bytes) -> bytes:
    number = bytes([kind]) if kind < 0x80 else bytes([kind, 0x01])
    size = len(body)
    return number + (bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])) + body


MAKERS: dict[str, Callable[[], bytes]] = {
    "xlsx": xlsx,
    "xls": xls,
    "xlsb": xlsb,
    "ods": ods,
    "docx": lambda: docx(ROWS),
    "csv": csv,
}
