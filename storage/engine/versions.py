"""Which versions of the parts inside are at work here, asked of the parts: weaknesses become known by version."""

from __future__ import annotations

import platform
import sqlite3
import sys
import zlib
from importlib.metadata import PackageNotFoundError, version
from xml.parsers import expat

from storage import __version__

PACKAGES = (
    "PySide6-Essentials", "sqlite-utils", "openpyxl", "defusedxml", "XlsxWriter", "typst", "markdown-it-py",
    "platformdirs", "rapidfuzz", "python-calamine", "python-docx", "pypdf", "icalendar",
    "cryptography",
)  # fmt: skip


def versions() -> dict[str, str]:
    """The program, the libraries beneath Python, and the packages it is built from, each with its version.

    A package that is not to be found is left out. Qt is asked by the window, which alone loads it.
    """
    from cryptography.hazmat.backends.openssl import backend

    found = {
        "Commissioning Desk": __version__,
        "Python": sys.version.split()[0],
        "SQLite": sqlite3.sqlite_version,
        "Expat": expat.EXPAT_VERSION.removeprefix("expat_"),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "OpenSSL": backend.openssl_version_text().removeprefix("OpenSSL "),
        "System": platform.platform(),
    }
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
