"""Reading a text file of rows: which letters, which separator, which line ends, and stray quotation marks."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain, islice
from math import log2

from storage.exchange.foreign.book import QUOTATION, STRAY, UNPAIRED, Odd, TooMuch, Unreadable
from storage.exchange.tables.sheet import clean

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=([,;|\t])\"?[ \t]*(?:\n|$)", re.IGNORECASE)
_SAMPLE_ROWS = 40
_SAMPLE_CHARACTERS = 400_000
_END = "\x1f"  # cleaned text never holds it, so it shows whether a quotation is still open at the end
_MOST_MENDED = 200
_MOST_COLUMNS = 16_384  # as many as a spreadsheet has
# An apostrophe that was put before what a spreadsheet program would work out, as our own CSV files do.
_GUARDED = re.compile(r"(?<![^\s,;|\"])'('*[=+\-@\t\r\n＝＋－＠])")
_NO_LIMIT = 2**31 - 1  # characters of one cell; the file itself is limited


class TextRows:
    """The rows of a text file, and those whose quotation marks are doubtful."""

    preferred = ""
    date1904 = False

    def __init__(self, data: bytes) -> None:
        """Raises Unreadable when quotation marks leave no rows to be told apart, TooMuch for a row without end."""
        text, letters = decode(data)
        text = clean(text)
        told = _SEPARATOR_LINE.match(text)
        separator = told[1] if told else find_separator(text)
        self._guarded = _GUARDED.search(text) is not None
        self._records, self._doubts = split(text[told.end() :] if told else text, separator)
        if max(map(len, self._records), default=0) > _MOST_COLUMNS:
            raise TooMuch(f"more than {_MOST_COLUMNS:,} columns")
        self.sheets = [("", False)]
        self._read_as = f"Read as {letters} text with {_SEPARATORS[separator]} between the cells."

    def rows(self, _name: str) -> Iterator[tuple[int, list[object]]]:
        """Every row that holds anything, with its number."""
        for number, record in enumerate(self._records, start=1):
            cells: list[object] = [cell.strip() for cell in record]
            if self._guarded:
                cells = [_unguarded(cell).strip() for cell in record]
            if any(cells):
                yield number, cells

    def odd(self, _name: str) -> Iterator[Odd]:
        """The rows whose quotation marks do not pair."""
        for number, why in self._doubts.items():
            record = self._records[number - 1]
            index = next((i for i, cell in enumerate(record) if '"' in cell or "\n" in cell), 0)
            yield Odd(number, index + 1, record[index].strip() if record else "", why)

    def notes(self, _name: str) -> list[str]:
        """How the file was read."""
        return [self._read_as]


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps it from being a formula."""
    found = _GUARDED.match(cell)
    return cell[1:] if found else cell


def decode(data: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding it was read in. Never fails."""
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), "UTF-16"
    elif bare := _utf16_without_mark(data):
        return data.decode(bare, "replace"), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    # A file put together from several may be nearly all UTF-8; only its foreign letters are then Windows'.
    lenient = data.decode("utf-8", "replace")
    wrong = lenient.count("\ufffd")
    letters = sum(1 for character in lenient if character > "\x7f")
    if letters - wrong > wrong:
        return data.decode("utf-8", "windows_letters"), "UTF-8 with Windows"
    return data.decode("cp1252", "replace"), "Windows"


def _windows_letters(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 as Windows text."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("windows_letters", _windows_letters)


def _utf16_without_mark(data: bytes) -> str:
    """The UTF-16 order of a text without its mark: western text has a nought in every second byte."""
    sample = data[:4000]
    half = len(sample) // 2
    if half < 4:
        return ""
    if sample[1::2].count(0) > half * 0.6 and sample[::2].count(0) < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > half * 0.6 and sample[1::2].count(0) < half * 0.1 else ""


def find_separator(text: str) -> str:
    """The separator that cuts the first rows into the most columns, as many in each row, outside quotes."""
    sample = text[:_SAMPLE_CHARACTERS]
    return max(_SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> float:
    """How far a separator makes a table of the sample: nought for one column."""
    csv.field_size_limit(_NO_LIMIT)
    lines = StringIO(sample, newline="\n")
    rows = islice(csv.reader(lines, delimiter=separator), _SAMPLE_ROWS)
    widths = Counter(len(row) for row in rows if any(row))
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (count / widths.total()) ** 2 * log2(width)


def split(text: str, separator: str) -> tuple[list[list[str]], dict[int, str]]:
    """The records of cleaned text, and what is doubtful about those whose quotation marks do not pair, by number."""
    csv.field_size_limit(_NO_LIMIT)
    try:
        records = list(csv.reader(StringIO(text, newline="\n"), delimiter=separator, strict=True))
    except csv.Error:
        records = []
    width = _usual_width(records or csv.reader(StringIO(text, newline="\n"), delimiter=separator))
    if records and not any(len(row) != width and any("\n" in cell for cell in row) for row in records):
        return records, {}
    return _split_mending(list(StringIO(text, newline="\n")), separator, width)


def _usual_width(records: Iterable[list[str]]) -> int:
    """How many cells most records have."""
    widths = Counter(map(len, records)).most_common(1)
    return widths[0][0] if widths else 0


def _split_mending(
    lines: Sequence[str], separator: str, width: int
) -> tuple[list[list[str]], dict[int, str]]:
    """The same, watching for a quotation that swallows the rows after it."""
    records: list[list[str]] = []
    doubts: dict[int, str] = {}
    start = mended = 0
    while start < len(lines):
        reader = csv.reader(chain(islice(lines, start, None), [_END]), delimiter=separator)
        read = 0
        for row in reader:
            if row == [_END]:
                return records, doubts
            doubt = _doubt(row, lines[start + read : start + reader.line_num], separator, width)
            if doubt == STRAY:
                records += csv.reader([lines[start + read]], delimiter=separator, quoting=csv.QUOTE_NONE)
                doubts[len(records)] = doubt
                mended += 1
                start += read + 1
                break
            records.append(row)
            if doubt:
                doubts[len(records)] = doubt
            read = reader.line_num
        if mended > _MOST_MENDED:
            raise Unreadable(QUOTATION)
    return records, doubts


def _doubt(row: Sequence[str], lines: Sequence[str], separator: str, width: int) -> str:
    """Why a record of several lines may be more than one record, or nothing."""
    if row[-1:] and row[-1].endswith(_END):
        return STRAY
    if len(lines) < 2:
        return ""
    try:
        paired = bool(list(csv.reader(lines, delimiter=separator, strict=True)))
    except csv.Error:
        paired = False
    if paired and len(row) == width:
        return ""
    alone = next(csv.reader(lines[:1], delimiter=separator, quoting=csv.QUOTE_NONE))
    return STRAY if len(alone) == width else "" if paired else UNPAIRED
