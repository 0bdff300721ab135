"""A PDF form that came back: its fields by their names, in whatever program they were filled in, and what was sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from storage.exchange.foreign.archive import MOST_BYTES
from storage.exchange.foreign.book import PASSWORD
from storage.exchange.foreign.kinds import FIELDS
from storage.exchange.forms.lines import COMMENT, EVIDENCE, MITIGATION, NOTE, REASON, Held
from storage.exchange.forms.pdf_names import AS_SENT, AT_ALL, BY, parted, value_of
from storage.exchange.forms.returned import Returned
from storage.exchange.forms.workbook import FORMAT
from storage.exchange.tables.sheet import Problem, SourceError, clean
from storage.exchange.tables.tabular import Line, Spoken, answer_of

NO_FIELDS = (
    "has no fields that could be read: it was printed, scanned or flattened, or is another document. "
    "Nothing was taken."
)
ASK_OR_TYPE = (
    "Ask for the PDF as it was saved after filling in, or type the answers in from it by question number."
)
NOT_OURS = "is a form, but no checklist that was sent out from here. Nothing was taken."
CHOOSE = "Choose the PDF as it was sent out and filled in."
AGAIN = "Open it in a PDF reader and save a copy, or ask for it once more; then bring that home."
DAMAGED = "is damaged, or is no PDF this program can read. Nothing was taken."
_A_FORM = Spoken("form", DAMAGED, f"Nothing was taken. {AGAIN}", AGAIN)
LOCKED = "is protected by a password, so it could not be read. Nothing was taken."
UNLOCK = "Ask for a copy without a password, and bring that home."
NO_REASON = "“Does not apply” is ticked without a reason, so this answer was left out. Ask for the reason."
DOES_NOT_APPLY = "Does not apply"
Fields = Mapping[str, tuple[int, str]]
"""Page and value of each field by its name."""
_BESIDE = (REASON, NOTE, EVIDENCE, MITIGATION, COMMENT)


def read_pdf(data: bytes, source: str) -> Returned:
    """Read a PDF form that came back. Takes its time. Raises SourceError, in words to show."""
    if len(data) > MOST_BYTES:
        raise SourceError(
            f"“{source}” is larger than {MOST_BYTES // 1_000_000} MB. Nothing was taken.", CHOOSE
        )
    fields = _fields(data, source)
    if not fields:
        raise SourceError(f"“{source}” {NO_FIELDS}", ASK_OR_TYPE)
    made = _Reading(source, fields).made
    if not made.cells:
        raise SourceError(f"“{source}” {NOT_OURS}", CHOOSE)
    return made


def _fields(data: bytes, source: str) -> Fields:
    """What the reading process answers. Raises SourceError."""
    found: dict[str, tuple[int, str]] = {}
    for line in answer_of(data, source, {"kind": FIELDS}, _A_FORM):
        _refuse(line, source)
        if "field" in line:
            found.setdefault(str(line["field"]), (cast("int", line["page"]), str(line["value"])))
    return found


def _refuse(line: Line, source: str) -> None:
    if line.get("unreadable") == PASSWORD:
        raise SourceError(f"“{source}” {LOCKED}", UNLOCK)
    if "unreadable" in line:
        raise SourceError(f"“{source}” {DAMAGED}", AGAIN)
    if "too_much" in line:
        raise SourceError(f"“{source}” holds {line['too_much']}. Nothing was taken.", CHOOSE)


class _Reading:
    """Puts the fields of one form together."""

    def __init__(self, source: str, fields: Fields) -> None:
        as_sent = _as_sent(fields)
        facts = {key: held for key, held in as_sent.items() if isinstance(held, str)}
        named = next((name for name in fields if name.startswith(f"{BY}|")), "")
        aside = as_sent.get("aside")
        self._aside = frozenset(map(str, aside)) if isinstance(aside, list) else frozenset()
        self.made = Returned(
            source, {"checklist": parted(named)[1]} | facts, sent=_held(as_sent.get("sent")), rows_are="Page"
        )
        for name, (page, value) in fields.items():
            self._take(name, page, value)
        for key in [*self.made.cells]:
            self._set_aside(key)

    def _take(self, name: str, page: int, value: str) -> None:
        """Take one field in; boxes of which several may be ticked become one answer."""
        key, option = parted(name)
        words, cells = clean(value_of(value)), self.made.cells
        if key == BY:
            self.made.by = " ".join(words.split())
        elif key.endswith(COMMENT):
            if words.strip():
                cells[key] = page, words
        elif key.endswith(_BESIDE) or "/" in key:
            if option:
                before = str(cells.get(key, (page, None))[1] or "")
                words = "\n".join(filter(None, (before, option if words else "")))
            cells[key] = page, words or None

    def _set_aside(self, key: str) -> None:
        """What the box *does not apply* means: its reason decides, and ticking another box takes it back."""
        cells, question = self.made.cells, key.partition("/")[0]
        reason = f"{question}{REASON}"
        page, ticked = cells[key]
        said = str(cells.get(reason, (page, None))[1] or "").strip()
        if ticked == AT_ALL:
            del cells[key]
            if not said:
                self.made.problems.append(Problem(page, f"{question} {DOES_NOT_APPLY}", "", NO_REASON))
        elif ticked and key in self._aside and said == str(self.made.sent.get(reason) or "").strip():
            cells[reason] = page, None


def _as_sent(fields: Fields) -> Mapping[str, object]:
    """The field that says what was sent; nothing where it is gone, spoilt or of a later form."""
    try:
        held = json.loads(fields.get(AS_SENT, (0, ""))[1] or "{}")
    except ValueError:
        return {}
    return held if isinstance(held, dict) and held.get("format") == str(FORMAT) else {}


def _held(sent: object) -> dict[str, Held]:
    """What each field held as it was sent."""
    known = sent if isinstance(sent, dict) else {}
    return {key: value for key, value in known.items() if isinstance(value, str | int | list | None)}
