"""Workbooks saved as “Strict Open XML”: the same parts under other names, of which openpyxl reads no row."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_MARK = b"http://purl.oclc.org/ooxml/"
_WORKBOOK = "xl/workbook.xml"
# ISO/IEC 29500-1 gives each name of part 4 (the usual one) a counterpart without the year.
_NAMES = (
    (b"spreadsheetml/", b"http://schemas.openxmlformats.org/spreadsheetml/2006/"),
    (b"officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
_TEXTUAL = re.compile(r"\.(?:xml|rels)$", re.IGNORECASE)


def usual(data: bytes) -> bytes:
    """The workbook under the usual names; the bytes themselves when it has them already."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if _WORKBOOK not in archive.namelist() or _MARK not in archive.read(_WORKBOOK):
            return data
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
            for name in archive.namelist():
                part = archive.read(name)
                if _TEXTUAL.search(name):
                    for strict, transitional in _NAMES:
                        part = part.replace(_MARK + strict, transitional)
                made.writestr(name, part)
    return out.getvalue()
