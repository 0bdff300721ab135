"""What a file is, told by its content and not by the end of its name; what cannot be read is named in plain words."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from storage.exchange.foreign.archive import MOST_BYTES, NO_PASSWORD, check_archive, too_large
from storage.exchange.foreign.text_rows import decode
from storage.exchange.tables.sheet import SourceError

TEXT, XLSX, XLS, XLSB, ODS, DOCX = "text", "xlsx", "xls", "xlsb", "ods", "docx"
DOCUMENT = "document"  # a Word document read for its text, not for a table
FIELDS = "fields"  # a PDF read for what its fields hold

_AS_WORKBOOK = "Open it in the program it came from, save it as a workbook (.xlsx) or CSV, and bring that in."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|meta|body|table|style|div|\?xml|!--)", re.IGNORECASE)
PDF = b"%PDF"
_FORM = "A checklist that was sent out as a PDF form comes home with File → Bring a workbook or form home."
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "is a formatted text document"),
    (b"\x1f\x8b", "is a compressed file"),
    (b"7z\xbc\xaf", "is a compressed file"),
    (b"Rar!", "is a compressed file"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"RIFF", "is a picture, a film or a recording"),
    (b"MZ", "is a program"),
    (b"\x7fELF", "is a program"),
)
_DATABASE = b"SQLite format 3\0"
_APPLICATION = slice(68, 72)  # where a database names the program it belongs to
_OURS = b"CDK1"
# What a zip holds that can be read, and what another kind of zip is called.
_READ = (("xl/workbook.bin", XLSB), ("xl/workbook.xml", XLSX), ("word/document.xml", DOCX))
_ZIPPED = (
    ("ppt/presentation.xml", "is a presentation"),
    ("Index/Document.iwa", "is an Apple Numbers file"),
    ("[Content_Types].xml", "is damaged, or is no workbook this program can read"),
)
_OPEN_DOCUMENTS = {
    "application/vnd.oasis.opendocument.spreadsheet": ODS,
    "application/vnd.oasis.opendocument.spreadsheet-template": ODS,
}
# The streams of an old Office file that say what it is.
_STREAMS = (
    ("Workbook", XLS),
    ("Book", XLS),
    ("WordDocument", "is an old Word document (.doc)"),
    ("PowerPoint Document", "is an old presentation (.ppt)"),
    ("__properties_version1.0", "is an Outlook message"),
)


def is_pdf(data: bytes) -> bool:
    """Whether a file is a PDF; blanks and the mark of Unicode may stand before its beginning."""
    return data[:1024].lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(PDF)


def kind_of(data: bytes, name: str) -> str:
    """One of the kinds above; a packed file has then been looked over.

    Raises SourceError, in words to show, for everything else.
    """
    if name.startswith(("~$", ".~lock.")):
        raise SourceError(
            f"“{name}” is only the mark that an office program leaves beside a file it has open.",
            "Choose the file of that name without the mark.",
        )
    if len(data) > MOST_BYTES:
        raise too_large(name)
    if not data.strip():
        raise SourceError(f"“{name}” is empty.", "Choose the file that holds the register.")
    if data.startswith(_OLE):
        return _old_office(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        check_archive(data, name)
        return _packed(data, name)
    if data.startswith(_DATABASE):
        raise _database(data, name)
    _refuse_other(data, name)
    return TEXT


def _refuse_other(data: bytes, name: str) -> None:
    """Raise SourceError for what is no text of rows."""
    if is_pdf(data):
        raise SourceError(f"“{name}” is a PDF document.", f"{_AS_WORKBOOK} {_FORM}")
    for mark, what in _OTHERS:
        if data.startswith(mark):
            raise SourceError(f"“{name}” {what}.", _AS_WORKBOOK)
    start, _ = decode(data[:4000])
    if _MARKUP.match(start.lstrip("\ufeff")):
        raise SourceError(f"“{name}” is a web page or XML file, whatever its name says.", _AS_WORKBOOK)
    if start.lstrip()[:1] in ("{", "[") and data.rstrip()[-1:] in (b"}", b"]"):
        raise SourceError(f"“{name}” is a JSON file.", "Bring in the CSV or workbook of the same register.")
    if sum(1 for letter in start if letter < " " and letter not in "\t\n\r\0") > len(start) // 20:
        raise SourceError(f"“{name}” is neither text nor a workbook.", _AS_WORKBOOK)


def _database(data: bytes, name: str) -> SourceError:
    if data[_APPLICATION] == _OURS:
        return SourceError(
            f"“{name}” is a Commissioning Desk file, not a register to bring in.",
            "Open it with File → Open. If it came from somebody else, its records can be copied into a fresh file "
            "(commissioning-desk copy-rows).",
        )
    return SourceError(f"“{name}” is the database of another program.", _AS_WORKBOOK)


def _packed(data: bytes, name: str) -> str:
    """What a zip is that was found to be harmless."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = set(archive.namelist())
        if "mimetype" in parts and "content.xml" in parts:
            return _open_document(archive, name)
    for part, kind in _READ:
        if part in parts:
            return kind
    what = next((words for part, words in _ZIPPED if part in parts), "is a zip file, not a workbook")
    raise SourceError(f"“{name}” {what}.", _AS_WORKBOOK)


def _open_document(archive: zipfile.ZipFile, name: str) -> str:
    said = archive.read("mimetype")[:100].decode("latin-1").strip()
    if "META-INF/manifest.xml" in archive.namelist():
        manifest = archive.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest.replace(b"\0", b""):
            raise SourceError(f"“{name}” is protected by a password.", NO_PASSWORD)
    if kind := _OPEN_DOCUMENTS.get(said):
        return kind
    raise SourceError(f"“{name}” is an OpenDocument file, but not a spreadsheet.", _AS_WORKBOOK)


def _old_office(data: bytes, name: str) -> str:
    """What an OLE file is: a workbook of before 2007, one under a password or label, or something else."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise SourceError(
            f"“{name}” is protected by a password or a sensitivity label, so it cannot be read.",
            "Open it in Excel, take off the password or choose a label without encryption, save a copy "
            "(File → Save a Copy), and bring in the copy.",
        )
    for stream, what in _STREAMS:
        if (stream + "\0").encode("utf-16-le") in data:
            if what == XLS:
                return XLS
            raise SourceError(f"“{name}” {what}.", _AS_WORKBOOK)
    raise SourceError(
        f"“{name}” is an old Office file without a workbook in it, or is damaged.", _AS_WORKBOOK
    )
