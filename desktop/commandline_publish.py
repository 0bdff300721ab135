"""The export verb for what is published: the Transparency Code layout, and Open Contracting releases."""

from __future__ import annotations

from pathlib import Path

from desktop.commandline_files import file_open
from desktop.commandline_output import print_json
from storage.exchange.published.lga import publish_lga
from storage.exchange.published.lga_values import GUIDE, STRICT
from storage.exchange.published.ocds import publish_ocds
from storage.exchange.published.report import counted, report, sentences


def publish(file: Path, what: str, out: Path, *, strict: bool = False, as_json: bool = False) -> int:
    """Write `what`, lga-csv or ocds, and say which contracts are left out and what is blank, each with its reason."""
    with file_open(file, read_only=True) as store:
        if what == "ocds":
            done = publish_ocds(store, out, store.today())
        else:
            done = publish_lga(store, out, store.today(), STRICT if strict else GUIDE)
    if as_json:
        print_json(report(done))
    else:
        print("\n".join((f"{done.path}: {counted(done.contracts)}", *sentences(done))))
    return 0
