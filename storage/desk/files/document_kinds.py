"""Which sorts of file are opened, which are never run, and names that are safe on any disk."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from storage.desk.unseen import seen

# Shown by a program that does not run what is in them; everything else can only be saved or shown in its folder.
OPENED = frozenset((
    "pdf", "txt", "csv", "tsv", "md", "rtf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp",
    "jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp",
))  # fmt: skip
PROGRAMS = frozenset((
    "exe", "com", "scr", "pif", "bat", "cmd", "ps1", "psm1", "psd1", "ps1xml", "vbs", "vbe", "vb", "js", "jse",
    "mjs", "ws", "wsf", "wsh", "wsc", "sct", "hta", "msi", "msp", "mst", "msix", "appx", "appxbundle", "msc",
    "cpl", "dll", "ocx", "sys", "drv", "lnk", "url", "website", "scf", "inf", "reg", "rgs", "job", "jar",
    "jnlp", "class", "py", "pyw", "pyc", "pyz", "pl", "rb", "php", "sh", "bash", "zsh", "csh", "ksh", "command",
    "app", "pkg", "dmg", "run", "bin", "elf", "desktop", "appimage", "deb", "rpm", "apk", "docm", "dotm",
    "xlsm", "xltm", "xlam", "xll", "pptm", "potm", "ppam", "ppsm", "sldm", "slk", "iqy", "oqy", "chm", "hlp",
    "gadget", "application", "settingcontent-ms", "library-ms", "search-ms", "appref-ms", "diagcab", "iso",
    "img", "vhd", "vhdx", "svg", "htm", "html", "mht", "mhtml", "xhtml", "xml", "swf", "one", "accde", "mdb",
    "accdb", "ade", "adp",
))  # fmt: skip
"""Never run: programs, scripts, files that carry macros or lead elsewhere, and pages that may hold a script."""

LONGEST_NAME = 80
NO_NAME = "document"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(?:COM|LPT)[0-9¹²³])", re.IGNORECASE)
_ENDING = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")


def ending_of(name: str) -> str:
    """The end of a file name that says what sort it is, in small letters: `pdf`; empty when there is none."""
    end = seen(PurePath(name.replace("\\", "/")).name).rstrip(". ").rpartition(".")
    return plain_ending(end[2]) if end[0] else ""


def plain_ending(ending: str) -> str:
    """The ending when it is one, else nothing: it may come from a file that somebody else made."""
    wanted = ending.strip().lower()
    return wanted if _ENDING.fullmatch(wanted) else ""


def label_of(name: str) -> str:
    """What a document is called when it is attached: the name of its file without folder and ending."""
    shown = seen(re.split(r"[/\\]", name)[-1]).strip(". ")
    ending = ending_of(shown)
    return (shown[: -len(ending) - 1].rstrip(". ") if ending else shown) or NO_NAME


def is_opened(ending: str) -> bool:
    """Whether a copy may be given to the system to show."""
    return plain_ending(ending) in OPENED


def is_program(ending: str) -> bool:
    """Whether it is of a sort that could run, or lead to something that does."""
    return plain_ending(ending) in PROGRAMS


def safe_name(label: str, ending: str) -> str:
    """A file name made of a label: no folder, device, stream, hidden or reserved name comes out of it."""
    flat = _FORBIDDEN.sub("_", seen(unicodedata.normalize("NFC", label))).strip(". ")
    flat = flat[:LONGEST_NAME].strip(". ") or NO_NAME
    while len(flat.encode()) > 2 * LONGEST_NAME:
        flat = flat[:-1]
    if _RESERVED.fullmatch(flat.partition(".")[0].strip()):
        flat = f"_{flat}"
    if flat.startswith(("~$", "-")):
        flat = f"_{flat}"
    kept = plain_ending(ending)
    return f"{flat}.{kept}" if kept and not flat.lower().endswith(f".{kept}") else flat
