"""By what a workbook of our own is known: its sheets, and the properties that other programs keep when they save."""

from __future__ import annotations

import zipfile
from io import BytesIO

CONTRACTS, SYNC_SHEET = "Contracts", "Commissioning Desk"  # two sheets of every such workbook
STEP_PROPERTY, FILE_PROPERTY = "Commissioning Desk step", "Commissioning Desk file"
RUN_PROPERTY = "Commissioning Desk checklist"  # of a checklist sent out to be filled in
_PART = "docProps/custom.xml"
_MOST = 100_000  # bytes of that part


def step_of(data: bytes) -> str:
    """The hash of the last step when the workbook was written; empty for any other workbook."""
    return _property(data, STEP_PROPERTY)


def file_of(data: bytes) -> str:
    """The identity of the file a workbook was written from; empty for any other workbook."""
    return _property(data, FILE_PROPERTY)


def run_of(data: bytes) -> str:
    """The identity of the checklist a workbook was sent out to fill in; empty for any other workbook."""
    return _property(data, RUN_PROPERTY)


def _property(data: bytes, name: str) -> str:
    """What a property says. The archive has been checked before; a part that cannot be read says nothing."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if _PART not in archive.namelist() or archive.getinfo(_PART).file_size > _MOST:
                return ""
            held = fromstring(archive.read(_PART), forbid_dtd=True)
    except (zipfile.BadZipFile, ParseError, DefusedXmlException, OSError, ValueError):
        return ""
    for entry in held:
        if entry.get("name") == name:
            return "".join(entry.itertext()).strip()
    return ""
