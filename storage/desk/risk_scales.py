"""The five-by-five matrix by which the risks of contracts are scored: with the bands this file keeps."""

from __future__ import annotations

from storage.desk.checklists.templates import lists_of
from storage.engine.reading import Reader
from storage.rules.risks import Scales, scales


def risk_scales(reader: Reader) -> Scales:
    """The words and bands that hold today; those of the program where the file's own leave a score out."""
    return lists_of(reader).scales() or scales()
